//! Objects that were damaged on the way: no rule panics on them, and none takes them for good news.

mod native;
mod policies;
mod scanners;

use super::{Manifests, corpus, now};
use crate::{
    intake::{audit, falco},
    policy::Policy,
    reading::Context,
    rules,
};
use model::{
    evaluation::{CheckResult, Evaluation, Outcome},
    scan::Coverage,
    source::Source,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Ways to damage a value at a place in an object.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Missing,
    Null,
    Number,
    Text,
    List,
    Object,
    Huge,
    Deep,
}

const WAYS: &[Damage] = &[
    Damage::Missing,
    Damage::Null,
    Damage::Number,
    Damage::Text,
    Damage::List,
    Damage::Object,
    Damage::Huge,
    Damage::Deep,
];

/// Every place in a value, as a path of keys.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, inner: &Value| {
        let path = format!("{here}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(path.clone());
        places(inner, &path, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| go(key, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| go(&at.to_string(), inner)),
        _ => {}
    }
}

fn damaged(object: &Value, place: &str, damage: Damage) -> Value {
    let mut object = object.clone();
    if let Damage::Missing = damage {
        let (parent, key) = place.rsplit_once('/').expect("a path");
        let key = key.replace("~1", "/").replace("~0", "~");
        match object.pointer_mut(parent) {
            Some(Value::Object(map)) => drop(map.remove(&key)),
            Some(Value::Array(items)) => drop(items.remove(key.parse().expect("a number"))),
            _ => {}
        }
        return object;
    }
    let Some(value) = object.pointer_mut(place) else { return object };
    *value = match damage {
        Damage::Missing | Damage::Null => Value::Null,
        Damage::Number => json!(-9_007_199_254_740_993_i64),
        Damage::Text => json!("\u{0}\u{202e}not what was expected <script>"),
        Damage::List => json!([[], {}, null, 7]),
        Damage::Object => json!({ "a": { "b": [1] } }),
        Damage::Huge => json!("x".repeat(100_000)),
        Damage::Deep => (0..100).fold(json!({}), |inner, _| json!({ "a": [inner] })),
    };
    object
}

fn evaluations(all: &Manifests) -> Vec<Evaluation> {
    let policy = Policy::default();
    vec![
        rules::rbac::evaluate(&all.rbac(), &policy),
        rules::pod_security::evaluate(&all.pod_security(32, &[]), &policy),
        rules::pod_security::evaluate(&all.pod_security(24, &[]), &policy),
        rules::cert_manager::evaluate(&all.cert_manager(), now()),
        rules::velero::evaluate(&all.velero(), &policy, now()),
        all.cluster(32, LOGGING).evaluate(Source::AuditLog, &policy),
        all.cluster(32, LOGGING).evaluate(Source::Falco, &policy),
    ]
}

/// Sources whose objects are of several kinds: a kind that is not wholly understood leaves none of these checks in order.
const NEEDED: &[(Source, &str, &str)] = &[
    (Source::ApiServer, "v1/pods", "log. auth. authz. enc."),
    (Source::ApiServer, "v1/configmaps kube-system/kubelet-config", "authn."),
    (Source::Dex, "apps/v1/deployments", "auth.dex_ready"),
    (Source::Dex, "v1/configmaps dex/dex", "auth.dex_no_static_login"),
    (Source::Nodes, "v1/nodes", "cfg. avl. phy. log."),
    (Source::Nodes, "coordination.k8s.io/v1/leases", "log."),
];

/// What holds of the control plane, Dex and nodes where one object among others is damaged.
fn check_among(others: &Manifests, object: &Value, place: &str, damage: Damage) {
    let all = others.clone().with(Manifests(vec![damaged(object, place, damage)]));
    let policy = super::dex::policy();
    let cluster = all.cluster(34, &[]);
    for source in [Source::ApiServer, Source::Dex, Source::Nodes] {
        let reading = cluster.reading(source, &policy);
        let evaluation = reading.evaluate(&Context { policy: &policy, now: now(), hello: &cluster.hello });
        is_sound(&evaluation);
        let malformed = reading.parts().into_iter().filter(|(_, read)| read.malformed > 0).map(|(_, read)| read);
        for read in malformed {
            let checks = NEEDED.iter().filter(|(of, resource, _)| *of == source && *resource == read.resource);
            let prefixes: Vec<&str> = checks.flat_map(|(_, _, prefixes)| prefixes.split(' ')).collect();
            let clean = |result: &&CheckResult| {
                let closes = result.is_conclusive() && result.unread == 0;
                closes && prefixes.iter().any(|prefix| result.check.as_str().starts_with(prefix))
            };
            let closing: Vec<_> = evaluation.results.iter().filter(clean).collect();
            assert!(closing.is_empty(), "{source} {place} {damage:?}: {closing:?}");
        }
    }
}

#[test]
fn damage_to_a_control_plane_closes_nothing_and_is_survived() {
    let nodes = Manifests::read(&super::nodes::three());
    let all = super::api_server::sample().with(nodes).with(Manifests::read(&super::dex::SAMPLES.join("---")));
    for (at, object) in all.0.iter().enumerate() {
        let mut others = all.clone();
        others.0.remove(at);
        let mut found = Vec::new();
        places(object, "", &mut found);
        for place in found.iter().filter(|place| !["/kind", "/apiVersion"].contains(&place.as_str())) {
            for damage in WAYS {
                check_among(&others, object, place, *damage);
            }
        }
    }
}
const LOGGING: &[&str] = &["logging.banzaicloud.io/v1beta1", "observability.openshift.io/v1"];

/// What holds of every evaluation, whatever it rests on.
fn is_sound(evaluation: &Evaluation) {
    for result in &evaluation.results {
        let failed = evaluation.observations.iter().filter(|seen| seen.check == result.check).count();
        assert_eq!(usize::try_from(result.failed).ok(), Some(failed), "{result:?}");
        assert_eq!(result.outcome == Outcome::Fail, failed > 0, "{result:?}");
        assert!(result.detail.values().all(|value| value.chars().count() <= 300), "{result:?}");
    }
    for seen in &evaluation.observations {
        assert!(seen.detail.values().all(|value| value.chars().count() <= 300 && !value.contains('\u{0}')), "{seen:?}");
    }
}

/// One object alone, damaged: where it is no longer understood, its list is not wholly read, and nothing is in order for sure.
fn check_object(object: &Value, place: &str, damage: Damage) {
    let all = Manifests(vec![damaged(object, place, damage)]);
    for evaluation in evaluations(&all) {
        is_sound(&evaluation);
    }
    let unread = [
        all.rbac().cluster_roles.unread + all.rbac().roles.unread + all.rbac().cluster_role_bindings.unread,
        all.cert_manager().certificates.unread,
        all.velero().schedules.unread,
    ];
    for (unread, evaluation) in unread.into_iter().zip([0, 3, 4].map(|at| evaluations(&all).swap_remove(at))) {
        if unread > 0 {
            let passing: Vec<_> =
                evaluation.results.iter().filter(|r| r.outcome == Outcome::Pass && r.unread == 0).collect();
            let unconcerned = ["rbac.no_wildcards", "rbac.no_system_masters", "bak.location", "bak.restore_test"];
            assert!(passing.iter().all(|r| unconcerned.contains(&r.check.as_str())), "{place} {damage:?}: {passing:?}");
        }
    }
}

fn samples() -> Vec<Value> {
    let text =
        [super::rbac::EVERYBODY, super::cert_manager::CERTIFICATES_OF_ALL_KINDS, super::velero::GOOD].join("\n---\n");
    Manifests::read(&text).with(Manifests::read(super::pod_security::NAMESPACES_OF_ALL_KINDS)).0
}

#[test]
fn damage_at_every_place_of_every_sample_is_survived() {
    for object in samples() {
        let mut found = Vec::new();
        places(&object, "", &mut found);
        for place in found.iter().filter(|place| *place != "/kind") {
            for damage in WAYS {
                check_object(&object, place, *damage);
            }
        }
    }
}

#[test]
fn damaged_corpus_objects_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let kinds = [
        "ClusterRole",
        "ClusterRoleBinding",
        "Certificate",
        "ClusterIssuer",
        "Schedule",
        "Backup",
        "BackupStorageLocation",
    ];
    let nothing = Manifests::default();
    let control_plane = ["Pod", "Node"];
    let all = ["rbac", "cert-manager/samples", "velero/doc-samples", "kubernetes-api-roundtrip", "apiserver-and-cloud"]
        .map(|folder| corpus::objects(&corpus.join(folder), "").0)
        .concat();
    for object in all.iter().filter(|object| kinds.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (number, place) in found.iter().filter(|place| *place != "/kind").enumerate() {
            check_object(object, place, WAYS[number % WAYS.len()]);
        }
    }
    for object in all.iter().filter(|object| control_plane.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (number, place) in found.iter().filter(|place| *place != "/kind").enumerate() {
            check_among(&nothing, object, place, WAYS[number % WAYS.len()]);
        }
    }
}

/// The checks that cannot be in order for sure where an object of a kind is not understood.
const NEEDING: &[(Source, &str, &[&str])] = &[
    (Source::AuditLog, "v1/pods", &["log.audit_forwarded", "log.forwarder_ready"]),
    (Source::AuditLog, "v1/nodes", &["log.audit_forwarded", "log.forwarder_ready"]),
    (Source::AuditLog, "apps/v1/daemonsets", &["log.audit_forwarded", "log.forwarder_ready"]),
    (Source::AuditLog, "apps/v1/statefulsets", &["log.forwarder_ready"]),
    (Source::AuditLog, "batch/v1/cronjobs", &["log.retention_job", "bak.offsite"]),
    (Source::AuditLog, "logging.banzaicloud.io/v1beta1/clusteroutputs", &["log.shipping_destination"]),
    (Source::Falco, "v1/pods", &["det.falco_coverage"]),
    (Source::Falco, "v1/nodes", &["det.falco_coverage"]),
    (Source::Falco, "apps/v1/daemonsets", &["det.falco_coverage"]),
];

/// Places on which a pass rests: whatever is there instead, it is no pass any more.
const DECISIVE: &[(&str, &str, &str)] = &[
    ("fluentd-forwarder", "/status", "log.forwarder_ready"),
    ("fluentd-forwarder", "/status/numberReady", "log.forwarder_ready"),
    ("fluentd-forwarder", "/status/desiredNumberScheduled", "log.forwarder_ready"),
    ("fluentd-aggregator", "/status", "log.forwarder_ready"),
    ("fluentd-aggregator", "/status/readyReplicas", "log.forwarder_ready"),
    ("kube-apiserver-control-1", "/spec", "log.audit_forwarded"),
    ("kube-apiserver-control-1", "/spec/containers", "log.audit_forwarded"),
    ("kube-apiserver-control-1", "/spec/containers/0/command", "log.audit_forwarded"),
    ("kube-apiserver-control-1", "/spec/containers/0/command/2", "log.audit_forwarded"),
    ("kube-apiserver-control-1", "/spec/volumes/1/hostPath/path", "log.audit_forwarded"),
    ("kube-apiserver-control-1", "/spec/nodeName", "log.audit_forwarded"),
    ("fluentd-forwarder-abcde", "/spec/volumes/0/hostPath/path", "log.audit_forwarded"),
    ("fluentd-forwarder-abcde", "/status/phase", "log.audit_forwarded"),
    ("fluentd-forwarder-abcde", "/metadata/ownerReferences", "log.audit_forwarded"),
    ("audit-prod-retention", "/status", "log.retention_job"),
    ("audit-prod-retention", "/status/lastSuccessfulTime", "log.retention_job"),
    ("audit-prod-retention", "/spec/jobTemplate/spec/template/spec/containers/0/env/1/value", "log.retention_job"),
    ("sync-backups", "/spec/schedule", "bak.offsite"),
    ("sync-backups", "/status/lastSuccessfulTime", "bak.offsite"),
    ("falco", "/status", "det.falco_coverage"),
    ("falco", "/status/numberReady", "det.falco_coverage"),
    ("falco-abcde", "/status/phase", "det.falco_coverage"),
    ("falco-abcde", "/spec/nodeName", "det.falco_coverage"),
];

/// An object among those that make a pass, damaged.
fn check_in_cluster(source: Source, good: &[Value], at: usize, place: &str, damage: Damage) {
    let mut objects = good.to_vec();
    objects[at] = damaged(&good[at], place, damage);
    let all = Manifests(objects);
    let cluster = all.cluster(32, LOGGING);
    let evaluation = cluster.evaluate(source, &Policy::default());
    is_sound(&evaluation);
    let passes: Vec<&str> = evaluation
        .results
        .iter()
        .filter(|result| result.outcome == Outcome::Pass && result.unread == 0)
        .map(|result| result.check.as_str())
        .collect();
    let reading = cluster.reading(source, &Policy::default());
    for (_, read) in reading.parts().iter().filter(|(_, read)| read.coverage == Coverage::Truncated) {
        let needing = NEEDING.iter().find(|(of, name, _)| *of == source && *name == read.resource);
        let needing = needing.map_or(&[][..], |(_, _, checks)| checks);
        assert!(!needing.iter().any(|check| passes.contains(check)), "{place} {damage:?}: {passes:?}");
    }
    let name = good[at]["metadata"]["name"].as_str().unwrap_or_default();
    for (_, _, check) in DECISIVE.iter().filter(|(of, decisive, _)| *of == name && *decisive == place) {
        assert!(!passes.contains(check), "{name} {place} {damage:?}: {check}");
    }
}

#[test]
fn damage_to_what_a_pass_rests_on_leaves_no_pass() {
    let audit_log =
        super::audit_log::GOOD.replace("generation: 3,", "generation: 3, ownerReferences: [{kind: Logging}],");
    let mut decisive = 0;
    for (source, good) in [(Source::AuditLog, audit_log.as_str()), (Source::Falco, super::falco::GOOD)] {
        let good = Manifests::read(good).0;
        for (at, object) in good.iter().enumerate() {
            let mut found = Vec::new();
            places(object, "", &mut found);
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            for place in found.iter().filter(|place| *place != "/kind" && *place != "/apiVersion") {
                decisive += DECISIVE.iter().filter(|(of, at, _)| *of == name && at == place).count();
                for damage in WAYS {
                    check_in_cluster(source, &good, at, place, *damage);
                }
            }
        }
    }
    assert_eq!(decisive, DECISIVE.len(), "a decisive place is not there");
}

/// A delivery of one part is read or refused, whatever is done to it.
fn is_read_or_refused(body: &[u8]) {
    let batch = audit::read(body);
    assert_eq!(batch.events.len() + batch.refusals.len(), 1, "{batch:?}");
    let batch = falco::read(body);
    assert_eq!(batch.alerts.len() + batch.refusals.len(), 1, "{batch:?}");
}

#[test]
fn damaged_deliveries_of_the_corpus_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let folders = ["k8s-audit/events", "k8s-audit/events-panther", "falco/alerts-from-docs"];
    for object in folders.iter().flat_map(|folder| corpus::objects(&corpus.join(folder), ".json").0) {
        let mut found = Vec::new();
        places(&object, "", &mut found);
        for (number, place) in found.iter().enumerate() {
            is_read_or_refused(damaged(&object, place, WAYS[number % WAYS.len()]).to_string().as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A page that is cut anywhere, or has a byte changed, is a whole list, a list with gaps, or an error: never a panic.
    #[test]
    fn a_damaged_page_is_survived(cut in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), to in any::<u8>()) {
        use crate::{listed::Listed, objects::cert_manager::Certificate, request::CERTIFICATES};
        let items: Vec<Value> = samples().into_iter().filter(|object| object["kind"] == "Certificate").collect();
        let whole = json!({ "kind": "CertificateList", "metadata": {}, "items": items }).to_string().into_bytes();
        let short = &whole[..cut.index(whole.len())];
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, short);
        prop_assert!(!listed.was_read());
        let mut changed = whole.clone();
        let at = byte.index(changed.len());
        changed[at] = to;
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, &changed);
        prop_assert!(!listed.was_read() || listed.items.len() + listed.unread as usize == items.len());
    }

    /// Any bytes, and events that are cut or changed: read or refused, never a panic.
    #[test]
    fn any_delivery_is_survived(noise in any::<Vec<u8>>(), cut in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), to in any::<u8>()) {
        let (batch, alerts) = (audit::read(&noise), falco::read(&noise));
        prop_assert!(batch.events.is_empty() && alerts.alerts.is_empty());
        let event = json!({ "auditID": "a", "stage": "ResponseComplete", "verb": "get", "user": { "username": "\u{e6}" } });
        let whole = json!({ "kind": "EventList", "items": [event, event] }).to_string().into_bytes();
        prop_assert!(audit::read(&whole[..cut.index(whole.len())]).events.is_empty());
        let mut changed = whole.clone();
        let at = byte.index(changed.len());
        changed[at] = to;
        let batch = audit::read(&changed);
        prop_assert!(batch.events.len() <= 2);
        prop_assert!(changed == whole || batch.digest != audit::read(&whole).digest);
    }
}
