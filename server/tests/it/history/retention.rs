//! Retention: months that are made ahead and dropped whole, by policies, on record, and in no other way.

use super::*;
use ::model::{
    control::{ControlState, Why},
    coverage::{Gap, Period},
    trends::{TrendQuery, TrendShow},
};
use chrono::Months;
use serde_json::{Value, json};
use server::{compare, config::RetentionSettings, controls, coverage, ledger, retention, trends};
use sqlx::{AssertSqlSafe, Executor};

const CHECK: &str = "bak.enabled";

/// The beginning of the oldest month that there is: the one in which the database was made.
async fn first_month(owner: &PgPool) -> Instant {
    sqlx::query_scalar!(
        r#"SELECT (min(begins)::timestamp AT TIME ZONE 'UTC') AS "begins!" FROM month_partitions('scan')"#
    )
    .fetch_one(owner)
    .await
    .expect("a month")
}

fn seen(cluster: ClusterId, at: Instant) -> Scan {
    let scan = scan(cluster, 0, vec![result(CHECK, Outcome::Pass, 0)], vec![]);
    Scan { started_at: at, ended_at: at, ..scan }
}

/// A cluster from sixty days before the first month on, read every ten minutes for a day around each of some days.
async fn months_of_scans(pool: &PgPool, first: Instant) -> ClusterId {
    let registered = registered("alpha");
    let ids = clusters::register(pool, &[registered], first - days(60)).await.expect("registered");
    for day in [-40, -3, 2, 20, 35, 36] {
        for round in 0..20 {
            recorded(pool, &seen(ids[0].0, first + days(day) + TimeDelta::minutes(10 * round))).await;
        }
    }
    ids[0].0
}

fn policies(scan_log: u16, coverage: u16) -> RetentionSettings {
    RetentionSettings {
        scan_log_months: std::num::NonZeroU16::new(scan_log),
        coverage_months: std::num::NonZeroU16::new(coverage),
        ..RetentionSettings::default()
    }
}

async fn rows(owner: &PgPool) -> (i64, i64, i64) {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM scan) AS "scans!", (SELECT sum(scans)::bigint FROM scan_run) AS "runs",
                  (SELECT count(*) FROM retention) AS "dropped!""#
    );
    row.map(|row| (row.scans, row.runs.unwrap_or(0), row.dropped)).fetch_one(owner).await.expect("counts")
}

async fn gaps(pool: &PgPool, from: Instant, until: Instant) -> Vec<(Instant, Instant, Gap)> {
    let mut db = pool.acquire().await.expect("a connection");
    let ask = coverage::Ask { at: until, period: Period { from, until }, clusters: &[], gaps: usize::MAX };
    let report = coverage::sources(&mut db, ask).await.expect("coverage");
    let row = report.rows.into_iter().find(|row| row.source == Some(Source::Velero)).expect("a row");
    row.strip.gaps.into_iter().map(|gap| (gap.from, gap.until, gap.reason)).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_policy_drops_whole_months_on_record_and_coverage_goes_on_to_be_told(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    let at = first + days(36) + TimeDelta::hours(4);
    months_of_scans(&pool, first).await;
    let before = gaps(&pool, first - days(50), at).await;
    assert_eq!(rows(&owner).await, (120, 100, 0));
    let told = retention::command(&pool, policies(1, 0), at, true).await.expect("told");
    assert!(told.contains("scan_log: kept for 1 months; would drop 40 rows"), "{told}");
    assert!(told.contains("coverage: kept for ever"), "{told}");
    assert_eq!(rows(&owner).await, (120, 100, 0), "nothing is dropped by saying so");

    let dropped = retention::run(&pool, policies(1, 0), at).await.expect("dropped");
    assert_eq!(dropped.len(), 1);
    assert_eq!((dropped[0].1.from, dropped[0].1.until, dropped[0].1.rows), (first - days(40), first, 40));
    assert_eq!(rows(&owner).await, (80, 100, 1));
    assert!(retention::run(&pool, policies(1, 0), at).await.expect("nothing").is_empty(), "once is enough");
    assert_eq!(gaps(&pool, first - days(50), at).await, before, "the runs tell what the log told");
    let entry =
        sqlx::query!("SELECT action, actor, payload FROM ledger ORDER BY seq DESC LIMIT 1").fetch_one(&owner).await;
    let entry = entry.expect("an entry");
    assert_eq!((entry.action.as_str(), entry.actor.as_str()), ("retention.drop", "system"));
    assert!(entry.payload.contains(r#""rows" : 40, "months" : 1"#), "{}", entry.payload);
    ledger::verify(&pool).await.expect("the chain holds");
    let mut db = pool.acquire().await.expect("a connection");
    assert_eq!(retention::retained_from(&mut db, retention::Class::ScanLog).await.expect("asked"), Some(first));
    assert_eq!(retention::retained_from(&mut db, retention::Class::Coverage).await.expect("asked"), None);

    // A page of the past says that it cannot say, and nothing is met there.
    let status = clusters::statuses(&mut db, first - days(3) + TimeDelta::hours(1)).await.expect("loads").remove(0);
    let velero = status.sources.iter().find(|source| source.source == Source::Velero).expect("a source");
    assert!(velero.not_retained && velero.last_scan.is_none());
    assert!(!velero.states.contains_key(&ControlState::Met), "{:?}", velero.states);
    let now = clusters::statuses(&mut db, at).await.expect("loads").remove(0);
    assert!(now.sources.iter().all(|source| !source.not_retained), "never tried is not dropped");
    // What was known there is not forgotten, only not to be told any more.
    let whole = ::model::views::ChangesFilter::default();
    for (from, known) in [(first - days(50), false), (first - days(39), true), (first + days(3), true)] {
        let asked = compare::compare(&mut db, (from, at), &whole, compare::Reach::first(5)).await.expect("compared");
        assert_eq!(asked.from_known, known, "from {from}");
    }
    drop(db);
    // History goes on.
    let id = clusters::register(&pool, &[registered("alpha")], at).await.expect("registered")[0].0;
    recorded(&pool, &seen(id, at)).await;
    pool.close().await;
}

/// The states of controls and checks at an instant, and of controls on each of the thirty days until then.
async fn states(pool: &PgPool, at: Instant) -> (Value, Value, ::model::views::Trend) {
    let mut db = pool.acquire().await.expect("a connection");
    let (_, list) = controls::list(&mut db, at, &[]).await.expect("controls");
    let checks = controls::checks(&mut db, at, &[]).await.expect("checks");
    let query = TrendQuery { show: TrendShow::Controls, ..TrendQuery::default() };
    let trend = trends::load(&mut db, &query, at).await.expect("a trend");
    (json!(list), json!(checks), trend)
}

#[sqlx::test(migrations = "../migrations")]
async fn states_go_on_to_be_told_from_the_horizon_on_and_before_it_are_not_retained(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    let at = first + days(36) + TimeDelta::hours(4);
    months_of_scans(&pool, first).await;
    // Right after the horizon only the runs of what was dropped tell that the source fell silent.
    let after = [first, first + days(1), first + days(2) + TimeDelta::hours(1), at];
    let mut before = Vec::new();
    for instant in after {
        before.push(states(&pool, instant).await);
    }
    retention::run(&pool, policies(1, 0), at).await.expect("dropped");
    for (instant, told) in after.into_iter().zip(before) {
        let now = states(&pool, instant).await;
        assert_eq!((now.0, now.1), (told.0, told.1), "as of {instant}");
        let key = |trend: &::model::views::Trend, place: usize, key: &str| {
            let column = trend.columns.iter().position(|column| column.key == key);
            column.map_or(Some(0), |column| trend.periods[place].values[column])
        };
        for (place, period) in now.2.periods.iter().enumerate() {
            assert_eq!(period.not_retained, period.first < first.date_naive(), "{period:?}");
            for state in ControlState::ALL {
                let lost = key(&now.2, place, state.as_str());
                let told = key(&told.2, place, state.as_str());
                assert!(if period.not_retained { lost.unwrap_or(0) == 0 } else { lost == told }, "{state}: {period:?}");
            }
            assert!(!period.not_retained || period.values.iter().all(Option::is_none), "no zero: {period:?}");
        }
    }

    let mut db = pool.acquire().await.expect("a connection");
    let old = first - days(3) + TimeDelta::hours(1);
    let (_, list) = controls::list(&mut db, old, &[]).await.expect("controls");
    assert!(list.iter().any(|control| control.checks > 0));
    for control in list {
        let expected = if control.checks > 0 { Why::NotRetained } else { Why::NoCheck };
        assert_eq!(control.assessment.why, expected, "{}", control.control);
        assert_eq!(control.assessment.state, ControlState::NotAssessed);
    }
    let whole = ::model::views::ChangesFilter::default();
    let speaks = first + days(2) + TimeDelta::hours(1);
    for (from, retained_from) in [(old, Some(first)), (first, None)] {
        let period = (from, speaks);
        let compared = compare::compare(&mut db, period, &whole, compare::Reach::first(5)).await.expect("compared");
        assert_eq!(compared.states_retained_from, retained_from, "from {from}");
        assert_eq!(compared.controls.is_empty() && compared.sources.is_empty(), retained_from.is_some(), "from {from}");
        assert!(compared.sources.iter().all(|source| source.before != ::model::views::SourceState::Untried));
    }
    // Somebody looked on the day of the instant, and of findings that day is told.
    let trend = trends::load(&mut db, &TrendQuery::default(), old).await.expect("a trend");
    let last = trend.periods.last().expect("a day");
    assert_eq!((last.observed, last.not_retained), (1, false));
    drop(db);

    // Where the runs are dropped as well, nothing tells who looked.
    retention::run(&pool, policies(1, 1), at).await.expect("dropped");
    let mut db = pool.acquire().await.expect("a connection");
    let trend = trends::load(&mut db, &TrendQuery::default(), old).await.expect("a trend");
    assert!(trend.periods.last().is_some_and(|last| last.not_retained));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn dropped_coverage_is_not_retained_and_never_observed(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    let at = first + days(36) + TimeDelta::hours(4);
    months_of_scans(&pool, first).await;
    retention::run(&pool, policies(1, 1), at).await.expect("dropped");
    let from = first - days(50);
    let gaps = gaps(&pool, from, at).await;
    // What was dropped may have spoken for as long as the budget after it.
    let end = first + TimeDelta::minutes(30) + TimeDelta::microseconds(1);
    assert_eq!(gaps[0], (from, end, Gap::NotRetained), "{gaps:?}");
    assert!(gaps[1..].iter().all(|(.., reason)| *reason == Gap::NobodyRan), "{gaps:?}");
    ledger::verify(&pool).await.expect("the chain holds");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_clock_that_jumped_ahead_drops_nothing(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    let cluster = clusters::register(&pool, &[registered("alpha")], first - days(60)).await.expect("registered")[0].0;
    recorded(&pool, &seen(cluster, first - days(3))).await;
    let ahead = first.checked_add_months(Months::new(240)).expect("an instant");
    assert!(retention::run(&pool, policies(12, 12), ahead).await.expect("nothing").is_empty());
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn months_are_made_ahead_and_what_fell_beside_them_is_moved_and_counted(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    let cluster = clusters::register(&pool, &[registered("alpha")], first).await.expect("registered")[0].0;
    assert_eq!(retention::make_months(&pool, first).await.expect("made"), 0);
    let late = first.checked_add_months(Months::new(7)).expect("an instant");
    recorded(&pool, &seen(cluster, late)).await;
    recorded(&pool, &seen(cluster, late + days(1))).await;
    let beside = || async {
        sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM scan_default"#).fetch_one(&owner).await.expect("a count")
    };
    assert_eq!(beside().await, 2, "nothing is lost where a month is missing");
    assert_eq!(retention::make_months(&pool, late).await.expect("made"), 3, "two scans and the run of a day");
    assert_eq!((beside().await, rows(&owner).await.0), (0, 2));
    recorded(&pool, &seen(cluster, late + days(2))).await;
    assert_eq!(beside().await, 0);
    // Years ahead is a clock that is wrong, and makes no years of months.
    recorded(&pool, &seen(cluster, late + days(3_000))).await;
    retention::make_months(&pool, late).await.expect("made");
    let months = sqlx::query_scalar!(r#"SELECT count(*) AS "months!" FROM month_partitions('scan')"#);
    assert!(months.fetch_one(&owner).await.expect("a count") < 30);
    assert_eq!(rows(&owner).await.0, 4);
    pool.close().await;
}

/// Ways around the one way.
const ATTEMPTS: &[&str] = &[
    "DELETE FROM scan_run",
    "TRUNCATE scan_run",
    "UPDATE scan_run SET judged = true",
    "DELETE FROM scan_before",
    "TRUNCATE scan_before",
    "UPDATE scan_before SET coverage = 'complete'",
    "DELETE FROM scan_run_before",
    "TRUNCATE scan_run_default",
    "DELETE FROM retention",
    "TRUNCATE retention",
    "UPDATE retention SET dropped_rows = 1",
    "DELETE FROM notification_message",
    "DELETE FROM notification_attempt",
    "DELETE FROM finding_interval",
    "DELETE FROM check_result",
    "DELETE FROM open_findings",
    "DELETE FROM finding_unseen",
    "DELETE FROM freshness_budget",
    "UPDATE freshness_budget SET seconds = 1",
    "TRUNCATE freshness_budget",
];

/// What the owner could do, and the application not.
const OF_THE_OWNER: &[&str] = &[
    "DROP TABLE scan_before",
    "ALTER TABLE scan DETACH PARTITION scan_before",
    "CREATE TABLE mine PARTITION OF scan FOR VALUES FROM ('1970-01-01') TO ('1970-02-01')",
    "INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq) VALUES ('scan_log', now(), now() + interval '1 day', 1, 1, now(), 1)",
    "SELECT ledger_append(now(), 'x', 'y', 'z')",
    "SELECT make_partition('scan', 'mine', 'DEFAULT')",
    "SELECT drop_messages(now())",
    "SELECT retention_record('findings', now(), now() + interval '1 day', 1, 1, now())",
    "SELECT drop_findings(now(), 1)",
    "ALTER TABLE scan DISABLE TRIGGER ALL",
    "SELECT * FROM scan_before",
];

#[sqlx::test(migrations = "../migrations")]
async fn nobody_drops_or_changes_but_by_the_one_way(owner: PgPool) {
    let pool = app_pool(&owner);
    let first = first_month(&owner).await;
    months_of_scans(&pool, first).await;
    server::freshness::keep(&pool, &server::freshness::settings(&[].into(), &[].into()), first).await.expect("kept");
    retention::run(&pool, policies(1, 0), first + days(37)).await.expect("dropped");
    let mut application = pool.acquire().await.expect("a connection");
    let mut of_owner = owner.acquire().await.expect("a connection");
    let code = |error: sqlx::Error| error.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned));
    for attempt in ATTEMPTS.iter().chain(OF_THE_OWNER) {
        let refused = (&mut *application).execute(AssertSqlSafe(*attempt)).await.expect_err(attempt);
        let refused = code(refused);
        assert!(matches!(refused.as_deref(), Some("42501" | "23000")), "as bevis_app: {attempt}: {refused:?}");
    }
    for attempt in ATTEMPTS {
        // An empty table has no row to change, and that is no harm.
        if let Err(error) = (&mut *of_owner).execute(AssertSqlSafe(*attempt)).await {
            assert_eq!(code(error).as_deref(), Some("23000"), "as owner: {attempt}");
        } else {
            assert!(attempt.starts_with("UPDATE scan_before"), "as owner: {attempt}");
        }
    }
    for months in ["0", "-1"] {
        let refused = format!("SELECT * FROM retention_drop('scan_log', {months}, now())");
        let refused = (&mut *application).execute(AssertSqlSafe(refused)).await.expect_err("no policy");
        assert_eq!(code(refused).as_deref(), Some("23514"), "{months}");
    }
    drop(application);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_opened_by_a_scan_that_is_not_there(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let refused = sqlx::query!(
        r"INSERT INTO check_result (cluster_id, source, check_id, outcome, examined, failed, unread, detail, hash, valid_from, opened_by)
          VALUES ($1, 'velero', 'bak.enabled', 'pass', 1, 0, 0, '{}', gen_random_uuid(), $2, gen_random_uuid())",
        cluster.0,
        second(5),
    )
    .execute(&owner)
    .await
    .expect_err("no such scan");
    assert_eq!(
        refused.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)).as_deref(),
        Some("23503")
    );
    recorded(&pool, &scan(cluster, 10, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    let refused =
        sqlx::query!("UPDATE check_result SET valid_to = $1, closed_by = opened_by", second(20)).execute(&owner).await;
    let refused = refused.expect_err("no scan of that instant");
    assert_eq!(
        refused.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)).as_deref(),
        Some("23503")
    );
    pool.close().await;
}
