//! `/checks`, `/checks/{id}` and `/objects/{digest}`

use super::{
    coverage::{DEFAULT_DAYS, GAPS},
    frame::Frame,
};
use crate::{
    app::App,
    controls,
    coverage::{self, Ask},
    error::{Error, Result},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{check::CheckPage, checks::ChecksPage, objects::ObjectsPage};
use leptos::prelude::*;
use model::{coverage::Period, ids::CheckId};
use uuid::Uuid;

/// GET `/checks`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let results = controls::checks(&mut db, frame.at(), &[]).await?;
    let title = frame.locale().t("checks-title");
    Ok(render::page(frame.context, title, move || view! { <ChecksPage results=results /> }))
}

/// GET `/checks/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<String>, frame: Frame) -> Result<Response> {
    let id = CheckId(id);
    let cluster = frame.parameter("cluster");
    let scope: Vec<String> = cluster.iter().cloned().collect();
    let mut db = app.db.acquire().await?;
    let at = frame.at();
    let detail = controls::check(&mut db, &id, at, &scope).await?.ok_or(Error::NotFound)?;
    let ask = Ask { at, period: Period::last(DEFAULT_DAYS, at), clusters: &scope, gaps: GAPS };
    let coverage = coverage::named(&mut db, ask, Some(id.as_str()), None).await?;
    let title = frame.locale().check_title(&id);
    Ok(render::page(
        frame.context,
        title,
        move || view! { <CheckPage detail=detail cluster=cluster coverage=coverage /> },
    ))
}

/// GET `/objects/{digest}`
pub async fn objects(State(app): State<App>, Path(digest): Path<String>, frame: Frame) -> Result<Response> {
    let digest: Uuid = digest.parse().map_err(|_| Error::NotFound)?;
    let from = frame.parameter("from").and_then(|from| from.parse().ok()).unwrap_or(0);
    let mut db = app.db.acquire().await?;
    let page = controls::objects(&mut db, digest, from, frame.at()).await?.ok_or(Error::NotFound)?;
    let title = frame.locale().t("objects-title");
    Ok(render::page(frame.context, title, move || view! { <ObjectsPage page=page a_page=controls::OBJECTS_A_PAGE /> }))
}
