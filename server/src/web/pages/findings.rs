//! `/findings` and `/findings/{id}`. What people decide there is [`super::deciding`]'s.

use super::{deciding, frame::Frame};
use crate::{
    acceptances,
    app::App,
    auth::Visitor,
    clusters,
    error::{Error, Result},
    findings, notify,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{finding::FindingDetailPage, findings::FindingsPage};
use leptos::prelude::*;
use model::{ids::FindingId, views::FindingFilter};
use sqlx::PgConnection;

/// Rows of a page.
const ROWS: u32 = 50;

/// GET `/findings`
pub async fn list(State(app): State<App>, visitor: Visitor, frame: Frame) -> Result<Response> {
    let filter = FindingFilter::from_query(&frame.query)?;
    let cursor = frame.parameter("cursor");
    let mut db = app.db.acquire().await?;
    let page = findings::page(&mut db, &filter, cursor.as_deref(), ROWS, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let deciding = deciding::props(&mut db, &app, &visitor, &frame).await?;
    let scanned = !page.rows.is_empty() || was_scanned(&mut db, &frame).await?;
    let title = frame.locale().t("nav-findings");
    Ok(render::page(frame.context, title, move || {
        view! { <FindingsPage findings=page filter=filter clusters=clusters scanned=scanned deciding=deciding /> }
    }))
}

/// Whether anything was ever read: without that, an empty list says nothing.
async fn was_scanned(db: &mut PgConnection, frame: &Frame) -> Result<bool> {
    let clusters = clusters::statuses(db, frame.at()).await?;
    Ok(clusters.iter().flat_map(|cluster| &cluster.sources).any(|source| source.last_seen_at.is_some()))
}

/// GET `/findings/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let finding = findings::detail(&mut db, read_id(&id)?, frame.at()).await?.ok_or(Error::NotFound)?;
    let acceptances = acceptances::of_finding(&mut db, finding.row.id, frame.at()).await?;
    let tickets = notify::tickets(&mut db, finding.row.id, frame.at()).await?;
    let deciding = deciding::props(&mut db, &app, &visitor, &frame).await?;
    let title = frame.locale().check_title(&finding.row.check);
    Ok(render::page(
        frame.context,
        title,
        move || view! { <FindingDetailPage finding=finding acceptances=acceptances tickets=tickets deciding=deciding /> },
    ))
}

pub(super) fn read_id(id: &str) -> Result<FindingId> {
    id.parse().map_err(|_| Error::NotFound)
}
