//! `/findings` and `/findings/{id}`. What people decide there is [`super::deciding`]'s.

use super::{deciding, frame::Frame};
use crate::{
    acceptances,
    app::App,
    auth::{Visitor, cookie},
    clusters, decisions,
    error::{Error, Result},
    findings, notify, visits,
    web::{reading::COLUMNS, render},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use frontend::pages::{finding::FindingDetailPage, finding_groups::FindingGroupsPage, findings::FindingsPage};
use http::HeaderMap;
use leptos::prelude::*;
use model::{
    Instant,
    ids::FindingId,
    views::{FindingColumn, FindingGroupBy, FindingPage, ListView, NewsOfFinding},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Rows of a page.
const ROWS: u32 = 50;

/// GET `/findings`
pub async fn list(State(app): State<App>, visitor: Visitor, headers: HeaderMap, frame: Frame) -> Result<Response> {
    let list = ListView::from_query(&frame.query)?;
    let since = visit(&app, &visitor, &frame).await?;
    if let Some(by) = list.group {
        return grouped(&app, frame, list, since, by).await;
    }
    let ListView { filter, group: _, columns: named } = list;
    let columns = columns(&named, &headers);
    let cursor = frame.parameter("cursor");
    let mut db = app.db.acquire().await?;
    let matching = filter.clone().since_visit(since);
    let page = findings::page(&mut db, &matching, cursor.as_deref(), ROWS, frame.at()).await?;
    let news = news(&mut db, &page, since, &frame).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let deciding = deciding::props(&mut db, &app, &visitor, &frame).await?;
    let scanned = !page.rows.is_empty() || was_scanned(&mut db, &frame).await?;
    let title = frame.locale().t("nav-findings");
    Ok(render::page(frame.context, title, move || {
        view! { <FindingsPage findings=page filter=filter matching=matching news=news named=named columns=columns clusters=clusters scanned=scanned deciding=deciding /> }
    }))
}

/// Since when things are new to the visitor, whose visit goes on; of a page of the past no more than that it was asked for.
pub(super) async fn visit(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Option<Instant>> {
    let mut db = app.db.acquire().await?;
    if frame.context.moment.past.is_some() {
        return Ok(visits::since(&mut db, visitor.person).await?);
    }
    Ok(Some(visits::attend(&mut db, visitor.person, app.clock.now()).await?))
}

/// What is new of the findings on a page; nothing on a page of the past.
async fn news(
    db: &mut PgConnection,
    page: &FindingPage,
    since: Option<Instant>,
    frame: &Frame,
) -> Result<BTreeMap<FindingId, NewsOfFinding>> {
    let Some(since) = since.filter(|_| frame.context.moment.past.is_none()) else { return Ok(BTreeMap::new()) };
    let ids: Vec<FindingId> = page.rows.iter().map(|row| row.id).collect();
    Ok(findings::news(db, &ids, since, frame.at()).await?)
}

/// The columns that the address names, or else those that the browser remembers, or else the usual ones.
fn columns(named: &[FindingColumn], headers: &HeaderMap) -> Vec<FindingColumn> {
    if !named.is_empty() {
        return named.to_vec();
    }
    let kept = cookie::value(headers, COLUMNS).and_then(|text| FindingColumn::read([text]).ok());
    kept.filter(|columns| !columns.is_empty()).unwrap_or_else(|| FindingColumn::USUAL.to_vec())
}

/// The list in groups.
async fn grouped(
    app: &App,
    frame: Frame,
    list: ListView,
    since: Option<Instant>,
    by: FindingGroupBy,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let matching = list.filter.clone().since_visit(since);
    let groups = findings::groups(&mut db, &matching, by, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let assignees = decisions::assignees(&mut db).await?;
    let scanned = groups.count.rows > 0 || was_scanned(&mut db, &frame).await?;
    let title = frame.locale().t("nav-findings");
    Ok(render::page(frame.context, title, move || {
        view! { <FindingGroupsPage groups=groups list=list clusters=clusters assignees=assignees scanned=scanned /> }
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
    let finding = findings::told(&mut db, read_id(&id)?, frame.at()).await?;
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
