//! Every state with everything that can be done, by everybody.

use super::*;
use crate::{Instant, ids::PersonId, role::Role};
use chrono::DateTime;
use uuid::Uuid;

fn second(seconds: i64) -> Instant {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).expect("an instant")
}

fn terms(begins: Option<i64>, approvals: u32) -> Terms {
    Terms { requested_at: second(0), begins_at: begins.map(second), expires_at: second(100), approvals }
}

#[test]
fn every_state_allows_exactly_what_the_table_says() {
    use AcceptanceAct::{Approve, End, Reject, Revoke, Withdraw};
    for state in AcceptanceState::ALL {
        let expected: &[AcceptanceAct] = match state {
            AcceptanceState::Requested => &[Approve, Reject, Withdraw],
            AcceptanceState::Approved | AcceptanceState::Active => &[Approve, Revoke, End],
            AcceptanceState::Rejected
            | AcceptanceState::Withdrawn
            | AcceptanceState::Expired
            | AcceptanceState::Revoked
            | AcceptanceState::Ended => &[],
        };
        for act in AcceptanceAct::ALL {
            assert_eq!(state.allows(*act), expected.contains(act), "{act} in {state}");
        }
        assert_eq!(state.is_over(), expected.is_empty());
    }
}

/// Walks every sequence of up to three acts at every second step, and asks after each what the state is: an act that is
/// allowed leads where the machine says, and nothing ever leaves a state that is over.
#[test]
fn every_sequence_of_acts_ends_in_one_defined_state() {
    for (begins, approvals) in [(None, 1), (None, 2), (Some(50), 1), (Some(50), 2)] {
        let terms = terms(begins, approvals);
        walk(&terms, &mut Vec::new(), 1);
    }
}

fn walk(terms: &Terms, done: &mut Vec<Done>, at: i64) {
    let now = |done: &[Done], at| state(terms, done.iter().copied(), second(at)).expect("it was asked for");
    let before = now(done, at);
    if done.len() == 3 {
        return;
    }
    for act in AcceptanceAct::ALL.iter().filter(|act| before.allows(**act)) {
        for step in [10, 40, 60] {
            let then = now(done, at + step);
            if !then.allows(*act) {
                continue;
            }
            done.push((*act, second(at + step)));
            let after = now(done, at + step);
            let approved = done.iter().filter(|(act, _)| *act == AcceptanceAct::Approve).count();
            let expected = match act {
                AcceptanceAct::Reject => AcceptanceState::Rejected,
                AcceptanceAct::Withdraw => AcceptanceState::Withdrawn,
                AcceptanceAct::Revoke => AcceptanceState::Revoked,
                AcceptanceAct::End => AcceptanceState::Ended,
                AcceptanceAct::TooLate => then,
                AcceptanceAct::Approve if approved < terms.approvals as usize => AcceptanceState::Requested,
                AcceptanceAct::Approve if terms.begins_at.is_some_and(|begins| begins > second(at + step)) => {
                    AcceptanceState::Approved
                }
                AcceptanceAct::Approve => AcceptanceState::Active,
            };
            assert_eq!(after, expected, "{act} in {then}");
            // What it was before is not changed by what came after.
            assert_eq!(now(done, at + step - 1), now(&done[..done.len() - 1], at + step - 1));
            let end = now(done, 1_000);
            assert!(end.is_over(), "everything is over in the end: {end}");
            if after.is_over() {
                assert_eq!(end, after);
            } else {
                assert_eq!(end, AcceptanceState::Expired);
            }
            walk(terms, done, at + step);
            done.pop();
        }
    }
}

#[test]
fn time_alone_begins_and_ends_one() {
    let approved = [(AcceptanceAct::Approve, second(10))];
    let at = |at| state(&terms(Some(50), 1), approved, second(at)).map(AcceptanceState::as_str);
    assert_eq!(
        [-1, 0, 9, 10, 49, 50, 99, 100].map(at),
        [
            None,
            Some("requested"),
            Some("requested"),
            Some("approved"),
            Some("approved"),
            Some("active"),
            Some("active"),
            Some("expired")
        ]
    );
    let never = state(&terms(None, 1), [], second(100));
    assert_eq!(never, Some(AcceptanceState::Expired), "a request that nobody decided lapses");
    let once = state(&terms(None, 2), approved, second(20));
    assert_eq!(once, Some(AcceptanceState::Requested), "one of two is not enough");
}

/// Everybody x everything: the roles that may, and that nobody decides about their own request, whatever their roles.
#[test]
fn every_role_may_do_exactly_what_it_should() {
    let [requester, other] = [1, 2].map(|n| PersonId(Uuid::from_u128(n)));
    let every: Vec<Vec<Role>> =
        Role::ALL.iter().map(|role| vec![*role]).chain([Role::ALL.to_vec(), Vec::new()]).collect();
    for roles in &every {
        let officer = roles.contains(&Role::SecurityOfficer);
        let decides = officer || roles.contains(&Role::Engineer);
        for id in [requester, other] {
            for act in AcceptanceAct::ALL {
                for state in AcceptanceState::ALL {
                    let allowed = match act {
                        AcceptanceAct::Approve | AcceptanceAct::Reject => officer && id == other,
                        AcceptanceAct::Revoke => officer,
                        AcceptanceAct::Withdraw => decides && id == requester,
                        AcceptanceAct::End | AcceptanceAct::TooLate => false,
                    };
                    let found = may(*act, *state, Actor::Person { id, roles }, requester, &[]);
                    assert_eq!(
                        found.is_ok(),
                        allowed && state.allows(*act),
                        "{act} in {state} as {roles:?}: {found:?}"
                    );
                }
            }
        }
    }
    let officer = Actor::Person { id: other, roles: &[Role::SecurityOfficer] };
    let twice = may(AcceptanceAct::Approve, AcceptanceState::Requested, officer, requester, &[other]);
    assert_eq!(twice, Err(Refusal::AlreadyApproved));
    let own = Actor::Person { id: requester, roles: Role::ALL };
    assert_eq!(may(AcceptanceAct::Approve, AcceptanceState::Requested, own, requester, &[]), Err(Refusal::OwnRequest));
    for act in AcceptanceAct::ALL {
        let bevis = may(*act, AcceptanceState::Active, Actor::Bevis, requester, &[]);
        assert_eq!(bevis.is_ok(), *act == AcceptanceAct::End);
    }
}

#[test]
fn a_scope_survives_being_written_and_read() {
    let all = [
        AcceptanceScope::Finding { finding: Uuid::from_u128(7).into() },
        AcceptanceScope::Cluster { check: "a.b".into(), cluster: "prod".into() },
        AcceptanceScope::Namespace { check: "a.b".into(), cluster: "prod".into(), namespace: "shop".into() },
        AcceptanceScope::Workload {
            check: "a.b".into(),
            cluster: "prod".into(),
            namespace: None,
            workload_kind: "Node".into(),
            workload: "n1".into(),
        },
        AcceptanceScope::Team { check: "a.b".into(), cluster: None, team: "payments".into() },
        AcceptanceScope::Labels {
            check: "a.b".into(),
            cluster: Some("prod".into()),
            selector: "env in (test,dev),!tier".parse().expect("a selector"),
        },
        AcceptanceScope::Cve { cve: "CVE-2026-0001".into() },
    ];
    assert_eq!(all.len(), AcceptanceScope::KINDS.len());
    for scope in all {
        assert!(AcceptanceScope::KINDS.contains(&scope.kind()));
        let values = scope.to_values();
        let read =
            AcceptanceScope::from_values(|name| values.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str()));
        assert_eq!(read.as_ref(), Some(&scope));
        let json = serde_json::to_string(&scope).expect("it is written");
        assert_eq!(serde_json::from_str::<AcceptanceScope>(&json).expect("it is read"), scope);
        // Nothing of it may be left out.
        let less = AcceptanceScope::from_values(|name| {
            values.iter().rev().skip(1).find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
        });
        assert_ne!(less, Some(scope));
    }
}

#[test]
fn a_vulnerability_has_one_name_however_it_is_written() {
    for (text, id) in [
        ("CVE-2026-0001", Some("CVE-2026-0001")),
        ("cve-2026-123456", Some("CVE-2026-123456")),
        ("GHSA-jfh8-c2jp-5v3q", Some("GHSA-JFH8-C2JP-5V3Q")),
        ("CVE-2026-1", None),
        ("CVE-2026-00000000000000000001", None),
        ("CVE-2026-0001 x", None),
        ("cis-1.12", None),
        ("%", None),
        ("", None),
    ] {
        assert_eq!(advisory(text).as_deref(), id, "{text}");
    }
}

#[test]
fn a_vulnerability_is_read_as_it_is_accepted() {
    let read = |text: &'static str| {
        AcceptanceScope::from_values(|name| match name {
            "scope" => Some("cve"),
            "cve" => Some(text),
            _ => None,
        })
    };
    let of = |cve: &str| Some(AcceptanceScope::Cve { cve: cve.into() });
    assert_eq!(read(" cve-2026-0001 "), of("CVE-2026-0001"));
    assert_eq!(read("GHSA-jfh8-c2jp-5v3q"), of("GHSA-JFH8-C2JP-5V3Q"));
    assert_eq!(read("cis-1.12"), of("cis-1.12"), "what is none is not changed");
    let json = serde_json::from_str(r#"{"scope": "cve", "cve": "ghsa-jfh8-c2jp-5v3q"}"#).expect("a scope");
    assert_eq!(Some(json), of("GHSA-JFH8-C2JP-5V3Q"));
}
