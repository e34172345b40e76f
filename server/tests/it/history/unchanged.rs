//! An unchanged scan writes one row of the scan log and nothing else.

use super::*;

const CHECK: &str = "bak.enabled";
const FINDINGS: usize = 500;

/// Bytes of WAL that one row of the scan log and its commit may take.
const UNCHANGED: i64 = 4_096;
/// How long to wait for a moment in which no other test writes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(400);

/// Where every row of every table of history lies, and by which transaction it was written and ended (for a cluster only
/// written: the scan log's foreign key locks its row, and a lock is noted where an end would be).
async fn fingerprint_of_history(owner: &PgPool) -> Vec<(String, String)> {
    sqlx::query!(
        r#"SELECT 'finding' AS "name!", md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) AS "rows" FROM finding t
           UNION ALL SELECT 'finding_interval', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM finding_interval t
           UNION ALL SELECT 'check_result', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM check_result t
           UNION ALL SELECT 'open_findings', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM open_findings t
           UNION ALL SELECT 'cluster', md5(string_agg(t.ctid::text || t.xmin::text, ',' ORDER BY t.ctid)) FROM cluster t
           UNION ALL SELECT 'cluster_facts', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM cluster_facts t
           UNION ALL SELECT 'observed_day', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM observed_day t
           UNION ALL SELECT 'settled', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM settled t
           UNION ALL SELECT 'ledger', md5(string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid)) FROM ledger t"#,
    )
    .map(|row| (row.name, row.rows.unwrap_or_default()))
    .fetch_all(owner)
    .await
    .expect("history is read")
}

async fn scans(owner: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM scan"#).fetch_one(owner).await.expect("a count")
}

async fn wal(owner: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS "bytes!""#)
        .fetch_one(owner)
        .await
        .expect("the position in the log")
}

#[sqlx::test(migrations = "../migrations")]
async fn an_unchanged_scan_writes_one_row_and_nothing_else(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let seen = |at| {
        let observations =
            (0..FINDINGS).map(|n| observation(CHECK, &format!("schedule-{n}"), Severity::High)).collect();
        scan(cluster, at, vec![result(CHECK, Outcome::Fail, 0)], observations)
    };
    let before = wal(&owner).await;
    assert_eq!(recorded(&pool, &seen(0)).await.opened, 500);
    let first = wal(&owner).await - before;
    // What lies between does not count: it could not be judged.
    recorded(&pool, &Scan { coverage: Coverage::Unreachable, ..scan(cluster, 1, vec![], vec![]) }).await;
    let history = fingerprint_of_history(&owner).await;
    // The log of the whole server is measured, and other tests write to it too: the least counts, and for that one quiet
    // moment is waited.
    let mut least = i64::MAX;
    let began = std::time::Instant::now();
    let mut round = 0;
    while round < 40 || (least >= UNCHANGED && began.elapsed() < PATIENCE) {
        let (rows, before) = (scans(&owner).await, wal(&owner).await);
        let outcome = recorded(&pool, &seen(2 + round)).await;
        least = least.min(wal(&owner).await - before);
        assert_eq!((outcome.opened, outcome.closed, outcome.changed), (0, 0, 0));
        assert_eq!(scans(&owner).await, rows + 1);
        round += 1;
        if round > 40 {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }
    assert_eq!(fingerprint_of_history(&owner).await, history);
    println!("{FINDINGS} findings: first scan {first} bytes of WAL, unchanged {least}");
    assert!(least < UNCHANGED, "an unchanged scan wrote {least} bytes of WAL");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_order_in_which_things_were_read_is_no_change(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let mut seen = scan(
        cluster,
        0,
        vec![result(CHECK, Outcome::Fail, 0), result("bak.recent", Outcome::Pass, 0)],
        (0..10).map(|n| observation(CHECK, &format!("schedule-{n}"), Severity::High)).collect(),
    );
    recorded(&pool, &seen).await;
    let history = fingerprint_of_history(&owner).await;
    seen.evaluation.observations.reverse();
    seen.evaluation.results.reverse();
    seen.evaluation.observations.push(seen.evaluation.observations[0].clone());
    seen.started_at = second(1);
    seen.ended_at = second(1);
    recorded(&pool, &seen).await;
    assert_eq!(fingerprint_of_history(&owner).await, history);
    pool.close().await;
}
