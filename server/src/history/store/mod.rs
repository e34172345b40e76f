//! The SQL of recording.

pub(crate) mod access;
pub(super) mod daily;
mod days;
pub(crate) mod objects;
pub(super) mod rekey;
pub(super) mod rollup;
mod sightings;
pub(super) mod unseen;

use super::{
    reconcile::{OpenInterval, OpenResult},
    record::just_after,
};
use crate::{
    days::Zone,
    db::{integer, large},
};
use model::{
    Instant,
    evaluation::{CheckResult, Observation},
    finding::{Fingerprint, Subject},
    ids::{ClusterId, ScanId},
    problem::{Problem, ProblemWord},
    scan::Scan,
    source::Source,
};
use sources::error::problem;
use sqlx::{PgConnection, types::Json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The rest of a scan's row: what recording it gave.
pub(super) struct ScanRow {
    pub(super) id: ScanId,
    pub(super) recorded_at: Instant,
    /// When the scan before it was recorded.
    pub(super) before: Option<Instant>,
    pub(super) digest: Option<Uuid>,
    pub(super) superseded: bool,
    pub(super) opened: i32,
    pub(super) closed: i32,
    pub(super) changed: i32,
}

/// A finding's id and identity, with the observation that opens it.
pub(super) type Opened<'a> = (Uuid, Fingerprint, &'a Observation);

/// What is known of a cluster's source before a scan is recorded.
pub(super) struct Last {
    /// When the newest scan that had an effect began.
    pub(super) started_at: Option<Instant>,
    /// Whether the newest scan that had an effect saw something.
    pub(super) saw_something: Option<bool>,
    /// What the newest judged scan saw.
    pub(super) digest: Option<Uuid>,
    /// When the newest scan was recorded.
    pub(super) recorded_at: Option<Instant>,
    /// Whether the cluster is no longer in the configuration: nothing of it counts as open then.
    pub(super) departed: bool,
    changed_at: Option<Instant>,
}

impl Last {
    /// `at`, or just after everything that is known, in PostgreSQL's microseconds.
    pub(super) fn next_instant(&self, at: Instant) -> Instant {
        just_after(self.changed_at, at)
    }
}

/// Waits for its turn with a cluster's source; lock several in the order of (cluster, source).
pub(in crate::history) async fn lock_source(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
) -> Result<(), sqlx::Error> {
    let cluster = cluster.to_string();
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))", cluster, source).execute(db).await?;
    Ok(())
}

/// Locks several sources at once, in the order given: whoever locks several gives them in ascending order.
pub(crate) async fn lock_sources(db: &mut PgConnection, sources: &[(ClusterId, String)]) -> Result<(), sqlx::Error> {
    let clusters = column(sources, |(cluster, _)| cluster.to_string());
    let names = column(sources, |(_, source)| source.clone());
    sqlx::query!(
        r"SELECT pg_advisory_xact_lock(hashtext(s.cluster), hashtext(s.source))
          FROM UNNEST($1::text[], $2::text[]) AS s (cluster, source)",
        &clusters,
        &names,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The instant of the newest thing known of a cluster's source.
pub(in crate::history) async fn source_changed_at(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
) -> Result<Option<Instant>, sqlx::Error> {
    sources_changed_at(db, &[(cluster, source.to_owned())]).await
}

/// The instant of the newest thing known of clusters' sources: a scan, a decision that moved a count, or that a cluster
/// left.
pub(crate) async fn sources_changed_at(
    db: &mut PgConnection,
    sources: &[(ClusterId, String)],
) -> Result<Option<Instant>, sqlx::Error> {
    let clusters = column(sources, |(cluster, _)| cluster.0);
    let names = column(sources, |(_, source)| source.clone());
    sqlx::query_scalar!(
        r"SELECT max(greatest(
              newest_scan_at(s.cluster, s.source),
              (SELECT max(valid_from) FROM open_findings
               WHERE cluster_id = s.cluster AND source = s.source AND valid_to IS NULL),
              (SELECT valid_to FROM cluster WHERE id = s.cluster)
          ))
          FROM UNNEST($1::uuid[], $2::text[]) AS s (cluster, source)",
        &clusters,
        &names,
    )
    .fetch_one(db)
    .await
}

/// Whether any reading was recorded by an instant, also one whose log was dropped since. It stops at the first that it meets.
pub(crate) async fn is_anything_known(db: &mut PgConnection, at: Instant) -> Result<bool, sqlx::Error> {
    let sources: Vec<String> = Source::ALL.iter().map(|source| source.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM cluster c
               CROSS JOIN UNNEST($2::text[]) AS s (source)
               CROSS JOIN LATERAL (
                   SELECT FROM scan WHERE cluster_id = c.id AND source = s.source AND recorded_at <= $1 LIMIT 1
               ) AS n
           ) OR EXISTS (SELECT FROM retention WHERE class = 'scan_log' AND dropped_from <= $1) AS "known!""#,
        at,
        &sources,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn last(db: &mut PgConnection, cluster: ClusterId, source: Source) -> Result<Last, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT n.started_at, n.saw_something, n.digest, n.recorded_at,
                  EXISTS (SELECT FROM cluster WHERE id = $1 AND valid_to IS NOT NULL) AS "departed!"
           FROM newest_scans($1, $2) AS n"#,
        cluster.0,
        source.as_str(),
    )
    .fetch_one(&mut *db)
    .await?;
    let changed_at = source_changed_at(db, cluster, source.as_str()).await?;
    Ok(Last {
        started_at: row.started_at,
        saw_something: row.saw_something,
        digest: row.digest,
        recorded_at: row.recorded_at,
        departed: row.departed,
        changed_at,
    })
}

/// Adds the scan's row to the log; the first of a day also closes the days before it.
pub(super) async fn insert_scan(
    db: &mut PgConnection,
    zone: Zone,
    scan: &Scan,
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    if row.before.is_some_and(|before| before.date_naive() < row.recorded_at.date_naive()) {
        days::close(&mut *db, scan, row.recorded_at.date_naive()).await?;
    }
    let error = log_error(scan, row.superseded);
    let objects = objects::keep(&mut *db, scan.cluster, &scan.objects, row.recorded_at, row.superseded).await?;
    let access = match scan.facts.access.as_ref().filter(|_| !row.superseded) {
        Some(review) => Some(access::keep(&mut *db, review).await?),
        None => None,
    };
    sqlx::query!(
        r"WITH day AS (
              INSERT INTO observed_day (zone_id, day, cluster_id, source)
              SELECT $17, $18, $2, $3 WHERE $11::uuid IS NOT NULL
              ON CONFLICT DO NOTHING
          ), day_of_cluster AS (
              INSERT INTO cluster_observed_day (zone_id, day, cluster_id)
              SELECT $17, $18, $2 WHERE $11::uuid IS NOT NULL
              ON CONFLICT DO NOTHING
          )
          INSERT INTO scan (id, cluster_id, source, started_at, ended_at, recorded_at, coverage, error, version, reads,
                            digest, superseded, opened, closed, changed, objects, requests, bytes, access, problems)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $19, $20, $21, $22)",
        row.id.0,
        scan.cluster.0,
        scan.source.as_str(),
        scan.started_at,
        scan.ended_at,
        row.recorded_at,
        scan.coverage.as_str(),
        error,
        scan.version,
        Json(&scan.reads) as _,
        row.digest,
        row.superseded,
        row.opened,
        row.closed,
        row.changed,
        objects as _,
        zone.id,
        zone.day_of(row.recorded_at),
        scan.traffic.map(|traffic| integer(traffic.requests)),
        scan.traffic.map(|traffic| large(traffic.bytes)),
        access,
        problems_of(scan, row.superseded) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What went wrong, in words for every language; none where nothing did.
fn problems_of(scan: &Scan, superseded: bool) -> Option<Json<Vec<Problem>>> {
    let note = superseded.then(|| problem(ProblemWord::Superseded, &[]));
    let problems: Vec<Problem> = note.into_iter().chain(scan.problems.iter().cloned()).collect();
    (!problems.is_empty()).then_some(Json(problems))
}

/// The error in the log, cut to what the column takes.
fn log_error(scan: &Scan, superseded: bool) -> Option<String> {
    let note = superseded.then_some("superseded: a scan that began later was recorded before this one");
    let parts: Vec<&str> = note.into_iter().chain(scan.error.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join("; ").chars().take(500).collect())
}

/// The open intervals of a cluster's source, by their fingerprints of a version; with what they are about where `subjects`.
pub(super) async fn open_intervals(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
    version: i16,
    subjects: bool,
) -> Result<Vec<OpenInterval>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT i.id, i.finding_id, i.check_id, coalesce(k.fingerprint, i.fingerprint) AS "fingerprint!", i.severity, i.hash,
                  f.subject_kind AS "subject_kind?", f.subject_namespace, f.subject_name AS "subject_name?", f.subject_key,
                  (u.finding_id IS NOT NULL) AS "unseen!"
           FROM finding_interval i
           LEFT JOIN finding f ON f.id = i.finding_id AND $4
           LEFT JOIN finding_key k ON k.finding_id = i.finding_id AND k.version = $3
           LEFT JOIN finding_unseen u ON u.cluster_id = $1 AND u.source = $2 AND u.finding_id = i.finding_id AND u.valid_to IS NULL
           WHERE i.cluster_id = $1 AND i.source = $2 AND i.valid_to IS NULL"#,
        cluster.0,
        source.as_str(),
        version,
        subjects,
    )
    .map(|row| OpenInterval {
        id: row.id,
        finding: row.finding_id,
        check: row.check_id,
        fingerprint: row.fingerprint,
        severity: row.severity,
        hash: row.hash,
        subject: row.subject_kind.zip(row.subject_name).map(|(kind, name)| Subject {
            kind,
            namespace: row.subject_namespace,
            name,
            key: row.subject_key,
        }),
        unseen: row.unseen,
    })
    .fetch_all(db)
    .await
}

/// The results in force of a cluster's source.
pub(super) async fn open_results(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
) -> Result<Vec<OpenResult>, sqlx::Error> {
    sqlx::query_as!(
        OpenResult,
        "SELECT id, check_id AS check, hash FROM check_result WHERE cluster_id = $1 AND source = $2 AND valid_to IS NULL",
        cluster.0, source.as_str(),
    )
    .fetch_all(db)
    .await
}

pub(super) async fn close_results(db: &mut PgConnection, ids: &[i64], row: &ScanRow) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE check_result SET valid_to = $2, closed_by = $3 WHERE id = ANY($1)",
        ids,
        row.recorded_at,
        row.id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_results(
    db: &mut PgConnection,
    scan: &Scan,
    results: &[&CheckResult],
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    if results.is_empty() {
        return Ok(());
    }
    let checks = column(results, |r| r.check.0.clone());
    let outcomes = column(results, |r| r.outcome.as_str().to_owned());
    let examined = column(results, |r| integer(r.examined));
    let failed = column(results, |r| integer(r.failed));
    let unread = column(results, |r| integer(r.unread));
    let reasons = column(results, |r| r.reason.clone());
    let details = column(results, |r| Json(&r.detail));
    let hashes = column(results, |r| r.digest());
    sqlx::query!(
        r"INSERT INTO check_result (cluster_id, source, check_id, outcome, examined, failed, unread, reason, detail, hash,
                                    valid_from, opened_by)
          SELECT $1, $2, r.check_id, r.outcome, r.examined, r.failed, r.unread, r.reason, r.detail, r.hash, $11, $12
          FROM UNNEST($3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[], $8::text[], $9::jsonb[], $10::uuid[])
               AS r (check_id, outcome, examined, failed, unread, reason, detail, hash)",
        scan.cluster.0, scan.source.as_str(), &checks, &outcomes, &examined, &failed, &unread, &reasons as _,
        &details as _, &hashes, row.recorded_at, row.id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends intervals; `continued` where the finding goes on failing in another way.
pub(super) async fn end_intervals(
    db: &mut PgConnection,
    ids: &[i64],
    continued: bool,
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE finding_interval SET valid_to = $2, closed_by = $3, continued = $4 WHERE id = ANY($1)",
        ids,
        row.recorded_at,
        row.id.0,
        continued,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which of the opened findings were there before: fingerprint to id.
pub(super) async fn known_findings(
    db: &mut PgConnection,
    cluster: ClusterId,
    opened: &[(Fingerprint, &Observation)],
    version: i16,
) -> Result<HashMap<Uuid, Uuid>, sqlx::Error> {
    if opened.is_empty() {
        return Ok(HashMap::new());
    }
    let fingerprints = column(opened, |(fingerprint, _)| fingerprint.0);
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", fingerprint AS "fingerprint!" FROM finding
           WHERE cluster_id = $1 AND fingerprint = ANY($2) AND fingerprint_version = $3
           UNION ALL
           SELECT k.finding_id, k.fingerprint FROM finding_key k
           WHERE k.cluster_id = $1 AND k.version = $3 AND k.fingerprint = ANY($2)
             AND NOT EXISTS (SELECT FROM finding_merged m WHERE m.finding_id = k.finding_id AND m.version = $3)"#,
        cluster.0,
        &fingerprints,
        version,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.fingerprint, row.id)).collect())
}

pub(super) async fn insert_findings(
    db: &mut PgConnection,
    scan: &Scan,
    new: &[Opened<'_>],
    version: i16,
    at: Instant,
) -> Result<(), sqlx::Error> {
    if new.is_empty() {
        return Ok(());
    }
    let ids = column(new, |(id, _, _)| *id);
    let fingerprints = column(new, |(_, fingerprint, _)| fingerprint.0);
    let checks = column(new, |(_, _, o)| o.check.0.clone());
    let kinds = column(new, |(_, _, o)| o.subject.kind.clone());
    let namespaces = column(new, |(_, _, o)| o.subject.namespace.clone());
    let names = column(new, |(_, _, o)| o.subject.name.clone());
    let keys = column(new, |(_, _, o)| o.subject.key.clone());
    sqlx::query!(
        r"INSERT INTO finding (id, cluster_id, source, check_id, fingerprint, fingerprint_version, subject_kind,
                               subject_namespace, subject_name, subject_key, first_seen_at)
          SELECT n.id, $1, $2, n.check_id, n.fingerprint, $3, n.kind, n.namespace, n.name, n.key, $4
          FROM UNNEST($5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
               AS n (id, fingerprint, check_id, kind, namespace, name, key)",
        scan.cluster.0,
        scan.source.as_str(),
        version,
        at,
        &ids,
        &fingerprints,
        &checks,
        &kinds,
        &namespaces as _,
        &names,
        &keys as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Opens an interval for findings that were not open: `opened_at` is now.
pub(super) async fn insert_opened(
    db: &mut PgConnection,
    scan: &Scan,
    opened: &[Opened<'_>],
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    if opened.is_empty() {
        return Ok(());
    }
    let ids = column(opened, |(id, _, _)| *id);
    let fingerprints = column(opened, |(_, fingerprint, _)| fingerprint.0);
    let checks = column(opened, |(_, _, o)| o.check.0.clone());
    let severities = column(opened, |(_, _, o)| o.severity.rank());
    let faults = column(opened, |(_, _, o)| o.fault.clone());
    let details = column(opened, |(_, _, o)| Json(&o.detail));
    let hashes = column(opened, |(_, _, o)| o.hash());
    sqlx::query!(
        r"INSERT INTO finding_interval (finding_id, cluster_id, source, check_id, fingerprint, severity, fault, detail, hash,
                                        opened_at, valid_from, opened_by)
          SELECT n.finding_id, $1, $2, n.check_id, n.fingerprint, n.severity, n.fault, n.detail, n.hash, $3, $3, $4
          FROM UNNEST($5::uuid[], $6::uuid[], $7::text[], $8::smallint[], $9::text[], $10::jsonb[], $11::uuid[])
               AS n (finding_id, fingerprint, check_id, severity, fault, detail, hash)",
        scan.cluster.0, scan.source.as_str(), row.recorded_at, row.id.0,
        &ids, &fingerprints, &checks, &severities, &faults, &details as _, &hashes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Opens the next interval of findings that changed: `opened_at` is that of the interval before.
pub(super) async fn insert_changed(
    db: &mut PgConnection,
    scan: &Scan,
    changed: &[(OpenInterval, &Observation)],
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    if changed.is_empty() {
        return Ok(());
    }
    let before = column(changed, |(interval, _)| interval.id);
    let severities = column(changed, |(_, o)| o.severity.rank());
    let faults = column(changed, |(_, o)| o.fault.clone());
    let details = column(changed, |(_, o)| Json(&o.detail));
    let hashes = column(changed, |(_, o)| o.hash());
    sqlx::query!(
        r"INSERT INTO finding_interval (finding_id, cluster_id, source, check_id, fingerprint, severity, fault, detail, hash,
                                        opened_at, valid_from, opened_by)
          SELECT b.finding_id, $1, $2, b.check_id, b.fingerprint, n.severity, n.fault, n.detail, n.hash, b.opened_at, $3, $4
          FROM UNNEST($5::bigint[], $6::smallint[], $7::text[], $8::jsonb[], $9::uuid[])
               AS n (before, severity, fault, detail, hash)
          JOIN finding_interval b ON b.id = n.before",
        scan.cluster.0, scan.source.as_str(), row.recorded_at, row.id.0,
        &before, &severities, &faults, &details as _, &hashes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those of the findings that somebody has dealt with, and when the newest decision among all of them was.
pub(super) async fn acknowledged(
    db: &mut PgConnection,
    findings: &[Uuid],
) -> Result<(HashSet<Uuid>, Option<Instant>), sqlx::Error> {
    if findings.is_empty() {
        return Ok((HashSet::new(), None));
    }
    let newest = sqlx::query!(
        r"SELECT DISTINCT ON (finding_id) finding_id, standing, decided_at
          FROM decision_finding
          WHERE finding_id = ANY($1)
          ORDER BY finding_id, decided_at DESC, decision_id DESC",
        findings,
    )
    .fetch_all(db)
    .await?;
    let decided_at = newest.iter().map(|row| row.decided_at).max();
    Ok((newest.into_iter().filter(|row| row.standing != "open").map(|row| row.finding_id).collect(), decided_at))
}

/// One column of many rows, as UNNEST takes it.
fn column<'a, T, C>(rows: &'a [T], value: impl Fn(&'a T) -> C) -> Vec<C> {
    rows.iter().map(value).collect()
}
