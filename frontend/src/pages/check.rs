//! One check: its rule in words, its result on every cluster, the objects that were read, and the controls it supports.

use super::{
    control::{Results, Texts},
    coverage::CoverageOf,
};
use crate::{
    context::page,
    parts::{
        badge::{NotRetained, SeverityBadge},
        coverage_table::OnEachCluster,
        findings_table::FindingsTable,
        time::Time,
    },
};
use leptos::prelude::*;
use model::{
    catalogue::{Catalogue, Check},
    views::{CheckDetail, CoverageReport, CoverageRow, FindingRow, ObjectsRead},
};

/// A check.
#[component]
pub fn CheckPage(
    /// What it rests on.
    detail: CheckDetail,
    /// The cluster that the page is about, if only one.
    cluster: Option<String>,
    /// When it was observed on each cluster in the last year.
    coverage: CoverageReport,
) -> impl IntoView {
    let locale = page().locale;
    let Some(check) = Catalogue::current().check(&detail.check).cloned() else { return ().into_any() };
    let more = CoverageOf::Check(check.id.clone()).address(None, cluster.as_deref());
    let CheckDetail { results, objects, objects_not_retained, findings, open_findings, .. } = detail;
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/checks">{locale.t("nav-checks")}</a>
            <span aria-hidden="true">"/"</span>
            <span>{locale.t(&format!("source-{}", check.source))}</span>
        </nav>
        <div class="page-head">
            <h1>{locale.check_title(&check.id)}</h1>
            <p class="check-facts"><SeverityBadge severity=check.severity /><code>{check.id.to_string()}</code></p>
        </div>
        {cluster.map(|cluster| view! {
            <p class="scope-note">
                {locale.tx("control-one-cluster", &[("cluster", (&cluster).into())])}" "
                <a href=format!("/checks/{}", check.id)>{locale.t("control-all-clusters")}</a>
            </p>
        })}
        <section class="panel" aria-label=locale.t("check-about")>
            <Texts check=check.clone() />
        </section>
        <section class="panel" aria-labelledby="results-title">
            <h2 id="results-title">{locale.t("check-results-title")}</h2>
            <Results results=results label=locale.check_title(&check.id) />
        </section>
        <Edges check=check.clone() />
        <Open check=check findings=findings open=open_findings />
        {(!coverage.rows.is_empty()).then(|| view! { <Looked rows=coverage.rows.clone() more=more /> })}
        <Objects objects=objects not_retained=objects_not_retained />
    }
    .into_any()
}

/// Whether anybody was looking: a strip a cluster, and the sentence.
#[component]
fn Looked(rows: Vec<CoverageRow>, more: String) -> impl IntoView {
    let locale = page().locale;
    let label = locale.t("coverage-year");
    view! {
        <section class="panel" aria-labelledby="coverage-title">
            <h2 id="coverage-title">{label.clone()}</h2>
            <p class="quiet">{locale.t("coverage-check-text")}</p>
            <OnEachCluster rows=rows label=label more=more />
        </section>
    }
    .into_any()
}

/// The controls that the check supports, with the strength of each edge.
#[component]
fn Edges(check: Check) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="edges-title">
            <h2 id="edges-title">{locale.t("check-edges-title")}</h2>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{locale.t("check-control")}</th>
                        <th scope="col">{locale.t("check-strength")}</th>
                    </tr>
                </thead>
                <tbody>
                    {check.controls.iter().map(|edge| {
                        let strength = edge.strength.as_str();
                        view! {
                            <tr>
                                <th scope="row"><a href=format!("/controls/{}", edge.control)>
                                    {edge.control.to_string()}" "{locale.control_title(&edge.control)}
                                </a></th>
                                <td>{locale.t(&format!("strength-{strength}"))}</td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Open(check: Check, findings: Vec<FindingRow>, open: i64) -> impl IntoView {
    let locale = page().locale;
    let shown = findings.len();
    view! {
        <section aria-labelledby="findings-title">
            <h2 id="findings-title">{locale.t("control-findings-title")}</h2>
            {if findings.is_empty() {
                view! { <p class="quiet">{locale.t("control-findings-none")}</p> }.into_any()
            } else {
                view! { <FindingsTable rows=findings caption=locale.t("control-findings-title") /> }.into_any()
            }}
            {(open > i64::try_from(shown).unwrap_or(i64::MAX)).then(|| view! {
                <p><a href=format!("/findings?check={}", check.id)>{locale.tx("control-findings-all", &[("count", open.into())])}</a></p>
            })}
        </section>
    }
    .into_any()
}

/// What the last reading rested on.
#[component]
fn Objects(objects: Vec<ObjectsRead>, not_retained: bool) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="objects-title">
            <h2 id="objects-title">{locale.t("objects-title")}</h2>
            {not_retained.then(|| view! { <p class="not-retained-note"><NotRetained />" "{locale.t("objects-not-retained")}</p> })}
            {if objects.is_empty() {
                (!not_retained).then(|| view! { <p class="quiet">{locale.t("objects-none")}</p> }).into_any()
            } else {
                view! {
                    <p class="quiet">{locale.t("objects-means")}</p>
                    <div class="scroll" tabindex="0" role="region" aria-label=locale.t("objects-title")>
                        <table class="rows">
                            <thead>
                                <tr>
                                    <th scope="col">{locale.t("check-cluster")}</th>
                                    <th scope="col">{locale.t("objects-resource")}</th>
                                    <th scope="col" class="number">{locale.t("objects-count")}</th>
                                    <th scope="col">{locale.t("objects-fetched")}</th>
                                    <th scope="col">{locale.t("objects-digest")}</th>
                                </tr>
                            </thead>
                            <tbody>
                                {objects.into_iter().map(|list| view! {
                                    <tr>
                                        <th scope="row"><a href=format!("/clusters/{}", list.cluster.name)>{list.cluster.title}</a></th>
                                        <td><a href=format!("/objects/{}", list.digest)><code>{list.resource}</code></a></td>
                                        <td class="number">{locale.number(list.objects)}</td>
                                        <td class="when">
                                            <Time locale=locale at=list.fetched_at exact=true />
                                            {list.confirmed_at.map(|at| view! {
                                                <p class="quiet">{locale.t("objects-confirmed")}" "<Time locale=locale at=at exact=true /></p>
                                            })}
                                        </td>
                                        <td><code class="digest">{list.digest.simple().to_string()}</code></td>
                                    </tr>
                                }).collect_view()}
                            </tbody>
                        </table>
                    </div>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}
