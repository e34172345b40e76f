//! Deciding about findings: what is kept, what is refused, and that nothing is half done.

use super::*;
use ::model::{
    disposition::Act::{self, Acknowledge, Comment, Withdraw},
    finding::DecisionKind,
    views::TimelineEvent,
};
use server::{error::Error, ledger};

const CHECK: &str = "bak.enabled";

/// Two findings that fail at second 10, on a pool of the application.
async fn two_findings(owner: &PgPool) -> (PgPool, ClusterId, [FindingId; 2], deciding::Actor) {
    let pool = app_pool(owner);
    let cluster = cluster(&pool, "alpha").await;
    let both = ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    recorded(&pool, &scan(cluster, 10, vec![result(CHECK, Outcome::Fail, 0)], both)).await;
    let ids = [finding_named(owner, "daily").await, finding_named(owner, "weekly").await];
    (pool, cluster, ids, person(owner, "Erik").await)
}

async fn counts(owner: &PgPool) -> (i64, i64, i64) {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM decision) AS "decisions!", (SELECT count(*) FROM decision_finding) AS "findings!",
                  (SELECT count(*) FROM ledger WHERE action LIKE 'finding.%') AS "entries!""#
    );
    let row = row.fetch_one(owner).await.expect("counts");
    (row.decisions, row.findings, row.entries)
}

#[sqlx::test(migrations = "../migrations")]
async fn an_acknowledgement_survives_that_the_finding_closes_and_comes_back(owner: PgPool) {
    let (pool, cluster, [daily, weekly], by) = two_findings(&owner).await;
    deciding::decide(&pool, &by, &Acknowledge, &[daily], "will be\r\nfixed", second(20)).await.expect("decides");
    recorded(&pool, &scan(cluster, 30, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    let again = ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], again)).await;
    let mut db = pool.acquire().await.expect("a connection");
    let state = async |db: &mut _, id, at| {
        findings::detail(db, id, second(at)).await.expect("loads").expect("is there").row.state.as_str()
    };
    let mut states = Vec::new();
    for at in [19, 20, 30, 40] {
        states.push((state(&mut db, daily, at).await, state(&mut db, weekly, at).await));
    }
    assert_eq!(states, [("open", "open"), ("acknowledged", "open"), ("closed", "closed"), ("acknowledged", "open")]);
    deciding::decide(&pool, &by, &Withdraw, &[daily], "", second(50)).await.expect("decides");
    assert_eq!(state(&mut db, daily, 50).await, "open");
    let detail = findings::detail(&mut db, daily, second(50)).await.expect("loads").expect("is there");
    let decided: Vec<_> = detail
        .timeline
        .iter()
        .filter_map(|entry| match &entry.event {
            TimelineEvent::Decided { kind, by, comment, findings, .. } => {
                Some((*kind, by.as_str(), comment.as_str(), *findings))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        decided,
        [(DecisionKind::Acknowledge, "Erik", "will be\nfixed", 1), (DecisionKind::Withdraw, "Erik", "", 1)]
    );
    replay::assert_consistent(&owner).await;
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn one_decision_about_many_is_one_entry_in_the_ledger(owner: PgPool) {
    let (pool, _, ids, by) = two_findings(&owner).await;
    let twice = [ids[0], ids[1], ids[0]];
    let decision = deciding::decide(&pool, &by, &Acknowledge, &twice, "known", second(20)).await.expect("decides");
    assert_eq!(counts(&owner).await, (1, 2, 1));
    let mut db = pool.acquire().await.expect("a connection");
    let entries = ledger::entries(&mut db, 0, 100).await.expect("entries");
    let entry = entries.last().expect("an entry");
    assert_eq!((entry.actor.as_str(), entry.action.as_str()), ("Erik", "finding.acknowledge"));
    let payload: serde_json::Value = serde_json::from_str(&entry.payload).expect("JSON");
    assert_eq!(payload["decision"], decision.to_string());
    assert_eq!((payload["findings"].as_i64(), payload["comment"].as_str()), (Some(2), Some("known")));
    ledger::verify(&owner).await.expect("the chain holds");
    // The same form sent once more.
    let again = deciding::decide(&pool, &by, &Acknowledge, &ids, "known", second(21)).await.expect("decides");
    assert_eq!((again, counts(&owner).await), (decision, (1, 2, 1)));
    // Somebody else, and another word, are decisions of their own.
    let other = person(&owner, "Maja").await;
    deciding::decide(&pool, &other, &Acknowledge, &ids, "known", second(22)).await.expect("decides");
    deciding::decide(&pool, &by, &Comment, &ids[..1], "a word", second(23)).await.expect("decides");
    assert_eq!(counts(&owner).await, (3, 5, 3));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_refused_decision_leaves_nothing_behind(owner: PgPool) {
    let (pool, cluster, [daily, weekly], by) = two_findings(&owner).await;
    let one = vec![observation(CHECK, "daily", Severity::High)];
    recorded(&pool, &scan(cluster, 20, vec![result(CHECK, Outcome::Fail, 0)], one)).await;
    let unknown = FindingId(Uuid::new_v4());
    let decide = async |act: Act, ids: &[FindingId], comment: &str| {
        deciding::decide(&pool, &by, &act, ids, comment, second(30)).await
    };
    assert!(matches!(
        decide(Acknowledge, &[daily, weekly], "known").await,
        Err(Error::Conflict { key: "error-finding-closed" })
    ));
    assert!(matches!(decide(Withdraw, &[daily], "").await, Err(Error::Conflict { key: "error-not-acknowledged" })));
    assert!(matches!(decide(Acknowledge, &[daily, unknown], "known").await, Err(Error::NotFound)));
    assert!(matches!(decide(Acknowledge, &[], "known").await, Err(Error::Invalid { .. })));
    assert!(matches!(
        decide(Acknowledge, &[daily], " \n ").await,
        Err(Error::Invalid { key: "error-comment-missing", .. })
    ));
    assert!(matches!(
        decide(Comment, &[daily], "a\u{7}").await,
        Err(Error::Invalid { key: "error-comment-characters", .. })
    ));
    let stranger = deciding::Actor { person: PersonId(Uuid::new_v4()), name: "nobody".into() };
    assert!(deciding::decide(&pool, &stranger, &Acknowledge, &[daily], "known", second(30)).await.is_err());
    assert_eq!(counts(&owner).await, (0, 0, 0));
    assert!(decide(Comment, &[weekly], "was fixed by hand").await.is_ok());
    replay::assert_consistent(&owner).await;
    pool.close().await;
}
