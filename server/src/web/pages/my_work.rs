//! `/my-work`: what waits for the reader.

use super::{deciding::undoable, frame::Frame};
use crate::{
    app::App,
    auth::Visitor,
    decisions::{self, Pages},
    error::Result,
    web::render,
};
use axum::{extract::State, response::Response};
use frontend::pages::my_work::MyWorkPage;
use leptos::prelude::*;

/// Rows of each list.
const ROWS: u32 = 20;

/// GET `/my-work`
pub async fn show(State(app): State<App>, visitor: Visitor, frame: Frame) -> Result<Response> {
    let [assigned, mentioned, claims] =
        ["assigned_cursor", "mentioned_cursor", "claims_cursor"].map(|name| frame.parameter(name));
    let pages =
        Pages { assigned: assigned.as_deref(), mentioned: mentioned.as_deref(), claims: claims.as_deref(), rows: ROWS };
    let mut db = app.db.acquire().await?;
    let work = decisions::my_work(&mut db, visitor.person, &visitor.roles, pages, frame.at()).await?;
    let undoable = undoable(&mut db, &visitor, &frame).await?;
    let title = frame.locale().t("nav-my-work");
    Ok(render::page(frame.context, title, move || view! { <MyWorkPage work=work undoable=undoable /> }))
}
