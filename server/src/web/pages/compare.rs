//! `/compare`: what changed between two instants.

use super::frame::Frame;
use crate::{
    app::App,
    clusters,
    compare::{self, Reach},
    error::{Error, Result},
    retention::{self, Class},
    web::{instant, render},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use frontend::{
    i18n::{Asked, Locale},
    pages::compare::{ComparePage, address},
};
use leptos::prelude::*;
use model::{Instant, errors::ErrorWord, views::ChangesFilter};

/// Rows of each list.
const ROWS: i64 = 50;
/// The period that is shown where none was asked for.
const USUAL: TimeDelta = TimeDelta::days(30);

/// GET `/compare`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let filter = ChangesFilter::from_query(&frame.query)?;
    let (mut period, exact) = period(&frame)?;
    let mut db = app.db.acquire().await?;
    if frame.parameter("from").is_none() {
        // What was not asked for reaches no further back than what is retained.
        let retained = retention::retained_from(&mut db, Class::Findings).await?;
        period.0 = retained.map_or(period.0, |from| period.0.max(from)).min(period.1);
    }
    if !exact {
        // Local days and times become the instants that they mean: the address then says the same to everybody.
        let address = address(period, &filter, None);
        let as_of = frame.context.moment.past.map(|_| format!("&as_of={}", Locale::in_address(frame.at())));
        return Ok(Redirect::to(&format!("{address}{}", as_of.unwrap_or_default())).into_response());
    }
    let [cursor, decisions, acceptances] =
        ["cursor", "decisions_cursor", "acceptances_cursor"].map(|name| frame.parameter(name));
    let reach = Reach {
        cursor: cursor.as_deref(),
        decisions_cursor: decisions.as_deref(),
        acceptances_cursor: acceptances.as_deref(),
        ..Reach::first(ROWS)
    };
    let comparison = compare::compare(&mut db, period, &filter, reach).await?;
    let clusters = clusters::names(&mut db, period.1).await?;
    let title = frame.locale().t("compare-title");
    Ok(render::page(frame.context, title, move || {
        view! { <ComparePage comparison=comparison filter=filter clusters=clusters /> }
    }))
}

/// The period asked for, and whether its ends were written as instants.
fn period(frame: &Frame) -> Result<((Instant, Instant), bool)> {
    let read = |name: &str| {
        let asked = frame.parameter(name).map(|text| {
            let asked = frame.locale().read_instant(&text).map_err(|why| instant::refused(why, &text));
            asked.map(|asked| (asked, text))
        });
        asked.transpose()
    };
    let (from, to) = (read("from")?, read("to")?);
    let exact = [&from, &to].into_iter().flatten().all(|(asked, _)| matches!(asked, Asked::Exact(_)));
    let end = match to {
        None => frame.at(),
        Some((asked, text)) => not_after(asked.as_of(frame.at()), frame, &text)?,
    };
    let begin = match from {
        None => end - USUAL,
        Some((asked, text)) => not_after(asked.beginning(), frame, &text)?,
    };
    instant::in_order(begin, end)?;
    Ok(((begin, end), exact))
}

/// Refuses what lies after the instant that the page speaks of.
fn not_after(at: Instant, frame: &Frame, text: &str) -> Result<Instant> {
    if at > frame.context.now() {
        return Err(instant::ahead(text));
    }
    if at > frame.at() {
        return Err(Error::Instant { word: ErrorWord::PeriodAhead, key: "error-as-of-asked", value: text.to_owned() });
    }
    Ok(at)
}
