//! Writes that may be sent again: who sends one under a key gets the first answer, and it has one effect.
//!
//! Reads and writes `idempotent_answer`, kept for a day. Only good answers are kept: a refusal had no effect, and the same
//! key may be tried again. Where a server dies between the effect and its answer, nobody knows which: the key then refuses
//! until its day is over, and says so.

mod store;

use crate::{
    app::App,
    error::{Error, Result},
};
use chrono::TimeDelta;
use model::Instant;
use sqlx::PgPool;
use std::time::Duration;

pub use store::Answer;

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long is waited for an answer that somebody else is making, and how often it is looked for.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);
const TIDY_EVERY: Duration = Duration::from_mins(10);
/// Characters of a key at most.
const LONGEST: usize = 255;

/// What a key is claimed for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who sends.
    pub sender: String,
    /// Their key.
    pub key: String,
    /// SHA-256 over what is asked.
    pub request: [u8; 32],
}

/// What is to be done with a request.
#[derive(Debug)]
pub enum Turn {
    /// It is the first of its key: do it, then [`finish`] or [`release`].
    First,
    /// It was done: this is its answer.
    Again(Answer),
}

/// Whether a text can be a key: visible ASCII, 255 characters at most.
pub fn is_key(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Claims a key, or tells what its first request was answered. Waits for an answer that is being made.
///
/// # Errors
/// [`Error::KeyReused`] where the key stands for another request; [`Error::Conflict`] where the answer does not come.
pub async fn claim(pool: &PgPool, claim: &Claim, now: Instant) -> Result<Turn> {
    let waited = tokio::time::Instant::now();
    loop {
        let mut db = pool.acquire().await?;
        if store::claim(&mut db, claim, now, now - KEPT).await? {
            return Ok(Turn::First);
        }
        match store::find(&mut db, claim).await? {
            Some((request, _)) if request != claim.request => return Err(Error::KeyReused),
            Some((_, Some(answer))) => return Ok(Turn::Again(answer)),
            Some((_, None)) if waited.elapsed() >= PATIENCE => {
                return Err(Error::Conflict { key: "error-idempotency-unknown" });
            }
            // It is being made, or the key was given back meanwhile.
            Some((_, None)) | None => {}
        }
        drop(db);
        tokio::time::sleep(LOOK).await;
    }
}

/// Keeps the answer of a first request.
///
/// # Errors
/// What PostgreSQL says.
pub async fn finish(pool: &PgPool, claim: &Claim, answer: &Answer) -> Result<()> {
    Ok(store::finish(&mut *pool.acquire().await?, claim, answer).await?)
}

/// Gives a key back whose request had no effect.
///
/// # Errors
/// What PostgreSQL says.
pub async fn release(pool: &PgPool, claim: &Claim) -> Result<()> {
    Ok(store::release(&mut *pool.acquire().await?, claim).await?)
}

/// Forgets what is a day old, every ten minutes, until the server is to stop.
pub async fn keep_tidy(app: App) {
    while app.shutdown.run_until_cancelled(tokio::time::sleep(TIDY_EVERY)).await.is_some() {
        if let Err(error) = tidy(&app.db, app.clock.now()).await {
            tracing::warn!(%error, "answers to writes that are a day old were not forgotten");
        }
    }
}

/// Forgets what is a day old. Idempotent; nothing depends on it.
///
/// # Errors
/// What PostgreSQL says.
pub async fn tidy(pool: &PgPool, now: Instant) -> Result<u64> {
    Ok(store::forget(&mut *pool.acquire().await?, now - KEPT).await?)
}
