//! The SQL of what arrives.

use crate::db::integer;
use crate::intake::{
    ARRIVED, Sender,
    batch::{Grouped, Report, Says},
    receive::Arrival,
};
use model::{Instant, ids::ClusterId};
use sqlx::{PgConnection, PgPool, types::Json};
use std::collections::HashSet;
use uuid::Uuid;

/// The first half of the lock of a cluster's chain; the second is of the cluster.
const CHAIN_LOCK: i32 = 0x6261_6368;

/// Held while a batch is added, so that a cluster's chain has one end.
pub(in crate::intake) async fn lock_chain(db: &mut PgConnection, cluster: ClusterId) -> Result<(), sqlx::Error> {
    let cluster = cluster.to_string();
    sqlx::query!("SELECT pg_advisory_xact_lock($1, hashtext($2))", CHAIN_LOCK, cluster).execute(db).await?;
    Ok(())
}

/// Tells whoever listens, when the transaction is done, that something came.
pub(in crate::intake) async fn tell(db: &mut PgConnection, sender: &Sender) -> Result<(), sqlx::Error> {
    let payload = format!("{} {}", sender.cluster, sender.source);
    sqlx::query!("SELECT pg_notify($1, $2)", ARRIVED, payload).execute(db).await?;
    Ok(())
}

/// Whether the same body came before; then it is noted that it came again.
pub(in crate::intake) async fn touch(db: &mut PgConnection, arrival: &Arrival<'_>) -> Result<bool, sqlx::Error> {
    let touched = sqlx::query!(
        "UPDATE intake_delivery SET sent_again_at = $4 WHERE cluster_id = $1 AND source = $2 AND sha256 = $3",
        arrival.sender.cluster.0,
        arrival.sender.source.as_str(),
        &arrival.batch.sha256[..],
        arrival.at,
    );
    Ok(touched.execute(db).await?.rows_affected() > 0)
}

/// Notes a body. Two that arrive at the same instant count as one that came twice.
pub(in crate::intake) async fn insert(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    (taken, repeated, refused): (i32, i32, i32),
    newest_at: Option<Instant>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r"INSERT INTO intake_delivery
              (cluster_id, source, token_id, received_at, sha256, bytes, taken, repeated, refused, newest_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
          ON CONFLICT (cluster_id, source, sha256) DO UPDATE SET sent_again_at = excluded.received_at
          RETURNING id",
        arrival.sender.cluster.0,
        arrival.sender.source.as_str(),
        arrival.sender.token,
        arrival.at,
        &arrival.batch.sha256[..],
        integer(arrival.bytes),
        taken,
        repeated,
        refused,
        newest_at,
    )
    .fetch_one(db)
    .await
}

/// Counts a body that was refused as a whole.
pub(in crate::intake) async fn note_refused(pool: &PgPool, sender: &Sender, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO intake_refused AS known (cluster_id, source, minute, bodies, last_at)
          VALUES ($1, $2, date_trunc('minute', $3::timestamptz), 1, $3)
          ON CONFLICT (cluster_id, source, minute) DO UPDATE
          SET bodies = least(known.bodies, 1000000) + 1, last_at = greatest(known.last_at, excluded.last_at)",
        sender.cluster.0,
        sender.source.as_str(),
        at,
    )
    .execute(pool)
    .await
    .map(|_| ())
}

pub(in crate::intake) async fn insert_raw(
    db: &mut PgConnection,
    delivery: i64,
    at: Instant,
    body: &[u8],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO intake_raw (delivery_id, received_at, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        delivery,
        at,
        body
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those of the events that did not come before. The keys are sorted: all writers take rows in one order.
pub(in crate::intake) async fn new_events(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    keys: &[Uuid],
) -> Result<HashSet<Uuid>, sqlx::Error> {
    let new = sqlx::query_scalar!(
        r"INSERT INTO intake_event (cluster_id, source, key, received_at)
          SELECT $1, $2, key, $4 FROM UNNEST($3::uuid[]) AS key
          ON CONFLICT DO NOTHING
          RETURNING key",
        arrival.sender.cluster.0,
        arrival.sender.source.as_str(),
        keys,
        arrival.at,
    )
    .fetch_all(db)
    .await?;
    Ok(new.into_iter().collect())
}

/// Adds events to their groups.
pub(in crate::intake) async fn count_groups(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    groups: &[Grouped],
) -> Result<(), sqlx::Error> {
    if groups.is_empty() {
        return Ok(());
    }
    let keys: Vec<Uuid> = groups.iter().map(|group| group.key).collect();
    let rules: Vec<String> = groups.iter().map(|group| group.hit.rule.clone()).collect();
    let kinds: Vec<String> = groups.iter().map(|group| group.hit.subject.kind.clone()).collect();
    let namespaces: Vec<Option<String>> = groups.iter().map(|group| group.hit.subject.namespace.clone()).collect();
    let names: Vec<String> = groups.iter().map(|group| group.hit.subject.name.clone()).collect();
    let within: Vec<Option<String>> = groups.iter().map(|group| group.hit.subject.key.clone()).collect();
    let severities: Vec<i16> = groups.iter().map(|group| group.hit.severity.rank()).collect();
    let firsts: Vec<Instant> = groups.iter().map(|group| group.first_at).collect();
    let lasts: Vec<Instant> = groups.iter().map(|group| group.last_at).collect();
    let events: Vec<i64> = groups.iter().map(|group| group.events).collect();
    sqlx::query!(
        r"INSERT INTO event_group AS g (cluster_id, source, key, rule, subject_kind, subject_namespace, subject_name,
                                        subject_key, severity, first_at, last_at, events)
          SELECT $1, $2, n.* FROM UNNEST($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                                         $9::smallint[], $10::timestamptz[], $11::timestamptz[], $12::bigint[]) AS n
          ON CONFLICT (cluster_id, source, key) DO UPDATE
              SET severity = CASE WHEN excluded.last_at >= g.last_at THEN excluded.severity ELSE g.severity END,
                  last_at = greatest(g.last_at, excluded.last_at),
                  events = g.events + excluded.events",
        arrival.sender.cluster.0,
        arrival.sender.source.as_str(),
        &keys,
        &rules,
        &kinds,
        &namespaces as _,
        &names,
        &within as _,
        &severities,
        &firsts,
        &lasts,
        &events,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts reports in the place of those before them; how many say something new.
///
/// A report that is in force and comes again speaks for now. A message that came again is one that was sent twice.
pub(in crate::intake) async fn keep_reports(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    reports: &[Report],
    known: bool,
) -> Result<usize, sqlx::Error> {
    let kept: Vec<&Report> = reports.iter().filter(|report| !(known && report.is_message)).collect();
    let producers: Vec<String> = kept.iter().map(|report| report.producer.clone()).collect();
    let messages: Vec<bool> = kept.iter().map(|report| report.is_message).collect();
    let contents: Vec<Json<&Says>> = kept.iter().map(|report| Json(&report.says)).collect();
    let changed = sqlx::query_scalar!(
        r#"WITH before AS MATERIALIZED (
               SELECT producer, sha256 FROM pushed_report WHERE cluster_id = $1 AND source = $2
           ), kept AS (
               INSERT INTO pushed_report (cluster_id, source, producer, is_message, received_at, sha256, refused, content)
               SELECT DISTINCT ON (n.producer) $1, $2, n.producer, n.is_message, $3, $4, $5, n.content
               FROM UNNEST($6::text[], $7::boolean[], $8::jsonb[]) WITH ORDINALITY AS n (producer, is_message, content, place)
               ORDER BY n.producer, n.place DESC
               ON CONFLICT (cluster_id, source, producer) DO UPDATE
                   SET received_at = excluded.received_at, sha256 = excluded.sha256, refused = excluded.refused,
                       content = excluded.content
               RETURNING producer
           )
           SELECT count(*) AS "changed!" FROM kept k
           WHERE NOT EXISTS (SELECT FROM before b WHERE b.producer = k.producer AND b.sha256 = $4)"#,
        arrival.sender.cluster.0,
        arrival.sender.source.as_str(),
        arrival.at,
        &arrival.batch.sha256[..],
        integer(arrival.batch.refused),
        &producers,
        &messages,
        &contents as _,
    )
    .fetch_one(db)
    .await?;
    Ok(usize::try_from(changed).unwrap_or_default())
}

/// How many rows were dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Dropped {
    pub(in crate::intake) bodies: u64,
    pub(in crate::intake) deliveries: u64,
    pub(in crate::intake) groups: u64,
}

/// Forgets keys of events, which tell nothing but that an event comes again, and drops bodies, and groups with deliveries, each
/// from before its instant. In the order in which what arrives takes them, so that neither waits for the other for ever.
pub(in crate::intake) async fn forget(
    db: &mut PgConnection,
    keys: Instant,
    bodies: Instant,
    groups: Instant,
) -> Result<Dropped, sqlx::Error> {
    let of_bodies = sqlx::query!("DELETE FROM intake_raw WHERE received_at < $1", bodies).execute(&mut *db).await?;
    // The newest sign of life of each source stays: it says since when there is silence.
    let of_deliveries = sqlx::query!(
        r"DELETE FROM intake_delivery d
          WHERE d.received_at < $1
            AND NOT EXISTS (SELECT FROM intake_raw r WHERE r.delivery_id = d.id)
            AND EXISTS (SELECT FROM intake_delivery n
                        WHERE n.cluster_id = d.cluster_id AND n.source = d.source AND n.newest_at > coalesce(d.newest_at, '-infinity'))",
        groups,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("DELETE FROM intake_event WHERE received_at < $1", keys).execute(&mut *db).await?;
    // What was refused is a doubt until something was taken after it.
    sqlx::query!(
        r"DELETE FROM intake_refused x
          WHERE x.last_at < $1
            AND EXISTS (SELECT FROM intake_delivery n
                        WHERE n.cluster_id = x.cluster_id AND n.source = x.source AND n.received_at > x.last_at)",
        groups,
    )
    .execute(&mut *db)
    .await?;
    let of_groups = sqlx::query!("DELETE FROM event_group WHERE last_at < $1", groups).execute(db).await?;
    Ok(Dropped {
        bodies: of_bodies.rows_affected(),
        deliveries: of_deliveries.rows_affected(),
        groups: of_groups.rows_affected(),
    })
}
