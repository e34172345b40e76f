//! `/people`: for administrators, everybody who has logged in, and the ending of their sessions.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    people::{self, Sought},
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use frontend::pages::people::PeoplePageView;
use leptos::prelude::*;
use model::{ids::PersonId, views::PeoplePage};
use url::form_urlencoded;

/// People of a page.
const ROWS: u32 = 50;

/// GET `/people`
pub async fn list(State(app): State<App>, frame: Frame) -> Result<Response> {
    let text = frame.parameter("text").unwrap_or_default();
    let sought = Sought { text: text.clone(), cursor: frame.parameter("cursor"), rows: ROWS };
    let PeoplePage { people, next } = people::page(&app, &sought, frame.at()).await?;
    let next = next.map(|cursor| address(&text, Some(&cursor)));
    let first = sought.cursor.map(|_| address(&text, None));
    let title = frame.locale().t("nav-people");
    Ok(render::page(frame.context, title, move || {
        view! { <PeoplePageView people=people text=text first=first next=next /> }
    }))
}

/// POST `/people/{id}/end-sessions`
pub async fn end_sessions(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Result<Redirect> {
    let person: PersonId = id.parse().map_err(|_| Error::NotFound)?;
    let ended = people::end_sessions(&app, &visitor, person).await?;
    Ok(told(&form.back(&app, "/people"), &format!("sessions-ended.{ended}")))
}

/// The list of whom a text finds, from a place on.
fn address(text: &str, cursor: Option<&str>) -> String {
    let text = Some(("text", text)).filter(|(_, text)| !text.is_empty());
    let pairs = text.into_iter().chain(cursor.map(|cursor| ("cursor", cursor)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { "/people".into() } else { format!("/people?{query}") }
}
