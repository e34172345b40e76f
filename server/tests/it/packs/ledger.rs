//! The whole chain, recomputed.

use super::seed;
use server::ledger::{Broken, append, verify};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn the_first_broken_link_is_named(owner: PgPool) {
    let pool = seed::application(&owner);
    assert_eq!(verify(&pool).await.expect("an empty ledger holds").seq, 0);
    for n in 1..=5 {
        let mut transaction = pool.begin().await.expect("a transaction");
        append(&mut transaction, seed::at(n), "Anna", "test.entry", &n).await.expect("an entry");
        transaction.commit().await.expect("written");
    }
    let head = verify(&pool).await.expect("it holds");
    assert_eq!((head.seq, head.hash.len()), (5, 64));

    // The application cannot; somebody with the owner's rights can, and is seen.
    let forged = sqlx::query!("UPDATE ledger SET actor = 'Bo' WHERE seq = 3");
    assert!(forged.execute(&pool).await.is_err());
    sqlx::query!("ALTER TABLE ledger DISABLE TRIGGER ledger_fixed").execute(&owner).await.expect("the owner may");
    sqlx::query!("UPDATE ledger SET actor = 'Bo' WHERE seq = 3").execute(&owner).await.expect("the owner may");
    match verify(&pool).await {
        Err(Broken::Link(fault)) => assert_eq!(fault.seq, 3),
        other => panic!("{other:?}"),
    }
}
