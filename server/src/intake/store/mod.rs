//! The SQL of what clusters send.

pub(super) mod batches;
pub(super) mod deliveries;
pub(super) mod pushed;
pub(super) mod tokens;
