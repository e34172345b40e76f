//! One cluster: its sources, and the newest entries of its scan log.

use crate::{
    charts::strip::StripKey,
    context::page,
    pages::{clusters::ClusterFacts, rounds::Rounds},
    parts::{
        badge::{CoverageBadge, RetainedNote},
        coverage_table::CoverageTable,
        freshness::LiveProgress,
        platform::PlatformPanel,
        problems::WentWrong,
        systems::Systems,
        time::Time,
    },
};
use leptos::prelude::*;
use model::{
    Instant,
    views::{CheckStatus, ClusterStatus, CoverageReport, RoundEntry, ScanEntry},
};

/// A cluster.
#[component]
pub fn ClusterPage(
    /// The cluster.
    cluster: ClusterStatus,
    /// Its newest rounds, newest first.
    rounds: Vec<RoundEntry>,
    /// Every check on it.
    checks: Vec<CheckStatus>,
    /// Its newest scans, newest first.
    scans: Vec<ScanEntry>,
    /// Before then no reading is retained; `None` where all of them are.
    retained_from: Option<Instant>,
    /// Its sources over the last year.
    coverage: CoverageReport,
) -> impl IntoView {
    let locale = page().locale;
    let name = cluster.cluster.name.clone();
    let title = cluster.cluster.title.clone();
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")><a href="/clusters">{locale.t("nav-clusters")}</a></nav>
        <div class="page-head">
            <h1>{title.clone()}</h1>
            <ClusterFacts cluster=cluster.clone() />
        </div>
        <p class="buttons">
            <a class="button" href=format!("/findings?cluster={name}")>{locale.t("cluster-findings")}</a>
            <a class="button" href=format!("/controls?cluster={name}")>{locale.t("cluster-controls")}</a>
            <a class="button" href=format!("/clusters/{name}/access")>{locale.t("access-link")}</a>
        </p>
        <LiveProgress cluster=Some(name.clone()) />
        <PlatformPanel cluster=cluster.clone() />
        <section class="panel" aria-labelledby="sources-title">
            <h2 id="sources-title">{locale.t("cluster-sources")}</h2>
            <Systems sources=cluster.sources checks=checks name=name.clone() label=title.clone() />
        </section>
        <section class="panel" aria-labelledby="coverage-title">
            <h2 id="coverage-title">{locale.t("coverage-year")}</h2>
            <p class="quiet">{locale.t("coverage-text")}" "<a href=format!("/coverage?cluster={name}")>{locale.t("coverage-other-period")}</a></p>
            <StripKey rows=coverage.rows.clone() />
            <CoverageTable rows=coverage.rows label=locale.tx("coverage-of-cluster", &[("cluster", (&title).into())]) />
        </section>
        <Rounds rounds=rounds />
        <section class="panel" aria-labelledby="log-title">
            <h2 id="log-title">{locale.t("scan-log-title")}</h2>
            <RetainedNote key="scan-log-not-retained" from=retained_from />
            {if scans.is_empty() && retained_from.is_some_and(|from| page().as_of < from) {
                ().into_any()
            } else if scans.is_empty() {
                view! { <p class="quiet">{locale.t("scan-log-empty")}</p> }.into_any()
            } else {
                view! { <Log scans=scans /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Log(scans: Vec<ScanEntry>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="log-title">
            <table class="rows log">
                <thead>
                    <tr>
                        {heading("scan-when", "")}
                        {heading("source-column-source", "")}
                        {heading("source-column-coverage", "")}
                        {heading("scan-took", "number")}
                        {heading("scan-objects", "number")}
                        {heading("scan-requests", "number")}
                        {heading("scan-bytes", "number")}
                        {heading("scan-opened", "number")}
                        {heading("scan-closed", "number")}
                        {heading("scan-changed", "number")}
                        {heading("scan-reads", "")}
                    </tr>
                </thead>
                <tbody>{scans.into_iter().map(|scan| view! { <Scan scan=scan /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Scan(scan: ScanEntry) -> impl IntoView {
    let locale = page().locale;
    let objects: i64 = scan.reads.iter().map(|read| i64::from(read.objects)).sum();
    let reads = scan.reads.len();
    let counted = |count: Option<String>| count.unwrap_or_else(|| locale.t("scan-not-counted"));
    view! {
        <tr>
            <td class="when"><Time locale=locale at=scan.ended_at exact=true /></td>
            <td>{locale.t(&format!("source-{}", scan.source))}</td>
            <td><CoverageBadge coverage=scan.coverage source=scan.source /></td>
            <td class="number">{locale.duration(scan.ended_at.signed_duration_since(scan.started_at))}</td>
            <td class="number">{locale.number(objects)}</td>
            <td class="number">{counted(scan.requests.map(|requests| locale.number(requests)))}</td>
            <td class="number">{counted(scan.bytes.map(|bytes| locale.bytes(bytes)))}</td>
            <td class="number">{locale.number(scan.opened)}</td>
            <td class="number">{locale.number(scan.closed)}</td>
            <td class="number">{locale.number(scan.changed)}</td>
            <td>
                <details class="reads">
                    <summary>{locale.tx("scan-reads-count", &[("count", reads.into())])}</summary>
                    <ul class="plain">
                        {scan.reads.into_iter().map(|read| view! {
                            <li>
                                <code>{read.resource}</code>" "
                                {locale.t(&format!("coverage-{}", read.coverage.told_of(scan.source)))}", "
                                {locale.tx("scan-read-objects", &[("count", read.objects.into())])}
                                {(read.malformed > 0).then(|| format!(", {}", locale.tx("scan-read-malformed", &[("count", read.malformed.into())])))}
                                {(read.confirmed > 0).then(|| format!(", {}", locale.tx("scan-read-confirmed", &[("count", read.confirmed.into())])))}
                                " "<WentWrong error=read.error problems=read.problems />
                            </li>
                        }).collect_view()}
                    </ul>
                </details>
                <WentWrong error=scan.error problems=scan.problems />
            </td>
        </tr>
    }
    .into_any()
}
