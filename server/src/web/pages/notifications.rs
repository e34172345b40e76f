//! `/notifications`: one's own rules; for administrators channels, teams' rules, the delivery log.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    clusters,
    config::notify::PERSONAL,
    decisions::Actor,
    error::{Error, Result},
    notify::{self, NewRule},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use chrono::NaiveTime;
use frontend::pages::notifications::{ChannelsPage, Choices, DeliveryLogPage, NotificationsPage};
use leptos::prelude::*;
use model::{
    ids::{ControlId, MessageId, RuleId},
    notify::MessageState,
};

/// Rows of a page of the log.
const ROWS: u32 = 50;

/// GET `/notifications`
pub async fn own(State(app): State<App>, frame: Frame, visitor: Visitor) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let rules = notify::own(&mut db, visitor.person, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let address = visitor.email.filter(|_| app.channels.kind(PERSONAL).is_some());
    let title = frame.locale().t("nav-notifications");
    let choices = Choices { channels: vec![], clusters };
    Ok(render::page(frame.context, title, move || {
        view! { <NotificationsPage rules=rules address=address choices=choices /> }
    }))
}

/// POST `/notifications/rules`
pub async fn add(State(app): State<App>, frame: Frame, visitor: Visitor, form: Form) -> Result<Redirect> {
    let rule = NewRule { team: None, channel: PERSONAL.into(), own_namespaces: false, ..read(&frame, &form)? };
    notify::add(&app.db, &app.channels, &actor(visitor), &rule, app.clock.now()).await?;
    Ok(told("/notifications", "rule-added"))
}

/// POST `/notifications/rules/{id}/end`
pub async fn end(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Result<Redirect> {
    notify::end(&app.db, &actor(visitor), rule_id(&id)?, false, app.clock.now()).await?;
    Ok(told("/notifications", "rule-ended"))
}

/// GET `/notifications/channels`
pub async fn channels(State(app): State<App>, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let channels = notify::channels(&mut db, &app.channels, frame.at()).await?;
    let rules = notify::of_teams(&mut db, frame.at()).await?;
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let title = frame.locale().t("notify-channels");
    Ok(render::page(frame.context, title, move || {
        view! { <ChannelsPage channels=channels rules=rules clusters=clusters /> }
    }))
}

/// POST `/notifications/channels/{name}/test`
pub async fn test(
    State(app): State<App>,
    Path(name): Path<String>,
    frame: Frame,
    visitor: Visitor,
) -> Result<Redirect> {
    let state = notify::test(&app, &actor(visitor), &name, frame.locale()).await?;
    let notice = if state == MessageState::Sent { "test-sent" } else { "test-failed" };
    Ok(told("/notifications/channels", notice))
}

/// POST `/notifications/team-rules`
pub async fn add_for_team(State(app): State<App>, frame: Frame, visitor: Visitor, form: Form) -> Result<Redirect> {
    let team = form.one("team").unwrap_or_default().trim().to_owned();
    let channel = form.one("channel").unwrap_or_default().to_owned();
    let own_namespaces = form.one("own_namespaces").is_some();
    let rule = NewRule { team: Some(team), channel, own_namespaces, ..read(&frame, &form)? };
    notify::add(&app.db, &app.channels, &actor(visitor), &rule, app.clock.now()).await?;
    Ok(told("/notifications/channels", "rule-added"))
}

/// POST `/notifications/team-rules/{id}/end`
pub async fn end_of_team(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Result<Redirect> {
    notify::end(&app.db, &actor(visitor), rule_id(&id)?, true, app.clock.now()).await?;
    Ok(told("/notifications/channels", "rule-ended"))
}

/// GET `/notifications/log`
pub async fn log(State(app): State<App>, frame: Frame) -> Result<Response> {
    messages(&app, frame, false).await
}

/// GET `/notifications/dead`
pub async fn dead(State(app): State<App>, frame: Frame) -> Result<Response> {
    messages(&app, frame, true).await
}

async fn messages(app: &App, frame: Frame, dead: bool) -> Result<Response> {
    let cursor = frame.parameter("cursor");
    let log = notify::log(&mut *app.db.acquire().await?, frame.at(), dead, cursor.as_deref(), ROWS).await?;
    let title = frame.locale().t(if dead { "notify-dead" } else { "notify-log" });
    Ok(render::page(frame.context, title, move || view! { <DeliveryLogPage log=log dead=dead /> }))
}

/// POST `/notifications/messages/{id}/again`
pub async fn again(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Result<Redirect> {
    let id: MessageId = id.parse().map_err(|_| Error::NotFound)?;
    notify::again(&app, &actor(visitor), id).await?;
    Ok(told("/notifications/dead", "message-again"))
}

/// What every rule's form has.
fn read(frame: &Frame, form: &Form) -> Result<NewRule> {
    let invalid = |key, value: &str| Error::Invalid { key, value: value.to_owned() };
    let time = |name| -> Result<Option<NaiveTime>> {
        let Some(text) = form.one(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        NaiveTime::parse_from_str(text, "%H:%M").map(Some).map_err(|_| invalid("error-notify-quiet", text))
    };
    let quiet = match (time("quiet_from")?, time("quiet_until")?) {
        (Some(from), Some(until)) => Some((from, until)),
        (None, None) => None,
        _ => return Err(invalid("error-notify-quiet", "")),
    };
    let severity = form.one("min_severity").unwrap_or("unknown");
    let zone = form.one("time_zone").unwrap_or_else(|| frame.locale().time_zone.name());
    let language = form.one("language").unwrap_or_else(|| frame.locale().language.tag());
    let language: frontend::i18n::Language = language.parse().map_err(|_| invalid("error-notify-filter", language))?;
    Ok(NewRule {
        team: None,
        channel: String::new(),
        kinds: words(form, "kind")?,
        min_severity: severity.parse().map_err(|_| invalid("error-notify-filter", severity))?,
        clusters: form.all("cluster").map(ToOwned::to_owned).collect(),
        sources: words(form, "source")?,
        controls: form.all("control").map(ControlId::from).collect(),
        own_namespaces: false,
        quiet,
        time_zone: zone.parse().map_err(|_| invalid("error-notify-filter", zone))?,
        language: language.tag().to_owned(),
    })
}

fn words<T: std::str::FromStr>(form: &Form, name: &str) -> Result<Vec<T>> {
    let word =
        |text: &str| text.parse().map_err(|_| Error::Invalid { key: "error-notify-filter", value: text.to_owned() });
    form.all(name).map(word).collect()
}

fn rule_id(id: &str) -> Result<RuleId> {
    id.parse().map_err(|_| Error::NotFound)
}

fn actor(visitor: Visitor) -> Actor {
    Actor { person: visitor.person, name: visitor.name }
}
