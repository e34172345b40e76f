//! reports

/// Signs evidence packs.
pub struct Signer;
