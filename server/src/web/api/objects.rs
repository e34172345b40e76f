//! Reading objects behind verdicts, as they were seen.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    error::{Error, Result},
    findings, objects,
    web::{Told, pages::objects::instant},
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use model::{
    ids::FindingId,
    views::{FindingObjects, ObjectView},
};
use serde::Deserialize;
use uuid::Uuid;

/// An object of a list that a check rests on, as it was seen; its secrets are taken out. The namespace is `-` where the
/// kind has none.
#[utoipa::path(get, path = "/api/v1/objects/{digest}/{namespace}/{name}", tag = "read",
    params(InstantParameter, ("digest" = Uuid, Path), ("namespace" = String, Path), ("name" = String, Path)),
    responses((status = 200, body = AsOf<ObjectView>), (status = 404)))]
pub async fn object(
    State(app): State<App>,
    Told(at, known): Told,
    Path((digest, namespace, name)): Path<(String, String, String)>,
) -> Result<Json<AsOf<ObjectView>>> {
    let digest: Uuid = digest.parse().map_err(|_| Error::NotFound)?;
    let namespace = Some(namespace.as_str()).filter(|namespace| *namespace != "-");
    let mut db = app.db.acquire().await?;
    let object = objects::object(&mut db, digest, namespace, &name, at).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, object)))
}

/// The instant that is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    at: Option<String>,
}

/// The objects that a finding was about at an instant, and those that belong to it or report on it.
#[utoipa::path(get, path = "/api/v1/findings/{id}/objects", tag = "read",
    params(InstantParameter, ("id" = Uuid, Path), ("at" = Option<String>, Query)),
    responses((status = 200, body = AsOf<FindingObjects>), (status = 400), (status = 404)))]
pub async fn of_finding(
    State(app): State<App>,
    Told(as_of, known): Told,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<AsOf<FindingObjects>>> {
    let id: FindingId = id.parse().map_err(|_| Error::NotFound)?;
    let at = instant(asked.at, as_of)?;
    let mut db = app.db.acquire().await?;
    findings::told(&mut db, id, as_of).await?;
    let found = objects::of_finding(&mut db, id, at).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(as_of, known, found)))
}
