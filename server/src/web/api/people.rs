//! People who have logged in, and the ending of their sessions. No token does either: administrators who are logged in do.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    people::{self, Sought},
    web::Told,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use model::{ids::PersonId, views::PeoplePage};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

/// People of a page.
const ROWS: u32 = 200;

/// What was ended.
#[derive(Serialize, ToSchema)]
pub struct EndedSessions {
    /// How many sessions there were.
    ended: usize,
}

/// People who have logged in, in the order of their names, with how many sessions of theirs are live.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(InstantParameter, ("text" = Option<String>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = AsOf<PeoplePage>), (status = 400), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<PeoplePage>>> {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    };
    let sought = Sought { text: value("text").unwrap_or_default(), cursor: value("cursor"), rows: ROWS };
    Ok(Json(AsOf::new(at, known, people::page(&app, &sought, at).await?)))
}

/// Ends all sessions of a person, at once and everywhere; tokens of the API go on.
#[utoipa::path(post, path = "/api/v1/people/{id}/end-sessions", tag = "people", params(("id" = PersonId, Path)),
    responses((status = 200, body = EndedSessions), (status = 403), (status = 404)))]
pub async fn end_sessions(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Json<EndedSessions>> {
    let person: PersonId = id.parse().map_err(|_| Error::NotFound)?;
    Ok(Json(EndedSessions { ended: people::end_sessions(&app, &visitor, person).await? }))
}
