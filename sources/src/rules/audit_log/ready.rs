//! Whether forwarders and aggregators work.

use super::{Forwarder, Input, READY, is_forwarder};
use crate::{
    objects::agents::workloads::Replicated,
    request::{DAEMON_SETS, NODES, PODS, STATEFUL_SETS},
    rules::{
        daemons::{self, Health},
        verdict::{Judge, Sentence, fault, names, reason, subject},
    },
};
use model::{Instant, evaluation::Outcome, finding::Subject};

const NOT_READY: Sentence = fault(READY, "not_ready", &[]);
const RESTARTING: Sentence = fault(READY, "restarting", &[]);
const NOWHERE: Sentence = fault(READY, "nowhere", &[]);
const UNCOVERED: Sentence = fault(READY, "uncovered", &["nodes"]);
const NONE: Sentence = reason(READY, "none", &[]);
const VIRTUAL: Sentence = reason(READY, "virtual", &["nodes"]);
const DISAGREE: Sentence = reason(READY, "disagree", &["workloads"]);

pub(super) const SENTENCES: &[Sentence] = &[NOT_READY, RESTARTING, NOWHERE, UNCOVERED, NONE, VIRTUAL, DISAGREE];

/// `log.forwarder_ready`: every forwarder and aggregator is ready, and every node has a forwarder.
pub(super) fn ready(input: &Input, forwarders: &[Forwarder<'_>], now: Instant) -> Judge {
    let mut judge = Judge::of(READY)
        .needs(&DAEMON_SETS, &input.daemon_sets)
        .needs(&STATEFUL_SETS, &input.stateful_sets)
        .needs(&PODS, &input.pods)
        .needs(&NODES, &input.nodes);
    let changing = input.nodes.items.iter().any(|node| daemons::is_young(&node.metadata, now));
    let elsewhere = forwarders.iter().any(|forwarder| !forwarder.pods.is_empty());
    let unseen = forwarders.iter().filter(|forwarder| daemons::claims_unseen(forwarder.set, &forwarder.pods));
    let unseen: Vec<&str> = unseen.map(|forwarder| forwarder.set.metadata.name()).collect();
    if !unseen.is_empty() && input.pods.unread == 0 && input.pods.was_read() {
        judge.disagree(&DISAGREE, [("workloads", names(unseen))]);
    }
    for Forwarder { set, pods } in forwarders {
        let subject = subject("DaemonSet", set.metadata.namespace.as_deref(), set.metadata.name());
        match daemons::of_set(set, pods, changing, now) {
            // One for another kind of node, as Windows, beside one that runs.
            Health::Nowhere if elsewhere => {}
            health => tell(&mut judge, health, subject),
        }
    }
    for set in input.stateful_sets.items.iter().filter(|set| is_aggregator(set)) {
        let subject = subject("StatefulSet", set.metadata.namespace.as_deref(), set.metadata.name());
        tell(&mut judge, of_aggregator(set, input, now), subject);
    }
    if forwarders.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NONE, []);
        return judge;
    }
    covered(&mut judge, input, forwarders, now);
    judge
}

fn tell(judge: &mut Judge, health: Health, subject: Subject) {
    match health {
        Health::Ready => {}
        Health::Settling | Health::Unknown => {
            judge.doubt();
            return;
        }
        Health::Nowhere => judge.fail(&NOWHERE, subject, []),
        Health::Restarting => judge.fail(&RESTARTING, subject, []),
        Health::NotReady => judge.fail(&NOT_READY, subject, []),
    }
    judge.examine();
}

fn covered(judge: &mut Judge, input: &Input, forwarders: &[Forwarder<'_>], now: Instant) {
    let pods: Vec<_> = forwarders.iter().flat_map(|forwarder| forwarder.pods.iter().copied()).collect();
    // Where no pod is seen at all, that has been told.
    if pods.is_empty() {
        return;
    }
    let without = daemons::without(&input.nodes.items, &pods, now);
    (0..without.settling).for_each(|_| judge.doubt());
    if !without.nodes.is_empty() {
        if input.pods.unread > 0 {
            judge.doubt();
        } else {
            let everywhere = subject("DaemonSet", None, "*");
            judge.fail(&UNCOVERED, everywhere, [("nodes", names(without.nodes))]);
            judge.examine();
        }
    }
    if !without.virtual_nodes.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &VIRTUAL, [("nodes", names(without.virtual_nodes))]);
    }
}

fn is_aggregator(set: &Replicated) -> bool {
    let template = set.spec.as_ref().and_then(|spec| spec.template.as_ref()?.spec.as_ref());
    is_forwarder(&set.metadata, template)
}

fn of_aggregator(set: &Replicated, input: &Input, now: Instant) -> Health {
    let Some(status) = &set.status else { return Health::Unknown };
    let wanted = set.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    if set.metadata.generation.zip(status.observed_generation).is_some_and(|(now, seen)| seen < now) {
        return Health::Unknown;
    }
    match wanted {
        ..0 => return Health::Unknown,
        0 => return Health::Nowhere,
        1.. => {}
    }
    // The field is left out where it is zero.
    let ready = status.ready_replicas.unwrap_or(0);
    let pods = daemons::pods_of("StatefulSet", &set.metadata, &input.pods.items);
    let missing = pods.is_empty() && input.pods.unread == 0 && !daemons::is_young(&set.metadata, now);
    daemons::of_pods(&pods, ready >= wanted, missing, now)
}
