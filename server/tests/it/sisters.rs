//! Who administers a cluster and the one that keeps its logs: judged from what was read of both.

use crate::harness::TestApp;
use chrono::TimeDelta;
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use model::{
    ids::ClusterId,
    platform::{Platform, Welkin},
    scan::{Facts, Scan},
    source::Source,
};
use serde_json::json;
use server::{collect, config::Config};
use sqlx::PgPool;
use std::path::Path;

/// A cluster whose administrators are a group.
async fn administered_by(folder: &Path, name: &str, group: &str) -> SimCluster {
    let mut world = World::empty("v1.32.0");
    let everything = json!([{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["*"] }]);
    world.put("clusterroles", json!({ "metadata": { "name": "cluster-admin" }, "rules": everything }));
    world.put(
        "clusterrolebindings",
        json!({
            "metadata": { "name": "admins" },
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin" },
            "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": group }],
        }),
    );
    let cluster = SimCluster::hold(Settings::new(name, Now::system()), world).await.unwrap();
    cluster.write_kubeconfig(&folder.join(name)).unwrap();
    cluster
}

fn app(pool: &PgPool, folder: &Path, policy: &str) -> TestApp {
    let text = format!(
        "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
         [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
         [[cluster]]\nname = 'prod'\nkubeconfig = '{0}/prod'\n[cluster.policy]\nmanagement_cluster = 'ops'\n{policy}\n\
         [[cluster]]\nname = 'ops'\nkubeconfig = '{0}/ops'\n",
        folder.display()
    );
    let clusters = Config::parse(&text, Path::new("bevis.toml")).unwrap().clusters;
    TestApp::with(pool, "http://127.0.0.1:9/nobody", |config| config.clusters = clusters)
}

/// Reads a cluster, and tells what became of the check.
async fn judged(pool: &PgPool, test: &TestApp, name: &str) -> String {
    test.app.clock.advance(TimeDelta::minutes(1));
    collect::scan_now(&test.app, name).await.unwrap();
    let outcome = sqlx::query_scalar!(
        "SELECT r.outcome FROM check_result r JOIN cluster c ON c.id = r.cluster_id
         WHERE c.name = $1 AND r.check_id = 'rbac.separation' AND r.valid_to IS NULL",
        name
    );
    outcome.fetch_one(pool).await.unwrap()
}

/// The clusters of which it is open that somebody administers both.
async fn open(pool: &PgPool) -> Vec<String> {
    let names = sqlx::query_scalar!(
        "SELECT c.name FROM finding_interval i JOIN cluster c ON c.id = i.cluster_id
         WHERE i.check_id = 'rbac.separation' AND i.valid_to IS NULL ORDER BY c.name"
    );
    names.fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_administers_both_clusters_of_a_pair_is_found_without_being_configured(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _prod = administered_by(folder.path(), "prod", "platform-admins").await;
    let ops = administered_by(folder.path(), "ops", "platform-admins").await;
    let test = app(&pool, folder.path(), "");
    let outcome = async |name| judged(&pool, &test, name).await;
    assert_eq!(outcome("prod").await, "needs_review", "nobody has looked at the other one yet");
    assert_eq!(outcome("ops").await, "fail", "from either side");
    assert_eq!(outcome("prod").await, "fail");
    drop(ops);
    // What was read of it counts as long as it is fresh; afterwards nobody is known, and nothing is closed for that.
    assert_eq!(outcome("prod").await, "fail");
    test.app.clock.advance(TimeDelta::days(3));
    assert_eq!(outcome("prod").await, "needs_review");
    assert_eq!(open(&pool).await, ["ops", "prod"]);
    let _ops = administered_by(folder.path(), "ops", "log-admins").await;
    assert_eq!(outcome("ops").await, "pass");
    assert_eq!(outcome("prod").await, "pass");
    assert_eq!(open(&pool).await, Vec::<String>::new());
    // One more cluster relies on a management cluster, and nobody knows on which: it may be this one.
    let test = app(&pool, folder.path(), "[[cluster]]\nname = 'edge'\nkubeconfig = 'unread'");
    test.app.clock.advance(TimeDelta::days(3) + TimeDelta::minutes(20));
    let outcome = async |name| judged(&pool, &test, name).await;
    assert_eq!(outcome("ops").await, "pass");
    let names = ["edge".to_owned()];
    let edge =
        sqlx::query_scalar!("SELECT id FROM cluster WHERE name = ANY($1)", &names).fetch_one(&pool).await.unwrap();
    let platform = Some(Platform { welkin: Some(Welkin::Workload), ..Platform::default() });
    let nodes = Scan {
        source: Source::Nodes,
        facts: Facts { platform, ..Facts::default() },
        ..crate::history::scan(ClusterId(edge), 0, vec![], vec![])
    };
    server::history::record(&pool, &nodes, test.app.clock.now()).await.unwrap();
    assert_eq!(outcome("ops").await, "needs_review");
    assert_eq!(outcome("prod").await, "pass", "its own pair is known");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_configured_of_a_pair_goes_before_what_was_read(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let _prod = administered_by(folder.path(), "prod", "platform-admins").await;
    let _ops = administered_by(folder.path(), "ops", "platform-admins").await;
    let test = app(&pool, folder.path(), "admins_of_both = ['Group:platform-admins']");
    judged(&pool, &test, "prod").await;
    assert_eq!(judged(&pool, &test, "ops").await, "fail", "its own policy approves nobody of both");
    assert_eq!(judged(&pool, &test, "prod").await, "pass", "approved here");
    let test = app(&pool, folder.path(), "sister_admins = ['Group:log-admins']");
    assert_eq!(judged(&pool, &test, "prod").await, "pass");
}
