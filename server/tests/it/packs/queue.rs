//! Asking for packs, building them in the background, fetching them.

use super::seed;
use model::views::{PackScope, PackStatus};
use server::{
    clock::Clock,
    error::Error,
    ledger,
    reports::{KeyError, Signer, download, list, request, status, work_once},
};
use sqlx::PgPool;
use std::os::unix::fs::PermissionsExt as _;

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_is_asked_for_built_and_fetched(owner: PgPool) {
    let pool = seed::application(&owner);
    let anna = seed::history(&owner, &pool).await;
    let clock = Clock::manual(seed::at(11));
    let mut db = pool.acquire().await.expect("a connection");
    let before = ledger::head_as_of(&mut db, seed::at(11)).await.expect("a head").seq;
    let id = request(&pool, &seed::scope(seed::at(11)), &anna, clock.now()).await.expect("queued");
    let later = seed::at(12);
    assert_eq!(status(&mut db, id, later).await.expect("a row").expect("it is there").status, PackStatus::Queued);
    assert!(download(&pool, id, &anna, later).await.expect("an answer").is_none());

    assert!(work_once(&pool, &clock, &seed::signer()).await.expect("worked"));
    assert!(!work_once(&pool, &clock, &seed::signer()).await.expect("nothing to do"));
    let row = list(&mut db, later).await.expect("a list").pop().expect("a row");
    assert_eq!((row.created_by.as_str(), row.scope.as_of), ("Anna Æblegaard", seed::at(11)));
    let archive = download(&pool, id, &anna, later).await.expect("an answer").expect("it is ready");
    assert_eq!(
        row.status,
        PackStatus::Ready { sha256: archive.sha256.clone(), size: i64::try_from(archive.bytes.len()).expect("small") }
    );
    assert_eq!(archive.file_name, "bevis-pack-20260630T121100Z.zip");
    let verified = pack::verify::verify(&archive.bytes, Some(&seed::signer().public_key())).expect("it verifies");
    // The pack does not tell of itself: it was asked for after the instant that it speaks of.
    assert_eq!(verified.manifest.ledger.seq, before);

    let entries = ledger::entries(&mut db, before, 10).await.expect("entries");
    let actions: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.actor.as_str())).collect();
    assert_eq!(
        actions,
        [("pack.create", "Anna Æblegaard"), ("pack.build", "system"), ("pack.download", "Anna Æblegaard")]
    );
    let by = format!("\"person\":\"{}\"", anna.person);
    assert!(entries[0].payload.contains(&by) && entries[2].payload.contains(&by), "names are not one each");
    assert!(entries[1].payload.contains(&archive.sha256) && entries[2].payload.contains(&archive.sha256));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_packed_is_refused_with_a_reason(owner: PgPool) {
    let pool = seed::application(&owner);
    let anna = seed::history(&owner, &pool).await;
    let scope = seed::scope(seed::at(10));
    let refused = [
        (PackScope { as_of: seed::at(12), ..scope.clone() }, "error-pack-as-of-ahead"),
        (PackScope { since: Some(seed::at(10)), ..scope.clone() }, "error-pack-since"),
        (PackScope { clusters: vec!["vest".into()], ..scope.clone() }, "error-pack-cluster"),
        (PackScope { controls: vec!["A.9.9".into()], ..scope.clone() }, "error-pack-control"),
        (PackScope { language: "fr".into(), ..scope.clone() }, "error-pack-language"),
        (PackScope { time_zone: "Mars/Olympus".into(), ..scope.clone() }, "error-pack-time-zone"),
    ];
    for (scope, expected) in refused {
        match request(&pool, &scope, &anna, seed::at(11)).await {
            Err(Error::Invalid { key, .. }) => assert_eq!(key, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    let mut db = pool.acquire().await.expect("a connection");
    assert_eq!(list(&mut db, seed::at(12)).await.expect("a list"), []);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_whose_builder_crashed_is_built_by_another(owner: PgPool) {
    let pool = seed::application(&owner);
    let anna = seed::history(&owner, &pool).await;
    let clock = Clock::manual(seed::at(11));
    let id = request(&pool, &seed::scope(seed::at(10)), &anna, clock.now()).await.expect("queued");
    sqlx::query!("UPDATE pack SET status = 'building', started_at = $1, attempts = 1", seed::at(11))
        .execute(&owner)
        .await
        .expect("begun");

    // Its builder lives as long as its lock: nobody else takes the pack.
    let mut builder = owner.begin().await.expect("a transaction");
    sqlx::query!("SELECT id FROM pack FOR UPDATE").fetch_one(&mut *builder).await.expect("held");
    assert!(!work_once(&pool, &clock, &seed::signer()).await.expect("nothing to do"));
    builder.rollback().await.expect("the builder is gone");
    assert!(work_once(&pool, &clock, &seed::signer()).await.expect("worked"));
    let mut db = pool.acquire().await.expect("a connection");
    let row = status(&mut db, id, seed::at(12)).await.expect("a row").expect("it is there");
    assert!(matches!(row.status, PackStatus::Ready { .. }));

    // One that takes its builder down every time is given up.
    let id = request(&pool, &seed::scope(seed::at(10)), &anna, seed::at(13)).await.expect("queued");
    sqlx::query!("UPDATE pack SET status = 'building', attempts = 3 WHERE id = $1", id.0)
        .execute(&owner)
        .await
        .expect("begun");
    assert!(work_once(&pool, &clock, &seed::signer()).await.expect("worked"));
    let row = status(&mut db, id, seed::at(14)).await.expect("a row").expect("it is there");
    assert!(matches!(row.status, PackStatus::Failed { error_id } if error_id.len() == 32));
}

#[test]
fn the_key_is_its_owner_s_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    let made = Signer::generate(&path).expect("a key");
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    assert_eq!(Signer::from_pem_file(&path).expect("a key").key_id(), made.key_id());
    assert!(matches!(Signer::generate(&path), Err(KeyError::Exists { .. })));
    assert_eq!(pack::key::public_from_pem(&made.public_pem().expect("PEM")), Ok(made.public_key()));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    assert!(matches!(Signer::from_pem_file(&path), Err(KeyError::Readable { .. })));
    let other = folder.path().join("other.pem");
    assert!(Signer::from_pem_file(&other).expect_err("no file").to_string().contains("bevis keygen"));
}
