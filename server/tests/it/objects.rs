//! Objects behind verdicts, from a cluster to a page: what is kept, what is taken out, and what is said where there is
//! nothing.

use crate::harness::TestApp;
use axum::http::StatusCode;
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use model::{ids::FindingId, role::Role, scan::Scan, source::Source};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    clusters::{self, Registered},
    collect::{Keeper, Progress, Sisters, Standing, Target},
    config::{Config, ObjectSettings, RetentionSettings, ScanSettings, WhichObjects},
    history,
    intake::Inbox,
    objects, retention,
};
use sqlx::PgPool;
use std::{path::Path, sync::Arc};
use tokio::sync::Semaphore;

const CANARY: &str = "canary-object-";

/// A simulated cluster with a pod that fails a check, read into a database.
pub(crate) struct Story {
    pub(crate) app: TestApp,
    pub(crate) cluster: SimCluster,
    target: Target,
    _folder: tempfile::TempDir,
}

fn pod(image: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": "web-6d88f6dcdd-k6bc5", "namespace": "shop", "resourceVersion": image.trim_start_matches("web:"), "labels": { "pod-template-hash": "6d88f6dcdd" },
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": format!("{{\"x\":\"{CANARY}1\"}}"),
                "example.org/note": format!("{CANARY}2"),
            },
            "ownerReferences": [{ "kind": "ReplicaSet", "name": "web-6d88f6dcdd", "controller": true }],
        },
        "spec": {
            "nodeName": "one",
            "containers": [{
                "name": "web", "image": image, "args": [format!("--token={CANARY}3"), format!("--db=postgres://u:{CANARY}4@db/x")],
                "env": [{ "name": "PLAIN", "value": format!("{CANARY}5") }],
                "securityContext": { "privileged": true },
            }],
        },
        "status": { "phase": "Running" },
    })
}

impl Story {
    pub(crate) async fn new(pool: &PgPool, objects: ObjectSettings) -> Self {
        let app = TestApp::new(pool);
        let folder = tempfile::tempdir().unwrap();
        let cluster = SimCluster::hold(Settings::new("alpha", Now::system()), World::empty("v1.32.0")).await.unwrap();
        let kubeconfig = folder.path().join("kubeconfig");
        cluster.write_kubeconfig(&kubeconfig).unwrap();
        cluster.put("namespaces", json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop" } }));
        cluster.put("pods", pod("web:1"));
        let text = format!(
            "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
             [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
             [[cluster]]\nname = 'alpha'\nkubeconfig = '{}'\n",
            kubeconfig.display()
        );
        let now = app.app.clock.now();
        let entry = Registered { name: "alpha".into(), title: "Alpha".into(), server: cluster.url(), management: None };
        let id = clusters::register(&app.app.db, &[entry], now).await.unwrap()[0].0;
        let target = Target {
            id,
            cluster: Config::parse(&text, Path::new("bevis.toml")).unwrap().clusters.remove(0),
            standing: Standing::new(&ScanSettings::default()),
            settings: ScanSettings { objects, ..ScanSettings::default() },
            clock: app.app.clock.clone(),
            progress: Progress::default(),
            in_all: Arc::new(Semaphore::new(1)),
            inbox: Inbox::of(app.app.db.clone()),
            sisters: Sisters::default(),
            keeper: Arc::new(Keeper::default()),
        };
        Self { app, cluster, target, _folder: folder }
    }

    fn clock(&self) -> &Clock {
        &self.app.app.clock
    }

    /// Reads the pods and records what was seen, a minute later than whatever was before.
    async fn scan(&self) -> Scan {
        self.scan_of(Source::Pods).await
    }

    /// The same of another source.
    pub(crate) async fn scan_of(&self, source: Source) -> Scan {
        self.clock().advance(chrono::TimeDelta::minutes(1));
        let scan = self.target.scan(source, &self.target.connect().await).await;
        history::record(&self.app.app.db, &scan, self.clock().now()).await.unwrap();
        scan
    }

    async fn get(&self, address: &str) -> Value {
        let answer = self.app.as_role(Role::Viewer).await.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The finding about the pod's Deployment.
    async fn finding(&self, pool: &PgPool) -> String {
        let id = sqlx::query_scalar!(
            "SELECT id FROM finding WHERE subject_kind = 'Deployment' AND subject_name = 'web' LIMIT 1"
        );
        id.fetch_one(pool).await.unwrap().to_string()
    }

    /// What the API says of the pod behind the finding at an instant.
    async fn pod_at(&self, pool: &PgPool, at: &str) -> Value {
        let found = self.get(&format!("/api/v1/findings/{}/objects{at}", self.finding(pool).await)).await;
        let link = &found["objects"][0];
        assert_eq!((&link["kind"], &link["name"]), (&json!("Pod"), &json!("web-6d88f6dcdd-k6bc5")), "{found}");
        let digest = link["digest"].as_str().unwrap();
        self.get(&format!("/api/v1/objects/{digest}/shop/web-6d88f6dcdd-k6bc5")).await
    }
}

async fn rows(pool: &PgPool) -> (i64, i64, i64, i64) {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM object_body) AS "bodies!", (SELECT count(*) FROM object_seen) AS "seen!",
                  (SELECT count(*) FROM object_list_seen) AS "lists!", (SELECT count(*) FROM scan) AS "scans!""#
    );
    let row = row.fetch_one(pool).await.unwrap();
    (row.bodies, row.seen, row.lists, row.scans)
}

/// All text in the database: every row of every table, and every body inflated.
async fn everything(pool: &PgPool) -> String {
    let tables = sqlx::query_scalar!(r#"SELECT tablename::text AS "name!" FROM pg_tables WHERE schemaname = 'public'"#);
    let mut text = String::new();
    for table in tables.fetch_all(pool).await.unwrap() {
        #[expect(clippy::disallowed_methods, reason = "every table there is")]
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT t::text FROM \"{table}\" t")))
            .fetch_all(pool)
            .await
            .unwrap();
        text.push_str(&rows.join("\n"));
    }
    let mut packed = sqlx::query_scalar!(r#"SELECT body AS "body!" FROM object_body WHERE body IS NOT NULL"#)
        .fetch_all(pool)
        .await
        .unwrap();
    packed.extend(sqlx::query_scalar!("SELECT body FROM object_list").fetch_all(pool).await.unwrap());
    for body in packed {
        std::io::Read::read_to_string(&mut flate2::read::DeflateDecoder::new(body.as_slice()), &mut text).unwrap();
    }
    text
}

#[sqlx::test(migrations = "../migrations")]
async fn an_object_is_shown_as_it_was_at_any_instant_and_its_secrets_nowhere(pool: PgPool) {
    let story = Story::new(&pool, ObjectSettings::default()).await;
    story.scan().await;
    let first = story.clock().now();
    let after_first = rows(&pool).await;
    let again = story.scan().await;
    assert!(again.objects.iter().any(|list| !list.bodies.is_empty()), "nobody told the keeper that it was recorded");
    let (bodies, seen, lists, scans) = rows(&pool).await;
    assert_eq!(
        (bodies, seen, lists),
        (after_first.0, after_first.1, after_first.2),
        "an unchanged scan writes its row alone"
    );
    assert_eq!(scans, after_first.3 + 1);
    story.cluster.put("pods", pod("web:2"));
    story.scan().await;
    let changed = rows(&pool).await;
    assert_eq!(
        (changed.0, changed.1, changed.2),
        (bodies + 1, seen + 1, lists + 1),
        "a changed object writes one body"
    );

    let before = story.pod_at(&pool, &format!("?at={}", first.to_rfc3339().replace("+00:00", "Z"))).await;
    let now = story.pod_at(&pool, "").await;
    let image = |object: &Value| {
        let json: Value = serde_json::from_str(object["content"]["json"].as_str().unwrap()).unwrap();
        json["spec"]["containers"][0]["image"].as_str().unwrap().to_owned()
    };
    assert_eq!((image(&before), image(&now)), ("web:1".into(), "web:2".into()));
    assert_eq!((&now["kind"], &now["resource"], &now["namespace"]), (&json!("Pod"), &json!("v1/pods"), &json!("shop")));
    assert!(before["seen"][0]["to"].is_string() && now["seen"][0]["to"].is_null(), "{before} {now}");
    assert!(now["fetched_at"].is_string(), "{now}");
    assert!(!now["version"].as_str().unwrap().is_empty(), "{now}");
    let redacted = now["content"]["redacted"].to_string();
    for path in
        ["/spec/containers/0/env/0/value", "/spec/containers/0/args/0", "/metadata/annotations/example.org~1note"]
    {
        assert!(redacted.contains(path), "{redacted}");
    }

    // Pages, as the viewer sees them.
    let finding = story.finding(&pool).await;
    let mut viewer = story.app.as_role(Role::Viewer).await;
    let page = viewer.get(&format!("/findings/{finding}")).await.body;
    assert!(page.contains(&format!("/findings/{finding}/objects?at=")));
    let listed = viewer.get(&format!("/findings/{finding}/objects")).await.body;
    let address = listed.split("href=\"/objects/").nth(1).unwrap().split('"').next().unwrap();
    let object = viewer.get(&format!("/objects/{address}")).await;
    assert_eq!(object.status, StatusCode::OK);
    assert!(object.body.contains("Redacted in") && object.body.contains("web:2"), "{}", object.body);
    assert_eq!(
        viewer.get(&format!("/findings/{finding}/objects?at=2999-01-01T00:00:00Z")).await.status,
        StatusCode::BAD_REQUEST
    );

    // As it goes into a pack.
    let mut db = story.app.app.db.acquire().await.unwrap();
    let id: FindingId = finding.parse().unwrap();
    let export = objects::export(&mut db, std::iter::once(id), story.clock().now()).await.unwrap();
    drop(db);
    let export = serde_json::to_string(&export).unwrap();
    assert!(export.contains("web:2") && export.contains("\"left_out\":0") && !export.contains(CANARY), "{export}");

    let everything = everything(&pool).await;
    assert!(everything.contains("web:2") && everything.contains("redacted"));
    let at = everything.find(CANARY);
    assert!(at.is_none(), "{}", at.map_or("", |at| &everything[at.saturating_sub(300)..at + 40]));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_kept_and_what_is_not_retained_are_told_apart(pool: PgPool) {
    let none = ObjectSettings { keep: WhichObjects::None, ..ObjectSettings::default() };
    let mut story = Story::new(&pool, none).await;
    story.scan().await;
    assert_eq!(rows(&pool).await.0, 0);
    let object = story.pod_at(&pool, "").await;
    assert_eq!(object["content"], json!({ "state": "not_kept", "why": "setting" }));
    // The setting changes: the next reading makes up for it, also of an object that did not change.
    story.target.settings.objects = ObjectSettings { keep: WhichObjects::Failing, ..ObjectSettings::default() };
    story.scan().await;
    assert_eq!(story.pod_at(&pool, "").await["content"]["state"], "kept");
    assert_eq!(rows(&pool).await.0, 1, "only what a finding is about");
    let app = &story.app.app.db;
    let dropped = sqlx::query!("UPDATE object_body SET body = NULL, dropped_at = now()").execute(app).await;
    assert!(dropped.is_err(), "the application drops nothing by itself");
    sqlx::query!("UPDATE object_body SET body = NULL, dropped_at = now()").execute(&pool).await.unwrap();
    assert_eq!(story.pod_at(&pool, "").await["content"]["state"], "not_retained");
    // Nothing else about a body may change.
    assert!(sqlx::query!("UPDATE object_body SET size = 1").execute(&pool).await.is_err());
    assert!(sqlx::query!("DELETE FROM object_body").execute(&pool).await.is_err());
    assert!(sqlx::query!("UPDATE object_seen SET name = 'x'").execute(&pool).await.is_err());
}

#[sqlx::test(migrations = "../migrations")]
async fn an_object_that_is_gone_is_seen_no_more(pool: PgPool) {
    let story = Story::new(&pool, ObjectSettings::default()).await;
    story.scan().await;
    story.cluster.remove("pods", Some("shop"), "web-6d88f6dcdd-k6bc5");
    story.scan().await;
    let open = sqlx::query_scalar!(
        r#"SELECT count(*) AS "rows!" FROM object_seen WHERE resource = 'v1/pods' AND valid_to IS NULL"#
    );
    assert_eq!(open.fetch_one(&pool).await.unwrap(), 0, "an empty list says that all are gone");
    let finding = story.finding(&pool).await;
    let found = story.get(&format!("/api/v1/findings/{finding}/objects")).await;
    assert_eq!(found["objects"], json!([]));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_policy_drops_what_nothing_shows_any_more_and_keeps_what_is_still_there(pool: PgPool) {
    let story = Story::new(&pool, ObjectSettings::default()).await;
    story.scan().await;
    story.cluster.put("pods", pod("web:2"));
    story.scan().await;
    let dropping = RetentionSettings { objects_months: std::num::NonZeroU16::new(1), ..RetentionSettings::default() };
    let run = async |story: &Story| retention::run(&story.app.app.db, dropping, story.clock().now()).await.unwrap();
    let bodies = async || {
        let counted = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM object_body WHERE body IS NOT NULL"#);
        counted.fetch_one(&pool).await.unwrap()
    };
    assert!(run(&story).await.is_empty(), "nothing is a month old");
    let (kept, then) = (bodies().await, story.clock().now());
    story.clock().advance(chrono::TimeDelta::days(65));
    story.scan().await;
    assert_eq!(bodies().await, kept, "what did not change is not kept twice");
    let dropped = run(&story).await;
    assert_eq!(dropped.iter().map(|(class, what)| (class.as_str(), what.rows)).collect::<Vec<_>>(), [("objects", 1)]);
    assert!(run(&story).await.is_empty(), "once is enough");
    assert_eq!(bodies().await, kept - 1);
    assert_eq!(story.pod_at(&pool, "").await["content"]["state"], "kept", "it runs");
    let before = then - chrono::TimeDelta::seconds(30);
    let query = format!("?as_of={}", before.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    assert_eq!(story.pod_at(&pool, &query).await["content"]["state"], "not_retained");
    server::ledger::verify(&story.app.app.db).await.unwrap();
    // The old image comes back, and so does what is kept of it: the process does not take it for kept.
    story.cluster.put("pods", pod("web:1"));
    story.scan().await;
    assert_eq!(story.pod_at(&pool, "").await["content"]["state"], "kept");
}
