//! Objects for a pack: those that open findings are about, as they were, within a limit.

use super::{Written, store};
use crate::history;
use model::{Instant, ids::FindingId};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;

/// Bytes of JSON at most.
const LIMIT: usize = 32 << 20;

/// The objects of a pack.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    /// Bytes of JSON at most.
    limit_bytes: usize,
    /// Objects that did not find room.
    left_out: usize,
    objects: Vec<Exported>,
}

/// An object of a pack.
#[derive(Clone, Debug, Serialize)]
struct Exported {
    #[serde(flatten)]
    seen: store::Seen,
    /// Absent where the content was not kept, or is not retained.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
}

#[derive(Clone, Debug, Serialize)]
struct Content {
    object: Value,
    redacted: Vec<String>,
    dropped: Vec<String>,
}

/// The objects that findings were about at an instant, in the order of clusters, resources and names.
pub async fn export(
    db: &mut PgConnection,
    findings: impl Iterator<Item = FindingId>,
    at: Instant,
) -> Result<Export, sqlx::Error> {
    let findings: Vec<uuid::Uuid> = findings.map(|finding| finding.0).collect();
    let mut export = Export { limit_bytes: LIMIT, left_out: 0, objects: Vec::new() };
    let mut room = LIMIT;
    for seen in store::of_findings(db, &findings, at).await? {
        let body = match seen.hash.filter(|_| seen.kept) {
            Some(hash) => history::body(db, hash).await?.and_then(Result::ok),
            None => None,
        };
        let Some(left) = room.checked_sub(body.as_ref().map_or(0, Vec::len)) else {
            export.left_out += 1;
            continue;
        };
        room = left;
        let content = body.map(|json| serde_json::from_slice(&json)).transpose();
        let content = content.map_err(|error| sqlx::Error::Decode(error.into()))?;
        let content = content.map(|Written { object, redacted, dropped }| Content { object, redacted, dropped });
        export.objects.push(Exported { seen, content });
    }
    Ok(export)
}
