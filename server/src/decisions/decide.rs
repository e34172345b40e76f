//! Deciding: the same about any number of findings, all of them or none.

use super::{
    comment, mentions,
    record::{self, Actor, Made, Selection, Transitions, Values},
    store,
};
use crate::{
    days,
    error::{Error, Result},
    findings, history, settle,
};
use model::{
    Instant,
    disposition::{Act, Assignee, Refusal},
    ids::{DecisionId, FindingId},
    views::FindingFilter,
};
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Findings of one decision at most, where they are named one by one.
const MOST_NAMED: usize = 10_000;
/// Findings of one decision at most, where a filter names them.
const MOST_MATCHING: usize = 1_000_000;

/// Decides about findings, all of them or none.
///
/// Refused as a whole: an unknown finding (not found), and what cannot follow the state of any of them (conflict; see
/// [`model::disposition`]). Saying exactly the same again, as a form sent twice does, answers with the first decision.
pub async fn decide(
    pool: &PgPool,
    by: &Actor,
    act: &Act,
    findings: &[FindingId],
    comment: &str,
    at: Instant,
) -> Result<DecisionId> {
    let ids: Vec<Uuid> = findings.iter().map(|finding| finding.0).collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() || ids.len() > MOST_NAMED {
        return Err(Error::Invalid { key: "error-findings-count", value: ids.len().to_string() });
    }
    take(pool, by, act, Asked::Named(ids), comment, at).await
}

/// Decides about every finding that a filter matches now, of which there must be as many as the person was told.
///
/// Refused besides, as [`decide`]: where the number has become another (conflict).
pub async fn decide_matching(
    pool: &PgPool,
    by: &Actor,
    act: &Act,
    (filter, expected): (&FindingFilter, usize),
    comment: &str,
    at: Instant,
) -> Result<DecisionId> {
    if expected == 0 || expected > MOST_MATCHING {
        return Err(Error::Invalid { key: "error-findings-count", value: expected.to_string() });
    }
    take(pool, by, act, Asked::Matching(filter, expected), comment, at).await
}

/// What somebody wants to decide about.
enum Asked<'a> {
    Named(Vec<Uuid>),
    Matching(&'a FindingFilter, usize),
}

async fn take(
    pool: &PgPool,
    by: &Actor,
    act: &Act,
    asked: Asked<'_>,
    comment: &str,
    at: Instant,
) -> Result<DecisionId> {
    let kind = act.kind();
    let comment = comment::accepted(kind, comment)?;
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    let values = values(&mut tx, act, at).await?;
    let (ids, matching) = match asked {
        Asked::Named(ids) => {
            lock(&mut tx, &ids).await?;
            (ids, None)
        }
        Asked::Matching(filter, expected) => {
            (lock_matching(&mut tx, filter, expected, at).await?, Some(filter.to_query()))
        }
    };
    // Read only now: whoever held a lock may have changed it.
    let subjects = store::subjects(&mut tx, &ids).await?;
    if subjects.len() != ids.len() {
        return Err(Error::NotFound);
    }
    if let Some(newest) = store::one_newest(&subjects)
        && store::says_the_same(&mut tx, newest, by, kind, &values, &comment, ids.len()).await?
    {
        return Ok(newest);
    }
    let transitions = Transitions::of(&subjects, |subject| {
        subject.before.after(act, by.person, subject.failing.is_some()).map_err(refused)
    })?;
    let mentioned = mentions::people(&mut tx, &comment).await?;
    let selection = Selection { subjects: &subjects, transitions: &transitions, matching: matching.as_deref() };
    let made = Made { by, kind, values, comment: &comment, undoes: None, mentioned };
    let decision = record::record(&mut tx, &made, &selection, at).await?;
    tx.commit().await?;
    Ok(decision)
}

/// What an act says besides its kind, as it is kept. Refused: a person or a team that is not known, a day that is over.
async fn values(db: &mut PgConnection, act: &Act, at: Instant) -> Result<Values> {
    let mut values = Values::default();
    match act {
        Act::Assign(assignee @ Assignee::Person(person)) => {
            let unknown = || Error::Invalid { key: "error-unknown-person", value: person.to_string() };
            values.assigned_as = Some(store::person_name(db, *person).await?.ok_or_else(unknown)?);
            values.assignee = Some(assignee.clone());
        }
        Act::Assign(assignee @ Assignee::Team(team)) => {
            if !store::is_team(db, team).await? {
                return Err(Error::Invalid { key: "error-unknown-team", value: team.clone() });
            }
            values.assignee = Some(assignee.clone());
        }
        Act::LinkTicket(ticket) => values.ticket = Some(ticket.clone()),
        Act::SetDue(due) => {
            if *due < days::as_of(db, at).await?.day_of(at) {
                return Err(Error::Invalid { key: "error-due-past", value: due.to_string() });
            }
            values.due = Some(*due);
        }
        Act::Acknowledge
        | Act::Withdraw
        | Act::Comment
        | Act::Unassign
        | Act::UnlinkTicket
        | Act::ClearDue
        | Act::FalsePositive
        | Act::ConfirmFalsePositive(_)
        | Act::RejectFalsePositive(_)
        | Act::Reopen => {}
    }
    Ok(values)
}

pub(super) const fn refused(refusal: Refusal) -> Error {
    Error::Conflict { key: refusal.key() }
}

/// Waits for its turn with everything that the findings belong to.
pub(super) async fn lock(db: &mut PgConnection, ids: &[Uuid]) -> Result<()> {
    let sources = store::sources(db, ids).await?;
    Ok(history::lock_sources(db, &sources).await?)
}

/// What a filter matches, with its sources locked. Matched again once nobody else can change it.
async fn lock_matching(
    db: &mut PgConnection,
    filter: &FindingFilter,
    expected: usize,
    at: Instant,
) -> Result<Vec<Uuid>> {
    let before = findings::all_matching(db, filter, at).await?;
    lock(db, &before).await?;
    let ids = findings::all_matching(db, filter, at).await?;
    if ids.len() != expected || ids != before {
        return Err(Error::Conflict { key: "error-selection-changed" });
    }
    Ok(ids)
}
