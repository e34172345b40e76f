//! The only place that reads the wall clock. Everything else takes an [`Instant`].

use chrono::{DurationRound, TimeDelta, Utc};
use model::Instant;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time,
};

/// Tells the time: the system's, or one that a test sets.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System(Arc<Mutex<Option<Told>>>),
    Manual(Arc<Mutex<Instant>>),
}

/// What was told last, and when that was by a clock that nobody sets.
#[derive(Clone, Copy, Debug)]
struct Told {
    wall: Instant,
    steady: time::Instant,
}

impl Clock {
    /// The system's clock. Where that is set back, this one goes on from what it told before, until it is overtaken or the
    /// server starts again: sessions, freshness and the order of readings then keep their meaning.
    pub fn system() -> Self {
        Self(Source::System(Arc::default()))
    }

    /// A clock that stands at `at` until it is moved.
    pub fn manual(at: Instant) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(at))))
    }

    /// Now, in whole microseconds, which is what PostgreSQL keeps.
    pub fn now(&self) -> Instant {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Source::System(told) => {
                // Under the lock, or two threads could read one order and keep another.
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                let (wall, steady) = (Utc::now(), time::Instant::now());
                let now = told.map_or(wall, |told| told.goes_on(wall, steady));
                let now = now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now);
                *told = Some(Told { wall: now, steady });
                now
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

impl Told {
    /// The time, where the wall clock shows `wall`: that, unless it was set back.
    fn goes_on(self, wall: Instant, steady: time::Instant) -> Instant {
        if wall >= self.wall {
            return wall;
        }
        let passed = steady.saturating_duration_since(self.steady);
        self.wall + TimeDelta::from_std(passed).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use std::time::Duration;

    fn second(second: i64) -> Instant {
        DateTime::from_timestamp(1_790_000_000 + second, 0).expect("an instant")
    }

    #[test]
    fn a_clock_that_is_set_back_goes_on_and_one_that_leaps_ahead_is_followed() {
        let begin = time::Instant::now();
        let told = Told { wall: second(100), steady: begin };
        let after = |seconds| begin + Duration::from_secs(seconds);
        assert_eq!(told.goes_on(second(101), after(1)), second(101), "it runs");
        assert_eq!(told.goes_on(second(-3_500), after(7)), second(107), "it was set back an hour");
        assert_eq!(told.goes_on(second(100), after(7)), second(100), "it stood still");
        assert_eq!(told.goes_on(second(86_500), after(1)), second(86_500), "it leapt ahead a day");
    }

    #[test]
    fn it_never_tells_an_earlier_time() {
        let clock = Clock::system();
        let mut last = clock.now();
        for _ in 0..1_000 {
            let now = clock.now();
            assert!(now >= last);
            last = now;
        }
    }
}
