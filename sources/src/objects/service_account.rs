//! Objects of the core group, as far as they are used.

use super::meta::Meta;
use crate::page::Named;
use serde::Deserialize;

/// A ServiceAccount.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceAccount {
    /// Its metadata.
    pub metadata: Meta,
    /// `false`: pods get no token unless they ask for one.
    #[serde(default)]
    pub automount_service_account_token: Option<bool>,
}

impl Named for ServiceAccount {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
