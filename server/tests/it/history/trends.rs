//! Trends: every number of every day is what a recount of everything raw gives, in any zone and on days of any length.

use super::{acceptances, recount::Raw, *};
use ::model::{
    acceptance::{AcceptanceAct, AcceptanceScope},
    catalogue::Catalogue,
    disposition::Act,
    role::Role,
    service_level::{Holidays, ServiceLevels, Target, TargetUnit, Targets},
    trends::{TrendBy, TrendQuery, TrendShow, TrendStep},
    views::{Trend, TrendFamily, TrendPeriod},
};
use chrono_tz::{Europe::Copenhagen, Tz};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use server::{
    acceptances::{self as accepting, By, NewAcceptance},
    config::AcceptanceSettings,
    controls, days as zones,
    error::Error,
    service_levels, trends,
};
use std::collections::BTreeMap;

/// Histories tried for each zone and change of its clocks.
const CASES: u32 = 8;
const NAMESPACES: [&str; 3] = ["shop", "bank", "lab"];
const TEAMS: [Option<&str>; 3] = [None, Some("red"), Some("blue")];

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A scan that sees (check, subject, severity), and whether it saw every subject.
    Scan {
        cluster: usize,
        seen: Vec<(usize, usize, Severity)>,
        whole: bool,
    },
    Decide {
        acknowledge: bool,
        pick: usize,
    },
    Teams {
        cluster: usize,
        of: [usize; 3],
    },
    /// A finding is accepted for so many hours.
    Accept {
        pick: usize,
        hours: i64,
    },
    /// The second cluster leaves the configuration.
    Leave,
}

pub(super) fn steps() -> impl Strategy<Value = Vec<(i64, Step)>> {
    let severity = proptest::sample::select(&[Severity::Low, Severity::High, Severity::Critical][..]);
    let seen = proptest::collection::vec((0..2_usize, 0..6_usize, severity), 0..7);
    let step = prop_oneof![
        6 => (0..2_usize, seen, proptest::bool::weighted(0.9)).prop_map(|(cluster, seen, whole)| Step::Scan { cluster, seen, whole }),
        4 => (proptest::bool::weighted(0.7), 0..12_usize).prop_map(|(acknowledge, pick)| Step::Decide { acknowledge, pick }),
        2 => (0..2_usize, [0..3_usize, 0..3, 0..3]).prop_map(|(cluster, of)| Step::Teams { cluster, of }),
        2 => (0..12_usize, 1..120_i64).prop_map(|(pick, hours)| Step::Accept { pick, hours }),
        1 => Just(Step::Leave),
    ];
    // Minutes after the step before.
    proptest::collection::vec((1..1_600_i64, step), 4..16)
}

/// What all histories of a test share.
pub(super) struct World {
    owner: PgPool,
    pub(super) app: PgPool,
    actor: deciding::Actor,
    /// Who asks for acceptances, and who approves them.
    accepting: [By; 2],
    pub(super) zone: Tz,
    registered: std::sync::Mutex<Vec<String>>,
}

pub(super) async fn world(owner: &PgPool, zone: Tz) -> World {
    use TargetUnit::{BusinessDays, CalendarDays, Hours};
    let app = app_pool(owner);
    zones::adopt(&app, zone, at("2026-01-01T00:00:00Z")).await.expect("a zone");
    let targets = |acknowledge: Option<(u32, TargetUnit)>, fix: Option<(u32, TargetUnit)>| {
        let target = |of: Option<(u32, TargetUnit)>| of.map(|(amount, unit)| Target { amount, unit });
        Targets { acknowledge: target(acknowledge), fix: target(fix) }
    };
    let levels = |targets: Vec<(Severity, Targets)>, sources: Vec<(Severity, Targets)>| ServiceLevels {
        targets: targets.into_iter().collect(),
        sources: BTreeMap::from([(Source::Velero, sources.into_iter().collect())]),
        closed: Holidays::denmark().holidays.clone(),
    };
    for (from, levels) in [
        (
            "2026-01-01T00:00:00Z",
            levels(
                vec![
                    (Severity::Critical, targets(Some((1, CalendarDays)), Some((3, CalendarDays)))),
                    (Severity::High, targets(Some((2, BusinessDays)), Some((5, CalendarDays)))),
                ],
                vec![],
            ),
        ),
        (
            "2026-03-29T10:00:00Z",
            levels(
                vec![
                    (Severity::Critical, targets(Some((2, CalendarDays)), Some((2, CalendarDays)))),
                    (Severity::High, targets(None, Some((9, CalendarDays)))),
                ],
                // Easter is a week after the clocks go forward.
                vec![(Severity::High, targets(None, Some((2, BusinessDays))))],
            ),
        ),
        (
            "2026-10-26T10:00:00Z",
            levels(
                vec![
                    (Severity::Critical, targets(Some((1, CalendarDays)), None)),
                    (Severity::Low, targets(Some((30, Hours)), Some((2, BusinessDays)))),
                ],
                vec![],
            ),
        ),
    ] {
        service_levels::adopt(&app, &levels, at(from)).await.expect("service levels");
    }
    let accepting = [
        acceptances::someone(owner, "Engineer", Role::Engineer).await,
        acceptances::someone(owner, "Officer", Role::SecurityOfficer).await,
    ];
    let actor = person(owner, "Erik").await;
    World { owner: owner.clone(), app, actor, accepting, zone, registered: std::sync::Mutex::default() }
}

impl World {
    pub(super) async fn register(
        &self,
        change: impl FnOnce(&mut Vec<String>),
        at: Instant,
    ) -> Vec<(ClusterId, String)> {
        let names = {
            let mut names = self.registered.lock().expect("nobody failed");
            change(&mut names);
            names.clone()
        };
        let all: Vec<_> = names.iter().map(|name| registered(name)).collect();
        clusters::register(&self.app, &all, at).await.expect("registered")
    }

    /// Lives through a history; answers its clusters' names, and every instant at which something happened.
    pub(super) async fn live(&self, begin: Instant, steps: &[(i64, Step)]) -> (Vec<String>, Vec<Instant>) {
        let names: Vec<String> = (0..2).map(|_| format!("c{}", Uuid::new_v4().simple())).collect();
        let ids = self.register(|all| all.extend(names.clone()), begin).await;
        let own: Vec<ClusterId> =
            names.iter().map(|name| ids.iter().find(|(_, it)| it == name).expect("registered").0).collect();
        let (mut now, mut instants) = (begin, Vec::new());
        let (mut seconds, mut left) = (0, false);
        for (minutes, step) in steps {
            // An odd second each, so that nothing is opened at a time that clocks skip or repeat on another day.
            seconds += 1;
            now += TimeDelta::minutes(*minutes) + TimeDelta::seconds(seconds);
            while self.is_odd(now) {
                now += TimeDelta::hours(1);
            }
            instants.push(now);
            match step {
                Step::Scan { cluster, .. } | Step::Teams { cluster, .. } if *cluster == 1 && left => {}
                Step::Scan { cluster, seen, whole } => self.scan(own[*cluster], seen, *whole, now).await,
                Step::Decide { acknowledge, pick } => self.decide(&own, *acknowledge, *pick, now).await,
                Step::Teams { cluster, of } => {
                    let own_teams =
                        NAMESPACES.iter().zip(of).filter_map(|(it, team)| Some(((*it).into(), TEAMS[*team]?.into())));
                    let teams = Some(own_teams.collect());
                    let seen = vec![result("out.classified", Outcome::NeedsReview, 0)];
                    let scan = Scan {
                        source: Source::Inventory,
                        teams,
                        started_at: now,
                        ended_at: now,
                        ..scan(own[*cluster], 0, seen, vec![])
                    };
                    history::record(&self.app, &scan, now).await.expect("recorded");
                }
                Step::Accept { pick, hours } => self.accept(&own, *pick, *hours, now).await,
                Step::Leave if left => {}
                Step::Leave => {
                    left = true;
                    self.register(|all| all.retain(|name| *name != names[1]), now).await;
                }
            }
        }
        (names, instants)
    }

    /// Whether the clocks show the time of day twice or never, on one of the next days.
    fn is_odd(&self, now: Instant) -> bool {
        let local = now.with_timezone(&self.zone);
        (0..=5).any(|days| local.checked_add_days(chrono::Days::new(days)).is_none())
    }

    async fn scan(&self, cluster: ClusterId, seen: &[(usize, usize, Severity)], whole: bool, now: Instant) {
        let checks: Vec<String> =
            Catalogue::embedded().checks_of(Source::Velero).take(2).map(|check| check.id.0.clone()).collect();
        let results = checks.iter().map(|check| result(check, Outcome::Fail, u32::from(!whole))).collect();
        let observations = seen.iter().map(|(check, subject, severity)| {
            let mut seen = observation(&checks[*check], &format!("subject-{subject}"), *severity);
            seen.subject.namespace = NAMESPACES.get(subject % 4).map(|it| (*it).to_owned());
            seen
        });
        let scan = Scan { started_at: now, ended_at: now, ..scan(cluster, 0, results, observations.collect()) };
        history::record(&self.app, &scan, now).await.expect("recorded");
    }

    async fn decide(&self, clusters: &[ClusterId], acknowledge: bool, pick: usize, now: Instant) {
        let ids: Vec<Uuid> = clusters.iter().map(|cluster| cluster.0).collect();
        let known = sqlx::query_scalar!("SELECT id FROM finding WHERE cluster_id = ANY($1) ORDER BY id", &ids)
            .fetch_all(&self.owner)
            .await
            .expect("findings");
        let Some(finding) = known.get(pick % known.len().max(1)) else { return };
        let kind = if acknowledge { &Act::Acknowledge } else { &Act::Withdraw };
        let comment = format!("at {now}");
        let outcome = deciding::decide(&self.app, &self.actor, kind, &[FindingId(*finding)], &comment, now).await;
        assert!(matches!(outcome, Ok(_) | Err(Error::Conflict { .. })), "{outcome:?}");
    }

    async fn accept(&self, clusters: &[ClusterId], pick: usize, hours: i64, now: Instant) {
        let ids: Vec<Uuid> = clusters.iter().map(|cluster| cluster.0).collect();
        let known = sqlx::query_scalar!("SELECT id FROM finding WHERE cluster_id = ANY($1) ORDER BY id", &ids)
            .fetch_all(&self.owner)
            .await
            .expect("findings");
        let Some(finding) = known.get(pick % known.len().max(1)) else { return };
        let mut expires = now + TimeDelta::hours(hours);
        while self.is_odd(expires) {
            expires += TimeDelta::hours(1);
        }
        let new = NewAcceptance {
            scope: AcceptanceScope::Finding { finding: FindingId(*finding) },
            reason: "the supplier mends it".into(),
            compensating_control: "not reachable from outside".into(),
            residual_risk: String::new(),
            begins_at: None,
            expires_at: expires,
            ends_on: std::collections::BTreeSet::new(),
            extends: None,
        };
        let settings =
            AcceptanceSettings { two_approvers: std::collections::BTreeSet::new(), ..AcceptanceSettings::default() };
        let [engineer, officer] = &self.accepting;
        match accepting::request(&self.app, &settings, engineer, &new, now).await {
            Ok(id) => {
                let approved = now + TimeDelta::seconds(7);
                let done = accepting::act(&self.app, officer, id, AcceptanceAct::Approve, "seen", approved).await;
                done.expect("approved");
            }
            // Nothing fails, or it is asked for already.
            Err(error) => assert!(matches!(error, Error::Conflict { .. } | Error::Invalid { .. }), "{error:?}"),
        }
    }

    async fn load(&self, query: &TrendQuery, at: Instant) -> Trend {
        let mut db = self.app.acquire().await.expect("a connection");
        trends::load(&mut db, query, at).await.expect("a trend")
    }

    /// Compares everything that trends tell, as of an instant.
    pub(super) async fn compare(&self, names: &[String], from: Instant, at: Instant) {
        let raw = Raw::of(&self.owner, names, at, self.zone).await;
        let first = from.with_timezone(&self.zone).date_naive();
        for step in [TrendStep::Day, TrendStep::Week] {
            let query = |show, by| TrendQuery {
                show,
                by,
                step: Some(step),
                from: Some(first),
                cluster: names.to_vec(),
                ..TrendQuery::default()
            };
            for by in TrendBy::ALL {
                let trend = self.load(&query(TrendShow::Open, *by), at).await;
                for (period, until, _) in periods(&raw, &trend, at) {
                    let got = of_period(&trend, period);
                    assert_eq!(got, raw.open_by(*by, until), "open by {by} at {until}");
                }
            }
            self.compare_flow(&raw, &query(TrendShow::Flow, TrendBy::Severity), at).await;
            let trend = self.load(&query(TrendShow::Times, TrendBy::Severity), at).await;
            for (period, until, start) in periods(&raw, &trend, at) {
                let end = until + TimeDelta::microseconds(1);
                assert_times(&trend, period, "acknowledged", &raw.acknowledgements(start, end));
                assert_times(&trend, period, "fixed", &raw.fixed(start, end));
            }
            let trend = self.load(&query(TrendShow::Sla, TrendBy::Severity), at).await;
            for (period, until, start) in periods(&raw, &trend, at) {
                let end = until + TimeDelta::microseconds(1);
                let expected = [
                    ("late_acknowledge", raw.late_by_severity(false, until)),
                    ("late_fix", raw.late_by_severity(true, until)),
                    ("breached_acknowledge", raw.breached(false, start, end)),
                    ("breached_fix", raw.breached(true, start, end)),
                ];
                let expected = expected.into_iter().flat_map(|(word, counts)| {
                    counts.into_iter().map(move |(severity, count)| (format!("{word}.{severity}"), count))
                });
                assert_eq!(of_period(&trend, period), expected.collect(), "deadlines from {start} to {until}");
            }
            let trend = self.load(&query(TrendShow::Age, TrendBy::Severity), at).await;
            for (period, until, _) in periods(&raw, &trend, at) {
                let expected =
                    raw.ages(until).into_iter().map(|(days, count)| (format!("age-{days}"), count)).collect();
                assert_eq!(of_period(&trend, period), expected, "ages at {until}");
            }
            self.compare_controls(&raw, &query(TrendShow::Controls, TrendBy::Severity), at).await;
        }
    }

    async fn compare_flow(&self, raw: &Raw, query: &TrendQuery, at: Instant) {
        for team in [None, Some("red")] {
            let query = TrendQuery { team: team.map(ToOwned::to_owned), ..query.clone() };
            let trend = self.load(&query, at).await;
            let keys: Vec<&str> = trend.columns.iter().map(|column| column.key.as_str()).collect();
            assert_eq!(keys, ["opened", "reopened", "closed", "departed", "shifted"]);
            for (period, until, start) in periods(raw, &trend, at) {
                let expected = raw.flow(start, until + TimeDelta::microseconds(1), team).map(Some);
                assert_eq!(period.values, expected, "flow of {team:?} from {start} to {until}");
                if query.step == Some(TrendStep::Day) {
                    let observed = raw.observed(start, until + TimeDelta::microseconds(1));
                    assert_eq!((period.observed, period.clusters), observed, "observed from {start} to {until}");
                }
            }
        }
    }

    /// The states of controls are those that the page of that instant shows.
    async fn compare_controls(&self, raw: &Raw, query: &TrendQuery, at: Instant) {
        let trend = self.load(query, at).await;
        for (period, until, _) in periods(raw, &trend, at) {
            let there: Vec<String> = raw
                .clusters
                .values()
                .filter(|(_, from, to)| *from <= until && to.is_none_or(|to| to > until))
                .map(|(name, ..)| name.clone())
                .collect();
            if there.is_empty() {
                continue;
            }
            let mut db = self.app.acquire().await.expect("a connection");
            let (_, controls) = controls::list(&mut db, until, &there).await.expect("controls");
            let mut expected: BTreeMap<String, i64> = BTreeMap::new();
            for control in controls {
                *expected.entry(control.assessment.state.to_string()).or_default() += 1;
            }
            let mut got = of_period(&trend, period);
            got.remove("share_met");
            assert_eq!(got, expected, "controls at {until}");
        }
    }
}

/// The periods of a trend with the last instant of each and its first, by the clocks of the zone.
fn periods<'a>(raw: &Raw, trend: &'a Trend, at: Instant) -> Vec<(&'a TrendPeriod, Instant, Instant)> {
    assert!(trend.periods.windows(2).all(|pair| pair[0].last.succ_opt() == Some(pair[1].first)));
    let bounds = |period: &'a TrendPeriod| {
        let next = raw.midnight(period.last.succ_opt().expect("a day"));
        let until = (next - TimeDelta::microseconds(1)).min(at);
        assert_eq!(period.until, until);
        (period, until, raw.midnight(period.first))
    };
    trend.periods.iter().map(bounds).collect()
}

/// The values of a period that are not zero, by key.
fn of_period(trend: &Trend, period: &TrendPeriod) -> BTreeMap<String, i64> {
    let known = trend.columns.iter().zip(&period.values);
    known.filter_map(|(column, value)| Some((column.key.clone(), (*value)?))).filter(|(_, value)| *value != 0).collect()
}

/// Compares with times in order: how many, their mean, and the nearest rank of each percentile.
fn assert_times(trend: &Trend, period: &TrendPeriod, kind: &str, took: &[TimeDelta]) {
    let value = |key: &str| {
        let place = trend.columns.iter().position(|column| column.key == key).expect("a column");
        period.values[place]
    };
    let number = |count: usize| i64::try_from(count).expect("few");
    assert_eq!(value(kind), Some(number(took.len())), "{kind} until {}", period.until);
    let micros: Vec<i64> = took.iter().map(|took| took.num_microseconds().expect("not that long")).collect();
    let mean = (!micros.is_empty()).then(|| micros.iter().sum::<i64>() / number(micros.len()) / 1_000_000);
    assert_eq!(value(&format!("{kind}-mean")), mean, "mean {kind} until {}", period.until);
    for percent in [50, 90, 95] {
        let least = micros.iter().find(|limit| {
            let within = micros.iter().filter(|took| took <= limit).count();
            within * 100 >= percent * micros.len()
        });
        assert_eq!(value(&format!("{kind}-p{percent}")), least.map(|micros| micros / 1_000_000), "{kind} p{percent}");
    }
}

/// Histories across both changes of the clocks, asked as of some instants within and after them.
async fn histories_recounted(owner: PgPool, zone: Tz) {
    let world = std::sync::Arc::new(world(&owner, zone).await);
    tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let world = runtime.block_on(async {
            World {
                owner: app_owner(&world).await,
                app: app_pool(&world.owner),
                actor: world.actor.clone(),
                accepting: world.accepting.clone(),
                zone,
                registered: std::sync::Mutex::default(),
            }
        });
        // Clusters are registered one after the other, so all of spring comes before autumn.
        for begin in ["2026-03-27T09:00:00Z", "2026-10-23T09:00:00Z"].map(at) {
            let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
            let outcome = TestRunner::new(config).run(&(steps(), any::<prop::sample::Index>()), |(steps, pick)| {
                runtime.block_on(async {
                    let (names, instants) = world.live(begin, &steps).await;
                    let last = *instants.last().expect("some steps");
                    world.compare(&names, begin - days(1), last + TimeDelta::hours(40)).await;
                    world.compare(&names, begin - days(1), *pick.get(&instants)).await;
                });
                Ok(())
            });
            if let Err(error) = outcome {
                panic!("{error}");
            }
        }
        runtime.block_on(async {
            world.app.close().await;
            world.owner.close().await;
        });
    })
    .await
    .expect("the histories hold");
}

/// A pool of the owner's in the runtime that asks.
async fn app_owner(world: &World) -> PgPool {
    let options = (*world.owner.connect_options()).clone();
    PgPoolOptions::new().max_connections(2).connect_with(options).await.expect("a pool")
}

#[sqlx::test(migrations = "../migrations")]
async fn every_day_of_utc_is_what_a_recount_gives(owner: PgPool) {
    histories_recounted(owner, chrono_tz::UTC).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn every_day_of_copenhagen_is_what_a_recount_gives_with_23_and_25_hours_too(owner: PgPool) {
    histories_recounted(owner, Copenhagen).await;
}

/// Every row that counts a day of the newest zone, but those that came to nothing.
async fn day_rows(owner: &PgPool) -> Vec<String> {
    sqlx::query_scalar!(
        r#"SELECT d::text AS "row!" FROM (
               SELECT day, cluster_id, source, check_id, severity, opened, reopened, closed, departed, shifted
               FROM findings_daily_by_check WHERE zone_id = (SELECT max(id) FROM day_zone)
                 AND (opened, reopened, closed, departed, shifted) <> (0, 0, 0, 0, 0)
               UNION ALL
               SELECT day, cluster_id, '', '', severity, opened, reopened, closed, departed, shifted
               FROM findings_daily WHERE zone_id = (SELECT max(id) FROM day_zone)
                 AND (opened, reopened, closed, departed, shifted) <> (0, 0, 0, 0, 0)
               UNION ALL
               SELECT day, cluster_id, source, 'judged', 0, 0, 0, 0, 0, 0 FROM observed_day WHERE zone_id = (SELECT max(id) FROM day_zone)
               UNION ALL
               SELECT day, cluster_id, '', 'judged', 0, 0, 0, 0, 0, 0 FROM cluster_observed_day WHERE zone_id = (SELECT max(id) FROM day_zone)
           ) AS d ORDER BY 1"#
    )
    .fetch_all(owner)
    .await
    .expect("rows")
}

fn a_history() -> Vec<(i64, Step)> {
    let see = |cluster, seen: &[(usize, usize, Severity)]| Step::Scan { cluster, seen: seen.to_vec(), whole: true };
    vec![
        (10, see(0, &[(0, 0, Severity::High), (0, 1, Severity::Low), (1, 2, Severity::Critical)])),
        (5, see(1, &[(0, 0, Severity::High), (1, 3, Severity::Low)])),
        (840, see(0, &[(0, 0, Severity::Critical), (1, 2, Severity::Critical)])),
        (30, Step::Decide { acknowledge: true, pick: 0 }),
        (1_300, see(0, &[(0, 1, Severity::Low), (1, 2, Severity::High)])),
        (700, see(1, &[(1, 3, Severity::High)])),
        (90, Step::Leave),
        (1_500, see(0, &[(0, 0, Severity::High)])),
    ]
}

#[sqlx::test(migrations = "../migrations")]
async fn another_zone_counts_the_past_anew_and_leaves_the_old_days_as_they_were(owner: PgPool) {
    let world = world(&owner, Copenhagen).await;
    let begin = at("2026-03-27T21:00:00Z");
    let (names, instants) = world.live(begin, &a_history()).await;
    let last = *instants.last().expect("steps");
    let counted = day_rows(&owner).await;
    let query =
        TrendQuery { cluster: names, from: Some("2026-03-27".parse().expect("a day")), ..TrendQuery::default() };
    let before = world.load(&query, last).await;
    let entries = || {
        sqlx::query_scalar!(r#"SELECT count(*) AS "n!" FROM ledger WHERE action = 'settings.time_zone'"#)
            .fetch_one(&owner)
    };
    assert_eq!(entries().await.expect("entries"), 1);
    // Another zone, and back: the days counted at once are those that were counted as they came.
    zones::adopt(&world.app, chrono_tz::America::New_York, last + days(1)).await.expect("a zone");
    assert_ne!(day_rows(&owner).await, counted);
    zones::adopt(&world.app, Copenhagen, last + days(2)).await.expect("a zone");
    assert_eq!(day_rows(&owner).await, counted);
    zones::adopt(&world.app, Copenhagen, last + days(3)).await.expect("the same zone");
    assert_eq!(entries().await.expect("entries"), 3);
    assert_eq!(world.load(&query, last).await, before, "what was told then is told still");
    let between = world.load(&TrendQuery { to: Some(before.last), ..query }, last + days(1) + days(1) / 2).await;
    assert_eq!(between.time_zone, "America/New_York");
    world.app.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_told_is_refused_with_a_sentence(owner: PgPool) {
    let world = world(&owner, Copenhagen).await;
    let mut db = world.app.acquire().await.expect("a connection");
    let now = at("2026-06-30T10:00:00Z");
    for (query, key) in [
        ("from=2026-06-02&to=2026-06-01", "error-trend-backwards"),
        ("to=2026-07-01", "error-period-ahead"),
        ("from=2021-06-01", "error-trend-too-long"),
        ("cluster=nowhere", "error-invalid-filter"),
        ("control=A.9.99", "error-invalid-filter"),
        ("show=controls&severity=high", "error-trend-filter"),
        ("show=controls&team=red", "error-trend-filter"),
    ] {
        let query = TrendQuery::from_query(query).expect("it can be read");
        let refused = trends::load(&mut db, &query, now).await.expect_err("it is refused");
        assert!(matches!(refused, Error::Invalid { key: told, .. } if told == key), "{key}: {refused:?}");
    }
    let longest = TrendQuery::from_query("from=2021-06-30").expect("it can be read");
    let trend = trends::load(&mut db, &longest, now).await.expect("five years are told");
    assert!(trend.periods.iter().all(|period| (period.observed, period.clusters) == (0, 0)));
    drop(db);
    world.app.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_long_trend_reads_the_counts_of_days_and_none_of_the_history(owner: PgPool) {
    let world = world(&owner, Copenhagen).await;
    let (_, instants) = world.live(at("2026-03-27T21:00:00Z"), &a_history()).await;
    let last = *instants.last().expect("steps");
    // A connection that has read nothing yet: what is counted is of this transaction alone.
    let fresh = app_pool(&owner);
    let mut db = fresh.begin().await.expect("a transaction");
    let query = TrendQuery { last: 730, step: Some(TrendStep::Day), ..TrendQuery::default() };
    let trend = trends::load(&mut db, &query, last + days(400)).await.expect("a trend");
    assert_eq!(trend.periods.len(), 730);
    assert!(trend.columns.iter().all(|column| column.family == TrendFamily::Severity) && !trend.columns.is_empty());
    let touched = sqlx::query!(
        r#"SELECT relname AS "table!", coalesce(seq_scan, 0) AS "seq_scan!", coalesce(idx_scan, 0) AS "idx_scan!"
           FROM pg_stat_xact_user_tables WHERE coalesce(seq_scan, 0) + coalesce(idx_scan, 0) > 0"#
    )
    .fetch_all(&mut *db)
    .await
    .expect("what was read");
    let scans = |table: &str| touched.iter().find(|row| row.table == table).map(|row| (row.seq_scan, row.idx_scan));
    assert!(scans("findings_daily").is_some());
    for history in ["finding", "finding_interval", "check_result", "decision_finding"] {
        assert_eq!(scans(history), None, "{history} was read");
    }
    // The scan log is asked whether anything was judged today, by its index.
    assert!(scans("scan").is_none_or(|(seq_scan, _)| seq_scan == 0));
    drop(db);
    fresh.close().await;
    world.app.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn page_table_and_api_say_the_same(owner: PgPool) {
    let world = world(&owner, Copenhagen).await;
    world.live(at("2026-10-23T09:00:00Z"), &a_history()).await;
    let app = crate::harness::TestApp::new(&owner);
    let mut viewer = app.as_role(::model::role::Role::Viewer).await;
    for query in [
        "",
        "show=flow",
        "show=times&step=week",
        "show=sla",
        "show=age",
        "show=controls",
        "by=control",
        "by=team",
        "by=cluster",
    ] {
        let page = viewer.get(&format!("/trends?{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        assert!(!page.body.contains('⟦'), "{query} lacks a text");
        assert!(page.body.contains("<figure class=\"trend\""), "{query} has no chart");
        assert!(page.body.contains("/trends.csv?"), "{query} has no table to fetch");
        let answer = viewer.get(&format!("/api/v1/trends?{query}")).await;
        let told: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let csv = viewer.get(&format!("/trends.csv?{query}")).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let rows: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().skip(1).collect();
        let periods = told["periods"].as_array().expect("periods");
        assert_eq!(rows.len(), periods.len(), "{query}");
        for (row, period) in rows.iter().zip(periods) {
            let looked = period["observed"] != 0 || query.contains("times") || query.contains("controls");
            let values = period["values"].as_array().expect("values").iter();
            let expected: Vec<String> = values
                .map(|value| value.as_i64().filter(|_| looked).map(|n| n.to_string()).unwrap_or_default())
                .collect();
            assert!(row.ends_with(&format!(",{}", expected.join(","))), "{query}: {row} is not {expected:?}");
        }
    }
    for (query, sentence) in
        [("to=2027-01-01", "cannot reach beyond the day"), ("from=2026-10-02&to=2026-10-01", "no later than it ends")]
    {
        let page = viewer.get(&format!("/trends?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(page.body.contains(sentence), "{query}: {}", page.body);
    }
    // A filter of findings does not narrow states of controls: the page says so and keeps it for what it narrows, and
    // whoever fetches data is refused.
    let page = viewer.get("/trends?show=controls&severity=high&team=red").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Not applied here") && page.body.contains("Severity High, Team red"), "{}", page.body);
    assert!(page.body.contains("href=\"/trends?severity=high&amp;team=red\""), "{}", page.body);
    assert!(page.body.contains("/trends.csv?show=controls\""), "{}", page.body);
    let whole = viewer.get("/trends?show=controls").await;
    assert!(!whole.body.contains("Not applied here"));
    for path in ["/trends.csv", "/api/v1/trends"] {
        for filter in ["severity=high", "source=rbac", "check=bak.recent", "team=red"] {
            let refused = viewer.get(&format!("{path}?show=controls&{filter}")).await;
            assert_eq!(refused.status, 400, "{path} {filter}");
            assert!(refused.body.contains("does not narrow it"), "{path} {filter}: {}", refused.body);
            assert!(refused.body.contains(filter), "{path} {filter}: {}", refused.body);
        }
    }
    world.app.close().await;
}
