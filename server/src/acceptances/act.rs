//! What is done about an acceptance that was asked for: one act at a time, each with its entry in the ledger.

use super::{
    By,
    store::{self, Asked, Event},
    tell, watch,
};
use crate::{
    error::{Error, Result},
    history, ledger, settle, text,
};
use model::{
    Instant,
    acceptance::{AcceptanceAct, AcceptanceState, Actor, EndsOn, Refusal, may, state},
    evaluation::Detail,
    ids::{AcceptanceId, PersonId},
    role::Permission,
};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};

#[derive(Serialize)]
struct Entry<'a> {
    acceptance: AcceptanceId,
    at: Instant,
    person: Option<PersonId>,
    comment: &'a str,
    seen: &'a Detail,
    state: AcceptanceState,
}

/// An acceptance with what was done about it, while nobody else does anything about any.
pub(super) struct Held {
    pub(super) asked: Asked,
    pub(super) events: Vec<Event>,
    /// The instant to record at: after everything that is known of it.
    pub(super) at: Instant,
    pub(super) state: AcceptanceState,
}

impl Held {
    /// Locks acceptances, and loads one; `None` where it was not asked for.
    pub(super) async fn load(db: &mut PgConnection, id: AcceptanceId, at: Instant) -> Result<Option<Self>> {
        let at = settle::join(&mut *db, at).await?;
        store::lock(&mut *db).await?;
        // A clock that runs behind another server's comes after it all the same.
        let known = store::newest(&mut *db, id).await?;
        let at = history::just_after(known, at);
        let Some(asked) = store::asked(&mut *db, id, at).await? else { return Ok(None) };
        let events = store::events(db, &[id], at).await?;
        let Some(state) = state(&asked.terms(), events.iter().map(Event::done), at) else { return Ok(None) };
        Ok(Some(Self { asked, events, at, state }))
    }

    /// Records an act and its entry, and gives the state that follows.
    pub(super) async fn record(
        mut self,
        db: &mut PgConnection,
        act: AcceptanceAct,
        by: Option<&By>,
        comment: &str,
        seen: Detail,
    ) -> Result<AcceptanceState> {
        let event = Event {
            acceptance: self.asked.id,
            place: i32::try_from(self.events.len()).unwrap_or(i32::MAX).saturating_add(1),
            act,
            person: by.map(|by| by.person),
            by: by.map_or_else(|| super::work::BEVIS.to_owned(), |by| by.name.clone()),
            at: self.at,
            comment: comment.to_owned(),
            seen,
        };
        store::insert_event(&mut *db, &event).await?;
        self.events.push(event);
        let after = state(&self.asked.terms(), self.events.iter().map(Event::done), self.at).unwrap_or(self.state);
        if let Some(event) = self.events.last() {
            let entry = Entry {
                acceptance: event.acceptance,
                at: self.at,
                person: event.person,
                comment: &event.comment,
                seen: &event.seen,
                state: after,
            };
            ledger::append(&mut *db, self.at, &event.by, &format!("acceptance.{act}"), &entry).await?;
            tell::done(db, event.acceptance, Some(act), &event.by, self.at).await?;
        }
        Ok(after)
    }
}

/// Approves, rejects, withdraws or revokes. Approving again what one approved already changes nothing.
///
/// # Errors
/// Refused: what the person's roles do not allow, one's own request, and what comes too late; an officer's decision that
/// comes too late is kept all the same, so that both are seen.
pub async fn act(
    pool: &PgPool,
    by: &By,
    id: AcceptanceId,
    act: AcceptanceAct,
    comment: &str,
    at: Instant,
) -> Result<AcceptanceState> {
    let missing = (act != AcceptanceAct::Approve).then_some("error-comment-missing");
    let comment = text::accepted(comment, missing)?;
    let mut tx = pool.begin().await?;
    let held = Held::load(&mut tx, id, at).await?.ok_or(Error::NotFound)?;
    let approvers = store::approvers(&held.events);
    let actor = Actor::Person { id: by.person, roles: &by.roles };
    match may(act, held.state, actor, held.asked.requested_by, &approvers) {
        Ok(()) => {}
        Err(Refusal::Role) => return Err(Error::Forbidden(permission(act))),
        Err(Refusal::OwnRequest) => return Err(Error::Conflict { key: "error-acceptance-own-request" }),
        Err(Refusal::NotOwnRequest) => return Err(Error::Conflict { key: "error-acceptance-not-own" }),
        Err(Refusal::AlreadyApproved) => return Ok(held.state),
        Err(Refusal::State(_)) => {
            too_late(&mut tx, held, act, by, &comment).await?;
            tx.commit().await?;
            return Err(Error::Conflict { key: "error-acceptance-too-late" });
        }
    }
    let mut seen = Detail::new();
    // What the workload was when it was approved, to tell later whether it changed.
    if act == AcceptanceAct::Approve && held.asked.ends_on.contains(&EndsOn::SubjectChanged) {
        let print = watch::fingerprint(&mut tx, &held.asked.bound, held.at).await?;
        seen.extend(print.map(|print| (watch::SUBJECT.to_owned(), print)));
    }
    let after = held.record(&mut tx, act, Some(by), &comment, seen).await?;
    tx.commit().await?;
    Ok(after)
}

const fn permission(act: AcceptanceAct) -> Permission {
    match act {
        AcceptanceAct::Withdraw => Permission::Decide,
        AcceptanceAct::Approve
        | AcceptanceAct::Reject
        | AcceptanceAct::Revoke
        | AcceptanceAct::End
        | AcceptanceAct::TooLate => Permission::Approve,
    }
}

/// Keeps what an officer decided too late, once a person: that two decided at once is seen, and which of them counts.
async fn too_late(db: &mut PgConnection, held: Held, act: AcceptanceAct, by: &By, comment: &str) -> Result<()> {
    let decides = matches!(act, AcceptanceAct::Approve | AcceptanceAct::Reject | AcceptanceAct::Revoke);
    let again = held.events.iter().any(|event| event.act == AcceptanceAct::TooLate && event.person == Some(by.person));
    if decides && !again && held.state != AcceptanceState::Requested {
        let seen = Detail::from([("act".to_owned(), act.as_str().to_owned())]);
        held.record(db, AcceptanceAct::TooLate, Some(by), comment, seen).await?;
    }
    Ok(())
}
