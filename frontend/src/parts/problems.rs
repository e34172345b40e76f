//! What went wrong with a reading.

use crate::context;
use leptos::prelude::*;
use model::problem::Problem;

/// What went wrong, in the reader's language; in the words that were written down, which are English, where it is from before
/// that was kept.
#[component]
pub fn WentWrong(
    /// The words that were written down.
    error: Option<String>,
    /// The same for every language.
    problems: Vec<Problem>,
) -> impl IntoView {
    if problems.is_empty() {
        error.map(|error| view! { <code class="error-text" lang="en">{error}</code> }).into_any()
    } else {
        view! { <span class="error-text">{context::locale().problems(&problems)}</span> }.into_any()
    }
}
