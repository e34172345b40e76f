//! Deciding: about findings that are named, or about everything that a filter matches; judging; taking back; what waits.

use super::{AsOf, InstantParameter, JsonBody, read::parameter};
use crate::{
    app::App,
    auth::Visitor,
    decisions::{self, Actor, Pages},
    error::{Error, Result},
    tokens,
    web::{PastAt, Told},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use frontend::i18n::Locale;
use model::{
    disposition::{Act, Assignee, Reviewer},
    finding::DecisionKind,
    ids::{DecisionId, FindingId},
    role::Permission,
    views::{Assignees, FindingFilter, MyWork},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A decision to record. Either `findings`, or `matching` and `expected`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What. Judging and undoing have addresses of their own.
    kind: DecisionKind,
    /// On which findings: at least one, 10,000 at most.
    #[serde(default)]
    findings: Vec<FindingId>,
    /// On every finding that this filter matches, as the query of `/api/v1/findings`.
    matching: Option<String>,
    /// How many findings that must be; refused where it is another number.
    expected: Option<usize>,
    /// Why, in Markdown, 4,000 characters at most; required where others rest on it.
    #[serde(default)]
    comment: String,
    /// To whom, for `assign`: `person:<id>` or `team:<name>`.
    #[schema(value_type = Option<String>)]
    assignee: Option<Assignee>,
    /// The ticket, for `link_ticket`: its address, or its key where the configuration says where keys are.
    ticket: Option<String>,
    /// The day, for `set_due`, as `2026-12-31`.
    due: Option<String>,
}

/// A judgement to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// `confirm_false_positive` or `reject_false_positive`.
    kind: DecisionKind,
    /// On which findings: at least one, 10,000 at most.
    findings: Vec<FindingId>,
    /// Why; required to reject.
    #[serde(default)]
    comment: String,
}

/// A decision that was recorded.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// Its id.
    decision: DecisionId,
}

/// Acknowledges, comments, assigns, links a ticket, sets a due date, claims a false positive, reopens, or takes one of these away.
#[utoipa::path(post, path = "/api/v1/decisions", tag = "decide", request_body = NewDecision,
    responses((status = 201, body = Decided), (status = 400), (status = 403), (status = 404), (status = 409)))]
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewDecision>,
) -> Result<(StatusCode, Json<Decided>)> {
    tokens::reach_findings(&app, &visitor, &new.findings).await?;
    if new.matching.is_some() {
        tokens::reach_all(&visitor)?;
    }
    if matches!(new.kind, DecisionKind::ConfirmFalsePositive | DecisionKind::RejectFalsePositive) {
        return Err(Error::Invalid { key: "error-review-elsewhere", value: new.kind.to_string() });
    }
    let ticket = new.ticket.as_deref().map(|text| decisions::ticket(&app.config.tickets, text)).transpose()?;
    let due = new.due.as_deref().map(decisions::due_date).transpose()?;
    let values = [new.assignee.is_some(), ticket.is_some(), due.is_some()];
    let takes = [DecisionKind::Assign, DecisionKind::LinkTicket, DecisionKind::SetDue].map(|kind| kind == new.kind);
    let act = Act::recorded(new.kind, new.assignee, ticket, due).filter(|_| values == takes);
    let act = act.ok_or_else(|| Error::Invalid { key: "error-invalid-decision", value: new.kind.to_string() })?;
    let (by, at) = (actor(visitor), app.clock.now());
    let decision = match (new.matching, new.expected) {
        (None, None) => decisions::decide(&app.db, &by, &act, &new.findings, &new.comment, at).await?,
        (Some(query), Some(expected)) if new.findings.is_empty() => {
            let filter = FindingFilter::from_query(&query)?;
            decisions::decide_matching(&app.db, &by, &act, (&filter, expected), &new.comment, at).await?
        }
        _ => return Err(Error::Invalid { key: "error-decision-selection", value: String::new() }),
    };
    Ok((StatusCode::CREATED, Json(Decided { decision })))
}

/// Confirms or rejects what somebody else claims of findings.
#[utoipa::path(post, path = "/api/v1/decisions/review", tag = "decide", request_body = NewReview,
    responses((status = 201, body = Decided), (status = 400), (status = 403), (status = 404), (status = 409)))]
pub async fn review(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewReview>,
) -> Result<(StatusCode, Json<Decided>)> {
    let reviewer = Reviewer::of(&visitor.roles).ok_or(Error::Forbidden(Permission::Review))?;
    let act = match new.kind {
        DecisionKind::ConfirmFalsePositive => Act::ConfirmFalsePositive(reviewer),
        DecisionKind::RejectFalsePositive => Act::RejectFalsePositive(reviewer),
        other => return Err(Error::Invalid { key: "error-invalid-decision", value: other.to_string() }),
    };
    let at = app.clock.now();
    let decision = decisions::decide(&app.db, &actor(visitor), &act, &new.findings, &new.comment, at).await?;
    Ok((StatusCode::CREATED, Json(Decided { decision })))
}

/// Takes one's own decision back, within a minute and before anything else was decided about its findings.
#[utoipa::path(post, path = "/api/v1/decisions/{id}/undo", tag = "decide", params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = Decided), (status = 403), (status = 404), (status = 409)))]
pub async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Decided>)> {
    let id: DecisionId = id.parse().map_err(|_| Error::NotFound)?;
    let decision = decisions::undo(&app.db, &actor(visitor), id, app.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(Decided { decision })))
}

/// To whom findings can be given. That is told of now alone: `as_of` is refused.
#[utoipa::path(get, path = "/api/v1/assignees", tag = "read",
    responses((status = 200, body = AsOf<Assignees>), (status = 400)))]
pub async fn assignees(
    State(app): State<App>,
    Told(at, known): Told,
    PastAt(past): PastAt,
) -> Result<Json<AsOf<Assignees>>> {
    if let Some(past) = past {
        return Err(Error::Invalid { key: "error-assignees-past", value: Locale::in_address(past) });
    }
    Ok(Json(AsOf::new(at, known, decisions::assignees(&mut *app.db.acquire().await?).await?)))
}

/// What waits for the reader.
#[utoipa::path(get, path = "/api/v1/my-work", tag = "read",
    params(InstantParameter, ("assigned_cursor" = Option<String>, Query), ("mentioned_cursor" = Option<String>, Query),
        ("claims_cursor" = Option<String>, Query)),
    responses((status = 200, body = AsOf<MyWork>), (status = 400)))]
pub async fn my_work(
    State(app): State<App>,
    visitor: Visitor,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<MyWork>>> {
    const ROWS: u32 = 50;
    let query = query.unwrap_or_default();
    let [assigned, mentioned, claims] =
        ["assigned_cursor", "mentioned_cursor", "claims_cursor"].map(|name| parameter(&query, name));
    let pages =
        Pages { assigned: assigned.as_deref(), mentioned: mentioned.as_deref(), claims: claims.as_deref(), rows: ROWS };
    let work = decisions::my_work(&mut *app.db.acquire().await?, visitor.person, &visitor.roles, pages, at).await?;
    Ok(Json(AsOf::new(at, known, work)))
}

fn actor(visitor: Visitor) -> Actor {
    Actor { person: visitor.person, name: visitor.name }
}
