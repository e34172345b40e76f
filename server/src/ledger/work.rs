//! What the ledger does by itself: recomputes the chain, and sends its head outside.

use super::{Head, send, store, verify};
use crate::{app::App, config::LedgerSettings, db::new_id};
use chrono::TimeDelta;
use model::{Instant, views::LedgerCheck};
use sqlx::PgPool;
use std::{num::NonZeroU32, time::Duration};
use uuid::Uuid;

/// How often it is looked what is due.
const LOOK: Duration = Duration::from_mins(1);
/// Minutes after which a place that did not take a head is tried again, where its own time is not shorter.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// Recomputes and sends whenever it is time, until the server is to stop.
pub async fn work(app: App) {
    loop {
        if let Err(error) = check_due(&app).await {
            tracing::warn!(%error, "the ledger could not be recomputed; it is tried again in a minute");
        }
        if let Err(error) = send_due(&app).await {
            tracing::warn!(%error, "the ledger's head could not be sent; it is tried again in a minute");
        }
        if app.shutdown.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none() {
            return;
        }
    }
}

async fn check_due(app: &App) -> Result<(), sqlx::Error> {
    let now = app.clock.now();
    let last = store::checks::newest(&mut *app.db.acquire().await?, now).await?;
    if last.is_some_and(|last| last.finished_at + minutes(app.config.ledger.verify_minutes) > now) {
        return Ok(());
    }
    let LedgerCheck { entries, broken, .. } = verify::check(&app.db, &app.clock).await?;
    metrics::gauge!("bevis_ledger_entries").set(precise(entries));
    metrics::gauge!("bevis_ledger_broken").set(if broken.is_some() { 1.0 } else { 0.0 });
    if let Some(broken) = broken {
        tracing::error!(seq = broken.seq, link = broken.link, "THE LEDGER IS BROKEN");
    }
    Ok(())
}

/// Sends the head to every place whose time has come and that has not taken it yet. What could not be sent is on record too.
///
/// # Errors
/// What PostgreSQL says.
pub async fn send_due(app: &App) -> Result<(), sqlx::Error> {
    let LedgerSettings { webhook, file, timestamp, verify_minutes: _ } = &app.config.ledger;
    if webhook.is_none() && file.is_none() && timestamp.is_none() {
        return Ok(());
    }
    // Held over the calls, which are bounded in time: another server is sending meanwhile, or nobody.
    let mut lock = app.db.begin().await?;
    if !store::anchors::alone(&mut lock).await? {
        return Ok(());
    }
    let (now, source) = (app.clock.now(), app.config.public_url.as_str());
    let head = store::head_as_of(&mut lock, now).await?;
    if let Some(to) = webhook
        && is_due(&app.db, "webhook", to.every_minutes, &head, now).await?
    {
        let id = new_id(now);
        let outcome = send::webhook(to, source, id, &head, now).await;
        note(&app.db, id, "webhook", &head, now, outcome.map(|()| None)).await?;
    }
    if let Some(to) = file
        && is_due(&app.db, "file", to.every_minutes, &head, now).await?
    {
        let outcome = send::file(to, source, &head, now).await;
        note(&app.db, new_id(now), "file", &head, now, outcome.map(|()| None)).await?;
    }
    if let Some(to) = timestamp
        && is_due(&app.db, "timestamp", to.every_minutes, &head, now).await?
    {
        let outcome = send::stamp(to, &head).await;
        note(&app.db, new_id(now), "timestamp", &head, now, outcome.map(Some)).await?;
    }
    lock.commit().await
}

async fn is_due(
    pool: &PgPool,
    target: &str,
    every: NonZeroU32,
    head: &Head,
    now: Instant,
) -> Result<bool, sqlx::Error> {
    let mut db = pool.acquire().await?;
    if head.seq == 0 || store::anchors::has(&mut db, target, head.seq).await? {
        return Ok(false);
    }
    let every = minutes(every);
    Ok(store::anchors::last_try(&mut db, target)
        .await?
        .is_none_or(|(at, taken)| at + if taken { every } else { every.min(AGAIN) } <= now))
}

async fn note(
    pool: &PgPool,
    id: Uuid,
    target: &str,
    head: &Head,
    at: Instant,
    outcome: Result<Option<Vec<u8>>, send::SendError>,
) -> Result<(), sqlx::Error> {
    let word = if outcome.is_ok() { "sent" } else { "failed" };
    metrics::counter!("bevis_ledger_heads_total", "target" => target.to_owned(), "outcome" => word).increment(1);
    let fault = outcome.as_ref().err().map(ToString::to_string);
    if let Some(fault) = &fault {
        tracing::warn!(target_word = target, fault, "the ledger's head was not taken");
    }
    let taken = outcome.ok().flatten();
    let outcome = fault.as_deref().map_or(Ok(taken.as_deref()), Err);
    store::anchors::insert(&mut *pool.acquire().await?, id, target, head, at, outcome).await
}

/// The answer of a time-stamping authority that was there at an instant, and the number of the entry that it stamps.
///
/// # Errors
/// What PostgreSQL says.
pub async fn receipt(pool: &PgPool, id: Uuid, at: Instant) -> Result<Option<(i64, Vec<u8>)>, sqlx::Error> {
    store::anchors::receipt(&mut *pool.acquire().await?, id, at).await
}

fn minutes(count: NonZeroU32) -> TimeDelta {
    TimeDelta::minutes(count.get().into())
}

#[expect(clippy::cast_precision_loss, reason = "a gauge; exact up to 2^53 entries")]
fn precise(count: i64) -> f64 {
    count as f64
}
