//! What was in force at an instant, for everything that lasted from a microsecond to ten years: as the plain rule says.

use super::*;

/// Seconds at which the classes of life begin, as the migration has them.
const CLASSES: [i64; 8] = [3_600, 14_400, 57_600, 230_400, 921_600, 3_686_400, 14_745_600, 58_982_400];

/// Lives on either side of where a class begins, and the shortest and longest that there are.
fn lives() -> Vec<TimeDelta> {
    let micro = TimeDelta::microseconds(1);
    let around = |seconds: i64| {
        [TimeDelta::seconds(seconds) - micro, TimeDelta::seconds(seconds), TimeDelta::seconds(seconds) + micro]
    };
    CLASSES.into_iter().flat_map(around).chain([micro, days(3_650)]).collect()
}

/// Things that ended, one of each life, all of which began at second 0; of which one still lasts.
async fn planted(owner: &PgPool, cluster: ClusterId) -> Vec<(String, Option<Instant>)> {
    let lives = lives().into_iter().map(|life| Some(second(0) + life)).chain([None]);
    let things: Vec<_> = lives.enumerate().map(|(n, ended)| (format!("thing-{n:02}"), ended)).collect();
    let (names, ended): (Vec<String>, Vec<Option<Instant>>) = things.iter().cloned().unzip();
    let ids: Vec<Uuid> = names.iter().map(|_| Uuid::new_v4()).collect();
    let mut tx = owner.begin().await.expect("a transaction");
    // No scan stands behind these rows.
    sqlx::query!("SET LOCAL session_replication_role = replica").execute(&mut *tx).await.expect("set");
    sqlx::query!(
        r"WITH thing AS (SELECT * FROM UNNEST($2::uuid[], $3::text[], $4::timestamptz[]) AS t (id, name, ended)),
          found AS (
              INSERT INTO finding (id, cluster_id, source, check_id, fingerprint, fingerprint_version, subject_kind, subject_name, first_seen_at)
              SELECT id, $1, 'velero', 'bak.enabled', id, 1, 'Schedule', name, $5 FROM thing
          ), failed AS (
              INSERT INTO finding_interval (finding_id, cluster_id, source, check_id, fingerprint, severity, fault, detail, hash,
                                            opened_at, valid_from, valid_to, opened_by, closed_by, continued)
              SELECT id, $1, 'velero', 'bak.enabled', id, 4, 'paused', '{}', id, $5, $5, ended, id,
                     CASE WHEN ended IS NOT NULL THEN id END, CASE WHEN ended IS NOT NULL THEN false END
              FROM thing
          ), said AS (
              INSERT INTO check_result (cluster_id, source, check_id, outcome, examined, failed, unread, detail, hash,
                                        valid_from, valid_to, opened_by, closed_by)
              SELECT $1, 'velero', name, 'fail', 1, 1, 0, '{}', id, $5, ended, id, CASE WHEN ended IS NOT NULL THEN id END
              FROM thing
          )
          INSERT INTO open_findings (cluster_id, source, check_id, severity, acknowledged, findings, valid_from, valid_to)
          SELECT $1, 'velero', name, 4, false, 1, $5, ended FROM thing",
        cluster.0,
        &ids,
        &names,
        &ended as _,
        second(0),
    )
    .execute(&mut *tx)
    .await
    .expect("planted");
    tx.commit().await.expect("committed");
    things
}

#[sqlx::test(migrations = "../migrations")]
async fn what_lasted_is_found_at_every_instant_of_it_and_at_no_other(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "prod").await;
    let things = planted(&owner, cluster).await;
    let micro = TimeDelta::microseconds(1);
    let ends = things.iter().filter_map(|(_, ended)| *ended).flat_map(|ended| [ended - micro, ended, ended + micro]);
    let mut db = pool.acquire().await.expect("a connection");
    for at in ends.chain([second(0) - micro, second(0), second(0) + days(5_000)]) {
        let there = |(_, ended): &&(String, Option<Instant>)| second(0) <= at && ended.is_none_or(|ended| ended > at);
        let expected: Vec<String> = things.iter().filter(there).map(|(name, _)| name.clone()).collect();
        let found = sqlx::query!(
            r#"SELECT coalesce((SELECT array_agg(f.subject_name ORDER BY f.subject_name) FROM finding_interval_as_of($1) i JOIN finding f ON f.id = i.finding_id), '{}') AS "findings!",
                      coalesce((SELECT array_agg(check_id ORDER BY check_id) FROM check_result_as_of($1)), '{}') AS "results!",
                      coalesce((SELECT array_agg(check_id ORDER BY check_id) FROM open_findings_as_of($1)), '{}') AS "counts!""#,
            at,
        );
        let found = found.fetch_one(&mut *db).await.expect("what was in force");
        let page = findings::page(&mut db, &FindingFilter::default(), None, 500, at).await.expect("a page");
        let mut listed: Vec<String> = page.rows.into_iter().map(|row| row.subject.name).collect();
        listed.sort();
        for (what, names) in
            [("findings", found.findings), ("results", found.results), ("counts", found.counts), ("list", listed)]
        {
            assert_eq!(names, expected, "{what} at {at}");
        }
    }
    drop(db);
    pool.close().await;
}
