//! What has changed about findings since somebody looked.

use super::store::{self, Happened};
use model::{Instant, ids::FindingId, views::NewsOfFinding};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What happened to some findings after one instant and until another; those to which nothing did are left out.
///
/// # Errors
/// What PostgreSQL says.
pub async fn news(
    db: &mut PgConnection,
    findings: &[FindingId],
    since: Instant,
    at: Instant,
) -> Result<BTreeMap<FindingId, NewsOfFinding>, sqlx::Error> {
    let ids: Vec<Uuid> = findings.iter().map(|finding| finding.0).collect();
    let happened = store::happened(db, &ids, since, at).await?;
    Ok(happened.iter().filter_map(|row| Some((FindingId(row.finding), what(row)?))).collect())
}

/// The one thing that is told, where several happened: where it stands now before how it came there.
fn what(row: &Happened) -> Option<NewsOfFinding> {
    if row.closed {
        Some(NewsOfFinding::Closed)
    } else if row.opened {
        Some(if row.first_seen { NewsOfFinding::New } else { NewsOfFinding::Reopened })
    } else if row.changed {
        Some(NewsOfFinding::Changed)
    } else if row.decided {
        Some(NewsOfFinding::Decided)
    } else {
        None
    }
}
