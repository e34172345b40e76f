//! Risk acceptances: asking, approving, and what is accepted at an instant.
//!
//! Reads: findings, their intervals, teams, labels and objects. Writes: acceptances, their events and attachments, each with its
//! entry in the ledger in one transaction. Never: changes what was asked for or done; changes a finding. What is accepted is
//! one rule, `accepted_findings` of the schema, that lists, states, trends and packs ask for an instant.

mod act;
mod attach;
mod calendar;
mod changes;
mod export;
mod load;
mod request;
mod store;
mod tell;
mod watch;
mod work;

pub use act::act;
pub use attach::{Download, Upload, attach, download};
pub use calendar::calendar;
pub use load::{detail, label_keys, lists, of_finding, preview, teams, waiting_for};
pub use request::{NewAcceptance, request};
pub use work::{evaluate, work};

pub(crate) use changes::{Period, changes};
pub(crate) use export::{ExportScope, export};
pub(crate) use store::accepted::{Accepted, CheckCounts, accepted, counts};

use crate::auth::Visitor;
use model::{ids::PersonId, role::Role};

/// Who asks for something, or does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The person.
    pub person: PersonId,
    /// What they are called now; the record keeps it.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
}

impl From<Visitor> for By {
    fn from(visitor: Visitor) -> Self {
        Self { person: visitor.person, name: visitor.name, roles: visitor.roles }
    }
}
