//! A choice of several from a few, in a form.

use crate::context::page;
use leptos::prelude::*;

/// Several of a few: boxes behind a summary that says how many are chosen.
#[component]
pub fn Several(
    /// The parameter that each of them sends.
    name: &'static str,
    /// What they are.
    label: String,
    /// Value, text, and whether it is chosen.
    choices: Vec<(String, String, bool)>,
) -> impl IntoView {
    let locale = page().locale;
    let chosen: Vec<_> = choices.iter().filter(|(_, _, chosen)| *chosen).map(|(_, text, _)| text.clone()).collect();
    let summary = match chosen.len() {
        0 => locale.t("filter-any"),
        1 => chosen.concat(),
        many => locale.tx("filter-several", &[("count", many.into())]),
    };
    view! {
        <details class="menu field several" name="filter-menu">
            <summary>
                <span class="several-label">{label.clone()}</span>
                <span class="several-value">{summary}</span>
            </summary>
            <fieldset class="menu-body">
                <legend class="visually-hidden">{label}</legend>
                {choices.into_iter().map(|(value, text, chosen)| view! {
                    <label class="box"><input type="checkbox" name=name value=value checked=chosen />{text}</label>
                }).collect_view()}
            </fieldset>
        </details>
    }
    .into_any()
}
