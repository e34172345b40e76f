//! `/findings`, `/findings/{id}`, and what people decide there.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    acceptances,
    app::App,
    auth::Visitor,
    clusters, decisions,
    error::{Error, Result},
    findings,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use frontend::pages::{finding::FindingDetailPage, findings::FindingsPage};
use leptos::prelude::*;
use model::{finding::DecisionKind, ids::FindingId, views::FindingFilter};
use sqlx::PgConnection;

/// Rows of a page.
const ROWS: u32 = 50;

/// GET `/findings`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let filter = FindingFilter::from_query(&frame.query)?;
    let cursor = frame.parameter("cursor");
    let mut db = app.db.acquire().await?;
    let page = findings::page(&mut db, &filter, cursor.as_deref(), ROWS, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let scanned = !page.rows.is_empty() || was_scanned(&mut db, &frame).await?;
    let title = frame.locale().t("nav-findings");
    Ok(render::page(frame.context, title, move || {
        view! { <FindingsPage findings=page filter=filter clusters=clusters scanned=scanned /> }
    }))
}

/// Whether anything was ever read: without that, an empty list says nothing.
async fn was_scanned(db: &mut PgConnection, frame: &Frame) -> Result<bool> {
    let clusters = clusters::statuses(db, frame.at()).await?;
    Ok(clusters.iter().flat_map(|cluster| &cluster.sources).any(|source| source.last_seen_at.is_some()))
}

/// GET `/findings/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<String>, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let finding = findings::detail(&mut db, read_id(&id)?, frame.at()).await?.ok_or(Error::NotFound)?;
    let acceptances = acceptances::of_finding(&mut db, finding.row.id, frame.at()).await?;
    let title = frame.locale().check_title(&finding.row.check);
    Ok(render::page(
        frame.context,
        title,
        move || view! { <FindingDetailPage finding=finding acceptances=acceptances /> },
    ))
}

/// POST `/findings/acknowledge`: the findings selected in a list.
pub async fn acknowledge(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let back = form.back(&app, "/findings");
    let selected: Vec<FindingId> = form.all("finding").map(read_id).collect::<Result<_>>()?;
    if selected.is_empty() {
        return Ok(told(&back, "nothing-selected"));
    }
    let Some(comment) = comment(&form) else { return Ok(told(&back, "comment-missing")) };
    let at = app.clock.now();
    decisions::decide(&app.db, &actor(visitor), DecisionKind::Acknowledge, &selected, comment, at).await?;
    Ok(told(&back, &format!("acknowledged.{}", selected.len())))
}

/// POST `/findings/{id}/decide`: one finding, in one of the ways that its page offers.
pub async fn decide(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    let finding = read_id(&id)?;
    let back = format!("/findings/{finding}");
    let kind = form.one("kind").unwrap_or_default();
    let kind: DecisionKind =
        kind.parse().map_err(|_| Error::Invalid { key: "error-invalid-decision", value: kind.to_owned() })?;
    let Some(comment) = comment(&form) else { return Ok(told(&back, "comment-missing")) };
    decisions::decide(&app.db, &actor(visitor), kind, &[finding], comment, app.clock.now()).await?;
    Ok(told(
        &back,
        match kind {
            DecisionKind::Acknowledge => "acknowledged.1",
            DecisionKind::Withdraw => "withdrawn.1",
            DecisionKind::Comment => "commented",
        },
    ))
}

fn read_id(id: &str) -> Result<FindingId> {
    id.parse().map_err(|_| Error::NotFound)
}

fn comment(form: &Form) -> Option<&str> {
    form.one("comment").map(str::trim).filter(|comment| !comment.is_empty())
}

fn actor(visitor: Visitor) -> decisions::Actor {
    decisions::Actor { person: visitor.person, name: visitor.name }
}
