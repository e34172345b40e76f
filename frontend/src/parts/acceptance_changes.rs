//! What became of risk acceptances in a period.

use crate::{
    context::page,
    parts::{acceptance::change_text, icon::Icon, time::Time},
};
use leptos::prelude::*;
use model::views::AcceptanceChange;

/// What became of risk acceptances, the latest first.
#[component]
pub fn AcceptanceChanges(
    /// A page of it.
    rows: Vec<AcceptanceChange>,
    /// The address of what came before, if there is more.
    earlier: Option<String>,
) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <section class="panel" aria-labelledby="acceptances-title">
            <h2 id="acceptances-title">{locale.t("nav-acceptances")}</h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t("compare-acceptances-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="acceptances-title">
                        <table class="rows">
                            <thead>
                                <tr>
                                    {heading("compare-when")}
                                    {heading("compare-who")}
                                    {heading("compare-acceptance-step")}
                                    {heading("acceptance-about")}
                                    {heading("compare-comment")}
                                </tr>
                            </thead>
                            <tbody>{rows.into_iter().map(|row| view! { <Change row=row /> }).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            {earlier.map(|address| view! {
                <nav class="pages" aria-label=locale.t("nav-acceptances")>
                    <a class="button" rel="next" href=address>{locale.t("compare-earlier-acceptances")}<Icon name="next" /></a>
                </nav>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Change(row: AcceptanceChange) -> impl IntoView {
    let locale = page().locale;
    let about = change_text(locale, &row);
    view! {
        <tr>
            <td class="when"><Time locale=locale at=row.at exact=true /></td>
            <td>{row.by.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{locale.t(&format!("acceptance-act-{}", row.step))}</td>
            <th scope="row"><a href=format!("/acceptances/{}", row.acceptance)>{about}</a></th>
            <td>{row.comment}</td>
        </tr>
    }
    .into_any()
}
