//! `/clusters/{name}/access` and `/clusters/{name}/access.csv`

use super::frame::Frame;
use crate::{
    access::{self, Asked, GRANTS_A_PAGE, Reviewed},
    app::App,
    error::{Error, Result},
    reports,
    web::render,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use frontend::pages::access::AccessReviewPage;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use leptos::prelude::*;
use model::{
    Instant,
    access::{AccessFilter, AccessReview},
};

/// GET `/clusters/{name}/access`
pub async fn show(State(app): State<App>, Path(name): Path<String>, frame: Frame) -> Result<Response> {
    let asked = Asked {
        filter: AccessFilter::from_query(&frame.query)?,
        from: frame.parameter("from").and_then(|from| from.parse().ok()).unwrap_or(0),
        limit: GRANTS_A_PAGE,
        since: instant(&frame, "since")?,
    };
    let mut db = app.db.acquire().await?;
    let page = access::page(&mut db, &name, frame.at(), &asked).await?.ok_or(Error::NotFound)?;
    let title = frame.locale().tx("access-title", &[("cluster", (&page.cluster.title).into())]);
    Ok(render::page(frame.context, title, move || {
        view! { <AccessReviewPage page=page filter=asked.filter a_page=GRANTS_A_PAGE /> }
    }))
}

/// GET `/clusters/{name}/access.csv`: every grant that the filter matches.
pub async fn csv(State(app): State<App>, Path(name): Path<String>, frame: Frame) -> Result<Response> {
    let at = frame.at();
    let filter = AccessFilter::from_query(&frame.query)?;
    let mut db = app.db.acquire().await?;
    let mut all = access::whole(&mut db, std::slice::from_ref(&name), at).await?;
    let reviewed = all.pop().ok_or(Error::NotFound)?;
    let csv = reports::access_csv(&[narrowed(reviewed, &filter)], frame.locale()).map_err(anyhow::Error::from)?;
    let file = format!("attachment; filename=\"access-{name}-{}.csv\"", at.format("%Y-%m-%dT%H%M%SZ"));
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, file)], csv).into_response())
}

fn narrowed(reviewed: Reviewed, filter: &AccessFilter) -> Reviewed {
    let found = reviewed.found.map(|(reading, review)| {
        let AccessReview { grants, is_complete, left_out } = review;
        let grants = grants.into_iter().filter(|grant| filter.matches(grant)).collect();
        (reading, AccessReview { grants, is_complete, left_out })
    });
    Reviewed { found, ..reviewed }
}

/// An instant of the past in the query: as a form sends it, or with its offset.
fn instant(frame: &Frame, name: &str) -> Result<Option<Instant>> {
    let Some(value) = frame.parameter(name) else { return Ok(None) };
    match frame.locale().read_instant(&value).map(|asked| asked.as_of(frame.at())) {
        Ok(at) if at <= frame.at() => Ok(Some(at)),
        _ => Err(Error::Invalid { key: "error-access-instant", value: value.chars().take(100).collect() }),
    }
}
