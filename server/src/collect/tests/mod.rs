//! Tests of reading.

mod http;

use model::Instant;

/// The instant of the tests.
fn now() -> Instant {
    "2026-06-30T12:00:00Z".parse().expect("an instant")
}
