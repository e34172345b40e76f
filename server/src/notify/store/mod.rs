//! The SQL of notifications.

pub(super) mod events;
pub(super) mod messages;
pub(super) mod rules;
pub(super) mod tickets;
