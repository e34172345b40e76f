//! `/clusters` and `/clusters/{name}`

use super::frame::Frame;
use crate::{
    app::App,
    clusters,
    error::{Error, Result},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{cluster::ClusterPage, clusters::ClustersPage};
use leptos::prelude::*;

/// GET `/clusters`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let clusters = clusters::statuses(&mut *app.db.acquire().await?, frame.at()).await?;
    let title = frame.locale().t("nav-clusters");
    Ok(render::page(frame.context, title, move || view! { <ClustersPage clusters=clusters /> }))
}

/// GET `/clusters/{name}`
pub async fn show(State(app): State<App>, Path(name): Path<String>, frame: Frame) -> Result<Response> {
    let found = clusters::status(&mut *app.db.acquire().await?, &name, frame.at()).await?;
    let (cluster, checks, scans) = found.ok_or(Error::NotFound)?;
    let title = cluster.cluster.title.clone();
    Ok(render::page(frame.context, title, move || view! { <ClusterPage cluster=cluster checks=checks scans=scans /> }))
}
