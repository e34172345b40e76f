//! Asking for packs, looking at them, fetching them.

use super::{scope::canonical, store};
use crate::{db::new_id, decisions::Actor, error::Result, ledger, settle};
use model::{
    Instant,
    ids::{PackId, PersonId},
    views::{PackRow, PackScope},
};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};

/// A pack as it is fetched.
#[derive(Clone, Debug)]
pub struct Archive {
    /// A name for the file: letters, digits, dashes, one dot.
    pub file_name: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// The ZIP archive.
    pub bytes: Vec<u8>,
}

#[derive(Serialize)]
struct Asked<'a> {
    pack: PackId,
    person: PersonId,
    scope: &'a PackScope,
}

#[derive(Serialize)]
struct Fetched<'a> {
    pack: PackId,
    person: PersonId,
    sha256: &'a str,
}

/// Asks for a pack; it is built in the background. From here on nothing more is recorded at or before its instant.
pub async fn request(pool: &PgPool, scope: &PackScope, by: &Actor, now: Instant) -> Result<PackId> {
    let scope = canonical(&mut *pool.acquire().await?, scope, now).await?;
    settle::close(pool, scope.as_of).await?;
    let mut transaction = pool.begin().await?;
    let at = settle::join(&mut transaction, now).await?;
    let pack = PackId(new_id(at));
    store::insert(&mut transaction, pack, &scope, by.person, at).await?;
    let asked = Asked { pack, person: by.person, scope: &scope };
    ledger::append(&mut transaction, at, &by.name, "pack.create", &asked).await?;
    transaction.commit().await?;
    Ok(pack)
}

/// Packs asked for until an instant, newest first (200 at most).
pub async fn list(db: &mut PgConnection, at: Instant) -> Result<Vec<PackRow>> {
    Ok(store::rows(db, None, at).await?)
}

/// One pack.
pub async fn status(db: &mut PgConnection, id: PackId, at: Instant) -> Result<Option<PackRow>> {
    Ok(store::rows(db, Some(id), at).await?.pop())
}

/// The bytes of a pack, without a word in the ledger; `None` where there is none that is ready.
pub async fn archive(db: &mut PgConnection, id: PackId) -> Result<Option<Archive>> {
    Ok(store::archive(db, id).await?.map(|(bytes, sha256, as_of)| Archive {
        file_name: format!("bevis-pack-{}.zip", as_of.format("%Y%m%dT%H%M%SZ")),
        sha256,
        bytes,
    }))
}

/// The bytes of a pack for a person; the ledger tells who fetched what.
pub async fn download(pool: &PgPool, id: PackId, by: &Actor, now: Instant) -> Result<Option<Archive>> {
    let mut transaction = pool.begin().await?;
    let Some(archive) = archive(&mut transaction, id).await? else {
        return Ok(None);
    };
    let fetched = Fetched { pack: id, person: by.person, sha256: &archive.sha256 };
    ledger::append(&mut transaction, now, &by.name, "pack.download", &fetched).await?;
    transaction.commit().await?;
    Ok(Some(archive))
}
