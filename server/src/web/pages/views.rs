//! `/views`: the lists of findings that people saved.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    decisions,
    error::{Error, Result},
    saved_views::{self, Says},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use frontend::{i18n::Locale, pages::saved_views::SavedViewsPage};
use leptos::prelude::*;
use model::{query::at_instant, views::ListView};
use uuid::Uuid;

/// GET `/views`
pub async fn list(State(app): State<App>, visitor: Visitor, frame: Frame) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let views = saved_views::list(&mut db, visitor.person, frame.at()).await?;
    let assignees = decisions::assignees(&mut db).await?;
    let title = frame.locale().t("views-title");
    let person = visitor.person;
    let page = move || view! { <SavedViewsPage views=views assignees=assignees person=person /> };
    Ok(render::page(frame.context, title, page))
}

/// GET `/views/{id}`: leads to the list, at the instant that is asked about. The link works at any instant, so that the
/// view is looked for now.
pub async fn open(State(app): State<App>, visitor: Visitor, frame: Frame, Path(id): Path<String>) -> Result<Redirect> {
    let now = app.clock.now();
    let view = saved_views::find(&mut *app.db.acquire().await?, visitor.person, read_id(&id)?, now).await?;
    // Read anew, since what is kept may be older than the words of today.
    let query = ListView::from_query(&view.query)?.to_query();
    let address = if query.is_empty() { "/findings".to_owned() } else { format!("/findings?{query}") };
    let past = frame.context.moment.past.map(|_| Locale::in_address(frame.at()));
    Ok(Redirect::to(&at_instant(&address, past.as_deref())))
}

/// POST `/views`: saves the list that the form names.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Redirect> {
    saved_views::save(&app, &visitor, &says(&form, form.one("query").unwrap_or_default())?).await?;
    Ok(told("/views", "view-saved"))
}

/// POST `/views/{id}/change`: another name, and whether it is shared.
pub async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Result<Redirect> {
    saved_views::change(&app, &visitor, read_id(&id)?, |before| says(&form, &before.query)).await?;
    Ok(told("/views", "view-changed"))
}

/// POST `/views/{id}/remove`
pub async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Redirect> {
    saved_views::remove(&app, &visitor, read_id(&id)?).await?;
    Ok(told("/views", "view-removed"))
}

fn says(form: &Form, query: &str) -> Result<Says> {
    Says::read(form.one("name").unwrap_or_default(), query, form.one("shared").is_some())
}

fn read_id(id: &str) -> Result<Uuid> {
    id.parse().map_err(|_| Error::NotFound)
}
