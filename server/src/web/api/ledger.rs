//! The ledger as its page shows it: newest first, filtered, with what is known of the chain.

use super::{AsOf, InstantParameter};
use crate::{
    app::App,
    error::{Error, Result},
    ledger,
    web::{At, Told},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use model::{
    Instant,
    views::{LedgerFilter, LedgerPage},
};
use uuid::Uuid;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 500;

/// Entries of the ledger, newest first, with the last recomputation of the chain and the heads that were sent outside.
/// `actor` is a person's name or an actor as the ledger has it; `from` and `until` are instants; `before` comes from `next`.
#[utoipa::path(get, path = "/api/v1/ledger/entries", tag = "read",
    params(InstantParameter, ("actor" = Option<String>, Query), ("action" = Option<String>, Query),
        ("from" = Option<String>, Query), ("until" = Option<String>, Query), ("before" = Option<i64>, Query),
        ("limit" = Option<u32>, Query)),
    responses((status = 200, body = AsOf<LedgerPage>), (status = 400), (status = 403)))]
pub async fn entries(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<LedgerPage>>> {
    let query = query.unwrap_or_default();
    let mut filter = LedgerFilter::default();
    let (mut before, mut limit) = (None, DEFAULT_LIMIT);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
        match &*name {
            "actor" => filter.actor = Some(value.into_owned()),
            "action" => filter.action = Some(value.into_owned()),
            "from" => filter.from = Some(instant(&value)?),
            "until" => filter.until = Some(instant(&value)?),
            "before" => {
                let seq: i64 = value
                    .parse()
                    .map_err(|_| Error::Invalid { key: "error-invalid-cursor", value: value.clone().into_owned() })?;
                before = Some(seq);
            }
            "limit" => match value.parse() {
                Ok(asked) if (1..=MAX_LIMIT).contains(&asked) => limit = asked,
                _ => return Err(Error::Invalid { key: "error-invalid-limit", value: value.into_owned() }),
            },
            _ => return Err(Error::Invalid { key: "error-invalid-filter", value: name.into_owned() }),
        }
    }
    let page = ledger::page(&mut *app.db.acquire().await?, &filter, before, limit, at).await?;
    Ok(Json(AsOf::new(at, known, page)))
}

/// The answer of a time-stamping authority, as it came: `openssl ts -verify` reads it.
#[utoipa::path(get, path = "/api/v1/ledger/anchors/{id}/receipt", tag = "read",
    params(InstantParameter, ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/timestamp-reply"), (status = 403), (status = 404)))]
pub async fn receipt(State(app): State<App>, At(at): At, Path(id): Path<String>) -> Result<Response> {
    stamped(&app, &id, at).await
}

/// The same for page and API.
pub(in crate::web) async fn stamped(app: &App, id: &str, at: Instant) -> Result<Response> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let (seq, bytes) = ledger::receipt(&app.db, id, at).await?.ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"bevis-ledger-{seq}.tsr\"");
    Ok(([(CONTENT_TYPE, "application/timestamp-reply".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn instant(text: &str) -> Result<Instant> {
    frontend::i18n::read_exact(text)
        .ok_or_else(|| Error::Invalid { key: "error-invalid-instant", value: text.chars().take(100).collect() })
}
