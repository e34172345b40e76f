//! What waits for a person: what is theirs, what names them, and what they are to judge.

use super::store;
use crate::{
    acceptances,
    error::{Error, Result},
    findings,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use model::{
    Instant,
    disposition::{Assignee, Reviewer},
    ids::PersonId,
    role::{self, Permission, Role},
    views::{AssigneeFilter, Count, FindingFilter, FindingPage, MentionPage, MyWork},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Claims counted at most.
const MOST_COUNTED: i64 = 1_000;

/// Where each of the lists goes on, and how many rows each has at most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages<'a> {
    /// Of what is assigned.
    pub assigned: Option<&'a str>,
    /// Of what names the reader.
    pub mentioned: Option<&'a str>,
    /// Of what is to be judged.
    pub claims: Option<&'a str>,
    /// Rows.
    pub rows: u32,
}

/// What waits for a person as of an instant; what is to be judged and approved only for those who may.
pub async fn my_work(
    db: &mut PgConnection,
    person: PersonId,
    roles: &[Role],
    pages: Pages<'_>,
    at: Instant,
) -> Result<MyWork> {
    let teams = store::teams_of(db, person).await?.into_iter().map(Assignee::Team);
    let mine = std::iter::once(Assignee::Person(person)).chain(teams).map(AssigneeFilter::Of).collect();
    let filter = FindingFilter { assignee: mine, ..FindingFilter::default() };
    let claims = match Reviewer::of(roles) {
        Some(_) => Some(claims(db, person, pages.claims, pages.rows, at).await?),
        None => None,
    };
    Ok(MyWork {
        assigned: findings::page(db, &filter, pages.assigned, pages.rows, at).await?,
        assigned_query: filter.to_query(),
        mentioned: mentioned(db, person, pages.mentioned, pages.rows, at).await?,
        claims,
        approvals: if role::allows(roles, Permission::Approve) {
            Some(acceptances::waiting_for(db, person, roles, at).await?)
        } else {
            None
        },
    })
}

async fn mentioned(
    db: &mut PgConnection,
    person: PersonId,
    cursor: Option<&str>,
    rows: u32,
    at: Instant,
) -> Result<MentionPage> {
    let first = (at + TimeDelta::microseconds(1), Uuid::nil());
    let from = cursor.map(read).transpose()?.unwrap_or(first).min(first);
    let mut mentions = store::mentions(db, person, from, i64::from(rows) + 1).await?;
    let more = cut(&mut mentions, rows);
    let last = mentions.last().filter(|_| more);
    Ok(MentionPage {
        next: last.map(|mention| written(mention.at, mention.decision.0)),
        count: store::count_mentions(db, person, at).await?,
        rows: mentions,
    })
}

async fn claims(
    db: &mut PgConnection,
    judge: PersonId,
    cursor: Option<&str>,
    rows: u32,
    at: Instant,
) -> Result<FindingPage> {
    let from = cursor.map(read).transpose()?.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let mut waiting = store::claims(db, judge, from, at, i64::from(rows) + 1).await?;
    let more = cut(&mut waiting, rows);
    let ids: Vec<Uuid> = waiting.iter().map(|(_, finding)| *finding).collect();
    let counted = store::count_claims(db, judge, at, MOST_COUNTED + 1).await?;
    Ok(FindingPage {
        rows: findings::by_ids(db, &ids, at).await?,
        next: waiting.last().filter(|_| more).map(|(since, finding)| written(*since, *finding)),
        previous: None,
        count: Count { rows: counted.min(MOST_COUNTED), at_least: counted > MOST_COUNTED },
        ranked: false,
        retained_from: None,
    })
}

/// Whether there is more than a page, which is cut off.
fn cut<T>(rows: &mut Vec<T>, most: u32) -> bool {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    more
}

/// A place in a list by time and id, as an opaque text.
fn written(at: Instant, id: Uuid) -> String {
    let mut bytes = at.timestamp_micros().to_be_bytes().to_vec();
    bytes.extend(id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read(text: &str) -> Result<(Instant, Uuid)> {
    let place = || {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (at, id) = bytes.split_at(8);
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(at.try_into().ok()?))?;
        // What lies beyond is no instant that PostgreSQL takes.
        let usual = at >= DateTime::UNIX_EPOCH && at <= DateTime::UNIX_EPOCH + TimeDelta::days(365 * 1_000);
        Some((at, Uuid::from_slice(id).ok()?)).filter(|_| usual)
    };
    place().ok_or_else(|| Error::Invalid { key: "error-invalid-cursor", value: text.chars().take(100).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_nothing_else_does() {
        let at = DateTime::from_timestamp_micros(1_780_000_000_123_456).expect("an instant");
        let place = (at, Uuid::from_u128(7));
        assert_eq!(read(&written(place.0, place.1)).ok(), Some(place));
        for text in ["", "x", "!!!!", &URL_SAFE_NO_PAD.encode([255; 24]), &"A".repeat(10_000)] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
