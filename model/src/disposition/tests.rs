//! Every state with every act, and nothing left to chance.

use super::*;
use uuid::Uuid;

const ANNA: PersonId = PersonId(Uuid::from_u128(1));
const ERIK: PersonId = PersonId(Uuid::from_u128(2));

const STANDINGS: [Standing; 5] = [
    Standing::Open,
    Standing::Acknowledged,
    Standing::Claimed { by: ANNA, acknowledged: false },
    Standing::Claimed { by: ANNA, acknowledged: true },
    Standing::FalsePositive,
];

fn reviewer() -> Reviewer {
    Reviewer::of(&[Role::SecurityOfficer]).expect("an officer reviews")
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).expect("a day")
}

fn acts() -> Vec<Act> {
    let ticket = Ticket::read("https://tickets.example.org/browse/OPS-1").expect("an address");
    let acts: Vec<Act> = DecisionKind::ALL
        .iter()
        .filter_map(|kind| Act::recorded(*kind, Some(Assignee::Team("ops".into())), Some(ticket.clone()), Some(day(1))))
        .collect();
    assert_eq!(acts.len() + 1, DecisionKind::ALL.len(), "every kind but undoing is an act");
    acts
}

/// The table, by hand: the standing after, `None` where refused. Written for Erik, who claimed nothing.
fn expected(standing: Standing, kind: DecisionKind, failing: bool) -> Option<Standing> {
    use DecisionKind as K;
    use Standing::{Acknowledged, Claimed, FalsePositive, Open};
    let claimed = |by, acknowledged| Some(Claimed { by, acknowledged });
    match (kind, standing) {
        (K::Acknowledge | K::FalsePositive, _) if !failing => None,
        (K::Acknowledge, Open | Acknowledged) | (K::RejectFalsePositive, Claimed { acknowledged: true, .. }) => {
            Some(Acknowledged)
        }
        (K::Acknowledge, Claimed { .. }) => claimed(ANNA, true),
        (K::Withdraw | K::Reopen, Acknowledged)
        | (K::RejectFalsePositive, Claimed { acknowledged: false, .. })
        | (K::Reopen, Claimed { .. } | FalsePositive) => Some(Open),
        (K::Withdraw, Claimed { acknowledged: true, .. }) => claimed(ANNA, false),
        (K::FalsePositive, Open) => claimed(ERIK, false),
        (K::FalsePositive, Acknowledged) => claimed(ERIK, true),
        (K::ConfirmFalsePositive, Claimed { .. }) => Some(FalsePositive),
        (
            K::Acknowledge
            | K::Withdraw
            | K::FalsePositive
            | K::ConfirmFalsePositive
            | K::RejectFalsePositive
            | K::Reopen
            | K::Undo,
            _,
        ) => None,
        (
            K::Comment | K::Assign | K::Unassign | K::LinkTicket | K::UnlinkTicket | K::SetDue | K::ClearDue,
            standing,
        ) => Some(standing),
    }
}

#[test]
fn every_state_with_every_act_goes_where_the_table_says() {
    for standing in STANDINGS {
        for failing in [true, false] {
            for act in acts() {
                let before = Disposition {
                    standing,
                    assignee: Some(Assignee::Person(ANNA)),
                    ticket: Ticket::read("https://t.example/1"),
                    due: Some(day(9)),
                };
                let after = before.after(&act, ERIK, failing);
                let expected = expected(standing, act.kind(), failing);
                assert_eq!(after.as_ref().ok().map(|after| after.standing), expected, "{standing:?} {act:?} {failing}");
                let Ok(after) = after else { continue };
                let untouched = Disposition { standing: after.standing, ..before.clone() };
                let with = match act {
                    Act::Assign(assignee) => Disposition { assignee: Some(assignee), ..untouched },
                    Act::Unassign => Disposition { assignee: None, ..untouched },
                    Act::LinkTicket(ticket) => Disposition { ticket: Some(ticket), ..untouched },
                    Act::UnlinkTicket => Disposition { ticket: None, ..untouched },
                    Act::SetDue(due) => Disposition { due: Some(due), ..untouched },
                    Act::ClearDue => Disposition { due: None, ..untouched },
                    _ => untouched,
                };
                assert_eq!(after, with, "nothing else changes");
            }
        }
    }
}

#[test]
fn nothing_is_taken_away_that_is_not_there() {
    for act in [Act::Unassign, Act::UnlinkTicket, Act::ClearDue, Act::Reopen] {
        assert_eq!(Disposition::default().after(&act, ERIK, true), Err(Refusal::NothingToTakeBack), "{act:?}");
    }
}

#[test]
fn nobody_judges_their_own_claim_and_only_officers_judge() {
    for acknowledged in [false, true] {
        let own = Disposition { standing: Standing::Claimed { by: ANNA, acknowledged }, ..Disposition::default() };
        for act in [Act::ConfirmFalsePositive(reviewer()), Act::RejectFalsePositive(reviewer())] {
            assert_eq!(own.after(&act, ANNA, true), Err(Refusal::OwnClaim));
            assert!(own.after(&act, ERIK, true).is_ok());
        }
    }
    for role in Role::ALL {
        assert_eq!(Reviewer::of(&[*role]).is_some(), *role == Role::SecurityOfficer, "{role}");
    }
}

#[test]
fn only_what_is_dealt_with_counts_as_settled() {
    let settled = STANDINGS.map(Standing::is_settled);
    assert_eq!(settled, [false, true, false, true, true]);
}

#[test]
fn an_undoing_leads_back_to_the_state_before() {
    let acted = |act| Event::Acted(act, ERIK);
    for act in acts() {
        let prefix = [acted(Act::Acknowledge), Event::Acted(Act::FalsePositive, ANNA)];
        let then = [acted(act.clone()), Event::Undone];
        assert_eq!(replay(prefix.iter().chain(&then)), replay(&prefix), "{act:?}");
        let later = acted(Act::SetDue(day(3)));
        let whole = replay(prefix.iter().chain(&then).chain([&later]));
        assert_eq!(whole, Disposition { due: Some(day(3)), ..replay(&prefix) });
    }
    assert_eq!(replay(&[]), Disposition::default());
}

#[test]
fn an_assignee_is_written_and_read() {
    for assignee in [Assignee::Person(ANNA), Assignee::Team("platform: æøå".into())] {
        assert_eq!(assignee.to_string().parse(), Ok(assignee));
    }
    for text in ["", "team:", "team: ", "team:a\u{7}b", "person:anna", "group:x", "anna"] {
        assert!(text.parse::<Assignee>().is_err(), "{text}");
    }
}

#[test]
fn a_ticket_is_an_address_that_a_browser_may_be_led_to() {
    let name = |text: &str| Ticket::read(text).map(|ticket| ticket.name().to_owned());
    assert_eq!(name("https://jira.example/browse/OPS-12").as_deref(), Some("OPS-12"));
    assert_eq!(name("http://[::1]:8080/issues/7/?x=1#y").as_deref(), Some("7"));
    assert_eq!(name("https://tickets.example").as_deref(), Some("tickets.example"));
    for text in [
        "javascript:alert(1)",
        "JAVASCRIPT://x/%0aalert(1)",
        "https://",
        "https:///x",
        "https://user:pass@host/",
        "https://ho st/",
        "https://host/\"onclick=",
        "https://host/\u{0}",
        "ftp://host/",
        "//host/x",
        "OPS-12",
        "",
    ] {
        assert_eq!(name(text), None, "{text}");
    }
    assert_eq!(name(&format!("https://host/{}", "a".repeat(LONGEST_TICKET))), None);
}
