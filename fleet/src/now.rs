//! Where simulators take the time from.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// Tells the time; cheap to clone, and all clones of a manual one move together.
#[derive(Clone, Debug)]
pub struct Now(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(Arc<Mutex<Option<DateTime<Utc>>>>),
}

impl Now {
    /// The system's time.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A time that stands at `at` until it is moved.
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(Some(at)))))
    }

    /// The instant.
    pub fn get(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_time(),
            Source::Manual(at) => at.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(system_time),
        }
    }

    /// Sets a manual time; the system's cannot be set.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Source::Manual(at) = &self.0 {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = Some(to);
        }
    }

    /// Moves a manual time.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.get() + by);
    }

    /// Lets a manual time run with the system's from here on, as the demo does once its past has been replayed.
    pub fn follow_system(&self) {
        if let Source::Manual(at) = &self.0 {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the simulators' one look at the wall clock")]
fn system_time() -> DateTime<Utc> {
    Utc::now()
}
