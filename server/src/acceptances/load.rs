//! Loaders: acceptances as they were known at an instant, and what a scope would cover.

use super::{
    request::bound,
    store::{self, Asked, Bound, Event, attachments, cover, rows, rows::Named},
    watch,
};
use crate::{config::AcceptanceSettings, error::Result, findings, labels};
use model::{
    Instant,
    acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, Actor, EndsOn, Watch, covers_severity, may, state},
    ids::{AcceptanceId, FindingId, PersonId},
    role::Role,
    severity::Severity,
    views::{
        AcceptanceCondition, AcceptanceCover, AcceptanceDetail, AcceptanceEvent, AcceptanceLists, AcceptancePreview,
        AcceptanceRow, CoveredFinding, FindingAcceptance,
    },
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Findings of an acceptance that are shown.
const SHOWN: i64 = 200;
/// Acceptances that are over, a page.
const OVER: usize = 50;

/// Every acceptance that is not over at an instant, and a page of those that are, from one of them on.
pub async fn lists(db: &mut PgConnection, before: Option<AcceptanceId>, at: Instant) -> Result<AcceptanceLists> {
    let live = rows::live(db, at).await?;
    let live = loaded(db, &live, at).await?;
    let limit = i64::try_from(OVER).unwrap_or(i64::MAX) + 1;
    let over = rows::over(db, before, limit, at).await?;
    let mut over = loaded(db, &over, at).await?;
    let more = over.len() > OVER;
    over.truncate(OVER);
    let (mut waiting, in_force): (Vec<AcceptanceRow>, Vec<AcceptanceRow>) =
        live.into_iter().map(|(row, ..)| row).partition(|row| row.state == AcceptanceState::Requested);
    waiting.sort_by_key(|row| (row.requested_at, row.id));
    let over: Vec<AcceptanceRow> = over.into_iter().map(|(row, ..)| row).collect();
    let next = over.last().filter(|_| more).map(|row| row.id);
    Ok(AcceptanceLists { waiting, in_force, over, next })
}

/// The requests that a person may approve now and did not yet, the oldest first.
pub async fn waiting_for(
    db: &mut PgConnection,
    person: PersonId,
    roles: &[Role],
    at: Instant,
) -> Result<Vec<AcceptanceRow>> {
    let live = rows::live(db, at).await?;
    let by = Actor::Person { id: person, roles };
    let waits = |(row, asked, events): &Loaded| {
        let approvers = store::approvers(events);
        row.state == AcceptanceState::Requested
            && may(AcceptanceAct::Approve, row.state, by, asked.requested_by, &approvers).is_ok()
    };
    let mut waiting: Vec<AcceptanceRow> =
        loaded(db, &live, at).await?.into_iter().filter(waits).map(|(row, ..)| row).collect();
    waiting.sort_by_key(|row| (row.requested_at, row.id));
    Ok(waiting)
}

/// An acceptance with everything about it; `None` where it was not asked for by that instant.
pub async fn detail(db: &mut PgConnection, id: AcceptanceId, at: Instant) -> Result<Option<AcceptanceDetail>> {
    let Some((row, asked, events)) = loaded(db, &[id], at).await?.pop() else { return Ok(None) };
    let attachments = attachments::of(db, &[id], at).await?.into_iter().map(|(_, attachment)| attachment).collect();
    let conditions = if row.state.is_over() {
        let over = |on: &EndsOn| AcceptanceCondition { ends_on: *on, watch: was_met(&events, *on) };
        asked.ends_on.iter().map(over).collect()
    } else {
        watch::conditions(db, &asked, &events, at).await?
    };
    let cover = covered(db, &asked.bound, Some((asked.requested_at, asked.severity)), at).await?;
    Ok(Some(AcceptanceDetail {
        row,
        reason: asked.reason,
        compensating_control: asked.compensating_control,
        residual_risk: asked.residual_risk,
        conditions,
        extends: asked.extends,
        extended_by: rows::extended_by(db, id, at).await?,
        events: events.into_iter().map(shown).collect(),
        attachments,
        covered_at_request: asked.covered,
        cover,
    }))
}

/// Of one that is over: whether it was this that ended it.
fn was_met(events: &[Event], on: EndsOn) -> Option<Watch> {
    let ended = events.iter().any(|event| {
        event.act == AcceptanceAct::End && event.seen.get("condition").is_some_and(|word| word == on.as_str())
    });
    ended.then_some(Watch::Met)
}

/// What falls under a scope at an instant, before anything is asked for.
///
/// # Errors
/// A scope that names what is not there.
pub async fn preview(
    db: &mut PgConnection,
    settings: &AcceptanceSettings,
    scope: &AcceptanceScope,
    at: Instant,
) -> Result<AcceptancePreview> {
    let bound = bound(db, scope, at).await?;
    let cover = covered(db, &bound, None, at).await?;
    let approvals = cover.worst.map_or(1, |severity| settings.approvals(severity));
    Ok(AcceptancePreview { max_days: cover.worst.map(|severity| settings.days(severity)), approvals, cover })
}

/// Every team whose namespaces an acceptance can be about at an instant.
pub async fn teams(db: &mut PgConnection, at: Instant) -> Result<Vec<String>> {
    Ok(store::teams(db, at).await?)
}

/// Every key of a label by which an acceptance can be asked for at an instant.
pub async fn label_keys(db: &mut PgConnection, at: Instant) -> Result<Vec<String>> {
    Ok(labels::keys(db, None, at).await?)
}

/// The acceptances that a finding falls under at an instant, newest first.
pub async fn of_finding(db: &mut PgConnection, finding: FindingId, at: Instant) -> Result<Vec<FindingAcceptance>> {
    let ids = rows::of_finding(db, finding, at).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let failing = findings::failing(db, finding, at).await?;
    let found = loaded(db, &ids, at).await?.into_iter().map(|(row, ..)| FindingAcceptance {
        id: row.id,
        state: row.state,
        scope: row.scope,
        expires_at: row.expires_at,
        worse: failing.is_some_and(|(severity, _)| !covers_severity(row.severity, severity)),
        new: failing.is_some_and(|(_, since)| since > row.requested_at),
    });
    Ok(found.collect())
}

async fn covered(
    db: &mut PgConnection,
    bound: &Bound,
    against: Option<(Instant, Severity)>,
    at: Instant,
) -> Result<AcceptanceCover> {
    let summary = cover::summary(db, bound, against, at).await?;
    let intervals = cover::worst(db, bound, SHOWN, at).await?;
    let findings = findings::of_intervals(db, &intervals, at).await?.into_iter().map(|finding| CoveredFinding {
        new: against.is_some_and(|(since, _)| finding.opened_at > since),
        worse: against.is_some_and(|(_, severity)| !covers_severity(severity, finding.severity)),
        finding,
    });
    Ok(AcceptanceCover {
        findings: findings.collect(),
        count: summary.count,
        new: summary.new,
        worse: summary.worse,
        worst: summary.worst,
    })
}

pub(super) type Loaded = (AcceptanceRow, Asked, Vec<Event>);

/// Acceptances with what was done about each, in the order of the ids given.
pub(super) async fn loaded(
    db: &mut PgConnection,
    ids: &[AcceptanceId],
    at: Instant,
) -> std::result::Result<Vec<Loaded>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut events: HashMap<AcceptanceId, Vec<Event>> = HashMap::new();
    for event in store::events(db, ids, at).await? {
        events.entry(event.acceptance).or_default().push(event);
    }
    let mut all = Vec::with_capacity(ids.len());
    for named in rows::named(db, ids, at).await? {
        let events = events.remove(&named.asked.id).unwrap_or_default();
        if let Some(row) = row(&named, &events, at) {
            all.push((row, named.asked, events));
        }
    }
    let live: Vec<AcceptanceId> = all.iter().filter(|(row, ..)| !row.state.is_over()).map(|(row, ..)| row.id).collect();
    let covered = rows::covered(db, &live, at).await?;
    for (row, ..) in &mut all {
        row.covered = covered.get(&row.id).copied().unwrap_or_default();
    }
    Ok(all)
}

fn row(named: &Named, events: &[Event], at: Instant) -> Option<AcceptanceRow> {
    let Named { asked, scope, check, cluster, subject } = named;
    let state = state(&asked.terms(), events.iter().map(Event::done), at)?;
    let approvals: Vec<Instant> =
        events.iter().filter(|event| event.act == AcceptanceAct::Approve).map(|event| event.at).collect();
    let approved_at = approvals.get(usize::from(asked.approvals).saturating_sub(1)).copied();
    let ended_at = events.iter().find(|event| ends(event.act)).map(|event| event.at);
    let in_force_since = approved_at.map(|at| asked.begins_at.map_or(at, |begins| begins.max(at)));
    let over_at = ended_at.or_else(|| (asked.expires_at <= at).then_some(asked.expires_at));
    let began = |since: &Instant| *since <= at && over_at.is_none_or(|over| *since < over);
    Some(AcceptanceRow {
        id: asked.id,
        scope: scope.clone(),
        check: check.clone(),
        cluster: cluster.clone(),
        subject: subject.clone(),
        state,
        severity: asked.severity,
        requested_by: asked.requested_as.clone(),
        requester: asked.requested_by,
        requested_at: asked.requested_at,
        begins_at: asked.begins_at,
        expires_at: asked.expires_at,
        in_force_since: in_force_since.filter(began),
        over_at,
        approvals_needed: asked.approvals.into(),
        approvals: u32::try_from(approvals.len()).unwrap_or(u32::MAX),
        covered: 0,
    })
}

const fn ends(act: AcceptanceAct) -> bool {
    matches!(act, AcceptanceAct::Reject | AcceptanceAct::Withdraw | AcceptanceAct::Revoke | AcceptanceAct::End)
}

fn shown(event: Event) -> AcceptanceEvent {
    AcceptanceEvent {
        act: event.act,
        by: event.by,
        person: event.person,
        at: event.at,
        comment: event.comment,
        seen: event.seen,
    }
}
