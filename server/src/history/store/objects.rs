//! The objects that a reading rested on: kept once for all readings that saw the same.

use crate::db::integer;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::{
    Instant,
    scan::{ObjectList, ObjectRef},
};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use std::{
    collections::HashSet,
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

/// Keeps the lists that are not kept yet, and gives what the scan log says of all of them.
pub(super) async fn keep(db: &mut PgConnection, lists: &[ObjectList]) -> Result<Json<Vec<Kept>>, sqlx::Error> {
    let entry = |list: &ObjectList| Kept {
        resource: list.resource.clone(),
        fetched_at: list.fetched_at,
        confirmed_at: list.confirmed_at,
        objects: integer(list.objects.len()),
        digest: list.digest(),
    };
    let entries: Vec<Kept> = lists.iter().map(entry).collect();
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

/// The objects of a list; `None` where no such list is kept.
pub(crate) async fn objects(db: &mut PgConnection, digest: Uuid) -> Result<Option<Vec<ObjectRef>>, sqlx::Error> {
    let body = sqlx::query_scalar!("SELECT body FROM object_list WHERE digest = $1", digest).fetch_optional(db).await?;
    body.map(|body| unpacked(&body)).transpose()
}

fn packed(objects: &[ObjectRef]) -> Result<Vec<u8>, sqlx::Error> {
    let json = serde_json::to_vec(objects).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json).and_then(|()| encoder.finish()).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn unpacked(body: &[u8]) -> Result<Vec<ObjectRef>, sqlx::Error> {
    let mut json = Vec::new();
    DeflateDecoder::new(body).read_to_end(&mut json).map_err(|error| sqlx::Error::Decode(error.into()))?;
    serde_json::from_slice(&json).map_err(|error| sqlx::Error::Decode(error.into()))
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
        };
        let objects = vec![object("a"), object("b")];
        assert_eq!(unpacked(&packed(&objects).expect("packs")).expect("unpacks"), objects);
    }
}
