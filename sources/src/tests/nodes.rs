//! Nodes: the instant of the test is 2026-06-30T12:00:00Z, when Kubernetes 1.33 has ended two days ago.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy};
use chrono::TimeDelta;
use model::{evaluation::Evaluation, source::Source};

/// A node of the control plane in a zone, and its lease.
fn node(name: &str, zone: &str, version: &str, renewed: &str) -> String {
    format!(
        r#"
kind: Node
apiVersion: v1
metadata: {{name: {name}, labels: {{node-role.kubernetes.io/control-plane: "", topology.kubernetes.io/zone: {zone}, topology.kubernetes.io/region: eu-north-1}}}}
spec: {{providerID: "aws:///{zone}/i-1"}}
status:
  conditions: [{{type: Ready, status: "True"}}]
  nodeInfo: {{kubeletVersion: {version}, osImage: Ubuntu 24.04.2 LTS, kernelVersion: 6.8.0-60-generic}}
---
kind: Lease
apiVersion: coordination.k8s.io/v1
metadata: {{name: {name}, namespace: kube-node-lease}}
spec: {{renewTime: "{renewed}"}}
---
"#
    )
}

pub(super) fn three() -> String {
    [
        node("a", "eu-north-1a", "v1.34.1", "2026-06-30T11:59:50.123456Z"),
        node("b", "eu-north-1b", "v1.34.1", "2026-06-30T11:59:55.123456Z"),
        node("c", "eu-north-1c", "v1.34.1", "2026-06-30T11:59:59.123456Z"),
    ]
    .concat()
}

fn approved() -> Policy {
    Policy { approved_regions: Some(vec!["eu-north-1".into()]), ..Policy::default() }
}

fn judged(manifests: &str, minor: u32, policy: &Policy) -> Evaluation {
    let manifests = Manifests::read(manifests);
    let mut cluster = manifests.cluster(minor, &[]);
    cluster.hello.ahead = Some(TimeDelta::milliseconds(-400));
    cluster.evaluate(Source::Nodes, policy)
}

#[track_caller]
fn check(check: &str, manifests: &str, expected: &str) {
    expect(&about(check, &judged(manifests, 34, &approved())), expected);
}

#[test]
fn what_is_in_order_passes_and_tells_the_facts() {
    expect(
        &said(&judged(&three(), 34, &approved())),
        "
avl.redundancy pass 0/3
cfg.version_supported pass 0/4 facts [ends=2026-10-27; kernels=6.8.0-60-generic; kubelets=v1.34.1; systems=Ubuntu 24.04.2 LTS; version=v1.34.0]
log.clock_skew pass 0/4
phy.region pass 0/3
",
    );
}

#[test]
fn versions_end_on_the_day_after_their_last() {
    let version = |minor, manifests: &str, expected: &str| {
        expect(&about("cfg.version_supported", &judged(manifests, minor, &approved())), expected);
    };
    let all = |kubelet: &str| three().replace("v1.34.1", kubelet);
    version(
        33,
        &all("v1.33.2"),
        "cfg.version_supported fail 1/4\n  high APIServer *: ended [ended=2026-06-28; version=1.33]",
    );
    version(99, &all("v1.99.0"), "cfg.version_supported needs_review 0/4 unknown [as_of=2026-09-15; version=1.99]");
    let eks = all("v1.33.2-eks-1234567");
    version(
        33,
        &eks,
        "cfg.version_supported needs_review 0/4 vendor [ended=2026-06-28; platform=Amazon EKS; version=1.33]",
    );
    let mixed = [
        node("a", "z", "v1.35.0", "2026-06-30T11:59:50Z"),
        node("b", "z", "v1.33.9+rke2r1", "2026-06-30T11:59:50Z"),
        node("c", "z", "v1.30.0", "2026-06-30T11:59:50Z"),
        node("d", "z", "1.34", "2026-06-30T11:59:50Z"),
    ];
    version(
        34,
        &mixed.concat(),
        "
cfg.version_supported fail 3/4 unread 1
  high Node a: node_newer [api_server=1.34; version=1.35]
  high Node b: node_ended [ended=2026-06-28; version=1.33]
  high Node c: node_old [api_server=1.34; version=1.30]
",
    );
}

#[test]
fn nodes_of_a_pool_are_one_finding() {
    let pool = three().replace("v1.34.1", "v1.35.0").replace("labels: {", "labels: {karpenter.sh/nodepool: general, ");
    let expected =
        "cfg.version_supported fail 1/4\n  high NodePool general: node_newer [api_server=1.34; version=1.35]";
    check("cfg.version_supported", &pool, expected);
}

#[test]
fn three_of_the_control_plane_and_two_zones() {
    let id = "avl.redundancy";
    let one = node("a", "eu-north-1a", "v1.34.1", "2026-06-30T11:59:50Z");
    check(
        id,
        &one,
        "avl.redundancy fail 2/1\n  medium ControlPlane *: few [count=1]\n  medium Zone *: one_zone [zone=eu-north-1a]",
    );
    check(id, &three().replace("topology.kubernetes.io/zone", "x"), "avl.redundancy needs_review 0/3 no_zones");
    check(id, &three().replace("node-role.kubernetes.io/control-plane", "x"), "avl.redundancy needs_review 0/3 unseen");
    let gke = three().replace("v1.34.1", "v1.34.1-gke.1200").replace("node-role.kubernetes.io/control-plane", "x");
    check(id, &gke, "avl.redundancy needs_review 0/3 managed [platform=Google GKE]");
    let worker = node("d", "eu-north-1b", "v1.34.1", "2026-06-30T11:59:50Z")
        .replace("node-role.kubernetes.io/control-plane", "x");
    let together = three().replace("eu-north-1b", "eu-north-1a").replace("eu-north-1c", "eu-north-1a") + &worker;
    check(id, &together, "avl.redundancy fail 1/4\n  medium Zone *: control_plane_zone [zone=eu-north-1a]");
    // Nodes that could not be read may be the others.
    let unread = [&one, "{kind: Node, apiVersion: v1, metadata: {name: b}, spec: 7}"].concat();
    check(id, &unread, "avl.redundancy needs_review 0/1 unread 1 no_zones");
}

#[test]
fn regions_are_compared_with_policy_and_with_the_provider() {
    let id = "phy.region";
    expect(
        &about(id, &judged(&three(), 34, &Policy::default())),
        "phy.region needs_review 0/3 no_list [regions=eu-north-1]",
    );
    let elsewhere = three().replace("eu-north-1", "us-east-1");
    check(
        id,
        &elsewhere,
        "
phy.region fail 3/3
  high Node a: outside [region=us-east-1]
  high Node b: outside [region=us-east-1]
  high Node c: outside [region=us-east-1]
",
    );
    check(
        id,
        &three().replace("topology.kubernetes.io/region", "x"),
        "phy.region needs_review 0/3 unlabelled [count=3]",
    );
    let relabelled = three().replace("aws:///eu-north-1a", "aws:///us-east-1a");
    check(id, &relabelled, "phy.region error 0/3 unread 1 contradiction [nodes=a]");
}

#[test]
fn clocks_are_compared_with_ours_and_with_each_other() {
    let id = "log.clock_skew";
    let skewed = |ahead: Option<i64>, expected: &str| {
        let manifests = Manifests::read(&three());
        let mut cluster = manifests.cluster(34, &[]);
        cluster.hello.ahead = ahead.map(TimeDelta::milliseconds);
        expect(&about(id, &cluster.evaluate(Source::Nodes, &approved())), expected);
    };
    skewed(None, "log.clock_skew pass 0/3 unread 1 untold");
    skewed(Some(0), "log.clock_skew pass 0/4");
    skewed(Some(-7_300), "log.clock_skew needs_review 0/4 near");
    skewed(Some(3_600_000), "log.clock_skew fail 1/4\n  medium APIServer *: far");
    let ahead = three().replace("11:59:59", "12:00:30");
    check(id, &ahead, "log.clock_skew fail 1/4\n  medium Node c: node_ahead");
    let behind = three().replace("11:59:50", "11:58:00");
    check(id, &behind, "log.clock_skew fail 1/4\n  medium Node a: node_behind");
    let not_ready = behind.replacen(r#"status: "True""#, r#"status: "Unknown""#, 1);
    check(id, &not_ready, "log.clock_skew pass 0/1 unread 3 uncompared [nodes=a, b, c]");
    let no_lease = three().replacen("kube-node-lease", "elsewhere", 1);
    check(id, &no_lease, "log.clock_skew pass 0/1 unread 3 uncompared [nodes=a, b, c]");
    check(id, &node("a", "z", "v1.34.1", "2026-06-30T11:59:50Z"), "log.clock_skew pass 0/1");
}

#[test]
fn a_clock_that_was_not_compared_is_not_in_order() {
    let id = "log.clock_skew";
    let silent = three().replace(r#"status: "True""#, r#"status: "Unknown""#);
    check(id, &silent, "log.clock_skew pass 0/1 unread 3 uncompared [nodes=a, b, c]");
    // The only API server is on another machine than the only node.
    let worker =
        node("a", "z", "v1.34.1", "2026-06-30T11:59:50Z").replace("node-role.kubernetes.io/control-plane", "x");
    check(id, &worker, "log.clock_skew pass 0/1 unread 1 uncompared [nodes=a]");
    // Of two nodes, the clock of one is that of the API server.
    let two = [node("b", "z", "v1.34.1", "2026-06-30T11:59:50Z"), worker].concat();
    check(id, &two, "log.clock_skew pass 0/1 unread 1 uncompared [nodes=a]");
}

#[test]
fn a_lease_tells_a_clock_to_about_ten_seconds() {
    let id = "log.clock_skew";
    check(id, &three().replace("11:59:59", "12:00:06"), "log.clock_skew pass 0/4");
    check(id, &three().replace("11:59:59", "12:00:09"), "log.clock_skew needs_review 0/4 unsure [nodes=c]");
    check(id, &three().replace("11:59:50", "11:59:00"), "log.clock_skew needs_review 0/4 unsure [nodes=a]");
}

#[test]
fn what_may_not_be_read_is_not_in_order() {
    let manifests = Manifests::read(&three());
    let refused = |what: &str| {
        let error = ReadError::Forbidden { permission: "x".into() };
        let mut cluster = manifests.cluster(34, &[]).failing(what, error);
        cluster.hello.ahead = Some(TimeDelta::milliseconds(-400));
        cluster.evaluate(Source::Nodes, &approved())
    };
    expect(
        &said(&refused("v1/nodes")),
        "
avl.redundancy not_visible 0/0 forbidden [permission=list nodes in the core API group]
cfg.version_supported not_visible 0/1 forbidden [permission=list nodes in the core API group]
log.clock_skew not_visible 0/1 forbidden [permission=list nodes in the core API group]
phy.region not_visible 0/0 forbidden [permission=list nodes in the core API group]
",
    );
    expect(
        &about("log.clock_skew", &refused("coordination.k8s.io/v1/leases")),
        "log.clock_skew not_visible 0/1 unread 3 forbidden [permission=list leases in coordination.k8s.io]",
    );
}

#[test]
fn nothing_said_of_nodes_changes_from_scan_to_scan() {
    let later = three().replace("T11:59:", "T12:29:");
    assert_eq!(judged(&three(), 34, &approved()).digest(), judged(&later, 34, &approved()).digest());
}
