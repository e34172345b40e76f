//! The SQL that records a decision.

use super::{StateColumns, assignee_columns};
use crate::{
    db::integer,
    decisions::record::{Made, Selection, Transitions},
};
use model::{
    Instant,
    finding::DecisionKind,
    ids::{DecisionId, PersonId},
};
use sqlx::{PgConnection, types::chrono::NaiveDate};
use uuid::Uuid;

pub(in crate::decisions) async fn insert(
    db: &mut PgConnection,
    id: DecisionId,
    made: &Made<'_>,
    selection: &Selection<'_>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let (assigned_to, assigned_team) = assignee_columns(made.values.assignee.as_ref());
    sqlx::query!(
        r"INSERT INTO decision (id, kind, decided_by, decided_as, decided_at, comment, findings, assigned_to, assigned_as,
                                assigned_team, ticket, due, undoes, matching)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        id.0,
        made.kind.as_str(),
        made.by.person.0,
        made.by.name,
        at,
        made.comment,
        integer(selection.subjects.len()),
        assigned_to,
        made.values.assigned_as,
        assigned_team,
        made.values.ticket.as_ref().map(model::disposition::Ticket::address),
        made.values.due,
        made.undoes.map(|undone| undone.0),
        selection.matching,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes beside each finding what the decision led to.
pub(in crate::decisions) async fn insert_findings(
    db: &mut PgConnection,
    decision: DecisionId,
    kind: DecisionKind,
    findings: &[Uuid],
    transitions: &Transitions,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let states: Vec<StateColumns> = transitions.states.iter().map(StateColumns::of).collect();
    let standings: Vec<Option<String>> = states.iter().map(|state| state.standing.clone()).collect();
    let claimed: Vec<Option<Uuid>> = states.iter().map(|state| state.claimed_by).collect();
    let people: Vec<Option<Uuid>> = states.iter().map(|state| state.assigned_to).collect();
    let teams: Vec<Option<String>> = states.iter().map(|state| state.assigned_team.clone()).collect();
    let tickets: Vec<Option<String>> = states.iter().map(|state| state.ticket.clone()).collect();
    let dues: Vec<Option<NaiveDate>> = states.iter().map(|state| state.due).collect();
    sqlx::query!(
        r"INSERT INTO decision_finding (finding_id, decision_id, kind, decided_at, standing, claimed_by, assigned_to,
                                        assigned_team, ticket, due)
          SELECT n.id, $2, $3, $4, s.standing, s.claimed_by, s.assigned_to, s.assigned_team, s.ticket, s.due
          FROM UNNEST($1::uuid[], $5::integer[]) AS n (id, number)
          JOIN UNNEST($6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::date[]) WITH ORDINALITY
              AS s (standing, claimed_by, assigned_to, assigned_team, ticket, due, number) ON s.number = n.number",
        findings,
        decision.0,
        kind.as_str(),
        at,
        &transitions.numbers,
        &standings as &[Option<String>],
        &claimed as &[Option<Uuid>],
        &people as &[Option<Uuid>],
        &teams as &[Option<String>],
        &tickets as &[Option<String>],
        &dues as &[Option<NaiveDate>],
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::decisions) async fn insert_mentions(
    db: &mut PgConnection,
    decision: DecisionId,
    people: &[PersonId],
    at: Instant,
) -> Result<(), sqlx::Error> {
    if people.is_empty() {
        return Ok(());
    }
    let people: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    sqlx::query!(
        "INSERT INTO decision_mention (decision_id, person_id, decided_at) SELECT $1, p, $3 FROM UNNEST($2::uuid[]) AS p",
        decision.0,
        &people,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
