//! The SQL of notifications.

pub(super) mod alerts;
pub(super) mod events;
pub(super) mod messages;
pub(super) mod rules;
pub(super) mod standing;
pub(super) mod tickets;
