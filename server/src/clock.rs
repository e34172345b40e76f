//! The only place that reads the wall clock. Everything else takes an [`Instant`].

use chrono::{DurationRound, TimeDelta, Utc};
use model::Instant;
use std::sync::{Arc, Mutex, PoisonError};

/// Tells the time: the system's, or one that a test sets.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(Arc<Mutex<Instant>>),
}

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until it is moved.
    pub fn manual(at: Instant) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(at))))
    }

    /// Now, in whole microseconds, which is what PostgreSQL keeps.
    pub fn now(&self) -> Instant {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Source::System => {
                let now = Utc::now();
                now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
            }
            Source::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a manual clock; the system's cannot be moved.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Manual(at) = &self.0 {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at += by;
        }
    }
}
