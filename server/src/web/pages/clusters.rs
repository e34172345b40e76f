//! `/clusters` and `/clusters/{name}`

use super::{coverage::DEFAULT_DAYS, frame::Frame};
use crate::{
    app::App,
    clusters,
    coverage::{self, Ask},
    error::{Error, Result},
    retention::{self, Class},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{cluster::ClusterPage, clusters::ClustersPage};
use leptos::prelude::*;
use model::coverage::Period;

/// Gaps of a source that a cluster's page tells one by one.
const GAPS: usize = 20;

/// GET `/clusters`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let clusters = clusters::statuses(&mut *app.db.acquire().await?, frame.at()).await?;
    let title = frame.locale().t("nav-clusters");
    Ok(render::page(frame.context, title, move || view! { <ClustersPage clusters=clusters /> }))
}

/// GET `/clusters/{name}`
pub async fn show(State(app): State<App>, Path(name): Path<String>, frame: Frame) -> Result<Response> {
    let at = frame.at();
    let mut db = app.db.acquire().await?;
    let (cluster, checks, scans) = clusters::status(&mut db, &name, at).await?.ok_or(Error::NotFound)?;
    let rounds = clusters::rounds(&mut db, cluster.cluster.id, at).await?;
    let retained_from = retention::retained_from(&mut db, Class::ScanLog).await?;
    let ask = Ask { at, period: Period::last(DEFAULT_DAYS, at), clusters: &[name], gaps: GAPS };
    let mut coverage = coverage::sources(&mut db, ask).await?;
    // Another cluster may have had the name before.
    coverage.rows.retain(|row| row.cluster.id == cluster.cluster.id);
    let title = cluster.cluster.title.clone();
    Ok(render::page(
        frame.context,
        title,
        move || view! { <ClusterPage cluster=cluster rounds=rounds checks=checks scans=scans retained_from=retained_from coverage=coverage /> },
    ))
}
