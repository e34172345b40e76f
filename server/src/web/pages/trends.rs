//! `/trends`, and the same as a table for spreadsheets.

use super::frame::Frame;
use crate::{app::App, clusters, error::Result, trends, web::render};
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use frontend::pages::trends::TrendsPage;
use leptos::prelude::*;
use model::trends::TrendQuery;

/// GET `/trends`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let query = TrendQuery::from_query(&frame.query)?;
    let mut db = app.db.acquire().await?;
    // What says nothing of what is shown is left out, and the page says so.
    let trend = trends::load(&mut db, &query.applicable(), frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let title = frame.locale().t("nav-trends");
    Ok(render::page(frame.context, title, move || {
        view! { <TrendsPage query=query trend=trend clusters=clusters /> }
    }))
}

/// GET `/trends.csv`
pub async fn csv(State(app): State<App>, frame: Frame) -> Result<Response> {
    let query = TrendQuery::from_query(&frame.query)?;
    let trend = trends::load(&mut *app.db.acquire().await?, &query, frame.at()).await?;
    let bytes = trends::csv(&trend, frame.locale()).map_err(|error| crate::error::Error::Internal(error.into()))?;
    let name = format!("attachment; filename=\"bevis-trends-{}-{}-{}.csv\"", trend.show, trend.first, trend.last);
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}
