//! Where nodes run.

use super::{Input, node_subject};
use crate::{
    objects::node::Node,
    policy::Policy,
    request::NODES,
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::{evaluation::Outcome, finding::Subject};
use std::collections::BTreeMap;

const REGION: &str = "phy.region";

const OUTSIDE: Sentence = fault(REGION, "outside", &["region"]);
const NO_LIST: Sentence = reason(REGION, "no_list", &["regions"]);
const UNLABELLED: Sentence = reason(REGION, "unlabelled", &["count"]);
const CONTRADICTION: Sentence = reason(REGION, "contradiction", &["nodes"]);

pub(super) const SENTENCES: &[Sentence] = &[OUTSIDE, NO_LIST, UNLABELLED, CONTRADICTION];

/// `phy.region`: every node says that it runs in a region that policy approves.
pub(super) fn region(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(REGION).needs(&NODES, &input.nodes);
    if input.nodes.is_empty() {
        judge.doubt();
        return judge;
    }
    let nodes = &input.nodes.items;
    for _ in nodes {
        judge.examine();
    }
    let regions = nodes.iter().filter_map(region_of);
    let unlabelled = nodes.iter().filter(|node| region_of(node).is_none()).count();
    let contradicting: Vec<&str> = nodes.iter().filter(|node| contradicts(node)).map(|n| n.metadata.name()).collect();
    if !contradicting.is_empty() {
        judge.disagree(&CONTRADICTION, [("nodes", names(contradicting))]);
    }
    match &policy.approved_regions {
        None => judge.otherwise(Outcome::NeedsReview, &NO_LIST, [("regions", names(regions))]),
        Some(approved) => {
            let mut outside: BTreeMap<Subject, &str> = BTreeMap::new();
            for node in nodes {
                if let Some(region) = region_of(node).filter(|region| approved.iter().all(|a| a != region)) {
                    outside.entry(node_subject(node)).or_insert(region);
                }
            }
            for (subject, region) in outside {
                judge.fail(&OUTSIDE, subject, [("region", region.to_owned())]);
            }
            if unlabelled > 0 {
                judge.otherwise(Outcome::NeedsReview, &UNLABELLED, [("count", unlabelled.to_string())]);
            }
        }
    }
    judge
}

/// The region of a node, by its label (the older one until Kubernetes 1.17).
fn region_of(node: &Node) -> Option<&str> {
    ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"]
        .into_iter()
        .find_map(|label| node.metadata.label(label))
        .filter(|region| !region.is_empty())
}

/// Whether the provider's identity names a zone of another region than the label does: `aws:///eu-north-1a/i-0123`,
/// `gce://project/europe-north1-a/name`. Other identities name no zone.
fn contradicts(node: &Node) -> bool {
    let zone = node.provider_id().and_then(|id| {
        let path = id
            .strip_prefix("aws:///")
            .or_else(|| id.strip_prefix("gce://").and_then(|id| id.split_once('/').map(|(_, path)| path)));
        path?.split('/').next()
    });
    region_of(node).zip(zone).is_some_and(|(region, zone)| !zone.starts_with(region))
}
