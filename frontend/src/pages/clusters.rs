//! Every cluster with its sources: what was read, when, and what stood in the way.

use crate::{
    context::page,
    islands::scan_progress::ScanProgress,
    parts::{
        badge::{CoverageBadge, State},
        empty::Empty,
        freshness::progress_words,
        states::StatesCounts,
        time::Ago,
    },
};
use leptos::prelude::*;
use model::control::ControlState;
use model::scan::Coverage;
use model::views::{ClusterStatus, SourceStatus};

/// The list of clusters.
#[component]
pub fn ClustersPage(
    /// Every cluster.
    clusters: Vec<ClusterStatus>,
) -> impl IntoView {
    let locale = page().locale;
    let count = locale.tx("clusters-count", &[("count", clusters.len().into())]);
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-clusters")}</h1>
            <p class="quiet">{count}</p>
        </div>
        {if clusters.is_empty() {
            view! { <Empty icon="clusters" title=locale.t("no-clusters-title") text=locale.t("no-clusters-text") next=None /> }.into_any()
        } else {
            view! {
                <ScanProgress cluster=None words=progress_words(locale) />
                {clusters.into_iter().map(|cluster| view! { <Card cluster=cluster /> }).collect_view()}
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Card(cluster: ClusterStatus) -> impl IntoView {
    let name = cluster.cluster.name.clone();
    let title_id = format!("cluster-{name}");
    view! {
        <section class="panel cluster" aria-labelledby=title_id>
            <header class="cluster-head">
                <h2 id=title_id.clone()><a href=format!("/clusters/{name}")>{cluster.cluster.title.clone()}</a></h2>
                <ClusterFacts cluster=cluster.clone() />
            </header>
            <Sources sources=cluster.sources name=name label=cluster.cluster.title />
        </section>
    }
    .into_any()
}

/// Where a cluster is, and which version it tells.
#[component]
pub fn ClusterFacts(
    /// The cluster.
    cluster: ClusterStatus,
) -> impl IntoView {
    let locale = page().locale;
    view! {
        <p class="quiet cluster-facts">
            <code>{cluster.cluster.name}</code>
            <span>{cluster.server}</span>
            <span>{cluster.version.map_or_else(|| locale.t("cluster-version-unknown"), |version| locale.tx("cluster-version", &[("version", version.into())]))}</span>
        </p>
    }
    .into_any()
}

/// The sources of a cluster.
#[component]
pub fn Sources(
    /// The sources.
    sources: Vec<SourceStatus>,
    /// The cluster's name, for links.
    name: String,
    /// The cluster's title, for those who listen.
    label: String,
) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=locale.tx("sources-of", &[("cluster", label.into())])>
            <table class="rows sources">
                <thead>
                    <tr>
                        {heading("source-column-source", "")}
                        {heading("source-column-coverage", "")}
                        {heading("source-column-checks", "")}
                        {heading("source-column-findings", "number")}
                        {heading("source-column-seen", "")}
                        {heading("source-column-budget", "")}
                        {heading("source-column-version", "")}
                    </tr>
                </thead>
                <tbody>{sources.into_iter().map(|source| view! { <Source source=source name=name.clone() /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Source(source: SourceStatus, name: String) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let budget = chrono::TimeDelta::seconds(source.stale_after_seconds);
    let stale = source.last_seen_at.is_some_and(|at| context.as_of.signed_duration_since(at) > budget);
    let begin = format!("bevis token create --cluster {name} --source {} --name {0} --days 90", source.source);
    let error = source.last_scan.as_ref().and_then(|scan| scan.error.clone());
    let coverage = source.last_scan.as_ref().map(|scan| scan.coverage);
    let told = coverage.map(|coverage| coverage.told_of(source.source));
    let begins = told.is_some_and(|told| Coverage::TOLD_OF_SENT[..2].contains(&told));
    let speaks = error.is_some() || begins;
    view! {
        <tr class=if speaks { "with-reason" } else { "" }>
            <th scope="row">
                {locale.t(&format!("source-{}", source.source))}
                <span class="sub">{locale.t(&format!("source-{}-means", source.source))}</span>
            </th>
            <td>{match coverage {
                Some(coverage) => view! { <CoverageBadge coverage=coverage source=source.source /> }.into_any(),
                None => locale.t("never-tried").into_any(),
            }}</td>
            <td><StatesCounts states=source.states /></td>
            <td class="number"><a href=format!("/findings?cluster={name}&source={}", source.source)>{locale.number(source.open_findings)}</a></td>
            <td class="when">
                {match source.last_seen_at {
                    Some(at) => view! { <Ago locale=locale at=at now=context.as_of /> }.into_any(),
                    None => locale.t("never-read").into_any(),
                }}
                {stale.then(|| view! { " " <State state=ControlState::Stale /> })}
            </td>
            <td class="when">{locale.duration(budget)}</td>
            <td>{source.version.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
        {speaks.then(|| view! {
            <tr class="reason">
                <td colspan="7">
                    {told.map(|told| locale.t(&format!("coverage-{told}-means")))}" "
                    // How to begin stands there already, in the reader's language.
                    {error.filter(|_| !begins).map(|error| view! { <code class="error-text">{error}</code> })}
                    {begins.then(|| view! { <code>{begin}</code> })}
                </td>
            </tr>
        })}
    }
    .into_any()
}
