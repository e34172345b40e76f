//! The objects that a reading rested on: kept once for all readings that saw the same.

use super::sightings;
use crate::db::integer;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::{
    Instant,
    ids::ClusterId,
    scan::{ObjectBody, ObjectList, ObjectRef},
};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use std::{
    collections::{BTreeMap, HashSet},
    io::{Read, Write},
};
use uuid::Uuid;

/// A list in the scan log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The resource.
    pub(crate) resource: String,
    /// When all of it had been given.
    pub(crate) fetched_at: Instant,
    /// When its versions were confirmed, and what had changed was given; none where all of it was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) confirmed_at: Option<Instant>,
    /// How many objects.
    pub(crate) objects: i32,
    /// Where the objects are kept.
    pub(crate) digest: Uuid,
}

/// Keeps the lists and bodies that are not kept yet, and gives what the scan log says of all lists with objects. Notes when
/// each object was seen, unless the reading is superseded.
///
/// Whoever records goes in this order (lists, bodies, resources), each sorted: so that none waits for another in a ring.
pub(super) async fn keep(
    db: &mut PgConnection,
    cluster: ClusterId,
    lists: &[ObjectList],
    at: Instant,
    superseded: bool,
) -> Result<Json<Vec<Kept>>, sqlx::Error> {
    let entries = keep_lists(db, lists).await?;
    keep_bodies(db, lists, at).await?;
    if !superseded {
        sightings::note(db, cluster, lists, at).await?;
    }
    Ok(entries)
}

async fn keep_lists(db: &mut PgConnection, lists: &[ObjectList]) -> Result<Json<Vec<Kept>>, sqlx::Error> {
    let lists: Vec<&ObjectList> = lists.iter().filter(|list| !list.objects.is_empty()).collect();
    let entry = |list: &ObjectList| Kept {
        resource: list.resource.clone(),
        fetched_at: list.fetched_at,
        confirmed_at: list.confirmed_at,
        objects: integer(list.objects.len()),
        digest: list.digest(),
    };
    let entries: Vec<Kept> = lists.iter().copied().map(entry).collect();
    if entries.is_empty() {
        return Ok(Json(entries));
    }
    let digests: Vec<Uuid> = entries.iter().map(|entry| entry.digest).collect();
    let known = sqlx::query_scalar!("SELECT digest FROM object_list WHERE digest = ANY($1)", &digests);
    let mut known: HashSet<Uuid> = known.fetch_all(&mut *db).await?.into_iter().collect();
    for (list, entry) in lists.iter().zip(&entries) {
        if known.insert(entry.digest) {
            let body = packed(&list.objects)?;
            sqlx::query!(
                "INSERT INTO object_list (digest, objects, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                entry.digest,
                entry.objects,
                body,
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(Json(entries))
}

/// Keeps the bodies that are not there, or not any more.
async fn keep_bodies(db: &mut PgConnection, lists: &[ObjectList], at: Instant) -> Result<(), sqlx::Error> {
    let held: BTreeMap<Uuid, &ObjectBody> =
        lists.iter().flat_map(|list| &list.bodies).map(|body| (body.hash, body)).collect();
    let hashes: Vec<Uuid> = held.keys().copied().collect();
    if hashes.is_empty() {
        return Ok(());
    }
    let known = sqlx::query_scalar!("SELECT hash FROM object_body WHERE hash = ANY($1) AND body IS NOT NULL", &hashes);
    let known: HashSet<Uuid> = known.fetch_all(&mut *db).await?.into_iter().collect();
    for body in held.into_values().filter(|body| !known.contains(&body.hash)) {
        sqlx::query!(
            r"INSERT INTO object_body (hash, size, body, kept_at) VALUES ($1, $2, $3, $4)
              ON CONFLICT (hash) DO UPDATE SET body = excluded.body, kept_at = excluded.kept_at, dropped_at = NULL
                  WHERE object_body.body IS NULL",
            body.hash,
            integer(body.size),
            &*body.packed,
            at,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// What is kept of an object: its compressed JSON, or when that was dropped.
pub(crate) async fn body(db: &mut PgConnection, hash: Uuid) -> Result<Option<Result<Vec<u8>, Instant>>, sqlx::Error> {
    let row = sqlx::query!("SELECT body, dropped_at FROM object_body WHERE hash = $1", hash).fetch_optional(db).await?;
    row.map(|row| match (row.body, row.dropped_at) {
        (Some(body), _) => inflated(&body).map(Ok),
        (None, Some(at)) => Ok(Err(at)),
        (None, None) => Err(sqlx::Error::Decode("a body that is neither there nor dropped".into())),
    })
    .transpose()
}

/// The objects of a list; `None` where no such list is kept, or nobody had read it by an instant. One that was read before
/// it was noted when is told at any.
pub(crate) async fn objects(
    db: &mut PgConnection,
    digest: Uuid,
    at: Instant,
) -> Result<Option<Vec<ObjectRef>>, sqlx::Error> {
    let body = sqlx::query_scalar!(
        r"SELECT body FROM object_list
          WHERE digest = $1
            AND coalesce((SELECT min(valid_from) <= $2 FROM object_list_seen WHERE digest = $1), true)",
        digest,
        at,
    )
    .fetch_optional(db)
    .await?;
    body.map(|body| unpacked(&body)).transpose()
}

fn packed(objects: &[ObjectRef]) -> Result<Vec<u8>, sqlx::Error> {
    let json = serde_json::to_vec(objects).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json).and_then(|()| encoder.finish()).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn unpacked(body: &[u8]) -> Result<Vec<ObjectRef>, sqlx::Error> {
    serde_json::from_slice(&inflated(body)?).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn inflated(body: &[u8]) -> Result<Vec<u8>, sqlx::Error> {
    let mut json = Vec::new();
    DeflateDecoder::new(body).read_to_end(&mut json).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let object = |name: &str| ObjectRef {
            namespace: (name == "a").then(|| "shop".into()),
            name: name.into(),
            version: "12".into(),
            hash: "00ff".into(),
            owner: (name == "b").then(|| ("Deployment".into(), "web".into())),
            kept: None,
        };
        let objects = vec![object("a"), object("b")];
        assert_eq!(unpacked(&packed(&objects).expect("packs")).expect("unpacks"), objects);
    }
}
