//! Risk acceptances.

use super::{AsOf, InstantParameter, JsonBody, read::parameter};
use crate::{
    acceptances::{self, By, NewAcceptance, Upload},
    app::App,
    auth::Visitor,
    error::{Error, Result},
    web::{
        At, Reading, Told, calendar,
        pages::acceptances::{answer, read_id, scope},
    },
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use model::{
    acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, EndsOn},
    ids::{AcceptanceId, AttachmentId, FindingId},
    views::{AcceptanceDetail, AcceptanceLists, AcceptancePreview, FindingAcceptance},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A risk acceptance to ask for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedAcceptance {
    /// What it is about.
    about: AcceptanceScope,
    /// Why the risk is taken; required.
    reason: String,
    /// What holds the risk down meanwhile; required.
    compensating_control: String,
    /// What risk remains.
    #[serde(default)]
    residual_risk: String,
    /// When it is to begin; as soon as it is approved where none is named.
    #[serde(default)]
    begins_at: Option<DateTime<Utc>>,
    /// When it runs out.
    expires_at: DateTime<Utc>,
    /// On what it ends before its time.
    #[serde(default)]
    ends_on: BTreeSet<EndsOn>,
    /// The acceptance that it is to go on from.
    #[serde(default)]
    extends: Option<AcceptanceId>,
}

/// A request that was recorded.
#[derive(Serialize, ToSchema)]
pub struct RequestedAcceptance {
    /// Its id.
    acceptance: AcceptanceId,
}

/// Why something is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Required, but for an approval.
    #[serde(default)]
    comment: String,
}

/// Where an acceptance stands after what was done.
#[derive(Serialize, ToSchema)]
pub struct Stands {
    /// The state.
    state: AcceptanceState,
}

/// A file to attach.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// Its name, of which the end says what it is.
    name: String,
    /// Its content, in base64.
    content: String,
}

/// A file that was attached.
#[derive(Serialize, ToSchema)]
pub struct Attached {
    /// Its id.
    attachment: AttachmentId,
}

/// The acceptances that a finding falls under.
#[derive(Serialize, ToSchema)]
pub struct OfFinding {
    acceptances: Vec<FindingAcceptance>,
}

/// All acceptances, or those that one finding falls under.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Listed {
    /// Without `finding`.
    All(AcceptanceLists),
    /// With `finding`.
    OfFinding(OfFinding),
}

/// Acceptances that wait, those in force with the next to expire first, and a page of those that are over (`before` is
/// `next` of the page before). With `finding`, those that it falls under.
#[utoipa::path(get, path = "/api/v1/acceptances", tag = "acceptances",
    params(InstantParameter, ("before" = Option<uuid::Uuid>, Query), ("finding" = Option<uuid::Uuid>, Query)),
    responses((status = 200, body = AsOf<Listed>), (status = 404)))]
pub async fn list(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<Listed>>> {
    let query = query.unwrap_or_default();
    let mut db = app.db.acquire().await?;
    if let Some(finding) = parameter(&query, "finding") {
        let finding: FindingId = finding.parse().map_err(|_| Error::NotFound)?;
        let acceptances = acceptances::of_finding(&mut db, finding, at).await?;
        return Ok(Json(AsOf::new(at, known, Listed::OfFinding(OfFinding { acceptances }))));
    }
    let before = parameter(&query, "before").map(|id| read_id(&id)).transpose()?;
    Ok(Json(AsOf::new(at, known, Listed::All(acceptances::lists(&mut db, before, at).await?))))
}

/// When acceptances run out, as a calendar (RFC 5545).
#[utoipa::path(get, path = "/api/v1/acceptances/calendar.ics", tag = "acceptances", params(InstantParameter),
    responses((status = 200, body = String, content_type = "text/calendar")))]
pub async fn feed(State(app): State<App>, At(at): At, reading: Reading) -> Result<Response> {
    let lists = acceptances::lists(&mut *app.db.acquire().await?, None, at).await?;
    Ok(calendar::answer(&lists.in_force, &app.config.public_url, reading.locale, at))
}

/// What an acceptance would cover. The scope is in the query: `scope` and what that kind asks for, as `check` and `cluster`.
#[utoipa::path(get, path = "/api/v1/acceptances/preview", tag = "acceptances",
    params(InstantParameter, ("scope" = String, Query), ("finding" = Option<uuid::Uuid>, Query),
        ("check" = Option<String>, Query), ("cluster" = Option<String>, Query), ("namespace" = Option<String>, Query),
        ("workload_kind" = Option<String>, Query), ("workload" = Option<String>, Query), ("team" = Option<String>, Query),
        ("cve" = Option<String>, Query),
        ("selector" = Option<String>, Query, description = "Labels, as `environment in (test,dev),tier!=db`")),
    responses((status = 200, body = AsOf<AcceptancePreview>), (status = 400)))]
pub async fn preview(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<AcceptancePreview>>> {
    let values: Vec<(String, String)> =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let scope = scope(|name| values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()))?;
    let mut db = app.db.acquire().await?;
    let preview = acceptances::preview(&mut db, &app.config.acceptances, &scope, at).await?;
    Ok(Json(AsOf::new(at, known, preview)))
}

/// One acceptance, with what it covers and what was decided.
#[utoipa::path(get, path = "/api/v1/acceptances/{id}", tag = "acceptances", params(InstantParameter, ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = AsOf<AcceptanceDetail>), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<String>,
) -> Result<Json<AsOf<AcceptanceDetail>>> {
    let mut db = app.db.acquire().await?;
    let detail = acceptances::detail(&mut db, read_id(&id)?, at).await?.ok_or(Error::NotFound)?;
    Ok(Json(AsOf::new(at, known, detail)))
}

/// Something that was attached.
#[utoipa::path(get, path = "/api/v1/acceptances/{id}/attachments/{attachment}", tag = "acceptances",
    params(InstantParameter, ("id" = uuid::Uuid, Path), ("attachment" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 404)))]
pub async fn download(State(app): State<App>, At(at): At, path: Path<(String, String)>) -> Result<Response> {
    answer(&app, at, path).await
}

/// Asks for a risk acceptance. Somebody else must approve it.
#[utoipa::path(post, path = "/api/v1/acceptances", tag = "acceptances", request_body = AskedAcceptance,
    responses((status = 201, body = RequestedAcceptance), (status = 400), (status = 403), (status = 409)))]
pub async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(asked): JsonBody<AskedAcceptance>,
) -> Result<(StatusCode, Json<RequestedAcceptance>)> {
    let new = NewAcceptance {
        scope: asked.about,
        reason: asked.reason,
        compensating_control: asked.compensating_control,
        residual_risk: asked.residual_risk,
        begins_at: asked.begins_at,
        expires_at: asked.expires_at,
        ends_on: asked.ends_on,
        extends: asked.extends,
    };
    let by = By::from(visitor);
    let acceptance = acceptances::request(&app.db, &app.config.acceptances, &by, &new, app.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(RequestedAcceptance { acceptance })))
}

/// Attaches a file: PDF, PNG, JPEG, text, CSV, or a document of Office or `LibreOffice`.
#[utoipa::path(post, path = "/api/v1/acceptances/{id}/attachments", tag = "acceptances", request_body = NewAttachment,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = Attached), (status = 400), (status = 403), (status = 404), (status = 409)))]
pub async fn attach(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    JsonBody(new): JsonBody<NewAttachment>,
) -> Result<(StatusCode, Json<Attached>)> {
    let body = STANDARD
        .decode(&new.content)
        .map_err(|error| Error::Invalid { key: "error-invalid-json", value: error.to_string() })?;
    let upload = Upload { name: &new.name, body: &body };
    let (settings, by, now) = (&app.config.acceptances, By::from(visitor), app.clock.now());
    let attachment = acceptances::attach(&app.db, settings, &by, read_id(&id)?, upload, now).await?;
    Ok((StatusCode::CREATED, Json(Attached { attachment })))
}

/// Takes one's own request back.
#[utoipa::path(post, path = "/api/v1/acceptances/{id}/withdraw", tag = "acceptances", request_body = Why,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Stands), (status = 403), (status = 404), (status = 409)))]
pub async fn withdraw(app: State<App>, id: Path<String>, visitor: Visitor, why: JsonBody<Why>) -> Result<Json<Stands>> {
    act(app, id, visitor, why, AcceptanceAct::Withdraw).await
}

/// Approves somebody else's request.
#[utoipa::path(post, path = "/api/v1/acceptances/{id}/approve", tag = "acceptances", request_body = Why,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Stands), (status = 403), (status = 404), (status = 409)))]
pub async fn approve(app: State<App>, id: Path<String>, visitor: Visitor, why: JsonBody<Why>) -> Result<Json<Stands>> {
    act(app, id, visitor, why, AcceptanceAct::Approve).await
}

/// Rejects somebody else's request.
#[utoipa::path(post, path = "/api/v1/acceptances/{id}/reject", tag = "acceptances", request_body = Why,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Stands), (status = 403), (status = 404), (status = 409)))]
pub async fn reject(app: State<App>, id: Path<String>, visitor: Visitor, why: JsonBody<Why>) -> Result<Json<Stands>> {
    act(app, id, visitor, why, AcceptanceAct::Reject).await
}

/// Ends one that was approved, before its time.
#[utoipa::path(post, path = "/api/v1/acceptances/{id}/revoke", tag = "acceptances", request_body = Why,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Stands), (status = 403), (status = 404), (status = 409)))]
pub async fn revoke(app: State<App>, id: Path<String>, visitor: Visitor, why: JsonBody<Why>) -> Result<Json<Stands>> {
    act(app, id, visitor, why, AcceptanceAct::Revoke).await
}

async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    JsonBody(why): JsonBody<Why>,
    act: AcceptanceAct,
) -> Result<Json<Stands>> {
    let (by, id) = (By::from(visitor), read_id(&id)?);
    let state = acceptances::act(&app.db, &by, id, act, &why.comment, app.clock.now()).await?;
    Ok(Json(Stands { state }))
}
