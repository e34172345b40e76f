//! People with and without sessions, and sessions of the reader's.

use super::{at, minutes_ago};
use chrono::TimeDelta;
use model::{
    role::Role,
    views::{PersonRow, SessionRow},
};
use uuid::Uuid;

fn row(n: u128, name: &str) -> PersonRow {
    PersonRow {
        id: Uuid::from_u128(n).into(),
        issuer: "https://dex.example.org".into(),
        subject: "CiQwOGE4Njg0Yi1kYjg4LTRiNzMtOTBhOS0zY2QxNjYxZjU0NjYSBWxvY2Fs".into(),
        name: name.into(),
        email: Some("freja@example.org".into()),
        roles: Some(vec![Role::Viewer, Role::SecurityOfficer]),
        last_login_at: Some(minutes_ago(60)),
        sessions: 2,
        last_used_at: Some(minutes_ago(3)),
        tokens: 1,
    }
}

/// One with sessions; one without an address, refused at the last log-in; one of whom little is known.
pub(crate) fn people() -> Vec<PersonRow> {
    vec![
        row(1, "Freja <b>Holm</b>"),
        PersonRow {
            email: None,
            roles: Some(vec![]),
            sessions: 0,
            last_used_at: None,
            tokens: 0,
            ..row(2, "Erik Lund")
        },
        PersonRow {
            subject: "kilgore".into(),
            roles: None,
            last_login_at: None,
            sessions: 1,
            last_used_at: None,
            ..row(3, "Kilgore Trout")
        },
    ]
}

/// The session that asks, and as many others.
pub(crate) fn sessions(others: i64) -> Vec<SessionRow> {
    let session = |n: i64| SessionRow {
        begun_at: minutes_ago(100 * n + 10),
        last_used_at: Some(minutes_ago(5 * n)),
        expires_at: at() + TimeDelta::hours(10 - n),
        present: n == 0,
    };
    (0..=others).map(session).collect()
}
