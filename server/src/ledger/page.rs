//! Entries newest first, with what is known of the chain.

use super::store;
use crate::error::Result;
use model::{
    Instant,
    views::{LedgerEntry, LedgerFilter, LedgerPage},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Entries of a page at most, whatever was asked for.
const LARGEST_PAGE: i64 = 500;

/// The newest entries that a filter matches and that were there at an instant, older than `before`.
pub async fn page(
    db: &mut PgConnection,
    filter: &LedgerFilter,
    before: Option<i64>,
    limit: u32,
    at: Instant,
) -> Result<LedgerPage> {
    let size = store::head_as_of(&mut *db, at).await?.seq;
    let limit = i64::from(limit).clamp(1, LARGEST_PAGE);
    let first = match filter.from {
        None => 1,
        Some(from) => store::page::last_before(&mut *db, from).await? + 1,
    };
    let mut last = size.min(before.map_or(i64::MAX, |before| before.saturating_sub(1)));
    if let Some(until) = filter.until {
        last = last.min(store::page::last_before(&mut *db, until).await?);
    }
    let actors = match &filter.actor {
        None => None,
        Some(name) => {
            let mut actors = store::page::actors_of(&mut *db, name).await?;
            actors.push(name.clone());
            Some(actors)
        }
    };
    let wanted = store::page::Wanted { first, last, action: filter.action.as_deref(), actors: actors.as_deref() };
    let mut entries = store::page::newest(&mut *db, &wanted, limit + 1).await?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > limit);
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let people: Vec<Uuid> = entries.iter().filter_map(person).collect();
    Ok(LedgerPage {
        next: entries.last().filter(|_| more).map(|entry| entry.seq),
        names: store::page::names(&mut *db, &people).await?,
        actions: store::page::actions(&mut *db).await?,
        size,
        check: store::checks::newest(&mut *db, at).await?,
        anchors: store::anchors::newest(db, at).await?,
        entries,
    })
}

/// The person that an entry's actor names by their id.
fn person(entry: &LedgerEntry) -> Option<Uuid> {
    entry.actor.strip_prefix("person:")?.parse().ok()
}
