//! What changed between two instants: filtered by the address alone.

use crate::{
    context::page,
    i18n::Locale,
    parts::{
        acceptance_changes::AcceptanceChanges,
        badge::{Assessed, RetainedNote, SeverityBadge, State},
        findings_table::SubjectName,
        icon::Icon,
        several::Several,
        time::Time,
    },
};
use leptos::prelude::*;
use model::{
    Instant,
    catalogue::Catalogue,
    severity::Severity,
    source::Source,
    views::{
        ChangeKind, ChangesFilter, CheckChange, ClusterChange, ClusterName, Comparison, ControlChange, DecisionRow,
        DecisionsPage, FindingChange, FindingChangesPage, SourceChange,
    },
};

/// What changed.
#[component]
pub fn ComparePage(
    /// What it shows.
    comparison: Comparison,
    /// What it was asked for.
    filter: ChangesFilter,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
) -> impl IntoView {
    let locale = page().locale;
    let Comparison {
        from,
        to,
        from_known,
        states_retained_from,
        controls,
        findings,
        decisions,
        acceptances,
        clusters: moved,
        sources,
    } = comparison;
    let period = (from, to);
    let none = if states_retained_from.is_some() { "compare-clusters-none" } else { "compare-moved-none" };
    view! {
        <div class="page-head">
            <h1>{locale.t("compare-title")}</h1>
            <p class="quiet">
                {locale.t("compare-after")}" "<Time locale=locale at=from exact=true />
                " "{locale.t("compare-until")}" "<Time locale=locale at=to exact=true />
            </p>
        </div>
        <Filters period=period filter=filter.clone() clusters=clusters />
        {(!from_known).then(|| view! { <p class="scope-note">{locale.t("compare-nothing-known")}</p> })}
        {match states_retained_from {
            Some(from) => view! { <RetainedNote key="states-not-retained" from=Some(from) /> }.into_any(),
            None => view! { <Controls controls=controls /> }.into_any(),
        }}
        <Findings period=period filter=filter.clone() findings=findings />
        <Decisions period=period filter=filter.clone() decisions=decisions />
        <AcceptanceChanges
            earlier=acceptances.next.map(|cursor| address(period, &filter, Some(("acceptances_cursor", &cursor))))
            rows=acceptances.rows
        />
        <Moved clusters=moved sources=sources none=none />
    }
    .into_any()
}

/// The address of a comparison, and of a place in one of its lists: the parameter that names the list, and the cursor.
pub fn address((from, to): (Instant, Instant), filter: &ChangesFilter, place: Option<(&str, &str)>) -> String {
    // Instants in UTC and cursors are of characters that need no escape in a query.
    let mut address = format!("/compare?from={}&to={}", Locale::in_address(from), Locale::in_address(to));
    for part in [filter.to_query(), place.map(|(list, cursor)| format!("{list}={cursor}")).unwrap_or_default()] {
        if !part.is_empty() {
            address.push('&');
            address.push_str(&part);
        }
    }
    address
}

#[component]
fn Filters(period: (Instant, Instant), filter: ChangesFilter, clusters: Vec<ClusterName>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let latest = locale.input_seconds(context.as_of);
    let catalogue = Catalogue::current();
    let severities = Severity::ALL.iter().rev().map(|severity| {
        (severity.to_string(), locale.t(&format!("severity-{severity}")), filter.severity.contains(severity))
    });
    let names = clusters.into_iter().map(|cluster| {
        let chosen = filter.cluster.contains(&cluster.name);
        (cluster.name, cluster.title, chosen)
    });
    let sources = Source::ALL
        .iter()
        .map(|source| (source.to_string(), locale.t(&format!("source-{source}")), filter.source.contains(source)));
    view! {
        <form class="filters compare-form" method="get" action="/compare" role="search">
            <label class="field">
                <span>{locale.t("compare-from")}</span>
                <input type="datetime-local" name="from" value=locale.input_seconds(period.0) max=latest.clone() step="1" required=true />
            </label>
            <label class="field">
                <span>{locale.t("compare-to")}</span>
                <input type="datetime-local" name="to" value=locale.input_seconds(period.1) max=latest step="1" required=true />
            </label>
            <Several name="cluster" label=locale.t("filter-cluster") choices=names.collect() />
            <Several name="source" label=locale.t("filter-source") choices=sources.collect() />
            <label class="field">
                <span>{locale.t("filter-control")}</span>
                <select name="control">
                    <option value="">{locale.t("filter-any")}</option>
                    {catalogue.controls().iter().filter(|control| catalogue.checks_for(&control.id).next().is_some()).map(|control| view! {
                        <option value=control.id.to_string() selected=filter.control.contains(&control.id)>
                            {format!("{} {}", control.id, locale.control_title(&control.id))}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <Several name="severity" label=locale.t("finding-severity") choices=severities.collect() />
            {filter.kind.iter().map(|kind| view! { <input type="hidden" name="kind" value=kind.as_str() /> }).collect_view()}
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("compare-show")}</button>
            </div>
        </form>
        <p class="means">{locale.tx("compare-zone", &[("zone", locale.time_zone.name().into())])}</p>
    }
    .into_any()
}

#[component]
fn Controls(controls: Vec<ControlChange>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="controls-title">
            <h2 id="controls-title">{locale.tx("compare-controls", &[("count", controls.len().into())])}</h2>
            {if controls.is_empty() {
                view! { <p class="quiet">{locale.t("compare-controls-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="controls-title">
                        <table class="rows">
                            <thead>
                                <tr>
                                    <th scope="col">{locale.t("control-column-control")}</th>
                                    <th scope="col">{locale.t("compare-state")}</th>
                                    <th scope="col">{locale.t("compare-why")}</th>
                                </tr>
                            </thead>
                            <tbody>{controls.into_iter().map(|change| view! { <Control change=change /> }).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Control(change: ControlChange) -> impl IntoView {
    let locale = page().locale;
    let ControlChange { control, before, after, checks } = change;
    view! {
        <tr>
            <th scope="row"><a href=format!("/controls/{control}")><span class="control-id">{control.to_string()}</span>" "{locale.control_title(&control)}</a></th>
            <td><span class="change"><Assessed assessment=before /><Icon name="next" /><span class="visually-hidden">{locale.t("compare-became")}</span><Assessed assessment=after /></span></td>
            <td>
                {locale.t(&format!("why-{}", after.why.as_str()))}
                {(!checks.is_empty()).then(|| view! {
                    <details>
                        <summary>{locale.tx("compare-checks", &[("count", checks.len().into())])}</summary>
                        <ul class="plain">{checks.into_iter().map(|check| view! { <Check change=check /> }).collect_view()}</ul>
                    </details>
                })}
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Check(change: CheckChange) -> impl IntoView {
    let locale = page().locale;
    let CheckChange { check, cluster, before, after, .. } = change;
    let state = |state: Option<_>| match state {
        Some(state) => view! { <State state=state /> }.into_any(),
        None => locale.t("compare-no-cluster").into_any(),
    };
    view! {
        <li>
            <a href=format!("/checks/{check}")>{locale.check_title(&check)}</a>", "{cluster.title}": "
            <span class="change">{state(before)}<Icon name="next" /><span class="visually-hidden">{locale.t("compare-became")}</span>{state(after)}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Findings(period: (Instant, Instant), filter: ChangesFilter, findings: FindingChangesPage) -> impl IntoView {
    let locale = page().locale;
    let FindingChangesPage { rows, next, counts } = findings;
    let of = |kind: Option<ChangeKind>| {
        let filter = ChangesFilter { kind: kind.into_iter().collect(), ..filter.clone() };
        address(period, &filter, None)
    };
    let bounded = counts.iter().any(|count| count.count.at_least);
    let number = |count: model::views::Count| {
        let number = locale.number(count.rows);
        if count.at_least { locale.tx("compare-at-least", &[("count", count.rows.into())]) } else { number }
    };
    let empty = if next.is_some() { "compare-findings-further" } else { "compare-findings-none" };
    view! {
        <section class="panel" aria-labelledby="findings-title">
            <h2 id="findings-title">{locale.t("compare-findings")}</h2>
            <p class="quiet">{locale.t("compare-findings-means")}</p>
            <ul class="change-counts">
                {counts.iter().map(|count| {
                    let chosen = filter.kind == [count.kind];
                    view! {
                        <li><a href=of((!chosen).then_some(count.kind)) aria-current=chosen.then_some("true")>
                            <span class="figure">{number(count.count)}</span>{locale.t(&format!("change-{}", count.kind))}
                        </a></li>
                    }
                }).collect_view()}
            </ul>
            {bounded.then(|| view! { <p class="quiet">{locale.t("compare-bounded")}</p> })}
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t(empty)}</p> }.into_any()
            } else {
                view! { <FindingsTable rows=rows /> }.into_any()
            }}
            {next.map(|cursor| view! {
                <nav class="pages" aria-label=locale.t("pages-label")>
                    <a class="button" rel="next" href=address(period, &filter, Some(("cursor", &cursor)))>{locale.t("compare-earlier")}<Icon name="next" /></a>
                </nav>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn FindingsTable(rows: Vec<FindingChange>) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="findings-title">
            <table class="rows changes-rows">
                <thead>
                    <tr>
                        {heading("compare-change")}
                        {heading("finding-finding")}
                        {heading("finding-subject")}
                        {heading("finding-cluster")}
                        {heading("finding-severity")}
                        {heading("compare-between")}
                        {heading("compare-last")}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Finding row=row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Finding(row: FindingChange) -> impl IntoView {
    let locale = page().locale;
    let severities = match (row.before, row.after) {
        (Some(before), Some(after)) if before != after => view! {
            <span class="change"><SeverityBadge severity=before /><Icon name="next" /><span class="visually-hidden">{locale.t("compare-became")}</span><SeverityBadge severity=after /></span>
        }
        .into_any(),
        (before, after) => after.or(before).map(|severity| view! { <SeverityBadge severity=severity /> }).into_any(),
    };
    view! {
        <tr>
            <td><span class=format!("badge change-{}", row.kind)>{locale.t(&format!("change-{}", row.kind))}</span></td>
            <th scope="row"><a href=format!("/findings/{}", row.finding)>{locale.check_title(&row.check)}</a></th>
            <td><SubjectName subject=row.subject.clone() /></td>
            <td>{row.cluster.title.clone()}</td>
            <td>{severities}</td>
            <td class="quiet">{events(locale, &row)}</td>
            <td class="when"><Time locale=locale at=row.at /></td>
        </tr>
    }
    .into_any()
}

/// What happened in between, in words.
pub fn events(locale: Locale, row: &FindingChange) -> String {
    let parts = [
        ("compare-times-opened", row.opened),
        ("compare-times-closed", row.closed),
        ("compare-times-severity", row.severity_changes),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(_, times)| *times > 0)
        .map(|(key, times)| locale.tx(key, &[("count", times.into())]))
        .collect();
    words.join(", ")
}

#[component]
fn Decisions(period: (Instant, Instant), filter: ChangesFilter, decisions: DecisionsPage) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    let DecisionsPage { rows, next } = decisions;
    view! {
        <section class="panel" aria-labelledby="decisions-title">
            <h2 id="decisions-title">{locale.t("compare-decisions")}</h2>
            {if rows.is_empty() {
                view! { <p class="quiet">{locale.t("compare-decisions-none")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="decisions-title">
                        <table class="rows">
                            <thead>
                                <tr>
                                    {heading("compare-when")}
                                    {heading("compare-who")}
                                    {heading("compare-decision")}
                                    {heading("compare-comment")}
                                </tr>
                            </thead>
                            <tbody>{rows.into_iter().map(|row| view! { <Decision row=row /> }).collect_view()}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            {next.map(|cursor| view! {
                <nav class="pages" aria-label=locale.t("compare-decisions")>
                    <a class="button" rel="next" href=address(period, &filter, Some(("decisions_cursor", &cursor)))>{locale.t("compare-earlier-decisions")}<Icon name="next" /></a>
                </nav>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Decision(row: DecisionRow) -> impl IntoView {
    let locale = page().locale;
    view! {
        <tr>
            <td class="when"><Time locale=locale at=row.at exact=true /></td>
            <td>{row.by}</td>
            <th scope="row">
                <a href=format!("/findings/{}", row.finding)>{locale.t(&format!("decision-{}", row.kind))}</a>
                {(row.findings > 1).then(|| view! { <span class="sub">{locale.tx("timeline-together", &[("count", row.findings.into())])}</span> })}
            </th>
            <td>{row.comment}</td>
        </tr>
    }
    .into_any()
}

/// Clusters and sources that came, went, fell silent or spoke again.
#[component]
fn Moved(clusters: Vec<ClusterChange>, sources: Vec<SourceChange>, none: &'static str) -> impl IntoView {
    let locale = page().locale;
    view! {
        <section class="panel" aria-labelledby="moved-title">
            <h2 id="moved-title">{locale.t("compare-moved")}</h2>
            {if clusters.is_empty() && sources.is_empty() {
                view! { <p class="quiet">{locale.t(none)}</p> }.into_any()
            } else {
                view! {
                    <ul class="plain">
                        {clusters.into_iter().map(|change| view! {
                            <li>
                                <strong>{change.cluster.title}</strong>" "
                                {locale.t(&format!("cluster-change-{}", change.change))}" "
                                <span class="quiet"><Time locale=locale at=change.at exact=true /></span>
                            </li>
                        }).collect_view()}
                        {sources.into_iter().map(|change| view! {
                            <li>
                                <a href=format!("/clusters/{}", change.cluster.name)>{change.cluster.title}</a>", "
                                <strong>{locale.t(&format!("source-{}", change.source))}</strong>": "
                                {locale.t(&format!("source-turn-{}", change.turn))}" "
                                <span class="quiet">
                                    {locale.t(&format!("source-state-{}", change.before))}" → "{locale.t(&format!("source-state-{}", change.after))}
                                </span>
                            </li>
                        }).collect_view()}
                    </ul>
                }.into_any()
            }}
        </section>
    }
    .into_any()
}
