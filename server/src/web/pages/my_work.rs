//! `/my-work`: what waits for the reader.

use super::{deciding::undoable, findings::visit, frame::Frame};
use crate::{
    app::App,
    auth::Visitor,
    decisions::{self, Pages},
    error::Result,
    findings,
    web::render,
};
use axum::{extract::State, response::Response};
use frontend::pages::my_work::MyWorkPage;
use leptos::prelude::*;
use model::{
    Instant,
    finding::FindingState,
    views::{ChangedFilter, Count, FindingFilter, MyWork},
};
use sqlx::PgConnection;

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
    let news = news(&mut db, &work, visit(&app, &visitor, &frame).await?, &frame).await?;
    let undoable = undoable(&mut db, &visitor, &frame).await?;
    let title = frame.locale().t("nav-my-work");
    Ok(render::page(frame.context, title, move || view! { <MyWorkPage work=work news=news undoable=undoable /> }))
}

/// How much of what is the reader's changed since their last visit, in whatever state, with the query that lists it;
/// nothing on a page of the past.
async fn news(
    db: &mut PgConnection,
    work: &MyWork,
    since: Option<Instant>,
    frame: &Frame,
) -> Result<Option<(Count, String)>> {
    if frame.context.moment.past.is_some() {
        return Ok(None);
    }
    let mine = FindingFilter::from_query(&work.assigned_query)?;
    let changed = Some(ChangedFilter::SinceVisit);
    let filter = FindingFilter { changed, state: FindingState::ALL.to_vec(), ..mine };
    let query = filter.to_query();
    let count = findings::how_many(db, &filter.since_visit(since), frame.at()).await?;
    Ok(Some((count, query)).filter(|(count, _)| count.rows > 0))
}
