//! Coverage of time: what the pages say of any instant is what the definition says, asked of every scan one by one.

use super::*;
use ::model::{
    catalogue::Catalogue,
    coverage::{Gap, Period, gap_of_outcome, gap_of_scan, observes_checks, observes_source},
    views::{CoverageRow, Strip},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use server::{coverage, freshness, ledger};
use std::collections::BTreeMap;

const CHECK: &str = "bak.enabled";
const BUDGET: i64 = 1_800;

/// A scan as the log has it.
struct Logged {
    ended_at: Instant,
    recorded_at: Instant,
    coverage: Coverage,
    judged: bool,
}

async fn log(owner: &PgPool, cluster: ClusterId) -> Vec<Logged> {
    sqlx::query!(
        r#"SELECT ended_at, recorded_at, coverage, digest IS NOT NULL AS "judged!" FROM scan
           WHERE cluster_id = $1 AND NOT superseded ORDER BY ended_at, recorded_at"#,
        cluster.0
    )
    .map(|row| Logged {
        ended_at: row.ended_at,
        recorded_at: row.recorded_at,
        coverage: row.coverage.parse().expect("a coverage"),
        judged: row.judged,
    })
    .fetch_all(owner)
    .await
    .expect("the log")
}

/// The definition, of one instant, as it was known at `at`.
fn naive(log: &[Logged], at: Instant, t: Instant, observes: fn(Coverage, bool) -> bool) -> Option<Gap> {
    let known = || log.iter().filter(|scan| scan.recorded_at <= at && scan.ended_at <= t);
    let fresh = |scan: &&Logged| t - scan.ended_at <= TimeDelta::seconds(BUDGET);
    if t < second(-1_000) {
        return Some(Gap::NotRegistered);
    }
    if known().filter(fresh).any(|scan| observes(scan.coverage, scan.judged)) {
        return None;
    }
    match known().next_back() {
        None => Some(Gap::NeverPolled),
        Some(newest) if fresh(&newest) => Some(gap_of_scan(newest.coverage)),
        Some(_) => Some(Gap::NobodyRan),
    }
}

/// What a strip with all its gaps says of an instant; what is no gap was observed, unless nothing was expected then.
fn said(strip: &Strip, t: Instant) -> Option<Gap> {
    assert_eq!(strip.gaps.len(), strip.gaps_total);
    if t < second(-1_000) {
        return Some(Gap::NotRegistered);
    }
    strip.gaps.iter().find(|gap| gap.from <= t && t < gap.until).map(|gap| gap.reason)
}

fn ask(period: Period, at: Instant) -> coverage::Ask<'static> {
    coverage::Ask { at, period, clusters: &[], gaps: usize::MAX }
}

async fn velero(pool: &PgPool, period: Period, at: Instant) -> CoverageRow {
    let mut db = pool.acquire().await.expect("a connection");
    let report = coverage::sources(&mut db, ask(period, at)).await.expect("coverage");
    report.rows.into_iter().find(|row| row.source == Some(Source::Velero)).expect("every source has a row")
}

/// Days of scans that go well, badly, twice, late, or not at all.
async fn some_days(pool: &PgPool, cluster: ClusterId, random: &mut StdRng, days: i64) -> i64 {
    let mut at = 0;
    while at < days * 86_400 {
        at += match random.random_range(0..10) {
            0 => random.random_range(1_700..2_000),
            1 => random.random_range(3_000..60_000),
            2 => BUDGET,
            _ => random.random_range(60..1_500),
        };
        let coverage = match random.random_range(0..8) {
            0 => Coverage::ALL[random.random_range(0..Coverage::ALL.len())],
            _ => Coverage::Complete,
        };
        let outcome =
            Outcome::ALL[if random.random_bool(0.7) { 0 } else { random.random_range(0..Outcome::ALL.len()) }];
        let results = if random.random_bool(0.9) { vec![result(CHECK, outcome, 0)] } else { vec![] };
        let scan = Scan { coverage, ..scan(cluster, at, results, vec![]) };
        let late = TimeDelta::milliseconds(random.random_range(0..90_000));
        history::record(pool, &scan, scan.ended_at + late).await.expect("recorded");
        if random.random_bool(0.05) {
            // A replica that replays an old scan.
            let old = super::scan(cluster, at - 500, vec![result(CHECK, Outcome::Pass, 0)], vec![]);
            history::record(pool, &old, scan.ended_at + late).await.expect("recorded");
        }
    }
    at
}

/// The instants at which something could change, and some between.
fn instants(log: &[Logged], random: &mut StdRng, last: i64) -> Vec<Instant> {
    let micro = TimeDelta::microseconds(1);
    let mut instants: Vec<Instant> = log
        .iter()
        .flat_map(|scan| [scan.ended_at, scan.ended_at + TimeDelta::seconds(BUDGET)])
        .flat_map(|edge| [edge - micro, edge, edge + micro])
        .collect();
    instants.extend((0..300).map(|_| second(random.random_range(-90_000..last))));
    instants
}

#[sqlx::test(migrations = "../migrations")]
async fn every_instant_is_told_as_the_definition_tells_it(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    for seed in 0..3 {
        let mut random = StdRng::seed_from_u64(seed);
        let last = if seed == 0 { some_days(&pool, cluster, &mut random, 6).await } else { 6 * 86_400 };
        let log = log(&owner, cluster).await;
        // As of now, as of the middle of a day, and for a period that ended long ago.
        let at = second(last - random.random_range(0..200_000));
        let whole = Period::last(9, at);
        let part = Period { from: whole.from + TimeDelta::days(3), until: whole.from + TimeDelta::days(5) };
        for period in [whole, part] {
            let row = velero(&pool, period, at).await;
            let mut db = pool.acquire().await.expect("a connection");
            let check = Catalogue::embedded().check(&CHECK.into()).expect("a check");
            let of_check = coverage::check(&mut db, ask(period, at), check).await.expect("coverage").rows.remove(0);
            let mut asked = 0;
            for t in instants(&log, &mut random, last).into_iter().filter(|t| *t >= period.from && *t < period.until) {
                assert_eq!(said(&row.strip, t), naive(&log, at, t, observes_source), "source at {t} as of {at}");
                let outcome = sqlx::query_scalar!(
                    r#"SELECT outcome AS "outcome!" FROM check_result_as_of($1) WHERE check_id = $2"#,
                    t,
                    CHECK
                );
                let expected = match naive(&log, at, t, observes_checks) {
                    Some(gap) => Some(gap),
                    None => outcome
                        .fetch_optional(&owner)
                        .await
                        .expect("a result")
                        .map_or(Some(Gap::NotJudged), |outcome| gap_of_outcome(outcome.parse().expect("an outcome"))),
                };
                assert_eq!(said(&of_check.strip, t), expected, "check at {t} as of {at}");
                asked += 1;
            }
            assert!(asked > 30, "{asked} instants");
        }
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_first_scan_of_a_day_keeps_the_day_before_as_runs_and_no_other_scan_does(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let runs = || async {
        sqlx::query!(
            "SELECT day, run, coverage, judged, scans, longest_gap, first_at, last_at FROM scan_run ORDER BY day, run"
        )
        .map(|row| {
            (row.run, row.coverage, row.judged, row.scans, row.longest_gap / 1_000_000, row.last_at - row.first_at)
        })
        .fetch_all(&owner)
        .await
        .expect("runs")
    };
    let seen = |at| scan(cluster, at, vec![result(CHECK, Outcome::Pass, 0)], vec![]);
    let away = |at| Scan { coverage: Coverage::Unreachable, ..scan(cluster, at, vec![], vec![]) };
    for scan in [seen(0), seen(300), seen(900), away(1_200), away(1_500), seen(1_800)] {
        recorded(&pool, &scan).await;
        assert_eq!(runs().await.len(), 0, "a day that is not over has no runs");
    }
    recorded(&pool, &seen(3 * 86_400)).await;
    let whole = |count: i64| TimeDelta::seconds(count);
    let expected = [
        (1, "complete".to_owned(), true, 3, 600, whole(900)),
        (2, "unreachable".to_owned(), false, 2, 300, whole(300)),
        (3, "complete".to_owned(), true, 1, 0, whole(0)),
    ];
    assert_eq!(runs().await, expected);
    recorded(&pool, &seen(3 * 86_400 + 300)).await;
    assert_eq!(runs().await.len(), 3);
    recorded(&pool, &seen(4 * 86_400)).await;
    assert_eq!(runs().await.len(), 4, "days without a scan have none");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_changed_budget_leaves_the_past_as_it_was(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    recorded(&pool, &scan(cluster, 0, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    let set = |seconds: u32, control: Option<u32>| {
        let controls: BTreeMap<_, _> = control.map(|seconds| ("A.8.13".into(), seconds)).into_iter().collect();
        freshness::settings(&[(Source::Velero, seconds)].into(), &controls)
    };
    freshness::keep(&pool, &set(7_200, None), second(3_000)).await.expect("kept");
    freshness::keep(&pool, &set(7_200, None), second(3_100)).await.expect("kept");
    freshness::keep(&pool, &set(600, Some(900)), second(5_000)).await.expect("kept");
    freshness::keep(&pool, &set(7_200, None), second(6_000)).await.expect("kept");
    // The catalogue's half an hour until 3,000; then two hours; ten minutes from 5,000 to 6,000; then two hours again.
    let row = velero(&pool, Period { from: second(0), until: second(8_000) }, second(8_000)).await;
    let told: Vec<_> = row
        .strip
        .gaps
        .iter()
        .map(|gap| ((gap.from - second(0)).num_seconds(), (gap.until - second(0)).num_seconds()))
        .collect();
    assert_eq!(told, [(1_800, 3_000), (5_000, 6_000), (7_200, 8_000)]);
    let mut db = pool.acquire().await.expect("a connection");
    for (at, stale) in
        [(1_800, false), (1_801, true), (3_000, false), (4_999, false), (5_000, true), (6_000, false), (7_201, true)]
    {
        let status = clusters::statuses(&mut db, second(at)).await.expect("loads").remove(0);
        let source = status.sources.iter().find(|source| source.source == Source::Velero).expect("a source");
        let is_stale = source.states.contains_key(&::model::control::ControlState::Stale);
        assert_eq!(is_stale, stale, "at {at}");
    }
    let entries = ledger::entries(&mut db, 0, 100).await.expect("entries");
    let set: Vec<&str> = entries.iter().filter(|e| e.action == "freshness.set").map(|e| e.payload.as_str()).collect();
    assert_eq!(set.len(), 3, "what does not change is no entry");
    assert!(
        set[1].contains(r#"{"scope":"source","name":"velero","from_seconds":7200,"to_seconds":600}"#),
        "{}",
        set[1]
    );
    assert!(
        set[2].contains(r#"{"scope":"control","name":"A.8.13","from_seconds":900,"to_seconds":null}"#),
        "{}",
        set[2]
    );
    ledger::verify(&pool).await.expect("the chain holds");
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_control_is_observed_while_all_of_its_checks_are_and_by_its_own_budget(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let control = "A.8.13".into();
    let checks: Vec<_> = Catalogue::embedded().checks_for(&control).map(|(check, _)| check).collect();
    let all = |at, outcome: Outcome| {
        let sources: std::collections::BTreeSet<Source> = checks.iter().map(|check| check.source).collect();
        let scans = sources.into_iter().map(|source| {
            let results = Catalogue::embedded().checks_of(source).map(|check| {
                let outcome = if check.id == checks[0].id { outcome } else { Outcome::Pass };
                result(check.id.as_str(), outcome, 0)
            });
            Scan { source, ..scan(cluster, at, results.collect(), vec![]) }
        });
        scans.collect::<Vec<_>>()
    };
    freshness::keep(&pool, &freshness::settings(&BTreeMap::new(), &[("A.8.13".into(), 700)].into()), second(-500))
        .await
        .expect("kept");
    for scan in [all(0, Outcome::Pass), all(600, Outcome::Error), all(1_200, Outcome::Fail)].into_iter().flatten() {
        recorded(&pool, &scan).await;
    }
    let mut db = pool.acquire().await.expect("a connection");
    let period = Period { from: second(0), until: second(4_000) };
    let report = coverage::control(&mut db, ask(period, second(4_000)), &control).await.expect("coverage");
    assert_eq!(report.rows.len(), 1 + checks.len());
    let told: Vec<_> = report.rows[0]
        .strip
        .gaps
        .iter()
        .map(|gap| ((gap.from - second(0)).num_seconds(), (gap.until - second(0)).num_seconds(), gap.reason))
        .collect();
    assert_eq!(told, [(600, 1_200, Gap::Errored), (1_900, 4_000, Gap::NobodyRan)]);
    let state = |detail: ::model::views::ControlDetail| detail.status.clusters[0];
    let at = |seconds| second(seconds);
    let fresh = server::controls::detail(&mut db, &control, at(1_900), &[]).await.expect("loads").expect("is there");
    assert_eq!(state(fresh), ::model::control::ControlState::NotMet);
    let stale = server::controls::detail(&mut db, &control, at(1_901), &[]).await.expect("loads").expect("is there");
    assert_eq!(state(stale), ::model::control::ControlState::Stale);
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cluster_that_left_in_the_period_is_still_told_of(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    recorded(&pool, &scan(cluster, 0, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    clusters::register(&pool, &[], second(1_000)).await.expect("registered");
    let row = velero(&pool, Period { from: second(-2_000), until: second(5_000) }, second(5_000)).await;
    let gaps: Vec<_> = row.strip.gaps.iter().map(|gap| gap.reason).collect();
    assert_eq!(gaps, [Gap::NeverPolled], "before it came and after it left nothing was expected");
    assert_eq!((row.strip.observed_micros, row.strip.expected_micros), (1_000_000_000, 2_000_000_000));
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_check_and_a_control_show_when_they_were_observed_and_lead_to_any_period(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    recorded(&pool, &scan(cluster, 0, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    let app = crate::harness::TestApp::new(&owner);
    let mut viewer = app.as_role(::model::role::Role::Viewer).await;
    for (page, of) in [("/checks/bak.enabled", "check=bak.enabled"), ("/controls/A.8.13", "control=A.8.13")] {
        let (name, id) = of.split_once('=').expect("a pair");
        let year = viewer.get(page).await;
        for told in
            [format!("href=\"/coverage?{of}\"").as_str(), "class=\"strip\"", "Observed without a gap on", "Nobody ran"]
        {
            assert!(year.body.contains(told), "{page} lacks {told}: {}", year.body);
        }
        let period = viewer.get(&format!("/coverage?{of}&from=2026-09-01&to=2026-09-30")).await;
        let field = format!("name=\"{name}\" value=\"{id}\"");
        for told in [
            field.as_str(),
            format!("href=\"{page}\"").as_str(),
            "class=\"strip\"",
            "The newest gaps",
            "value=\"2026-09-01\"",
        ] {
            assert!(period.body.contains(told), "{of} lacks {told}: {}", period.body);
        }
    }
    let bare =
        Catalogue::embedded().controls().iter().find(|it| Catalogue::embedded().checks_for(&it.id).next().is_none());
    let bare = viewer.get(&format!("/coverage?control={}", bare.expect("a control without checks").id)).await;
    assert!(bare.body.contains("No automatic check speaks to this control"), "{}", bare.body);
    for (query, status) in [
        ("check=bak.enabled&control=A.8.13", 400),
        ("check=bak.nothing", 404),
        ("control=A.99.1", 404),
        ("from=2026-09-01&to=2026-11-03", 400),
        ("to=2026-11-02&as_of=2026-11-01T12:00:00Z", 400),
        ("to=2026-11-02", 200),
    ] {
        for path in ["/coverage", "/api/v1/coverage"] {
            let answer = viewer.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, status, "{path}?{query}: {}", answer.body);
            let ahead = status == 400 && query.contains("to=");
            assert_eq!(answer.body.contains("cannot reach beyond the day"), ahead, "{path}?{query}: {}", answer.body);
        }
    }
    pool.close().await;
}

/// A year of a cluster's source, day by day as runs, without a single read of the whole log.
#[sqlx::test(migrations = "../migrations")]
async fn a_year_is_told_without_reading_the_log(owner: PgPool) {
    let pool = app_pool(&owner);
    let end = second(0);
    let started = end - days(364);
    let cluster = clusters::register(&pool, &[registered("alpha")], started - days(2)).await.expect("registered")[0].0;
    sqlx::query!(
        r"INSERT INTO scan (id, cluster_id, source, started_at, ended_at, recorded_at, coverage, reads, digest, opened, closed, changed)
          SELECT gen_random_uuid(), $1, s.source, t, t, t, 'complete', '[]', gen_random_uuid(), 0, 0, 0
          FROM UNNEST(ARRAY['velero', 'rbac']) AS s (source) CROSS JOIN generate_series($2::timestamptz, $3::timestamptz, interval '15 minutes') AS t",
        cluster.0,
        started,
        end,
    )
    .execute(&owner)
    .await
    .expect("a year");
    sqlx::query!(
        r"INSERT INTO scan_run (cluster_id, source, day, run, coverage, judged, first_at, last_at, scans, longest_gap)
          SELECT $1, s.source, r.* FROM UNNEST(ARRAY['velero', 'rbac']) AS s (source)
          CROSS JOIN LATERAL scan_runs($1, s.source, '-infinity', date_trunc('day', $2::timestamptz, 'UTC')) AS r",
        cluster.0,
        end,
    )
    .execute(&owner)
    .await
    .expect("its runs");
    sqlx::query!("ANALYZE").execute(&owner).await.expect("analysed");
    let read = || async {
        sqlx::query!(
            r#"SELECT sum(seq_scan)::bigint AS "whole!", sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::bigint AS "rows!"
               FROM pg_stat_user_tables WHERE relname ~ '^scan_(before|default|[0-9])'"#
        )
        .map(|row| (row.whole, row.rows))
        .fetch_one(&owner)
        .await
        .expect("statistics")
    };
    let before = read().await;
    let row = velero(&pool, Period::last(365, end), end).await;
    let mut db = pool.acquire().await.expect("a connection");
    sqlx::query!("SELECT pg_stat_force_next_flush()::text AS flushed").fetch_one(&mut *db).await.expect("flushed");
    drop(db);
    pool.close().await;
    let after = read().await;
    assert_eq!((row.strip.gaps_total, row.strip.days), (1, 365), "{:?}", row.strip.gaps);
    assert_eq!(after.0 - before.0, 0, "the log was read from end to end");
    assert!(after.1 - before.1 < 2_000, "{} rows of the log for a year of 70,000", after.1 - before.1);
}
