//! A check with everything that its results rest on, down to the versions of the objects that were read.

use super::{
    detail::on_every_cluster,
    evidence::Evidence,
    store::{self, ScanObjects},
};
use crate::{findings, history};
use model::{
    Instant,
    catalogue::{Catalogue, Strength},
    ids::{CheckId, ClusterId},
    views::{CheckDetail, ObjectPage, ObjectsRead},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Findings that a check's page shows.
const WORST_FINDINGS: i64 = 50;
/// Objects of a list that one page shows.
pub const OBJECTS_A_PAGE: usize = 200;

/// A check at an instant over the clusters named (all where `clusters` is empty); `None` where there is no such check.
pub async fn check(
    db: &mut PgConnection,
    id: &CheckId,
    at: Instant,
    clusters: &[String],
) -> Result<Option<CheckDetail>, sqlx::Error> {
    let Some(check) = Catalogue::current().check(id) else {
        return Ok(None);
    };
    let evidence = Evidence::load(db, at, clusters).await?;
    let scope: Vec<Uuid> = evidence.clusters.iter().map(|row| row.id).collect();
    let findings = findings::worst(db, &scope, std::slice::from_ref(&id.0), WORST_FINDINGS, at).await?;
    let mut objects = Vec::new();
    let read = store::objects_read(db, &scope, check.source, at).await?;
    let lost = |id: &Uuid| {
        evidence.lost_reading(ClusterId(*id), check.source) && read.iter().all(|objects| objects.cluster != *id)
    };
    let objects_not_retained = scope.iter().any(lost);
    for ScanObjects { cluster, lists } in read {
        let Some(row) = evidence.clusters.iter().find(|row| row.id == cluster) else { continue };
        objects.extend(lists.into_iter().map(|list| ObjectsRead {
            cluster: row.cluster_name(),
            resource: list.resource,
            fetched_at: list.fetched_at,
            confirmed_at: list.confirmed_at,
            objects: list.objects,
            digest: list.digest,
        }));
    }
    objects.sort_by(|a, b| (&a.cluster.name, &a.resource).cmp(&(&b.cluster.name, &b.resource)));
    Ok(Some(CheckDetail {
        check: id.clone(),
        results: on_every_cluster(&evidence, &[(check, Strength::Supporting)], None),
        objects,
        objects_not_retained,
        findings,
        open_findings: evidence.open_findings(|count| count.check == id.0),
    }))
}

/// Some objects of a list that is kept, from the one at `from`; `None` where no such list had been read by an instant.
pub async fn objects(
    db: &mut PgConnection,
    digest: Uuid,
    from: usize,
    at: Instant,
) -> Result<Option<ObjectPage>, sqlx::Error> {
    let Some(objects) = history::objects(db, digest, at).await? else {
        return Ok(None);
    };
    let total = objects.len();
    let objects = objects.into_iter().skip(from).take(OBJECTS_A_PAGE).collect();
    Ok(Some(ObjectPage { digest, total, from, objects }))
}
