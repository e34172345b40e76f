//! What people say of findings besides acknowledging: assigned, dated, linked, claimed, judged, undone.

use super::*;
use ::model::{
    disposition::{self, Act, Assignee, Disposition, Event, Reviewer, Standing, Ticket},
    finding::{DecisionKind, FindingState},
    ids::DecisionId,
    role::Role,
    views::{AssigneeFilter, DueFilter, FindingRow, TimelineEvent},
};
use chrono::NaiveDate;
use server::{error::Error, ledger};
use std::collections::BTreeMap;

const CHECK: &str = "bak.enabled";

/// Findings of some names that fail at second 10, on a pool of the application.
async fn failing<const N: usize>(owner: &PgPool, names: [&str; N]) -> (PgPool, ClusterId, [FindingId; N]) {
    let pool = app_pool(owner);
    let cluster = cluster(&pool, "alpha").await;
    fail(&pool, cluster, 10, &names).await;
    let mut ids = [FindingId(Uuid::nil()); N];
    for (id, name) in ids.iter_mut().zip(names) {
        *id = finding_named(owner, name).await;
    }
    (pool, cluster, ids)
}

async fn fail(pool: &PgPool, cluster: ClusterId, at: i64, names: &[&str]) {
    let all = names.iter().map(|name| observation(CHECK, name, Severity::High)).collect();
    let outcome = if names.is_empty() { Outcome::Pass } else { Outcome::Fail };
    recorded(pool, &scan(cluster, at, vec![result(CHECK, outcome, 0)], all)).await;
}

async fn member(owner: &PgPool, name: &str, email: &str, teams: &[&str]) -> deciding::Actor {
    let actor = person(owner, name).await;
    let teams: Vec<String> = teams.iter().map(|team| (*team).to_owned()).collect();
    sqlx::query!("UPDATE person SET email = $2, teams = $3 WHERE id = $1", actor.person.0, email, &teams)
        .execute(owner)
        .await
        .expect("a member");
    actor
}

fn officer() -> Reviewer {
    Reviewer::of(&[Role::SecurityOfficer]).expect("officers review")
}

fn ticket() -> Ticket {
    Ticket::read("https://tickets.example/browse/OPS-7").expect("an address")
}

/// The day of a second, and some days later.
fn day(at: i64, later: i64) -> NaiveDate {
    (second(at) + days(later)).date_naive()
}

async fn row(pool: &PgPool, id: FindingId, at: i64) -> FindingRow {
    let mut db = pool.acquire().await.expect("a connection");
    findings::detail(&mut db, id, second(at)).await.expect("loads").expect("is there").row
}

fn conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Err(Error::Conflict { key }) => key,
        other => panic!("{other:?} is no conflict"),
    }
}

/// Every state beside a finding is what the pure rule makes of the events until then.
async fn assert_replayed(owner: &PgPool) {
    let rows = sqlx::query!(
        r"SELECT f.finding_id, f.standing, f.claimed_by, f.assigned_to, f.assigned_team, f.ticket, f.due,
                 d.kind, d.decided_by, d.assigned_to AS to_person, d.assigned_team AS to_team, d.ticket AS to_ticket, d.due AS to_due
          FROM decision_finding f JOIN decision d ON d.id = f.decision_id
          ORDER BY f.finding_id, f.decided_at, f.decision_id"
    );
    let assignee = |person: Option<Uuid>, team: Option<String>| {
        person.map(|id| Assignee::Person(PersonId(id))).or(team.map(Assignee::Team))
    };
    let read = |ticket: Option<String>| ticket.map(|ticket| Ticket::read(&ticket).expect("an address"));
    let mut events: BTreeMap<Uuid, Vec<Event>> = BTreeMap::new();
    for row in rows.fetch_all(owner).await.expect("rows") {
        let kind: DecisionKind = row.kind.parse().expect("a kind");
        let act = Act::recorded(kind, assignee(row.to_person, row.to_team), read(row.to_ticket), row.to_due);
        let own = events.entry(row.finding_id).or_default();
        own.push(act.map_or(Event::Undone, |act| Event::Acted(act, PersonId(row.decided_by))));
        let standing = match (row.standing.as_str(), row.claimed_by) {
            ("open", None) => Standing::Open,
            ("acknowledged", None) => Standing::Acknowledged,
            ("false_positive", None) => Standing::FalsePositive,
            (standing, Some(by)) => Standing::Claimed { by: PersonId(by), acknowledged: standing == "acknowledged" },
            other => panic!("{other:?}"),
        };
        let stored = Disposition {
            standing,
            assignee: assignee(row.assigned_to, row.assigned_team),
            ticket: read(row.ticket),
            due: row.due,
        };
        assert_eq!(stored, disposition::replay(own.iter()), "{own:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_said_is_told_as_of_any_instant_and_survives_scans_closing_and_coming_back(owner: PgPool) {
    let (pool, cluster, [daily, weekly]) = failing(&owner, ["daily", "weekly"]).await;
    let erik = member(&owner, "Erik Lund", "erik@example.org", &["platform"]).await;
    let anna = member(&owner, "Anna Berg", "anna@example.org", &[]).await;
    let decide = async |by: &deciding::Actor, act: Act, at: i64| {
        deciding::decide(&pool, by, &act, &[daily], "because", second(at)).await.expect("decides")
    };
    decide(&erik, Act::Assign(Assignee::Person(anna.person)), 20).await;
    decide(&erik, Act::SetDue(day(20, 3)), 21).await;
    decide(&erik, Act::LinkTicket(ticket()), 22).await;
    decide(&erik, Act::FalsePositive, 23).await;
    fail(&pool, cluster, 24, &["daily", "weekly"]).await;
    decide(&anna, Act::ConfirmFalsePositive(officer()), 25).await;
    // It closes, and comes back.
    fail(&pool, cluster, 30, &["weekly"]).await;
    fail(&pool, cluster, 40, &["daily", "weekly"]).await;
    decide(&erik, Act::Assign(Assignee::Team("platform".into())), 50).await;
    decide(&erik, Act::Reopen, 51).await;
    decide(&erik, Act::ClearDue, 52).await;

    let told = async |at: i64| {
        let row = row(&pool, daily, at).await;
        (
            row.state.as_str(),
            row.assigned.map(|assigned| assigned.name),
            row.due.map(|due| due.overdue),
            row.ticket.is_some(),
            row.claimed_by.map(|by| by.name),
        )
    };
    let anna_has = || Some("Anna Berg".to_owned());
    assert_eq!(told(19).await, ("open", None, None, false, None));
    assert_eq!(told(20).await, ("open", anna_has(), None, false, None));
    assert_eq!(told(22).await, ("open", anna_has(), Some(false), true, None));
    assert_eq!(told(24).await, ("open", anna_has(), Some(false), true, Some("Erik Lund".into())));
    assert_eq!(told(25).await, ("false_positive", anna_has(), Some(false), true, None));
    assert_eq!(told(30).await, ("closed", anna_has(), Some(false), true, None));
    assert_eq!(told(40).await, ("false_positive", anna_has(), Some(false), true, None));
    assert_eq!(told(51).await, ("open", Some("platform".into()), Some(false), true, None));
    assert_eq!(told(52).await, ("open", Some("platform".into()), None, true, None));
    assert_eq!(row(&pool, weekly, 60).await.state, FindingState::Open, "nothing was said of the other");

    let mut db = pool.acquire().await.expect("a connection");
    let detail = findings::detail(&mut db, daily, second(60)).await.expect("loads").expect("is there");
    let kinds: Vec<&str> = detail
        .timeline
        .iter()
        .filter_map(|entry| match &entry.event {
            TimelineEvent::Decided { kind, .. } => Some(kind.as_str()),
            _ => None,
        })
        .collect();
    let expected = [
        "assign",
        "set_due",
        "link_ticket",
        "false_positive",
        "confirm_false_positive",
        "assign",
        "reopen",
        "clear_due",
    ];
    assert_eq!(kinds, expected);
    assert_replayed(&owner).await;
    replay::assert_consistent(&owner).await;
    ledger::verify(&owner).await.expect("the chain holds");
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_waits_too_long_is_overdue_until_it_is_fixed(owner: PgPool) {
    let (pool, cluster, [daily]) = failing(&owner, ["daily"]).await;
    let by = person(&owner, "Erik").await;
    deciding::decide(&pool, &by, &Act::SetDue(day(20, 1)), &[daily], "", second(20)).await.expect("decides");
    let later = 20 + 2 * 86_400;
    let overdue = async |at: i64| row(&pool, daily, at).await.due.map(|due| due.overdue);
    assert_eq!((overdue(20).await, overdue(later).await), (Some(false), Some(true)));
    fail(&pool, cluster, later + 10, &[]).await;
    assert_eq!(overdue(later + 10).await, Some(false));
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_names_nobody_or_a_day_that_is_over_is_refused(owner: PgPool) {
    let (pool, _, [daily]) = failing(&owner, ["daily"]).await;
    let by = member(&owner, "Erik", "erik@example.org", &["platform"]).await;
    let refused = async |act: Act| match deciding::decide(&pool, &by, &act, &[daily], "why", second(20)).await {
        Err(Error::Invalid { key, .. } | Error::Conflict { key }) => key,
        other => panic!("{other:?}"),
    };
    let nobody = Assignee::Person(PersonId(Uuid::new_v4()));
    assert_eq!(refused(Act::Assign(nobody)).await, "error-unknown-person");
    assert_eq!(refused(Act::Assign(Assignee::Team("plat".into()))).await, "error-unknown-team");
    assert_eq!(refused(Act::SetDue(day(20, -1))).await, "error-due-past");
    assert_eq!(refused(Act::Reopen).await, "error-nothing-to-take-back");
    assert_eq!(refused(Act::ConfirmFalsePositive(officer())).await, "error-nothing-claimed");
    deciding::decide(&pool, &by, &Act::FalsePositive, &[daily], "why", second(21)).await.expect("claims");
    assert_eq!(refused(Act::ConfirmFalsePositive(officer())).await, "error-own-claim");
    assert_eq!(refused(Act::RejectFalsePositive(officer())).await, "error-own-claim");
    let states = sqlx::query_scalar!("SELECT kind FROM decision").fetch_all(&owner).await.expect("kinds");
    assert_eq!(states, ["false_positive"], "what was refused left nothing behind");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn two_officers_at_once_end_in_one_state_and_both_are_seen(owner: PgPool) {
    let (pool, _, [daily]) = failing(&owner, ["daily"]).await;
    let erik = person(&owner, "Erik").await;
    let officers = [person(&owner, "Anna").await, person(&owner, "Maja").await];
    for round in 0..10 {
        let at = 20 + 10 * round;
        deciding::decide(&pool, &erik, &Act::FalsePositive, &[daily], &format!("round {round}"), second(at))
            .await
            .expect("claims");
        let acts = [Act::ConfirmFalsePositive(officer()), Act::RejectFalsePositive(officer())];
        let judge = |place: usize| {
            deciding::decide(
                &pool,
                &officers[place],
                &acts[place],
                std::slice::from_ref(&daily),
                "judged",
                second(at + 1),
            )
        };
        let (confirmed, rejected) = tokio::join!(judge(0), judge(1));
        let state = row(&pool, daily, at + 2).await.state;
        match (confirmed, rejected) {
            (Ok(_), refused @ Err(_)) => {
                assert_eq!((conflict(refused), state), ("error-nothing-claimed", FindingState::FalsePositive));
            }
            (refused @ Err(_), Ok(_)) => {
                assert_eq!((conflict(refused), state), ("error-nothing-claimed", FindingState::Open));
            }
            other => panic!("exactly one judges: {other:?}"),
        }
        // What does not exclude each other is kept from both; the later one tells the state.
        let give = |place: usize| {
            let act = Act::Assign(Assignee::Person(officers[place].person));
            let (pool, by) = (pool.clone(), officers[place].clone());
            async move { deciding::decide(&pool, &by, &act, &[daily], "mine", second(at + 3)).await }
        };
        let (first, second_) = tokio::join!(give(0), give(1));
        let both = [first.expect("assigns"), second_.expect("assigns")].map(|id| id.0);
        let last = sqlx::query_scalar!(
            r#"SELECT decided_as FROM decision WHERE id = ANY($1) ORDER BY decided_at DESC, id DESC LIMIT 1"#,
            &both[..]
        )
        .fetch_one(&owner)
        .await
        .expect("the later one");
        assert_eq!(row(&pool, daily, at + 5).await.assigned.map(|assigned| assigned.name), Some(last));
        if state == FindingState::FalsePositive {
            deciding::decide(&pool, &erik, &Act::Reopen, &[daily], "again", second(at + 6)).await.expect("reopens");
        }
    }
    let instants =
        sqlx::query!(r#"SELECT count(*) AS "all!", count(DISTINCT decided_at) AS "instants!" FROM decision"#);
    let instants = instants.fetch_one(&owner).await.expect("counts");
    assert_eq!(instants.all, instants.instants, "every event has its own instant");
    assert!(instants.all >= 40);
    assert_replayed(&owner).await;
    replay::assert_consistent(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decision_is_undone_within_a_minute_and_only_while_nothing_rests_on_it(owner: PgPool) {
    use FindingState::{Acknowledged, Open};
    let (pool, cluster, ids @ [daily, weekly]) = failing(&owner, ["daily", "weekly"]).await;
    let erik = member(&owner, "Erik", "erik@example.org", &["platform"]).await;
    let anna = person(&owner, "Anna").await;
    let decide = async |by: &deciding::Actor, act: Act, ids: &[FindingId], at: i64| {
        deciding::decide(&pool, by, &act, ids, &format!("at {at}"), second(at)).await.expect("decides")
    };
    let undo = async |by: &deciding::Actor, id: DecisionId, at: i64| deciding::undo(&pool, by, id, second(at)).await;
    let offered = async |by: &deciding::Actor, at: i64| {
        let mut db = pool.acquire().await.expect("a connection");
        deciding::undoable(&mut db, by.person, second(at)).await.expect("loads").map(|undoable| undoable.decision)
    };
    let states = async |at: i64| [row(&pool, daily, at).await.state, row(&pool, weekly, at).await.state];

    decide(&erik, Act::Acknowledge, &[daily], 20).await;
    let both = decide(&erik, Act::Acknowledge, &ids, 30).await;
    assert_eq!((offered(&erik, 40).await, offered(&anna, 40).await), (Some(both), None));
    assert_eq!(conflict(undo(&anna, both, 40).await), "error-undo-of-another");
    let undoing = undo(&erik, both, 40).await.expect("undoes");
    assert_eq!(states(35).await, [Acknowledged, Acknowledged]);
    assert_eq!(states(40).await, [Acknowledged, Open], "as before, each");
    assert_eq!(undo(&erik, both, 41).await.expect("once"), undoing);
    assert_eq!(undo(&erik, both, 4_000).await.expect("once"), undoing);
    assert_eq!(conflict(undo(&erik, undoing, 42).await), "error-undo-impossible");
    assert_eq!(offered(&erik, 42).await, None);

    let late = decide(&erik, Act::Acknowledge, &[weekly], 100).await;
    assert_eq!(offered(&erik, 160).await, None);
    assert_eq!(conflict(undo(&erik, late, 161).await), "error-undo-late");
    let comment = decide(&erik, Act::Comment, &[weekly], 200).await;
    assert_eq!((offered(&erik, 201).await, conflict(undo(&erik, comment, 201).await)), (None, "error-undo-impossible"));
    let given = decide(&erik, Act::Assign(Assignee::Team("platform".into())), &ids, 300).await;
    decide(&anna, Act::Comment, &[weekly], 301).await;
    assert_eq!(offered(&erik, 302).await, None);
    assert_eq!(conflict(undo(&erik, given, 302).await), "error-undo-decided-since");
    // A scan in between is no decision, and neither is that the finding has closed.
    let taken = decide(&erik, Act::Withdraw, &[weekly], 400).await;
    fail(&pool, cluster, 410, &["daily"]).await;
    undo(&erik, taken, 420).await.expect("undoes");
    fail(&pool, cluster, 430, &["daily", "weekly"]).await;
    assert_eq!(states(430).await, [Acknowledged, Acknowledged]);
    assert!(matches!(undo(&erik, DecisionId(Uuid::new_v4()), 500).await, Err(Error::NotFound)));
    assert_replayed(&owner).await;
    replay::assert_consistent(&owner).await;
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_that_a_filter_matches_is_decided_in_one_entry_or_not_at_all(owner: PgPool) {
    let pool = app_pool(&owner);
    let names: Vec<String> = (0..120).map(|n| format!("schedule-{n:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for name in ["alpha", "beta"] {
        let cluster = cluster(&pool, name).await;
        fail(&pool, cluster, 10, &names).await;
    }
    let by = person(&owner, "Erik").await;
    let filter = FindingFilter { text: Some("schedule-0".into()), ..FindingFilter::default() };
    let take = async |expected: usize, at: i64| {
        deciding::decide_matching(&pool, &by, &Act::Acknowledge, (&filter, expected), "known", second(at)).await
    };
    assert_eq!(conflict(take(199, 20).await), "error-selection-changed");
    assert!(matches!(take(0, 20).await, Err(Error::Invalid { key: "error-findings-count", .. })));
    let kept = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM decision"#).fetch_one(&owner).await;
    assert_eq!(kept.expect("a count"), 0);
    let decision = take(200, 20).await.expect("decides");

    let ids =
        sqlx::query_scalar!("SELECT finding_id FROM decision_finding WHERE decision_id = $1 ORDER BY 1", decision.0);
    let ids: Vec<Uuid> = ids.fetch_all(&owner).await.expect("ids");
    let mut db = pool.acquire().await.expect("a connection");
    let entries = ledger::entries(&mut db, 0, 1_000).await.expect("entries");
    let entries: Vec<_> = entries.iter().filter(|entry| entry.action.starts_with("finding.")).collect();
    assert_eq!(entries.len(), 1);
    let payload: serde_json::Value = serde_json::from_str(&entries[0].payload).expect("JSON");
    let lines = ids.iter().fold(String::new(), |lines, id| lines + &id.to_string() + "\n");
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(lines));
    assert_eq!((payload["findings"].as_u64(), payload["findings_sha256"].as_str()), (Some(200), Some(digest.as_str())));
    assert_eq!(payload["matching"], "text=schedule-0");
    let open = FindingFilter { state: vec![FindingState::Open], ..FindingFilter::default() };
    let page = findings::page(&mut db, &open, None, 1, second(20)).await.expect("a page");
    assert_eq!(page.count.rows, 40);
    // The same once more says nothing new.
    assert_eq!(take(200, 21).await.expect("decides"), decision);
    assert_replayed(&owner).await;
    replay::assert_consistent(&owner).await;
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn lists_are_filtered_by_whose_by_when_and_by_ticket(owner: PgPool) {
    let (pool, _, [daily, weekly, _]) = failing(&owner, ["daily", "weekly", "monthly"]).await;
    let erik = member(&owner, "Erik", "erik@example.org", &["platform"]).await;
    let mine = Assignee::Person(erik.person);
    let team = Assignee::Team("platform".into());
    let decide = async |act: Act, id: FindingId, at: i64| {
        deciding::decide(&pool, &erik, &act, &[id], "", second(at)).await.expect("decides");
    };
    decide(Act::Assign(mine.clone()), daily, 20).await;
    decide(Act::Assign(team.clone()), weekly, 21).await;
    decide(Act::SetDue(day(20, 2)), daily, 22).await;
    decide(Act::SetDue(day(20, 30)), weekly, 23).await;
    decide(Act::LinkTicket(ticket()), weekly, 24).await;
    decide(Act::Unassign, daily, 40).await;
    let names = async |filter: FindingFilter, at: i64| {
        let mut names: Vec<String> = listed(&pool, &filter, at).await.into_iter().map(|(name, _)| name).collect();
        names.sort();
        names
    };
    let of = |assignees: &[Assignee]| FindingFilter {
        assignee: assignees.iter().cloned().map(AssigneeFilter::Of).collect(),
        ..FindingFilter::default()
    };
    let nobody = || FindingFilter { assignee: vec![AssigneeFilter::Nobody], ..FindingFilter::default() };
    let due = |due| FindingFilter { due: Some(due), ..FindingFilter::default() };
    assert_eq!(names(of(std::slice::from_ref(&mine)), 30).await, ["daily"]);
    assert_eq!(names(of(&[mine.clone(), team.clone()]), 30).await, ["daily", "weekly"]);
    assert_eq!(names(of(std::slice::from_ref(&mine)), 40).await, Vec::<String>::new());
    assert_eq!(names(nobody(), 30).await, ["monthly"]);
    assert_eq!(names(nobody(), 40).await, ["daily", "monthly"]);
    assert_eq!(names(nobody(), 15).await, ["daily", "monthly", "weekly"]);
    let mut with_nobody = of(std::slice::from_ref(&team));
    with_nobody.assignee.push(AssigneeFilter::Nobody);
    assert_eq!(names(with_nobody, 30).await, ["monthly", "weekly"]);
    assert_eq!(names(due(DueFilter::Week), 30).await, ["daily"]);
    assert_eq!(names(due(DueFilter::Set), 30).await, ["daily", "weekly"]);
    assert_eq!(names(due(DueFilter::Unset), 30).await, ["monthly"]);
    assert_eq!(names(due(DueFilter::Overdue), 30).await, Vec::<String>::new());
    assert_eq!(names(due(DueFilter::Overdue), 30 + 4 * 86_400).await, ["daily"]);
    let linked = FindingFilter { ticket: Some(ticket().address().into()), ..FindingFilter::default() };
    assert_eq!(names(linked.clone(), 30).await, ["weekly"]);
    assert_eq!(names(linked, 23).await, Vec::<String>::new());
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn my_work_is_what_is_mine_what_names_me_and_what_i_may_judge(owner: PgPool) {
    let (pool, cluster, [daily, weekly, monthly]) = failing(&owner, ["daily", "weekly", "monthly"]).await;
    let erik = member(&owner, "Erik Lund", "erik@example.org", &["platform"]).await;
    let anna = member(&owner, "Anna Berg", "anna@example.org", &["platform", "shop"]).await;
    let twin = member(&owner, "Anna Berg", "other.anna@example.org", &[]).await;
    let decide = async |by: &deciding::Actor, act: Act, id: FindingId, text: &str, at: i64| {
        deciding::decide(&pool, by, &act, &[id], text, second(at)).await.expect("decides");
    };
    decide(&erik, Act::Assign(Assignee::Person(anna.person)), daily, "@anna look, mail x@erik", 20).await;
    decide(&erik, Act::Assign(Assignee::Team("shop".into())), weekly, "for @anna.berg", 21).await;
    decide(&anna, Act::FalsePositive, monthly, "Sure, @Erik.Lund?", 22).await;
    decide(&erik, Act::Comment, monthly, "@anna@example.org: no", 23).await;
    let work = async |by: &deciding::Actor, roles: &[Role], rows: u32, mentioned: Option<&str>, at: i64| {
        let mut db = pool.acquire().await.expect("a connection");
        let pages = deciding::Pages { rows, mentioned, ..deciding::Pages::default() };
        deciding::my_work(&mut db, by.person, roles, pages, second(at)).await.expect("loads")
    };
    let names =
        |page: &::model::views::FindingPage| page.rows.iter().map(|row| row.subject.name.clone()).collect::<Vec<_>>();
    let annas = work(&anna, &[Role::Engineer], 10, None, 30).await;
    let mut assigned = names(&annas.assigned);
    assigned.sort();
    assert_eq!((assigned, annas.claims.is_none()), (vec!["daily".to_owned(), "weekly".to_owned()], true));
    // "anna" is one person's address; "anna.berg" is what two people are called.
    let said: Vec<&str> = annas.mentioned.rows.iter().map(|mention| mention.comment.as_str()).collect();
    assert_eq!(said, ["@anna@example.org: no", "@anna look, mail x@erik"]);
    let first = work(&anna, &[], 1, None, 30).await.mentioned;
    let second_page = work(&anna, &[], 1, first.next.as_deref(), 30).await.mentioned;
    assert_eq!((first.count, second_page.rows[0].comment.as_str()), (2, said[1]));
    assert_eq!((second_page.rows.len(), second_page.next), (1, None));
    assert_eq!(work(&anna, &[], 10, None, 20).await.mentioned.count, 1, "as of then");

    let eriks = work(&erik, &[Role::SecurityOfficer], 10, None, 30).await;
    assert_eq!(names(eriks.claims.as_ref().expect("an officer judges")), ["monthly"]);
    assert_eq!(eriks.mentioned.count, 1);
    let own = work(&anna, &[Role::SecurityOfficer], 10, None, 30).await.claims.expect("an officer judges");
    assert_eq!((own.rows.len(), own.count.rows), (0, 0), "nobody judges their own");
    assert_eq!(work(&twin, &[Role::Viewer], 10, None, 30).await.mentioned.count, 0);
    fail(&pool, cluster, 40, &["daily"]).await;
    let later = work(&erik, &[Role::SecurityOfficer], 10, None, 40).await.claims.expect("an officer judges");
    assert_eq!(later.count.rows, 0, "what is fixed need not be judged");
    pool.close().await;
}
