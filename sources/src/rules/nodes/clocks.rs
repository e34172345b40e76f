//! Whether clocks agree: the API server's with Bevis' own, and those of nodes with each other.
//!
//! A node renews its lease every ten seconds, by its own clock. Compared are leases of one list, so that neither the time
//! that reading took nor the clock of the API server counts.

use super::Input;
use crate::{
    objects::node::Node,
    reader::Hello,
    request::{LEASES, NODES},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome};
use std::collections::BTreeMap;

const SKEW: &str = "log.clock_skew";

const FAR: Sentence = fault(SKEW, "far", &[]);
const AHEAD: Sentence = fault(SKEW, "node_ahead", &[]);
const BEHIND: Sentence = fault(SKEW, "node_behind", &[]);
const NEAR: Sentence = reason(SKEW, "near", &[]);
const UNTOLD: Sentence = reason(SKEW, "untold", &[]);

pub(super) const SENTENCES: &[Sentence] = &[FAR, AHEAD, BEHIND, NEAR, UNTOLD];

const NODE_LEASES: &str = "kube-node-lease";
/// The `Date` of an answer is of whole seconds, and the answer takes a while: less than this is no skew.
const MEASURABLE: TimeDelta = TimeDelta::seconds(5);
const TOLERABLE: TimeDelta = TimeDelta::seconds(10);
/// Between two renewals, and something for a busy node.
const NODE_AHEAD: TimeDelta = TimeDelta::seconds(20);
/// A node that is ready has renewed its lease within fifty seconds, whatever its clock says.
const NODE_BEHIND: TimeDelta = TimeDelta::seconds(70);
/// Of two clocks that differ, none is known to be the wrong one.
const ENOUGH: usize = 3;

/// `log.clock_skew`: no clock is more than some seconds from the others.
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
    // Of a node that is not ready the lease is old for another reason.
    let ready = input.nodes.items.iter().filter(|node| node.is_ready());
    let leases = input.leases.items.iter().filter(|lease| lease.metadata.namespace.as_deref() == Some(NODE_LEASES));
    let times: BTreeMap<&str, Instant> =
        leases.filter_map(|lease| Some((lease.metadata.name(), lease.spec.as_ref()?.renew_time?))).collect();
    let mut renewed: Vec<(&Node, Instant)> = Vec::new();
    for node in ready {
        match times.get(node.metadata.name()) {
            Some(time) => renewed.push((node, *time)),
            None => judge.doubt(),
        }
    }
    if renewed.len() < ENOUGH {
        // One clock more than the API server's, which was compared with ours.
        renewed.iter().skip(1).for_each(|_| judge.doubt());
        return judge;
    }
    compare(&mut judge, renewed);
    judge
}

fn compare(judge: &mut Judge, mut renewed: Vec<(&Node, Instant)>) {
    renewed.sort_by_key(|(_, time)| *time);
    let Some((_, median)) = renewed.get(renewed.len() / 2).copied() else { return };
    for (node, time) in renewed {
        judge.examine();
        let ahead = time.signed_duration_since(median);
        let subject = subject("Node", None, node.metadata.name());
        if ahead > NODE_AHEAD {
            judge.fail(&AHEAD, subject, []);
        } else if -ahead > NODE_BEHIND {
            judge.fail(&BEHIND, subject, []);
        }
    }
}
