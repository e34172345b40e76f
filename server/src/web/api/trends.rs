//! Trends: what the page's charts, table and CSV are written from.

use super::{AsOf, InstantParameter};
use crate::{app::App, error::Result, trends as loading, web::Told};
use axum::{
    Json,
    extract::{RawQuery, State},
};
use model::{trends::TrendQuery, views::Trend};

/// How things went over time, in periods of days, weeks or months of the organisation's time zone: five years at most.
/// `show` is open, flow, times, sla, age or controls; `by` divides open findings by severity, cluster, source, control or
/// team. Days are written 2026-06-30; without any, the last 30. A value is null where there is none; where `observed` is 0,
/// nobody looked. The state of a control is that of all its checks: with `show=controls`, `source`, `severity`, `check` and
/// `team` are refused.
#[utoipa::path(get, path = "/api/v1/trends", tag = "read",
    params(InstantParameter, ("show" = Option<String>, Query), ("by" = Option<String>, Query), ("step" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query), ("last" = Option<u32>, Query),
        ("cluster" = Option<Vec<String>>, Query), ("source" = Option<Vec<String>>, Query),
        ("severity" = Option<Vec<String>>, Query), ("control" = Option<String>, Query), ("check" = Option<String>, Query),
        ("team" = Option<String>, Query)),
    responses((status = 200, body = AsOf<Trend>), (status = 400)))]
pub async fn get(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Trend>>> {
    let query = TrendQuery::from_query(query.as_deref().unwrap_or_default())?;
    let trend = loading::load(&mut *app.db.acquire().await?, &query, at).await?;
    Ok(Json(AsOf::new(at, known, trend)))
}
