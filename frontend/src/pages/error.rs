//! What is shown where a page cannot be.

use crate::context::page;
use leptos::prelude::*;
use model::errors::ErrorWord;

/// An error in words: what happened, what to do, and the id under which the log tells more.
/// The texts are the keys `error-<word>-title`, `-text` and `-next`.
#[component]
pub fn ErrorPage(
    /// The word of the error.
    word: ErrorWord,
    /// A further sentence, already in the reader's language.
    detail: Option<String>,
    /// The groups that a person without a role came with, if that is the trouble.
    groups: Option<Vec<String>>,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    view! {
        <section class="message-page">
            <h1>{locale.t(&format!("error-{word}-title"))}</h1>
            <p class="lead">{locale.t(&format!("error-{word}-text"))}</p>
            {detail.map(|detail| view! { <p class="message-detail">{detail}</p> })}
            {groups.map(|groups| view! { <Groups groups=groups /> })}
            <p>{locale.t(&format!("error-{word}-next"))}</p>
            <p><a class="button" href="/">{locale.t("error-home")}</a></p>
            <p class="quiet">{locale.t("error-request-id")}" "<code>{context.request_id}</code></p>
        </section>
    }
    .into_any()
}

#[component]
fn Groups(groups: Vec<String>) -> impl IntoView {
    let locale = page().locale;
    if groups.is_empty() {
        return view! { <p>{locale.t("login-groups-none")}</p> }.into_any();
    }
    view! {
        <p>{locale.t("login-groups-seen")}</p>
        <ul>{groups.into_iter().map(|group| view! { <li><code>{group}</code></li> }).collect_view()}</ul>
    }
    .into_any()
}
