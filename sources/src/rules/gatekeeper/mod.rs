//! Constraints of Gatekeeper: `gk.*`.
//!
//! A constraint is judged by its last audit. Until there is one it has found nothing because it has not looked; an old
//! one says nothing of today. The list of violations is cut off by Gatekeeper, and only its total tells by how much.

mod enforced;
mod violations;

use super::{
    installed,
    verdict::{Judge, Sentence, evaluation, fault, reason, subject},
};
use crate::{
    error::ReadError,
    listed::{Listed, Noted},
    objects::{
        deployment::Deployment,
        gatekeeper::{Constraint, ConstraintTemplate},
    },
    policy::Policy,
    reader::{Reader, Served, Serving},
    reading::{Context, Part, Reading},
    request::{CONSTRAINT_KINDS, CONSTRAINT_TEMPLATES, CONSTRAINTS},
};
use chrono::{SecondsFormat, TimeDelta};
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    scan::{Coverage, Read},
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Templates.
    pub templates: Listed<ConstraintTemplate>,
    /// How asking for the kinds of constraints went.
    pub kinds: Read,
    /// The constraints of each kind.
    pub constraints: Vec<OfKind>,
    /// The controllers among them, where any of it is served: their version.
    pub deployments: Option<Arc<Listed<Deployment>>>,
}

/// The constraints of a kind.
#[derive(Clone, Debug)]
pub struct OfKind {
    /// The kind, as `K8sPSPPrivilegedContainer`.
    pub kind: String,
    /// The constraints.
    pub list: Listed<Constraint>,
}

impl Input {
    /// Reads templates, the kinds that they made, and the constraints of each.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        let templates = match groups.serving(CONSTRAINT_TEMPLATES.group, &["v1", "v1beta1", "v1alpha1"]) {
            Serving::In(version) => reader.list(&CONSTRAINT_TEMPLATES.at(version)).await,
            Serving::Otherwise(versions) => Listed::of_unknown_version(&CONSTRAINT_TEMPLATES, &versions),
            Serving::Absent => Listed::failed(&CONSTRAINT_TEMPLATES, &ReadError::Absent),
            Serving::Hidden => reader.list(&CONSTRAINT_TEMPLATES).await,
        };
        let unread = match groups.serving(CONSTRAINTS.group, &[CONSTRAINTS.version]) {
            Serving::Absent => Some(Listed::failed(&CONSTRAINTS, &ReadError::Absent)),
            Serving::Otherwise(versions) => Some(Listed::of_unknown_version(&CONSTRAINTS, &versions)),
            Serving::In(_) | Serving::Hidden => None,
        };
        if let Some(list) = unread {
            let kinds = list.read.clone();
            let is_there = list.unread > 0;
            let constraints = if is_there { vec![OfKind { kind: "*".into(), list }] } else { Vec::new() };
            let deployments = installed::controllers(reader, &[&templates.read, &kinds]).await;
            return Ok(Self { templates, kinds, constraints, deployments });
        }
        let kinds = reader.resources(&CONSTRAINT_KINDS).await;
        let mut constraints = Vec::new();
        // `name/status` is a part of another.
        for Served { name, kind } in kinds.served.iter().filter(|served| !served.name.contains('/')) {
            constraints.push(OfKind { kind: kind.clone(), list: reader.list(&CONSTRAINTS.of(name)).await });
        }
        let deployments = installed::controllers(reader, &[&templates.read, &kinds.read]).await;
        Ok(Self { templates, kinds: kinds.read, constraints, deployments })
    }

    /// Every constraint, with its kind.
    fn all(&self) -> impl Iterator<Item = (&str, &Constraint)> {
        self.constraints.iter().flat_map(|of| of.list.items.iter().map(|constraint| (of.kind.as_str(), constraint)))
    }

    /// Begins with a check, and with what it needs.
    fn judge(&self, check: &'static str) -> Judge {
        let mut judge = Judge::of(check).needs(&CONSTRAINT_TEMPLATES, &self.templates);
        if self.kinds.coverage != Coverage::Absent {
            let kinds: Listed<()> =
                Listed { read: self.kinds.clone(), items: Vec::new(), noted: Noted::default(), unread: 0 };
            judge = judge.needs(&CONSTRAINTS, &kinds);
        }
        for of in &self.constraints {
            judge = judge.needs(&CONSTRAINTS, &of.list);
        }
        judge
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let lists = self.constraints.iter().map(|of| (Part::Own, &of.list.read));
        let controllers = self.deployments.iter().map(|list| (Part::Aside, &list.read));
        let first = [(Part::Own, &self.templates.read), (Part::Optional, &self.kinds)];
        first.into_iter().chain(lists).chain(controllers).collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }

    fn never_ran(&self) -> bool {
        self.all().next().is_none() && self.constraints.iter().all(|of| of.list.is_empty())
    }

    fn version(&self) -> Option<String> {
        // Others have programs of that name.
        installed::version(self.deployments.as_ref(), |repository| {
            ["openpolicyagent/gatekeeper", "openpolicyagent-gatekeeper"].iter().any(|end| repository.ends_with(end))
        })
    }
}

const VIOLATIONS: &str = "gk.violations";
const FRESH: &str = "gk.audit_fresh";
const ENFORCED: &str = "gk.enforced";

const NEVER_RAN: &[Sentence] =
    &[reason(VIOLATIONS, "never_ran", &[]), reason(FRESH, "never_ran", &[]), reason(ENFORCED, "never_ran", &[])];
const NEVER_AUDITED: Sentence = reason(FRESH, "never_audited", &[]);
const OLD: Sentence = fault(FRESH, "old", &["audit"]);
const ALL_OLD: Sentence = fault(FRESH, "all_old", &["audit"]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[NEVER_RAN, &[NEVER_AUDITED, OLD, ALL_OLD], violations::SENTENCES, enforced::SENTENCES];

/// Audits that may be missed.
const MISSED: i32 = 3;
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// Judges the checks of Gatekeeper.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    let longest = TimeDelta::seconds(i64::from(policy.gatekeeper_audit_seconds)) * MISSED;
    let audited = |constraint: &Constraint| Audit::of(constraint, longest, now);
    let judges = [violations::violations(input, &audited), audit_fresh(input, &audited), enforced::enforced(input)];
    evaluation(judges.into_iter().zip(NEVER_RAN).map(|(mut judge, why)| {
        if input.never_ran() {
            judge.otherwise(Outcome::NotEvaluated, why, []);
        }
        judge
    }))
}

/// What the audit of a constraint is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audit {
    Never,
    Old(Instant),
    Fresh,
}

impl Audit {
    fn of(constraint: &Constraint, longest: TimeDelta, now: Instant) -> Self {
        match constraint.status.as_ref().and_then(|status| status.audit_timestamp) {
            None => Self::Never,
            Some(at) if now.signed_duration_since(at) <= longest && at.signed_duration_since(now) <= SKEW => {
                Self::Fresh
            }
            Some(at) => Self::Old(at),
        }
    }
}

/// A constraint, as findings name it.
fn of_constraint(kind: &str, constraint: &Constraint) -> model::finding::Subject {
    subject(kind, None, constraint.metadata.name())
}

/// Whether it is about what pods may do: the kinds of Gatekeeper's own library are named after `PodSecurityPolicy`.
fn is_about_pods(kind: &str) -> bool {
    kind.starts_with("K8sPSP")
}

/// What a constraint does with a violation, as its author wrote it.
fn action(constraint: &Constraint) -> &str {
    constraint.spec.enforcement_action.as_deref().unwrap_or("deny")
}

/// Whether a constraint keeps violations out when they are handed in; `None` where it leaves that to the API server,
/// of which Gatekeeper does not tell whether it does.
fn denies(constraint: &Constraint) -> Option<bool> {
    if action(constraint) != "scoped" {
        return Some(action(constraint) == "deny");
    }
    let at = |point: &str| {
        constraint.spec.scoped_enforcement_actions.iter().flatten().any(|scoped| {
            let mut points = scoped.enforcement_points.iter().flatten().filter_map(|point| point.name.as_deref());
            scoped.action.as_deref() == Some("deny") && points.any(|name| name == point || name == "*")
        })
    };
    if at("validation.gatekeeper.sh") {
        Some(true)
    } else if at("vap.k8s.io") {
        None
    } else {
        Some(false)
    }
}

/// `gk.audit_fresh`: every constraint was audited recently. Where none was, it is one fault, not one of each.
fn audit_fresh(input: &Input, audited: &impl Fn(&Constraint) -> Audit) -> Judge {
    let mut judge = input.judge(FRESH);
    let all: Vec<_> = input.all().map(|(kind, constraint)| (kind, constraint, audited(constraint))).collect();
    let old = |audit: &Audit| if let Audit::Old(at) = audit { Some(*at) } else { None };
    let newest = all.iter().filter_map(|(_, _, audit)| old(audit)).max();
    let any_fresh = all.iter().any(|(_, _, audit)| *audit == Audit::Fresh);
    let any_audited = any_fresh || newest.is_some();
    for (kind, constraint, audit) in &all {
        match audit {
            Audit::Old(at) if any_fresh => {
                judge.examine();
                judge.fail(&OLD, of_constraint(kind, constraint), [("audit", date(*at))]);
            }
            Audit::Fresh | Audit::Old(_) => judge.examine(),
            Audit::Never if any_audited => judge.doubt(),
            Audit::Never => {}
        }
    }
    if let Some(newest) = newest.filter(|_| !any_fresh) {
        judge.fail(&ALL_OLD, subject("Constraint", None, "*"), [("audit", date(newest))]);
    } else if !any_audited && !all.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NEVER_AUDITED, []);
    }
    judge
}

fn date(instant: Instant) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
