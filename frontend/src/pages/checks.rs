//! Every check, by the system that answers it.

use crate::{
    context::page,
    parts::badge::{Judged, SeverityBadge},
};
use leptos::prelude::*;
use model::{
    catalogue::{Catalogue, Check},
    control::{ControlState, combine},
    source::Source,
    views::CheckStatus,
};

/// All checks of the catalogue, with their state over all clusters.
#[component]
pub fn ChecksPage(
    /// The result of every check on every cluster.
    results: Vec<CheckStatus>,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        <div class="page-head">
            <h1>{locale.t("checks-title")}</h1>
            <p class="quiet">{locale.tx("checks-count", &[("count", count(Catalogue::current().checks().len()).into())])}</p>
        </div>
        {Source::ALL.iter().map(|source| view! { <OfSource source=*source results=results.clone() /> }).collect_view()}
    }
    .into_any()
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[component]
fn OfSource(source: Source, results: Vec<CheckStatus>) -> impl IntoView {
    let locale = page().locale;
    let checks: Vec<Check> = Catalogue::current().checks_of(source).cloned().collect();
    let id = format!("source-{source}");
    (!checks.is_empty()).then(|| view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{locale.t(&format!("source-{source}"))}</h2>
            <p class="quiet">{locale.t(&format!("source-{source}-means"))}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=locale.t(&format!("source-{source}"))>
                <table class="rows checks">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("check-check")}</th>
                            <th scope="col">{locale.t("check-severity")}</th>
                            <th scope="col">{locale.t("check-state")}</th>
                            <th scope="col" class="number">{locale.t("check-failed")}</th>
                            <th scope="col">{locale.t("check-controls")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {checks.into_iter().map(|check| view! { <Row results=of(&results, &check) check=check /> }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    })
    .into_any()
}

fn of(results: &[CheckStatus], check: &Check) -> Vec<CheckStatus> {
    results.iter().filter(|result| result.check == check.id).cloned().collect()
}

#[component]
fn Row(check: Check, results: Vec<CheckStatus>) -> impl IntoView {
    let locale = page().locale;
    let state = combine(results.iter().map(|result| result.state));
    let not_retained = state == ControlState::NotAssessed && results.iter().any(|result| result.not_retained);
    let failed: i64 = results.iter().map(|result| i64::from(result.failed)).sum();
    view! {
        <tr>
            <th scope="row"><a href=format!("/checks/{}", check.id)>{locale.check_title(&check.id)}</a></th>
            <td><SeverityBadge severity=check.severity /></td>
            <td><Judged state=state not_retained=not_retained /></td>
            <td class="number">{if failed > 0 {
                view! { <a href=format!("/findings?check={}", check.id)>{locale.number(failed)}</a> }.into_any()
            } else {
                locale.number(failed).into_any()
            }}</td>
            <td class="control-links">{check.controls.iter().map(|edge| view! { <a href=format!("/controls/{}", edge.control)>{edge.control.to_string()}</a>" " }).collect_view()}</td>
        </tr>
    }
    .into_any()
}
