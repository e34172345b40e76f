//! Comparing two instants, and the catalogues that were in force.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    catalogues,
    compare::{self, Reach},
    error::{Error, Result},
    web::{Told, instant},
};
use axum::{
    Json,
    extract::{RawQuery, State},
};
use chrono::{DateTime, Utc};
use frontend::i18n::read_exact;
use model::{
    Instant,
    errors::ErrorWord,
    views::{ChangesFilter, Comparison},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Rows of each list when the request does not say, and at most.
const ROWS: (i64, i64) = (50, 500);

/// The catalogue in force: controls, checks with their edges, freshness budgets and the operator's checks.
#[derive(Serialize, ToSchema)]
pub struct CatalogueInForce {
    /// The digest of what was in force at the instant; absent where that was not noted.
    digest: Option<Uuid>,
    /// Since when it was in force without a break.
    since: Option<DateTime<Utc>>,
    /// The version of Bevis that brought it.
    version: Option<String>,
    /// The digest of the catalogue that this answer, and every state in other answers, is worked out by.
    current: Uuid,
}

/// Which catalogue was in force at an instant.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "read", params(InstantParameter),
    responses((status = 200, body = AsOf<CatalogueInForce>), (status = 400)))]
pub async fn catalogue(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<CatalogueInForce>>> {
    let (digest, since, version) = match catalogues::in_force(&mut *app.db.acquire().await?, at).await? {
        Some(known) => (Some(known.digest), Some(known.since), Some(known.version)),
        None => (None, None, None),
    };
    Ok(Json(AsOf::new(at, known, CatalogueInForce { digest, since, version, current: catalogues::current() })))
}

/// What changed after `from`, up to and including `to`: controls, findings, decisions, risk acceptances, clusters and sources.
#[utoipa::path(get, path = "/api/v1/compare", tag = "read",
    params(InstantParameter, ("from" = DateTime<Utc>, Query), ("to" = Option<DateTime<Utc>>, Query),
        ("cluster" = Option<Vec<String>>, Query), ("source" = Option<Vec<String>>, Query),
        ("control" = Option<String>, Query), ("severity" = Option<Vec<String>>, Query), ("kind" = Option<Vec<String>>, Query),
        ("cursor" = Option<String>, Query), ("decisions_cursor" = Option<String>, Query),
        ("acceptances_cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = AsOf<Comparison>), (status = 400)))]
pub async fn compare(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Comparison>>> {
    let query = query.unwrap_or_default();
    let filter = ChangesFilter::from_query(&query)?;
    let named = |name: &str| super::read::parameter(&query, name).filter(|text| !text.is_empty());
    let from = named("from").ok_or_else(|| unreadable(String::new()))?;
    let from = end(&app, at, &from)?;
    let to = named("to").map_or(Ok(at), |to| end(&app, at, &to))?;
    instant::in_order(from, to)?;
    let rows = match named("limit") {
        None => ROWS.0,
        Some(text) => match text.parse() {
            Ok(rows) if (1..=ROWS.1).contains(&rows) => rows,
            _ => return Err(Error::Invalid { key: "error-invalid-limit", value: text }),
        },
    };
    let [cursor, decisions, acceptances] = ["cursor", "decisions_cursor", "acceptances_cursor"].map(named);
    let reach = Reach {
        cursor: cursor.as_deref(),
        decisions_cursor: decisions.as_deref(),
        acceptances_cursor: acceptances.as_deref(),
        ..Reach::first(rows)
    };
    let mut db = app.db.acquire().await?;
    Ok(Json(AsOf::new(at, known, compare::compare(&mut db, (from, to), &filter, reach).await?)))
}

/// An end of a period, which no answer may have later than the instant that it speaks of.
fn end(app: &App, at: Instant, text: &str) -> Result<Instant> {
    let end = read_exact(text).ok_or_else(|| unreadable(text.to_owned()))?;
    if end > app.clock.now() {
        return Err(instant::ahead(text));
    }
    if end > at {
        return Err(Error::Instant { word: ErrorWord::PeriodAhead, key: "error-as-of-asked", value: text.to_owned() });
    }
    Ok(end)
}

fn unreadable(value: String) -> Error {
    Error::Instant { word: ErrorWord::AsOfUnreadable, key: "error-as-of-offset", value }
}
