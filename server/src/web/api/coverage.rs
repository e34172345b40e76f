//! Coverage of time, as data.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    coverage::{self, Ask},
    error::{Error, Result},
    web::Told,
};
use axum::{
    Json,
    extract::{RawQuery, State},
};
use model::{coverage::Period, views::CoverageReport};
use std::collections::BTreeMap;

/// Days of a period that the request does not name.
const DEFAULT_DAYS: u32 = 365;
/// Gaps of a row that are told one by one.
const GAPS: usize = 1_000;

/// When sources were observed over a period, and why not when they were not; with `?check=` or `?control=`, when that was.
/// The period is `?days=` up to now, or whole days (UTC) `?from=` and `?to=`; 365 days by default. `?cluster=` narrows, and may
/// repeat. A row tells its newest 1,000 gaps.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "read",
    params(InstantParameter, ("days" = Option<u32>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("cluster" = Option<Vec<String>>, Query), ("check" = Option<String>, Query), ("control" = Option<String>, Query)),
    responses((status = 200, body = AsOf<CoverageReport>), (status = 400), (status = 404)))]
pub async fn coverage(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<CoverageReport>>> {
    let mut clusters = Vec::new();
    let mut one: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()) {
        match &*name {
            "cluster" => clusters.push(value.into_owned()),
            "days" | "from" | "to" | "check" | "control" if !value.is_empty() => {
                one.insert(name.into_owned(), value.into_owned());
            }
            _ => return Err(Error::Invalid { key: "error-invalid-filter", value: name.into_owned() }),
        }
    }
    let given = |name: &str| one.get(name).map(String::as_str);
    let period = Period::read(given("days"), given("from"), given("to"), at, DEFAULT_DAYS)?;
    let ask = Ask { at, period, clusters: &clusters, gaps: GAPS };
    let mut db = app.db.acquire().await?;
    let report = coverage::named(&mut db, ask, given("check"), given("control")).await?;
    Ok(Json(AsOf::new(at, known, report)))
}
