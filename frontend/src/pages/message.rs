//! A page that says one thing, and offers at most one way on: logged out, on the way to the provider.

use leptos::prelude::*;

/// A message.
#[component]
pub fn MessagePage(
    /// What happened.
    title: String,
    /// What that means, a paragraph each.
    texts: Vec<String>,
    /// Where to go: address and text.
    next: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <section class="message-page">
            <h1>{title}</h1>
            {texts.into_iter().map(|text| view! { <p class="lead">{text}</p> }).collect_view()}
            {next.map(|(address, text)| view! { <p><a class="button primary" href=address>{text}</a></p> })}
        </section>
    }
    .into_any()
}
