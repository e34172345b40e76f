//! Which catalogue was in force when.
//!
//! Reads: the catalogue of this process. Writes: a row at start, where it is another than before. Never: a catalogue's
//! content; the digest tells whether two instants were judged by the same.

mod store;

pub use store::InForce;

use crate::{history, settle};
use model::{Instant, catalogue::Catalogue};
use sqlx::{PgConnection, PgPool};
use std::sync::OnceLock;
use uuid::Uuid;

/// Notes that the catalogue of this process is in force from `at` on; nothing where it is already.
pub async fn note(pool: &PgPool, at: Instant) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    store::lock(&mut tx).await?;
    let newest = store::newest(&mut tx).await?;
    let digest = current();
    if newest.as_ref().is_none_or(|known| known.digest != digest) {
        let at = history::just_after(newest.map(|known| known.since), at);
        store::insert(&mut tx, at, digest, env!("CARGO_PKG_VERSION")).await?;
    }
    tx.commit().await
}

/// The digest of the catalogue of this process, worked out once.
pub fn current() -> Uuid {
    static DIGEST: OnceLock<Uuid> = OnceLock::new();
    *DIGEST.get_or_init(|| Catalogue::current().digest())
}

/// The catalogue in force at an instant; `None` before the first that was noted.
pub async fn in_force(db: &mut PgConnection, at: Instant) -> Result<Option<InForce>, sqlx::Error> {
    store::at(db, at).await
}
