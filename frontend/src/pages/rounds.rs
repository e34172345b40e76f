//! What Bevis asked of a cluster, round by round, beside the budget that it had.

use crate::{context::page, parts::time::Time};
use leptos::prelude::*;
use model::views::RoundEntry;

/// The newest round beside its budget, and those before it.
#[component]
pub fn Rounds(
    /// The rounds, newest first.
    rounds: Vec<RoundEntry>,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="rounds-title">
            <h2 id="rounds-title">{locale.t("rounds-title")}</h2>
            {match rounds.first().cloned() {
                None => view! { <p class="quiet">{locale.t("rounds-none")}</p> }.into_any(),
                Some(newest) => view! {
                    <Budget round=newest />
                    <details>
                        <summary>{locale.t("rounds-before")}</summary>
                        <Before rounds=rounds />
                    </details>
                }.into_any(),
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Budget(round: RoundEntry) -> impl IntoView {
    let locale = page().locale;
    let rows = [
        (
            "rounds-rate",
            locale.tx(
                "rounds-rate-used",
                &[
                    ("requests", i64::from(round.requests).into()),
                    ("took", locale.duration(round.ended_at - round.started_at).into()),
                ],
            ),
            locale.tx("rounds-rate-most", &[("count", i64::from(round.requests_per_second).into())]),
        ),
        ("rounds-bytes", locale.bytes(round.bytes), locale.bytes(round.most_bytes)),
        ("rounds-answer", locale.bytes(round.largest_answer), locale.bytes(round.most_answer)),
        (
            "rounds-page",
            locale.t("rounds-page-used"),
            locale.tx("rounds-page-most", &[("count", i64::from(round.page_size).into())]),
        ),
    ];
    view! {
        <p class="quiet">{locale.t("rounds-newest")}" "<Time locale=locale at=round.ended_at exact=true /></p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="rounds-title">
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{locale.t("rounds-what")}</th>
                        <th scope="col">{locale.t("rounds-used")}</th>
                        <th scope="col">{locale.t("rounds-most")}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|(what, used, most)| view! {
                        <tr><th scope="row">{locale.t(what)}</th><td>{used}</td><td>{most}</td></tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
        {(round.bytes > round.most_bytes).then(|| view! { <p class="notice notice-failed">{locale.t("rounds-over")}</p> })}
        <p class="quiet">{locale.t("rounds-means")}</p>
    }
    .into_any()
}

#[component]
fn Before(rounds: Vec<RoundEntry>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=locale.t("rounds-before")>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{locale.t("scan-when")}</th>
                        <th scope="col" class="number">{locale.t("scan-took")}</th>
                        <th scope="col" class="number">{locale.t("scan-requests")}</th>
                        <th scope="col" class="number">{locale.t("scan-bytes")}</th>
                    </tr>
                </thead>
                <tbody>
                    {rounds.into_iter().map(|round| view! {
                        <tr>
                            <td class="when"><Time locale=locale at=round.ended_at exact=true /></td>
                            <td class="number">{locale.duration(round.ended_at - round.started_at)}</td>
                            <td class="number">{locale.number(round.requests)}</td>
                            <td class="number">{locale.bytes(round.bytes)}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}
