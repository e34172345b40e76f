//! What acceptances end on before their time, and whether it can be told that it has come.

use super::store::{
    Asked, Bound, Event,
    cover::{self, Shown},
    rows,
};
use crate::{history, objects};
use model::{
    Instant,
    acceptance::{AcceptanceAct, EndsOn, Watch},
    evaluation::Detail,
    views::AcceptanceCondition,
};
use sqlx::PgConnection;

/// The name under which an approval keeps what the workload was.
pub(super) const SUBJECT: &str = "subject";

/// What shows that a condition is met, the first of them; `None` where none is, or it cannot be told.
pub(super) async fn met(
    db: &mut PgConnection,
    asked: &Asked,
    events: &[Event],
    at: Instant,
) -> Result<Option<Detail>, sqlx::Error> {
    for on in &asked.ends_on {
        if let (Watch::Met, seen) = watch(&mut *db, asked, events, *on, at).await? {
            return Ok(Some(seen));
        }
    }
    Ok(None)
}

/// Every condition of an acceptance, and whether it can be told that it has come.
pub(super) async fn conditions(
    db: &mut PgConnection,
    asked: &Asked,
    events: &[Event],
    at: Instant,
) -> Result<Vec<AcceptanceCondition>, sqlx::Error> {
    let mut conditions = Vec::with_capacity(asked.ends_on.len());
    for on in &asked.ends_on {
        let (watch, _) = watch(&mut *db, asked, events, *on, at).await?;
        conditions.push(AcceptanceCondition { ends_on: *on, watch: Some(watch) });
    }
    Ok(conditions)
}

async fn watch(
    db: &mut PgConnection,
    asked: &Asked,
    events: &[Event],
    on: EndsOn,
    at: Instant,
) -> Result<(Watch, Detail), sqlx::Error> {
    let known = match on {
        EndsOn::SeverityRises => match cover::worse(db, &asked.bound, asked.severity, at).await? {
            Some(shown) => (Watch::Met, seen(on, &shown)),
            None => (Watch::Watching, Detail::new()),
        },
        EndsOn::FixAvailable => {
            let fixes = cover::fixes(db, &asked.bound, at).await?;
            match fixes.first {
                Some(shown) => (Watch::Met, seen(on, &shown)),
                None if fixes.silent > 0 => (Watch::Unknown, Detail::new()),
                None => (Watch::Watching, Detail::new()),
            }
        }
        EndsOn::SubjectChanged => {
            let Some(before) = approved_as(asked, events) else { return Ok((Watch::Unknown, Detail::new())) };
            match fingerprint(db, &asked.bound, at).await? {
                None => (Watch::Unknown, Detail::new()),
                Some(now) if now == before => (Watch::Watching, Detail::new()),
                // One was told by its specification and the other by its images: they cannot be compared.
                Some(now) if kind(&now) != kind(before) => (Watch::Unknown, Detail::new()),
                Some(now) => {
                    let seen = Detail::from([
                        ("condition".to_owned(), on.as_str().to_owned()),
                        ("before".to_owned(), before.to_owned()),
                        ("after".to_owned(), now),
                    ]);
                    (Watch::Met, seen)
                }
            }
        }
    };
    Ok(known)
}

/// The finding for which there is a correction, if there is one under a scope.
pub(super) async fn fix(db: &mut PgConnection, bound: &Bound, at: Instant) -> Result<Option<Shown>, sqlx::Error> {
    Ok(cover::fixes(db, bound, at).await?.first)
}

fn seen(on: EndsOn, shown: &Shown) -> Detail {
    let mut seen = Detail::from([
        ("condition".to_owned(), on.as_str().to_owned()),
        ("finding".to_owned(), shown.finding.to_string()),
        ("severity".to_owned(), shown.severity.as_str().to_owned()),
        ("since".to_owned(), shown.since.to_rfc3339()),
    ]);
    if !shown.fix.is_empty() {
        seen.insert("fixed".to_owned(), shown.fix.clone());
    }
    seen
}

/// What the workload was when the last of those who must approve did.
fn approved_as<'a>(asked: &Asked, events: &'a [Event]) -> Option<&'a str> {
    let approvals: Vec<&Event> = events.iter().filter(|event| event.act == AcceptanceAct::Approve).collect();
    approvals.iter().take(asked.approvals.into()).rev().find_map(|event| event.seen.get(SUBJECT)).map(String::as_str)
}

fn kind(print: &str) -> &str {
    print.split(':').next().unwrap_or_default()
}

/// What tells one specification of a scope's object from another at an instant; `None` where the object was not kept, or
/// the scope is not about one.
pub(super) async fn fingerprint(
    db: &mut PgConnection,
    bound: &Bound,
    at: Instant,
) -> Result<Option<String>, sqlx::Error> {
    let Some((cluster, subject)) = rows::subject(db, bound).await? else { return Ok(None) };
    let seen = objects::of_workload(db, cluster, &subject, at).await?;
    let mut prints = Vec::new();
    for object in seen {
        let Some(Ok(json)) = history::body(db, object.hash).await? else { continue };
        if let Some(print) = objects::print(&json, object.is_itself) {
            prints.push((object.is_itself, print));
        }
    }
    // The object itself tells all; pods tell no more than their images.
    let itself = prints.iter().find(|(is_itself, _)| *is_itself).map(|(_, print)| format!("specification:{print}"));
    Ok(itself.or_else(|| {
        let mut images: Vec<String> = prints.into_iter().map(|(_, print)| print).collect();
        images.sort();
        images.dedup();
        (!images.is_empty()).then(|| format!("images:{}", images.join(" ")))
    }))
}
