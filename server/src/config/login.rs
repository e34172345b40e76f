//! `[login]` and `[session]`.

use super::Secret;
use model::role::Role;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::PathBuf};

/// `[login]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The issuer, character for character as the provider's discovery document has it.
    pub issuer: String,
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
    /// Scopes asked for besides `openid`.
    #[serde(default = "default_scopes")]
    pub scopes: Vec<String>,
    /// The claim that holds the groups.
    #[serde(default = "default_groups_claim")]
    pub groups_claim: String,
    /// Signature algorithms accepted; never taken from the provider.
    #[serde(default = "default_algorithms")]
    pub algorithms: Vec<String>,
    /// A PEM file of authorities to trust besides the public ones, for a provider with a certificate of one's own.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Allow a provider on plain http at a loopback address; for demos and tests.
    #[serde(default)]
    pub allow_http_loopback: bool,
    /// Which groups give which role. Nobody else has any.
    pub roles: BTreeMap<Role, Vec<String>>,
}

/// `[session]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// Minutes without a page before a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends whatever happens.
    pub absolute_hours: u32,
    /// Sessions of one person at a time; the oldest ends.
    pub max_per_person: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_hours: 10, max_per_person: 5 }
    }
}

fn default_scopes() -> Vec<String> {
    ["profile", "email", "groups"].map(Into::into).to_vec()
}

fn default_groups_claim() -> String {
    "groups".into()
}

fn default_algorithms() -> Vec<String> {
    ["RS256", "ES256"].map(Into::into).to_vec()
}
