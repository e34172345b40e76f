//! Instants, always machine-readable too.

use crate::{context::PageContext, i18n::Locale};
use leptos::prelude::*;
use model::Instant;

/// An instant in the reader's zone: to the minute, or to the second with its offset.
#[component]
pub fn Time(
    /// How the reader reads.
    locale: Locale,
    /// The instant.
    at: Instant,
    /// Whether to show seconds and offset.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let text = if exact { locale.exact(at) } else { locale.date_time(at) };
    view! { <time datetime=Locale::machine(at) title=(!exact).then(|| locale.exact(at))>{text}</time> }.into_any()
}

/// How long before `now` an instant was, with the instant itself as its title. On a page of the past, "earlier" than that.
#[component]
pub fn Ago(
    /// How the reader reads.
    locale: Locale,
    /// The instant.
    at: Instant,
    /// The instant that the page speaks of.
    now: Instant,
) -> impl IntoView {
    let past = use_context::<PageContext>().is_some_and(|context| context.moment.past.is_some());
    let text = if past { locale.earlier(at, now) } else { locale.ago(at, now) };
    view! { <time class="ago" datetime=Locale::machine(at) title=locale.exact(at)>{text}</time> }.into_any()
}
