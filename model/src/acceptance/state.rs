//! The state machine.

use super::{AcceptanceAct, AcceptanceState};
use crate::Instant;

/// What an acceptance's state depends on, of what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it is to begin; as soon as it is approved where none is named.
    pub begins_at: Option<Instant>,
    /// When it runs out; at that instant it is no longer in force.
    pub expires_at: Instant,
    /// How many officers must approve, each a person of their own.
    pub approvals: u32,
}

/// Something that was done, and when.
pub type Done = (AcceptanceAct, Instant);

/// Where an acceptance stands at an instant, from what was done about it, in any order; `None` before it was asked for.
pub fn state(terms: &Terms, done: impl IntoIterator<Item = Done>, at: Instant) -> Option<AcceptanceState> {
    if terms.requested_at > at {
        return None;
    }
    let (mut approvals, mut over) = (0, None);
    for (act, _) in done.into_iter().filter(|(_, when)| *when <= at) {
        match act {
            AcceptanceAct::Approve => approvals += 1,
            AcceptanceAct::Reject => over = Some(AcceptanceState::Rejected),
            AcceptanceAct::Withdraw => over = Some(AcceptanceState::Withdrawn),
            AcceptanceAct::Revoke => over = Some(AcceptanceState::Revoked),
            AcceptanceAct::End => over = Some(AcceptanceState::Ended),
            AcceptanceAct::TooLate => {}
        }
    }
    Some(match over {
        Some(over) => over,
        None if terms.expires_at <= at => AcceptanceState::Expired,
        None if approvals < terms.approvals => AcceptanceState::Requested,
        None if terms.begins_at.is_some_and(|begins| begins > at) => AcceptanceState::Approved,
        None => AcceptanceState::Active,
    })
}

impl AcceptanceState {
    /// Whether something may be done in this state. A second approval of what is approved already is a decision too, and
    /// is kept.
    pub const fn allows(self, act: AcceptanceAct) -> bool {
        match self {
            Self::Requested => {
                matches!(act, AcceptanceAct::Approve | AcceptanceAct::Reject | AcceptanceAct::Withdraw)
            }
            Self::Approved | Self::Active => {
                matches!(act, AcceptanceAct::Approve | AcceptanceAct::Revoke | AcceptanceAct::End)
            }
            Self::Rejected | Self::Withdrawn | Self::Expired | Self::Revoked | Self::Ended => false,
        }
    }
}
