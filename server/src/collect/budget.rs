//! What may be asked of a cluster, and what was.
//!
//! Every request to an API server goes through here: it waits for its turn, is counted, and is not sent where the budget
//! of its round is used up.

use crate::config::ScanSettings;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::{InMemoryState, NotKeyed},
};
use model::scan::Traffic;
use sources::ReadError;
use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::time::sleep;

/// Bytes of a megabyte, as budgets and pages count them.
pub(super) const MB: u64 = 1_000_000;

/// Counts requests and bytes.
#[derive(Debug, Default)]
pub(super) struct Meter {
    requests: AtomicU64,
    bytes: AtomicU64,
    /// Bytes of the largest answer.
    largest: AtomicU64,
}

impl Meter {
    pub(super) fn traffic(&self) -> Traffic {
        Traffic { requests: self.requests.load(Ordering::Relaxed), bytes: self.bytes.load(Ordering::Relaxed) }
    }

    pub(super) fn largest(&self) -> u64 {
        self.largest.load(Ordering::Relaxed)
    }
}

/// Requests a second beyond which there is no limit: the bucket's time has no much smaller parts.
const FASTEST: u32 = 1_000_000;

/// Lets through so many requests a second; twice as many at once after a rest.
#[derive(Debug)]
pub(super) struct Turns(RateLimiter<NotKeyed, InMemoryState, DefaultClock>);

impl Turns {
    pub(super) fn new(a_second: NonZeroU32) -> Self {
        let most = NonZeroU32::new(FASTEST).unwrap_or(a_second);
        let a_second = a_second.min(most);
        let at_once = a_second.saturating_add(a_second.get());
        Self(RateLimiter::direct(Quota::per_second(a_second).allow_burst(at_once)))
    }

    async fn wait(&self) {
        while let Err(wait) = self.0.check() {
            sleep(wait.wait_time_from(DefaultClock::default().now())).await;
        }
    }
}

/// The budget of one round: all that is asked of a cluster from one greeting to the next.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    turns: Arc<Turns>,
    round: Arc<Meter>,
    /// Counts for one source beside the round.
    source: Option<Arc<Meter>>,
    most_mb: usize,
}

impl Budget {
    /// A fresh one.
    pub(super) fn new(turns: Arc<Turns>, settings: &ScanSettings) -> Self {
        Self { turns, round: Arc::default(), source: None, most_mb: settings.max_scan_mb }
    }

    /// The same, which counts for a source as well.
    pub(super) fn of_source(&self, meter: Arc<Meter>) -> Self {
        Self { source: Some(meter), ..self.clone() }
    }

    /// What the round has used so far.
    pub(super) fn round(&self) -> &Meter {
        &self.round
    }

    /// Waits until a request may be sent, and counts it.
    pub(super) async fn request(&self) -> Result<(), ReadError> {
        self.check()?;
        self.turns.wait().await;
        self.each(|meter| &meter.requests, 1);
        Ok(())
    }

    /// Counts a part of an answer that has come to `whole` bytes.
    pub(super) fn received(&self, part: usize, whole: usize) -> Result<(), ReadError> {
        self.each(|meter| &meter.bytes, part as u64);
        self.round.largest.fetch_max(whole as u64, Ordering::Relaxed);
        self.check()
    }

    fn check(&self) -> Result<(), ReadError> {
        let over = self.round.bytes.load(Ordering::Relaxed) > (self.most_mb as u64).saturating_mul(MB);
        if over { Err(ReadError::OverBudget { limit_mb: self.most_mb }) } else { Ok(()) }
    }

    fn each(&self, count: impl Fn(&Meter) -> &AtomicU64, by: u64) {
        for meter in [Some(&self.round), self.source.as_ref()].into_iter().flatten() {
            count(meter).fetch_add(by, Ordering::Relaxed);
        }
    }
}
