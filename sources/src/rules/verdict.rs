//! From subjects examined to a result: the one place that decides between pass, fail and "we do not know".

use crate::{
    listed::{Listed, One},
    request::{Object, Resource},
};
use model::{
    catalogue::Catalogue,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::{Extent, Subject},
    ids::CheckId,
    scan::{Coverage, Read},
    severity::Severity,
};
use std::collections::BTreeSet;

/// What a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// What is wrong with a subject: `fault-<check>-<name>`.
    Fault,
    /// Why a result is what it is: `reason-<check>-<name>`.
    Reason,
}

/// A sentence that a rule may say; the words are translations, the values are put in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it says.
    pub says: Says,
    /// The check that it belongs to.
    pub check: &'static str,
    /// The last part of its translation key.
    pub name: &'static str,
    /// The names of its values.
    pub values: &'static [&'static str],
}

/// A fault of a check.
pub const fn fault(check: &'static str, name: &'static str, values: &'static [&'static str]) -> Sentence {
    Sentence { says: Says::Fault, check, name, values }
}

/// A reason of a check.
pub const fn reason(check: &'static str, name: &'static str, values: &'static [&'static str]) -> Sentence {
    Sentence { says: Says::Reason, check, name, values }
}

/// A list needed for the check may not be read; `permission` names what is missing. Any check may say it.
pub const FORBIDDEN: (&str, &[&str]) = ("forbidden", &["permission"]);
/// A resource needed for the check is not served. Any check may say it.
pub const ABSENT: (&str, &[&str]) = ("absent", &["resource"]);
/// Nothing that could be read was enough to judge by. Any check may say it.
pub const UNREAD: (&str, &[&str]) = ("unread", &[]);
/// What any check may say.
pub const COMMON: &[(&str, &[&str])] = &[FORBIDDEN, ABSENT, UNREAD];

enum Gate {
    Forbidden(String),
    Absent(String),
}

/// Judges one check on one cluster.
pub struct Judge {
    check: &'static str,
    severity: Severity,
    examined: u32,
    unread: u32,
    /// Where subjects could not be judged.
    unseen: BTreeSet<Extent>,
    /// Whether subjects could not be judged of which it is not known where they are.
    anywhere: bool,
    gate: Option<Gate>,
    set: Option<(Outcome, &'static str, Detail)>,
    disagreement: Option<(&'static str, Detail)>,
    remark: Option<(&'static str, Detail)>,
    observations: Vec<Observation>,
}

impl Judge {
    /// Begins with a check of the catalogue.
    pub fn of(check: &'static str) -> Self {
        let severity = Catalogue::current().check(&CheckId::from(check)).map_or(Severity::Unknown, |c| c.severity);
        Self {
            check,
            severity,
            examined: 0,
            unread: 0,
            unseen: BTreeSet::new(),
            anywhere: false,
            gate: None,
            set: None,
            disagreement: None,
            remark: None,
            observations: Vec::new(),
        }
    }

    /// The check cannot be judged without this list; what is missing of it is counted.
    #[must_use]
    pub fn needs<T>(mut self, resource: &Resource, list: &Listed<T>) -> Self {
        match list.read.coverage {
            Coverage::Complete | Coverage::Truncated => self.miss(list.unread),
            Coverage::Forbidden => self.gate = Some(Gate::Forbidden(resource.permission())),
            _ if self.gate.is_none() => self.gate = Some(Gate::Absent(resource.name())),
            _ => {}
        }
        self
    }

    /// The check cannot be judged without this object; whether it may be absent is for the rule to say.
    #[must_use]
    pub fn needs_one<T>(mut self, object: &Object, one: &One<T>) -> Self {
        match one.read.coverage {
            Coverage::Complete | Coverage::Absent => {}
            Coverage::Forbidden => self.gate = Some(Gate::Forbidden(object.permission())),
            _ => self.doubt(),
        }
        self
    }

    /// The check cannot be judged without this object or log; `permission` is what reading it needs.
    /// That it is not there is not held against it: what would have been in it may be elsewhere.
    #[must_use]
    pub fn needs_read(mut self, read: &Read, permission: &str) -> Self {
        match read.coverage {
            Coverage::Complete | Coverage::Absent => {}
            Coverage::Forbidden => self.gate = Some(Gate::Forbidden(permission.to_owned())),
            _ => self.doubt(),
        }
        self
    }

    /// The check cannot be judged without this permission, which is missing.
    #[must_use]
    pub fn lacks(mut self, permission: String) -> Self {
        self.gate = Some(Gate::Forbidden(permission));
        self
    }

    /// A subject was examined.
    pub fn examine(&mut self) {
        self.examined = self.examined.saturating_add(1);
    }

    /// A subject could not be judged: it never counts as in order, and nothing is closed for its sake.
    pub fn doubt(&mut self) {
        self.miss(1);
    }

    /// A subject of this part of the cluster could not be judged: nothing in that part is closed for its sake.
    pub fn doubt_in(&mut self, extent: Extent) {
        self.unread = self.unread.saturating_add(1);
        self.unseen.insert(extent);
    }

    /// So many subjects could not be judged, wherever they are.
    pub fn miss(&mut self, subjects: u32) {
        self.unread = self.unread.saturating_add(subjects);
        self.anywhere |= subjects > 0;
    }

    /// At least one subject may not have been judged, wherever it is.
    fn miss_something(&mut self) {
        self.unread = self.unread.max(1);
        self.anywhere = true;
    }

    /// Where something fails, nothing else may be closed: what is not seen may be there all the same.
    pub fn keep_open(&mut self) {
        if !self.observations.is_empty() {
            self.miss_something();
        }
    }

    /// Whether a list that the check needs was not read wholly.
    pub fn saw_all(&self) -> bool {
        self.gate.is_none() && self.unread == 0
    }

    /// Whether every list that the check needs could be read, be it in part.
    pub fn can_judge(&self) -> bool {
        self.gate.is_none()
    }

    /// Whether a subject fails.
    pub fn fails(&self) -> bool {
        !self.observations.is_empty()
    }

    /// Sentences belong to a check, and those of checks that the operator wrote to all of them.
    fn may_say(&self, sentence: &Sentence) -> bool {
        let own = || CheckId::from(self.check).is_custom();
        sentence.check == self.check || sentence.check == super::custom::STEM && own()
    }

    /// A subject fails, as badly as the catalogue says.
    pub fn fail<const N: usize>(&mut self, fault: &Sentence, subject: Subject, values: [(&str, String); N]) {
        self.fail_as(self.severity, fault, subject, values);
    }

    /// A subject fails, as badly as the rule says.
    pub fn fail_as<const N: usize>(
        &mut self,
        severity: Severity,
        fault: &Sentence,
        subject: Subject,
        values: [(&str, String); N],
    ) {
        debug_assert!(self.may_say(fault) && fault.says == Says::Fault);
        debug_assert!(fault.values.iter().eq(values.iter().map(|(name, _)| name)), "values of {}", fault.name);
        self.observations.push(Observation {
            check: self.check.into(),
            subject,
            severity,
            fault: fault.name.into(),
            detail: detail(values),
        });
    }

    /// The outcome where nothing fails and everything needed was read.
    pub fn otherwise<const N: usize>(&mut self, outcome: Outcome, why: &Sentence, values: [(&str, String); N]) {
        debug_assert!(self.may_say(why) && why.says == Says::Reason);
        debug_assert!(why.values.iter().eq(values.iter().map(|(name, _)| name)), "values of {}", why.name);
        self.set.get_or_insert_with(|| (outcome, why.name, detail(values)));
    }

    /// The source contradicts itself, as a summary that does not add up: what fails is still told, nothing passes,
    /// and nothing is closed for its sake.
    pub fn disagree<const N: usize>(&mut self, why: &Sentence, values: [(&str, String); N]) {
        debug_assert!(self.may_say(why) && why.says == Says::Reason);
        debug_assert!(why.values.iter().eq(values.iter().map(|(name, _)| name)), "values of {}", why.name);
        self.disagreement.get_or_insert_with(|| (why.name, detail(values)));
        self.miss_something();
    }

    /// The same, where it is known which part of the cluster that is about.
    pub fn disagree_in<const N: usize>(&mut self, why: &Sentence, values: [(&str, String); N], of: Vec<Extent>) {
        debug_assert!(self.may_say(why) && why.says == Says::Reason);
        debug_assert!(why.values.iter().eq(values.iter().map(|(name, _)| name)), "values of {}", why.name);
        self.disagreement.get_or_insert_with(|| (why.name, detail(values)));
        self.unread = self.unread.max(1);
        self.unseen.extend(of);
    }

    /// What a reader must know beside a pass or a failure, as who is excused; it changes neither.
    pub fn remark<const N: usize>(&mut self, what: &Sentence, values: [(&str, String); N]) {
        debug_assert!(what.check == self.check && what.says == Says::Reason);
        debug_assert!(what.values.iter().eq(values.iter().map(|(name, _)| name)), "values of {}", what.name);
        self.remark.get_or_insert_with(|| (what.name, detail(values)));
    }

    fn finish(mut self) -> (CheckResult, Vec<Observation>) {
        let failing: BTreeSet<&Subject> = self.observations.iter().map(|seen| &seen.subject).collect();
        let failed = u32::try_from(failing.len()).unwrap_or(u32::MAX);
        if failed > 0 && self.gate.is_some() {
            // What fails was seen; what else would be is hidden, so nothing may be closed.
            self.miss_something();
        }
        let said =
            |sentence: Option<(&'static str, Detail)>| sentence.map_or((None, Detail::new()), |(n, d)| (Some(n), d));
        let (outcome, reason, detail) = match (failed, self.gate.take(), self.set.take()) {
            (1.., _, _) => {
                let (reason, detail) = said(self.disagreement.take().or(self.remark.take()));
                (Outcome::Fail, reason, detail)
            }
            (0, Some(Gate::Forbidden(permission)), _) => {
                (Outcome::NotVisible, Some(FORBIDDEN.0), detail([("permission", permission)]))
            }
            (0, Some(Gate::Absent(resource)), _) => {
                (Outcome::NotEvaluated, Some(ABSENT.0), detail([("resource", resource)]))
            }
            (0, None, _) if self.disagreement.is_some() => {
                let (why, values) = self.disagreement.take().unwrap_or_default();
                (Outcome::Error, Some(why), values)
            }
            (0, None, _) if self.examined == 0 && self.unread > 0 => (Outcome::Error, Some(UNREAD.0), Detail::new()),
            (0, None, Some((outcome, reason, detail))) => (outcome, Some(reason), detail),
            (0, None, None) => {
                let (reason, detail) = said(self.remark.take());
                (Outcome::Pass, reason, detail)
            }
        };
        let unseen = (self.unread > 0 && !self.anywhere).then(|| self.unseen.into_iter().collect());
        let result = CheckResult {
            check: self.check.into(),
            outcome,
            examined: self.examined,
            failed,
            unread: self.unread,
            unseen,
            reason: reason.map(Into::into),
            detail,
        };
        (result, self.observations)
    }
}

/// Puts the checks of a source together.
pub fn evaluation(judges: impl IntoIterator<Item = Judge>) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for judge in judges {
        let (result, observations) = judge.finish();
        evaluation.results.push(result);
        evaluation.observations.extend(observations);
    }
    evaluation.normalised()
}

fn detail<const N: usize>(values: [(&str, String); N]) -> Detail {
    values.into_iter().map(|(name, value)| (name.to_owned(), short(&value))).collect()
}

/// Characters of one value at most: it comes from the cluster, and is shown to people.
const LONGEST_VALUE: usize = 300;

/// A value for a sentence, cut and on one line.
fn short(value: &str) -> String {
    crate::error::clean(value, LONGEST_VALUE)
}

/// Names for a sentence: sorted, each once, at most ten, then how many more.
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 10;
    let names: BTreeSet<&str> = names.into_iter().collect();
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = names.into_iter().take(SHOWN).collect();
    if more == 0 { shown.join(", ") } else { format!("{}, … (+{more})", shown.join(", ")) }
}

/// A subject that is an object of a cluster.
pub fn subject(kind: &str, namespace: Option<&str>, name: &str) -> Subject {
    Subject { kind: kind.into(), namespace: namespace.map(Into::into), name: name.into(), key: None }
}
