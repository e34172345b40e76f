//! Whatever is rolled out, restarted or run again: the same faults are the same findings. A renamed workload has its own.
//!
//! Names are made as Kubernetes makes them: a ReplicaSet's hash is a number in decimal, each digit as one of 27 letters; a
//! pod ends with five of those; a CronJob's Job with the minute that it was due.

use super::Manifests;
use crate::{intake::falco, policy::Policy};
use model::{finding::Fingerprint, source::Source};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
const GROUPS: &[&str] = &["wgpolicyk8s.io/v1alpha2", "apps", "batch", "policy"];
/// 2026-06-30T11:00Z in minutes since 1970.
const MINUTE: u32 = 29_713_620;

#[derive(Clone, Debug)]
struct App {
    kind: &'static str,
    name: String,
    /// The number behind the ReplicaSet's hash, and the seed of the pods' letters.
    hash: u32,
    letters: u64,
    /// The version of the image, and of the files in it.
    tag: u32,
    /// Minutes at which its Job was due.
    due: u32,
    pods: usize,
}

#[derive(Clone, Debug)]
enum Step {
    /// A new template: a new ReplicaSet, new pods, with the same image or the next.
    RollOut { app: usize, hash: u32, letters: u64, image: bool },
    /// Pods are made anew.
    Restart { app: usize, letters: u64 },
    /// The CronJob runs again.
    Run { app: usize, minutes: u32, letters: u64 },
    /// More pods, or fewer.
    Scale { app: usize, pods: usize },
}

impl Step {
    fn take(&self, apps: &mut [App]) {
        let count = apps.len();
        match *self {
            Self::RollOut { app, hash, letters, image } => {
                let app = &mut apps[app % count];
                (app.hash, app.letters) = (hash, letters);
                app.tag += u32::from(image);
            }
            Self::Restart { app, letters } => apps[app % count].letters = letters,
            Self::Run { app, minutes, letters } => {
                let app = &mut apps[app % count];
                (app.due, app.letters) = (MINUTE - minutes, letters);
            }
            Self::Scale { app, pods } => {
                let app = &mut apps[app % count];
                // Each pod of a StatefulSet has a name that stays, and is known by it where only that name is told.
                if app.kind != "StatefulSet" {
                    app.pods = pods;
                }
            }
        }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (app, letters) = (0..4_usize, any::<u64>());
    let hash = prop_oneof![9 => 100_000_000..=u32::MAX, 1 => 10_000..=u32::MAX];
    let step = prop_oneof![
        (app.clone(), hash, letters, any::<bool>()).prop_map(|(app, hash, letters, image)| Step::RollOut {
            app,
            hash,
            letters,
            image
        }),
        (app.clone(), letters).prop_map(|(app, letters)| Step::Restart { app, letters }),
        (app.clone(), 0..50_u32, letters).prop_map(|(app, minutes, letters)| Step::Run { app, minutes, letters }),
        (app, 1..4_usize).prop_map(|(app, pods)| Step::Scale { app, pods }),
    ];
    proptest::collection::vec(step, 1..12)
}

fn apps() -> impl Strategy<Value = Vec<App>> {
    const NAMES: &[&str] = &["web", "shop-api", "node-exporter", "db", "a-b-c", "redis-cart"];
    proptest::sample::subsequence(NAMES, 4).prop_shuffle().prop_flat_map(|names| {
        let kinds = proptest::collection::vec(select(&["Deployment", "StatefulSet", "DaemonSet", "CronJob"][..]), 4);
        (Just(names), kinds, proptest::collection::vec((100_000_000..=u32::MAX, any::<u64>()), 4)).prop_map(
            |(names, kinds, seeds)| {
                let app = |((name, kind), (hash, letters)): ((&&'static str, &'static str), (u32, u64))| App {
                    kind,
                    name: (*name).to_owned(),
                    hash,
                    letters,
                    tag: 1,
                    due: MINUTE,
                    pods: 2,
                };
                names.iter().zip(kinds).zip(seeds).map(app).collect()
            },
        )
    })
}

/// A number's digits as letters, as `rand.SafeEncodeString` of Kubernetes writes them.
fn encoded(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(LETTERS[usize::from(digit) % LETTERS.len()])).collect()
}

fn random(mut seed: u64) -> String {
    let mut letter = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(LETTERS[usize::try_from(seed >> 33).unwrap_or_default() % LETTERS.len()])
    };
    (0..5).map(|_| letter()).collect()
}

impl App {
    /// What carries the app's pods, and its name.
    fn carrier(&self) -> (&'static str, String) {
        match self.kind {
            "Deployment" => ("ReplicaSet", format!("{}-{}", self.name, encoded(self.hash))),
            "CronJob" => ("Job", format!("{}-{}", self.name, self.due)),
            kind => (kind, self.name.clone()),
        }
    }

    fn pod_names(&self) -> Vec<String> {
        let (kind, carrier) = self.carrier();
        let name = |number: usize| match kind {
            "StatefulSet" => format!("{carrier}-{number}"),
            _ => format!("{carrier}-{}", random(self.letters.wrapping_add(number as u64))),
        };
        (0..if self.kind == "CronJob" { 1 } else { self.pods }).map(name).collect()
    }

    fn spec() -> Value {
        json!({ "nodeName": "one", "containers": [{
            "name": "main", "image": "docker.io/team/app:latest", "securityContext": { "privileged": true },
            "env": [{ "name": "DB_PASSWORD", "value": "x" }],
        }] })
    }

    fn objects(&self) -> Vec<Value> {
        let (kind, carrier) = self.carrier();
        let made = chrono::DateTime::from_timestamp(i64::from(self.due) * 60, 0).expect("an instant").to_rfc3339();
        let mut objects = Vec::new();
        let template = json!({ "metadata": { "labels": { "app": self.name } }, "spec": Self::spec() });
        let spec = match self.kind {
            "CronJob" => json!({ "schedule": "0 * * * *", "jobTemplate": { "spec": { "template": template } } }),
            // What is asked for stays, whatever runs of it: a workload with one replica needs no disruption budget.
            _ => json!({ "replicas": 2, "template": template }),
        };
        let version = if self.kind == "CronJob" { "batch/v1" } else { "apps/v1" };
        objects.push(json!({ "apiVersion": version, "kind": self.kind, "metadata": { "name": self.name, "namespace": "shop" }, "spec": spec }));
        if kind == "Job" {
            objects.push(json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": carrier, "namespace": "shop", "creationTimestamp": made,
                "ownerReferences": [{ "kind": "CronJob", "name": self.name, "controller": true }] }, "spec": { "template": template } }));
        }
        for pod in self.pod_names() {
            objects.push(json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": pod, "namespace": "shop", "creationTimestamp": made,
                "labels": { "app": self.name, "pod-template-hash": encoded(self.hash) },
                "ownerReferences": [{ "kind": kind, "name": carrier, "controller": true }] },
                "spec": Self::spec(), "status": { "phase": "Running" } }));
            objects.push(Self::policy_report("Pod", &pod));
        }
        objects.push(Self::policy_report(kind, &carrier));
        objects.push(self.vulnerabilities(kind, &carrier));
        objects
    }

    /// As engines report on everything that a policy applies to, also on what carries the pods.
    fn policy_report(kind: &str, name: &str) -> Value {
        json!({ "apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": "PolicyReport",
            "metadata": { "name": format!("{}-{name}", kind.to_lowercase()), "namespace": "shop" },
            "scope": { "kind": kind, "namespace": "shop", "name": name },
            "results": [{ "policy": "no-root", "rule": "uid", "result": "fail", "severity": "high", "source": "kyverno" }] })
    }

    fn vulnerabilities(&self, kind: &str, name: &str) -> Value {
        // The operator reports on the CronJob, not on each Job of it.
        let (kind, name) = if kind == "Job" { ("CronJob", self.name.as_str()) } else { (kind, name) };
        json!({ "apiVersion": "aquasecurity.github.io/v1alpha1", "kind": "VulnerabilityReport",
            "metadata": { "name": format!("{}-{name}-main", kind.to_lowercase()), "namespace": "shop", "labels": {
                "trivy-operator.resource.kind": kind, "trivy-operator.resource.name": name, "trivy-operator.container.name": "main" } },
            "report": {
                "updateTimestamp": "2026-06-30T11:30:00Z", "artifact": { "tag": "latest" }, "os": { "family": "debian", "name": "10", "eosl": true },
                "summary": { "criticalCount": 2, "highCount": 0, "mediumCount": 0, "lowCount": 0, "unknownCount": 0 },
                "vulnerabilities": [
                    { "vulnerabilityID": "CVE-2026-1", "resource": "openssl", "installedVersion": format!("3.0.{}", self.tag), "fixedVersion": "9", "severity": "CRITICAL" },
                    { "vulnerabilityID": "CVE-2026-2", "resource": "org.x:y", "installedVersion": "1", "fixedVersion": "2", "severity": "CRITICAL",
                      "packagePath": format!("app/lib/app-2.{}.0.jar", self.tag) },
                ] } })
    }

    /// Who a runtime alert about each of its pods is about.
    fn alerted(&self) -> BTreeSet<String> {
        let alert = |pod: &String| {
            let alert = json!({ "rule": "Terminal shell in container", "priority": "Notice", "time": "2026-06-30T11:00:00Z", "source": "syscall",
                "output": "x", "output_fields": { "k8s.ns.name": "shop", "k8s.pod.name": pod } });
            let batch = falco::read(alert.to_string().as_bytes());
            format!(
                "{:?} {:?}",
                batch.alerts.iter().map(|alert| &alert.incident.workload).collect::<Vec<_>>(),
                batch.refusals.len()
            )
        };
        self.pod_names().iter().map(alert).collect()
    }
}

/// Every finding, by its identity, in words.
fn findings(apps: &[App]) -> BTreeMap<Fingerprint, String> {
    let manifests = Manifests(apps.iter().flat_map(App::objects).collect());
    let cluster = manifests.cluster(32, GROUPS);
    let mut findings = BTreeMap::new();
    for source in [Source::Pods, Source::Workloads, Source::Trivy, Source::PolicyReport] {
        for seen in cluster.evaluate(source, &Policy::default()).observations {
            findings.insert(seen.fingerprint(), format!("{} {}", seen.check, seen.subject));
        }
    }
    findings
}

fn alerts(apps: &[App]) -> BTreeSet<String> {
    apps.iter().flat_map(App::alerted).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rollout_opens_and_closes_nothing(apps in apps(), steps in steps()) {
        let (before, alerted) = (findings(&apps), alerts(&apps));
        let mut apps = apps;
        for step in steps {
            step.take(&mut apps);
            let after = findings(&apps);
            let keys = |findings: &BTreeMap<Fingerprint, String>| findings.keys().copied().collect::<BTreeSet<_>>();
            prop_assert_eq!(keys(&after), keys(&before), "{:?}: {:?} became {:?}", step, &before, &after);
            prop_assert_eq!(alerts(&apps), alerted.clone(), "{:?}", step);
        }
    }

    #[test]
    fn a_renamed_workload_has_findings_of_its_own(apps in apps(), which in 0..4_usize) {
        let before = findings(&apps);
        let mut renamed = apps.clone();
        renamed[which].name.push_str("-next");
        let after = findings(&renamed);
        let of_the_others: Vec<App> = apps.iter().enumerate().filter(|(place, _)| *place != which).map(|(_, app)| app.clone()).collect();
        let kept: BTreeSet<_> = findings(&of_the_others).into_keys().collect();
        let common: BTreeSet<_> = before.keys().filter(|key| after.contains_key(*key)).copied().collect();
        prop_assert_eq!(common, kept, "nothing of the renamed one is the same");
        prop_assert!(after.len() == before.len() && before.len() > 4 * 5, "{}", before.len());
    }
}

#[test]
fn hashes_are_written_as_kubernetes_writes_them() {
    assert_eq!(encoded(3_485_760_912).len(), 10);
    assert!(encoded(1_234_567_890).bytes().all(|byte| b"456789bcdf".contains(&byte)));
}
