//! Who administers the clusters that a cluster is paired with: its management cluster, or those that rely on it.

use super::reviewed;
use crate::{
    clusters::{self, Pairs},
    freshness,
};
use model::{
    Instant,
    access::{AccessReview, Right, SubjectKind},
    ids::ClusterId,
    source::Source,
};
use sources::policy::SisterAdmins;
use sqlx::PgConnection;

/// The people, and groups of people, who administer any of the clusters that one is paired with; `None` where it is paired
/// with none. They are not all where one of the clusters was not wholly read, or its reading is stale, or where a pair is not
/// known.
pub(crate) async fn administrators(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
) -> Result<Option<SisterAdmins>, sqlx::Error> {
    let (sisters, are_all) = sisters(db, cluster, at).await?;
    if sisters.is_empty() && are_all {
        return Ok(None);
    }
    let budget = freshness::History::load(db, at).await?.now(Source::Rbac, None);
    let mut known = SisterAdmins { are_all, ..SisterAdmins::default() };
    for sister in sisters {
        match reviewed(db, sister, at).await?.filter(|(reading, _)| at - reading.read_at <= budget) {
            Some((_, review)) => {
                known.are_all &= review.is_complete && review.left_out == 0;
                known.names.extend(of(&review));
            }
            None => known.are_all = false,
        }
    }
    Ok(Some(known))
}

/// The clusters that one is paired with, and whether that is all of them: a cluster that relies on a management cluster which is
/// not known may rely on any that others rely on.
async fn sisters(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
) -> Result<(Vec<ClusterId>, bool), sqlx::Error> {
    let rows = clusters::store::as_of(db, at, &[]).await?;
    let pairs = Pairs::among(&rows);
    let management = pairs.management_of(cluster.0).map(|(id, _)| id);
    let relies = |id: &uuid::Uuid| pairs.management_of(*id).is_some_and(|(of, _)| of == cluster.0);
    let rely: Vec<_> = rows.iter().map(|row| row.id).filter(relies).collect();
    let any_alone = rows.iter().any(|row| pairs.is_alone(row.id));
    let are_all = !pairs.is_alone(cluster.0) && (rely.is_empty() || !any_alone);
    Ok((management.into_iter().chain(rely).map(ClusterId).collect(), are_all))
}

fn of(review: &AccessReview) -> impl Iterator<Item = String> {
    let administers = review
        .grants
        .iter()
        .filter(|grant| grant.namespace.is_none() && !grant.is_system && grant.rights.contains(&Right::Everything));
    administers.filter_map(|grant| match grant.kind {
        SubjectKind::Group => Some(format!("Group:{}", grant.subject)),
        SubjectKind::User => Some(format!("User:{}", grant.subject)),
        SubjectKind::ServiceAccount => None,
    })
}
