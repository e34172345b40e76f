//! Tokens of the API: a person's right, cut to scopes and clusters, for a time.
//!
//! Reads and writes `api_token`, and the ledger: that one is made, revoked, and used (the first time, and then once an hour at
//! most). A token never does more than its owner may now, as far as the newest log-in tells: see `docs/tokens.md`.

mod admit;
mod manage;
mod store;

pub use admit::{admit, reach_all, reach_findings};
pub use manage::{Made, New, create, list, revoke};

/// Every token of the API begins so, so that programs that look for secrets in files find it.
pub const PREFIX: &str = "bevis_api_";

/// Characters of an id.
const ID: usize = 32;
/// Characters of a token that are shown again: the prefix, and the end of the id, which differs the most.
const SHOWN: usize = 8;

/// How a token is told from others, which lets nobody use it.
fn shown(id: uuid::Uuid) -> String {
    let id = id.simple().to_string();
    format!("{PREFIX}…{}", &id[ID - SHOWN..])
}
