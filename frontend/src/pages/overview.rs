//! Where things stand: control themes by clusters, open findings, the last 30 days, and how fresh all that is.

use crate::{
    charts::trend::{Trend, WORST_FIRST},
    context::page,
    parts::{
        badge::{NotRetained, RetainedNote, SeverityBadge, State},
        empty::Empty,
        freshness::{Freshness, LiveProgress},
        states::{Legend, StatesBar, StatesCounts},
        systems::SourcesInShort,
        time::Time,
    },
};
use leptos::prelude::*;
use model::{
    control::{ControlState, combine},
    views::{ClusterStatus, Overview, ThemeCell, ThemeRow},
};
use std::collections::BTreeMap;

/// The overview.
#[component]
pub fn OverviewPage(
    /// What it shows.
    overview: Overview,
) -> impl IntoView {
    let locale = page().locale;
    if overview.clusters.is_empty() {
        return view! {
            <Heading overview=overview />
            <Empty icon="clusters" title=locale.t("no-clusters-title") text=locale.t("no-clusters-text") next=None />
        }
        .into_any();
    }
    view! {
        <Heading overview=overview.clone() />
        <LiveProgress cluster=None />
        <Summary overview=overview.clone() />
        <section class="panel" aria-labelledby="heat-title">
            <h2 id="heat-title">{locale.t("heat-title")}</h2>
            {match overview.states_retained_from {
                Some(from) => view! { <RetainedNote key="states-not-retained" from=Some(from) /> }.into_any(),
                None => view! { <HeatMap overview=overview.clone() /> <Legend /> }.into_any(),
            }}
        </section>
        <section class="panel" aria-labelledby="trend-title">
            <h2 id="trend-title">{locale.t("trend-title")}</h2>
            <Trend points=overview.trend />
        </section>
        <section class="panel" aria-labelledby="fresh-title">
            <h2 id="fresh-title">{locale.t("fresh-title")}</h2>
            <Fresh clusters=overview.clusters />
        </section>
    }
    .into_any()
}

#[component]
fn Heading(overview: Overview) -> impl IntoView {
    let locale = page().locale;
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-overview")}</h1>
            <p class="quiet">{locale.t("as-of")}" "<Time locale=locale at=overview.at /></p>
        </div>
    }
    .into_any()
}

/// The figures that people look for first.
#[component]
fn Summary(overview: Overview) -> impl IntoView {
    let locale = page().locale;
    let totals = totals(&overview.themes);
    view! {
        <div class="tiles">
            <section class="panel tile-controls" aria-labelledby="tile-controls">
                <h2 id="tile-controls">{locale.tx("tile-controls", &[("count", i64::from(totals.values().sum::<u32>()).into())])}</h2>
                {if overview.states_retained_from.is_some() {
                    view! { <NotRetained /> }.into_any()
                } else {
                    view! {
                        <StatesBar states=totals.clone() />
                        <ul class="states-list">
                            {crate::parts::states::occurring(&totals).into_iter().map(|(state, count)| view! {
                                <li><a href=format!("/controls?state={state}")><State state=state /><span class="figure">{locale.number(count)}</span></a></li>
                            }).collect_view()}
                        </ul>
                    }.into_any()
                }}
            </section>
            <section class="panel tile-findings" aria-labelledby="tile-findings">
                <h2 id="tile-findings">{locale.t("tile-findings")}</h2>
                <ul class="figures">
                    {WORST_FIRST.into_iter().filter(|severity| severity.rank() > 0 || overview.open.contains_key(severity)).map(|severity| {
                        let count = overview.open.get(&severity).copied().unwrap_or(0);
                        view! {
                            <li><a href=format!("/findings?severity={severity}")>
                                <span class="figure">{locale.number(count)}</span>
                                <SeverityBadge severity=severity />
                            </a></li>
                        }
                    }).collect_view()}
                </ul>
                <p class="quiet">
                    {locale.tx("tile-acknowledged", &[("count", overview.acknowledged.into())])}" "
                    <a href="/findings?state=open">{locale.t("tile-unacknowledged")}</a>
                    {(overview.accepted > 0).then(|| view! {
                        " · "<a href="/findings?state=accepted">{locale.tx("tile-accepted", &[("count", overview.accepted.into())])}</a>
                    })}
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// Clusters down, themes across: clusters are many, themes are four.
#[component]
fn HeatMap(overview: Overview) -> impl IntoView {
    let locale = page().locale;
    let themes = overview.themes.clone();
    let open: i64 = overview.open.values().sum();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="heat-title">
            <table class="heat">
                <thead>
                    <tr>
                        <th scope="col">{locale.t("heat-cluster")}</th>
                        {themes.iter().map(|row| view! { <th scope="col">{locale.t(&format!("theme-{}", row.theme))}</th> }).collect_view()}
                        <th scope="col" class="number">{locale.t("heat-findings")}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="heat-all">
                        <th scope="row">{locale.t("heat-all")}</th>
                        {themes.iter().map(|row| view! {
                            <Cell cell=row.all.clone() address=format!("/controls?theme={}", row.theme) />
                        }).collect_view()}
                        <td class="number"><a href="/findings">{locale.number(open)}</a></td>
                    </tr>
                    {overview.clusters.iter().enumerate().map(|(index, cluster)| view! {
                        <Row cluster=cluster.clone() index=index themes=themes.clone() />
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(cluster: ClusterStatus, index: usize, themes: Vec<ThemeRow>) -> impl IntoView {
    let locale = page().locale;
    let name = cluster.cluster.name.clone();
    let open: i64 = cluster.sources.iter().map(|source| source.open_findings).sum();
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/clusters/{name}")>{cluster.cluster.title.clone()}</a>
                <Freshness sources=cluster.sources.clone() />
            </th>
            {themes.iter().map(|row| view! {
                <Cell
                    cell=row.clusters.get(index).cloned().unwrap_or_else(|| ThemeCell { states: BTreeMap::new() })
                    address=format!("/controls?theme={}&cluster={name}", row.theme)
                />
            }).collect_view()}
            <td class="number"><a href=format!("/findings?cluster={name}")>{locale.number(open)}</a></td>
        </tr>
    }
    .into_any()
}

/// Every cluster with its sources in short: how their last readings went, and how old what is known of them is.
#[component]
fn Fresh(clusters: Vec<ClusterStatus>) -> impl IntoView {
    view! {
        <ul class="plain in-short">
            {clusters.into_iter().map(|cluster| view! {
                <li>
                    <h3><a href=format!("/clusters/{}", cluster.cluster.name)>{cluster.cluster.title.clone()}</a></h3>
                    <SourcesInShort sources=cluster.sources label=cluster.cluster.title />
                </li>
            }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Cell(cell: ThemeCell, address: String) -> impl IntoView {
    let state = combine(cell.states.iter().filter(|(_, count)| **count > 0).map(|(state, _)| *state));
    view! {
        <td class=format!("heat-cell tint-{state}")>
            <a href=address>
                <State state=state />
                <StatesBar states=cell.states.clone() />
                <StatesCounts states=cell.states />
            </a>
        </td>
    }
    .into_any()
}

fn totals(themes: &[ThemeRow]) -> BTreeMap<ControlState, u32> {
    let mut totals = BTreeMap::new();
    for (state, count) in themes.iter().flat_map(|row| row.all.states.iter()) {
        *totals.entry(*state).or_insert(0) += count;
    }
    totals
}
