//! Every cluster with its sources: what was read, when, and what stood in the way.

use crate::{
    context::page,
    parts::{empty::Empty, freshness::LiveProgress, platform::platform_words, systems::SourcesInShort},
};
use leptos::prelude::*;
use model::views::ClusterStatus;

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
                <LiveProgress cluster=None />
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
            <SourcesInShort sources=cluster.sources label=cluster.cluster.title />
        </section>
    }
    .into_any()
}

/// Where a cluster is, which version it tells, and what it was recognised as.
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
            <span>{platform_words(locale, cluster.platform.as_ref())}</span>
            {cluster.management.map(|other| view! {
                <span>
                    {locale.t("pair-management-title")}" "
                    <a href=format!("/clusters/{}", other.cluster.name)>{other.cluster.title}</a>
                </span>
            })}
        </p>
    }
    .into_any()
}
