//! Tokens of the API.

use crate::{ids::PersonId, role::Permission};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

view! {
    /// A token of the API, without its secret.
    TokenRow {
        /// Its id.
        id: Uuid,
        /// How it begins; enough to know it again, too little to use it.
        prefix: String,
        /// What its owner calls it.
        name: String,
        /// Whose it is.
        owner: PersonId,
        /// What they were called last.
        owner_name: String,
        /// What it may do, as far as its owner may.
        scopes: Vec<Permission>,
        /// The clusters that it is limited to, by name; all where there is none.
        clusters: Vec<String>,
        /// When it was made.
        created_at: DateTime<Utc>,
        /// When it expires.
        expires_at: DateTime<Utc>,
        /// When it was last used, to the minute.
        last_used_at: Option<DateTime<Utc>>,
        /// When it was revoked.
        revoked_at: Option<DateTime<Utc>>,
    }
}
