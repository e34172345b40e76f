//! Labels of namespaces and workloads, as far as policies name them to be kept.
//!
//! Reads and writes: what each object's kept labels were, as intervals, as far as they change. Never: ends what was known of
//! objects that were not read.

mod store;

pub(crate) use store::keys;

use model::{Instant, ids::ClusterId, labels::LabelsOfKind};
use sqlx::PgConnection;

/// Records the kept labels of a cluster's objects, as readings of all objects of some kinds saw them. The caller holds the
/// lock of the source that reads these kinds, and records later than it did before. What did not change writes nothing.
pub(crate) async fn record(
    db: &mut PgConnection,
    cluster: ClusterId,
    kinds: &[LabelsOfKind],
    at: Instant,
) -> Result<(), sqlx::Error> {
    for kind in kinds {
        let rows = store::Rows::of(kind);
        store::end(&mut *db, cluster, &rows, at).await?;
        store::begin(&mut *db, cluster, &rows, at).await?;
    }
    Ok(())
}
