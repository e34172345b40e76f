//! Tokens of the API. No token makes, lists or revokes tokens: a session does.

use super::{AsOf, InstantParameter, JsonBody};
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    tokens,
    web::Told,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use model::{role::Permission, views::TokenRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The visitor's tokens, newest first; everybody's for administrators.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    tokens: Vec<TokenRow>,
}

/// A token to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What you call it; 100 characters at most.
    name: String,
    /// What it may do: of `view`, `decide`, `create_pack`, `download_pack` and `read_ledger` what you may yourself.
    scopes: Vec<Permission>,
    /// The clusters that it is limited to, by name; all when empty.
    #[serde(default)]
    clusters: Vec<String>,
    /// Days until it expires.
    days: u32,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    /// Its id.
    id: Uuid,
    /// The token itself; it is not told again.
    secret: String,
    /// When it expires.
    expires_at: DateTime<Utc>,
}

/// Your tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", params(InstantParameter),
    responses((status = 200, body = AsOf<Tokens>), (status = 403)))]
pub async fn list(State(app): State<App>, Told(at, known): Told, visitor: Visitor) -> Result<Json<AsOf<Tokens>>> {
    Ok(Json(AsOf::new(at, known, Tokens { tokens: tokens::list(&app, &visitor, at).await? })))
}

/// Makes a token.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = NewToken,
    responses((status = 201, body = MadeToken), (status = 400), (status = 403), (status = 409)))]
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>)> {
    let NewToken { name, scopes, clusters, days } = new;
    let tokens::Made { id, secret, expires_at } =
        tokens::create(&app, &visitor, &tokens::New { name, scopes, clusters, days }).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { id, secret, expires_at })))
}

/// Revokes a token; it opens nothing from then on.
#[utoipa::path(post, path = "/api/v1/tokens/{id}/revoke", tag = "tokens", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn revoke(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<StatusCode> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    tokens::revoke(&app, &visitor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
