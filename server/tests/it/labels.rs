//! Labels come from clusters, over HTTP, as far as the policy names them, and what cannot be read ends none.

use crate::objects::Story;
use fleet::cluster::Fault;
use model::{acceptance::AcceptanceScope, source::Source};
use serde_json::{Value, json};
use server::{acceptances, config::ObjectSettings};
use sqlx::PgPool;

fn namespace(labels: &Value) -> Value {
    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop", "resourceVersion": labels.to_string(), "labels": labels } })
}

fn deployment(labels: &Value) -> Value {
    let container = json!({ "name": "web", "image": "web:latest" });
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": { "name": "web", "namespace": "shop", "resourceVersion": labels.to_string(), "labels": labels },
        "spec": { "replicas": 1, "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [container] } } },
    })
}

/// What is kept now, as `kind name labels`.
async fn kept(pool: &PgPool) -> Vec<String> {
    let rows = sqlx::query!(
        r#"SELECT kind, name, jsonb_strip_nulls(labels)::text AS "labels!" FROM subject_labels
           WHERE valid_to IS NULL ORDER BY 1, 2"#
    );
    rows.fetch_all(pool).await.unwrap().into_iter().map(|it| format!("{} {} {}", it.kind, it.name, it.labels)).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_risk_accepted_by_labels_follows_the_labels_of_the_cluster(pool: PgPool) {
    let story = Story::new(&pool, ObjectSettings::default()).await;
    story.cluster.put("namespaces", namespace(&json!({ "env": "test", "owner": "anna" })));
    story.cluster.put("deployments", deployment(&json!({ "tier": "front", "owner": "anna" })));
    let both = async || {
        story.scan_of(Source::Inventory).await;
        story.scan_of(Source::Workloads).await;
    };
    let covered = async |text: &str| {
        let selector = text.parse().expect("a selector");
        let scope =
            AcceptanceScope::Labels { check: "img.immutable_ref".into(), cluster: Some("alpha".into()), selector };
        let settings = server::config::AcceptanceSettings::default();
        let mut db = pool.acquire().await.expect("a connection");
        let preview = acceptances::preview(&mut db, &settings, &scope, story.app.app.clock.now()).await;
        preview.expect("a preview").cover.count
    };
    both().await;
    let first = [r#"Deployment web {"tier": "front"}"#, r#"Namespace shop {"env": "test"}"#];
    assert_eq!(kept(&pool).await, first, "and nobody's name");
    assert_eq!((covered("env=test,tier!=db").await, covered("env!=test").await), (1, 0));
    let rows = async || sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM subject_labels"#).fetch_one(&pool).await;
    let before = rows().await.expect("a count");
    both().await;
    assert_eq!(rows().await.expect("a count"), before, "what did not change is not written");

    // Both may not be read any longer: what was known of them stays known, and is not taken for something else.
    for plural in ["namespaces", "deployments"] {
        story.cluster.set_fault(plural, Fault::Forbidden);
    }
    story.cluster.put("namespaces", namespace(&json!({ "env": "prod" })));
    both().await;
    assert_eq!(kept(&pool).await, first);
    story.cluster.clear_faults();
    both().await;
    assert_eq!(kept(&pool).await[1], r#"Namespace shop {"env": "prod"}"#);
    assert_eq!((covered("env=test,tier!=db").await, covered("env!=test").await), (0, 1));
    story.cluster.put("deployments", deployment(&json!({ "env": "test" })));
    both().await;
    assert_eq!((covered("env=test,!tier").await, covered("env!=test").await), (1, 0), "its own goes before");
}
