//! Runtime detection by Falco, as far as the cluster itself shows it: `det.*`.
//!
//! What Falco has seen is pushed to Bevis, or is in a log; here is whether it watches, and whether something
//! passes on what it sees. To whom is in a Secret, which is not read.

use super::{
    daemons::{self, Health},
    installed,
    verdict::{Judge, Sentence, evaluation, fault, names, reason, subject},
};
use crate::{
    listed::Listed,
    objects::{
        agents::core::{Node, Pod},
        agents::workloads::{DaemonSet, Replicated},
        meta::{Condition, Meta},
    },
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{DAEMON_SETS, DEPLOYMENTS, NODES, PODS, STATEFUL_SETS},
};
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    finding::Subject,
    scan::{Coverage, Read},
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Falco among them.
    pub daemon_sets: Arc<Listed<DaemonSet>>,
    /// Falcosidekick among them.
    pub deployments: Arc<Listed<Replicated>>,
    /// Alertmanager among them.
    pub stateful_sets: Arc<Listed<Replicated>>,
    /// Falco's pods.
    pub pods: Arc<Listed<Pod>>,
    /// Nodes.
    pub nodes: Arc<Listed<Node>>,
    /// Whether Falco is among the DaemonSets: its own lists are always served.
    pub found: Read,
}

impl Input {
    /// Reads workloads, pods and nodes.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        let daemon_sets = reader.shared::<DaemonSet>(&DAEMON_SETS).await;
        let found = found(&daemon_sets);
        Self {
            found,
            daemon_sets,
            deployments: reader.shared(&DEPLOYMENTS).await,
            stateful_sets: reader.shared(&STATEFUL_SETS).await,
            pods: reader.shared(&PODS).await,
            nodes: reader.shared(&NODES).await,
        }
    }

    fn falcos(&self) -> impl Iterator<Item = &DaemonSet> {
        self.daemon_sets.items.iter().filter(|set| is_falco(set))
    }
}

fn found(sets: &Listed<DaemonSet>) -> Read {
    let there = sets.items.iter().filter(|set| is_falco(set)).count();
    let is_absent = there == 0 && sets.read.coverage == Coverage::Complete;
    Read {
        resource: format!("{} of Falco", sets.read.resource),
        coverage: if is_absent { Coverage::Absent } else { sets.read.coverage },
        objects: u32::try_from(there).unwrap_or(u32::MAX),
        malformed: 0,
        confirmed: 0,
        error: sets.read.error.clone(),
        problems: sets.read.problems.clone(),
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Own, &self.found),
            (Part::Beside, &self.daemon_sets.read),
            (Part::Beside, &self.deployments.read),
            (Part::Beside, &self.stateful_sets.read),
            (Part::Beside, &self.pods.read),
            (Part::Beside, &self.nodes.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }

    fn never_ran(&self) -> bool {
        let wanted = |set: &DaemonSet| set.status.as_ref().and_then(|status| status.desired_number_scheduled);
        self.falcos().next().is_some() && self.falcos().all(|set| wanted(set) == Some(0))
    }

    fn version(&self) -> Option<String> {
        let images = self.falcos().flat_map(|set| daemons::containers(daemons::template(set)));
        installed::of_images(images.filter_map(|container| container.image.as_deref()), is_falco_image)
    }
}

const COVERAGE: &str = "det.falco_coverage";
const ROUTE: &str = "det.alert_route";

const NOT_READY: Sentence = fault(COVERAGE, "not_ready", &[]);
const RESTARTING: Sentence = fault(COVERAGE, "restarting", &[]);
const NOWHERE: Sentence = fault(COVERAGE, "nowhere", &[]);
const UNCOVERED: Sentence = fault(COVERAGE, "uncovered", &["nodes"]);
const VIRTUAL: Sentence = reason(COVERAGE, "virtual", &["nodes"]);
const DISAGREE: Sentence = reason(COVERAGE, "disagree", &["workloads"]);
const NONE: Sentence = reason(COVERAGE, "none", &[]);
const STOPPED: Sentence = fault(ROUTE, "stopped", &[]);
const ROUTE_DECLARED: Sentence = reason(ROUTE, "declared", &["receiver"]);
const ROUTE_UNSEEN: Sentence = reason(ROUTE, "unseen", &[]);
const NO_ROUTE: Sentence = reason(ROUTE, "no_route", &[]);
const ROUTE_NONE: Sentence = reason(ROUTE, "none", &[]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[&[
    NOT_READY,
    RESTARTING,
    NOWHERE,
    UNCOVERED,
    VIRTUAL,
    DISAGREE,
    NONE,
    STOPPED,
    ROUTE_DECLARED,
    ROUTE_UNSEEN,
    NO_ROUTE,
    ROUTE_NONE,
]];

/// Judges the checks of Falco.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    evaluation([covered(input, now), route(input, policy, now)])
}

/// `det.falco_coverage`: Falco runs on every node.
fn covered(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(COVERAGE)
        .needs(&DAEMON_SETS, &input.daemon_sets)
        .needs(&PODS, &input.pods)
        .needs(&NODES, &input.nodes);
    let changing = input.nodes.items.iter().any(|node| daemons::is_young(&node.metadata, now));
    let mut all = Vec::new();
    let mut unseen = Vec::new();
    for set in input.falcos() {
        let pods = daemons::pods_of("DaemonSet", &set.metadata, &input.pods.items);
        let subject = subject("DaemonSet", set.metadata.namespace.as_deref(), set.metadata.name());
        if daemons::claims_unseen(set, &pods) {
            unseen.push(set.metadata.name());
        }
        match daemons::of_set(set, &pods, changing, now) {
            Health::Ready => {}
            Health::Settling | Health::Unknown => {
                judge.doubt();
                continue;
            }
            Health::Nowhere => judge.fail(&NOWHERE, subject, []),
            Health::Restarting => judge.fail(&RESTARTING, subject, []),
            Health::NotReady => judge.fail(&NOT_READY, subject, []),
        }
        judge.examine();
        all.extend(pods);
    }
    if input.falcos().next().is_none() {
        judge.otherwise(Outcome::NotEvaluated, &NONE, []);
        return judge;
    }
    if !unseen.is_empty() && input.pods.unread == 0 && input.pods.was_read() {
        judge.disagree(&DISAGREE, [("workloads", names(unseen))]);
    }
    if !all.is_empty() {
        nodes(&mut judge, input, &all, now);
    }
    judge
}

fn nodes(judge: &mut Judge, input: &Input, pods: &[&Pod], now: Instant) {
    let without = daemons::without(&input.nodes.items, pods, now);
    (0..without.settling).for_each(|_| judge.doubt());
    if !without.nodes.is_empty() && input.pods.unread == 0 {
        judge.examine();
        judge.fail(&UNCOVERED, subject("DaemonSet", None, "*"), [("nodes", names(without.nodes))]);
    }
    if !without.virtual_nodes.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &VIRTUAL, [("nodes", names(without.virtual_nodes))]);
    }
}

/// `det.alert_route`: what passes alerts on runs. To whom it passes them cannot be seen, so a person must say.
fn route(input: &Input, policy: &Policy, now: Instant) -> Judge {
    let mut judge = Judge::of(ROUTE)
        .needs(&DAEMON_SETS, &input.daemon_sets)
        .needs(&DEPLOYMENTS, &input.deployments)
        .needs(&STATEFUL_SETS, &input.stateful_sets)
        .needs(&PODS, &input.pods);
    if input.falcos().next().is_none() {
        judge.otherwise(Outcome::NotEvaluated, &ROUTE_NONE, []);
        return judge;
    }
    let sidekicks = input.deployments.items.iter().filter(|one| is(one, "falcosidekick", "falcosidekick"));
    let managers = input.stateful_sets.items.iter().filter(|one| is(one, "alertmanager", "alertmanager"));
    let mut passes_on = false;
    for (kind, one) in sidekicks.map(|one| ("Deployment", one)).chain(managers.map(|one| ("StatefulSet", one))) {
        passes_on |= kind == "Deployment";
        match runs(kind, one, input, now) {
            Health::Ready => {}
            Health::Settling | Health::Unknown => {
                judge.doubt();
                continue;
            }
            Health::Nowhere | Health::Restarting | Health::NotReady => {
                judge.fail(&STOPPED, of(kind, &one.metadata), []);
            }
        }
        judge.examine();
    }
    let receiver = policy.alert_receiver.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match receiver {
        Some(receiver) => {
            judge.otherwise(Outcome::NeedsReview, &ROUTE_DECLARED, [("receiver", receiver.into())]);
        }
        None if passes_on => judge.otherwise(Outcome::NeedsReview, &ROUTE_UNSEEN, []),
        None => judge.otherwise(Outcome::NeedsReview, &NO_ROUTE, []),
    }
    judge
}

fn of(kind: &str, metadata: &Meta) -> Subject {
    subject(kind, metadata.namespace.as_deref(), metadata.name())
}

/// How a Deployment or StatefulSet is: one ready pod is enough to pass alerts on.
fn runs(kind: &str, one: &Replicated, input: &Input, now: Instant) -> Health {
    let Some(status) = &one.status else { return Health::Unknown };
    let wanted = one.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    let is_ready = status.ready_replicas.is_some_and(|ready| ready > 0);
    match wanted {
        ..0 => return Health::Unknown,
        0 => return Health::Nowhere,
        1.. => {}
    }
    let available = |condition: &&Condition| condition.kind.as_deref() == Some("Available");
    let unavailable = status.conditions.iter().flatten().find(available).is_some_and(|condition| {
        let since = condition.last_transition_time;
        condition.status.as_deref() != Some("True")
            && since.is_none_or(|since| now.signed_duration_since(since) > daemons::PATIENCE)
    });
    match kind {
        _ if is_ready => Health::Ready,
        "Deployment" if unavailable => Health::NotReady,
        "Deployment" => Health::Settling,
        _ => daemons::of_pods(&daemons::pods_of(kind, &one.metadata, &input.pods.items), false, false, now),
    }
}

fn is(one: &Replicated, name: &str, image: &str) -> bool {
    let template = one.spec.as_ref().and_then(|spec| spec.template.as_ref()?.spec.as_ref());
    one.metadata.label("app.kubernetes.io/name") == Some(name)
        || daemons::has_image(template, |repository| repository.rsplit('/').next() == Some(image))
}

fn is_falco(set: &DaemonSet) -> bool {
    set.metadata.label("app.kubernetes.io/name") == Some("falco")
        || daemons::has_image(daemons::template(set), is_falco_image)
}

fn is_falco_image(repository: &str) -> bool {
    matches!(repository.rsplit('/').next(), Some("falco" | "falco-no-driver" | "falco-modern-bpf"))
}
