//! One control: its state and why, the checks behind it, their findings, and what remains for a person.

use super::coverage::CoverageOf;
use crate::{
    context::page,
    parts::{
        badge::{Assessed, CoverageBadge, Judged, NotRetained, OutcomeWord, SeverityBadge},
        code::Code,
        coverage_table::{CoverageTable, OnEachCluster},
        findings_table::FindingsTable,
        platform::SeenElsewhere,
        problems::WentWrong,
        states::Legend,
        time::{Ago, Time},
    },
};
use leptos::prelude::*;
use model::{
    access,
    catalogue::{Catalogue, Check, EvidenceKind},
    views::{CheckStatus, ClusterName, ControlDetail, ControlStatus, CoverageReport, CoverageRow, FindingRow},
};

/// A control.
#[component]
pub fn ControlPage(
    /// What it rests on.
    detail: ControlDetail,
    /// The cluster that the page is about, if only one.
    cluster: Option<String>,
    /// When it was observed in the last year: the control on each cluster, followed by its checks there.
    coverage: CoverageReport,
) -> impl IntoView {
    let locale = page().locale;
    let ControlDetail { status, clusters, checks, findings } = detail;
    let id = status.control.clone();
    let id_word = id.to_string();
    let automatic = status.checks > 0;
    let no_cluster = clusters.is_empty();
    let more = CoverageOf::Control(id.clone()).address(None, cluster.as_deref());
    view! {
        <nav class="crumbs" aria-label=locale.t("crumbs")>
            <a href="/controls">{locale.t("nav-controls")}</a>
            <span aria-hidden="true">"/"</span>
            <a href=format!("/controls?theme={}", status.theme)>{locale.t(&format!("theme-{}", status.theme))}</a>
        </nav>
        <div class="page-head">
            <h1><span class="control-id">{id.to_string()}</span>" "{locale.control_title(&id)}</h1>
        </div>
        {cluster.map(|cluster| view! {
            <p class="scope-note">
                {locale.tx("control-one-cluster", &[("cluster", (&cluster).into())])}" "
                <a href=format!("/controls/{id}")>{locale.t("control-all-clusters")}</a>
            </p>
        })}
        <Verdict status=status.clone() />
        {(automatic && !no_cluster).then(|| view! {
            <section aria-labelledby="checks-title">
                <h2 id="checks-title">{locale.t("control-checks-title")}</h2>
                <Checks control=status.clone() checks=checks />
            </section>
            <Findings control=status.clone() findings=findings />
            <Looked rows=coverage.rows.clone() more=more />
        })}
        {(access::CONTROLS.contains(&id_word.as_str()) && !no_cluster).then(|| view! { <AccessReviews clusters=clusters /> })}
        <Remains control=status />
        <Legend />
    }
    .into_any()
}

/// The state, and why.
#[component]
fn Verdict(status: ControlStatus) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let control = Catalogue::current().control(&status.control);
    let before = control
        .map(|control| control.iso2013.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        .unwrap_or_default();
    let mut areas: Vec<_> =
        Catalogue::current().checks_for(&status.control).flat_map(|(check, _)| check.areas.iter().cloned()).collect();
    areas.sort();
    areas.dedup();
    view! {
        <section class=format!("verdict tint-{}", status.assessment.state) aria-label=locale.t("control-verdict")>
            <div class="verdict-state">
                <Assessed assessment=status.assessment />
                <p>{locale.t(&format!("why-{}", status.assessment.why.as_str()))}</p>
            </div>
            <dl class="facts">
                <div>
                    <dt>{locale.t("control-evidence")}</dt>
                    <dd title=locale.t(&format!("evidence-{}-means", status.evidence))>{locale.t(&format!("evidence-{}", status.evidence))}</dd>
                </div>
                {status.read_at.map(|at| view! {
                    <div>
                        <dt>{locale.t("control-oldest-reading")}</dt>
                        <dd><Ago locale=locale at=at now=context.as_of /></dd>
                    </div>
                })}
                <div>
                    <dt>{locale.t("control-2013")}</dt>
                    <dd>{if before.is_empty() { locale.t("control-new-in-2022") } else { before }}</dd>
                </div>
                {(!areas.is_empty()).then(|| view! {
                    <div>
                        <dt>{locale.t("control-areas")}</dt>
                        <dd>{areas.iter().map(|area| locale.t(&format!("area-{area}"))).collect::<Vec<_>>().join(", ")}</dd>
                    </div>
                })}
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Checks(control: ControlStatus, checks: Vec<CheckStatus>) -> impl IntoView {
    Catalogue::current()
        .checks_for(&control.control)
        .map(|(check, strength)| {
            let results: Vec<_> = checks.iter().filter(|result| result.check == check.id).cloned().collect();
            view! { <OneCheck check=check.clone() strength=strength.as_str() results=results /> }
        })
        .collect_view()
}

#[component]
fn OneCheck(check: Check, strength: &'static str, results: Vec<CheckStatus>) -> impl IntoView {
    let locale = page().locale;
    let title_id = format!("check-{}", check.id.key());
    view! {
        <article class="panel check" aria-labelledby=title_id>
            <header>
                <h3 id=title_id.clone()><a href=format!("/checks/{}", check.id)>{locale.check_title(&check.id)}</a></h3>
                <p class="check-facts">
                    <SeverityBadge severity=check.severity />
                    <span>{locale.t(&format!("source-{}", check.source))}</span>
                    <span>{locale.t(&format!("strength-{strength}"))}</span>
                    <code>{check.id.to_string()}</code>
                </p>
            </header>
            <Results results=results label=locale.check_title(&check.id) />
            <details>
                <summary>{locale.t("check-about")}</summary>
                <Texts check=check />
            </details>
        </article>
    }
    .into_any()
}

/// Rule, rationale and remedy of a check.
#[component]
pub fn Texts(
    /// The check.
    check: Check,
) -> impl IntoView {
    let locale = page().locale;
    let parts = [
        ("check-rule", locale.check_rule(&check.id)),
        ("check-rationale", locale.check_rationale(&check.id)),
        ("check-remedy", locale.check_remedy(&check.id)),
    ];
    view! {
        <dl class="texts">
            {parts.into_iter().map(|(heading, text)| view! {
                <div>
                    <dt>{locale.t(heading)}</dt>
                    <dd>{text}</dd>
                </div>
            }).collect_view()}
        </dl>
        {check.remedy_code.map(|code| view! { <Code code=code /> })}
    }
    .into_any()
}

/// The results of a check, a row a cluster.
#[component]
pub fn Results(
    /// The results.
    results: Vec<CheckStatus>,
    /// What the table is called.
    label: String,
) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=locale.tx("check-results", &[("check", label.into())])>
            <table class="rows results">
                <thead>
                    <tr>
                        {heading("check-cluster", "")}
                        {heading("check-state", "")}
                        {heading("check-outcome", "")}
                        {heading("check-examined", "number")}
                        {heading("check-failed", "number")}
                        {heading("check-unread", "number")}
                        {heading("check-since", "")}
                        {heading("check-read", "")}
                    </tr>
                </thead>
                <tbody>{results.into_iter().map(|result| view! { <Result result=result /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Result(result: CheckStatus) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let name = result.cluster.name.clone();
    let reason = result.reason.as_ref().map(|reason| locale.reason(&result.check, reason, &result.detail));
    let seen_in = result.elsewhere.as_ref().and_then(|elsewhere| elsewhere.cluster.as_ref());
    let of_findings = seen_in.map_or(&name, |cluster| &cluster.name);
    let failed = (result.failed > 0).then(|| format!("/findings?cluster={of_findings}&check={}", result.check));
    let judged = result.outcome.is_some();
    let not_retained = result.not_retained;
    let number = move |count: i32| if judged { locale.number(count) } else { "–".to_owned() };
    let coverage = result.coverage.filter(|coverage| !matches!(coverage, model::scan::Coverage::Complete));
    let elsewhere = result.elsewhere.clone();
    let accepted = (result.accepted > 0).then(|| locale.tx("check-accepted", &[("count", result.accepted.into())]));
    let speaks = not_retained
        || accepted.is_some()
        || reason.is_some()
        || elsewhere.is_some()
        || result.error.is_some()
        || coverage.is_some();
    view! {
        <tr class=if speaks { "with-reason" } else { "" }>
            <th scope="row"><a href=format!("/clusters/{name}")>{result.cluster.title.clone()}</a></th>
            <td><Judged state=result.state not_retained=not_retained /></td>
            <td><OutcomeWord outcome=result.outcome /></td>
            <td class="number">{number(result.examined)}</td>
            <td class="number">{match failed {
                Some(address) => view! { <a href=address>{number(result.failed)}</a> }.into_any(),
                None => number(result.failed).into_any(),
            }}</td>
            <td class="number">{number(result.unread)}</td>
            <td class="when">{result.since.map(|at| view! { <Time locale=locale at=at /> })}</td>
            <td class="when">{match result.read_at {
                Some(at) => view! { <Ago locale=locale at=at now=context.as_of /> }.into_any(),
                None if not_retained || judged => view! { <NotRetained /> }.into_any(),
                None => locale.t("never-read").into_any(),
            }}</td>
        </tr>
        {speaks.then(|| view! {
            <tr class="reason">
                <td colspan="8">
                    {not_retained.then(|| format!("{} ", locale.t("gap-not_retained-means")))}
                    {coverage.map(|coverage| view! {
                        <CoverageBadge coverage=coverage source=result.source />" "
                        {locale.t(&format!("coverage-{}-means", coverage.told_of(result.source)))}" "
                    })}
                    {elsewhere.map(|elsewhere| view! { <SeenElsewhere elsewhere=elsewhere /> " " })}
                    {reason}
                    {accepted.map(|text| view! { " " <a href=format!("/findings?state=accepted&check={}", result.check)>{text}</a> })}
                    " "<WentWrong error=result.error problems=result.problems />
                </td>
            </tr>
        })}
    }
    .into_any()
}

#[component]
fn Findings(control: ControlStatus, findings: Vec<FindingRow>) -> impl IntoView {
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
            {(control.open_findings > i64::try_from(shown).unwrap_or(i64::MAX)).then(|| view! {
                <p><a href=format!("/findings?control={}", control.control)>
                    {locale.tx("control-findings-all", &[("count", control.open_findings.into())])}
                </a></p>
            })}
        </section>
    }
    .into_any()
}

/// Whether anybody was looking: a strip a cluster, the sentence, and the checks behind it.
#[component]
fn Looked(rows: Vec<CoverageRow>, more: String) -> impl IntoView {
    let locale = page().locale;
    let (of_control, of_checks): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.control.is_some());
    let label = locale.t("coverage-year");
    view! {
        <section class="panel" aria-labelledby="coverage-title">
            <h2 id="coverage-title">{label.clone()}</h2>
            <p class="quiet">{locale.t("coverage-control-text")}</p>
            <OnEachCluster rows=of_control.clone() label=label more=more />
            <details class="behind">
                <summary>{locale.t("coverage-checks")}</summary>
                {of_control.into_iter().map(|control| {
                    let own: Vec<_> = of_checks.iter().filter(|row| row.cluster.id == control.cluster.id).cloned().collect();
                    view! { <h3>{control.cluster.title.clone()}</h3> <CoverageTable rows=own label=control.cluster.title /> }
                }).collect_view()}
            </details>
        </section>
    }
    .into_any()
}

/// Who may do what in each cluster: evidence that checks alone do not give.
#[component]
fn AccessReviews(clusters: Vec<ClusterName>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="access-title">
            <h2 id="access-title">{locale.t("access-control-title")}</h2>
            <p>{locale.t("access-control-text")}</p>
            <ul class="plain links">
                {clusters.into_iter().map(|cluster| view! {
                    <li><a href=format!("/clusters/{}/access", cluster.name)>{cluster.title}</a></li>
                }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

/// What no cluster can show.
#[component]
fn Remains(control: ControlStatus) -> impl IntoView {
    let locale = page().locale;
    let key =
        if control.evidence == EvidenceKind::Automatic { "control-remains-beside" } else { "control-remains-title" };
    view! {
        <section class="panel" aria-labelledby="remains-title">
            <h2 id="remains-title">{locale.t(key)}</h2>
            <p>{locale.t(&format!("control-{}-remains", control.control.key()))}</p>
        </section>
    }
    .into_any()
}
