//! Saved views: lists of findings with a name.

use super::{AsOf, InstantParameter, JsonBody};
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    saved_views::{self, Says},
    web::Told,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use model::views::SavedView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Your views, and those that others share, in the order of their names.
#[derive(Serialize, ToSchema)]
pub struct SavedViews {
    views: Vec<SavedView>,
}

/// A view to save.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// What you call it; 100 characters at most.
    name: String,
    /// The query of `/findings`: filter, `sort`, `group` and `columns`.
    #[serde(default)]
    query: String,
    /// Whether everybody sees it.
    #[serde(default)]
    shared: bool,
}

/// What is to become of a view; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedView {
    /// Another name.
    name: Option<String>,
    /// Another list.
    query: Option<String>,
    /// Whether everybody sees it.
    shared: Option<bool>,
}

/// A view that was saved.
#[derive(Serialize, ToSchema)]
pub struct MadeView {
    /// Its id; `/views/{id}` leads to its list.
    id: Uuid,
}

/// Your views, and those that others share.
#[utoipa::path(get, path = "/api/v1/views", tag = "views", params(InstantParameter),
    responses((status = 200, body = AsOf<SavedViews>)))]
pub async fn list(State(app): State<App>, Told(at, known): Told, visitor: Visitor) -> Result<Json<AsOf<SavedViews>>> {
    let views = saved_views::list(&mut *app.db.acquire().await?, visitor.person, at).await?;
    Ok(Json(AsOf::new(at, known, SavedViews { views })))
}

/// Saves a view.
#[utoipa::path(post, path = "/api/v1/views", tag = "views", request_body = NewView,
    responses((status = 201, body = MadeView), (status = 400), (status = 409)))]
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewView>,
) -> Result<(StatusCode, Json<MadeView>)> {
    let id = saved_views::save(&app, &visitor, &Says::read(&new.name, &new.query, new.shared)?).await?;
    Ok((StatusCode::CREATED, Json(MadeView { id })))
}

/// Changes a view of yours.
#[utoipa::path(post, path = "/api/v1/views/{id}/change", tag = "views", request_body = ChangedView,
    params(("id" = uuid::Uuid, Path)), responses((status = 204), (status = 400), (status = 403), (status = 404)))]
pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    JsonBody(changed): JsonBody<ChangedView>,
) -> Result<StatusCode> {
    let changed = |before: Says| {
        let name = changed.name.unwrap_or(before.name);
        Says::read(&name, &changed.query.unwrap_or(before.query), changed.shared.unwrap_or(before.shared))
    };
    saved_views::change(&app, &visitor, read_id(&id)?, changed).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a view: yours, or for security officers and administrators a shared one.
#[utoipa::path(post, path = "/api/v1/views/{id}/remove", tag = "views", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<StatusCode> {
    saved_views::remove(&app, &visitor, read_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn read_id(id: &str) -> Result<Uuid> {
    id.parse().map_err(|_| Error::NotFound)
}
