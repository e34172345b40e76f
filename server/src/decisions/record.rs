//! Recording a decision: the one place where every decision that takes effect is known, with what it leads to.

use super::store::{self, Subject};
use crate::{
    db::new_id,
    error::Result,
    history::{self, RollupKey, RollupPlace},
    ledger, notify,
};
use chrono::NaiveDate;
use model::{
    Instant,
    disposition::{Assignee, Disposition, Ticket},
    finding::DecisionKind,
    ids::{ClusterId, DecisionId, FindingId, PersonId},
    notify::EventKind,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Findings that the ledger names one by one; the digest stands for any number.
const NAMED_FINDINGS: usize = 20;

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// What they are called now; the record keeps it.
    pub name: String,
}

/// What a decision says besides its kind and its comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) assignee: Option<Assignee>,
    /// What the person is called now, where it is one.
    pub(super) assigned_as: Option<String>,
    pub(super) ticket: Option<Ticket>,
    pub(super) due: Option<NaiveDate>,
}

/// A decision that was accepted.
pub(super) struct Made<'a> {
    pub(super) by: &'a Actor,
    pub(super) kind: DecisionKind,
    pub(super) values: Values,
    pub(super) comment: &'a str,
    pub(super) undoes: Option<DecisionId>,
    /// Whom its comment names.
    pub(super) mentioned: Vec<PersonId>,
}

/// What it is about.
pub(super) struct Selection<'a> {
    /// The findings, in the order of their ids.
    pub(super) subjects: &'a [Subject],
    pub(super) transitions: &'a Transitions,
    /// The filter that named them.
    pub(super) matching: Option<&'a str>,
}

/// The state to which a decision leads each finding: few states, and the number of one of them for each.
#[derive(Debug, Default)]
pub(super) struct Transitions {
    pub(super) states: Vec<Disposition>,
    /// In the order of the findings; counted from 1, as PostgreSQL does.
    pub(super) numbers: Vec<i32>,
}

impl Transitions {
    /// By a rule that knows nothing of a finding but its state, so that it is asked once for each state.
    pub(super) fn of(subjects: &[Subject], rule: impl Fn(&Subject) -> Result<Disposition>) -> Result<Self> {
        let mut known: HashMap<(&Disposition, bool), i32> = HashMap::new();
        let mut transitions = Self::default();
        for subject in subjects {
            let state = (&subject.before, subject.failing.is_some());
            let number = match known.get(&state) {
                Some(number) => *number,
                None => *known.entry(state).or_insert(transitions.number(rule(subject)?)),
            };
            transitions.numbers.push(number);
        }
        Ok(transitions)
    }

    /// From the state of each finding.
    pub(super) fn from_states(states: impl Iterator<Item = Disposition>) -> Self {
        let mut transitions = Self::default();
        let mut known: HashMap<Disposition, i32> = HashMap::new();
        for state in states {
            let number = match known.get(&state) {
                Some(number) => *number,
                None => *known.entry(state.clone()).or_insert(transitions.number(state)),
            };
            transitions.numbers.push(number);
        }
        transitions
    }

    fn number(&mut self, state: Disposition) -> i32 {
        self.states.push(state);
        crate::db::integer(self.states.len())
    }

    /// Whether a state counts as dealt with, by its number.
    fn is_settled(&self, number: i32) -> bool {
        let place = usize::try_from(number - 1).unwrap_or_default();
        self.states.get(place).is_some_and(|state| state.standing.is_settled())
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    decision: DecisionId,
    kind: DecisionKind,
    decided_at: Instant,
    person: PersonId,
    comment: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<&'a Assignee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a Ticket>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<DecisionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matching: Option<&'a str>,
    findings: usize,
    /// SHA-256 over the ids in ascending order, each as 36 characters and a line break.
    findings_sha256: String,
    finding_ids: &'a [Uuid],
}

/// Writes a decision with everything that follows from it; the caller holds the locks of all sources of its findings.
///
/// The instant is `at`, or just after everything known of the findings and of the counts that the decision moves.
pub(super) async fn record(
    db: &mut PgConnection,
    made: &Made<'_>,
    selection: &Selection<'_>,
    at: Instant,
) -> Result<DecisionId> {
    let subjects = selection.subjects;
    let sources: BTreeSet<(ClusterId, &str)> = subjects.iter().map(|s| (s.cluster, s.source.as_str())).collect();
    let sources: Vec<(ClusterId, String)> = sources.into_iter().map(|(id, source)| (id, source.to_owned())).collect();
    let newest = subjects.iter().filter_map(|subject| subject.decided_at).max();
    let at = history::just_after(newest.max(history::sources_changed_at(db, &sources).await?), at);
    let decision = DecisionId(new_id(at));
    let ids: Vec<Uuid> = subjects.iter().map(|subject| subject.id).collect();
    store::insert(db, decision, made, selection, at).await?;
    store::insert_findings(db, decision, made.kind, &ids, selection.transitions, at).await?;
    store::insert_mentions(db, decision, &made.mentioned, at).await?;
    history::add_to_rollups(db, steps(subjects, selection.transitions), at).await?;
    let entry = Entry {
        decision,
        kind: made.kind,
        decided_at: at,
        person: made.by.person,
        comment: made.comment,
        assignee: made.values.assignee.as_ref(),
        ticket: made.values.ticket.as_ref(),
        due: made.values.due,
        undoes: made.undoes,
        matching: selection.matching,
        findings: ids.len(),
        findings_sha256: digest(&ids),
        finding_ids: if ids.len() <= NAMED_FINDINGS { &ids } else { &[] },
    };
    tell(db, made, subjects, at).await?;
    ledger::append(db, at, &made.by.name, &format!("finding.{}", made.kind), &entry).await?;
    Ok(decision)
}

/// Tells whoever asks for decisions, once for all findings that no rule tells apart.
async fn tell(db: &mut PgConnection, made: &Made<'_>, subjects: &[Subject], at: Instant) -> Result<()> {
    let only = if let [subject] = subjects { Some(FindingId(subject.id)) } else { None };
    let about: BTreeSet<(ClusterId, &str, &str, Option<i16>)> =
        subjects.iter().map(|s| (s.cluster, s.source.as_str(), s.check.as_str(), s.failing)).collect();
    let about: Vec<notify::About> = about
        .into_iter()
        .map(|(cluster, source, check, failing)| notify::About {
            cluster: Some(cluster),
            source: Some(source.to_owned()),
            check: Some(check.into()),
            severity: failing.map(Into::into),
            finding: only,
        })
        .collect();
    let detail = serde_json::json!({ "decision": made.kind, "by": made.by.name, "findings": subjects.len() });
    notify::note(db, EventKind::DecisionMade, &about, detail, None, at).await?;
    Ok(())
}

fn digest(ids: &[Uuid]) -> String {
    let mut hasher = Sha256::new();
    let mut line = [b'\n'; 37];
    for id in ids {
        id.hyphenated().encode_lower(&mut line);
        hasher.update(line);
    }
    hex::encode(hasher.finalize())
}

/// By how much failing findings move between those that somebody has dealt with and the others.
fn steps(subjects: &[Subject], transitions: &Transitions) -> BTreeMap<RollupPlace, i64> {
    let mut moved: HashMap<(ClusterId, &str, &str, i16, bool), i64> = HashMap::new();
    for (subject, number) in subjects.iter().zip(&transitions.numbers) {
        let (before, after) = (subject.before.standing.is_settled(), transitions.is_settled(*number));
        if let Some(severity) = subject.failing.filter(|_| before != after) {
            *moved.entry((subject.cluster, &subject.source, &subject.check, severity, after)).or_default() += 1;
        }
    }
    let mut steps = BTreeMap::new();
    for ((cluster, source, check, severity, after), findings) in moved {
        for (acknowledged, step) in [(after, findings), (!after, -findings)] {
            let key = RollupKey { check: check.to_owned(), severity, acknowledged };
            *steps.entry(RollupPlace { cluster, source: source.to_owned(), key }).or_default() += step;
        }
    }
    steps
}
