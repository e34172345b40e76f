//! Builds a pack: loads everything of one snapshot, writes its files, signs.

use super::{evidence::Evidence, files, scope, signer::Signer, store};
use crate::{ledger::instant_text, retention, settle};
use model::views::PackScope;
use pack::write::{Content, write};
use sqlx::PgPool;
use std::sync::Arc;

/// Why a pack was not built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The evidence could not be loaded.
    #[error("loading the evidence: {0}")]
    Load(#[from] sqlx::Error),
    /// A trend could not be loaded, or what the pack speaks of was dropped since it was asked for.
    #[error("loading: {0}")]
    Told(#[from] crate::error::Error),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] files::FileError),
    /// The pack could not be written.
    #[error("writing the pack: {0}")]
    Write(#[from] pack::write::WriteError),
    /// The thread that writes came to grief.
    #[error("the thread that writes packs: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

/// The pack of a scope. The same scope, key and version of Bevis give the same bytes, whenever it is built.
pub async fn build(pool: &PgPool, scope: &PackScope, signer: Arc<Signer>) -> Result<Vec<u8>, BuildError> {
    settle::close(pool, scope.as_of).await?;
    let mut snapshot = pool.begin().await?;
    store::one_snapshot(&mut snapshot).await?;
    retention::refuse_dropped(&mut snapshot, scope.since.unwrap_or(scope.as_of)).await?;
    let evidence = Evidence::load(&mut snapshot, scope).await?;
    snapshot.commit().await?;
    // Typesetting and compressing take seconds of a core.
    tokio::task::spawn_blocking(move || packed(evidence, &signer)).await?
}

fn packed(evidence: Evidence, signer: &Signer) -> Result<Vec<u8>, BuildError> {
    let locale = scope::locale(&evidence.scope);
    let files = files::all(&evidence, locale)?;
    let of = &evidence.scope;
    let scope = pack::manifest::Scope {
        clusters: of.clusters.clone(),
        controls: of.controls.iter().map(|control| control.0.clone()).collect(),
        language: of.language.clone(),
        time_zone: of.time_zone.clone(),
    };
    let content = Content {
        as_of: instant_text(of.as_of),
        scope,
        product_version: env!("CARGO_PKG_VERSION").to_owned(),
        files,
        ledger: evidence.ledger,
    };
    Ok(write(content, signer.key())?)
}
