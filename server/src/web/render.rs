//! Pages become answers: the shell around a component, as HTML.
//!
//! Reads nothing and decides nothing. The headers that every answer carries are the router's business.

use super::pages::assets;
use any_spawner::Executor;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use frontend::{context::PageContext, i18n::Locale, past::keep_instant, shell::Shell};
use leptos::prelude::*;
use std::sync::Once;

/// A mark in the extensions of an answer whose page has islands: its policy must let wasm run.
#[derive(Clone, Copy, Debug)]
pub struct HasIslands;

/// The version of Bevis.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Answers with a page. `view` is called where the page's context can be read.
pub fn page<V: IntoView + 'static>(
    context: PageContext,
    title: String,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response {
    page_with_status(StatusCode::OK, context, title, view)
}

/// Answers with a page and a status of its own.
pub fn page_with_status<V: IntoView + 'static>(
    status: StatusCode,
    context: PageContext,
    title: String,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response {
    let html = html(context, title, view);
    let islands = html.contains("<leptos-island");
    let mut response =
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response();
    if islands {
        response.extensions_mut().insert(HasIslands);
    }
    response
}

/// The HTML document of a page.
pub fn html<V: IntoView + 'static>(
    context: PageContext,
    title: String,
    view: impl FnOnce() -> V + Send + 'static,
) -> String {
    static EXECUTOR: Once = Once::new();
    // An error means that somebody else has set the executor already, which is as good.
    EXECUTOR.call_once(|| drop(Executor::init_tokio()));
    let owner = Owner::new_root(None);
    let past = context.moment.past.map(|_| Locale::in_address(context.as_of));
    let body = owner.with(|| {
        provide_context(context.clone());
        view! {
            <Shell context=context title=title assets=assets::version() version=VERSION>
                {view()}
            </Shell>
        }
        .to_html()
    });
    owner.cleanup();
    let body = match past {
        Some(as_of) => keep_instant(&body, &as_of),
        None => body,
    };
    format!("<!DOCTYPE html>{body}")
}
