//! Falco: the instant of the tests is 2026-06-30T12:00:00Z.

use super::{Manifests, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

pub(super) const GOOD: &str = r#"
apiVersion: v1
kind: Node
metadata: {name: node-1, creationTimestamp: "2026-01-01T00:00:00Z"}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: falco, namespace: falco, labels: {app.kubernetes.io/name: falco}, creationTimestamp: "2026-01-01T00:00:00Z"}
spec: {template: {spec: {containers: [{name: ctl, image: "falcosecurity/falcoctl:0.11.0"}, {name: falco, image: "docker.io/falcosecurity/falco:0.41.0"}]}}}
status: {desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: 1}
---
apiVersion: v1
kind: Pod
metadata: {name: falco-abcde, namespace: falco, ownerReferences: [{kind: DaemonSet, name: falco}]}
spec: {nodeName: node-1}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: falco-falcosidekick, namespace: falco, labels: {app.kubernetes.io/name: falcosidekick}}
spec: {replicas: 2}
status: {readyReplicas: 1, conditions: [{type: Available, status: "True"}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: alertmanager-main, namespace: monitoring}
spec: {replicas: 1, template: {spec: {containers: [{image: "quay.io/prometheus/alertmanager:v0.28.0"}]}}}
status: {readyReplicas: 1}
"#;

fn judged(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let manifests = Manifests::read(&GOOD.replace(from, to));
    said(&manifests.cluster(32, &[]).evaluate(Source::Falco, &Policy::default()))
}

const UNSEEN: &str = "det.alert_route needs_review 0/2 unseen";

#[test]
fn falco_on_every_node_passes_and_its_receivers_are_for_a_person() {
    expect(&judged("falco", "falco"), &format!("{UNSEEN}\ndet.falco_coverage pass 0/1"));
    let manifests = Manifests::read(GOOD);
    let policy = Policy { alert_receiver: Some("on-call@example.org".into()), ..Policy::default() };
    let cluster = manifests.cluster(32, &[]);
    expect(
        &said(&cluster.evaluate(Source::Falco, &policy)),
        "
det.alert_route needs_review 0/2 declared [receiver=on-call@example.org]
det.falco_coverage pass 0/1",
    );
    let reading = cluster.reading(Source::Falco, &policy);
    assert_eq!((reading.version().as_deref(), coverage(&*reading).0), (Some("0.41.0"), Coverage::Complete));
}

#[test]
fn faults_are_told() {
    for (from, to, expected) in [
        (
            "name: node-1, creation",
            "name: node-2, creation",
            "
det.falco_coverage fail 1/2
  high DaemonSet *: uncovered [nodes=node-2]",
        ),
        (
            "desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: 1",
            "desiredNumberScheduled: 2, currentNumberScheduled: 1, numberReady: 1",
            "
det.falco_coverage fail 1/1
  high DaemonSet falco/falco: not_ready",
        ),
        (
            r#"phase: Running, conditions: [{type: Ready, status: "True"}]"#,
            "phase: Running, containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}]",
            "
det.falco_coverage fail 1/1
  high DaemonSet falco/falco: restarting",
        ),
        (
            "ownerReferences: [{kind: DaemonSet, name: falco}]",
            "labels: {}",
            "det.falco_coverage error 0/1 unread 1 disagree [workloads=falco]",
        ),
        (
            "status: {desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: 1}",
            "",
            "det.falco_coverage error 0/0 unread 1 unread",
        ),
        (
            "name: node-1, creation",
            "name: node-1, labels: {type: virtual-kubelet}, creation",
            "det.falco_coverage pass 0/1",
        ),
    ] {
        expect(&judged(from, to), &format!("{UNSEEN}\n{}", expected.trim_start()));
    }
    let stopped =
        r#"status: {conditions: [{type: Available, status: "False", lastTransitionTime: "2026-06-30T11:00:00Z"}]}"#;
    expect(
        &judged("status: {readyReplicas: 1, conditions: [{type: Available, status: \"True\"}]}", stopped),
        "
det.alert_route fail 1/2
  high Deployment falco/falco-falcosidekick: stopped
det.falco_coverage pass 0/1",
    );
    expect(
        &judged("replicas: 2", "replicas: 0"),
        "
det.alert_route fail 1/2
  high Deployment falco/falco-falcosidekick: stopped
det.falco_coverage pass 0/1",
    );
    expect(
        &judged("kind: Deployment", "kind: Other"),
        "
det.alert_route needs_review 0/1 no_route
det.falco_coverage pass 0/1",
    );
}

#[test]
fn without_falco_nothing_is_evaluated_and_the_source_is_absent() {
    let nothing = Manifests::default();
    let cluster = nothing.cluster(32, &[]);
    expect(
        &said(&cluster.evaluate(Source::Falco, &Policy::default())),
        "
det.alert_route not_evaluated 0/0 none
det.falco_coverage not_evaluated 0/0 none",
    );
    assert_eq!(coverage(&*cluster.reading(Source::Falco, &Policy::default())).0, Coverage::Absent);
}

#[test]
fn falco_that_is_set_to_run_nowhere_has_never_run() {
    let manifests = Manifests::read(&GOOD.replace(
        "desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: 1",
        "desiredNumberScheduled: 0, numberReady: 0",
    ));
    let cluster = manifests.cluster(32, &[]);
    assert_eq!(coverage(&*cluster.reading(Source::Falco, &Policy::default())).0, Coverage::NeverRan);
}

#[test]
fn lists_that_are_refused_or_not_whole_pass_nothing() {
    let manifests = Manifests::read(GOOD);
    for name in ["apps/v1/daemonsets", "v1/pods", "v1/nodes"] {
        let refused = ReadError::Forbidden { permission: "x".into() };
        let cluster = manifests.cluster(32, &[]).failing(name, refused);
        let said = said(&cluster.evaluate(Source::Falco, &Policy::default()));
        assert!(said.contains("det.falco_coverage not_visible"), "{name}: {said}");
        assert_eq!(coverage(&*cluster.reading(Source::Falco, &Policy::default())).0, Coverage::Forbidden);
    }
    let malformed = manifests.with(Manifests::read("{apiVersion: v1, kind: Node, metadata: 7}"));
    expect(
        &said(&malformed.cluster(32, &[]).evaluate(Source::Falco, &Policy::default())),
        "
det.alert_route needs_review 0/2 unseen
det.falco_coverage pass 0/1 unread 1",
    );
}
