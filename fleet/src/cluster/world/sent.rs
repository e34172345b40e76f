//! What a simulated cluster sends by itself: Falco's alerts, audit events, reports of scanners, results of kube-bench.
//!
//! A function of the story and a span of time, as all of a world is. Each cluster has a life of its own: one sends
//! everything, one fell silent, one was given a token and never used it, one sends nothing.

use super::{
    kube_bench, nodes,
    object::{letters, time, uid_of},
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Somebody who was given a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The source, as the receiver calls it.
    pub source: &'static str,
    /// What the operator called the token.
    pub name: &'static str,
    /// Since which day of the story.
    pub since: i64,
    /// Whether it cannot set a header, so that the token goes at the end of the address.
    pub token_in_address: bool,
}

/// A body that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The source.
    pub source: &'static str,
    /// The node that it is about, where that must be told beside.
    pub node: Option<String>,
    /// JSON.
    pub body: String,
}

const FALCO: &str = "falco_events";
const AUDIT: &str = "audit_events";
const REPORTS: &str = "external";
const KUBE_BENCH: &str = "kube_bench";

const fn sender(source: &'static str, name: &'static str, since: i64) -> Sender {
    Sender { source, name, since, token_in_address: false }
}

const OF_HEALTHY: &[Sender] = &[
    sender(FALCO, "falcosidekick", 20),
    sender(AUDIT, "audit webhook of the API servers", 100),
    sender(REPORTS, "nightly scan of the registry", 40),
];
const OF_MANAGEMENT: &[Sender] = &[
    Sender { token_in_address: true, ..sender(FALCO, "Falco's http_output", 20) },
    sender(AUDIT, "audit webhook of the API servers", 100),
];
const OF_TROUBLED: &[Sender] = &[
    Sender { token_in_address: true, ..sender(FALCO, "Falco's http_output", 15) },
    sender(REPORTS, "code scan in the pipeline", 60),
];
const OF_MANAGED: &[Sender] = &[
    sender(FALCO, "falcosidekick", 50),
    sender(AUDIT, "forwarder of the log group", 105),
    sender(REPORTS, "posture of the account", 70),
];
const OF_STAGING: &[Sender] = &[
    sender(FALCO, "falcosidekick", 110),
    sender(KUBE_BENCH, "weekly job on the nodes", 90),
    sender(REPORTS, "code scan in the pipeline", 30),
];

/// The API server keeps a batch for seconds, and sends it.
const BATCH: TimeDelta = TimeDelta::minutes(5);
/// The last alert of the troubled cluster's Falco: since then its output is broken, and nobody has noticed.
const SILENT_SINCE: i64 = 112;
/// Days on which the managed cluster's Falco could not keep up.
const OVERWHELMED: std::ops::Range<i64> = 118..126;
/// On the troubled cluster nobody has scanned the code since.
const LAST_CODE_SCAN: i64 = 90;

const ALERTS: &[(&str, &str, &str)] = &[
    ("Terminal shell in container", "Notice", "docker.io/library/nginx"),
    ("Read sensitive file untrusted", "Warning", "docker.io/library/postgres"),
    ("Contact K8S API Server From Container", "Notice", "docker.io/library/redis"),
    ("Drop and execute new binary in container", "Critical", "docker.io/library/php"),
];

impl Story {
    /// Who was given a token, and when.
    pub const fn senders(&self) -> &'static [Sender] {
        match self.profile {
            Profile::Healthy => OF_HEALTHY,
            Profile::Management => OF_MANAGEMENT,
            Profile::Troubled => OF_TROUBLED,
            Profile::Managed => OF_MANAGED,
            Profile::Staging => OF_STAGING,
            Profile::Edge => &[],
        }
    }

    /// What is sent after one instant and until another, in order.
    pub fn sent(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Delivery> {
        let sources = self.senders().iter().map(|sender| sender.source);
        sources.flat_map(|source| self.sent_of(source, after, until)).collect()
    }

    fn sent_of(&self, source: &'static str, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Delivery> {
        let delivery = |body: Value| Delivery { source, node: None, body: body.to_string() };
        match source {
            FALCO => self.alerts(after, until).into_iter().map(delivery).collect(),
            AUDIT => self.audit(after, until).into_iter().map(delivery).collect(),
            REPORTS => self.report(after, until).into_iter().map(delivery).collect(),
            _ => self.benchmarks(after, until),
        }
    }

    /// Instants of a rhythm after one and until another, the newest `most` of them.
    fn beats(
        &self,
        every: TimeDelta,
        shift: TimeDelta,
        (after, until): (DateTime<Utc>, DateTime<Utc>),
        most: usize,
    ) -> Vec<DateTime<Utc>> {
        let start = self.began + shift;
        let count = |at: DateTime<Utc>| (at - start).num_seconds().div_euclid(every.num_seconds());
        let last = count(until);
        let first = (count(after) + 1).max(last - i64::try_from(most).unwrap_or(i64::MAX) + 1);
        (first..=last).map(|beat| start + TimeDelta::seconds(beat * every.num_seconds())).collect()
    }

    /// Falco's alerts, and the newest test event: one an hour.
    fn alerts(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Value> {
        // Staging was given a token that nobody has put into Falco's settings.
        if self.profile == Profile::Staging {
            return Vec::new();
        }
        let until = if self.profile == Profile::Troubled { until.min(self.day(SILENT_SINCE)) } else { until };
        if until <= after {
            return Vec::new();
        }
        let rare = match self.profile {
            Profile::Troubled => 3,
            Profile::Managed => 9,
            _ => 40,
        };
        let mut alerts = Vec::new();
        for at in self.beats(TimeDelta::hours(6), TimeDelta::minutes(100), (after, until), 4) {
            if self.pick(&format!("falco/{}", at.timestamp()), rare) == 0 {
                alerts.push(self.alert(at));
            }
            if self.profile == Profile::Managed && OVERWHELMED.contains(&self.hours(at).div_euclid(24)) {
                let words = "Falco internal: syscall event drop. 212 system calls dropped in last second.";
                alerts.push(self.event(at, ("Falco internal: syscall event drop", "Critical"), words, &json!({})));
            }
        }
        for at in self.beats(TimeDelta::hours(1), TimeDelta::minutes(17), (after, until), 1) {
            alerts.push(self.event(at, ("Test rule", "Debug"), "heartbeat", &json!({})));
        }
        alerts
    }

    fn alert(&self, at: DateTime<Utc>) -> Value {
        let lot = |word: &str, below: usize| {
            let below = u64::try_from(below).unwrap_or(1).max(1);
            usize::try_from(self.pick(&format!("{word}/{}", at.timestamp()), below)).unwrap_or_default()
        };
        let (rule, priority, image) = ALERTS[lot("rule", ALERTS.len())];
        let teams = self.profile.teams();
        let namespace = teams.get(lot("namespace", teams.len())).map_or("default", |(_, namespace)| *namespace);
        let pod = format!("web-{}-{}", letters(&format!("{}/{namespace}", self.seed), 9), letters(namespace, 5));
        let fields = json!({
            "container.id": letters(&pod, 12), "container.image.repository": image, "container.image.tag": "1.27",
            "evt.time": at.timestamp_nanos_opt(), "k8s.ns.name": namespace, "k8s.pod.name": pod,
            "proc.cmdline": "sh -c id", "user.name": "root",
        });
        let words = format!("{}: {priority} {rule} (k8s_ns={namespace} k8s_pod_name={pod})", time(at));
        self.event(at, (rule, priority), &words, &fields)
    }

    /// An alert as Falco writes it, and where Falcosidekick sends it, with what that adds.
    fn event(&self, at: DateTime<Utc>, (rule, priority): (&str, &str), output: &str, fields: &Value) -> Value {
        let nodes = nodes::all(self);
        let mut event = json!({
            "hostname": nodes.last().map(|node| node.name.clone()), "output": output, "output_fields": fields,
            "priority": priority, "rule": rule, "source": if rule == "Test rule" { "internal" } else { "syscall" },
            "tags": ["container", "maturity_stable"], "time": time(at),
        });
        if matches!(self.profile, Profile::Healthy | Profile::Managed) {
            event["uuid"] = self.id(&format!("falco/{rule}/{}", at.timestamp())).into();
            event["output_fields"]["cluster"] = self.domain.clone().into();
        }
        event
    }

    fn id(&self, of: &str) -> String {
        uid_of(self.seed, "Event", None, of)
    }

    /// A batch of audit events: what the cluster's own parts did in the last minutes, and what people did since.
    fn audit(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Option<Value> {
        let recent = (after.max(until - BATCH), until);
        let minutes = self.beats(TimeDelta::minutes(1), TimeDelta::seconds(40), recent, 5);
        let mut events: Vec<Value> = minutes.into_iter().map(|at| self.routine(at)).collect();
        for at in self.beats(TimeDelta::hours(4), TimeDelta::minutes(25), (after, until), 6) {
            events.extend(self.privileged(at));
        }
        if events.is_empty() {
            return None;
        }
        if self.profile != Profile::Managed {
            return Some(
                json!({ "kind": "EventList", "apiVersion": "audit.k8s.io/v1", "metadata": {}, "items": events }),
            );
        }
        let entries = events.iter().enumerate().map(|(at, event)| {
            json!({ "id": format!("{at:056}"), "timestamp": until.timestamp_millis(), "message": event.to_string() })
        });
        Some(json!({
            "messageType": "DATA_MESSAGE", "owner": "111122223333", "logGroup": "/aws/eks/analytics/cluster",
            "logStream": format!("kube-apiserver-audit-{}", letters("stream", 16)), "subscriptionFilters": ["bevis"],
            "logEvents": entries.collect::<Vec<_>>(),
        }))
    }

    fn routine(&self, at: DateTime<Utc>) -> Value {
        let user = "system:serviceaccount:kube-system:deployment-controller";
        let teams = self.profile.teams();
        let namespace = teams.first().map_or("default", |(_, namespace)| *namespace);
        let object = json!({ "resource": "deployments", "namespace": namespace, "name": "web", "apiGroup": "apps", "apiVersion": "v1" });
        self.audited(at, "update", (user, &["system:serviceaccounts", "system:authenticated"]), &object)
    }

    /// What somebody did with a privilege at that time, if anybody did.
    fn privileged(&self, at: DateTime<Utc>) -> Option<Value> {
        let rare = if self.profile == Profile::Management { 18 } else { 14 };
        if self.pick(&format!("privilege/{}", at.timestamp()), rare) != 0 {
            return None;
        }
        let teams = self.profile.teams();
        let namespace = teams.last().map_or("default", |(_, namespace)| *namespace);
        let (verb, who, object) = match self.profile {
            Profile::Management => (
                "patch",
                "mads.lund@nordlys.example",
                json!({ "resource": "clusterrolebindings", "name": "log-readers", "apiGroup": "rbac.authorization.k8s.io", "apiVersion": "v1" }),
            ),
            Profile::Managed => (
                "get",
                "arn:aws:sts::111122223333:assumed-role/platform/sofie",
                json!({ "resource": "secrets", "namespace": namespace, "name": "warehouse-login", "apiVersion": "v1" }),
            ),
            _ => (
                "create",
                "mads.lund@nordlys.example",
                json!({ "resource": "pods", "subresource": "exec", "namespace": namespace, "name": "web-0", "apiVersion": "v1" }),
            ),
        };
        Some(self.audited(at, verb, (who, &["platform-admins", "system:authenticated"]), &object))
    }

    fn audited(&self, at: DateTime<Utc>, verb: &str, (user, groups): (&str, &[&str]), object: &Value) -> Value {
        json!({
            "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata", "stage": "ResponseComplete",
            "auditID": self.id(&format!("audit/{verb}/{}", at.timestamp())), "verb": verb,
            "requestURI": format!("/api/v1/{}", object["resource"].as_str().unwrap_or_default()),
            "user": { "username": user, "groups": groups }, "sourceIPs": ["10.0.0.10"], "userAgent": "kubectl/v1.34.1",
            "objectRef": object, "responseStatus": { "metadata": {}, "code": 200 },
            "requestReceivedTimestamp": time(at), "stageTimestamp": time(at),
        })
    }

    /// The newest report of the scanner outside of the cluster: one a day.
    fn report(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Option<Value> {
        let at = *self.beats(TimeDelta::days(1), TimeDelta::hours(3), (after, until), 1).last()?;
        let day = self.hours(at).div_euclid(24);
        match self.profile {
            Profile::Healthy => Some(Self::image_report(at, day)),
            Profile::Troubled => (day <= LAST_CODE_SCAN).then(|| Self::code_report(at, 3)),
            Profile::Staging => Some(Self::code_report(at, 1)),
            _ => Some(Self::posture(at, day)),
        }
    }

    /// Trivy of an image that is built, and runs nowhere yet. A fault in it is mended on the second day.
    fn image_report(at: DateTime<Utc>, day: i64) -> Value {
        let image = "registry.nordlys.example/base/runtime:stable";
        let faults = if day.rem_euclid(30) < 2 {
            json!([{
                "VulnerabilityID": format!("CVE-2026-{}", 71_000 + day), "PkgName": "libssl3", "InstalledVersion": "3.0.13",
                "FixedVersion": "3.0.14", "Severity": "HIGH", "Title": "libssl3: input that is not checked",
            }])
        } else {
            json!([])
        };
        json!({
            "SchemaVersion": 2, "CreatedAt": time(at), "ArtifactName": image, "ArtifactType": "container_image",
            "Metadata": { "OS": { "Family": "debian", "Name": "12.7" } },
            "Results": [{ "Target": format!("{image} (debian 12.7)"), "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": faults }],
        })
    }

    /// SARIF of a code scanner.
    fn code_report(at: DateTime<Utc>, faults: usize) -> Value {
        let results = (0..faults).map(|fault| {
            json!({
                "ruleId": "sql-injection", "level": "error", "message": { "text": "A query is put together from what a visitor wrote." },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": format!("src/booking/query{fault}.php") }, "region": { "startLine": 40 + fault },
                } }],
            })
        });
        json!({
            "version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "runs": [{
                "tool": { "driver": { "name": "Code scan", "semanticVersion": "2.4.0", "rules": [
                    { "id": "sql-injection", "shortDescription": { "text": "SQL injection" }, "properties": { "security-severity": "8.8" } },
                ] } },
                "automationDetails": { "id": format!("booking/{}", at.date_naive()) },
                "results": results.collect::<Vec<_>>(),
            }],
        })
    }

    /// OCSF findings on the provider's account. The bucket is closed on day 115.
    fn posture(at: DateTime<Utc>, day: i64) -> Value {
        let finding = |uid: &str, title: &str, resource: &str, fails: bool| {
            json!({
                "class_uid": 2003, "time": at.timestamp_millis(), "severity_id": 4,
                "metadata": { "product": { "name": "Posture", "version": "5.2" }, "event_code": uid, "version": "1.4.0" },
                "finding_info": { "uid": format!("{uid}-{resource}"), "title": title },
                "compliance": { "status_id": if fails { 3 } else { 1 }, "standards": ["ISO 27001"] },
                "message": if fails { "It can be read by anybody." } else { "In order." },
                "resources": [{ "type": "Bucket", "name": resource }],
            })
        };
        json!([
            finding("bucket_public", "No bucket is public", "analytics-exports", day < 115),
            finding("bucket_public", "No bucket is public", "analytics-raw", false),
            finding("bucket_encrypted", "Buckets are encrypted", "analytics-raw", false),
        ])
    }

    /// Results of kube-bench, a body a node.
    fn benchmarks(&self, after: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Delivery> {
        let ran = kube_bench::monday(until);
        if ran <= after {
            return Vec::new();
        }
        let of_node = |node: &nodes::Node| Delivery {
            source: KUBE_BENCH,
            node: Some(node.name.clone()),
            body: kube_bench::result(self, node, ran).to_string(),
        };
        nodes::all(self).iter().map(of_node).collect()
    }
}
