//! `/api/v1`: the same data as the pages, from the same loaders, as JSON.
//!
//! Answers carry the instant that they speak of (`as_of`), which the query names; now where it does not, and whether anything
//! was known then (`known`). Errors are `{"error": {"code", "message", "request_id"}}`.

pub mod acceptances;
pub mod access;
pub mod compare;
pub mod coverage;
pub mod decisions;
pub mod ledger;
pub mod notifications;
pub mod objects;
pub mod openapi;
pub mod packs;
pub mod people;
pub mod read;
pub mod tokens;
pub mod trends;
pub mod views;

use crate::error::{Error, Result};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use model::Instant;
use serde::{Serialize, de::DeserializeOwned};

/// A value and the instant that it speaks of.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AsOf<T> {
    /// The instant that the answer speaks of, UTC.
    pub as_of: chrono::DateTime<chrono::Utc>,
    /// Whether any scan had been recorded by then. Where it is false nobody had looked: nothing found means nothing.
    pub known: bool,
    /// What was known then.
    #[serde(flatten)]
    pub value: T,
}

impl<T> AsOf<T> {
    /// Ties a value to its instant, and to whether anything was known then.
    pub const fn new(as_of: Instant, known: bool, value: T) -> Self {
        Self { as_of, known, value }
    }
}

/// The instant that is asked about: a parameter of every endpoint that reads.
#[derive(utoipa::IntoParams)]
#[into_params(names("as_of"), parameter_in = Query)]
pub struct InstantParameter(
    /// RFC 3339 with its offset; now when absent. An answer speaks of what was known then, and echoes the instant. One of which
    /// findings are not retained is refused with 410, which says from when on they are.
    #[expect(dead_code, reason = "it describes the parameter; the layer that authorises reads it")]
    Option<chrono::DateTime<chrono::Utc>>,
);

/// A JSON body. That it says so itself was asked by the layer that authorises.
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let body = Bytes::from_request(request, state).await.map_err(|_| Error::TooLarge)?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|error| Error::Invalid { key: "error-invalid-json", value: error.to_string() })
    }
}
