//! Who may do what about an acceptance.

use super::{AcceptanceAct, AcceptanceState};
use crate::{
    ids::PersonId,
    role::{Permission, Role, allows},
};

/// Who wants to do something.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Bevis itself, on what it saw.
    Bevis,
    /// A person, with all their roles.
    Person {
        /// Who.
        id: PersonId,
        /// Their roles.
        roles: &'a [Role],
    },
}

/// Why something may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Their roles do not allow it.
    Role,
    /// Nobody decides about their own request, whatever their roles.
    OwnRequest,
    /// Only who asked may take it back.
    NotOwnRequest,
    /// They approved already; the second approval is somebody else's.
    AlreadyApproved,
    /// It is not in a state for that.
    State(AcceptanceState),
}

/// Whether somebody may do something about an acceptance in a state, which `requester` asked for and `approvers` approved.
///
/// # Errors
/// Why not. Who may not is told so before what state it is in.
pub fn may(
    act: AcceptanceAct,
    state: AcceptanceState,
    actor: Actor<'_>,
    requester: PersonId,
    approvers: &[PersonId],
) -> Result<(), Refusal> {
    let allowed = match (act, actor) {
        (AcceptanceAct::End, Actor::Bevis) => Ok(()),
        (AcceptanceAct::End | AcceptanceAct::TooLate, _) | (_, Actor::Bevis) => Err(Refusal::Role),
        (AcceptanceAct::Withdraw, Actor::Person { id, roles }) => {
            if !allows(roles, Permission::Decide) {
                Err(Refusal::Role)
            } else if id == requester {
                Ok(())
            } else {
                Err(Refusal::NotOwnRequest)
            }
        }
        (AcceptanceAct::Approve | AcceptanceAct::Reject | AcceptanceAct::Revoke, Actor::Person { id, roles }) => {
            if !allows(roles, Permission::Approve) {
                Err(Refusal::Role)
            } else if id == requester && act != AcceptanceAct::Revoke {
                Err(Refusal::OwnRequest)
            } else if act == AcceptanceAct::Approve && approvers.contains(&id) {
                Err(Refusal::AlreadyApproved)
            } else {
                Ok(())
            }
        }
    };
    allowed.and(if state.allows(act) { Ok(()) } else { Err(Refusal::State(state)) })
}
