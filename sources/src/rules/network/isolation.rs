//! Whether pods of a namespace are cut off from what no policy lets through.

use super::{DEFAULT_DENY, Input};
use crate::{
    objects::{
        network::{NetworkPolicy, Peer},
        selector::LabelSelector,
    },
    policy::Policy,
    request::{NAMESPACES, NETWORK_POLICIES},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject, scan::Coverage};
use std::collections::{BTreeMap, BTreeSet};

const NO_INGRESS: Sentence = fault(DEFAULT_DENY, "no_ingress", &[]);
const NO_EGRESS: Sentence = fault(DEFAULT_DENY, "no_egress", &[]);
const OPEN_INGRESS: Sentence = fault(DEFAULT_DENY, "open_ingress", &["policies"]);
const OPEN_EGRESS: Sentence = fault(DEFAULT_DENY, "open_egress", &["policies"]);
const OTHER_ENGINE: Sentence = reason(DEFAULT_DENY, "other_engine", &["count", "engines", "namespaces"]);

pub(super) const SENTENCES: &[Sentence] = &[NO_INGRESS, NO_EGRESS, OPEN_INGRESS, OPEN_EGRESS, OTHER_ENGINE];

#[derive(Clone, Copy)]
enum Direction {
    In,
    Out,
}

/// What policies say of a direction for every pod of a namespace.
#[derive(Default)]
struct Isolation<'a> {
    /// Something isolates them.
    isolated: bool,
    /// Policies that let everything through again.
    opening: Vec<&'a str>,
}

/// `net.default_deny`: in both directions a policy isolates every pod of the namespace, and none lets everything through again.
pub(super) fn default_deny(input: &Input, policy: &Policy) -> Judge {
    let mut judge =
        Judge::of(DEFAULT_DENY).needs(&NAMESPACES, &input.namespaces).needs(&NETWORK_POLICIES, &input.policies);
    for (_, resource, list) in &input.others {
        judge = input.needing(judge, resource, list);
    }
    let mut by_namespace: BTreeMap<&str, Vec<&NetworkPolicy>> = BTreeMap::new();
    for policy in &input.policies.items {
        by_namespace.entry(policy.metadata.namespace.as_deref().unwrap_or_default()).or_default().push(policy);
    }
    let engines_of = engines_of(input);
    let (mut unsure, mut engines) = (BTreeSet::new(), BTreeSet::new());
    let names_of = input.namespaces.items.iter().filter_map(|namespace| namespace.metadata.name.as_deref());
    let is_own = |namespace: &&str| !policy.system_namespaces.iter().any(|system| system == namespace);
    let own: Vec<&str> = names_of.filter(is_own).collect();
    if own.is_empty() {
        // Every cluster has some: not to see any is to have seen nothing.
        judge.doubt();
    }
    for namespace in own {
        let policies = by_namespace.get(namespace).map(Vec::as_slice).unwrap_or_default();
        let others: BTreeSet<&str> =
            [None, Some(namespace)].iter().filter_map(|of| engines_of.get(of)).flatten().copied().collect();
        for direction in [Direction::In, Direction::Out] {
            let found = isolation(policies, direction);
            let subject = Subject { key: Some(direction.as_str().into()), ..subject("Namespace", None, namespace) };
            if !others.is_empty() {
                // What the policies of other engines say is not judged here: they may close what is open, and open what is closed.
                judge.examine();
                unsure.insert(namespace);
                engines.extend(others.iter().copied());
            } else if found.isolated && found.opening.is_empty() {
                judge.examine();
            } else if !found.opening.is_empty() {
                judge.examine();
                judge.fail(direction.open(), subject, [("policies", names(found.opening))]);
            } else if may_be_isolated_unseen(input) {
                judge.doubt();
            } else {
                judge.examine();
                judge.fail(direction.missing(), subject, []);
            }
        }
    }
    if !unsure.is_empty() {
        let count = unsure.len().to_string();
        let values = [("count", count), ("engines", names(engines)), ("namespaces", names(unsure))];
        judge.otherwise(Outcome::NeedsReview, &OTHER_ENGINE, values);
    }
    judge
}

impl Direction {
    const fn as_str(self) -> &'static str {
        match self {
            Self::In => "ingress",
            Self::Out => "egress",
        }
    }

    const fn open(self) -> &'static Sentence {
        match self {
            Self::In => &OPEN_INGRESS,
            Self::Out => &OPEN_EGRESS,
        }
    }

    const fn missing(self) -> &'static Sentence {
        match self {
            Self::In => &NO_INGRESS,
            Self::Out => &NO_EGRESS,
        }
    }
}

/// Engines with policies, by namespace; `None` for policies over all of them.
fn engines_of(input: &Input) -> BTreeMap<Option<&str>, BTreeSet<&'static str>> {
    let mut found: BTreeMap<Option<&str>, BTreeSet<&'static str>> = BTreeMap::new();
    for (engine, _, list) in &input.others {
        for policy in &list.items {
            let namespace = policy.metadata.namespace.as_deref().filter(|namespace| !namespace.is_empty());
            found.entry(namespace).or_default().insert(*engine);
        }
    }
    found
}

/// Whether a policy that was not read may isolate.
fn may_be_isolated_unseen(input: &Input) -> bool {
    let hidden = |coverage: Coverage, unread: u32| unread > 0 || !coverage.saw_something();
    hidden(input.policies.read.coverage, input.policies.unread)
        || input
            .others
            .iter()
            .any(|(_, _, list)| list.read.coverage != Coverage::Absent && hidden(list.read.coverage, list.unread))
}

fn isolation<'a>(policies: &[&'a NetworkPolicy], direction: Direction) -> Isolation<'a> {
    let mut found = Isolation::default();
    for policy in policies {
        let everyone = policy.spec.pod_selector.as_ref().is_none_or(LabelSelector::is_empty);
        if !everyone || !concerns(policy, direction) {
            continue;
        }
        found.isolated = true;
        if lets_everything(policy, direction) {
            found.opening.push(policy.metadata.name());
        }
    }
    found
}

fn concerns(policy: &NetworkPolicy, direction: Direction) -> bool {
    let types = policy.spec.policy_types.as_deref().unwrap_or_default();
    match direction {
        // Where nothing is said, every policy is about what comes in, and about what goes out if it has rules for that.
        Direction::In => types.is_empty() || types.iter().any(|kind| kind == "Ingress"),
        Direction::Out if types.is_empty() => policy.spec.egress.as_ref().is_some_and(|rules| !rules.is_empty()),
        Direction::Out => types.iter().any(|kind| kind == "Egress"),
    }
}

fn lets_everything(policy: &NetworkPolicy, direction: Direction) -> bool {
    let all = |peers: Option<&Vec<Peer>>, ports: bool| {
        !ports && peers.is_none_or(|peers| peers.is_empty() || peers.iter().any(is_everywhere))
    };
    let some = |ports: Option<&Vec<_>>| ports.is_some_and(|ports| !ports.is_empty());
    match direction {
        Direction::In => {
            policy.spec.ingress.iter().flatten().any(|rule| all(rule.from.as_ref(), some(rule.ports.as_ref())))
        }
        Direction::Out => {
            policy.spec.egress.iter().flatten().any(|rule| all(rule.to.as_ref(), some(rule.ports.as_ref())))
        }
    }
}

fn is_everywhere(peer: &Peer) -> bool {
    peer.ip_block.as_ref().is_some_and(|block| {
        matches!(block.cidr.as_deref(), Some("0.0.0.0/0" | "::/0")) && block.except.as_ref().is_none_or(Vec::is_empty)
    })
}
