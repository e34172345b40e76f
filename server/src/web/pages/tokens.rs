//! `/tokens`: one's own tokens of the API; everybody's for administrators.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    clusters,
    error::{Error, Result},
    tokens,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use frontend::pages::tokens::{NewToken, TokensPage};
use leptos::prelude::*;
use model::role::Permission;
use uuid::Uuid;

/// GET `/tokens`
pub async fn list(State(app): State<App>, frame: Frame, visitor: Visitor) -> Result<Response> {
    shown(&app, frame, &visitor, None).await
}

/// POST `/tokens`: makes one, and answers with the page that tells it. No redirect: a token stands in no address.
pub async fn create(State(app): State<App>, frame: Frame, visitor: Visitor, form: Form) -> Result<Response> {
    let scopes = form.all("scope").map(|word| {
        word.parse::<Permission>().map_err(|_| Error::Invalid { key: "error-token-scopes", value: word.to_owned() })
    });
    let days = form.one("days").unwrap_or_default().trim();
    let most = app.config.tokens.max_days.to_string();
    let new = tokens::New {
        name: form.one("name").unwrap_or_default().to_owned(),
        scopes: scopes.collect::<Result<_>>()?,
        clusters: form.all("cluster").map(ToOwned::to_owned).collect(),
        days: days.parse().map_err(|_| Error::Invalid { key: "error-token-days", value: most })?,
    };
    let tokens::Made { secret, .. } = tokens::create(&app, &visitor, &new).await?;
    shown(&app, frame, &visitor, Some(NewToken { secret })).await
}

/// POST `/tokens/{id}/revoke`
pub async fn revoke(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Redirect> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    tokens::revoke(&app, &visitor, id).await?;
    Ok(told("/tokens", "token-revoked"))
}

async fn shown(app: &App, frame: Frame, visitor: &Visitor, made: Option<NewToken>) -> Result<Response> {
    let rows = tokens::list(app, visitor, frame.at()).await?;
    let clusters = clusters::names(&mut *app.db.acquire().await?, frame.at()).await?;
    let most_days = app.config.tokens.max_days.get();
    let title = frame.locale().t("nav-tokens");
    Ok(render::page(frame.context, title, move || {
        view! { <TokensPage tokens=rows clusters=clusters most_days=most_days made=made /> }
    }))
}
