//! Clusters of any size are read within their budget: what was asked of them is recorded, and shown.
//!
//! The rounds are those of the benchmark: the program itself beside a simulated cluster, here a small one.

#[path = "../../benches/figures/bevis.rs"]
#[expect(dead_code, reason = "the benchmark asks for more")]
mod bevis;
#[path = "../../benches/figures/rounds.rs"]
#[expect(dead_code, reason = "the benchmark asks for more")]
mod rounds;

use crate::harness::TestApp;
use fleet::{
    cluster::{Settings, SimCluster, Size, World},
    now::Now,
};
use model::{Instant, role::Role};
use rounds::{NAME, rounds};
use server::{clock::Clock, collect, config::Config};
use sqlx::{ConnectOptions, PgPool};
use std::path::Path;

const SIZE: Size = Size { workloads: 40, reports: 100, vulnerabilities: 2_000, results: 400 };
/// Small lists are large enough to be asked for by versions, and nobody waits.
const SCAN: &str = "page_size = 30\nskip_from_kb = 10\nrequests_per_second = 10000";

async fn simulated(folder: &Path) -> SimCluster {
    let at: Instant = Clock::system().now();
    let cluster = SimCluster::hold(Settings::new("large", Now::system()), World::large(SIZE, at)).await.unwrap();
    cluster.write_kubeconfig(&folder.join("kubeconfig")).unwrap();
    cluster
}

/// A Bevis with that one cluster, and more of `[scan]`.
fn app(pool: &PgPool, folder: &Path, scan: &str) -> TestApp {
    let text = format!(
        "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
         [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n[scan]\n{SCAN}\n{scan}\n\
         [[cluster]]\nname = '{NAME}'\nkubeconfig = '{}'\n",
        folder.join("kubeconfig").display()
    );
    let read = Config::parse(&text, Path::new("bevis.toml")).unwrap();
    TestApp::in_earnest(pool, "http://127.0.0.1:9/nobody", |config| {
        config.clusters = read.clusters;
        config.scan = read.scan;
    })
}

/// What all scans together did: opened, and closed or changed.
async fn done(pool: &PgPool) -> (i64, i64) {
    let row = sqlx::query!(r#"SELECT sum(opened) AS "opened!", sum(closed) + sum(changed) AS "others!" FROM scan"#);
    let row = row.fetch_one(pool).await.unwrap();
    (row.opened, row.others)
}

/// Findings that are open, and checks that pass over all that they are about.
async fn standing(pool: &PgPool) -> (i64, i64) {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM finding_interval WHERE valid_to IS NULL) AS "open!",
                  (SELECT count(*) FROM check_result WHERE valid_to IS NULL AND outcome = 'pass' AND unread = 0) AS "passing!""#
    );
    let row = row.fetch_one(pool).await.unwrap();
    (row.open, row.passing)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cluster_is_read_wholly_once_and_then_what_has_changed(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let cluster = simulated(folder.path()).await;
    let database = pool.connect_options().to_url_lossy().to_string();
    let all = rounds(&pool, &database, &folder.path().join("kubeconfig"), 3, SCAN).await.unwrap();
    let [first, second, third] = all.as_slice() else { panic!("{all:?}") };
    assert!(first.requests > 40 && first.bytes > 1_500_000, "{first:?}");
    for unchanged in [second, third] {
        assert!(unchanged.bytes * 3 < first.bytes, "{unchanged:?} after {first:?}");
    }
    assert!(cluster.counted().bytes >= u64::try_from(first.bytes + second.bytes + third.bytes).unwrap());
    // What was found, was found in the first round; the next ones changed nothing.
    let (opened, others) = done(&pool).await;
    assert!(opened > 100 && others == 0, "{opened} {others}");
    let digests = sqlx::query_scalar!(
        r#"SELECT count(*) AS "sources!" FROM (
               SELECT source FROM scan GROUP BY source HAVING count(DISTINCT coalesce(digest, $1)) > 1
           ) AS differing"#,
        uuid::Uuid::nil(),
    );
    assert_eq!(digests.fetch_one(&pool).await.unwrap(), 0, "every round saw the same");
    // What each source asked for, and the greeting, is what the round asked for.
    let of_the_first = sqlx::query_scalar!(
        r#"SELECT sum(requests) AS "requests!" FROM (
               SELECT DISTINCT ON (source) requests FROM scan ORDER BY source, recorded_at
           ) AS first"#
    );
    assert_eq!(of_the_first.fetch_one(&pool).await.unwrap() + 2, i64::from(first.requests));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_asked_is_shown_beside_the_budget_and_what_was_not_counted_is_not_nothing(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    let test = app(&pool, folder.path(), "max_scan_mb = 200");
    let scans = collect::scan_now(&test.app, NAME).await.unwrap();
    let mut viewer = test.as_role(Role::Viewer).await;
    let page = viewer.get("/clusters/large").await.body;
    for words in ["What Bevis asked of this cluster", "200 MB", "10,000 a second", "30 objects"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("not counted"), "{page}");
    let answer: serde_json::Value = serde_json::from_str(&viewer.get("/api/v1/clusters/large").await.body).unwrap();
    let round = &answer["rounds"][0];
    assert_eq!((round["most_bytes"].as_i64(), round["page_size"].as_i64()), (Some(200_000_000), Some(30)));
    let sum =
        |what: &str| answer["scans"].as_array().unwrap().iter().map(|scan| scan[what].as_i64().unwrap()).sum::<i64>();
    assert_eq!(sum("requests") + 2, round["requests"].as_i64().unwrap());
    assert!(sum("bytes") <= round["bytes"].as_i64().unwrap() && sum("bytes") > 1_000_000, "{round}");

    // As the rows are that were written before anything was counted.
    let uncounted = model::scan::Scan { traffic: None, ..scans[0].clone() };
    server::history::record(&test.app.db, &uncounted, test.app.clock.now()).await.unwrap();
    let page = viewer.get("/clusters/large").await.body;
    assert!(page.contains("not counted"), "{page}");
    let answer: serde_json::Value = serde_json::from_str(&viewer.get("/api/v1/clusters/large").await.body).unwrap();
    assert!(answer["scans"][0]["requests"].is_null() && answer["scans"][0]["bytes"].is_null(), "{answer}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_budget_that_is_used_up_closes_nothing_and_passes_nothing(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    collect::scan_now(&app(&pool, folder.path(), "").app, NAME).await.unwrap();
    let (found, passing) = standing(&pool).await;
    assert!(found > 100, "{found}");
    let scans = collect::scan_now(&app(&pool, folder.path(), "max_scan_mb = 1").app, NAME).await.unwrap();
    let over = |scan: &&model::scan::Scan| scan.error.as_ref().is_some_and(|error| error.contains("scan.max_scan_mb"));
    assert!(scans.iter().filter(over).count() > 0);
    let closed = sqlx::query_scalar!(r#"SELECT sum(closed) AS "closed!" FROM scan"#).fetch_one(&pool).await.unwrap();
    let (still, passes) = standing(&pool).await;
    assert_eq!((closed, still), (0, found));
    assert!(passes <= passing, "{passes} {passing}");
}
