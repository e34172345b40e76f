//! Who may do what, as a reading saw it: kept once for all readings that saw the same.

use crate::db::integer;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::access::AccessReview;
use sqlx::PgConnection;
use std::io::{Read, Write};
use uuid::Uuid;

/// Bytes of a review at most when it is unpacked: many times what the most grants of the longest names usual take.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Keeps a review that is not kept yet, and gives its digest.
pub(super) async fn keep(db: &mut PgConnection, review: &AccessReview) -> Result<Uuid, sqlx::Error> {
    let digest = review.digest();
    let known = sqlx::query_scalar!("SELECT digest FROM access_review WHERE digest = $1", digest);
    if known.fetch_optional(&mut *db).await?.is_none() {
        sqlx::query!(
            r"INSERT INTO access_review (digest, grants, left_out, is_complete, body) VALUES ($1, $2, $3, $4, $5)
              ON CONFLICT DO NOTHING",
            digest,
            integer(review.grants.len()),
            integer(review.left_out),
            review.is_complete,
            packed(review)?,
        )
        .execute(db)
        .await?;
    }
    Ok(digest)
}

/// The review of a digest; `None` where no such review is kept.
pub(crate) async fn review(db: &mut PgConnection, digest: Uuid) -> Result<Option<AccessReview>, sqlx::Error> {
    let body =
        sqlx::query_scalar!("SELECT body FROM access_review WHERE digest = $1", digest).fetch_optional(db).await?;
    body.map(|body| unpacked(&body)).transpose()
}

fn packed(review: &AccessReview) -> Result<Vec<u8>, sqlx::Error> {
    let json = serde_json::to_vec(review).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json).and_then(|()| encoder.finish()).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn unpacked(body: &[u8]) -> Result<AccessReview, sqlx::Error> {
    let mut json = Vec::new();
    let read = DeflateDecoder::new(body).take(MOST_BYTES).read_to_end(&mut json);
    read.map_err(|error| sqlx::Error::Decode(error.into()))?;
    serde_json::from_slice(&json).map_err(|error| sqlx::Error::Decode(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::access::{Grant, Right, SubjectKind};

    #[test]
    fn what_is_packed_comes_back() {
        let grant = |subject: &str| Grant {
            kind: SubjectKind::User,
            subject: subject.into(),
            namespace: (subject == "a").then(|| "shop".into()),
            role: "Role/r".into(),
            binding: "RoleBinding/b".into(),
            rights: [Right::EnterPods, Right::Read].into(),
            is_system: false,
        };
        let review = AccessReview::of([grant("a"), grant("b")], false);
        assert_eq!(unpacked(&packed(&review).expect("packs")).expect("unpacks"), review);
    }
}
