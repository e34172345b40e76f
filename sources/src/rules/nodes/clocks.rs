//! Whether clocks agree: the API server's with Bevis' own, and those of nodes with each other.
//!
//! A node renews its lease every ten seconds, by its own clock. Compared are leases of one list, so that neither the time
//! that reading took nor the clock of the API server counts.
//!
//! Two clocks that agree may have leases ten seconds apart, so that a lease tells a clock to about ten seconds, either
//! way: twenty seconds ahead is a clock that is ten ahead at least, and a clock whose lease is ten seconds from the others
//! may be twenty from them.

use super::Input;
use crate::{
    objects::node::Node,
    reader::Hello,
    request::{LEASES, NODES},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Extent};
use std::collections::BTreeMap;

const SKEW: &str = "log.clock_skew";

const FAR: Sentence = fault(SKEW, "far", &[]);
const AHEAD: Sentence = fault(SKEW, "node_ahead", &[]);
const BEHIND: Sentence = fault(SKEW, "node_behind", &[]);
const NEAR: Sentence = reason(SKEW, "near", &[]);
const UNTOLD: Sentence = reason(SKEW, "untold", &[]);
const UNSURE: Sentence = reason(SKEW, "unsure", &["nodes"]);
const UNCOMPARED: Sentence = reason(SKEW, "uncompared", &["nodes"]);

pub(super) const SENTENCES: &[Sentence] = &[FAR, AHEAD, BEHIND, NEAR, UNTOLD, UNSURE, UNCOMPARED];

const NODE_LEASES: &str = "kube-node-lease";
/// The `Date` of an answer is of whole seconds, and the answer takes a while: less than this is no skew.
const MEASURABLE: TimeDelta = TimeDelta::seconds(5);
const TOLERABLE: TimeDelta = TimeDelta::seconds(10);
/// Between two renewals, and something for a busy node: what leases of clocks that agree may differ by.
const BETWEEN_RENEWALS: TimeDelta = TimeDelta::seconds(12);
/// What is tolerable, and what lies between two renewals.
const NODE_AHEAD: TimeDelta = TimeDelta::seconds(20);
/// A node that is ready has renewed its lease within fifty seconds, whatever its clock says.
const NODE_BEHIND: TimeDelta = TimeDelta::seconds(70);
/// Of two clocks that differ, none is known to be the wrong one.
const ENOUGH: usize = 3;

/// `log.clock_skew`: no clock is far from the others, as far as leases tell.
pub(super) fn skew(input: &Input, hello: &Hello) -> Judge {
    let mut judge = Judge::of(SKEW).needs(&NODES, &input.nodes).needs(&LEASES, &input.leases);
    match hello.ahead.map(|ahead| ahead.abs()) {
        None => {
            judge.doubt();
            judge.remark(&UNTOLD, []);
        }
        Some(ahead) => {
            judge.examine();
            if ahead > TOLERABLE {
                judge.fail(&FAR, subject("APIServer", None, "*"), []);
            } else if ahead > MEASURABLE {
                judge.otherwise(Outcome::NeedsReview, &NEAR, []);
            }
        }
    }
    let leases = input.leases.items.iter().filter(|lease| lease.metadata.namespace.as_deref() == Some(NODE_LEASES));
    let times: BTreeMap<&str, Instant> =
        leases.filter_map(|lease| Some((lease.metadata.name(), lease.spec.as_ref()?.renew_time?))).collect();
    let mut renewed: Vec<(&Node, Instant)> = Vec::new();
    let mut uncompared: Vec<&str> = Vec::new();
    for node in &input.nodes.items {
        match times.get(node.metadata.name()) {
            Some(time) if node.is_ready() => renewed.push((node, *time)),
            // Of a node that is not ready the lease is old for another reason.
            _ => uncompared.push(node.metadata.name()),
        }
    }
    if renewed.len() < ENOUGH {
        let few = renewed.drain(..).filter(|(node, _)| !is_the_server(input, node));
        uncompared.extend(few.map(|(node, _)| node.metadata.name()));
    }
    if !uncompared.is_empty() {
        for node in &uncompared {
            judge.doubt_in(Extent::of_object("Node", None, node));
        }
        judge.remark(&UNCOMPARED, [("nodes", names(uncompared))]);
    }
    compare(&mut judge, renewed);
    judge
}

/// Whether the clock of a node is that of the only API server, which is compared with ours.
fn is_the_server(input: &Input, node: &Node) -> bool {
    node.is_control_plane() && input.nodes.items.iter().filter(|other| other.is_control_plane()).count() == 1
}

fn compare(judge: &mut Judge, mut renewed: Vec<(&Node, Instant)>) {
    renewed.sort_by_key(|(_, time)| *time);
    let Some((_, median)) = renewed.get(renewed.len() / 2).copied() else { return };
    let mut unsure: Vec<&str> = Vec::new();
    for (node, time) in renewed {
        judge.examine();
        let ahead = time.signed_duration_since(median);
        let subject = subject("Node", None, node.metadata.name());
        if ahead > NODE_AHEAD {
            judge.fail(&AHEAD, subject, []);
        } else if -ahead > NODE_BEHIND {
            judge.fail(&BEHIND, subject, []);
        } else if ahead.abs() > BETWEEN_RENEWALS {
            unsure.push(node.metadata.name());
        }
    }
    if !unsure.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNSURE, [("nodes", names(unsure))]);
    }
}
