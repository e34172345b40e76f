//! Rules of notifications; for administrators channels, teams' rules, and messages with what became of them.

use super::{AsOf, InstantParameter, JsonBody};
use crate::{
    app::App,
    auth::Visitor,
    config::notify::PERSONAL,
    decisions::Actor,
    error::{Error, Result},
    notify,
    web::{Reading, Told},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::NaiveTime;
use model::{
    ids::{ControlId, FindingId, MessageId, RuleId},
    notify::{EventKind, MessageState},
    severity::Severity,
    source::Source,
    views::{NotificationChannel, NotificationLog, NotificationRule, NotificationTicket},
};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::ToSchema;

/// Rows of a page of messages.
const ROWS: u32 = 200;

/// A rule to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleToAdd {
    /// The team; only, and always, of a team's rule.
    #[serde(default)]
    team: Option<String>,
    /// The channel; only, and always, of a team's rule: one's own goes to one's own address.
    #[serde(default)]
    channel: Option<String>,
    /// What is told; at least one.
    kinds: Vec<EventKind>,
    /// The least severity told of.
    min_severity: Severity,
    /// Clusters by name; all where empty.
    #[serde(default)]
    clusters: Vec<String>,
    /// Sources; all where empty.
    #[serde(default)]
    sources: Vec<Source>,
    /// Controls; all where empty.
    #[serde(default)]
    controls: Vec<ControlId>,
    /// Only namespaces that name the team as their own.
    #[serde(default)]
    own_namespaces: bool,
    /// When quiet hours begin, as `22:00`.
    #[serde(default)]
    quiet_from: Option<String>,
    /// When they end.
    #[serde(default)]
    quiet_until: Option<String>,
    /// The time zone, as an IANA name; the organisation's where it is not given.
    #[serde(default)]
    time_zone: Option<String>,
    /// `en` or `da`; the organisation's where it is not given.
    #[serde(default)]
    language: Option<String>,
}

impl RuleToAdd {
    fn read(self, app: &App) -> Result<notify::NewRule> {
        let invalid = |key, value: String| Error::Invalid { key, value };
        let time = |text: &String| {
            NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| invalid("error-notify-quiet", text.clone()))
        };
        let quiet = match (&self.quiet_from, &self.quiet_until) {
            (Some(from), Some(until)) => Some((time(from)?, time(until)?)),
            (None, None) => None,
            _ => return Err(invalid("error-notify-quiet", String::new())),
        };
        let time_zone = match self.time_zone {
            Some(name) => name.parse().map_err(|_| invalid("error-notify-filter", name))?,
            None => app.config.time_zone,
        };
        let language = self.language.unwrap_or_else(|| app.config.language.clone());
        let tag: frontend::i18n::Language =
            language.parse().map_err(|_| invalid("error-notify-filter", language.clone()))?;
        Ok(notify::NewRule {
            team: self.team,
            channel: self.channel.unwrap_or_else(|| PERSONAL.to_owned()),
            kinds: self.kinds,
            min_severity: self.min_severity,
            clusters: self.clusters,
            sources: self.sources,
            controls: self.controls,
            own_namespaces: self.own_namespaces,
            quiet,
            time_zone,
            language: tag.tag().to_owned(),
        })
    }
}

/// A rule that was added.
#[derive(Serialize, ToSchema)]
pub struct AddedRule {
    /// Its id.
    rule: RuleId,
}

/// Where a message stands.
#[derive(Serialize, ToSchema)]
pub struct Standing {
    /// Its state.
    state: MessageState,
}

/// The tickets that stand for a finding.
#[derive(Serialize, ToSchema)]
pub struct Tickets {
    /// The oldest first.
    tickets: Vec<NotificationTicket>,
}

/// Rules in force.
#[derive(Serialize, ToSchema)]
pub struct Rules {
    /// The oldest first.
    rules: Vec<NotificationRule>,
}

/// The channels of the configuration.
#[derive(Serialize, ToSchema)]
pub struct Channels {
    /// In the order of their names.
    channels: Vec<NotificationChannel>,
}

/// The tickets that stand for a finding.
#[utoipa::path(get, path = "/api/v1/findings/{id}/tickets", tag = "read", params(InstantParameter, ("id" = FindingId, Path)),
    responses((status = 200, body = AsOf<Tickets>), (status = 404)))]
pub async fn tickets(
    State(app): State<App>,
    Told(at, known): Told,
    Path(id): Path<String>,
) -> Result<Json<AsOf<Tickets>>> {
    let id: FindingId = id.parse().map_err(|_| Error::NotFound)?;
    let tickets = notify::tickets(&mut *app.db.acquire().await?, id, at).await?;
    Ok(Json(AsOf::new(at, known, Tickets { tickets })))
}

/// One's own rules in force.
#[utoipa::path(get, path = "/api/v1/notifications/rules", tag = "notifications", params(InstantParameter),
    responses((status = 200, body = AsOf<Rules>)))]
pub async fn own(State(app): State<App>, Told(at, known): Told, visitor: Visitor) -> Result<Json<AsOf<Rules>>> {
    let rules = notify::own(&mut *app.db.acquire().await?, visitor.person, at).await?;
    Ok(Json(AsOf::new(at, known, Rules { rules })))
}

/// Adds a rule of one's own, to one's own mail address.
#[utoipa::path(post, path = "/api/v1/notifications/rules", tag = "notifications", request_body = RuleToAdd,
    responses((status = 201, body = AddedRule), (status = 400)))]
pub async fn add(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(rule): JsonBody<RuleToAdd>,
) -> Result<(StatusCode, Json<AddedRule>)> {
    let rule = notify::NewRule { team: None, ..rule.read(&app)? };
    added(&app, visitor, &rule).await
}

/// Ends a rule of one's own.
#[utoipa::path(post, path = "/api/v1/notifications/rules/{id}/end", tag = "notifications", params(("id" = RuleId, Path)),
    responses((status = 204), (status = 404)))]
pub async fn end(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<StatusCode> {
    notify::end(&app.db, &actor(visitor), rule_id(&id)?, false, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every channel of the configuration, with how it stands.
#[utoipa::path(get, path = "/api/v1/notifications/channels", tag = "notifications", params(InstantParameter),
    responses((status = 200, body = AsOf<Channels>), (status = 403)))]
pub async fn channels(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<Channels>>> {
    let channels = notify::channels(&mut *app.db.acquire().await?, &app.channels, at).await?;
    Ok(Json(AsOf::new(at, known, Channels { channels })))
}

/// Sends a test by a channel, at once.
#[utoipa::path(post, path = "/api/v1/notifications/channels/{name}/test", tag = "notifications", params(("name" = String, Path)),
    responses((status = 200, body = Standing), (status = 403), (status = 404)))]
pub async fn test(
    State(app): State<App>,
    reading: Reading,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Json<Standing>> {
    Ok(Json(Standing { state: notify::test(&app, &actor(visitor), &name, reading.locale).await? }))
}

/// The rules of teams in force.
#[utoipa::path(get, path = "/api/v1/notifications/team-rules", tag = "notifications", params(InstantParameter),
    responses((status = 200, body = AsOf<Rules>), (status = 403)))]
pub async fn of_teams(State(app): State<App>, Told(at, known): Told) -> Result<Json<AsOf<Rules>>> {
    let rules = notify::of_teams(&mut *app.db.acquire().await?, at).await?;
    Ok(Json(AsOf::new(at, known, Rules { rules })))
}

/// Adds a rule of a team.
#[utoipa::path(post, path = "/api/v1/notifications/team-rules", tag = "notifications", request_body = RuleToAdd,
    responses((status = 201, body = AddedRule), (status = 400), (status = 403)))]
pub async fn add_for_team(
    State(app): State<App>,
    visitor: Visitor,
    JsonBody(rule): JsonBody<RuleToAdd>,
) -> Result<(StatusCode, Json<AddedRule>)> {
    let rule = rule.read(&app)?;
    let rule = notify::NewRule { team: Some(rule.team.clone().unwrap_or_default()), ..rule };
    added(&app, visitor, &rule).await
}

/// Ends a rule of a team.
#[utoipa::path(post, path = "/api/v1/notifications/team-rules/{id}/end", tag = "notifications", params(("id" = RuleId, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn end_of_team(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<StatusCode> {
    notify::end(&app.db, &actor(visitor), rule_id(&id)?, true, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Messages and what became of them, the newest first.
#[utoipa::path(get, path = "/api/v1/notifications/messages", tag = "notifications", params(InstantParameter, ("dead" = Option<bool>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = AsOf<NotificationLog>), (status = 403)))]
pub async fn messages(
    State(app): State<App>,
    Told(at, known): Told,
    RawQuery(query): RawQuery,
) -> Result<Json<AsOf<NotificationLog>>> {
    let query = query.unwrap_or_default();
    let value =
        |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value);
    let dead = value("dead").is_some_and(|value| value == "true");
    let mut db = app.db.acquire().await?;
    Ok(Json(AsOf::new(at, known, notify::log(&mut db, at, dead, value("cursor").as_deref(), ROWS).await?)))
}

/// Gives a message that was given up another round of attempts.
#[utoipa::path(post, path = "/api/v1/notifications/messages/{id}/again", tag = "notifications", params(("id" = MessageId, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub async fn again(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<StatusCode> {
    let id: MessageId = id.parse().map_err(|_| Error::NotFound)?;
    notify::again(&app, &actor(visitor), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn added(app: &App, visitor: Visitor, rule: &notify::NewRule) -> Result<(StatusCode, Json<AddedRule>)> {
    let rule = notify::add(&app.db, &app.channels, &actor(visitor), rule, app.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(AddedRule { rule })))
}

fn rule_id(id: &str) -> Result<RuleId> {
    id.parse().map_err(|_| Error::NotFound)
}

fn actor(visitor: Visitor) -> Actor {
    Actor { person: visitor.person, name: visitor.name }
}
