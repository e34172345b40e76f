//! A new rule of identity: history goes on, with everything that was decided, and nothing of the past changes.

use super::{
    acceptances::{accept, someone},
    *,
};
use ::model::{
    control::ControlState,
    disposition::Act,
    finding::{Fingerprint, Identity},
    ids::CheckId,
    role::Role,
    views::{FindingDetail, TimelineEvent},
};
use std::collections::BTreeMap;

const CHECK: &str = "bak.enabled";

/// A rule that takes what follows an `@` in a name for nothing: `daily@a` and `daily@b` are one.
const MERGING: Identity = Identity { version: Fingerprint::VERSION + 1, of: merging };
/// A rule that tells them apart again.
const SPLITTING: Identity = Identity { version: Fingerprint::VERSION + 2, of: splitting };

fn merging(check: &CheckId, subject: &Subject) -> Fingerprint {
    let name = subject.name.split('@').next().unwrap_or_default().to_owned();
    Fingerprint::of(check, &Subject { kind: "merging".into(), name, ..subject.clone() })
}

fn splitting(check: &CheckId, subject: &Subject) -> Fingerprint {
    Fingerprint::of(check, &Subject { kind: "splitting".into(), ..subject.clone() })
}

fn failing(cluster: ClusterId, at: i64, names: &[(&str, Severity)]) -> Scan {
    let observations = names.iter().map(|(name, severity)| observation(CHECK, name, *severity)).collect();
    let outcome = if names.is_empty() { Outcome::Pass } else { Outcome::Fail };
    scan(cluster, at, vec![result(CHECK, outcome, 0)], observations)
}

async fn by(pool: &PgPool, identity: Identity, scan: &Scan) -> (i32, i32, i32) {
    let recorded = history::record_by(identity, pool, scan, scan.ended_at).await.expect("a scan is recorded");
    (recorded.opened, recorded.closed, recorded.changed)
}

async fn detail(pool: &PgPool, finding: FindingId, at: i64) -> FindingDetail {
    let mut db = pool.acquire().await.expect("a connection");
    findings::detail(&mut db, finding, second(at)).await.expect("loads").expect("is there")
}

fn told(detail: &FindingDetail) -> Vec<&'static str> {
    let word = |event: &TimelineEvent| match event {
        TimelineEvent::Opened { again: false, .. } => "opened",
        TimelineEvent::Opened { again: true, .. } => "opened again",
        TimelineEvent::Changed { .. } => "changed",
        TimelineEvent::Closed { .. } => "closed",
        TimelineEvent::GoesOnAs { .. } => "goes on as another",
        TimelineEvent::TookOver { .. } => "took over",
        TimelineEvent::Decided { kind, .. } => kind.as_str(),
    };
    detail.timeline.iter().map(|entry| word(&entry.event)).collect()
}

/// Everything that lists and counts say at some instants.
async fn past(pool: &PgPool, instants: &[i64]) -> BTreeMap<i64, Vec<(String, &'static str)>> {
    let mut past = BTreeMap::new();
    for at in instants {
        past.insert(*at, listed(pool, &FindingFilter::default(), *at).await);
    }
    past
}

#[sqlx::test(migrations = "../migrations")]
async fn findings_that_become_one_go_on_as_one_that_nobody_acknowledged(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let erik = person(&owner, "Erik").await;
    let seen = [
        ("daily@a", Severity::Critical),
        ("daily@b", Severity::High),
        ("weekly", Severity::Low),
        ("gone@a", Severity::Low),
    ];
    recorded(&pool, &failing(alpha, 10, &seen)).await;
    recorded(&pool, &failing(alpha, 12, &seen[..3])).await;
    let (a, b, weekly) = (
        finding_named(&pool, "daily@a").await,
        finding_named(&pool, "daily@b").await,
        finding_named(&pool, "weekly").await,
    );
    for (finding, comment) in [(a, "Known."), (weekly, "Later.")] {
        deciding::decide(&pool, &erik, &Act::Acknowledge, &[finding], comment, second(20)).await.expect("decides");
    }
    let before = past(&pool, &[10, 11, 12, 25]).await;

    let done = history::rekey(&pool, MERGING, second(30)).await.expect("re-keys").expect("there is something to do");
    assert_eq!(
        (done.from_version, done.to_version, done.findings, done.merged),
        (Fingerprint::VERSION, MERGING.version, 4, 1)
    );
    assert_eq!(history::rekey(&pool, MERGING, second(31)).await.expect("looks"), None, "once");
    let refused = history::record(&pool, &failing(alpha, 40, &seen), second(40)).await;
    assert!(refused.is_err(), "nobody records by the old rule");

    // The past is what it was, and now there is one where there were two.
    assert_eq!(past(&pool, &[10, 11, 12, 25]).await, before);
    let now = [("daily@b".to_owned(), "open"), ("weekly".to_owned(), "acknowledged")];
    assert_eq!(listed(&pool, &FindingFilter::default(), 35).await, now);
    assert_eq!(told(&detail(&pool, a, 35).await), ["opened", "acknowledge", "goes on as another"]);
    assert_eq!(detail(&pool, a, 35).await.goes_on_as, Some(b));
    assert_eq!(
        (told(&detail(&pool, a, 25).await), detail(&pool, a, 25).await.goes_on_as),
        (vec!["opened", "acknowledge"], None)
    );
    assert_eq!(
        told(&detail(&pool, b, 35).await),
        ["opened", "acknowledge", "took over"],
        "with what was decided about the other"
    );

    // The same faults are no news, whichever part shows them; the worst of the parts counts.
    assert_eq!(by(&pool, MERGING, &failing(alpha, 40, &seen[..3])).await, (0, 0, 1));
    assert_eq!(by(&pool, MERGING, &failing(alpha, 42, &seen[..3])).await, (0, 0, 0));
    assert_eq!(
        by(&pool, MERGING, &failing(alpha, 44, &[("daily@c", Severity::Critical), ("weekly", Severity::Low)])).await,
        (0, 0, 0)
    );
    assert_eq!(by(&pool, MERGING, &failing(alpha, 50, &[])).await, (0, 2, 0));
    assert_eq!(by(&pool, MERGING, &failing(alpha, 60, &seen)).await, (3, 0, 0));
    assert_eq!(
        told(&detail(&pool, b, 65).await),
        ["opened", "acknowledge", "took over", "changed", "closed", "opened again"]
    );
    assert_eq!(detail(&pool, weekly, 65).await.row.state.as_str(), "acknowledged", "decisions carry over");

    let mut db = pool.acquire().await.expect("a connection");
    let exported = findings::export(&mut db, &[], &[], second(65)).await.expect("exports");
    let mut names: Vec<String> = exported.iter().map(|finding| finding.row.subject.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["daily@b", "gone@a", "weekly"], "each once");
    drop(db);
    replay::assert_consistent(&owner).await;
    server::ledger::verify(&owner).await.expect("the chain holds");
    let entry =
        sqlx::query_scalar!("SELECT payload FROM ledger WHERE action = 'finding.rekey'").fetch_one(&owner).await;
    assert!(entry.expect("recorded").contains(&done.keys_sha256));
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_finding_that_falls_apart_goes_on_as_the_part_that_it_names(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let erik = person(&owner, "Erik").await;
    // By the merging rule from the beginning: one finding, named after the worse.
    let both = [("daily@a", Severity::Critical), ("daily@b", Severity::High)];
    assert_eq!(by(&pool, MERGING, &failing(alpha, 10, &both)).await, (1, 0, 0));
    let a = finding_named(&pool, "daily@a").await;
    deciding::decide(&pool, &erik, &Act::Acknowledge, &[a], "Known.", second(20)).await.expect("decides");
    let done = history::rekey(&pool, SPLITTING, second(30)).await.expect("re-keys").expect("there is something to do");
    assert_eq!((done.from_version, done.findings, done.merged), (MERGING.version, 1, 0));
    assert_eq!(by(&pool, SPLITTING, &failing(alpha, 40, &both)).await, (1, 0, 0), "the other part is found anew");
    let now = [("daily@a".to_owned(), "acknowledged"), ("daily@b".to_owned(), "open")];
    assert_eq!(
        listed(&pool, &FindingFilter::default(), 45).await,
        now,
        "what was acknowledged covers no more than it named"
    );
    replay::assert_consistent(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn findings_that_were_made_one_by_mistake_are_told_apart_again(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let both = [("daily@a", Severity::Critical), ("daily@b", Severity::High)];
    recorded(&pool, &failing(alpha, 10, &both)).await;
    history::rekey(&pool, MERGING, second(20)).await.expect("re-keys").expect("there is something to do");
    assert_eq!(by(&pool, MERGING, &failing(alpha, 30, &both)).await, (0, 0, 0));
    let done = history::rekey(&pool, SPLITTING, second(40)).await.expect("re-keys").expect("there is something to do");
    assert_eq!(
        (done.from_version, done.to_version, done.findings, done.merged),
        (MERGING.version, SPLITTING.version, 2, 0)
    );
    assert_eq!(by(&pool, SPLITTING, &failing(alpha, 50, &both)).await, (1, 0, 0));
    let b = finding_named(&pool, "daily@b").await;
    let again = detail(&pool, b, 55).await;
    assert_eq!((again.goes_on_as, again.row.state.as_str()), (None, "open"));
    assert_eq!(told(&again), ["opened", "goes on as another", "opened again"]);
    replay::assert_consistent(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn where_nothing_was_found_there_is_nothing_to_re_key(owner: PgPool) {
    let pool = app_pool(&owner);
    assert_eq!(history::rekey(&pool, Identity::CURRENT, second(0)).await.expect("looks"), None);
    assert_eq!(history::rekey(&pool, MERGING, second(0)).await.expect("looks"), None);
    let alpha = cluster(&pool, "alpha").await;
    recorded(&pool, &failing(alpha, 10, &[("daily", Severity::High)])).await;
    assert_eq!(history::rekey(&pool, Identity::CURRENT, second(20)).await.expect("looks"), None);
    // A rule that is older than what history goes by changes nothing, and records nothing.
    assert!(history::rekey(&pool, SPLITTING, second(30)).await.expect("re-keys").is_some());
    assert_eq!(history::rekey(&pool, MERGING, second(40)).await.expect("looks"), None);
    assert!(history::record_by(MERGING, &pool, &failing(alpha, 50, &[]), second(50)).await.is_err());
    pool.close().await;
}

/// What the finding of a name stands for at a second, and the state of the check.
async fn stands(pool: &PgPool, at: i64) -> (Vec<(String, &'static str)>, Vec<(ControlState, i64)>) {
    let mut db = pool.acquire().await.expect("a connection");
    let checks = server::controls::checks(&mut db, second(at), &[]).await.expect("checks");
    let of_clusters = checks.into_iter().filter(|check| check.check.as_str() == CHECK);
    let states = of_clusters.map(|check| (check.state, check.accepted)).collect();
    drop(db);
    (listed(pool, &FindingFilter::default(), at).await, states)
}

#[sqlx::test(migrations = "../migrations")]
async fn an_acceptance_never_covers_a_merged_finding_that_nobody_accepted(owner: PgPool) {
    let pool = app_pool(&owner);
    let (alpha, beta) = (cluster(&pool, "alpha").await, cluster(&pool, "beta").await);
    let engineer = someone(&owner, "Erik", Role::Engineer).await;
    let officer = someone(&owner, "Maja", Role::SecurityOfficer).await;
    // The accepted one is the worse and the older, so that nothing else lets the other go on.
    recorded(&pool, &failing(alpha, 10, &[("daily@a", Severity::High)])).await;
    let both = [("daily@a", Severity::High), ("daily@b", Severity::Low)];
    recorded(&pool, &failing(alpha, 12, &both)).await;
    recorded(&pool, &failing(beta, 12, &[("hourly@a", Severity::High), ("hourly@b", Severity::Low)])).await;
    let daily = finding_named(&pool, "daily@a").await;
    let hourly = [finding_named(&pool, "hourly@a").await, finding_named(&pool, "hourly@b").await];
    for finding in [daily, hourly[0], hourly[1]] {
        accept(&pool, &[&engineer, &officer], finding, None, (20, 1_000)).await;
    }
    let (not_met, accepted) = (ControlState::NotMet, ControlState::AcceptedRisk);
    assert_eq!(stands(&pool, 25).await.1, [(not_met, 1), (accepted, 2)]);
    history::rekey(&pool, MERGING, second(30)).await.expect("re-keys").expect("there is something to do");
    let (open, states) = stands(&pool, 35).await;
    assert_eq!(
        open,
        [("hourly@a".to_owned(), "accepted"), ("daily@b".to_owned(), "open")],
        "where all were accepted, what goes on is; where one was not, it is not"
    );
    assert_eq!(states, [(not_met, 0), (accepted, 1)]);
    replay::assert_consistent(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_acceptance_that_is_to_begin_covers_no_merged_finding_later(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let engineer = someone(&owner, "Erik", Role::Engineer).await;
    let officer = someone(&owner, "Maja", Role::SecurityOfficer).await;
    let both = [("daily@a", Severity::High), ("daily@b", Severity::Low)];
    recorded(&pool, &failing(alpha, 10, &both)).await;
    let daily = finding_named(&pool, "daily@a").await;
    accept(&pool, &[&engineer, &officer], daily, Some(100), (20, 1_000)).await;
    history::rekey(&pool, MERGING, second(30)).await.expect("re-keys").expect("there is something to do");
    assert_eq!(stands(&pool, 150).await.0, [("daily@b".to_owned(), "open")]);
    pool.close().await;
}
