//! Deciding: one decision on one finding or on many.

use super::JsonBody;
use crate::{app::App, auth::Visitor, decisions, error::Result, tokens};
use axum::{Json, extract::State, http::StatusCode};
use model::{
    finding::DecisionKind,
    ids::{DecisionId, FindingId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A decision to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What.
    kind: DecisionKind,
    /// On which findings: at least one, 1,000 at most.
    findings: Vec<FindingId>,
    /// Why; required, 4,000 characters at most.
    comment: String,
}

/// A decision that was recorded.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// Its id.
    decision: DecisionId,
}

/// Acknowledges, withdraws an acknowledgement, or comments.
#[utoipa::path(post, path = "/api/v1/decisions", tag = "decide", request_body = NewDecision,
    responses((status = 201, body = Decided), (status = 400), (status = 403), (status = 404), (status = 409)))]
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewDecision>,
) -> Result<(StatusCode, Json<Decided>)> {
    tokens::reach_findings(&app, &visitor, &new.findings).await?;
    let actor = decisions::Actor { person: visitor.person, name: visitor.name };
    let decision = decisions::decide(&app.db, &actor, new.kind, &new.findings, &new.comment, app.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(Decided { decision })))
}
