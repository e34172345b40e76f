//! `/ledger`: what happened, by whom, and whether the chain holds.

use super::frame::Frame;
use crate::{
    app::App,
    error::Result,
    ledger,
    web::{At, api::ledger::stamped, instant::refused, render},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::{i18n::Asked, pages::ledger::LedgerPageView};
use leptos::prelude::*;
use model::{Instant, views::LedgerFilter};

/// Entries of a page.
const ENTRIES: u32 = 50;

/// GET `/ledger`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let filter = LedgerFilter {
        actor: frame.parameter("actor"),
        action: frame.parameter("action"),
        from: instant(&frame, "from", Asked::beginning)?,
        until: instant(&frame, "until", |asked| asked.as_of(frame.context.now()))?,
    };
    let before = frame.parameter("before").and_then(|before| before.parse().ok());
    let page = ledger::page(&mut *app.db.acquire().await?, &filter, before, ENTRIES, frame.at()).await?;
    let title = frame.locale().t("nav-ledger");
    let query = frame.query.clone();
    Ok(render::page(frame.context, title, move || view! { <LedgerPageView page=page filter=filter query=query /> }))
}

/// GET `/ledger/anchors/{id}/receipt`
pub async fn receipt(State(app): State<App>, At(at): At, Path(id): Path<String>) -> Result<Response> {
    stamped(&app, &id, at).await
}

/// An instant in the query, as a form sends it or with its offset.
fn instant(frame: &Frame, name: &str, read: impl FnOnce(Asked) -> Instant) -> Result<Option<Instant>> {
    let Some(text) = frame.parameter(name) else { return Ok(None) };
    frame.locale().read_instant(&text).map(|asked| Some(read(asked))).map_err(|why| refused(why, &text))
}
