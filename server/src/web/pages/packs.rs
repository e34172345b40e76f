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
    web::{PastAt, render},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use frontend::{i18n::Asked, pages::packs::PacksPage};
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
    let read =
        |name: &str| form.one(name).filter(|text| !text.is_empty()).map(|text| frame.locale().read_instant(text));
    let Some(Ok(asked)) = read("as_of") else { return Ok(told("/packs", "as-of-unreadable")) };
    // The form's clock counts in minutes: the minute that has begun means now.
    let as_of = asked.as_of(now);
    if as_of > now {
        return Ok(told("/packs", "as-of-ahead"));
    }
    let since = match read("since").transpose() {
        Ok(since) => since.map(Asked::beginning),
        Err(_) => return Ok(told("/packs", "as-of-unreadable")),
    };
    if since.is_some_and(|since| since >= as_of) {
        return Ok(told("/packs", "period-reversed"));
    }
    let scope = PackScope {
        clusters: form.all("cluster").map(ToOwned::to_owned).collect(),
        controls: form.all("control").map(ControlId::from).collect(),
        as_of,
        since,
        language: form.one("language").unwrap_or_else(|| frame.locale().language.tag()).to_owned(),
        time_zone: frame.locale().time_zone.name().to_owned(),
        objects: form.one("objects").is_some(),
    };
    reports::request(&app.db, &scope, &decisions::Actor { person: visitor.person, name: visitor.name }, now).await?;
    Ok(told("/packs", "pack-requested"))
}

/// GET `/packs/{id}/archive`
pub async fn archive(
    State(app): State<App>,
    PastAt(past): PastAt,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response> {
    let id: PackId = id.parse().map_err(|_| Error::NotFound)?;
    if let Some(at) = past {
        // It was not there yet.
        reports::status(&mut *app.db.acquire().await?, id, at).await?.ok_or(Error::NotFound)?;
    }
    let by = decisions::Actor { person: visitor.person, name: visitor.name };
    let archive = reports::download(&app.db, id, &by, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"{}\"", archive.file_name);
    Ok(([(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, name)], archive.bytes).into_response())
}
