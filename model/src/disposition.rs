//! What people have said of a finding: a state machine, and the one rule by which an event leads from a state to the next.
//!
//! The state at an instant is what the events until then lead to ([`replay`]). Each event is recorded with the state that
//! it led to, so that the newest event tells the state. A closed finding keeps what was said of it, and has it again
//! when it fails again.

use crate::{
    finding::DecisionKind,
    ids::{PersonId, UnknownWord},
    role::{Permission, Role, allows},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a finding stands with people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nobody has settled anything.
    #[default]
    Open,
    /// Somebody has seen it and will deal with it.
    Acknowledged,
    /// Somebody claims that it is a false positive; it stands as before until a security officer has judged.
    Claimed {
        /// Who claims it.
        by: PersonId,
        /// Whether it is acknowledged besides.
        acknowledged: bool,
    },
    /// A false positive, as a claim said that somebody else confirmed.
    FalsePositive,
}

impl Standing {
    /// Whether somebody has dealt with it: what counts as acknowledged where open findings are counted.
    pub const fn is_settled(self) -> bool {
        match self {
            Self::Open | Self::Claimed { acknowledged: false, .. } => false,
            Self::Acknowledged | Self::Claimed { acknowledged: true, .. } | Self::FalsePositive => true,
        }
    }

    const fn unclaimed(acknowledged: bool) -> Self {
        if acknowledged { Self::Acknowledged } else { Self::Open }
    }
}

/// Who is to deal with a finding. Its written form, in addresses and the API, is `person:<id>` or `team:<name>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Assignee {
    /// A person who has logged in.
    Person(PersonId),
    /// A group that people are in, as the provider calls it.
    Team(String),
}

/// Characters of a team's name at most.
pub const LONGEST_TEAM: usize = 200;

impl std::fmt::Display for Assignee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person(person) => write!(f, "person:{person}"),
            Self::Team(team) => write!(f, "team:{team}"),
        }
    }
}

impl std::str::FromStr for Assignee {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownWord { kind: "Assignee", word: text.chars().take(100).collect() };
        match text.split_once(':') {
            Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| unknown()),
            Some(("team", name)) if is_name(name) => Ok(Self::Team(name.to_owned())),
            _ => Err(unknown()),
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= LONGEST_TEAM && !name.chars().any(char::is_control)
}

impl From<Assignee> for String {
    fn from(assignee: Assignee) -> Self {
        assignee.to_string()
    }
}

impl TryFrom<String> for Assignee {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The address of a ticket: http or https, with a host and without credentials.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Ticket(String);

/// Characters of a ticket's address at most.
pub const LONGEST_TICKET: usize = 500;

impl Ticket {
    /// Reads an address; `None` for anything that a browser should not be led to.
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
        let fits = text.len() <= LONGEST_TICKET && text.chars().all(plain);
        let host = authority.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && !authority.contains('@');
        (fits && host).then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// What people call it: the last part of its address that says something.
    pub fn name(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        rest.split(['?', '#']).next().unwrap_or(rest).split('/').rfind(|part| !part.is_empty()).unwrap_or(rest)
    }
}

/// What people have said of a finding, taken together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Disposition {
    /// Where it stands.
    pub standing: Standing,
    /// Who is to deal with it.
    pub assignee: Option<Assignee>,
    /// Its ticket elsewhere.
    pub ticket: Option<Ticket>,
    /// The day by which it is to be fixed.
    pub due: Option<NaiveDate>,
}

/// That somebody may judge the claims of others. There is no other way to one than through the roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewer(());

impl Reviewer {
    /// Of somebody with these roles; `None` where they may not.
    pub fn of(roles: &[Role]) -> Option<Self> {
        allows(roles, Permission::Review).then_some(Self(()))
    }
}

/// What somebody does to a finding. Undoing is not among them: see [`replay`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// See [`DecisionKind::Acknowledge`].
    Acknowledge,
    /// See [`DecisionKind::Withdraw`].
    Withdraw,
    /// See [`DecisionKind::Comment`].
    Comment,
    /// See [`DecisionKind::Assign`].
    Assign(Assignee),
    /// See [`DecisionKind::Unassign`].
    Unassign,
    /// See [`DecisionKind::LinkTicket`].
    LinkTicket(Ticket),
    /// See [`DecisionKind::UnlinkTicket`].
    UnlinkTicket,
    /// See [`DecisionKind::SetDue`].
    SetDue(NaiveDate),
    /// See [`DecisionKind::ClearDue`].
    ClearDue,
    /// See [`DecisionKind::FalsePositive`].
    FalsePositive,
    /// See [`DecisionKind::ConfirmFalsePositive`].
    ConfirmFalsePositive(Reviewer),
    /// See [`DecisionKind::RejectFalsePositive`].
    RejectFalsePositive(Reviewer),
    /// See [`DecisionKind::Reopen`].
    Reopen,
}

/// Why an event cannot follow a state. Its translation key is `error-` and the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A closed finding is not acknowledged, nor claimed to be none.
    Closed,
    /// There is no acknowledgement to withdraw.
    NotAcknowledged,
    /// It is a false positive; it is reopened first.
    IsFalsePositive,
    /// A claim waits already.
    AlreadyClaimed,
    /// There is no claim to judge.
    NothingClaimed,
    /// Nobody judges their own claim.
    OwnClaim,
    /// There is nothing to take back.
    NothingToTakeBack,
}

impl Refusal {
    /// Every one.
    pub const ALL: &[Self] = &[
        Self::Closed,
        Self::NotAcknowledged,
        Self::IsFalsePositive,
        Self::AlreadyClaimed,
        Self::NothingClaimed,
        Self::OwnClaim,
        Self::NothingToTakeBack,
    ];

    /// The key of the sentence that says so.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Closed => "error-finding-closed",
            Self::NotAcknowledged => "error-not-acknowledged",
            Self::IsFalsePositive => "error-is-false-positive",
            Self::AlreadyClaimed => "error-already-claimed",
            Self::NothingClaimed => "error-nothing-claimed",
            Self::OwnClaim => "error-own-claim",
            Self::NothingToTakeBack => "error-nothing-to-take-back",
        }
    }
}

impl Act {
    /// The kind of event that it is.
    pub const fn kind(&self) -> DecisionKind {
        match self {
            Self::Acknowledge => DecisionKind::Acknowledge,
            Self::Withdraw => DecisionKind::Withdraw,
            Self::Comment => DecisionKind::Comment,
            Self::Assign(_) => DecisionKind::Assign,
            Self::Unassign => DecisionKind::Unassign,
            Self::LinkTicket(_) => DecisionKind::LinkTicket,
            Self::UnlinkTicket => DecisionKind::UnlinkTicket,
            Self::SetDue(_) => DecisionKind::SetDue,
            Self::ClearDue => DecisionKind::ClearDue,
            Self::FalsePositive => DecisionKind::FalsePositive,
            Self::ConfirmFalsePositive(_) => DecisionKind::ConfirmFalsePositive,
            Self::RejectFalsePositive(_) => DecisionKind::RejectFalsePositive,
            Self::Reopen => DecisionKind::Reopen,
        }
    }

    /// The act of an event that was recorded; `None` for an undoing, and where its value is missing.
    pub fn recorded(
        kind: DecisionKind,
        assignee: Option<Assignee>,
        ticket: Option<Ticket>,
        due: Option<NaiveDate>,
    ) -> Option<Self> {
        Some(match kind {
            DecisionKind::Acknowledge => Self::Acknowledge,
            DecisionKind::Withdraw => Self::Withdraw,
            DecisionKind::Comment => Self::Comment,
            DecisionKind::Assign => Self::Assign(assignee?),
            DecisionKind::Unassign => Self::Unassign,
            DecisionKind::LinkTicket => Self::LinkTicket(ticket?),
            DecisionKind::UnlinkTicket => Self::UnlinkTicket,
            DecisionKind::SetDue => Self::SetDue(due?),
            DecisionKind::ClearDue => Self::ClearDue,
            DecisionKind::FalsePositive => Self::FalsePositive,
            // Whoever recorded it had shown that they may.
            DecisionKind::ConfirmFalsePositive => Self::ConfirmFalsePositive(Reviewer(())),
            DecisionKind::RejectFalsePositive => Self::RejectFalsePositive(Reviewer(())),
            DecisionKind::Reopen => Self::Reopen,
            DecisionKind::Undo => return None,
        })
    }
}

impl Disposition {
    /// The state after an act of somebody on a finding that fails now, or does not.
    pub fn after(&self, act: &Act, by: PersonId, failing: bool) -> Result<Self, Refusal> {
        let stands = |standing| Ok(Self { standing, ..self.clone() });
        match act {
            Act::Acknowledge | Act::FalsePositive if !failing => Err(Refusal::Closed),
            Act::Comment => Ok(self.clone()),
            Act::Assign(assignee) => Ok(Self { assignee: Some(assignee.clone()), ..self.clone() }),
            Act::LinkTicket(ticket) => Ok(Self { ticket: Some(ticket.clone()), ..self.clone() }),
            Act::SetDue(due) => Ok(Self { due: Some(*due), ..self.clone() }),
            Act::Unassign if self.assignee.is_some() => Ok(Self { assignee: None, ..self.clone() }),
            Act::UnlinkTicket if self.ticket.is_some() => Ok(Self { ticket: None, ..self.clone() }),
            Act::ClearDue if self.due.is_some() => Ok(Self { due: None, ..self.clone() }),
            Act::Unassign | Act::UnlinkTicket | Act::ClearDue => Err(Refusal::NothingToTakeBack),
            Act::Acknowledge => stands(self.standing.acknowledged()?),
            Act::Withdraw => stands(self.standing.withdrawn()?),
            Act::FalsePositive => stands(self.standing.claimed(by)?),
            Act::ConfirmFalsePositive(_) => {
                self.standing.claim_of_another(by)?;
                stands(Standing::FalsePositive)
            }
            Act::RejectFalsePositive(_) => {
                let acknowledged = self.standing.claim_of_another(by)?;
                stands(Standing::unclaimed(acknowledged))
            }
            Act::Reopen if self.standing == Standing::Open => Err(Refusal::NothingToTakeBack),
            Act::Reopen => stands(Standing::Open),
        }
    }
}

impl Standing {
    const fn acknowledged(self) -> Result<Self, Refusal> {
        match self {
            Self::Open | Self::Acknowledged => Ok(Self::Acknowledged),
            Self::Claimed { by, .. } => Ok(Self::Claimed { by, acknowledged: true }),
            Self::FalsePositive => Err(Refusal::IsFalsePositive),
        }
    }

    const fn withdrawn(self) -> Result<Self, Refusal> {
        match self {
            Self::Acknowledged => Ok(Self::Open),
            Self::Claimed { by, acknowledged: true } => Ok(Self::Claimed { by, acknowledged: false }),
            Self::Open | Self::Claimed { acknowledged: false, .. } => Err(Refusal::NotAcknowledged),
            Self::FalsePositive => Err(Refusal::IsFalsePositive),
        }
    }

    const fn claimed(self, by: PersonId) -> Result<Self, Refusal> {
        match self {
            Self::Open => Ok(Self::Claimed { by, acknowledged: false }),
            Self::Acknowledged => Ok(Self::Claimed { by, acknowledged: true }),
            Self::Claimed { .. } => Err(Refusal::AlreadyClaimed),
            Self::FalsePositive => Err(Refusal::IsFalsePositive),
        }
    }

    /// Whether what somebody else claims of it is acknowledged besides.
    fn claim_of_another(self, judge: PersonId) -> Result<bool, Refusal> {
        match self {
            Self::Claimed { by, .. } if by == judge => Err(Refusal::OwnClaim),
            Self::Claimed { acknowledged, .. } => Ok(acknowledged),
            Self::Open | Self::Acknowledged | Self::FalsePositive => Err(Refusal::NothingClaimed),
        }
    }
}

/// What was recorded about a finding: an act and who did it, or that the act before was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody did something.
    Acted(Act, PersonId),
    /// The event before is undone.
    Undone,
}

/// The state that a finding's events lead to, in the order in which they were recorded. What was recorded was accepted
/// then, whether or not the finding failed.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Disposition {
    let (mut before, mut now) = (Disposition::default(), Disposition::default());
    for event in events {
        let next = match event {
            Event::Acted(act, by) => now.after(act, *by, true).unwrap_or_else(|_| now.clone()),
            Event::Undone => before.clone(),
        };
        before = std::mem::replace(&mut now, next);
    }
    now
}

#[cfg(test)]
mod tests;
