//! The SQL of decisions.

mod insert;
mod people;
mod subjects;
mod undo;
mod work;

pub(super) use insert::{insert, insert_findings, insert_mentions};
pub(super) use people::{assignees, handles, is_team, person_name, teams_of};
pub(super) use subjects::{Subject, one_newest, says_the_same, sources, subjects};
pub(super) use undo::{Undone, before, decided, findings_of, undoable, undone_by};
pub(super) use work::{claims, count_claims, count_mentions, mentions};

use model::{
    disposition::{Assignee, Disposition, Standing, Ticket},
    ids::PersonId,
};
use sqlx::types::chrono::NaiveDate;
use uuid::Uuid;

/// A state, as columns have it.
#[derive(Clone, Debug, Default)]
pub(super) struct StateColumns {
    pub(super) standing: Option<String>,
    pub(super) claimed_by: Option<Uuid>,
    pub(super) assigned_to: Option<Uuid>,
    pub(super) assigned_team: Option<String>,
    pub(super) ticket: Option<String>,
    pub(super) due: Option<NaiveDate>,
}

impl StateColumns {
    /// The columns of a state.
    pub(super) fn of(state: &Disposition) -> Self {
        let (standing, claimed_by) = match state.standing {
            Standing::Open => ("open", None),
            Standing::Acknowledged => ("acknowledged", None),
            Standing::Claimed { by, acknowledged: false } => ("open", Some(by.0)),
            Standing::Claimed { by, acknowledged: true } => ("acknowledged", Some(by.0)),
            Standing::FalsePositive => ("false_positive", None),
        };
        let (assigned_to, assigned_team) = assignee_columns(state.assignee.as_ref());
        Self {
            standing: Some(standing.to_owned()),
            claimed_by,
            assigned_to,
            assigned_team,
            ticket: state.ticket.as_ref().map(|ticket| ticket.address().to_owned()),
            due: state.due,
        }
    }

    /// The state of some columns; that of a finding of which nothing was said where there are none.
    pub(super) fn read(self) -> Result<Disposition, sqlx::Error> {
        let standing = match (self.standing.as_deref(), self.claimed_by.map(PersonId)) {
            (None | Some("open"), None) => Standing::Open,
            (Some("acknowledged"), None) => Standing::Acknowledged,
            (Some("open"), Some(by)) => Standing::Claimed { by, acknowledged: false },
            (Some("acknowledged"), Some(by)) => Standing::Claimed { by, acknowledged: true },
            (Some("false_positive"), None) => Standing::FalsePositive,
            (other, _) => return Err(sqlx::Error::Decode(format!("{other:?} is no standing").into())),
        };
        Ok(Disposition {
            standing,
            assignee: assignee(self.assigned_to, self.assigned_team),
            ticket: self.ticket.as_deref().and_then(Ticket::read),
            due: self.due,
        })
    }
}

pub(super) fn assignee_columns(assignee: Option<&Assignee>) -> (Option<Uuid>, Option<String>) {
    match assignee {
        None => (None, None),
        Some(Assignee::Person(person)) => (Some(person.0), None),
        Some(Assignee::Team(team)) => (None, Some(team.clone())),
    }
}

pub(super) fn assignee(person: Option<Uuid>, team: Option<String>) -> Option<Assignee> {
    person.map(|person| Assignee::Person(PersonId(person))).or_else(|| team.map(Assignee::Team))
}
