//! `/`

use super::frame::Frame;
use crate::{app::App, controls, error::Result, web::render};
use axum::{extract::State, response::Response};
use frontend::pages::overview::OverviewPage;
use leptos::prelude::*;

/// GET `/`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let overview = controls::overview(&mut *app.db.acquire().await?, frame.at()).await?;
    let title = frame.locale().t("nav-overview");
    Ok(render::page(frame.context, title, move || view! { <OverviewPage overview=overview /> }))
}
