//! What a cluster leaves behind when it leaves the configuration: its findings stay as they are, and no longer count as open.

use super::{
    just_after,
    store::{
        self,
        daily::{self, DayCounts},
    },
};
use crate::days;
use model::{Instant, ids::ClusterId, source::Source};
use sqlx::PgConnection;

/// `at`, or just after everything known of a cluster. Holds the cluster's sources until the transaction ends.
pub(crate) async fn departed_at(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
) -> Result<Instant, sqlx::Error> {
    let mut at = at;
    let mut sources: Vec<&str> = Source::ALL.iter().map(|source| source.as_str()).collect();
    sources.sort_unstable();
    for source in sources {
        store::lock_source(db, cluster, source).await?;
        at = just_after(store::source_changed_at(db, cluster, source).await?, at);
    }
    Ok(at)
}

/// Counts the cluster's open findings as gone with it; call it after [`departed_at`], in the same transaction.
pub(crate) async fn depart(db: &mut PgConnection, cluster: ClusterId, at: Instant) -> Result<(), sqlx::Error> {
    let zone = days::current(db).await?;
    for source in Source::ALL {
        let open = daily::open(db, cluster, source.as_str()).await?;
        let gone = open.into_iter().map(|(key, departed)| (key, DayCounts { departed, ..DayCounts::default() }));
        daily::add(db, zone, cluster, source.as_str(), &gone.collect(), at).await?;
    }
    Ok(())
}
