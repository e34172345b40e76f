//! Findings: filtered and sorted by the address alone, page by page, and acknowledged many at a time.

use crate::{
    context::page,
    islands::select_rows::SelectRows,
    parts::{
        empty::Empty,
        findings_table::{FindingsTable, SELECTION_FORM},
        icon::Icon,
        several::Several,
    },
};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    finding::FindingState,
    role::Permission,
    severity::Severity,
    views::{ClusterName, FindingFilter, FindingPage, FindingSort},
};

/// The comment's length at most, in characters.
pub const LONGEST_COMMENT: usize = 4000;

/// The list of findings.
#[component]
pub fn FindingsPage(
    /// The page of findings.
    findings: FindingPage,
    /// What it was asked for.
    filter: FindingFilter,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
    /// Whether any scan was ever recorded, so that "no findings" means something.
    scanned: bool,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let decides = context.may(Permission::Decide);
    let count = locale.tx(
        if findings.count.at_least { "findings-count-at-least" } else { "findings-count" },
        &[("count", findings.count.rows.into())],
    );
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-findings")}</h1>
            <p class="quiet" role="status">{count}</p>
        </div>
        <Filters filter=filter.clone() clusters=clusters />
        <Chosen filter=filter.clone() />
        {if findings.rows.is_empty() {
            view! { <Nothing filter=filter scanned=scanned /> }.into_any()
        } else {
            view! {
                {decides.then(|| view! { <Bulk /> })}
                <FindingsTable rows=findings.rows selectable=decides caption=locale.t("nav-findings") />
                <Pages filter=filter previous=findings.previous next=findings.next />
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Filters(filter: FindingFilter, clusters: Vec<ClusterName>) -> impl IntoView {
    let locale = page().locale;
    let severities = Severity::ALL
        .iter()
        .rev()
        .map(|severity| {
            (severity.to_string(), locale.t(&format!("severity-{severity}")), filter.severity.contains(severity))
        })
        .collect();
    let states = FindingState::ALL
        .iter()
        .map(|state| (state.to_string(), locale.t(&format!("finding-state-{state}")), filter.state.contains(state)))
        .collect();
    let sources = Catalogue::current()
        .sources()
        .map(|source| (source.to_string(), locale.t(&format!("source-{source}")), filter.source.contains(&source)))
        .collect();
    let clusters = clusters
        .into_iter()
        .map(|cluster| {
            let chosen = filter.cluster.contains(&cluster.name);
            (cluster.name, cluster.title, chosen)
        })
        .collect();
    view! {
        <form class="filters" method="get" action="/findings" role="search">
            <label class="field">
                <span>{locale.t("filter-text")}</span>
                <input type="search" name="text" value=filter.text.clone() maxlength="200" placeholder=locale.t("findings-text-hint") />
            </label>
            <Several name="severity" label=locale.t("finding-severity") choices=severities />
            <Several name="state" label=locale.t("finding-state") choices=states />
            <Several name="source" label=locale.t("filter-source") choices=sources />
            <Several name="cluster" label=locale.t("filter-cluster") choices=clusters />
            <ByCatalogue filter=filter.clone() />
            <label class="field">
                <span>{locale.t("filter-sort")}</span>
                <select name="sort">
                    {[FindingSort::Severity, FindingSort::Newest, FindingSort::Oldest].into_iter().map(|sort| view! {
                        <option value=sort.as_str() selected=sort == filter.sort>{locale.t(&format!("sort-{}", sort.as_str()))}</option>
                    }).collect_view()}
                </select>
            </label>
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {(filter != FindingFilter::default()).then(|| view! { <a class="button" href="/findings">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}

/// By control or by check: both are lists that only a few people open.
#[component]
fn ByCatalogue(filter: FindingFilter) -> impl IntoView {
    let locale = page().locale;
    let catalogue = Catalogue::current();
    view! {
        <label class="field">
            <span>{locale.t("filter-control")}</span>
            <select name="control">
                <option value="">{locale.t("filter-any")}</option>
                {catalogue.controls().iter().filter(|control| catalogue.checks_for(&control.id).next().is_some()).map(|control| view! {
                    <option value=control.id.to_string() selected=filter.control.as_ref() == Some(&control.id)>
                        {format!("{} {}", control.id, locale.control_title(&control.id))}
                    </option>
                }).collect_view()}
            </select>
        </label>
        <label class="field">
            <span>{locale.t("filter-check")}</span>
            <select name="check">
                <option value="">{locale.t("filter-any")}</option>
                {catalogue.checks().iter().map(|check| view! {
                    <option value=check.id.to_string() selected=filter.check.as_ref() == Some(&check.id)>{locale.check_title(&check.id)}</option>
                }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// What is chosen now, each with a link that takes it away.
#[component]
fn Chosen(filter: FindingFilter) -> impl IntoView {
    let locale = page().locale;
    let mut chips: Vec<(String, FindingFilter)> = Vec::new();
    for severity in &filter.severity {
        let rest = FindingFilter { severity: without(&filter.severity, severity), ..filter.clone() };
        chips.push((locale.t(&format!("severity-{severity}")), rest));
    }
    for state in &filter.state {
        let rest = FindingFilter { state: without(&filter.state, state), ..filter.clone() };
        chips.push((locale.t(&format!("finding-state-{state}")), rest));
    }
    for source in &filter.source {
        let rest = FindingFilter { source: without(&filter.source, source), ..filter.clone() };
        chips.push((locale.t(&format!("source-{source}")), rest));
    }
    for cluster in &filter.cluster {
        let rest = FindingFilter { cluster: without(&filter.cluster, cluster), ..filter.clone() };
        chips.push((cluster.clone(), rest));
    }
    if let Some(control) = &filter.control {
        chips.push((control.to_string(), FindingFilter { control: None, ..filter.clone() }));
    }
    if let Some(check) = &filter.check {
        chips.push((locale.check_title(check), FindingFilter { check: None, ..filter.clone() }));
    }
    if let Some(text) = &filter.text {
        chips.push((format!("“{text}”"), FindingFilter { text: None, ..filter.clone() }));
    }
    (!chips.is_empty()).then(|| view! {
        <ul class="chips" aria-label=locale.t("filter-chosen")>
            {chips.into_iter().map(|(text, rest)| {
                let label = locale.tx("filter-remove", &[("filter", (&text).into())]);
                view! { <li><a class="chip" href=address(&rest, None) aria-label=label>{text}<span aria-hidden="true">" ×"</span></a></li> }
            }).collect_view()}
        </ul>
    })
}

fn without<T: Clone + PartialEq>(all: &[T], one: &T) -> Vec<T> {
    all.iter().filter(|other| *other != one).cloned().collect()
}

/// The form that the boxes of the table belong to.
#[component]
fn Bulk() -> impl IntoView {
    let context = page();
    let locale = context.locale;
    view! {
        <form id=SELECTION_FORM class="bulk" method="post" action="/findings/acknowledge">
            <input type="hidden" name="back" value=context.path />
            <SelectRows
                all=locale.t("select-all")
                none=locale.t("select-none")
                selected=locale.t("select-selected")
                hint=locale.t("select-hint")
            />
            <label class="field grow">
                <span>{locale.t("acknowledge-comment")}</span>
                <input type="text" name="comment" required=true maxlength=LONGEST_COMMENT placeholder=locale.t("acknowledge-comment-hint") />
            </label>
            <button type="submit" class="button primary"><Icon name="done" />{locale.t("acknowledge-selected")}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Pages(filter: FindingFilter, previous: Option<String>, next: Option<String>) -> impl IntoView {
    let locale = page().locale;
    (previous.is_some() || next.is_some()).then(|| view! {
        <nav class="pages" aria-label=locale.t("pages-label")>
            {previous.map(|cursor| view! {
                <a class="button" rel="prev" href=address(&filter, Some(&cursor))><Icon name="previous" />{locale.t("pages-previous")}</a>
            })}
            {next.map(|cursor| view! {
                <a class="button" rel="next" href=address(&filter, Some(&cursor))>{locale.t("pages-next")}<Icon name="next" /></a>
            })}
        </nav>
    })
}

#[component]
fn Nothing(filter: FindingFilter, scanned: bool) -> impl IntoView {
    let locale = page().locale;
    let (key, next) = if !scanned {
        ("findings-never-scanned", Some(("/clusters".to_owned(), locale.t("nav-clusters"))))
    } else if filter == FindingFilter::default() {
        ("findings-none", Some(("/controls".to_owned(), locale.t("nav-controls"))))
    } else {
        ("findings-none-match", Some(("/findings".to_owned(), locale.t("filter-clear"))))
    };
    view! { <Empty icon="findings" title=locale.t(&format!("{key}-title")) text=locale.t(&format!("{key}-text")) next=next /> }.into_any()
}

/// The address of a filter, and of a page within it. Cursors are of characters that need no escape in a query.
fn address(filter: &FindingFilter, cursor: Option<&str>) -> String {
    let mut query = filter.to_query();
    if let Some(cursor) = cursor {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str("cursor=");
        query.push_str(cursor);
    }
    if query.is_empty() { "/findings".to_owned() } else { format!("/findings?{query}") }
}
