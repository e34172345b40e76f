//! Any sequence of scans and decisions, replayed, gives at every instant exactly what the naive model gives.

use super::{
    model::{Decision, Expected, Model, act_of},
    *,
};
use ::model::{
    catalogue::Catalogue,
    control::{CheckEvidence, check_state},
    finding::{
        DecisionKind, Extent, FindingState,
        FindingState::{Acknowledged, Closed, FalsePositive, Open},
    },
};
use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{Config, TestRunner},
};
use server::{controls, db::MIGRATIONS, error::Error};
use sqlx::postgres::PgConnectOptions;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU32, Ordering},
};

/// Sequences tried in all; `PROPTEST_CASES` asks for more.
const CASES: u32 = 2_000;
const THREADS: u32 = 4;
/// Sequences of one database: each looks at the whole of it at every instant, which grows with those before.
const BATCH: u32 = 50;
static WORLD_TIME: AtomicU32 = AtomicU32::new(0);
pub(super) const SOURCES: [Source; 2] = [Source::Velero, Source::CertManager];
const SUBJECTS: [&str; 4] = ["daily", "weekly", "monthly", "50%_off"];

#[derive(Clone, Debug)]
enum Step {
    Scan(ScanPlan),
    /// The source's last scan once more, later.
    Again(usize, i64),
    Decide {
        kind: DecisionKind,
        picks: Vec<Index>,
        by: usize,
        comment: u8,
        pause: i64,
    },
}

#[derive(Clone, Debug)]
struct ScanPlan {
    source: usize,
    coverage: Coverage,
    pause: i64,
    /// Seconds from the start to being recorded; long ones are overtaken.
    lag: i64,
    /// By how many seconds the recording server's clock is behind.
    skew: i64,
    /// Check, outcome, whether something was not read, and of which subject that is known to be.
    results: Vec<(usize, Outcome, bool, Option<usize>)>,
    observations: Vec<(usize, usize, Severity, bool, bool)>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let coverage = prop_oneof![6 => Just(Coverage::Complete), 4 => proptest::sample::select(Coverage::ALL)];
    let outcome =
        prop_oneof![4 => Just(Outcome::Fail), 3 => Just(Outcome::Pass), 3 => proptest::sample::select(Outcome::ALL)];
    let severity = proptest::sample::select(&[Severity::Low, Severity::High, Severity::Critical][..]);
    let unseen = proptest::option::of(0..SUBJECTS.len());
    let results = proptest::collection::vec((0..3_usize, outcome, proptest::bool::weighted(0.3), unseen), 0..5);
    let observation = (0..3_usize, 0..SUBJECTS.len(), severity, any::<bool>(), any::<bool>());
    let scan = (
        0..SOURCES.len(),
        coverage,
        prop_oneof![1 => Just(0), 5 => 1..100_i64],
        prop_oneof![5 => Just(0), 1 => 0..150_i64],
        prop_oneof![7 => Just(0), 1 => 0..150_i64],
        results,
        proptest::collection::vec(observation, 0..8),
    )
        .prop_map(|(source, coverage, pause, lag, skew, results, observations)| {
            Step::Scan(ScanPlan { source, coverage, pause, lag, skew, results, observations })
        });
    let kind = prop_oneof![
        5 => Just(DecisionKind::Acknowledge),
        2 => Just(DecisionKind::Withdraw),
        1 => Just(DecisionKind::Comment),
        3 => Just(DecisionKind::FalsePositive),
        3 => Just(DecisionKind::ConfirmFalsePositive),
        1 => Just(DecisionKind::RejectFalsePositive),
        1 => Just(DecisionKind::Reopen)
    ];
    let decide = (kind, proptest::collection::vec(any::<Index>(), 1..4), 0..2_usize, 0..2_u8, 0..50_i64)
        .prop_map(|(kind, picks, by, comment, pause)| Step::Decide { kind, picks, by, comment, pause });
    let again = (0..SOURCES.len(), 0..50_i64).prop_map(|(source, pause)| Step::Again(source, pause));
    proptest::collection::vec(prop_oneof![5 => scan, 1 => again, 3 => decide], 1..14)
}

#[sqlx::test(migrations = "../migrations")]
async fn history_replayed_is_what_the_naive_model_says(owner: PgPool) {
    let options = (*owner.connect_options()).clone();
    let asked = std::env::var_os("PROPTEST_CASES").and_then(|cases| cases.to_str()?.parse().ok());
    let batches = asked.unwrap_or(CASES).div_ceil(THREADS * BATCH);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let options = options.clone();
            tokio::task::spawn_blocking(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                (0..batches).try_for_each(|_| batch(&runtime, &options))
            })
        })
        .collect();
    for thread in threads {
        if let Err(error) = thread.await.expect("the thread ends") {
            panic!("{error}");
        }
    }
}

fn batch(runtime: &tokio::runtime::Runtime, options: &PgConnectOptions) -> Result<(), String> {
    let world = runtime.block_on(World::new(options));
    let config = Config { cases: BATCH, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let sequences = (steps(), proptest::bool::weighted(0.05));
    let outcome = TestRunner::new(config).run(&sequences, |(steps, walk_pages)| {
        runtime.block_on(Case::run(&world, &steps, walk_pages));
        Ok(())
    });
    outcome.map_err(|error| error.to_string())?;
    runtime.block_on(world.end(options));
    Ok(())
}

/// What all cases of a batch share: a database of their own.
pub(super) struct World {
    owner: PgPool,
    pub(super) app: PgPool,
    people: [deciding::Actor; 2],
}

impl World {
    async fn new(options: &PgConnectOptions) -> Self {
        let owner = one_more(options, "template1").await;
        MIGRATIONS.run(&owner).await.expect("the schema");
        let people = [person(&owner, "Erik").await, person(&owner, "Maja").await];
        let app = app_pool(&owner);
        Self { owner, app, people }
    }

    async fn end(&self, options: &PgConnectOptions) {
        assert_no_overlap(&self.owner).await;
        server::ledger::verify(&self.owner).await.expect("the chain of decisions holds");
        self.app.close().await;
        dropped(&self.owner, options).await;
    }
}

/// A sequence on a cluster of its own, in reality and in the model.
pub(super) struct Case<'a> {
    pub(super) world: &'a World,
    cluster: ClusterId,
    pub(super) name: String,
    pub(super) model: Model,
    clock: i64,
    last_scan: BTreeMap<Source, Scan>,
    /// The model knows findings by fingerprint, the system by id.
    pub(super) ids: BTreeMap<Uuid, (FindingId, Source)>,
    scans: i64,
    intervals: i64,
}

impl<'a> Case<'a> {
    async fn run(world: &'a World, steps: &[Step], walk_pages: bool) {
        let id = Uuid::new_v4();
        let name = id.simple().to_string();
        sqlx::query!(
            r"WITH it AS (INSERT INTO cluster (id, name, valid_from) VALUES ($1, $2, $3))
              INSERT INTO cluster_facts (cluster_id, title, server, valid_from) VALUES ($1, $2, $2, $3)",
            id,
            name,
            second(-1_000),
        )
        .execute(&world.owner)
        .await
        .expect("a cluster");
        let mut case = Self {
            world,
            cluster: ClusterId(id),
            name,
            model: Model::default(),
            // Later than every other case, so that no query meets the others' later past.
            clock: i64::from(WORLD_TIME.fetch_add(1, Ordering::Relaxed)) * 10_000,
            last_scan: BTreeMap::new(),
            ids: BTreeMap::new(),
            scans: 0,
            intervals: 0,
        };
        for step in steps {
            case.step(step).await;
        }
        case.compare_every_instant().await;
        if walk_pages {
            case.compare_pages().await;
            case.compare_checks().await;
            case.compare_periods().await;
        }
    }

    async fn step(&mut self, step: &Step) {
        match step {
            Step::Scan(plan) => {
                self.clock += plan.pause;
                let scan = self.scan(plan);
                self.record(&scan, second(self.clock - plan.skew)).await;
                self.last_scan.insert(scan.source, scan);
            }
            Step::Again(source, pause) => {
                self.clock += pause;
                if let Some(scan) = self.last_scan.get(&SOURCES[*source]) {
                    let now = second(self.clock);
                    self.record(&Scan { started_at: now, ended_at: now, ..scan.clone() }, now).await;
                }
            }
            Step::Decide { kind, picks, by, comment, pause } => {
                self.clock += pause;
                if !self.ids.is_empty() {
                    let known: Vec<Uuid> = self.ids.keys().copied().collect();
                    let findings = picks.iter().map(|pick| *pick.get(&known)).collect();
                    self.decide(*kind, findings, *by, &format!("comment {comment}")).await;
                }
            }
        }
    }

    fn scan(&self, plan: &ScanPlan) -> Scan {
        let source = SOURCES[plan.source];
        let checks: Vec<String> = Catalogue::embedded().checks_of(source).map(|check| check.id.0.clone()).collect();
        let results = plan.results.iter().map(|(check, outcome, unread, unseen)| {
            let of = |subject: usize| vec![Extent { name: Some(SUBJECTS[subject].into()), ..Extent::default() }];
            let unseen = unseen.filter(|_| *unread).map(of);
            CheckResult { unseen, ..result(&checks[*check], *outcome, u32::from(*unread)) }
        });
        let observations = plan.observations.iter().map(|(check, subject, severity, fault, detail)| {
            let mut observation = observation(&checks[*check], SUBJECTS[*subject], *severity);
            observation.fault = if *fault { "paused".into() } else { "failing".into() };
            if *detail {
                observation.detail.insert("reason".into(), "by hand".into());
            }
            observation
        });
        let mut scan = scan(self.cluster, self.clock, results.collect(), observations.collect());
        scan.started_at = second(self.clock - plan.lag);
        (scan.source, scan.coverage) = (source, plan.coverage);
        scan
    }

    async fn record(&mut self, scan: &Scan, at: Instant) {
        let recorded = history::record(&self.world.app, scan, at).await.expect("a scan is recorded");
        let instant = sqlx::query_scalar!("SELECT recorded_at FROM scan WHERE id = $1", recorded.scan.0)
            .fetch_one(&self.world.owner)
            .await
            .expect("its row");
        self.assert_instant(instant, at);
        let (expected, state) = self.model.after(scan, instant);
        let got = Expected {
            superseded: recorded.superseded,
            opened: recorded.opened,
            closed: recorded.closed,
            changed: recorded.changed,
        };
        assert_eq!(got, expected);
        self.assert_nothing_unseen_closed(scan, &state);
        self.model.keep(scan.source, instant, state);
        self.scans += 1;
        self.intervals += i64::from(expected.opened + expected.changed);
        if expected.opened > 0 {
            let known = sqlx::query!(
                "SELECT id, fingerprint FROM finding WHERE cluster_id = $1 AND source = $2",
                self.cluster.0,
                scan.source.as_str()
            );
            for row in known.fetch_all(&self.world.owner).await.expect("findings") {
                self.ids.insert(row.fingerprint, (FindingId(row.id), scan.source));
            }
        }
    }

    /// A finding never closes by a scan that did not see its subject.
    fn assert_nothing_unseen_closed(&self, scan: &Scan, after: &model::State) {
        let before = self.model.now(scan.source);
        for (finding, failing) in before.open.iter().filter(|(finding, _)| !after.open.contains_key(*finding)) {
            let result = after.results.get(&failing.check).expect("a verdict closes it");
            let subject = &after.subjects[finding];
            assert!(result.may_close(subject), "{subject} was closed by {result:?}");
            assert!(result.unread == 0 || result.unseen.iter().flatten().all(|extent| !extent.holds(subject)));
        }
    }

    /// The instant asked for is taken unless something was known by then.
    fn assert_instant(&self, instant: Instant, asked: Instant) {
        let newest = self.model.instants().last().copied();
        assert!(instant >= asked);
        assert!(
            instant == asked
                || newest.is_some_and(|newest| asked <= newest && instant <= newest + TimeDelta::microseconds(1))
        );
    }

    async fn decide(&mut self, kind: DecisionKind, findings: BTreeSet<Uuid>, by: usize, comment: &str) {
        let at = second(self.clock);
        let by = &self.world.people[by];
        let mut said = Decision { by: by.person, kind, comment: comment.to_owned(), findings, at };
        let ids: Vec<FindingId> = said.findings.iter().map(|finding| self.ids[finding].0).collect();
        let outcome = deciding::decide(&self.world.app, by, &act_of(kind), &ids, comment, at).await;
        if self.model.said_before(&said) {
            assert!(outcome.is_ok());
            return;
        }
        if self.model.refuses(&said, |finding| self.ids[&finding].1) {
            assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
            return;
        }
        let decision = outcome.expect("decides");
        said.at = sqlx::query_scalar!("SELECT decided_at FROM decision WHERE id = $1", decision.0)
            .fetch_one(&self.world.owner)
            .await
            .expect("its row");
        self.assert_instant(said.at, at);
        self.model.decide(said);
    }

    /// Results, open findings and counts, at every instant of change and just before it.
    #[expect(clippy::too_many_lines, reason = "three tables, each beside the model")]
    async fn compare_every_instant(&self) {
        let micro = TimeDelta::microseconds(1);
        let instants: BTreeSet<Instant> = self.model.instants().iter().flat_map(|at| [*at - micro, *at]).collect();
        let instants: Vec<Instant> = instants.into_iter().collect();
        let mut open: BTreeMap<Instant, BTreeMap<Uuid, model::Failing>> = BTreeMap::new();
        let rows = sqlx::query!(
            r#"SELECT t.at AS "at!", i.fingerprint AS "fingerprint!", i.check_id AS "check!", i.severity AS "severity!", i.fault AS "fault!",
                      i.detail AS "detail!: sqlx::types::Json<Detail>", i.opened_at AS "opened_at!"
               FROM UNNEST($1::timestamptz[]) AS t (at) CROSS JOIN LATERAL finding_interval_as_of(t.at) AS i
               WHERE i.cluster_id = $2"#,
            &instants,
            self.cluster.0,
        );
        for row in rows.fetch_all(&self.world.owner).await.expect("intervals") {
            let failing = model::Failing {
                check: row.check,
                severity: Severity::from(row.severity),
                fault: row.fault,
                detail: row.detail.0,
                opened_at: row.opened_at,
            };
            assert!(
                open.entry(row.at).or_default().insert(row.fingerprint, failing).is_none(),
                "two intervals at once"
            );
        }
        let mut results: BTreeMap<Instant, BTreeMap<String, (String, i32, bool)>> = BTreeMap::new();
        let rows = sqlx::query!(
            r#"SELECT t.at AS "at!", r.check_id AS "check!", r.outcome AS "outcome!", r.examined AS "examined!", r.unread AS "unread!"
               FROM UNNEST($1::timestamptz[]) AS t (at) CROSS JOIN LATERAL check_result_as_of(t.at) AS r
               WHERE r.cluster_id = $2"#,
            &instants,
            self.cluster.0,
        );
        for row in rows.fetch_all(&self.world.owner).await.expect("results") {
            let row_value = (row.outcome, row.examined, row.unread > 0);
            assert!(results.entry(row.at).or_default().insert(row.check, row_value).is_none(), "two results at once");
        }
        let mut counts: BTreeMap<Instant, BTreeMap<(String, i16, bool), i64>> = BTreeMap::new();
        let rows = sqlx::query!(
            r#"SELECT t.at AS "at!", o.check_id AS "check!", o.severity AS "severity!", o.acknowledged AS "acknowledged!", o.findings AS "findings!"
               FROM UNNEST($1::timestamptz[]) AS t (at) CROSS JOIN LATERAL open_findings_as_of(t.at) AS o
               WHERE o.cluster_id = $2"#,
            &instants,
            self.cluster.0,
        );
        for row in rows.fetch_all(&self.world.owner).await.expect("counts") {
            counts.entry(row.at).or_default().insert((row.check, row.severity, row.acknowledged), row.findings);
        }
        let mut unseen: BTreeMap<Instant, BTreeMap<Uuid, Instant>> = BTreeMap::new();
        let rows = sqlx::query!(
            r#"SELECT t.at AS "at!", f.fingerprint, u.valid_from FROM UNNEST($1::timestamptz[]) AS t (at)
               JOIN finding_unseen u ON u.valid_from <= t.at AND (u.valid_to IS NULL OR u.valid_to > t.at)
               JOIN finding f ON f.id = u.finding_id
               WHERE u.cluster_id = $2"#,
            &instants,
            self.cluster.0,
        );
        for row in rows.fetch_all(&self.world.owner).await.expect("what was not seen") {
            let twice = unseen.entry(row.at).or_default().insert(row.fingerprint, row.valid_from);
            assert!(twice.is_none(), "noted twice");
        }
        for at in instants {
            let states: Vec<model::State> = SOURCES.iter().map(|source| self.model.state(*source, at)).collect();
            let expected_open: BTreeMap<_, _> = states.iter().flat_map(|state| state.open.clone()).collect();
            assert_eq!(open.remove(&at).unwrap_or_default(), expected_open, "findings at {at}");
            let expected_unseen: BTreeMap<_, _> = states.iter().flat_map(|state| state.unseen.clone()).collect();
            assert_eq!(unseen.remove(&at).unwrap_or_default(), expected_unseen, "not seen at {at}");
            let expected_results: BTreeMap<_, _> = states
                .iter()
                .flat_map(|state| &state.results)
                .map(|(check, r)| (check.clone(), (r.outcome.to_string(), 3, r.unread > 0)))
                .collect();
            assert_eq!(results.remove(&at).unwrap_or_default(), expected_results, "results at {at}");
            assert_eq!(counts.remove(&at).unwrap_or_default(), self.model.counts(at), "counts at {at}");
        }
        let written = sqlx::query!(
            r#"SELECT (SELECT count(*) FROM scan WHERE cluster_id = $1) AS "scans!",
                      (SELECT count(*) FROM finding_interval WHERE cluster_id = $1) AS "intervals!""#,
            self.cluster.0,
        );
        let written = written.fetch_one(&self.world.owner).await.expect("counts");
        assert_eq!((written.scans, written.intervals), (self.scans, self.intervals), "rows written");
    }

    /// Lists, walked page by page in both directions, now and at an instant in between.
    async fn compare_pages(&self) {
        let instants = self.model.instants();
        let (Some(last), Some(middle)) = (instants.last(), instants.iter().nth(instants.len() / 2)) else { return };
        let mut db = self.world.app.acquire().await.expect("a connection");
        for (at, state) in [
            (*last, vec![Open, Acknowledged, Closed]),
            (*middle, vec![]),
            (*middle, vec![Acknowledged]),
            (*middle, vec![FalsePositive]),
            (*middle, vec![Acknowledged, FalsePositive]),
            (*middle, vec![Open, FalsePositive, Closed]),
            (*last, vec![Open, Closed]),
        ] {
            let wanted: &[FindingState] = if state.is_empty() { &[Open, Acknowledged, FalsePositive] } else { &state };
            let mut expected: Vec<_> = self
                .model
                .findings(at)
                .into_iter()
                .filter(|(_, (state, ..))| wanted.contains(state))
                .map(|(finding, (state, failing, closed_at))| {
                    (
                        std::cmp::Reverse(failing.severity),
                        std::cmp::Reverse(failing.opened_at),
                        std::cmp::Reverse(self.ids[&finding].0),
                        state,
                        closed_at,
                    )
                })
                .collect();
            expected.sort();
            let filter = FindingFilter { cluster: vec![self.name.clone()], state, ..FindingFilter::default() };
            let mut forward = Vec::new();
            let mut cursor: Option<String> = None;
            let (mut backward, mut previous) = loop {
                let page = findings::page(&mut db, &filter, cursor.as_deref(), 3, at).await.expect("a page");
                assert_eq!(
                    (page.count.rows, page.count.at_least),
                    (i64::try_from(expected.len()).expect("few"), false)
                );
                forward.extend(page.rows.iter().cloned());
                cursor = page.next;
                if cursor.is_none() {
                    break (page.rows, page.previous);
                }
            };
            let seen: Vec<_> = forward
                .iter()
                .map(|row| {
                    (
                        std::cmp::Reverse(row.severity),
                        std::cmp::Reverse(row.opened_at),
                        std::cmp::Reverse(row.id),
                        row.state,
                        row.closed_at,
                    )
                })
                .collect();
            assert_eq!(seen, expected, "list at {at}");
            while let Some(cursor) = previous {
                let page = findings::page(&mut db, &filter, Some(&cursor), 3, at).await.expect("a page");
                previous = page.previous;
                backward.splice(0..0, page.rows);
            }
            let seen: Vec<_> = backward.iter().map(|row| std::cmp::Reverse(row.id)).collect();
            assert_eq!(seen, expected.iter().map(|row| row.2).collect::<Vec<_>>(), "list backward at {at}");
        }
    }

    /// Every check's state, at an instant in between and a day after everything.
    async fn compare_checks(&self) {
        let instants = self.model.instants();
        let (Some(last), Some(middle)) = (instants.last(), instants.iter().nth(instants.len() / 2)) else { return };
        let mut db = self.world.app.acquire().await.expect("a connection");
        for at in [*middle, *last, *last + days(1)] {
            for check in controls::checks(&mut db, at, std::slice::from_ref(&self.name)).await.expect("checks") {
                let state = self.model.state(check.source, at);
                let result = state.results.get(check.check.as_str());
                let evidence = CheckEvidence {
                    outcome: result.map(|result| result.outcome),
                    unread: result.map_or(0, |result| result.unread),
                    accepted: false,
                    last_scan: state.last.map(|(coverage, _, ended_at)| (coverage, ended_at)),
                };
                let expected = check_state(&evidence, at, Catalogue::embedded().stale_after(check.source));
                assert_eq!((check.state, check.outcome), (expected, evidence.outcome), "{} at {at}", check.check);
            }
        }
    }
}

/// No two intervals of one thing overlap, in the whole database.
async fn assert_no_overlap(owner: &PgPool) {
    let overlaps = sqlx::query_scalar!(
        r#"SELECT count(*) AS "rows!" FROM (
               SELECT valid_from < lag(coalesce(valid_to, 'infinity')) OVER (PARTITION BY finding_id ORDER BY valid_from, id) AS overlapping
               FROM finding_interval
               UNION ALL
               SELECT valid_from < lag(coalesce(valid_to, 'infinity')) OVER (PARTITION BY cluster_id, source, check_id ORDER BY valid_from, id)
               FROM check_result
               UNION ALL
               SELECT valid_from < lag(coalesce(valid_to, 'infinity'))
                      OVER (PARTITION BY cluster_id, source, check_id, severity, acknowledged ORDER BY valid_from)
               FROM open_findings
               UNION ALL
               SELECT valid_from < lag(coalesce(valid_to, 'infinity')) OVER (PARTITION BY finding_id ORDER BY valid_from) FROM finding_unseen
           ) AS neighbours WHERE overlapping"#,
    )
    .fetch_one(owner)
    .await
    .expect("a count");
    assert_eq!(overlaps, 0);
}

/// Intervals do not overlap, and the rollup counts what is open at every instant of change.
pub(super) async fn assert_consistent(owner: &PgPool) {
    assert_no_overlap(owner).await;
    let wrong = sqlx::query_scalar!(
        r#"WITH instants AS (
               SELECT valid_from AS at FROM finding_interval UNION SELECT valid_to FROM finding_interval WHERE valid_to IS NOT NULL
               UNION SELECT decided_at FROM decision
           ), counted AS (
               SELECT t.at, i.cluster_id, i.source, i.check_id, i.severity, coalesce(d.standing <> 'open', false) AS acknowledged,
                      count(*) AS findings
               FROM instants t
               CROSS JOIN LATERAL finding_interval_as_of(t.at) AS i
               LEFT JOIN LATERAL (
                   SELECT standing FROM decision_finding
                   WHERE finding_id = i.finding_id AND decided_at <= t.at
                   ORDER BY decided_at DESC, decision_id DESC LIMIT 1
               ) AS d ON true
               GROUP BY 1, 2, 3, 4, 5, 6
           ), kept AS (
               SELECT t.at, o.cluster_id, o.source, o.check_id, o.severity, o.acknowledged, o.findings
               FROM instants t CROSS JOIN LATERAL open_findings_as_of(t.at) AS o
           )
           SELECT count(*) AS "wrong!" FROM (
               (SELECT * FROM counted EXCEPT SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM counted)
           ) AS different"#,
    )
    .fetch_one(owner)
    .await
    .expect("a count");
    assert_eq!(wrong, 0);
}
