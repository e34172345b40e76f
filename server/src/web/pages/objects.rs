//! `/objects/{digest}/{namespace}/{name}` and `/findings/{id}/objects`

use super::frame::Frame;
use crate::{
    app::App,
    error::{Error, Result},
    findings, objects,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::object::{FindingObjectsPage, ObjectPage};
use leptos::prelude::*;
use model::{Instant, ids::FindingId};
use uuid::Uuid;

/// GET `/objects/{digest}/{namespace}/{name}`; the namespace is `-` where the kind has none.
pub async fn show(
    State(app): State<App>,
    Path((digest, namespace, name)): Path<(String, String, String)>,
    frame: Frame,
) -> Result<Response> {
    let digest: Uuid = digest.parse().map_err(|_| Error::NotFound)?;
    let namespace = Some(namespace.as_str()).filter(|namespace| *namespace != "-");
    let mut db = app.db.acquire().await?;
    let object = objects::object(&mut db, digest, namespace, &name, frame.at()).await?.ok_or(Error::NotFound)?;
    let title = object.name.clone();
    Ok(render::page(frame.context, title, move || view! { <ObjectPage object=object /> }))
}

/// GET `/findings/{id}/objects?at=`: the objects of a finding as they were; now where nothing is said.
pub async fn of_finding(State(app): State<App>, Path(id): Path<String>, frame: Frame) -> Result<Response> {
    let id: FindingId = id.parse().map_err(|_| Error::NotFound)?;
    let at = instant(frame.parameter("at"), frame.at())?;
    let mut db = app.db.acquire().await?;
    let finding = findings::told(&mut db, id, frame.at()).await?;
    let found = objects::of_finding(&mut db, id, at).await?.ok_or(Error::NotFound)?;
    let title = frame.locale().t("objects-of-finding");
    Ok(render::page(frame.context, title, move || view! { <FindingObjectsPage finding=finding.row objects=found /> }))
}

/// An instant that was asked for, no later than `now`; `now` where none was.
pub(in crate::web) fn instant(asked: Option<String>, now: Instant) -> Result<Instant> {
    let Some(text) = asked else { return Ok(now) };
    match text.parse::<Instant>() {
        Ok(at) if at <= now => Ok(at),
        _ => Err(Error::Invalid { key: "error-invalid-instant", value: text.chars().take(100).collect() }),
    }
}
