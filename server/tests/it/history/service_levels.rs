//! Service levels: what clocks tell on every way to a finding, at any instant, and which findings a list shows by them.

use super::{acceptances::someone, *};
use ::model::{
    acceptance::{AcceptanceAct, AcceptanceScope},
    disposition::{Act, Reviewer},
    finding::FindingState,
    role::Role,
    service_level::{
        Clock, ClockStanding, Holidays, PauseReason, ServiceLevel, ServiceLevels, Target, TargetUnit, Targets,
    },
    views::{FindingRow, FindingSort, ServiceFilter},
};
use server::{
    acceptances::{self as accepting, By, NewAcceptance},
    config::AcceptanceSettings,
    days as zones, ledger, service_levels,
};
use sqlx::{migrate::Migrator, types::Json};
use std::collections::{BTreeMap, BTreeSet};

const CHECK: &str = "bak.enabled";
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// When each finding is accepted, by the spans, is when it is accepted by the rule: at every instant at which anything
/// changed, as was known then and as is known now.
pub(super) async fn assert_spans(owner: &PgPool) {
    let wrong = sqlx::query!(
        r#"WITH instants AS (
               SELECT unnest(ARRAY[valid_from, valid_to]) AS at FROM finding_interval
               UNION SELECT unnest(ARRAY[valid_from, valid_to]) FROM namespace_team
               UNION SELECT unnest(ARRAY[valid_from, valid_to]) FROM subject_labels
               UNION SELECT unnest(ARRAY[requested_at, begins_at, expires_at]) FROM acceptance
               UNION SELECT at FROM acceptance_event
           ), by_rule AS (
               SELECT t.at, a.finding_id FROM instants t CROSS JOIN LATERAL accepted_findings(t.at) AS a WHERE t.at IS NOT NULL
           ), known_then AS (
               SELECT t.at, s.finding_id FROM instants t CROSS JOIN LATERAL accepted_spans(t.at) AS s
               WHERE s.since <= t.at AND (s.until IS NULL OR s.until > t.at)
           ), known_now AS (
               SELECT t.at, s.finding_id FROM instants t
               JOIN (SELECT * FROM accepted_spans('2100-01-01')) AS s ON s.since <= t.at AND (s.until IS NULL OR s.until > t.at)
           )
           SELECT (SELECT count(DISTINCT (at, finding_id)) FROM by_rule) AS "all!", (SELECT count(*) FROM (
               (SELECT * FROM by_rule EXCEPT SELECT * FROM known_then) UNION ALL (SELECT * FROM known_then EXCEPT SELECT * FROM by_rule)
               UNION ALL (SELECT * FROM by_rule EXCEPT SELECT * FROM known_now) UNION ALL (SELECT * FROM known_now EXCEPT SELECT * FROM by_rule)
           ) AS different) AS "wrong!""#
    )
    .fetch_one(owner)
    .await
    .expect("a count");
    assert_eq!(wrong.wrong, 0);
    assert!(wrong.all > 0, "nothing was accepted, so that nothing was compared");
}

const fn hours(amount: u32) -> Target {
    Target { amount, unit: TargetUnit::Hours }
}

/// Four hours to acknowledge and eight to fix what is high; of what Trivy finds, sixteen to fix.
async fn in_force(pool: &PgPool, at: i64) {
    let targets = |acknowledge, fix| BTreeMap::from([(Severity::High, Targets { acknowledge, fix })]);
    let levels = ServiceLevels {
        targets: targets(Some(hours(4)), Some(hours(8))),
        sources: BTreeMap::from([(Source::Trivy, targets(None, Some(hours(16))))]),
        closed: vec![],
    };
    service_levels::adopt(pool, &levels, second(at)).await.expect("in force");
}

async fn fail(pool: &PgPool, cluster: ClusterId, at: i64, names: &[&str]) {
    let all = names.iter().map(|name| observation(CHECK, name, Severity::High)).collect();
    let outcome = if names.is_empty() { Outcome::Pass } else { Outcome::Fail };
    recorded(pool, &scan(cluster, at, vec![result(CHECK, outcome, 0)], all)).await;
}

/// The four findings that everything here is about, opened at second 0, an hour, two hours and three.
async fn four(owner: &PgPool) -> (PgPool, ClusterId) {
    let pool = app_pool(owner);
    let cluster = cluster(&pool, "alpha").await;
    in_force(&pool, -500).await;
    for (hour, names) in [["a"].as_slice(), &["a", "b"], &["a", "b", "c"], &["a", "b", "c", "d"]].iter().enumerate() {
        fail(&pool, cluster, i64::try_from(hour).expect("few") * HOUR, names).await;
    }
    (pool, cluster)
}

async fn decide(pool: &PgPool, by: &deciding::Actor, act: Act, finding: FindingId, at: i64) {
    deciding::decide(pool, by, &act, &[finding], "seen", second(at)).await.expect("decided");
}

async fn row(pool: &PgPool, id: FindingId, at: i64) -> FindingRow {
    let mut db = pool.acquire().await.expect("a connection");
    findings::detail(&mut db, id, second(at)).await.expect("loads").expect("is there").row
}

async fn level(pool: &PgPool, id: FindingId, at: i64) -> ServiceLevel {
    row(pool, id, at).await.service_level
}

fn told(clock: Option<Clock>) -> (ClockStanding, Option<Instant>) {
    let clock = clock.expect("a target");
    (clock.standing, clock.due)
}

/// Asks for a finding to be accepted, and approves it, an hour later; until a second.
async fn accepted(pool: &PgPool, by: &[By; 2], finding: FindingId, at: i64, until: i64) {
    let new = NewAcceptance {
        scope: AcceptanceScope::Finding { finding },
        reason: "the supplier mends it".into(),
        compensating_control: "not reachable from outside".into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: second(until),
        ends_on: BTreeSet::new(),
        extends: None,
    };
    let settings = AcceptanceSettings::default();
    let id = accepting::request(pool, &settings, &by[0], &new, second(at - HOUR)).await.expect("asked for");
    accepting::act(pool, &by[1], id, AcceptanceAct::Approve, "seen", second(at)).await.expect("approved");
}

async fn two_people(owner: &PgPool) -> [By; 2] {
    [someone(owner, "Erik", Role::Engineer).await, someone(owner, "Maja", Role::SecurityOfficer).await]
}

/// A filter lists exactly the rows that say so of themselves, in every order, a page at a time.
async fn assert_filters(pool: &PgPool, at: i64) -> BTreeMap<ServiceFilter, Vec<String>> {
    let mut db = pool.acquire().await.expect("a connection");
    let all = findings::page(&mut db, &FindingFilter::default(), None, 500, second(at)).await.expect("a page");
    let mut told = BTreeMap::new();
    for wanted in ServiceFilter::ALL {
        let has = |row: &&FindingRow, standing| row.service_level.clocks().any(|(_, clock)| clock.standing == standing);
        let matches = |row: &&FindingRow| match wanted {
            ServiceFilter::Breached => has(row, ClockStanding::Breached),
            ServiceFilter::DueSoon => has(row, ClockStanding::DueSoon) && !has(row, ClockStanding::Breached),
        };
        let mut expected: Vec<String> = all.rows.iter().filter(matches).map(|row| row.subject.name.clone()).collect();
        expected.sort();
        for sort in FindingSort::ALL {
            let filter = FindingFilter { service: Some(*wanted), sort: *sort, ..FindingFilter::default() };
            let (mut names, mut cursor) = (Vec::new(), None);
            loop {
                let page = findings::page(&mut db, &filter, cursor.as_deref(), 1, second(at)).await.expect("a page");
                assert_eq!((page.count.rows, page.count.at_least), (expected.len().try_into().expect("few"), false));
                names.extend(page.rows.into_iter().map(|row| row.subject.name));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            names.sort();
            assert_eq!(names, expected, "{wanted} by {sort} at {at}");
        }
        // What is closed has no clock that runs.
        let closed =
            FindingFilter { service: Some(*wanted), state: vec![FindingState::Closed], ..FindingFilter::default() };
        assert!(findings::page(&mut db, &closed, None, 500, second(at)).await.expect("a page").rows.is_empty());
        told.insert(*wanted, expected);
    }
    told
}

#[sqlx::test(migrations = "../migrations")]
async fn clocks_run_out_and_end_as_of_any_instant(owner: PgPool) {
    use ClockStanding::{Breached, DueSoon, Met, Missed, Within};
    let (pool, cluster) = four(&owner).await;
    let [a, b] = [finding_named(&owner, "a").await, finding_named(&owner, "b").await];
    let anna = person(&owner, "Anna").await;
    decide(&pool, &anna, Act::Acknowledge, a, 3 * HOUR + 60).await;
    fail(&pool, cluster, 10 * HOUR, &["b", "c", "d"]).await;
    fail(&pool, cluster, 11 * HOUR, &["a", "b", "c", "d"]).await;
    let (due, fix) = (Some(second(4 * HOUR)), Some(second(8 * HOUR)));
    for (at, acknowledge, of_fix) in [
        (HOUR, (Within, due), (Within, fix)),
        (3 * HOUR, (DueSoon, due), (Within, fix)),
        (3 * HOUR + 60, (Met, due), (Within, fix)),
        (6 * HOUR, (Met, due), (DueSoon, fix)),
        (8 * HOUR - 1, (Met, due), (DueSoon, fix)),
        (8 * HOUR, (Met, due), (Breached, fix)),
        (10 * HOUR, (Met, due), (Missed, fix)),
    ] {
        let level = level(&pool, a, at).await;
        assert_eq!((told(level.acknowledge), told(level.fix)), (acknowledge, of_fix), "at {at}");
    }
    // It fails again: the clocks begin anew, and what was acknowledged still is.
    let again = level(&pool, a, 12 * HOUR).await;
    assert_eq!((told(again.acknowledge).0, told(again.fix)), (Met, (Within, Some(second(19 * HOUR)))));
    // Nobody acknowledged b.
    assert_eq!(told(level(&pool, b, 5 * HOUR).await.acknowledge), (Breached, Some(second(5 * HOUR))));
    for at in [0, 3 * HOUR, 4 * HOUR, 5 * HOUR, 7 * HOUR, 9 * HOUR, 10 * HOUR, 12 * HOUR, 18 * HOUR, 30 * HOUR] {
        assert_filters(&pool, at).await;
    }
    let late = assert_filters(&pool, 5 * HOUR).await;
    assert_eq!(late[&ServiceFilter::Breached], ["b"]);
    assert_eq!(late[&ServiceFilter::DueSoon], ["c"]);
    // Before anything was in force, nothing was due.
    assert_eq!(row(&pool, a, 0).await.service_level.fix.map(|clock| clock.target), Some(hours(8)));
    let mut db = pool.acquire().await.expect("a connection");
    let entries = ledger::entries(&mut db, 0, 100).await.expect("entries");
    let adopted: Vec<_> = entries.iter().filter(|entry| entry.action == "settings.sla").collect();
    assert_eq!(adopted.len(), 1);
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_acceptance_stops_the_clocks_and_what_was_left_continues(owner: PgPool) {
    use ClockStanding::{Breached, Paused, Within};
    let (pool, cluster) = four(&owner).await;
    let [a, b] = [finding_named(&owner, "a").await, finding_named(&owner, "b").await];
    let people = two_people(&owner).await;
    accepted(&pool, &people, a, 3 * HOUR + 600, 20 * HOUR).await;
    // Six hours before it runs out, and again when it has.
    accepted(&pool, &people, b, 10 * HOUR, 12 * HOUR).await;
    fail(&pool, cluster, 13 * HOUR, &["a", "b", "c", "d"]).await;
    let before = level(&pool, a, 3 * HOUR).await;
    assert_eq!(told(before.fix), (Within, Some(second(8 * HOUR))));
    let paused = level(&pool, a, 15 * HOUR).await;
    for clock in [paused.acknowledge, paused.fix].into_iter().flatten() {
        assert_eq!((clock.standing, clock.due, clock.paused_by), (Paused, None, Some(PauseReason::Accepted)));
        assert_eq!(clock.paused_since, Some(second(3 * HOUR + 600)));
    }
    assert_eq!(paused.fix.and_then(|clock| clock.left_seconds), Some(5 * HOUR - 600));
    // It stood for sixteen hours and fifty minutes.
    let stood = 17 * HOUR - 600;
    assert_eq!(told(level(&pool, a, 20 * HOUR).await.fix), (Within, Some(second(8 * HOUR + stood))));
    assert_eq!(told(level(&pool, a, 8 * HOUR + stood).await.fix), (Breached, Some(second(8 * HOUR + stood))));
    assert_eq!(told(level(&pool, b, 11 * HOUR).await.fix), (Paused, Some(second(9 * HOUR))));
    assert_eq!(told(level(&pool, b, 12 * HOUR).await.fix), (Breached, Some(second(9 * HOUR))));
    for at in [2, 4, 8, 9, 11, 12, 15, 20, 21, 23, 24, 25, 40] {
        assert_filters(&pool, at * HOUR).await;
    }
    let late = assert_filters(&pool, 11 * HOUR).await;
    assert_eq!(late[&ServiceFilter::Breached], ["c", "d"]);
    assert_spans(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_false_positive_stops_the_clock_until_it_is_reopened(owner: PgPool) {
    use ClockStanding::{Met, Paused, Within};
    let (pool, _) = four(&owner).await;
    let a = finding_named(&owner, "a").await;
    let (anna, maja) = (person(&owner, "Anna").await, person(&owner, "Maja").await);
    let officer = Reviewer::of(&[Role::SecurityOfficer]).expect("officers review");
    decide(&pool, &anna, Act::FalsePositive, a, 4 * HOUR - 60).await;
    decide(&pool, &maja, Act::ConfirmFalsePositive(officer), a, 4 * HOUR - 30).await;
    decide(&pool, &anna, Act::Reopen, a, 24 * HOUR - 30).await;
    let level_at = level(&pool, a, 10 * HOUR).await;
    assert_eq!(told(level_at.acknowledge).0, Met);
    let fix = level_at.fix.expect("a target");
    assert_eq!((fix.standing, fix.paused_by), (Paused, Some(PauseReason::FalsePositive)));
    assert_eq!(told(level(&pool, a, 24 * HOUR).await.fix), (Within, Some(second(28 * HOUR))));
    for at in [3, 4, 10, 24, 26, 27, 28, 29] {
        assert_filters(&pool, at * HOUR).await;
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_in_force_at_an_instant_judges_it_by_source_and_in_business_days(owner: PgPool) {
    use ClockStanding::{Breached, Within};
    let (pool, cluster) = four(&owner).await;
    let found = observation("vul.critical_fixable", "image", Severity::High);
    let vulnerable = Scan {
        source: Source::Trivy,
        ..scan(cluster, 4 * HOUR, vec![result("vul.critical_fixable", Outcome::Fail, 0)], vec![found])
    };
    recorded(&pool, &vulnerable).await;
    let [a, image] = [finding_named(&owner, "a").await, finding_named(&owner, "image").await];
    assert_eq!(level(&pool, image, 5 * HOUR).await.fix.map(|clock| clock.due), Some(Some(second(20 * HOUR))));
    // Of what is not said by source, the severity's target holds.
    assert_eq!(level(&pool, image, 5 * HOUR).await.acknowledge.map(|clock| clock.target), Some(hours(4)));

    zones::adopt(&pool, chrono_tz::Europe::Copenhagen, second(DAY)).await.expect("a zone");
    let business = Some(Target { amount: 2, unit: TargetUnit::BusinessDays });
    let levels = ServiceLevels {
        targets: BTreeMap::from([(Severity::High, Targets { acknowledge: None, fix: business })]),
        sources: BTreeMap::new(),
        closed: Holidays::denmark().holidays.clone(),
    };
    for again in [DAY, DAY + 5] {
        service_levels::adopt(&pool, &levels, second(again)).await.expect("in force");
    }
    // The test's time begins on Monday, 21 September 2026, at 16:13:20 in Copenhagen.
    assert_eq!(told(level(&pool, a, DAY - 60).await.fix), (Breached, Some(second(8 * HOUR))));
    assert_eq!(told(level(&pool, a, DAY + 60).await.fix).1, Some(second(2 * DAY)));
    assert_eq!(told(level(&pool, image, DAY + 60).await.fix), (Within, Some(second(2 * DAY + 4 * HOUR))));
    assert_eq!(level(&pool, a, DAY + 60).await.acknowledge, None);
    for at in [4 * HOUR, DAY - 60, DAY + 60, DAY + 12 * HOUR, 2 * DAY, 2 * DAY + 3 * HOUR, 9 * DAY] {
        assert_filters(&pool, at).await;
    }
    let mut db = pool.acquire().await.expect("a connection");
    let entries = ledger::entries(&mut db, 0, 100).await.expect("entries");
    assert_eq!(entries.iter().filter(|entry| entry.action == "settings.sla").count(), 2, "once a change");
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_nobody_promised_is_never_late(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    fail(&pool, cluster, 10, &["a"]).await;
    let a = finding_named(&owner, "a").await;
    assert_eq!(level(&pool, a, 900 * DAY).await, ServiceLevel::default());
    assert!(assert_filters(&pool, 900 * DAY).await.values().all(Vec::is_empty));
    // Nor is anything that was put in force later known of before.
    in_force(&pool, 20).await;
    assert_eq!(level(&pool, a, 19).await, ServiceLevel::default());
    assert!(level(&pool, a, 20).await.fix.is_some());
    // A cluster that has left has no clock that runs.
    clusters::register(&pool, &[], second(30)).await.expect("registered");
    assert_eq!(level(&pool, a, 40).await, ServiceLevel::default());
    pool.close().await;
}

#[sqlx::test(migrations = false)]
#[expect(clippy::disallowed_methods, reason = "the table is gone from the schema that statements are checked by")]
async fn deadlines_from_before_go_on_as_calendar_days(beside: PgPool) {
    let options = (*beside.connect_options()).clone();
    let owner = one_more(&options, "template0").await;
    let before = db::MIGRATIONS.iter().filter(|migration| migration.version < 20_261_128_000_071).cloned().collect();
    Migrator::with_migrations(before).run(&owner).await.expect("the schema of before");
    let deadlines = "INSERT INTO sla (valid_from, severity, acknowledge_days, fix_days)
                     VALUES ($1, 4, 1, 7), ($1, 3, NULL, NULL), ($2, 4, NULL, 3), ($2, 3, NULL, NULL)";
    sqlx::query(deadlines).bind(second(10)).bind(second(DAY)).execute(&owner).await.expect("deadlines");
    db::MIGRATIONS.run(&owner).await.expect("the schema of now");
    let calendar = |amount| Some(Target { amount, unit: TargetUnit::CalendarDays });
    let levels = |acknowledge, fix| ServiceLevels {
        targets: BTreeMap::from([(Severity::High, Targets { acknowledge, fix })]),
        ..ServiceLevels::default()
    };
    let rows =
        sqlx::query!(r#"SELECT valid_from, levels AS "levels: Json<ServiceLevels>" FROM service_level ORDER BY 1"#)
            .fetch_all(&owner)
            .await
            .expect("service levels");
    let told: Vec<_> = rows.into_iter().map(|row| (row.valid_from, row.levels.0.simplified())).collect();
    assert_eq!(told, [(second(10), levels(calendar(1), calendar(7))), (second(DAY), levels(None, calendar(3)))]);
    // The same configuration changes nothing.
    let pool = app_pool(&owner);
    service_levels::adopt(&pool, &levels(None, calendar(3)), second(2 * DAY)).await.expect("in force");
    let versions = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM service_level"#).fetch_one(&owner).await;
    assert_eq!(versions.expect("a count"), 2);
    pool.close().await;
    dropped(&owner, &options).await;
}
