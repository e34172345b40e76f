//! `/controls` and `/controls/{id}`

use super::{
    coverage::{DEFAULT_DAYS, GAPS},
    frame::Frame,
};
use crate::{
    app::App,
    clusters, controls,
    coverage::{self, Ask},
    error::{Error, Result},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{
    control::ControlPage,
    controls::{ControlsFilter, ControlsPage},
};
use leptos::prelude::*;
use model::{coverage::Period, ids::ControlId};
use std::str::FromStr;

/// GET `/controls`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let filter = filter(&frame)?;
    let mut db = app.db.acquire().await?;
    let all_clusters = clusters::names(&mut db, frame.at()).await?;
    let scope: Vec<String> = filter.cluster.iter().cloned().collect();
    let (clusters, controls) = controls::list(&mut db, frame.at(), &scope).await?;
    let title = frame.locale().t("controls-title");
    Ok(render::page(frame.context, title, move || {
        view! { <ControlsPage all_clusters=all_clusters clusters=clusters controls=controls filter=filter /> }
    }))
}

/// GET `/controls/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<String>, frame: Frame) -> Result<Response> {
    let id = ControlId(id);
    let cluster = frame.parameter("cluster");
    let scope: Vec<String> = cluster.iter().cloned().collect();
    let mut db = app.db.acquire().await?;
    let detail = controls::detail(&mut db, &id, frame.at(), &scope).await?.ok_or(Error::NotFound)?;
    let at = frame.at();
    let ask = Ask { at, period: Period::last(DEFAULT_DAYS, at), clusters: &scope, gaps: GAPS };
    let coverage = coverage::control(&mut db, ask, &id).await?;
    let title = format!("{id} {}", frame.locale().control_title(&id));
    Ok(render::page(
        frame.context,
        title,
        move || view! { <ControlPage detail=detail cluster=cluster coverage=coverage /> },
    ))
}

fn filter(frame: &Frame) -> Result<ControlsFilter> {
    Ok(ControlsFilter {
        theme: word(frame, "theme")?,
        state: word(frame, "state")?,
        cluster: frame.parameter("cluster"),
        text: frame.parameter("text").unwrap_or_default().chars().take(200).collect(),
    })
}

fn word<T: FromStr>(frame: &Frame, name: &str) -> Result<Option<T>> {
    let read = |value: String| {
        value.parse().map_err(|_| Error::Invalid { key: "error-invalid-filter", value: format!("{name}={value}") })
    };
    frame.parameter(name).map(read).transpose()
}
