//! What is about to be decided about everything that a filter matches: said in numbers before it is done.

use crate::{
    context::page,
    parts::{finding_filter, icon::Icon, markdown::Markdown},
};
use leptos::prelude::*;
use model::{
    finding::DecisionKind,
    views::{Assignees, FindingFilter},
};

/// A decision that waits to be confirmed.
#[derive(Clone, Debug)]
pub struct Confirming {
    /// What.
    pub kind: DecisionKind,
    /// The value that it sets, in words.
    pub value: Option<String>,
    /// Why.
    pub comment: String,
    /// About which findings.
    pub filter: FindingFilter,
    /// Everybody whose findings the filter may ask for.
    pub assignees: Assignees,
    /// How many they are.
    pub expected: i64,
    /// The fields that the form sends again, by name.
    pub fields: Vec<(&'static str, String)>,
}

/// Asks once more.
#[component]
pub fn ConfirmPage(
    /// What is asked.
    confirming: Confirming,
) -> impl IntoView {
    let locale = page().locale;
    let Confirming { kind, value, comment, filter, assignees, expected, fields } = confirming;
    let query = filter.to_query();
    let back = if query.is_empty() { "/findings".to_owned() } else { format!("/findings?{query}") };
    let words = finding_filter::words(locale, &filter, &assignees);
    let shown = if words.is_empty() { locale.t("confirm-no-filter") } else { words.join(" · ") };
    let heading = locale.tx("confirm-title", &[("count", expected.into())]);
    view! {
        <div class="page-head"><h1>{heading}</h1></div>
        <form class="panel decide confirm" method="post" action="/findings/decide">
            <dl class="facts">
                <div><dt>{locale.t("confirm-what")}</dt><dd>{locale.t(&format!("decision-{kind}"))}</dd></div>
                {value.map(|value| view! { <div><dt>{locale.t("confirm-value")}</dt><dd>{value}</dd></div> })}
                <div><dt>{locale.t("confirm-findings")}</dt><dd><strong>{locale.number(expected)}</strong></dd></div>
                <div class="wide"><dt>{locale.t("confirm-filter")}</dt><dd>{shown}</dd></div>
                {(!comment.is_empty()).then(|| view! {
                    <div class="wide"><dt>{locale.t("decide-comment-label")}</dt><dd><Markdown text=comment /></dd></div>
                })}
            </dl>
            <p class="quiet">{locale.t("confirm-help")}</p>
            {fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <input type="hidden" name="matching" value=query />
            <input type="hidden" name="expected" value=expected.to_string() />
            <input type="hidden" name="back" value=back.clone() />
            <div class="buttons">
                <button type="submit" class="button primary" name="scope" value="matching">
                    <Icon name="done" />
                    {locale.tx("confirm-yes", &[("count", expected.into())])}
                </button>
                <a class="button" href=back>{locale.t("confirm-no")}</a>
            </div>
        </form>
    }
    .into_any()
}
