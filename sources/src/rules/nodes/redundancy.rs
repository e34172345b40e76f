//! Whether the cluster outlives the loss of a node of the control plane, and of a zone.

use super::Input;
use crate::{
    objects::node::Node,
    platform::Distribution,
    request::NODES,
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::evaluation::Outcome;
use std::collections::BTreeSet;

const REDUNDANCY: &str = "avl.redundancy";

const FEW: Sentence = fault(REDUNDANCY, "few", &["count"]);
const CONTROL_PLANE_ZONE: Sentence = fault(REDUNDANCY, "control_plane_zone", &["zone"]);
const ONE_ZONE: Sentence = fault(REDUNDANCY, "one_zone", &["zone"]);
const NO_ZONES: Sentence = reason(REDUNDANCY, "no_zones", &[]);
const MANAGED: Sentence = reason(REDUNDANCY, "managed", &["platform"]);
const UNSEEN: Sentence = reason(REDUNDANCY, "unseen", &[]);

pub(super) const SENTENCES: &[Sentence] = &[FEW, CONTROL_PLANE_ZONE, ONE_ZONE, NO_ZONES, MANAGED, UNSEEN];

/// etcd goes on for as long as more than half of its members do: three are the least that outlive the loss of one.
const CONTROL_PLANE_NODES: usize = 3;

/// `avl.redundancy`: three nodes of the control plane, and nodes in two zones.
pub(super) fn redundancy(input: &Input) -> Judge {
    let mut judge = Judge::of(REDUNDANCY).needs(&NODES, &input.nodes);
    if input.nodes.is_empty() {
        judge.doubt();
        return judge;
    }
    input.nodes.items.iter().for_each(|_| judge.examine());
    let control_plane: Vec<&Node> = input.nodes.items.iter().filter(|node| node.is_control_plane()).collect();
    let managed = input.platform().distribution.filter(|platform| platform.is_managed());
    // Nodes that could not be read may be those that are missed.
    if judge.saw_all() {
        let count = control_plane.len();
        if managed.is_none() && (1..CONTROL_PLANE_NODES).contains(&count) {
            judge.fail(&FEW, subject("ControlPlane", None, "*"), [("count", count.to_string())]);
        }
        if let Some(zone) = only_zone(input.nodes.items.iter()) {
            judge.fail(&ONE_ZONE, subject("Zone", None, "*"), [("zone", zone.to_owned())]);
        } else if let Some(zone) = only_zone(control_plane.iter().copied()) {
            judge.fail(&CONTROL_PLANE_ZONE, subject("Zone", None, "*"), [("zone", zone.to_owned())]);
        }
    }
    let is_unlabelled = |node: &&Node| zone(node).is_none();
    let zones: BTreeSet<&str> = input.nodes.items.iter().filter_map(zone).collect();
    if zones.len() < 2 || control_plane.iter().any(is_unlabelled) {
        judge.otherwise(Outcome::NeedsReview, &NO_ZONES, []);
    }
    match managed.map(Distribution::name) {
        Some(platform) => judge.otherwise(Outcome::NeedsReview, &MANAGED, [("platform", platform.to_owned())]),
        None if control_plane.is_empty() => judge.otherwise(Outcome::NeedsReview, &UNSEEN, []),
        None => {}
    }
    judge
}

/// The zone that all of these nodes are in; `None` also where one of them does not say.
fn only_zone<'a>(nodes: impl Iterator<Item = &'a Node>) -> Option<&'a str> {
    let zones: BTreeSet<Option<&str>> = nodes.map(zone).collect();
    if zones.len() == 1 { zones.into_iter().next().flatten() } else { None }
}

/// The zone of a node, by its label (the older one until Kubernetes 1.17).
fn zone(node: &Node) -> Option<&str> {
    ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"]
        .into_iter()
        .find_map(|label| node.metadata.label(label))
        .filter(|zone| !zone.is_empty())
}
