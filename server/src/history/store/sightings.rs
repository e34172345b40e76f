//! When each object was seen, as intervals: written where a list is another than the one before.

use crate::history::just_after;
use model::{
    Instant,
    ids::ClusterId,
    scan::{ObjectList, ObjectRef},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// The list of a resource that is in force.
struct Current {
    digest: Uuid,
    fetched_at: Instant,
    valid_from: Instant,
}

/// Notes what lists show that is not known. Sources read some lists together and others each for itself: of two, the one
/// that was read later counts.
pub(super) async fn note(
    db: &mut PgConnection,
    cluster: ClusterId,
    lists: &[ObjectList],
    at: Instant,
) -> Result<(), sqlx::Error> {
    let digests: Vec<(&ObjectList, Uuid)> = lists.iter().map(|list| (list, list.digest())).collect();
    let known = current(db, cluster, &digests).await?;
    let is_known = |list: &ObjectList, digest| match known.get(&list.resource) {
        Some(current) => current.digest == digest || current.fetched_at > list.fetched_at,
        // That there is none where there never was one is no news.
        None => list.objects.is_empty(),
    };
    let mut changed: Vec<(&ObjectList, Uuid)> =
        digests.into_iter().filter(|(list, digest)| !is_known(list, *digest)).collect();
    changed.sort_unstable_by(|(a, _), (b, _)| a.resource.cmp(&b.resource));
    for (list, digest) in changed {
        lock(db, cluster, &list.resource).await?;
        // Read again: whoever held the lock may have noted it.
        let current = current(db, cluster, &[(list, digest)]).await?.remove(&list.resource);
        if current.as_ref().is_some_and(|current| current.digest == digest || current.fetched_at > list.fetched_at) {
            continue;
        }
        let at = just_after(current.map(|current| current.valid_from), at);
        note_list(db, cluster, list, digest, at).await?;
        note_objects(db, cluster, list, at).await?;
    }
    Ok(())
}

async fn lock(db: &mut PgConnection, cluster: ClusterId, resource: &str) -> Result<(), sqlx::Error> {
    let (cluster, resource) = (cluster.to_string(), format!("objects of {resource}"));
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))", cluster, resource).execute(db).await?;
    Ok(())
}

async fn current(
    db: &mut PgConnection,
    cluster: ClusterId,
    lists: &[(&ObjectList, Uuid)],
) -> Result<HashMap<String, Current>, sqlx::Error> {
    if lists.is_empty() {
        return Ok(HashMap::new());
    }
    let resources: Vec<String> = lists.iter().map(|(list, _)| list.resource.clone()).collect();
    let rows = sqlx::query!(
        r"SELECT resource, digest, fetched_at, valid_from FROM object_list_seen
          WHERE cluster_id = $1 AND resource = ANY($2) AND valid_to IS NULL",
        cluster.0,
        &resources,
    )
    .fetch_all(db)
    .await?;
    let current = rows.into_iter().map(|row| {
        (row.resource, Current { digest: row.digest, fetched_at: row.fetched_at, valid_from: row.valid_from })
    });
    Ok(current.collect())
}

async fn note_list(
    db: &mut PgConnection,
    cluster: ClusterId,
    list: &ObjectList,
    digest: Uuid,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE object_list_seen SET valid_to = $3 WHERE cluster_id = $1 AND resource = $2 AND valid_to IS NULL",
        cluster.0,
        list.resource,
        at,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r"INSERT INTO object_list_seen (cluster_id, resource, digest, fetched_at, valid_from) VALUES ($1, $2, $3, $4, $5)",
        cluster.0,
        list.resource,
        digest,
        list.fetched_at,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

type Place<'a> = (&'a str, &'a str);

async fn note_objects(
    db: &mut PgConnection,
    cluster: ClusterId,
    list: &ObjectList,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let open = sqlx::query!(
        "SELECT id, namespace, name, hash FROM object_seen WHERE cluster_id = $1 AND resource = $2 AND valid_to IS NULL",
        cluster.0,
        list.resource,
    )
    .fetch_all(&mut *db)
    .await?;
    // Of two of one name, which pages of a list that changes may hold, the last counts.
    let now: HashMap<Place<'_>, &ObjectRef> = list
        .objects
        .iter()
        .map(|object| ((object.namespace.as_deref().unwrap_or_default(), object.name.as_str()), object))
        .collect();
    let before: HashMap<Place<'_>, Option<Uuid>> =
        open.iter().map(|row| ((row.namespace.as_str(), row.name.as_str()), row.hash)).collect();
    let is_same = |place: Place<'_>, hash| now.get(&place).is_some_and(|object| object.address() == hash);
    let ended: Vec<i64> =
        open.iter().filter(|row| !is_same((&row.namespace, &row.name), row.hash)).map(|row| row.id).collect();
    if !ended.is_empty() {
        sqlx::query!("UPDATE object_seen SET valid_to = $2 WHERE id = ANY($1)", &ended, at).execute(&mut *db).await?;
    }
    let mut new: Vec<(&Place<'_>, &&ObjectRef)> =
        now.iter().filter(|(place, object)| before.get(*place) != Some(&object.address())).collect();
    new.sort_unstable_by_key(|(place, _)| **place);
    insert(db, cluster, list, &new, at).await
}

async fn insert(
    db: &mut PgConnection,
    cluster: ClusterId,
    list: &ObjectList,
    new: &[(&Place<'_>, &&ObjectRef)],
    at: Instant,
) -> Result<(), sqlx::Error> {
    if new.is_empty() {
        return Ok(());
    }
    let namespaces: Vec<String> = new.iter().map(|((namespace, _), _)| (*namespace).to_owned()).collect();
    let names: Vec<String> = new.iter().map(|((_, name), _)| (*name).to_owned()).collect();
    let owner = |of: fn(&(String, String)) -> &String| -> Vec<Option<String>> {
        new.iter().map(|(_, object)| object.owner.as_ref().map(|owner| of(owner).clone())).collect()
    };
    let (owner_kinds, owner_names) = (owner(|(kind, _)| kind), owner(|(_, name)| name));
    let hashes: Vec<Option<Uuid>> = new.iter().map(|(_, object)| object.address()).collect();
    sqlx::query!(
        r"INSERT INTO object_seen (cluster_id, resource, kind, namespace, name, owner_kind, owner_name, hash, valid_from)
          SELECT $1, $2, $3, n.namespace, n.name, n.owner_kind, n.owner_name, n.hash, $4
          FROM UNNEST($5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[])
               AS n (namespace, name, owner_kind, owner_name, hash)",
        cluster.0,
        list.resource,
        list.kind,
        at,
        &namespaces,
        &names,
        &owner_kinds as _,
        &owner_names as _,
        &hashes as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
