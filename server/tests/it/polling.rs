//! Clusters are read on a schedule, by one replica at a time, also when PostgreSQL goes away and comes back.

use crate::harness::{TestApp, log::Log, way::Way};
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use http::{Request, header};
use model::{catalogue::Catalogue, role::Role, source::Source};
use serde_json::json;
use server::{
    app::App,
    collect,
    config::Config,
    db,
    intake::{self, NewToken},
};
use sqlx::PgPool;
use std::{
    num::NonZeroU32,
    path::Path,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "canary-kubeconfig-token-e07b";

/// A configuration that reads one cluster every second.
fn cluster(kubeconfig: &Path) -> server::config::Cluster {
    let text = format!(
        "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
         [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
         [[cluster]]\nname = 'alpha'\nkubeconfig = '{}'\n",
        kubeconfig.display()
    );
    Config::parse(&text, Path::new("bevis.toml")).unwrap().clusters.remove(0)
}

async fn simulated(folder: &Path) -> SimCluster {
    let mut settings = Settings::new("alpha", Now::system());
    settings.token = TOKEN.into();
    let cluster = SimCluster::hold(settings, World::empty("v1.32.0")).await.unwrap();
    cluster.write_kubeconfig(&folder.join("kubeconfig")).unwrap();
    cluster
}

fn app(pool: &PgPool, folder: &Path) -> TestApp {
    TestApp::in_earnest(pool, "http://127.0.0.1:9/nobody", |config| {
        config.clusters = vec![cluster(&folder.join("kubeconfig"))];
        config.scan.interval_seconds = 1;
        config.scan.requests_per_second = NonZeroU32::MAX;
    })
}

async fn scans(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM scan"#).fetch_one(pool).await.unwrap()
}

/// Waits until it is so; a minute at most.
async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_secs(90), "{what} did not come to pass");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cluster_is_read_by_one_replica_until_that_one_stops(pool: PgPool) {
    let log = Log::listen();
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    let (first, second) = (app(&pool, folder.path()), app(&pool, folder.path()));
    let (stop_first, stop_second) = (CancellationToken::new(), CancellationToken::new());
    let one = tokio::spawn(collect::run(first.app.clone(), stop_first.clone()));
    let every_source = i64::try_from(Catalogue::current().sources().count()).unwrap();
    until("a first round", || async { scans(&pool).await >= every_source }).await;
    let holder = || async { sqlx::query_scalar!("SELECT holder FROM lease").fetch_optional(&pool).await.unwrap() };
    let of_the_first = holder().await;
    let other = tokio::spawn(collect::run(second.app.clone(), stop_second.clone()));
    let so_far = scans(&pool).await;
    until("another round", || async { scans(&pool).await >= so_far + every_source }).await;
    assert_eq!(holder().await, of_the_first, "the first replica keeps the cluster");

    // The first stops as it should: it gives the cluster back, and the other takes it.
    stop_first.cancel();
    one.await.unwrap();
    until("a new holder", || async { holder().await.is_some_and(|holder| Some(holder) != of_the_first) }).await;
    let so_far = scans(&pool).await;
    until("a round by the other", || async { scans(&pool).await >= so_far + every_source }).await;
    stop_second.cancel();
    other.await.unwrap();
    assert_eq!(holder().await, None);

    let pages = first.as_role(Role::Admin).await.get("/clusters/alpha").await.body;
    assert!(pages.contains("alpha"), "{pages}");
    for (place, text) in [("log", log.text()), ("page", pages)] {
        assert!(!text.contains(TOKEN), "the kubeconfig's token is in the {place}");
    }
}

/// Sends a body to `alpha`.
async fn send(test: &TestApp, token: &str, source: Source, body: &str) {
    let request = Request::post(format!("/intake/v1/{source}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json");
    let answer = test.nobody().send_body(request, body).await;
    assert_eq!(answer.status, http::StatusCode::OK, "{}", answer.body);
}

async fn scans_of(pool: &PgPool, source: Source) -> i64 {
    let scans = sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM scan WHERE source = $1"#, source.as_str());
    scans.fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_sent_is_judged_soon_by_the_replica_that_reads_the_cluster(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    // Rounds are an hour apart: what happens sooner happens for what was sent.
    let hourly = || {
        TestApp::in_earnest(&pool, "http://127.0.0.1:9/nobody", |config| {
            config.clusters = vec![cluster(&folder.path().join("kubeconfig"))];
            config.scan.interval_seconds = 3600;
            config.scan.requests_per_second = NonZeroU32::MAX;
        })
    };
    let (first, second) = (hourly(), hourly());
    let stop = CancellationToken::new();
    let runs = [&first, &second].map(|test| tokio::spawn(collect::run(test.app.clone(), stop.clone())));
    let every_source = i64::try_from(Catalogue::current().sources().count()).unwrap();
    until("a first round", || async { scans(&pool).await >= every_source }).await;

    let new = NewToken { cluster: "alpha", source: Source::FalcoEvents, name: "test", days: 1, by: "test" };
    let token = intake::create(&pool, &new, first.app.clock.now()).await.unwrap();
    let alert = |rule: &str| {
        let at = first.app.clock.now().to_rfc3339();
        json!({ "time": at, "rule": rule, "priority": "Warning", "output": "x", "output_fields": {} }).to_string()
    };
    send(&first, &token, Source::FalcoEvents, &alert("one")).await;
    let findings = || async {
        let open =
            sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM finding WHERE check_id = 'det.falco_events'"#);
        open.fetch_one(&pool).await.unwrap()
    };
    until("a finding", || async { findings().await == 1 }).await;
    assert_eq!(scans_of(&pool, Source::FalcoEvents).await, 2, "the first round, and once for what was sent");

    // Many at once are judged together, wherever they came in; nothing else is read for their sake.
    for number in 0..20 {
        let receiver = if number % 2 == 0 { &first } else { &second };
        send(receiver, &token, Source::FalcoEvents, &alert(&format!("rule {number}"))).await;
    }
    until("all findings", || async { findings().await == 21 }).await;
    assert!(scans_of(&pool, Source::FalcoEvents).await < 10, "one judgement for several deliveries");
    assert_eq!(scans(&pool).await - scans_of(&pool, Source::FalcoEvents).await, every_source - 1);
    stop.cancel();
    for run in runs {
        run.await.unwrap();
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_watches_is_told_each_step_of_a_scan(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    let test = app(&pool, folder.path());
    let mut events = test.as_role(Role::Viewer).await.events("/events/scans").await;
    let stop = CancellationToken::new();
    let running = tokio::spawn(collect::run(test.app.clone(), stop.clone()));
    let mut told = String::new();
    let ended = |told: &str| {
        told.lines().any(|line| line.contains(r#""source":"rbac""#) && line.contains(r#""ended":"complete""#))
    };
    let all = async {
        while !ended(&told) {
            told.push_str(&events.next().await);
        }
    };
    tokio::time::timeout(Duration::from_mins(1), all).await.expect("the end of a scan");
    assert!(told.starts_with("event: scan\ndata: {"), "{told}");
    let of_rbac: Vec<&str> = told.lines().filter(|line| line.contains(r#""source":"rbac""#)).collect();
    assert!(of_rbac[0].contains(r#""cluster_name":"alpha""#) && of_rbac[0].contains(r#""ended":null"#), "{told}");
    stop.cancel();
    running.await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn scanning_resumes_when_the_database_comes_back(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _cluster = simulated(folder.path()).await;
    let way = Way::to_database(&pool).await;
    let test = app(&pool, folder.path());
    let app = App { db: db::pool(way.options(&pool), 4), ..test.app.clone() };
    let stop = CancellationToken::new();
    let running = tokio::spawn(collect::run(app.clone(), stop.clone()));
    until("a first round", || async { scans(&pool).await > 0 }).await;

    way.close().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let while_away = scans(&pool).await;
    let router = server::web::router(app.clone());
    let mut caller = crate::harness::caller::Caller::new(router).with_session(&"A".repeat(43));
    let answer = caller.get("/clusters").await;
    assert_eq!(answer.status, http::StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("The database does not answer"), "{}", answer.body);
    assert_eq!(scans(&pool).await, while_away);

    way.open().await;
    until("a round afterwards", || async { scans(&pool).await > while_away }).await;
    stop.cancel();
    running.await.unwrap();
    app.db.close().await;
}
