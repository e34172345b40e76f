//! `/acceptances`: risk acceptances, asking for one, and deciding.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    acceptances::{self, By, Download, NewAcceptance, Upload},
    app::App,
    auth::Visitor,
    clusters,
    error::{Error, Result},
    web::{At, calendar, render},
};
use axum::{
    extract::{Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use frontend::pages::{acceptance::AcceptancePage, acceptance_new::NewAcceptancePage, acceptances::AcceptancesPage};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use leptos::prelude::*;
use model::{
    Instant,
    acceptance::{AcceptanceAct, AcceptanceScope, EndsOn},
    ids::{AcceptanceId, AttachmentId},
    labels::Selector,
};
use std::collections::BTreeSet;
use url::form_urlencoded;

/// GET `/acceptances`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let before = frame.parameter("before").map(|id| read_id(&id)).transpose()?;
    let lists = acceptances::lists(&mut *app.db.acquire().await?, before, frame.at()).await?;
    let title = frame.locale().t("nav-acceptances");
    let feed = calendar::address(&app.config.public_url);
    Ok(render::page(frame.context, title, move || {
        view! { <AcceptancesPage lists=lists continued=before.is_some() feed=feed /> }
    }))
}

/// GET `/acceptances.ics`
pub async fn feed(State(app): State<App>, frame: Frame) -> Result<Response> {
    let lists = acceptances::lists(&mut *app.db.acquire().await?, None, frame.at()).await?;
    Ok(calendar::answer(&lists.in_force, &app.config.public_url, frame.locale(), frame.at()))
}

/// GET `/acceptances/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<String>, visitor: Visitor, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let acceptance = acceptances::detail(&mut db, read_id(&id)?, frame.at()).await?.ok_or(Error::NotFound)?;
    let title = frame.locale().t("nav-acceptances");
    Ok(render::page(frame.context, title, move || {
        view! { <AcceptancePage acceptance=acceptance reader=visitor.person /> }
    }))
}

/// GET `/acceptances/new`: without a scope in the address, what can be chosen; with one, what it would cover.
pub async fn new(State(app): State<App>, frame: Frame) -> Result<Response> {
    let values: Vec<(String, String)> = form_urlencoded::parse(frame.query.as_bytes()).into_owned().collect();
    let extends = frame.parameter("extends").map(|id| read_id(&id)).transpose()?;
    let mut db = app.db.acquire().await?;
    let chosen = if values.iter().any(|(name, _)| name == "scope") {
        let scope = scope(|name| values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()))?;
        let preview = acceptances::preview(&mut db, &app.config.acceptances, &scope, frame.at()).await?;
        Some((scope, preview))
    } else {
        None
    };
    let clusters = clusters::names(&mut db, frame.at()).await?;
    let teams = acceptances::teams(&mut db, frame.at()).await?;
    let label_keys = acceptances::label_keys(&mut db, frame.at()).await?;
    let title = frame.locale().t("acceptance-new");
    Ok(render::page(frame.context, title, move || {
        view! { <NewAcceptancePage chosen=chosen extends=extends clusters=clusters teams=teams label_keys=label_keys /> }
    }))
}

/// POST `/acceptances`
pub async fn ask(State(app): State<App>, frame: Frame, visitor: Visitor, form: Form) -> Result<Redirect> {
    let text = |name: &str| form.one(name).unwrap_or_default().to_owned();
    let instant = |name: &str| -> Result<Option<Instant>> {
        let Some(text) = form.one(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let unreadable = || Error::Invalid { key: "error-acceptance-instant", value: text.to_owned() };
        let asked = frame.locale().read_instant(text).map_err(|_| unreadable())?;
        // A day means its end; a minute its beginning.
        Ok(Some(asked.as_of(Instant::MIN_UTC)))
    };
    let missing = Error::Invalid { key: "error-acceptance-instant", value: String::new() };
    let ends_on = form.all("ends_on").map(|word| {
        word.parse::<EndsOn>()
            .map_err(|_| Error::Invalid { key: "error-invalid-filter", value: format!("ends_on={word}") })
    });
    let new = NewAcceptance {
        scope: scope(|name| form.one(name))?,
        reason: text("reason"),
        compensating_control: text("compensating_control"),
        residual_risk: text("residual_risk"),
        begins_at: instant("begins_at")?,
        expires_at: instant("expires_at")?.ok_or(missing)?,
        ends_on: ends_on.collect::<Result<BTreeSet<_>>>()?,
        extends: form.one("extends").map(read_id).transpose()?,
    };
    let by = By::from(visitor);
    let id = acceptances::request(&app.db, &app.config.acceptances, &by, &new, app.clock.now()).await?;
    Ok(told(&format!("/acceptances/{id}"), "acceptance-requested"))
}

/// POST `/acceptances/{id}/approve`
pub async fn approve(app: State<App>, id: Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    act(app, id, visitor, form, AcceptanceAct::Approve, "acceptance-approved").await
}

/// POST `/acceptances/{id}/reject`
pub async fn reject(app: State<App>, id: Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    act(app, id, visitor, form, AcceptanceAct::Reject, "acceptance-rejected").await
}

/// POST `/acceptances/{id}/revoke`
pub async fn revoke(app: State<App>, id: Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    act(app, id, visitor, form, AcceptanceAct::Revoke, "acceptance-revoked").await
}

/// POST `/acceptances/{id}/withdraw`
pub async fn withdraw(app: State<App>, id: Path<String>, visitor: Visitor, form: Form) -> Result<Redirect> {
    act(app, id, visitor, form, AcceptanceAct::Withdraw, "acceptance-withdrawn").await
}

async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    form: Form,
    act: AcceptanceAct,
    notice: &str,
) -> Result<Redirect> {
    let id = read_id(&id)?;
    let comment = form.one("comment").unwrap_or_default();
    acceptances::act(&app.db, &By::from(visitor), id, act, comment, app.clock.now()).await?;
    Ok(told(&format!("/acceptances/{id}"), notice))
}

/// POST `/acceptances/{id}/attachments`
pub async fn attach(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    form: Option<Multipart>,
) -> Result<Redirect> {
    let id = read_id(&id)?;
    let back = format!("/acceptances/{id}");
    let mut form = form.ok_or(Error::UnsupportedMedia)?;
    while let Some(field) = form.next_field().await.map_err(|_| Error::TooLarge)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let body = field.bytes().await.map_err(|_| Error::TooLarge)?;
        if body.is_empty() {
            break;
        }
        let upload = Upload { name: &name, body: &body };
        acceptances::attach(&app.db, &app.config.acceptances, &By::from(visitor), id, upload, app.clock.now()).await?;
        return Ok(told(&back, "acceptance-attached"));
    }
    Ok(told(&back, "attachment-missing"))
}

/// GET `/acceptances/{id}/attachments/{attachment}`
pub async fn download(State(app): State<App>, At(at): At, path: Path<(String, String)>) -> Result<Response> {
    answer(&app, at, path).await
}

/// The answer that brings an attachment: a download, of the type that its content agreed with, and never looked at.
pub(in crate::web) async fn answer(
    app: &App,
    at: Instant,
    Path((id, attachment)): Path<(String, String)>,
) -> Result<Response> {
    let attachment: AttachmentId = attachment.parse().map_err(|_| Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let found = acceptances::download(&mut db, read_id(&id)?, attachment, at).await?;
    let Download { name, media_type, body } = found.ok_or(Error::NotFound)?;
    let headers = [
        (CONTENT_TYPE, media_type),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// The scope that named values tell.
pub(in crate::web) fn scope<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<AcceptanceScope> {
    let kind = value("scope").unwrap_or_default().to_owned();
    let selector = value("selector").filter(|text| kind == "labels" && !text.trim().is_empty());
    if let Some(text) = selector.filter(|text| text.parse::<Selector>().is_err()) {
        return Err(Error::Invalid { key: "error-acceptance-selector", value: text.chars().take(200).collect() });
    }
    AcceptanceScope::from_values(value).ok_or(Error::Invalid { key: "error-acceptance-scope", value: kind })
}

pub(in crate::web) fn read_id(id: &str) -> Result<AcceptanceId> {
    id.parse().map_err(|_| Error::NotFound)
}
