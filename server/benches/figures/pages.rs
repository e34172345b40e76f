//! Pages as the reader gets them: rendered, and compressed for the wire.

use crate::{
    lists::ROUNDS,
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use axum::{Router, body::Body, response::Html, routing::get};
use chrono_tz::Europe::Copenhagen;
use frontend::{
    context::{Moment, PageContext, Reader, Theme},
    i18n::{Language, Locale},
    pages::{findings::FindingsPage, overview::OverviewPage},
};
use http_body_util::BodyExt;
use leptos::prelude::*;
use model::{Instant, role::Role, views::FindingFilter};
use server::{clusters, controls, findings, web::render};
use std::time::Instant as Stopwatch;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;

/// Measures loading and rendering together; `bare` is the page's bare query.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table, now: Instant, bare: &Floor) -> anyhow::Result<()> {
    let mut db = scratch.app.acquire().await?;
    let filter = FindingFilter::default();
    let (mut whole, mut rendering, mut floor) = (Samples::default(), Samples::default(), Samples::default());
    let mut html = String::new();
    for _ in 0..ROUNDS {
        let start = Stopwatch::now();
        let clusters = clusters::names(&mut db, now).await?;
        let page = findings::page(&mut db, &filter, None, 50, now).await?;
        let loaded = Stopwatch::now();
        let filter = filter.clone();
        html = render::html(context(now), "Findings".into(), move || {
            view! { <FindingsPage findings=page filter=filter clusters=clusters scanned=true /> }
        });
        whole.add(start.elapsed());
        rendering.add(loaded.elapsed());
        floor.add(loaded.elapsed() + bare.samples.median());
    }
    table.time("rendering 50 findings", "", &rendering, None, "");
    let floor = Floor { what: "bare query and rendering", samples: floor };
    table.time("findings page, 50 of 100,000: loaded and rendered", "< 5 ms, < 3x", &whole, Some(&floor), "");
    size(table, "findings page of 50", html).await?;
    let overview = controls::overview(&mut db, now).await?;
    let html = render::html(context(now), "Overview".into(), move || view! { <OverviewPage overview=overview /> });
    size(table, "overview of 20 clusters", html).await
}

fn context(now: Instant) -> PageContext {
    PageContext {
        locale: Locale::new(Language::English, Copenhagen),
        theme: Theme::System,
        shortcuts: true,
        visitor: Some(Reader { name: "Erik".into(), roles: vec![Role::Engineer] }),
        path: "/findings".into(),
        as_of: now,
        request_id: uuid::Uuid::nil().to_string(),
        notice: None,
        moment: Moment::default(),
    }
}

/// Of the document alone; style sheets and scripts are cached by the browser.
async fn size(table: &mut Table, figure: &str, html: String) -> anyhow::Result<()> {
    let plain = html.len();
    let router = Router::new().route("/", get(move || async move { Html(html) })).layer(CompressionLayer::new());
    let mut sizes = Vec::new();
    for encoding in ["br", "gzip"] {
        let request = http::Request::get("/").header("accept-encoding", encoding).body(Body::empty())?;
        let answer = router.clone().oneshot(request).await?;
        anyhow::ensure!(
            answer.headers().get("content-encoding").is_some_and(|is| is == encoding),
            "{encoding} was not used"
        );
        sizes.push(format!("{} bytes {encoding}", answer.into_body().collect().await?.to_bytes().len()));
    }
    let note = format!("{plain} bytes before compression");
    table.value(&format!("{figure} over the wire"), "< 60 kB", sizes.join(", "), &note);
    Ok(())
}
