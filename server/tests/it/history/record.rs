//! Recording scans: what opens, what closes, and what an incomplete scan may not do.

use super::*;
use ::model::{
    problem::{Problem, ProblemWord},
    views::TimelineEvent,
};

const A: &str = "bak.enabled";
const B: &str = "bak.recent";

fn all() -> FindingFilter {
    use ::model::finding::FindingState::{Acknowledged, Closed, Open};
    FindingFilter { state: vec![Open, Acknowledged, Closed], ..FindingFilter::default() }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_finding_that_is_fixed_closes_and_comes_back_as_the_same_finding(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let failing =
        |at| scan(cluster, at, vec![result(A, Outcome::Fail, 0)], vec![observation(A, "daily", Severity::High)]);
    let fixed = |at| scan(cluster, at, vec![result(A, Outcome::Pass, 0)], vec![]);
    assert_eq!(recorded(&pool, &failing(10)).await.opened, 1);
    assert_eq!(recorded(&pool, &fixed(20)).await.closed, 1);
    assert_eq!(recorded(&pool, &failing(30)).await.opened, 1);
    assert_eq!(listed(&pool, &all(), 9).await, []);
    assert_eq!(listed(&pool, &all(), 10).await, [("daily".into(), "open")]);
    assert_eq!(listed(&pool, &all(), 19).await, [("daily".into(), "open")]);
    assert_eq!(listed(&pool, &all(), 20).await, [("daily".into(), "closed")]);
    assert_eq!(listed(&pool, &FindingFilter::default(), 20).await, []);
    assert_eq!(listed(&pool, &all(), 30).await, [("daily".into(), "open")]);
    let mut db = pool.acquire().await.expect("a connection");
    let id = finding_named(&owner, "daily").await;
    let detail = findings::detail(&mut db, id, second(31)).await.expect("loads").expect("is there");
    let events: Vec<String> = detail.timeline.iter().map(|entry| event(&entry.event)).collect();
    assert_eq!(events, ["opened", "closed", "opened again"]);
    assert_eq!((detail.first_seen_at, detail.row.opened_at), (second(10), second(30)));
    assert!(findings::detail(&mut db, id, second(9)).await.expect("loads").is_none());
    drop(db);
    pool.close().await;
}

fn event(event: &TimelineEvent) -> String {
    match event {
        TimelineEvent::Opened { again: false, .. } => "opened".into(),
        TimelineEvent::Opened { again: true, .. } => "opened again".into(),
        TimelineEvent::Changed { severity, .. } => format!("changed to {severity}"),
        TimelineEvent::Closed { .. } => "closed".into(),
        TimelineEvent::GoesOnAs { .. } => "goes on as another".into(),
        TimelineEvent::TookOver { .. } => "took over".into(),
        TimelineEvent::Decided { kind, .. } => kind.to_string(),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_change_of_severity_keeps_the_finding_open_since_it_opened(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    for (at, severity) in [(10, Severity::High), (20, Severity::Critical)] {
        let scan = scan(cluster, at, vec![result(A, Outcome::Fail, 0)], vec![observation(A, "daily", severity)]);
        let recorded = recorded(&pool, &scan).await;
        assert_eq!((recorded.opened, recorded.changed, recorded.closed), if at == 10 { (1, 0, 0) } else { (0, 1, 0) });
    }
    let mut db = pool.acquire().await.expect("a connection");
    let id = finding_named(&owner, "daily").await;
    let now = findings::detail(&mut db, id, second(20)).await.expect("loads").expect("is there");
    assert_eq!((now.row.severity, now.row.opened_at), (Severity::Critical, second(10)));
    assert_eq!(now.timeline.iter().map(|e| event(&e.event)).collect::<Vec<_>>(), ["opened", "changed to critical"]);
    let before = findings::detail(&mut db, id, second(19)).await.expect("loads").expect("is there");
    assert_eq!((before.row.severity, before.timeline.len()), (Severity::High, 1));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn only_a_verdict_that_saw_every_subject_closes(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let both = vec![observation(A, "daily", Severity::High), observation(B, "weekly", Severity::High)];
    recorded(&pool, &scan(cluster, 10, vec![result(A, Outcome::Fail, 0), result(B, Outcome::Fail, 0)], both)).await;
    let mut at = 10;
    for outcome in Outcome::ALL {
        at += 1;
        let unseen = scan(cluster, at, vec![result(A, *outcome, 1), result(B, Outcome::NotVisible, 0)], vec![]);
        assert_eq!(recorded(&pool, &unseen).await.closed, 0, "{outcome}");
    }
    for coverage in [Coverage::Unreachable, Coverage::Failed] {
        at += 1;
        let away = Scan { coverage, ..scan(cluster, at, vec![result(A, Outcome::Pass, 0)], vec![]) };
        let recorded = recorded(&pool, &away).await;
        assert_eq!((recorded.opened, recorded.closed), (0, 0));
    }
    let nothing_said = scan(cluster, at + 1, vec![], vec![]);
    assert_eq!(recorded(&pool, &nothing_said).await.closed, 0);
    let seen = scan(cluster, at + 2, vec![result(A, Outcome::Pass, 0), result(B, Outcome::Error, 0)], vec![]);
    assert_eq!(recorded(&pool, &seen).await.closed, 1);
    assert_eq!(listed(&pool, &FindingFilter::default(), at + 2).await, [("weekly".into(), "open")]);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_scan_that_began_before_a_recorded_one_is_logged_and_changes_nothing(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    recorded(&pool, &scan(cluster, 20, vec![result(A, Outcome::Pass, 0)], vec![])).await;
    let late = scan(cluster, 10, vec![result(A, Outcome::Fail, 0)], vec![observation(A, "daily", Severity::High)]);
    let outcome = history::record(&pool, &late, second(21)).await.expect("a scan is recorded");
    assert!(outcome.superseded && outcome.opened == 0);
    assert_eq!(listed(&pool, &FindingFilter::default(), 30).await, []);
    let mut db = pool.acquire().await.expect("a connection");
    let (status, _, scans) = clusters::status(&mut db, "alpha", second(30)).await.expect("loads").expect("is there");
    assert_eq!(scans.len(), 2);
    assert!(scans[0].error.as_deref().is_some_and(|error| error.starts_with("superseded")));
    let told: Vec<ProblemWord> = scans[0].problems.iter().map(|problem| problem.key).collect();
    assert_eq!(told, [ProblemWord::Superseded]);
    assert_eq!(scans[1].problems, []);
    let velero = status.sources.iter().find(|source| source.source == Source::Velero).expect("every source is there");
    assert_eq!(velero.last_scan.as_ref().map(|scan| scan.started_at), Some(second(20)));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_went_wrong_is_kept_as_words_and_what_was_told_in_a_sentence_alone_stays_so(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let refused = Problem {
        key: ProblemWord::Forbidden,
        values: Detail::from([("permission".into(), "list backups in velero.io".into())]),
        resource: Some("velero.io/v1/backups".into()),
    };
    let forbidden = |at, problems: &[Problem]| {
        let mut scan = Scan {
            coverage: Coverage::Forbidden,
            error: Some("permission is missing".into()),
            problems: problems.to_vec(),
            ..scan(cluster, at, vec![], vec![])
        };
        scan.reads[0].problems = problems.to_vec();
        scan
    };
    // The older is as if it were from before words were kept.
    recorded(&pool, &forbidden(10, &[])).await;
    recorded(&pool, &forbidden(20, std::slice::from_ref(&refused))).await;
    let mut db = pool.acquire().await.expect("a connection");
    let (status, _, scans) = clusters::status(&mut db, "alpha", second(30)).await.expect("loads").expect("is there");
    let told: Vec<_> = scans.iter().map(|scan| (scan.error.as_deref(), scan.problems.clone())).collect();
    let sentence = Some("permission is missing");
    assert_eq!(told, [(sentence, vec![refused.clone()]), (sentence, vec![])]);
    assert_eq!(scans[0].reads[0].problems, std::slice::from_ref(&refused));
    let velero = status.sources.iter().find(|source| source.source == Source::Velero).expect("every source is there");
    assert_eq!(velero.last_scan.as_ref().map(|scan| scan.problems.clone()), Some(vec![refused]));
    let json = serde_json::to_value(&scans).expect("JSON");
    assert_eq!(json[0]["error"], "permission is missing");
    assert_eq!(json[0]["problems"][0]["key"], "forbidden");
    assert_eq!(json[0]["problems"][0]["values"]["permission"], "list backups in velero.io");
    assert!(json[1].get("problems").is_none());
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_settled_is_not_added_to_and_instants_only_grow(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    server::settle::close(&owner, second(100)).await.expect("settles");
    let failing = scan(cluster, 10, vec![result(A, Outcome::Fail, 0)], vec![observation(A, "daily", Severity::High)]);
    recorded(&pool, &failing).await;
    let fixed = scan(cluster, 11, vec![result(A, Outcome::Pass, 0)], vec![]);
    recorded(&pool, &fixed).await;
    let at = sqlx::query_scalar!("SELECT recorded_at FROM scan ORDER BY recorded_at")
        .fetch_all(&owner)
        .await
        .expect("scans");
    let micro = TimeDelta::microseconds(1);
    assert_eq!(at, [second(100) + micro, second(100) + micro * 2]);
    assert_eq!(listed(&pool, &all(), 100).await, []);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn many_writers_at_once_leave_one_history(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "alpha").await;
    let by = person(&owner, "Erik").await;
    let names = ["a", "b", "c", "d", "e"];
    let round = |at: i64| {
        let seen = names.iter().enumerate().filter(|(i, _)| (at >> i) & 1 == 1);
        scan(
            cluster,
            at,
            vec![result(A, Outcome::Fail, 0)],
            seen.map(|(_, n)| observation(A, n, Severity::High)).collect(),
        )
    };
    recorded(&pool, &round(31)).await;
    let mut tasks = tokio::task::JoinSet::new();
    for at in 0..40 {
        let (pool, scan, by) = (pool.clone(), round(32 + at % 31), by.clone());
        tasks.spawn(async move {
            history::record(&pool, &scan, scan.ended_at).await.expect("a scan is recorded");
            let mut db = pool.acquire().await.expect("a connection");
            let some = findings::matching(&mut db, &FindingFilter::default(), 3, second(1_000)).await.expect("matches");
            drop(db);
            // Refused where a scan closed one of them meanwhile; never a deadlock or a broken count.
            let (kind, comment) = (&::model::disposition::Act::Acknowledge, format!("round {at}"));
            if let Err(error) = deciding::decide(&pool, &by, kind, &some, &comment, second(50)).await {
                let refused =
                    matches!(error, server::error::Error::Conflict { .. } | server::error::Error::Invalid { .. });
                assert!(refused, "{error:?}");
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.expect("no writer fails");
    }
    replay::assert_consistent(&owner).await;
    pool.close().await;
}
