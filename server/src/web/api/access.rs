//! Access reviews.

use super::{AsOf, InstantParameter};
use crate::{
    access::{self, Asked},
    app::App,
    error::{Error, Result},
    web::Told,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use model::{Instant, access::AccessFilter, views::AccessPage};

/// Grants when the request does not say.
const DEFAULT_LIMIT: u32 = 100;
/// Grants at most.
const MAX_LIMIT: u32 = 1_000;

/// Who may do what in a cluster, where, and through which role and binding.
///
/// With `since`, an instant of RFC 3339, it is told who gained and who lost which power from then on.
#[utoipa::path(get, path = "/api/v1/clusters/{name}/access", tag = "read",
    params(InstantParameter, ("name" = String, Path), ("kind" = Option<Vec<String>>, Query), ("right" = Option<Vec<String>>, Query),
        ("namespace" = Option<String>, Query), ("system" = Option<String>, Query), ("text" = Option<String>, Query),
        ("from" = Option<u32>, Query), ("limit" = Option<u32>, Query),
        ("since" = Option<String>, Query)),
    responses((status = 200, body = AsOf<AccessPage>), (status = 400), (status = 404)))]
pub async fn review(
    State(app): State<App>,
    Told(at, known): Told,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<AccessPage>>> {
    let query = query.unwrap_or_default();
    let asked = Asked {
        filter: AccessFilter::from_query(&query)?,
        from: number(&query, "from", 0, 0..=u32::MAX)?,
        limit: number(&query, "limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)?,
        since: instant(&query, "since", at)?,
    };
    let mut db = app.db.acquire().await?;
    let page = access::page(&mut db, &name, at, &asked).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, page)))
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let mut all = url::form_urlencoded::parse(query.as_bytes());
    all.find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.into_owned())
}

fn number(query: &str, name: &str, default: u32, range: std::ops::RangeInclusive<u32>) -> Result<u32> {
    let Some(text) = parameter(query, name) else { return Ok(default) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or(Error::Invalid { key: "error-invalid-limit", value: text })
}

fn instant(query: &str, name: &str, latest: Instant) -> Result<Option<Instant>> {
    let Some(text) = parameter(query, name) else { return Ok(None) };
    match chrono::DateTime::parse_from_rfc3339(&text) {
        Ok(at) if at.to_utc() <= latest => Ok(Some(at.to_utc())),
        _ => Err(Error::Invalid { key: "error-access-instant", value: text }),
    }
}
