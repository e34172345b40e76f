//! Evidence packs: ask for one, see how far it is, fetch it.

use super::{AsOf, InstantParameter, JsonBody};
use crate::{
    app::App,
    auth::Visitor,
    decisions,
    error::{Error, Result},
    reports,
    web::{PastAt, Told},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use model::{
    ids::{ControlId, PackId},
    views::{PackRow, PackScope},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Every pack, newest first.
#[derive(Serialize, ToSchema)]
pub struct Packs {
    packs: Vec<PackRow>,
}

/// A pack to build.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPack {
    /// Clusters by name; all when empty.
    #[serde(default)]
    clusters: Vec<String>,
    /// Controls; all when empty.
    #[serde(default)]
    controls: Vec<ControlId>,
    /// The instant that it speaks of; now when absent.
    as_of: Option<DateTime<Utc>>,
    /// The beginning of the period of whose changes it tells; none when absent.
    since: Option<DateTime<Utc>>,
    /// `en` or `da`.
    language: Option<String>,
    /// Whether the objects that open findings are about go with it, secrets taken out; at most 32 MB.
    #[serde(default)]
    objects: bool,
}

/// A pack that was asked for.
#[derive(Serialize, ToSchema)]
pub struct Requested {
    /// Its id.
    pack: PackId,
}

/// Every evidence pack.
#[utoipa::path(get, path = "/api/v1/packs", tag = "packs", params(InstantParameter),
    responses((status = 200, body = AsOf<Packs>), (status = 400)))]
pub async fn list(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<Packs>>> {
    let mut db = app.db.acquire().await?;
    Ok(Json(AsOf::new(at, known, Packs { packs: reports::list(&mut db, at).await? })))
}

/// Asks for an evidence pack; it is built in the background.
#[utoipa::path(post, path = "/api/v1/packs", tag = "packs", request_body = NewPack,
    responses((status = 202, body = Requested), (status = 400), (status = 403)))]
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewPack>,
) -> Result<(StatusCode, Json<Requested>)> {
    let now = app.clock.now();
    let scope = PackScope {
        clusters: new.clusters,
        controls: new.controls,
        as_of: new.as_of.unwrap_or(now),
        since: new.since,
        language: new.language.unwrap_or_else(|| app.config.language.clone()),
        time_zone: app.config.time_zone.name().to_owned(),
        objects: new.objects,
    };
    let actor = decisions::Actor { person: visitor.person, name: visitor.name };
    let pack = reports::request(&app.db, &scope, &actor, now).await?;
    Ok((StatusCode::ACCEPTED, Json(Requested { pack })))
}

/// How far a pack is.
#[utoipa::path(get, path = "/api/v1/packs/{id}", tag = "packs", params(InstantParameter, ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = AsOf<PackRow>), (status = 404)))]
pub async fn status(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<String>,
) -> Result<Json<AsOf<PackRow>>> {
    let mut db = app.db.acquire().await?;
    let row = reports::status(&mut db, parse(&id)?, at).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, row)))
}

/// The archive; recorded in the ledger.
#[utoipa::path(get, path = "/api/v1/packs/{id}/archive", tag = "packs", params(InstantParameter, ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip"), (status = 403), (status = 404)))]
pub async fn archive(
    State(app): State<App>,
    PastAt(past): PastAt,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = parse(&id)?;
    if let Some(at) = past {
        // It was not there yet.
        reports::status(&mut *app.db.acquire().await?, id, at).await?.ok_or(Error::NotFound)?;
    }
    let actor = decisions::Actor { person: visitor.person, name: visitor.name };
    let archive = reports::download(&app.db, id, &actor, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}\"", archive.file_name))
        .map_err(|error| Error::Internal(error.into()))?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("application/zip")), (CONTENT_DISPOSITION, name)], archive.bytes)
        .into_response())
}

fn parse(id: &str) -> Result<PackId> {
    id.parse().map_err(|_| Error::NotFound)
}
