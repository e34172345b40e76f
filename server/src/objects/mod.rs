//! Objects behind verdicts: what they were when they were seen.
//!
//! Reads: lists, sightings and bodies that history keeps. Writes: nothing. Never: shows a secret (they are taken out before
//! anything is kept), or an empty object where nothing was kept.

mod export;
mod specification;
mod store;

pub use export::{Export, export};

pub(crate) use specification::print;
pub(crate) use store::of_workload;

use crate::history;
use model::{
    Instant,
    ids::FindingId,
    scan::{Keeping, ObjectRef},
    views::{FindingObjects, ObjectContent, ObjectSighting, ObjectView},
};
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// An object of a list that is kept; `None` where no such list had been read by an instant, or has no such object.
pub async fn object(
    db: &mut PgConnection,
    digest: Uuid,
    namespace: Option<&str>,
    name: &str,
    at: Instant,
) -> Result<Option<ObjectView>, sqlx::Error> {
    let Some(objects) = history::objects(db, digest, at).await? else { return Ok(None) };
    let is_it = |object: &ObjectRef| object.namespace.as_deref() == namespace && object.name == name;
    let Some(object) = objects.into_iter().rfind(is_it) else { return Ok(None) };
    let list = store::list(db, digest, at).await?;
    let seen = match (&list, object.address()) {
        (Some(list), Some(hash)) => store::sightings(db, &list.resource, namespace, name, hash, at).await?,
        _ => Vec::new(),
    };
    let content = content(db, &object).await?;
    let (resource, fetched_at) = list.map(|list| (list.resource, list.fetched_at)).unzip();
    let (mut kinds, seen): (Vec<String>, Vec<ObjectSighting>) = seen.into_iter().unzip();
    Ok(Some(ObjectView {
        digest,
        resource,
        kind: kinds.pop(),
        namespace: object.namespace,
        name: object.name,
        version: object.version,
        hash: object.hash,
        fetched_at,
        seen,
        content,
    }))
}

/// The objects that a finding was about at an instant, and those that belong to it or report on it; `None` where there is
/// no such finding.
pub async fn of_finding(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> Result<Option<FindingObjects>, sqlx::Error> {
    let Some((cluster, subject)) = store::subject(db, finding).await? else { return Ok(None) };
    let objects = store::of_subject(db, cluster, &subject, at).await?;
    Ok(Some(FindingObjects { at, objects }))
}

/// What is kept, as it was written.
#[derive(Deserialize)]
struct Written {
    object: Value,
    redacted: Vec<String>,
    dropped: Vec<String>,
}

async fn content(db: &mut PgConnection, object: &ObjectRef) -> Result<ObjectContent, sqlx::Error> {
    // A later reading may have kept what the first one to see this list could not.
    let body = match object.address() {
        Some(hash) => history::body(db, hash).await?,
        None => None,
    };
    Ok(match (body, object.kept) {
        (Some(Ok(json)), _) => {
            let decode = |error: serde_json::Error| sqlx::Error::Decode(error.into());
            let Written { object, redacted, dropped } = serde_json::from_slice(&json).map_err(decode)?;
            ObjectContent::Kept { json: serde_json::to_string_pretty(&object).map_err(decode)?, redacted, dropped }
        }
        (Some(Err(dropped_at)), _) => ObjectContent::NotRetained { dropped_at },
        (None, None | Some(Keeping::Kept)) => ObjectContent::Unknown,
        (None, Some(why)) => ObjectContent::NotKept { why },
    })
}
