//! `/packs`: what is in one, asking for one, taking one home.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    clusters, decisions,
    error::{Error, Result},
    reports,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use frontend::pages::packs::PacksPage;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use leptos::prelude::*;
use model::{
    ids::{ControlId, PackId},
    views::PackScope,
};

/// GET `/packs`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let packs = reports::list(&mut db, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let title = frame.locale().t("nav-packs");
    Ok(render::page(frame.context, title, move || view! { <PacksPage packs=packs clusters=clusters /> }))
}

/// POST `/packs`
pub async fn create(State(app): State<App>, frame: Frame, visitor: Visitor, form: Form) -> Result<Redirect> {
    let now = app.clock.now();
    let Some(asked) = form.one("as_of").and_then(|value| frame.locale().read_input(value)) else {
        return Ok(told("/packs", "as-of-unreadable"));
    };
    if asked > now {
        return Ok(told("/packs", "as-of-ahead"));
    }
    // The form's clock counts in minutes: the minute that has begun means now.
    let as_of = if asked + TimeDelta::minutes(1) > now { now } else { asked };
    let scope = PackScope {
        clusters: form.all("cluster").map(ToOwned::to_owned).collect(),
        controls: form.all("control").map(ControlId::from).collect(),
        as_of,
        language: form.one("language").unwrap_or_else(|| frame.locale().language.tag()).to_owned(),
        time_zone: frame.locale().time_zone.name().to_owned(),
        objects: form.one("objects").is_some(),
    };
    reports::request(&app.db, &scope, &decisions::Actor { person: visitor.person, name: visitor.name }, now).await?;
    Ok(told("/packs", "pack-requested"))
}

/// GET `/packs/{id}/archive`
pub async fn archive(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Result<Response> {
    let id: PackId = id.parse().map_err(|_| Error::NotFound)?;
    let by = decisions::Actor { person: visitor.person, name: visitor.name };
    let archive = reports::download(&app.db, id, &by, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"{}\"", archive.file_name);
    Ok(([(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, name)], archive.bytes).into_response())
}
