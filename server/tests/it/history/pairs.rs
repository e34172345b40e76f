//! Clusters that belong together: what is seen in a management cluster counts for its workload clusters, and says so.

use super::{Outcome, app_pool, cluster, recorded, registered, result, scan, second};
use model::{
    Instant,
    catalogue::Catalogue,
    control::ControlState,
    coverage::{Gap, Period},
    ids::ClusterId,
    platform::{Distribution, Login, PairedBy, Platform, Welkin},
    scan::{Coverage, Facts, Scan},
    source::Source,
    trends::TrendQuery,
    views::{CheckStatus, ClusterStatus, CoverageRow, TrendFamily},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use server::{clusters, controls, coverage, trends};
use sqlx::PgPool;
use std::collections::BTreeMap;

const DEX: &str = "auth.dex_ready";
const STATIC: &str = "auth.dex_no_static_login";
const RETENTION: &str = "log.retention_job";
const OWN: &str = "log.forwarder_ready";
const ISSUER: &str = "https://dex.ops.example";

fn nodes(cluster: ClusterId, at: i64, welkin: Option<Welkin>) -> Scan {
    let platform = Platform { distribution: Some(Distribution::Kubeadm), welkin, signs: vec![] };
    Scan {
        source: Source::Nodes,
        facts: Facts { platform: Some(platform), ..Facts::default() },
        ..scan(cluster, at, vec![result("phy.region", Outcome::Pass, 0)], vec![])
    }
}

fn dex(cluster: ClusterId, at: i64, outcome: Outcome, (trusted, served): (&str, &str)) -> Scan {
    let set = |text: &str| text.split_whitespace().map(Into::into).collect();
    let coverage = if outcome == Outcome::NotApplicable { Coverage::Absent } else { Coverage::Complete };
    Scan {
        source: Source::Dex,
        coverage,
        facts: Facts { login: Some(Login { trusted: set(trusted), served: set(served) }), ..Facts::default() },
        ..scan(cluster, at, vec![result(DEX, outcome, 0), result(STATIC, outcome, 0)], vec![])
    }
}

fn logs(cluster: ClusterId, at: i64, retention: Outcome) -> Scan {
    let results = vec![result(RETENTION, retention, 0), result(OWN, Outcome::Pass, 0)];
    Scan { source: Source::AuditLog, ..scan(cluster, at, results, vec![]) }
}

/// A workload cluster `prod`, read, with nothing of its own that a management cluster keeps.
async fn workload(pool: &PgPool) -> ClusterId {
    let prod = cluster(pool, "prod").await;
    recorded(pool, &nodes(prod, 10, Some(Welkin::Workload))).await;
    recorded(pool, &dex(prod, 11, Outcome::NotApplicable, (ISSUER, ""))).await;
    recorded(pool, &logs(prod, 12, Outcome::NotEvaluated)).await;
    prod
}

/// Its management cluster `mgmt`, as its nodes and its Dex show it.
async fn management(pool: &PgPool, outcome: Outcome) -> ClusterId {
    let mgmt = cluster(pool, "mgmt").await;
    recorded(pool, &nodes(mgmt, 13, Some(Welkin::Management))).await;
    recorded(pool, &dex(mgmt, 14, outcome, (ISSUER, "dex.ops.example"))).await;
    mgmt
}

async fn check(pool: &PgPool, id: &str, scope: &[&str], at: i64) -> CheckStatus {
    let scope: Vec<String> = scope.iter().map(|name| (*name).to_owned()).collect();
    let mut db = pool.acquire().await.expect("a connection");
    let all = controls::checks(&mut db, second(at), &scope).await.expect("loads");
    all.into_iter().find(|check| check.check.as_str() == id && check.cluster.name == "prod").expect("a check")
}

async fn status(pool: &PgPool, name: &str, at: i64) -> ClusterStatus {
    let mut db = pool.acquire().await.expect("a connection");
    clusters::status(&mut db, name, second(at)).await.expect("loads").expect("is there").0
}

#[expect(clippy::option_option, reason = "seen elsewhere or not, and there whether it is known where")]
fn seen_in(check: &CheckStatus) -> Option<Option<&str>> {
    check.elsewhere.as_ref().map(|elsewhere| elsewhere.cluster.as_ref().map(|cluster| cluster.name.as_str()))
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_management_cluster_keeps_counts_and_says_where_it_was_seen(owner: PgPool) {
    let pool = app_pool(&owner);
    workload(&pool).await;
    let mgmt = management(&pool, Outcome::Pass).await;
    recorded(&pool, &logs(mgmt, 15, Outcome::Fail)).await;
    // Whether or not the management cluster is in scope itself.
    for scope in [&[][..], &["prod"]] {
        let ready = check(&pool, DEX, scope, 20).await;
        assert_eq!((ready.state, ready.outcome), (ControlState::Met, Some(Outcome::Pass)));
        assert_eq!((seen_in(&ready), ready.read_at), (Some(Some("mgmt")), Some(second(14))));
        let retention = check(&pool, RETENTION, scope, 20).await;
        assert_eq!((retention.state, seen_in(&retention)), (ControlState::NotMet, Some(Some("mgmt"))));
        let own = check(&pool, OWN, scope, 20).await;
        assert_eq!((own.state, seen_in(&own)), (ControlState::Met, None), "what is its own is seen in itself");
    }
    let prod = status(&pool, "prod", 20).await;
    let management = prod.management.expect("a pair");
    assert_eq!((management.cluster.name.as_str(), management.by), ("mgmt", PairedBy::Issuer));
    assert_eq!(prod.platform.expect("it was read").welkin, Some(Welkin::Workload));
    let mgmt = status(&pool, "mgmt", 20).await;
    assert_eq!(mgmt.workloads.iter().map(|other| other.cluster.name.as_str()).collect::<Vec<_>>(), ["prod"]);
    // Before the pair was known, it was not.
    let before = check(&pool, DEX, &[], 13).await;
    assert_eq!((before.state, seen_in(&before)), (ControlState::NotAssessed, Some(None)));
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_met_by_a_management_cluster_that_was_not_read(owner: PgPool) {
    let pool = app_pool(&owner);
    workload(&pool).await;
    let mgmt = management(&pool, Outcome::Pass).await;
    assert_eq!(check(&pool, RETENTION, &[], 20).await.state, ControlState::NotAssessed, "its logs were never read");
    assert_eq!(check(&pool, DEX, &[], 20).await.state, ControlState::Met);
    // The workload cluster goes on being read, and the management cluster does not.
    let prod = cluster_id(&pool, "prod").await;
    recorded(&pool, &dex(prod, 4_000, Outcome::NotApplicable, (ISSUER, ""))).await;
    let stale = check(&pool, DEX, &[], 4_010).await;
    assert_eq!((stale.state, seen_in(&stale)), (ControlState::Stale, Some(Some("mgmt"))));
    let away = Scan { coverage: Coverage::Unreachable, source: Source::Dex, ..scan(mgmt, 4_020, vec![], vec![]) };
    recorded(&pool, &away).await;
    assert_eq!(check(&pool, DEX, &[], 4_030).await.state, ControlState::Unreachable);
    let failing = dex(mgmt, 4_040, Outcome::Fail, (ISSUER, "dex.ops.example"));
    recorded(&pool, &failing).await;
    assert_eq!(check(&pool, DEX, &[], 4_050).await.state, ControlState::NotMet);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_workload_cluster_shows_itself_is_its_own(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = workload(&pool).await;
    let mgmt = management(&pool, Outcome::Pass).await;
    recorded(&pool, &logs(mgmt, 15, Outcome::Pass)).await;
    // A job of its own that fails; a reading that was refused, behind which there may be one; one that is away.
    recorded(&pool, &logs(prod, 16, Outcome::Fail)).await;
    let own = check(&pool, RETENTION, &[], 20).await;
    assert_eq!((own.state, seen_in(&own)), (ControlState::NotMet, None));
    let refused = Scan { coverage: Coverage::Forbidden, ..logs(prod, 21, Outcome::NotEvaluated) };
    recorded(&pool, &refused).await;
    let own = check(&pool, RETENTION, &[], 22).await;
    assert_eq!((own.state, seen_in(&own)), (ControlState::NotAssessed, None));
    let away = Scan { coverage: Coverage::Unreachable, source: Source::AuditLog, ..scan(prod, 23, vec![], vec![]) };
    recorded(&pool, &away).await;
    assert_eq!(check(&pool, RETENTION, &[], 24).await.state, ControlState::Unreachable);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_workload_cluster_without_its_other_half_is_not_assessed(owner: PgPool) {
    let pool = app_pool(&owner);
    workload(&pool).await;
    // A management cluster of somebody else.
    let other = cluster(&pool, "other").await;
    recorded(&pool, &nodes(other, 13, Some(Welkin::Management))).await;
    recorded(&pool, &dex(other, 14, Outcome::Pass, ("https://dex.else.example", "dex.else.example"))).await;
    let ready = check(&pool, DEX, &[], 20).await;
    assert_eq!((ready.state, seen_in(&ready)), (ControlState::NotAssessed, Some(None)));
    let prod = status(&pool, "prod", 20).await;
    assert!(prod.lacks_management && prod.management.is_none());
    assert!(!status(&pool, "other", 20).await.lacks_management);
    pool.close().await;
}

/// Everything else that is asked of a cluster passes, so that a control hangs on what its management cluster keeps.
async fn all_else_passes(pool: &PgPool, cluster: ClusterId) {
    let catalogue = Catalogue::embedded();
    for source in catalogue.sources().filter(|source| !matches!(source, Source::Dex | Source::AuditLog | Source::Nodes))
    {
        let results = catalogue.checks_of(source).map(|check| result(check.id.as_str(), Outcome::Pass, 0)).collect();
        recorded(pool, &Scan { source, ..scan(cluster, 10, results, vec![]) }).await;
    }
}

/// How many controls are in each state: by the trend, and by the list of controls at the end of the trend's period.
async fn counted(pool: &PgPool, scope: &str, at: i64) -> [BTreeMap<String, i64>; 2] {
    let mut db = pool.acquire().await.expect("a connection");
    let query = TrendQuery::from_query(&format!("show=controls&last=1&cluster={scope}")).expect("it can be read");
    let trend = trends::load(&mut db, &query, second(at)).await.expect("a trend");
    let period = trend.periods.last().expect("a period");
    let states = trend.columns.iter().zip(&period.values).filter(|(column, _)| column.family == TrendFamily::State);
    let told = states.filter_map(|(column, value)| Some((column.key.clone(), (*value)?))).collect();
    let mut listed: BTreeMap<String, i64> = BTreeMap::new();
    for control in controls::list(&mut db, period.until, &[scope.to_owned()]).await.expect("loads").1 {
        *listed.entry(control.assessment.state.to_string()).or_default() += 1;
    }
    [told, listed]
}

#[sqlx::test(migrations = "../migrations")]
async fn a_trend_counts_controls_as_the_list_does_paired_or_not(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = workload(&pool).await;
    all_else_passes(&pool, prod).await;
    let [told, listed] = counted(&pool, "prod", 20).await;
    assert_eq!(told, listed, "its management cluster is not known");
    assert!(listed["partly_covered"] > 0, "{listed:?}");
    let mgmt = management(&pool, Outcome::Pass).await;
    recorded(&pool, &logs(mgmt, 15, Outcome::Fail)).await;
    let [told, listed] = counted(&pool, "prod", 20).await;
    assert_eq!(told, listed, "its management cluster speaks for it, in scope or not");
    assert!(listed["not_met"] > 0, "{listed:?}");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_configuration_pairs_as_of_when_it_did(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = cluster(&pool, "prod").await;
    let mgmt = cluster(&pool, "mgmt").await;
    recorded(&pool, &nodes(prod, 10, None)).await;
    recorded(&pool, &logs(prod, 11, Outcome::NotEvaluated)).await;
    recorded(&pool, &logs(mgmt, 12, Outcome::Pass)).await;
    let own = check(&pool, RETENTION, &[], 15).await;
    assert_eq!(
        (own.state, seen_in(&own)),
        (ControlState::NotAssessed, None),
        "no cluster of Welkin, and nothing declared"
    );
    let declared = clusters::Registered { management: Some("mgmt".into()), ..registered("prod") };
    clusters::register(&pool, &[declared, registered("mgmt")], second(20)).await.expect("registered");
    let shared = check(&pool, RETENTION, &[], 25).await;
    assert_eq!((shared.state, seen_in(&shared)), (ControlState::Met, Some(Some("mgmt"))));
    let paired = status(&pool, "prod", 25).await;
    assert_eq!(paired.management.map(|other| other.by), Some(PairedBy::Configuration));
    assert!(status(&pool, "prod", 15).await.management.is_none(), "then nothing was declared");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_cluster_is_is_told_as_it_was_and_stays_where_it_cannot_be_seen(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = cluster(&pool, "prod").await;
    assert!(status(&pool, "prod", 5).await.platform.is_none(), "nobody has looked");
    recorded(&pool, &nodes(prod, 10, None)).await;
    recorded(&pool, &nodes(prod, 20, Some(Welkin::Workload))).await;
    let refused = Scan { coverage: Coverage::Forbidden, facts: Facts::default(), ..nodes(prod, 30, None) };
    recorded(&pool, &refused).await;
    clusters::set_version(&pool, prod, "v1.34.0", second(40)).await.expect("a version");
    for (at, welkin) in
        [(15, None), (25, Some(Welkin::Workload)), (35, Some(Welkin::Workload)), (45, Some(Welkin::Workload))]
    {
        assert_eq!(status(&pool, "prod", at).await.platform.expect("it was read").welkin, welkin, "at {at}");
    }
    assert_eq!(status(&pool, "prod", 45).await.platform_read_at, Some(second(20)), "and when is said");
    pool.close().await;
}

/// When a check was observed until a second, for each cluster by name.
async fn covered(pool: &PgPool, id: &str, scope: &[&str], until: i64) -> BTreeMap<String, CoverageRow> {
    let scope: Vec<String> = scope.iter().map(|name| (*name).to_owned()).collect();
    let period = Period { from: second(0), until: second(until) };
    let ask = coverage::Ask { at: period.until, period, clusters: &scope, gaps: usize::MAX };
    let check = Catalogue::embedded().check(&id.into()).expect("a check");
    let mut db = pool.acquire().await.expect("a connection");
    let report = coverage::check(&mut db, ask, check).await.expect("coverage");
    report.rows.into_iter().map(|row| (row.cluster.name.clone(), row)).collect()
}

fn gaps(row: &CoverageRow) -> Vec<(i64, i64, Gap)> {
    let seconds = |at: Instant| (at - second(0)).num_seconds();
    row.strip.gaps.iter().map(|gap| (seconds(gap.from), seconds(gap.until), gap.reason)).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_management_cluster_keeps_was_observed_while_it_was_read_there(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = workload(&pool).await;
    let mgmt = management(&pool, Outcome::Pass).await;
    recorded(&pool, &logs(mgmt, 15, Outcome::Fail)).await;
    let fresh = |source| Catalogue::embedded().stale_after(source).num_seconds();
    let (budget, of_logs) = (fresh(Source::Dex), fresh(Source::AuditLog));
    // The workload cluster goes on being read, and the management cluster is not for a while.
    for halves in 1..6 {
        recorded(&pool, &dex(prod, halves * budget / 2, Outcome::NotApplicable, (ISSUER, ""))).await;
        if halves == 4 {
            recorded(&pool, &dex(mgmt, 2 * budget + 1, Outcome::Fail, (ISSUER, "dex.ops.example"))).await;
        }
    }
    for scope in [&[][..], &["prod"]] {
        let rows = covered(&pool, DEX, scope, 3 * budget).await;
        let expected =
            [(0, 11, Gap::NeverPolled), (11, 14, Gap::NotEvaluated), (14 + budget, 2 * budget + 1, Gap::NobodyRan)];
        assert_eq!(gaps(&rows["prod"]), expected, "{scope:?}");
        assert_eq!(rows["prod"].seen_in.iter().map(|other| other.name.as_str()).collect::<Vec<_>>(), ["mgmt"]);
        assert_eq!(rows.get("mgmt").is_some_and(|row| row.seen_in.is_empty()), scope.is_empty());
        // What the management cluster's logs tell counts until the workload cluster's own reading is too old to say that
        // there is nothing in it.
        let rows = covered(&pool, RETENTION, scope, 2 * of_logs).await;
        let expected = [
            (0, 12, Gap::NeverPolled),
            (12, 14, Gap::NotEvaluated),
            (14, 15, Gap::NeverPolled),
            (12 + of_logs, 2 * of_logs, Gap::NobodyRan),
        ];
        assert_eq!(gaps(&rows["prod"]), expected, "{scope:?}");
        let own = covered(&pool, OWN, scope, of_logs).await;
        assert_eq!((gaps(&own["prod"]), own["prod"].seen_in.len()), (vec![(0, 12, Gap::NeverPolled)], 0));
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_check_is_covered_by_whoever_speaks_for_the_cluster(owner: PgPool) {
    let pool = app_pool(&owner);
    let prod = workload(&pool).await;
    let mgmt = management(&pool, Outcome::Pass).await;
    let mut random = StdRng::seed_from_u64(11);
    let budget = Catalogue::embedded().stale_after(Source::Dex).num_seconds();
    let mut last = 20;
    let mut instants = Vec::new();
    for _ in 0..80 {
        last += random.random_range(1..budget / 2);
        instants.extend([last, last + random.random_range(1..budget)]);
        let of = if random.random_bool(0.5) { prod } else { mgmt };
        let away = Scan { coverage: Coverage::Unreachable, source: Source::Dex, ..scan(of, last, vec![], vec![]) };
        let served = if random.random_bool(0.85) { "dex.ops.example" } else { "dex.else.example" };
        let read = match (of == prod, random.random_range(0..10)) {
            (_, 0) => away,
            (true, 1) => dex(prod, last, Outcome::Pass, (ISSUER, "")),
            (true, 2) => {
                Scan { coverage: Coverage::Truncated, ..dex(prod, last, Outcome::NotApplicable, (ISSUER, "")) }
            }
            (true, _) => dex(prod, last, Outcome::NotApplicable, (ISSUER, "")),
            (false, 1) => dex(mgmt, last, Outcome::NotVisible, (ISSUER, served)),
            (false, 2) => dex(mgmt, last, Outcome::Fail, (ISSUER, served)),
            (false, _) => dex(mgmt, last, Outcome::Pass, (ISSUER, served)),
        };
        recorded(&pool, &read).await;
    }
    let rows = covered(&pool, DEX, &[], last + budget).await;
    let said = |name: &str, at: i64| {
        rows[name].strip.gaps.iter().find(|gap| gap.from <= second(at) && second(at) < gap.until).map(|gap| gap.reason)
    };
    let (mut met, mut gone, mut unknown) = (0, 0, 0);
    for at in instants.into_iter().filter(|at| *at < last + budget) {
        let told = check(&pool, DEX, &[], at).await;
        match seen_in(&told) {
            Some(Some(_)) => assert_eq!(said("prod", at), said("mgmt", at), "at {at}: {told:?}"),
            Some(None) => assert_eq!(said("prod", at), Some(Gap::NotEvaluated), "at {at}: {told:?}"),
            None => {}
        }
        if matches!(told.state, ControlState::Met | ControlState::NotApplicable) {
            assert_eq!(said("prod", at), None, "at {at}: {told:?}");
        }
        met += usize::from(told.state == ControlState::Met && seen_in(&told).is_some());
        gone += usize::from(seen_in(&told).flatten().is_some() && said("prod", at).is_some());
        unknown += usize::from(seen_in(&told) == Some(None));
    }
    assert!(met > 5 && gone > 5 && unknown > 5, "{met}, {gone}, {unknown}");
    pool.close().await;
}

async fn cluster_id(pool: &PgPool, name: &str) -> ClusterId {
    let mut db = pool.acquire().await.expect("a connection");
    let all = clusters::names(&mut db, second(1_000_000)).await.expect("names");
    all.into_iter().find(|cluster| cluster.name == name).expect("is there").id
}
