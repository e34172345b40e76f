//! Notifications: who is told of what happens, exactly as often as is useful. See `docs/notifications.md`.
//!
//! Reads: rules, and what recording and deciding tell it within their own transaction. Writes: the outbox, messages, the
//! delivery log, the ledger where a setting changes. Sends: to receivers that the configuration names, and to people's own
//! addresses. Never: sends from within a transaction of others, or where a person or a cluster says.

mod admin;
mod channels;
mod content;
mod deliver;
mod digest;
mod event;
mod fire_again;
mod route;
mod rules;
mod schedule;
mod store;
mod work;

pub use admin::{again, channels, log, test};
pub use channels::Channels;
pub use deliver::deliver_once;
pub use digest::note_due;
pub use event::{About, Change, Scanned, note, scanned};
pub use fire_again::fire_again;
pub use route::route;
pub use rules::{NewRule, add, end, of_teams, own};
pub use schedule::{Quiet, wait};
pub use work::{turn, work};

/// The tickets that stood for a finding at an instant.
pub async fn tickets(
    db: &mut sqlx::PgConnection,
    finding: model::ids::FindingId,
    at: model::Instant,
) -> Result<Vec<model::views::NotificationTicket>, sqlx::Error> {
    store::tickets::links(db, finding.0, at).await
}
