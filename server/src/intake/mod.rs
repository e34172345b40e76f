//! What clusters send by themselves: Falco's alerts, the API server's audit events, reports of other scanners.
//!
//! Reads bodies that a token of one cluster and source vouches for; writes what is kept of them, all at once or not
//! at all, and hands it to the rules as [`sources::pushed::Pushed`]. Never keeps a body, unless the configuration
//! says for how long; never takes the same event twice; never lets one bad part spoil the good ones.

mod batch;
mod chain;
mod commands;
mod formats;
mod inbox;
mod limits;
mod receive;
mod store;
mod tidy;
mod token;

pub use chain::{AuditFault, verify as verify_audit};
pub use commands::{list_tokens, verify_audit_command};
pub use inbox::Inbox;
pub use limits::{Rate, largest_mebibytes};
pub use receive::{Receipt, note_refused, receive};
pub use tidy::{keep_tidy, tidy};
pub use token::{NewToken, PREFIX, Sender, TokenError, TokenRow, create, list, revoke, sender};

use model::{ids::ClusterId, source::Source};

/// Whether a source, or a part of it, can be sent.
pub const fn takes(source: Source) -> bool {
    source.is_pushed() || matches!(source, Source::KubeBench)
}

/// The channel of PostgreSQL on which it is told that something came: `<cluster> <source>`.
pub const ARRIVED: &str = "bevis_intake";

/// What a notice on that channel says.
pub fn arrival(payload: &str) -> Option<(ClusterId, Source)> {
    let (cluster, source) = payload.split_once(' ')?;
    Some((ClusterId(cluster.parse().ok()?), source.parse().ok()?))
}
