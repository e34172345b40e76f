//! What is pushed to Bevis: good, half bad, too large, and written by an attacker.

use super::expect;
use crate::intake::{
    DEPTH, Digest, PARTS, Refusal, TEXT, Why,
    audit::{self, Counts, Key, Rule, Stage},
    falco::{self, Kind, Priority},
};
use serde_json::{Value, json};
use std::fmt::Write;

/// A request that ended, by anna unless the fields say otherwise.
fn event(fields: &Value) -> Value {
    let mut event = json!({
        "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "RequestResponse", "auditID": "a-1",
        "stage": "ResponseComplete", "requestURI": "/api/v1/namespaces/shop/pods", "verb": "get",
        "user": { "username": "anna@example.org", "groups": ["dev"] },
        "objectRef": { "resource": "pods", "namespace": "shop", "name": "web", "apiVersion": "v1" },
        "responseStatus": { "code": 200 }, "stageTimestamp": "2026-06-30T11:59:59.123456Z",
        "requestObject": { "password": "secret" }, "userAgent": "secret", "sourceIPs": ["192.0.2.1"],
    });
    for (key, value) in fields.as_object().expect("fields") {
        event[key] = value.clone();
    }
    event
}

fn hits(fields: &Value) -> Vec<&'static str> {
    let batch = audit::read(event(fields).to_string().as_bytes());
    assert_eq!(batch.refusals, []);
    batch.events[0].hits.iter().copied().map(Rule::as_str).collect()
}

fn refused(refusals: &[Refusal]) -> String {
    let mut said = String::new();
    for refusal in refusals {
        writeln!(said, "{refusal}").expect("a String");
    }
    said
}

#[test]
fn privileged_things_that_people_do_are_hits() {
    let pod = |part: &str| json!({ "resource": "pods", "subresource": part, "namespace": "shop", "name": "web" });
    let role = json!({ "apiGroup": "rbac.authorization.k8s.io", "resource": "roles" });
    let anonymous = json!({ "username": "system:anonymous" });
    for (fields, expected) in [
        (json!({}), &[][..]),
        (json!({ "verb": "create", "objectRef": pod("exec"), "responseStatus": { "code": 101 } }), &["exec"]),
        (json!({ "verb": "get", "objectRef": pod("exec") }), &["exec"]),
        (json!({ "verb": "create", "objectRef": pod("attach") }), &["exec"]),
        (json!({ "verb": "create", "objectRef": pod("portforward") }), &["exec"]),
        (json!({ "verb": "patch", "objectRef": pod("ephemeralcontainers") }), &["exec"]),
        (json!({ "verb": "get", "objectRef": pod("ephemeralcontainers") }), &[]),
        (json!({ "verb": "get", "objectRef": pod("log") }), &[]),
        // Refused, or not ended: not done.
        (json!({ "verb": "create", "objectRef": pod("exec"), "responseStatus": { "code": 403 } }), &[]),
        (json!({ "verb": "create", "objectRef": pod("exec"), "stage": "ResponseStarted" }), &[]),
        // The API server broke on it: nobody knows whether it was done.
        (json!({ "verb": "create", "objectRef": pod("exec"), "stage": "Panic", "responseStatus": null }), &["exec"]),
        (json!({ "verb": "list", "objectRef": { "resource": "secrets" } }), &["secret_read"]),
        (json!({ "verb": "list", "objectRef": { "resource": "secrets", "apiGroup": "example.org" } }), &[]),
        (json!({ "verb": "create", "objectRef": { "resource": "secrets" } }), &[]),
        (json!({ "verb": "patch", "objectRef": role }), &["rbac_change"]),
        (json!({ "verb": "list", "objectRef": role }), &[]),
        // Programs in the cluster do it all day long.
        (json!({ "verb": "patch", "objectRef": role, "user": { "username": "system:serviceaccount:flux:flux" } }), &[]),
        (json!({ "user": { "username": "anna", "groups": ["system:masters"] } }), &["system_masters"]),
        (json!({ "user": { "username": "system:apiserver", "groups": ["system:masters"] } }), &[]),
        (json!({ "impersonatedUser": { "username": "system:admin" } }), &["impersonation"]),
        // A person behind a proxy that acts as them.
        (
            json!({ "verb": "create", "objectRef": pod("exec"), "user": { "username": "system:serviceaccount:ui:ui" }, "impersonatedUser": { "username": "anna" } }),
            &["exec"],
        ),
        (json!({ "user": anonymous }), &["anonymous"]),
        (json!({ "user": anonymous, "responseStatus": { "code": 403 } }), &[]),
        (json!({ "user": anonymous, "requestURI": "/livez/ping?verbose" }), &[]),
        (json!({ "user": anonymous, "requestURI": "/livezz" }), &["anonymous"]),
        (json!({ "user": {}, "responseStatus": { "code": 401 } }), &[]),
    ] {
        assert_eq!(hits(&fields), expected, "{fields}");
    }
}

#[test]
fn requests_are_counted_once_and_known_again() {
    let received = event(&json!({ "stage": "RequestReceived", "responseStatus": null }));
    let other = event(&json!({ "auditID": "a-2", "user": {}, "verb": "create", "objectRef": null }));
    let list = json!({
        "kind": "EventList", "apiVersion": "audit.k8s.io/v1", "metadata": {},
        "items": [received, event(&json!({})), event(&json!({})), other],
    });
    let body = list.to_string();
    let batch = audit::read(body.as_bytes());
    assert_eq!((batch.events.len(), batch.refusals.len()), (3, 0));
    assert_eq!(batch.digest, Digest::of(body.as_bytes()));
    assert_eq!(batch.events[1].key, Key { audit_id: "a-1".into(), stage: Stage::ResponseComplete });
    assert_eq!(batch.events[1].digest, Digest::of(event(&json!({})).to_string().as_bytes()));
    assert_eq!(batch.events[1].at, Some("2026-06-30T11:59:59.123456Z".parse().expect("an instant")));
    let counts = |pairs: &[(&str, u64)]| pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let expected = Counts {
        users: counts(&[("anna@example.org", 1), ("", 1)]),
        verbs: counts(&[("get", 1), ("create", 1)]),
        resources: counts(&[("pods", 1), ("", 1)]),
    };
    assert_eq!(batch.counts(), expected);
    assert!(!format!("{batch:?}").contains("secret") && !format!("{batch:?}").contains("192.0.2.1"));
}

#[test]
fn old_events_tell_the_time_in_a_field_of_their_own() {
    let old =
        json!({ "auditID": "a", "stage": "ResponseComplete", "verb": "get", "timestamp": "2018-10-26T13:52:41Z" });
    let batch = audit::read(old.to_string().as_bytes());
    assert_eq!(batch.events[0].at, Some("2018-10-26T13:52:41Z".parse().expect("an instant")));
}

#[test]
fn a_delivery_that_is_half_bad_gives_its_good_half() {
    let long = "x".repeat(TEXT + 1);
    let deep = (0..DEPTH).fold(json!({}), |inner, _| json!([inner]));
    let items = json!([
        event(&json!({})),
        7,
        null,
        event(&json!({ "auditID": "b", "user": "anna" })),
        event(&json!({ "auditID": "c", "verb": "" })),
        event(&json!({ "auditID": "d", "stage": "Later" })),
        event(&json!({ "auditID": "e", "user": { "username": long } })),
        event(&json!({ "auditID": "f", "requestObject": deep })),
        event(&json!({ "auditID": "g", "stageTimestamp": "today" })),
        event(&json!({ "auditID": "h", "responseStatus": { "code": 70000 } })),
        event(&json!({ "auditID": "i", "objectRef": { "name": 7 } })),
        event(&json!({ "auditID": "j", "user": { "groups": "x" } })),
        event(&json!({ "auditID": 7 })),
        event(&json!({ "auditID": "k", "apiVersion": "v1" })),
        event(&json!({ "auditID": "l", "kind": "Pod" })),
        event(&json!({ "auditID": "last" })),
    ]);
    let batch = audit::read(json!({ "kind": "EventList", "items": items }).to_string().as_bytes());
    let ids: Vec<&str> = batch.events.iter().map(|event| event.key.audit_id.as_str()).collect();
    assert_eq!(ids, ["a-1", "last"]);
    expect(
        &refused(&batch.refusals),
        "
/items/1: not an object
/items/2: not an object
/items/3/user: not an object
/items/4/verb: missing
/items/5/stage: not one of the words known
/items/6/user/username: longer than 1024 characters
/items/7: nested deeper than 128 levels
/items/8/stageTimestamp: not a time of RFC 3339
/items/9/responseStatus/code: not an HTTP status
/items/10/objectRef/name: not a text
/items/11/user/groups: not a list of texts
/items/12/auditID: not a text
/items/13/apiVersion: not one of the words known
/items/14/kind: not one of the words known
",
    );
}

#[test]
fn a_delivery_that_breaks_off_gives_what_came_before() {
    let lines = format!("{}\n{}\n{{\"auditID\": \"c\", ", event(&json!({})), event(&json!({ "auditID": "b" })));
    let batch = audit::read(lines.as_bytes());
    assert_eq!(batch.events.len(), 2);
    expect(&refused(&batch.refusals), "/2: not JSON at line 3, column 17");
    for (body, expected) in [
        (&b""[..], ": missing"),
        (b" \n", ": missing"),
        (b"\xff", ": not UTF-8"),
        (b"{", ": not JSON at line 1, column 1"),
        (b"{}", "/auditID: missing"),
        (b"{\"items\": {}}", "/items: not a list"),
        (b"7", ": not an object"),
    ] {
        let batch = audit::read(body);
        assert!(batch.events.is_empty());
        expect(&refused(&batch.refusals), expected);
    }
    assert!(audit::read(b"{\"items\": null}").refusals.is_empty());
}

#[test]
fn deliveries_have_limits() {
    let large = vec![b' '; audit::BYTES + 1];
    assert_eq!(audit::read(&large).refusals, [Refusal { pointer: String::new(), why: Why::TooLarge(audit::BYTES) }]);
    assert_eq!(falco::read(&large).refusals, [Refusal { pointer: String::new(), why: Why::TooLarge(falco::BYTES) }]);
    let many = json!({ "items": vec![json!({}); PARTS + 1] }).to_string();
    let batch = audit::read(many.as_bytes());
    assert_eq!(batch.refusals[0], Refusal { pointer: "/items".into(), why: Why::TooMany(PARTS) });
    assert_eq!(batch.refusals.len(), PARTS + 1);
    // Nested as deep as it will: no stack is used up.
    let deep = "[".repeat(falco::BYTES - 1);
    assert_eq!((falco::read(deep.as_bytes()).refusals.len(), audit::read(deep.as_bytes()).refusals.len()), (1, 1));
    let closed = format!("{{\"requestObject\":{}{}}}", "[".repeat(400_000), "]".repeat(400_000));
    expect(&refused(&audit::read(closed.as_bytes()).refusals), ": nested deeper than 128 levels");
}

fn alert(fields: &Value) -> Value {
    let mut alert = json!({
        "hostname": "node-1", "output": "cat /etc/secret", "priority": "Warning", "rule": "Read sensitive file",
        "source": "syscall", "tags": ["mitre"], "time": "2026-06-30T11:59:59.123456789Z", "uuid": "x",
        "output_fields": {
            "k8s.ns.name": "shop", "k8s.pod.name": "web-7dc9f5fbb8-gbfk7", "container.image.repository": "shop/web",
            "proc.cmdline": "cat /etc/secret", "evt.time": 1_782_820_799_123_456_789_u64, "user.name": null,
        },
    });
    for (key, value) in fields.as_object().expect("fields") {
        alert[key] = value.clone();
    }
    alert
}

#[test]
fn alerts_are_grouped_by_what_outlives_a_pod() {
    let one = falco::read(alert(&json!({})).to_string().as_bytes()).alerts.remove(0);
    let next = json!({ "output": "again", "output_fields": {
        "k8s.ns.name": "shop", "k8s.pod.name": "web-59c4d8b7f6-x2k9p", "container.image.repository": "shop/web" } });
    let two = falco::read(alert(&next).to_string().as_bytes()).alerts.remove(0);
    assert_eq!(one.incident, two.incident);
    assert_ne!(one.key, two.key);
    assert!(!format!("{one:?}").contains("secret"));
    let twice = format!("{}\n{}", alert(&json!({})), alert(&json!({ "uuid": "y" })));
    assert_eq!(falco::read(twice.as_bytes()).alerts.len(), 1);
    let fields =
        json!({ "output_fields": { "k8s.ns.name": null, "k8s.pod.name": "<NA>", "container.image.repository": "" } });
    let host = falco::read(alert(&fields).to_string().as_bytes()).alerts.remove(0).incident;
    assert_eq!((host.namespace, host.workload, host.image), (None, None, None));
}

#[test]
fn words_of_falco_are_understood_in_any_case() {
    for (word, priority, severity) in [
        ("EMERGENCY", Priority::Emergency, "critical"),
        ("alert", Priority::Alert, "critical"),
        ("Critical", Priority::Critical, "critical"),
        ("Error", Priority::Error, "high"),
        ("warning", Priority::Warning, "medium"),
        ("Notice", Priority::Notice, "low"),
        ("info", Priority::Informational, "info"),
        ("Informational", Priority::Informational, "info"),
        ("DEBUG", Priority::Debug, "info"),
    ] {
        let read = falco::read(alert(&json!({ "priority": word })).to_string().as_bytes()).alerts.remove(0);
        assert_eq!((read.priority, read.priority.severity().as_str()), (priority, severity), "{word}");
    }
    for (rule, kind) in [
        ("Read sensitive file", Kind::Alert),
        ("Test rule", Kind::Test),
        ("Falco internal: syscall event drop", Kind::Drops),
        ("Falco internal: hot restart failure", Kind::Internal),
    ] {
        assert_eq!(falco::read(alert(&json!({ "rule": rule })).to_string().as_bytes()).alerts[0].kind, kind, "{rule}");
    }
}

#[test]
fn alerts_that_are_not_understood_are_refused_and_the_others_kept() {
    let list = json!([
        alert(&json!({ "priority": "Dire" })),
        alert(&json!({ "time": "2026-06-30T11:59:59" })),
        alert(&json!({ "rule": null })),
        alert(&json!({ "output_fields": [] })),
        alert(&json!({ "tags": "x" })),
        alert(&json!({ "output_fields": { "k8s.ns.name": { "a": "b" } } })),
        alert(&json!({ "output": null, "output_fields": null, "tags": null, "hostname": null, "source": null })),
    ]);
    let batch = falco::read(list.to_string().as_bytes());
    assert_eq!(batch.alerts.len(), 1);
    expect(
        &refused(&batch.refusals),
        "
/0/priority: not one of the words known
/1/time: not a time of RFC 3339
/2/rule: missing
/3/output_fields: not an object
/4/tags: not a list of texts
/5/output_fields/k8s.ns.name: not a text
",
    );
}

/// An event as a text, as it lies in the envelopes of EKS and AKS.
fn quoted(fields: &Value) -> String {
    event(fields).to_string()
}

fn google(fields: &Value) -> Value {
    let mut entry = json!({
        "insertId": "g-1", "logName": "projects/p/logs/cloudaudit.googleapis.com%2Factivity",
        "timestamp": "2026-06-30T11:59:59.5Z", "resource": { "type": "k8s_cluster", "labels": { "cluster_name": "c" } },
        "operation": { "id": "g-1", "first": true, "last": true, "producer": "k8s.io" },
        "protoPayload": {
            "@type": "type.googleapis.com/google.cloud.audit.AuditLog", "serviceName": "k8s.io",
            "methodName": "io.k8s.core.v1.pods.exec.create", "resourceName": "core/v1/namespaces/shop/pods/web-0/exec",
            "authenticationInfo": { "principalEmail": "anna@example.org" },
            "requestMetadata": { "callerIp": "192.0.2.1" },
        },
    });
    for (key, value) in fields.as_object().expect("fields") {
        entry["protoPayload"][key] = value.clone();
    }
    entry
}

fn read(delivery: &Value) -> audit::Batch {
    audit::read(delivery.to_string().as_bytes())
}

#[test]
fn events_in_the_envelopes_of_eks_and_aks_are_those_of_the_api_server() {
    let exec =
        json!({ "objectRef": { "resource": "pods", "subresource": "exec", "namespace": "shop", "name": "web" } });
    let bare = read(&event(&exec));
    let message = |id: u32, message: &str| json!({ "id": id.to_string(), "timestamp": 1_782_820_799_123_u64, "message": message });
    let filter = json!({
        "messageType": "DATA_MESSAGE", "owner": "111111111111", "logGroup": "/aws/eks/shop/cluster",
        "logStream": "kube-apiserver-audit-0123456789abcdef", "subscriptionFilters": ["bevis"],
        "logEvents": [message(1, &quoted(&exec)), message(2, &quoted(&exec))],
    });
    let listed = json!({ "searchedLogStreams": [], "events": [
        { "logStreamName": "kube-apiserver-audit-1", "message": quoted(&exec), "eventId": "1" },
    ]});
    let record = |category: &str| {
        json!({
            "category": category, "operationName": "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
            "properties": { "log": quoted(&exec) + "\n", "stream": "stdout", "pod": "kube-apiserver-1" },
        })
    };
    let hub = json!({ "records": [record("kube-audit"), record("kube-audit-admin")] });
    for (provider, delivery) in [("filter", filter), ("listed", listed), ("hub", hub), ("line", record("kube-audit"))] {
        let batch = read(&delivery);
        assert_eq!(batch.refusals, [], "{provider}");
        assert_eq!(batch.events.len(), 1, "{provider}: the same event twice is one");
        let (found, expected) = (&batch.events[0], &bare.events[0]);
        assert_eq!((&found.key, &found.hits, found.at), (&expected.key, &expected.hits, expected.at), "{provider}");
    }
    let control = read(&json!({ "messageType": "CONTROL_MESSAGE", "logEvents": [message(1, "CWL CONTROL MESSAGE")] }));
    assert_eq!((control.events.len(), control.refusals.len()), (0, 0));
}

#[test]
fn an_envelope_that_is_half_bad_gives_its_good_part() {
    let record = |category: &str, log: &str| json!({ "category": category, "properties": { "log": log } });
    let good = quoted(&json!({}));
    let delivery = json!({ "records": [
        record("kube-audit", &good), record("kube-apiserver", &good), record("kube-audit", "{\"auditID\":"),
        { "category": "kube-audit", "properties": {} }, 7, record("kube-audit", &quoted(&json!({ "verb": null }))),
    ]});
    let batch = read(&delivery);
    assert_eq!(batch.events.len(), 1);
    expect(
        &refused(&batch.refusals),
        "
/records/1/category: not one of the words known
/records/3/properties/log: missing
/records/4: not an object
/records/2/properties/log: not JSON at line 1, column 11
/records/5/properties/log/verb: missing
",
    );
    let other = read(&json!({ "logStream": "authenticator-1", "logEvents": [{ "message": good }] }));
    assert_eq!(other.events.len(), 0);
    assert_eq!(refused(&other.refusals), "/logStream: not one of the words known\n");
    let deep = format!("{}1{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1));
    let deep = format!("{{\"auditID\":\"a\",\"x\":{deep}}}");
    assert_eq!(read(&json!({ "events": [{ "message": deep }] })).refusals[0].why, Why::TooDeep(DEPTH));
}

#[test]
fn entries_of_google_are_events() {
    let hit = |fields: &Value| {
        let batch = read(&google(fields));
        assert_eq!(batch.refusals, []);
        let event = &batch.events[0];
        let object = event.object.as_ref().map(|object| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            format!("{} {} {}", object.kind(), part(&object.namespace), part(&object.name))
        });
        let hits: Vec<&str> = event.hits.iter().copied().map(Rule::as_str).collect();
        format!("{} {} {}", event.verb, object.unwrap_or_default(), hits.join(" "))
    };
    assert_eq!(hit(&json!({})), "create pods/exec shop web-0 exec");
    let refused_by_server = json!({ "status": { "code": 7, "message": "PERMISSION_DENIED" } });
    assert_eq!(hit(&refused_by_server), "create pods/exec shop web-0 ");
    for (method, resource, expected) in [
        ("io.k8s.core.v1.secrets.list", "core/v1/namespaces/shop/secrets", "list secrets shop  secret_read"),
        ("io.k8s.core.v1.secrets.list", "core/v1/secrets", "list secrets   secret_read"),
        ("io.k8s.core.v1.namespaces.delete", "core/v1/namespaces/shop", "delete namespaces  shop "),
        (
            "io.k8s.core.v1.namespaces.finalize.update",
            "core/v1/namespaces/shop/finalize",
            "update namespaces/finalize  shop ",
        ),
        (
            "io.k8s.authorization.rbac.v1.clusterrolebindings.create",
            "rbac.authorization.k8s.io/v1/clusterrolebindings/all",
            "create rbac.authorization.k8s.io/clusterrolebindings  all rbac_change",
        ),
        ("io.k8s.get", "healthz", "get  "),
    ] {
        assert_eq!(hit(&json!({ "methodName": method, "resourceName": resource })), expected);
    }
    let anonymous = json!({ "authenticationInfo": { "principalEmail": "system:anonymous" } });
    assert!(hit(&anonymous).ends_with("anonymous"));

    // As Pub/Sub pushes it, and as `gcloud logging read --format=json` lists it.
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, google(&json!({})).to_string());
    let pushed =
        json!({ "message": { "data": data, "messageId": "1" }, "subscription": "projects/p/subscriptions/bevis" });
    let listed = json!([google(&json!({})), google(&json!({ "serviceName": "container.googleapis.com" }))]);
    let (pushed, listed) = (read(&pushed), read(&listed));
    assert_eq!((pushed.events.len(), pushed.refusals.len()), (1, 0));
    assert_eq!(pushed.events[0].key, listed.events[0].key);
    assert_eq!(refused(&listed.refusals), "/1/protoPayload/serviceName: not one of the words known\n");
    let broken = json!({ "message": { "data": "æ" }, "subscription": "x" });
    assert_eq!(refused(&read(&broken).refusals), "/message/data: not Base64\n");
}
