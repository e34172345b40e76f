//! What judging a cluster needs to know of the clusters that it is paired with.

use crate::access;
use model::{Instant, ids::ClusterId};
use sources::policy::SisterAdmins;
use sqlx::PgPool;

/// The clusters that a cluster is paired with, as they were read last; none where there is no database.
#[derive(Clone, Debug, Default)]
pub struct Sisters(Option<PgPool>);

impl Sisters {
    /// Those of a database.
    pub const fn of(pool: PgPool) -> Self {
        Self(Some(pool))
    }

    /// Who administers them, as far as it is known; `None` where there are none.
    pub(super) async fn administrators(&self, cluster: ClusterId, at: Instant) -> Option<SisterAdmins> {
        let asked = async {
            let Some(pool) = &self.0 else { return Ok(None) };
            access::administrators_of_sisters(&mut *pool.acquire().await?, cluster, at).await
        };
        asked.await.unwrap_or_else(|error: sqlx::Error| {
            tracing::warn!(%error, "who administers the clusters that one is paired with could not be looked up");
            Some(SisterAdmins::default())
        })
    }
}
