//! How much and how often a sender may send. How deep is the parsers' matter: they refuse a part, not the whole.

use crate::{
    config::IntakeSettings,
    error::{Error, Result},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};
use model::source::Source;
use std::num::NonZeroU32;
use uuid::Uuid;

/// Tokens remembered before those that are at rest are forgotten.
const REMEMBERED: usize = 10_000;

/// Mebibytes of one body at most.
pub const fn largest_mebibytes(source: Source) -> usize {
    match source {
        // A batch of 400 events, the API server's own default.
        Source::AuditEvents => 12,
        Source::FalcoEvents => 1,
        _ => 5,
    }
}

type Buckets = RateLimiter<Uuid, DefaultKeyedStateStore<Uuid>, DefaultClock>;

/// A bucket a token.
#[derive(Debug)]
pub struct Rate {
    requests: Buckets,
    /// What is too much is noted seldom: it must cost no more than it did not to take it.
    refusals: Buckets,
}

impl Rate {
    /// As the configuration says.
    pub fn new(settings: &IntakeSettings) -> Self {
        Self::per_minute(settings.requests_per_minute)
    }

    /// So many a minute, of which a third may come at once.
    pub fn per_minute(a_minute: NonZeroU32) -> Self {
        let at_once = NonZeroU32::new(a_minute.get() / 3).unwrap_or(NonZeroU32::MIN);
        Self {
            requests: RateLimiter::keyed(Quota::per_minute(a_minute).allow_burst(at_once)),
            refusals: RateLimiter::keyed(Quota::per_second(NonZeroU32::MIN)),
        }
    }

    /// Takes one from a token's bucket.
    pub fn take(&self, token: Uuid) -> Result<()> {
        for buckets in [&self.requests, &self.refusals] {
            if buckets.len() > REMEMBERED {
                buckets.retain_recent();
            }
        }
        self.requests.check_key(&token).map_err(|wait| {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs();
            Error::RateLimited { retry_after: seconds + 1 }
        })
    }

    /// Whether it is to be noted that a token sends too often: once a second at most.
    pub fn notes_refusal(&self, token: Uuid) -> bool {
        self.refusals.check_key(&token).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_sends_too_often_waits_alone() {
        let settings = IntakeSettings { requests_per_minute: NonZeroU32::new(6).expect("6"), keep_raw_days: 0 };
        let rate = Rate::new(&settings);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(rate.take(one).is_ok() && rate.take(one).is_ok());
        assert!(matches!(rate.take(one), Err(Error::RateLimited { retry_after: 1..=11 })));
        assert!(rate.take(other).is_ok());
        // However often it is refused, that is noted seldom.
        let noted = (0..1_000).filter(|_| rate.notes_refusal(one)).count();
        assert!((1..10).contains(&noted), "{noted}");
    }
}
