//! Risk acceptances: those that wait, those in force with when they run out, and those that are over.

use crate::{
    context::page,
    i18n::Locale,
    parts::{
        acceptance::{AcceptanceTable, scope_text},
        code::Code,
        empty::Empty,
        time::Time,
    },
};
use chrono::Datelike;
use leptos::prelude::*;
use model::{
    role::Permission,
    views::{AcceptanceLists, AcceptanceRow},
};

/// Every acceptance.
#[component]
pub fn AcceptancesPage(
    /// The acceptances.
    lists: AcceptanceLists,
    /// Whether this is a later page of those that are over.
    continued: bool,
    /// The address of the calendar that programs read, with a token.
    feed: String,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let asks = context.may(Permission::Decide);
    let AcceptanceLists { waiting, in_force, over, next } = lists;
    let none = waiting.is_empty() && in_force.is_empty() && over.is_empty() && !continued;
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-acceptances")}</h1>
            <p class="quiet">{locale.t("acceptances-what")}</p>
        </div>
        {asks.then(|| view! { <p class="buttons"><a class="button primary" href="/acceptances/new">{locale.t("acceptances-ask")}</a></p> })}
        {if none {
            view! { <Empty icon="state-accepted_risk" title=locale.t("acceptances-none-title") text=locale.t("acceptances-none") next=None /> }.into_any()
        } else {
            view! {
                {(!continued).then(|| view! { <Waiting rows=waiting /> <InForce rows=in_force feed=feed /> })}
                <section class="panel" aria-labelledby="over-title">
                    <h2 id="over-title">{locale.t("acceptances-over")}</h2>
                    {if over.is_empty() {
                        view! { <p class="quiet">{locale.t("acceptances-over-none")}</p> }.into_any()
                    } else {
                        view! { <AcceptanceTable rows=over caption=locale.t("acceptances-over") /> }.into_any()
                    }}
                    {next.map(|id| view! { <p><a href=format!("/acceptances?before={id}")>{locale.t("acceptances-older")}</a></p> })}
                </section>
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Waiting(rows: Vec<AcceptanceRow>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="waiting-title">
            <h2 id="waiting-title">{locale.t("acceptances-waiting")}</h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t("acceptances-waiting-none")}</p> }.into_any()
            } else {
                view! { <AcceptanceTable rows=rows caption=locale.t("acceptances-waiting") /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn InForce(rows: Vec<AcceptanceRow>, feed: String) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="force-title">
            <h2 id="force-title">{locale.t("acceptances-next")}</h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t("acceptances-next-none")}</p> }.into_any()
            } else {
                view! {
                    <AcceptanceTable rows=rows.clone() caption=locale.t("acceptances-next") />
                    <h3>{locale.t("acceptances-calendar")}</h3>
                    <p class="quiet">{locale.t("acceptances-feed-text")}" "<a href="/acceptances.ics">{locale.t("acceptances-feed")}</a></p>
                    <details class="subscribe">
                        <summary>{locale.t("acceptances-subscribe")}</summary>
                        <p>{locale.t("acceptances-subscribe-text")}" "<a href="/tokens">{locale.t("nav-tokens")}</a></p>
                        <Code code=feed />
                    </details>
                    <ol class="months">
                        {by_month(locale, rows).into_iter().map(|(month, rows)| view! { <Month month=month rows=rows /> }).collect_view()}
                    </ol>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// Acceptances by the month in which they run out in the reader's zone, in the order of time, as they come.
fn by_month(locale: Locale, rows: Vec<AcceptanceRow>) -> Vec<(String, Vec<AcceptanceRow>)> {
    let mut months: Vec<((i32, u32), Vec<AcceptanceRow>)> = Vec::new();
    for row in rows {
        let day = row.expires_at.with_timezone(&locale.time_zone).date_naive();
        let month = (day.year(), day.month());
        match months.last_mut().filter(|(known, _)| *known == month) {
            Some((_, rows)) => rows.push(row),
            None => months.push((month, vec![row])),
        }
    }
    let name = |(year, month): (i32, u32)| format!("{} {year}", locale.t(&format!("acceptances-month-{month}")));
    months.into_iter().map(|(month, rows)| (name(month), rows)).collect()
}

#[component]
fn Month(month: String, rows: Vec<AcceptanceRow>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <li class="month">
            <h3>{month}</h3>
            <ul>
                {rows.into_iter().map(|row| view! {
                    <li><Time locale=locale at=row.expires_at />" "<a href=format!("/acceptances/{}", row.id)>{scope_text(locale, &row)}</a></li>
                }).collect_view()}
            </ul>
        </li>
    }
    .into_any()
}
