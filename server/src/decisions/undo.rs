//! Taking one's own decision back, as a new event, as long as that is honest: at once, and before anything rests on it.

use super::{
    decide,
    record::{self, Actor, Made, Selection, Transitions, Values},
    store::{self, Undone},
};
use crate::{
    error::{Error, Result},
    settle,
};
use chrono::TimeDelta;
use model::{
    Instant,
    finding::DecisionKind,
    ids::{DecisionId, PersonId},
    views::Undoable,
};
use sqlx::{PgConnection, PgPool};

/// For how long a decision can be taken back.
const WITHIN: TimeDelta = TimeDelta::minutes(1);

/// Takes a decision back: its findings stand as they did before it, and both events stay on record.
///
/// Refused (conflict): somebody else's, one that is older than a minute, one that says nothing but words or is itself an
/// undoing, and one since which anything else was decided about any of its findings. Taking back twice is once.
pub async fn undo(pool: &PgPool, by: &Actor, decision: DecisionId, at: Instant) -> Result<DecisionId> {
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    let undone = store::decided(&mut tx, decision).await?.ok_or(Error::NotFound)?;
    if undone.by != by.person {
        return Err(Error::Conflict { key: "error-undo-of-another" });
    }
    if !has_opposite(undone.kind) {
        return Err(Error::Conflict { key: "error-undo-impossible" });
    }
    let ids = store::findings_of(&mut tx, decision).await?;
    decide::lock(&mut tx, &ids).await?;
    if let Some(known) = store::undone_by(&mut tx, decision).await? {
        return Ok(known);
    }
    if at - undone.at > WITHIN {
        return Err(Error::Conflict { key: "error-undo-late" });
    }
    let subjects = store::subjects(&mut tx, &ids).await?;
    if store::one_newest(&subjects) != Some(decision) {
        return Err(Error::Conflict { key: "error-undo-decided-since" });
    }
    let transitions = Transitions::from_states(store::before(&mut tx, &ids).await?.into_iter());
    let selection = Selection { subjects: &subjects, transitions: &transitions, matching: None };
    let made = Made {
        by,
        kind: DecisionKind::Undo,
        values: Values::default(),
        comment: "",
        undoes: Some(decision),
        mentioned: Vec::new(),
    };
    let undoing = record::record(&mut tx, &made, &selection, at).await?;
    tx.commit().await?;
    Ok(undoing)
}

/// The decision that a person may take back now, if there is one.
pub async fn undoable(db: &mut PgConnection, by: PersonId, now: Instant) -> Result<Option<Undoable>> {
    let newest = store::undoable(db, by, now - WITHIN).await?.filter(|undone| has_opposite(undone.kind));
    Ok(newest.map(|Undone { id, kind, at, findings, .. }| Undoable {
        decision: id,
        kind,
        findings,
        until: at + WITHIN,
    }))
}

/// Words that were said are said.
const fn has_opposite(kind: DecisionKind) -> bool {
    !matches!(kind, DecisionKind::Comment | DecisionKind::Undo)
}
