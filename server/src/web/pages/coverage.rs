//! `/coverage`

use super::frame::Frame;
use crate::{
    app::App,
    clusters,
    coverage::{self, Ask},
    error::Result,
    web::render,
};
use axum::{extract::State, response::Response};
use frontend::pages::coverage::{CoverageFilter, CoverageOf, CoveragePage};
use leptos::prelude::*;
use model::coverage::Period;

/// Days of a period that the address does not name.
pub(super) const DEFAULT_DAYS: u32 = 365;
/// Gaps of a row that are told one by one.
pub(super) const GAPS: usize = 5;
/// The same where the page is of one check or control.
const GAPS_OF_ONE: usize = 100;

/// GET `/coverage`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let (days, from, to) = (frame.parameter("days"), frame.parameter("from"), frame.parameter("to"));
    let at = frame.at();
    let period = Period::read(days.as_deref(), from.as_deref(), to.as_deref(), at, DEFAULT_DAYS)?;
    let cluster = frame.parameter("cluster");
    let names: Vec<String> = cluster.iter().cloned().collect();
    let mut db = app.db.acquire().await?;
    let all = clusters::names(&mut db, at).await?;
    let (check, control) = (frame.parameter("check"), frame.parameter("control"));
    let of = CoverageOf::named(check.as_deref(), control.as_deref());
    let gaps = if of == CoverageOf::Sources { GAPS } else { GAPS_OF_ONE };
    let ask = Ask { at, period, clusters: &names, gaps };
    let report = coverage::named(&mut db, ask, check.as_deref(), control.as_deref()).await?;
    let filter = CoverageFilter { of, period, presets: from.is_none() && to.is_none(), cluster };
    let title = frame.locale().t("nav-coverage");
    Ok(render::page(frame.context, title, move || {
        view! { <CoveragePage report=report clusters=all filter=filter /> }
    }))
}
