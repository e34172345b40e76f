//! The background builder: takes packs from the queue, one at a time.

use super::{build::build, signer::Signer, store};
use crate::{app::App, clock::Clock, ledger};
use model::ids::PackId;
use pack::ledger::sha256;
use serde::Serialize;
use sqlx::PgPool;
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often the queue is looked at while it is empty.
const LOOK: Duration = Duration::from_secs(1);

#[derive(Serialize)]
struct Built<'a> {
    pack: PackId,
    sha256: &'a str,
    size: usize,
    key: &'a str,
}

/// Builds packs until the server stops. Idempotent, and at home on any number of servers: a pack that a crashed one was
/// building is taken up by the next that looks.
pub async fn work(app: App, shutdown: CancellationToken) {
    loop {
        let done = tokio::select! {
            () = shutdown.cancelled() => return,
            done = work_once(&app.db, &app.clock, &app.signer) => done,
        };
        match done {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = error.to_string(), "looking for packs to build"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Builds the pack whose turn it is; tells whether there was one.
pub async fn work_once(pool: &PgPool, clock: &Clock, signer: &Arc<Signer>) -> Result<bool, sqlx::Error> {
    let Some(claimed) = store::claim(pool, clock.now()).await? else {
        return Ok(false);
    };
    // Held while the pack is built: the lock goes with its builder.
    let mut held = pool.begin().await?;
    if !store::hold(&mut held, claimed.id).await? {
        return Ok(true);
    }
    let built = if claimed.attempts > store::MAX_ATTEMPTS {
        Err(anyhow::anyhow!("its builder stopped {} times in the middle of it", store::MAX_ATTEMPTS))
    } else {
        build(pool, &claimed.scope, Arc::clone(signer)).await.map_err(anyhow::Error::from)
    };
    match built {
        Ok(archive) => {
            let digest = hex::encode(sha256(&archive));
            store::ready(&mut held, claimed.id, &archive, &digest).await?;
            let entry = Built { pack: claimed.id, sha256: &digest, size: archive.len(), key: &signer.key_id() };
            ledger::append(&mut held, clock.now(), "system", "pack.build", &entry).await?;
            tracing::info!(pack = %claimed.id, bytes = archive.len(), "pack built");
        }
        Err(error) => {
            let error_id = uuid::Uuid::new_v4().simple().to_string();
            tracing::error!(pack = %claimed.id, error_id, error = format!("{error:#}"), "pack failed");
            store::failed(&mut held, claimed.id, &error_id).await?;
        }
    }
    held.commit().await?;
    Ok(true)
}
