//! The objects that a reading rested on.

use super::{Outcome, app_pool, cluster, recorded, result, scan, second};
use chrono::TimeDelta;
use model::{
    ids::CheckId,
    scan::{ObjectList, ObjectRef, Scan},
};
use server::controls;
use sqlx::PgPool;

const A: &str = "bak.enabled";

fn list(at: i64, versions: &[&str]) -> ObjectList {
    let object = |(number, version): (usize, &&str)| ObjectRef {
        namespace: Some("velero".into()),
        name: format!("backup-{number}"),
        version: (*version).into(),
        hash: format!("{number:032x}"),
        owner: None,
        kept: None,
    };
    ObjectList {
        resource: "velero.io/v1/backups".into(),
        kind: "Backup".into(),
        fetched_at: second(at),
        confirmed_at: None,
        bodies: vec![],
        objects: versions.iter().enumerate().map(object).collect(),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_objects_behind_a_check_are_told_and_kept_once(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let read = |at: i64, versions: &[&str]| Scan {
        objects: vec![list(at, versions)],
        ..scan(alpha, at, vec![result(A, Outcome::Pass, 0)], vec![])
    };
    recorded(&pool, &read(10, &["1", "2"])).await;
    recorded(&pool, &read(20, &["1", "2"])).await;
    recorded(&pool, &read(30, &["1", "3"])).await;
    let kept = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM object_list"#);
    assert_eq!(kept.fetch_one(&owner).await.expect("a count"), 2, "an unchanged list is kept once");

    let mut db = pool.acquire().await.expect("a connection");
    let mut seen = Vec::new();
    for at in [25, 35] {
        let detail =
            controls::check(&mut db, &CheckId::from(A), second(at), &[]).await.expect("loads").expect("is there");
        let lists = &detail.objects;
        assert_eq!((lists.len(), lists[0].resource.as_str(), lists[0].objects), (1, "velero.io/v1/backups", 2));
        let page = controls::objects(&mut db, lists[0].digest, 1, second(at)).await.expect("loads").expect("is kept");
        assert_eq!((page.total, page.from, page.objects.len()), (2, 1, 1));
        let before = controls::objects(&mut db, lists[0].digest, 1, lists[0].fetched_at - TimeDelta::seconds(15)).await;
        assert!(before.expect("loads").is_none(), "nobody had read it");
        seen.push((lists[0].fetched_at, page.objects[0].version.clone()));
    }
    assert_eq!(seen, [(second(20), "2".to_owned()), (second(30), "3".to_owned())]);
    assert!(controls::objects(&mut db, uuid::Uuid::nil(), 0, second(35)).await.expect("loads").is_none());
    assert!(controls::check(&mut db, &CheckId::from("no.such"), second(35), &[]).await.expect("loads").is_none());
    drop(db);
    pool.close().await;
}
