//! Risk acceptances: what is accepted at any instant, and what every loader makes of it.

mod changes;
mod ending;
mod scopes;

use super::*;
use ::model::{
    acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, EndsOn},
    control::ControlState,
    finding::FindingState,
    ids::AcceptanceId,
    role::Role,
    views::CheckStatus,
};
use server::{
    acceptances::{self, By, NewAcceptance},
    config::AcceptanceSettings,
    controls,
    error::Error,
    ledger,
};
use std::collections::BTreeSet;

const CHECK: &str = "bak.enabled";

pub(super) async fn someone(owner: &PgPool, name: &str, role: Role) -> By {
    let actor = person(owner, name).await;
    By { person: actor.person, name: actor.name, roles: vec![role] }
}

fn new(scope: AcceptanceScope, expires: i64) -> NewAcceptance {
    NewAcceptance {
        scope,
        reason: "the supplier mends it".into(),
        compensating_control: "not reachable from outside".into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: second(expires),
        ends_on: BTreeSet::new(),
        extends: None,
    }
}

fn on(cluster: &str) -> AcceptanceScope {
    AcceptanceScope::Cluster { check: CHECK.into(), cluster: cluster.into() }
}

/// Asked for by an engineer at a second.
async fn asked(pool: &PgPool, by: &By, new: &NewAcceptance, at: i64) -> AcceptanceId {
    let settings = AcceptanceSettings::default();
    acceptances::request(pool, &settings, by, new, second(at)).await.expect("it is asked for")
}

async fn done(pool: &PgPool, by: &By, id: AcceptanceId, act: AcceptanceAct, at: i64) -> Result<AcceptanceState, Error> {
    acceptances::act(pool, by, id, act, "seen", second(at)).await
}

/// An acceptance of a finding, asked for at a second, approved right after, and over at another.
pub(super) async fn accept(
    pool: &PgPool,
    [engineer, officer]: &[&By; 2],
    finding: FindingId,
    begins: Option<i64>,
    (at, until): (i64, i64),
) {
    let begins_at = begins.map(second);
    let asks = NewAcceptance { begins_at, ..new(AcceptanceScope::Finding { finding }, until) };
    let id = asked(pool, engineer, &asks, at).await;
    done(pool, officer, id, AcceptanceAct::Approve, at + 1).await.expect("approved");
}

/// An acceptance of a finding, asked for and approved.
pub(super) async fn some(owner: &PgPool, pool: &PgPool, finding: FindingId) -> AcceptanceId {
    let engineer = someone(owner, "Engineer", Role::Engineer).await;
    let officer = someone(owner, "Officer", Role::SecurityOfficer).await;
    let id = asked(pool, &engineer, &new(AcceptanceScope::Finding { finding }, 5_184_000), 700_000).await;
    done(pool, &officer, id, AcceptanceAct::Approve, 700_001).await.expect("approved");
    let upload = acceptances::Upload { name: "a.txt", body: b"why" };
    acceptances::attach(pool, &AcceptanceSettings::default(), &engineer, id, upload, second(700_002))
        .await
        .expect("attached");
    id
}

async fn check_at(pool: &PgPool, at: i64) -> CheckStatus {
    let mut db = pool.acquire().await.expect("a connection");
    let all = controls::checks(&mut db, second(at), &[]).await.expect("checks");
    all.into_iter().find(|check| check.check.as_str() == CHECK).expect("the check")
}

async fn state_at(pool: &PgPool, at: i64) -> ControlState {
    check_at(pool, at).await.state
}

/// Two findings on alpha that fail at second 10, an engineer and two officers.
async fn two(owner: &PgPool) -> (PgPool, ClusterId, By, [By; 2]) {
    let pool = app_pool(owner);
    let cluster = cluster(&pool, "alpha").await;
    let both = ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    recorded(&pool, &scan(cluster, 10, vec![result(CHECK, Outcome::Fail, 0)], both)).await;
    let engineer = someone(owner, "Erik", Role::Engineer).await;
    let officers =
        [someone(owner, "Maja", Role::SecurityOfficer).await, someone(owner, "Ole", Role::SecurityOfficer).await];
    (pool, cluster, engineer, officers)
}

async fn with_states(pool: &PgPool, states: &[FindingState], at: i64) -> Vec<(String, &'static str)> {
    listed(pool, &FindingFilter { state: states.to_vec(), ..FindingFilter::default() }, at).await
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_accepted_is_an_accepted_risk_exactly_while_it_is(owner: PgPool) {
    use ControlState::{AcceptedRisk, NotMet};
    let (pool, cluster, engineer, [maja, _]) = two(&owner).await;
    let id = asked(&pool, &engineer, &new(on("alpha"), 100), 20).await;
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    let mut states = Vec::new();
    for at in [19, 20, 29, 30, 99, 100, 200] {
        states.push((at, state_at(&pool, at).await));
    }
    assert_eq!(
        states,
        [
            (19, NotMet),
            (20, NotMet),
            (29, NotMet),
            (30, AcceptedRisk),
            (99, AcceptedRisk),
            (100, NotMet),
            (200, NotMet)
        ]
    );
    // A rescan, a fix, and its coming back: the acceptance is of the finding, not of one time that it fails.
    let weekly = vec![observation(CHECK, "weekly", Severity::High)];
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], weekly)).await;
    recorded(&pool, &scan(cluster, 50, vec![result(CHECK, Outcome::Pass, 0)], vec![])).await;
    let both = ["daily", "weekly"].map(|name| observation(CHECK, name, Severity::High)).to_vec();
    recorded(&pool, &scan(cluster, 60, vec![result(CHECK, Outcome::Fail, 0)], both)).await;
    assert_eq!(state_at(&pool, 45).await, AcceptedRisk);
    assert_eq!(state_at(&pool, 55).await, ControlState::Met);
    assert_eq!(state_at(&pool, 65).await, AcceptedRisk);
    // A third finding falls under it and is new; unread subjects are nobody's to accept.
    let three = ["daily", "monthly", "weekly"].map(|name| observation(CHECK, name, Severity::Low)).to_vec();
    recorded(&pool, &scan(cluster, 70, vec![result(CHECK, Outcome::Fail, 0)], three.clone())).await;
    assert_eq!(state_at(&pool, 70).await, AcceptedRisk);
    let mut db = pool.acquire().await.expect("a connection");
    let detail = acceptances::detail(&mut db, id, second(70)).await.expect("loads").expect("is there");
    assert_eq!((detail.row.covered, detail.cover.count, detail.cover.new, detail.covered_at_request), (3, 3, 3, 2));
    recorded(&pool, &scan(cluster, 80, vec![result(CHECK, Outcome::Fail, 2)], three)).await;
    assert_eq!(state_at(&pool, 80).await, ControlState::PartlyCovered);
    replay::assert_consistent(&owner).await;
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn partly_accepted_is_not_met_and_the_lists_tell_which(owner: PgPool) {
    use FindingState::{Accepted, Acknowledged, Closed, Open};
    let (pool, _, engineer, [maja, _]) = two(&owner).await;
    let daily = finding_named(&owner, "daily").await;
    let weekly = finding_named(&owner, "weekly").await;
    let id = asked(&pool, &engineer, &new(AcceptanceScope::Finding { finding: daily }, 1_000), 20).await;
    done(&pool, &maja, id, AcceptanceAct::Approve, 30).await.expect("approved");
    let check = check_at(&pool, 40).await;
    assert_eq!((check.state, check.accepted), (ControlState::NotMet, 1));
    let by = deciding::Actor { person: engineer.person, name: engineer.name.clone() };
    let kind = &::model::disposition::Act::Acknowledge;
    deciding::decide(&pool, &by, kind, &[daily, weekly], "on it", second(50)).await.expect("decides");
    let one = |name: &str, state| (name.to_owned(), state);
    let (daily, weekly) = (one("daily", "accepted"), one("weekly", "acknowledged"));
    for (states, at, expected) in [
        (vec![], 40, vec![one("weekly", "open"), daily.clone()]),
        (vec![Accepted], 29, vec![]),
        (vec![Accepted], 40, vec![daily.clone()]),
        (vec![Open], 40, vec![one("weekly", "open")]),
        (vec![Open], 60, vec![]),
        (vec![Acknowledged], 60, vec![weekly.clone()]),
        (vec![Open, Acknowledged], 60, vec![weekly.clone()]),
        (vec![Open, Accepted], 60, vec![daily.clone()]),
        (vec![Acknowledged, Accepted], 60, vec![daily.clone(), weekly.clone()]),
        (vec![Accepted, Closed], 60, vec![daily]),
        (vec![Accepted], 1_000, vec![]),
    ] {
        let mut found = with_states(&pool, &states, at).await;
        found.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(found, expected, "{states:?} at {at}");
    }
    pool.close().await;
}

/// When it expires, when it begins, and who does what to it when.
type Story<'a> = (i64, Option<i64>, &'a [(AcceptanceAct, &'a By, i64)]);

#[sqlx::test(migrations = "../migrations")]
async fn the_database_and_the_model_agree_on_what_is_active_at_every_instant(owner: PgPool) {
    use AcceptanceAct::{Approve, Reject, Revoke, Withdraw};
    let (pool, _, engineer, [maja, ole]) = two(&owner).await;
    let asks = |expires, begins: Option<i64>| NewAcceptance {
        begins_at: begins.map(second),
        reason: format!("{expires} {begins:?}"),
        ..new(on("alpha"), expires)
    };
    let stories: [Story<'_>; 7] = [
        (90, None, &[]),
        (90, None, &[(Approve, &maja, 30)]),
        (80, Some(50), &[(Approve, &maja, 30), (Approve, &ole, 35)]),
        (95, None, &[(Approve, &maja, 30), (Revoke, &ole, 60)]),
        (95, Some(55), &[(Approve, &maja, 30), (Revoke, &ole, 40)]),
        (95, None, &[(Reject, &maja, 30)]),
        (95, None, &[(Withdraw, &engineer, 30)]),
    ];
    for (expires, begins, acts) in stories {
        let id = asked(&pool, &engineer, &asks(expires, begins), 20).await;
        for (act, by, at) in acts {
            done(&pool, by, id, *act, *at).await.expect("done");
        }
    }
    let mut db = pool.acquire().await.expect("a connection");
    let mut seen = BTreeSet::new();
    for at in 15..100 {
        let active = sqlx::query_scalar!(r#"SELECT id AS "id!" FROM acceptances_active($1) ORDER BY id"#, second(at))
            .fetch_all(&mut *db)
            .await
            .expect("ids");
        let lists = acceptances::lists(&mut db, None, second(at)).await.expect("lists");
        let rows: Vec<_> = lists.waiting.iter().chain(&lists.in_force).chain(&lists.over).collect();
        seen.extend(rows.iter().map(|row| row.state));
        let mut by_model: Vec<Uuid> =
            rows.iter().filter(|row| row.state == AcceptanceState::Active).map(|row| row.id.0).collect();
        by_model.sort();
        assert_eq!(active, by_model, "at {at}");
        assert!(
            lists.over.iter().all(|row| row.state.is_over()) && lists.in_force.iter().all(|row| !row.state.is_over())
        );
    }
    let all: BTreeSet<AcceptanceState> = AcceptanceState::ALL.iter().copied().collect();
    let never: Vec<_> = all.difference(&seen).collect();
    assert_eq!(never, [&AcceptanceState::Ended], "every state but the one that Bevis makes was met");
    ledger::verify(&owner).await.expect("the chain holds");
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn two_officers_at_once_end_in_one_state_with_both_seen(owner: PgPool) {
    let (pool, _, engineer, [maja, ole]) = two(&owner).await;
    for round in 0..6 {
        let ask = NewAcceptance { reason: format!("round {round}"), ..new(on("alpha"), 1_000) };
        let id = asked(&pool, &engineer, &ask, 20).await;
        let other = if round % 2 == 0 { AcceptanceAct::Approve } else { AcceptanceAct::Reject };
        let (one, two) =
            tokio::join!(done(&pool, &maja, id, AcceptanceAct::Approve, 30), done(&pool, &ole, id, other, 30));
        let mut db = pool.acquire().await.expect("a connection");
        let detail = acceptances::detail(&mut db, id, second(40)).await.expect("loads").expect("is there");
        let acts: Vec<_> = detail.events.iter().map(|event| (event.act, event.by.as_str())).collect();
        assert_eq!(acts.len(), 2, "both are seen: {acts:?}");
        assert!(detail.events[0].at < detail.events[1].at);
        if other == AcceptanceAct::Approve {
            assert!(one.is_ok() && two.is_ok());
            assert_eq!(detail.row.state, AcceptanceState::Active);
        } else {
            assert!(one.is_ok() != two.is_ok(), "one of them came too late");
            let (state, winner) =
                if one.is_ok() { (AcceptanceState::Active, "Maja") } else { (AcceptanceState::Rejected, "Ole") };
            assert_eq!((detail.row.state, acts[0].1), (state, winner));
            assert_eq!(acts[1].0, AcceptanceAct::TooLate);
            let late = [one.err(), two.err()].into_iter().flatten().next();
            assert!(matches!(late, Some(Error::Conflict { key: "error-acceptance-too-late" })));
        }
    }
    ledger::verify(&owner).await.expect("the chain holds");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_approves_their_own_and_critical_needs_two(owner: PgPool) {
    let (pool, cluster, _, [maja, ole]) = two(&owner).await;
    let own = asked(&pool, &maja, &new(on("alpha"), 1_000), 20).await;
    for act in [AcceptanceAct::Approve, AcceptanceAct::Reject] {
        let refused = done(&pool, &maja, own, act, 30).await;
        assert!(matches!(refused, Err(Error::Conflict { key: "error-acceptance-own-request" })));
    }
    let everything = By { roles: Role::ALL.to_vec(), ..maja.clone() };
    assert!(done(&pool, &everything, own, AcceptanceAct::Approve, 30).await.is_err(), "whatever their roles");
    for role in Role::ALL.iter().filter(|role| **role != Role::SecurityOfficer) {
        let by = By { roles: vec![*role], ..ole.clone() };
        let refused = done(&pool, &by, own, AcceptanceAct::Approve, 30).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{role}");
    }
    assert!(matches!(done(&pool, &ole, own, AcceptanceAct::Withdraw, 30).await, Err(Error::Conflict { .. })));
    let events = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM acceptance_event"#);
    assert_eq!(events.fetch_one(&owner).await.expect("a count"), 0, "what is refused leaves nothing behind");

    let critical = vec![observation(CHECK, "daily", Severity::Critical)];
    recorded(&pool, &scan(cluster, 40, vec![result(CHECK, Outcome::Fail, 0)], critical)).await;
    let engineer = someone(&owner, "Else", Role::Engineer).await;
    let id = asked(&pool, &engineer, &new(on("alpha"), 1_000), 50).await;
    let twice = |at| done(&pool, &maja, id, AcceptanceAct::Approve, at);
    assert_eq!(twice(60).await.expect("kept"), AcceptanceState::Requested);
    assert_eq!(twice(61).await.expect("nothing new"), AcceptanceState::Requested, "one person is not two");
    assert_eq!(state_at(&pool, 65).await, ControlState::NotMet);
    assert_eq!(done(&pool, &ole, id, AcceptanceAct::Approve, 70).await.expect("kept"), AcceptanceState::Active);
    assert_eq!(state_at(&pool, 70).await, ControlState::AcceptedRisk);
    pool.close().await;
}
