//! What stands where there is nothing: why, and what to do.

use crate::parts::icon::Icon;
use leptos::prelude::*;

/// An empty state.
#[component]
pub fn Empty(
    /// An icon's name.
    icon: &'static str,
    /// What there is none of.
    title: String,
    /// Why, and what to do.
    text: String,
    /// Where to go: address and text.
    next: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {next.map(|(address, text)| view! { <p><a class="button" href=address>{text}</a></p> })}
        </div>
    }
    .into_any()
}
