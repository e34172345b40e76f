//! What a list of findings is narrowed by: the form, and what is chosen, in words.

use super::several::Several;
use crate::{context::page, i18n::Locale};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    finding::FindingState,
    search::LONGEST,
    severity::Severity,
    views::{
        AssigneeFilter, Assignees, ChangedFilter, ClusterName, DueFilter, FindingColumn, FindingFilter, FindingGroupBy,
        FindingSort, ListView, NO_NAMESPACE, ServiceFilter,
    },
};

/// The form: what is asked for most at once, the rest behind a summary where the screen is narrow.
#[component]
pub fn Filters(
    /// The list that is shown.
    list: ListView,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
    /// Everybody whose findings can be chosen.
    assignees: Assignees,
) -> impl IntoView {
    let ListView { filter, group, columns } = list;
    let context = page();
    let locale = context.locale;
    let slash = context.shortcuts.then_some("/");
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
    let more = group.is_some() || uses_more(&filter);
    view! {
        <form class="filters" method="get" action="/findings" role="search">
            <label class="field">
                <span>{locale.t("filter-text")}</span>
                <input type="search" name="q" value=filter.q.clone() maxlength=LONGEST placeholder=locale.t("search-hint")
                    aria-keyshortcuts=slash aria-description=slash.map(|_| locale.t("shortcut-search")) />
            </label>
            {filter.text.clone().map(|text| view! { <input type="hidden" name="text" value=text /> })}
            {filter.namespace.clone().map(|name| view! { <input type="hidden" name="namespace" value=name /> })}
            {filter.workload.clone().map(|workload| view! { <input type="hidden" name="workload" value=workload.to_string() /> })}
            {filter.cve.clone().map(|cve| view! { <input type="hidden" name="cve" value=cve /> })}
            <Several name="severity" label=locale.t("finding-severity") choices=severities />
            <Several name="state" label=locale.t("finding-state") choices=states />
            <Several name="cluster" label=locale.t("filter-cluster") choices=clusters />
            <details class="narrow-folded" open=more>
            <summary>{locale.t("filter-more")}</summary>
            <Several name="source" label=locale.t("filter-source") choices=sources />
            <ByWork filter=filter.clone() assignees=assignees />
            <ByCatalogue filter=filter.clone() />
            <label class="field">
                <span>{locale.t("filter-changed")}</span>
                <select name="changed">
                    <option value="">{locale.t("filter-any")}</option>
                    <option value="since_visit" selected=filter.changed == Some(ChangedFilter::SinceVisit)>{locale.t("filter-changed-since_visit")}</option>
                    {filter.changed.filter(|changed| *changed != ChangedFilter::SinceVisit).map(|changed| view! {
                        <option value=changed.to_string() selected=true>{changed.to_string()}</option>
                    })}
                </select>
            </label>
            <Arranged sort=filter.sort group=group />
            </details>
            {(!columns.is_empty()).then(|| view! { <input type="hidden" name="columns" value=FindingColumn::written(&columns) /> })}
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {(filter != FindingFilter::default()).then(|| view! { <a class="button" href="/findings">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}

/// In what order, and in which groups.
#[component]
fn Arranged(sort: FindingSort, group: Option<FindingGroupBy>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <label class="field">
            <span>{locale.t("filter-sort")}</span>
            <select name="sort">
                {[FindingSort::Severity, FindingSort::Newest, FindingSort::Oldest].into_iter().map(|by| view! {
                    <option value=by.as_str() selected=by == sort>{locale.t(&format!("sort-{}", by.as_str()))}</option>
                }).collect_view()}
            </select>
        </label>
        <label class="field">
            <span>{locale.t("group-by")}</span>
            <select name="group">
                <option value="">{locale.t("group-none")}</option>
                {FindingGroupBy::ALL.iter().map(|by| view! {
                    <option value=by.as_str() selected=group == Some(*by)>{locale.t(&format!("group-{by}"))}</option>
                }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// Whether something is chosen that a narrow screen does not show at once.
fn uses_more(filter: &FindingFilter) -> bool {
    !filter.source.is_empty()
        || !filter.assignee.is_empty()
        || filter.due.is_some()
        || filter.service.is_some()
        || filter.control.is_some()
        || filter.check.is_some()
        || filter.changed.is_some()
        || filter.sort != FindingSort::default()
}

/// By whose they are and by when they are to be fixed. A ticket is chosen by the link at a finding.
#[component]
fn ByWork(filter: FindingFilter, assignees: Assignees) -> impl IntoView {
    let locale = page().locale;
    let nobody = (AssigneeFilter::Nobody, locale.t("filter-assignee-nobody"));
    let all = assignees.people.into_iter().chain(assignees.teams);
    let choices = all.map(|assigned| (AssigneeFilter::Of(assigned.assignee), assigned.name));
    let choices = std::iter::once(nobody).chain(choices).map(|(choice, name)| {
        let chosen = filter.assignee.contains(&choice);
        (choice.to_string(), name, chosen)
    });
    view! {
        <Several name="assignee" label=locale.t("decide-assignee") choices=choices.collect() />
        <label class="field">
            <span>{locale.t("decide-due")}</span>
            <select name="due">
                <option value="">{locale.t("filter-any")}</option>
                {DueFilter::ALL.iter().map(|due| view! {
                    <option value=due.as_str() selected=filter.due == Some(*due)>{locale.t(&format!("filter-due-{due}"))}</option>
                }).collect_view()}
            </select>
        </label>
        <label class="field">
            <span>{locale.t("filter-service")}</span>
            <select name="service">
                <option value="">{locale.t("filter-any")}</option>
                {ServiceFilter::ALL.iter().map(|service| view! {
                    <option value=service.as_str() selected=filter.service == Some(*service)>{locale.t(&format!("filter-service-{service}"))}</option>
                }).collect_view()}
            </select>
        </label>
        {filter.ticket.map(|ticket| view! { <input type="hidden" name="ticket" value=ticket /> })}
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
pub fn Chosen(
    /// The list that is shown.
    list: ListView,
    /// Everybody whose findings can be chosen.
    assignees: Assignees,
) -> impl IntoView {
    let locale = page().locale;
    let chips = parts(locale, &list.filter, &assignees);
    (!chips.is_empty()).then(|| view! {
        <ul class="chips" aria-label=locale.t("filter-chosen")>
            {chips.into_iter().map(|(text, rest)| {
                let label = locale.tx("filter-remove", &[("filter", (&text).into())]);
                view! { <li><a class="chip" href=address(&list.of(rest), None) aria-label=label>{text}<span aria-hidden="true">" ×"</span></a></li> }
            }).collect_view()}
        </ul>
    })
}

/// A filter in words; nothing where it asks for nothing.
pub fn words(locale: Locale, filter: &FindingFilter, assignees: &Assignees) -> Vec<String> {
    parts(locale, filter, assignees).into_iter().map(|(words, _)| words).collect()
}

/// Each thing that a filter asks for: in words, and the filter without it.
fn parts(locale: Locale, filter: &FindingFilter, assignees: &Assignees) -> Vec<(String, FindingFilter)> {
    let mut parts = of_several(locale, filter, assignees);
    let mut one = |words: Option<String>, without: fn(&mut FindingFilter)| {
        if let Some(words) = words {
            let mut rest = filter.clone();
            without(&mut rest);
            parts.push((words, rest));
        }
    };
    one(filter.due.map(|due| locale.t(&format!("filter-due-{due}"))), |rest| rest.due = None);
    one(filter.service.map(|service| locale.t(&format!("filter-service-{service}"))), |rest| rest.service = None);
    one(filter.ticket.clone(), |rest| rest.ticket = None);
    one(filter.control.as_ref().map(ToString::to_string), |rest| rest.control = None);
    one(filter.check.as_ref().map(|check| locale.check_title(check)), |rest| rest.check = None);
    let changed = filter.changed.as_ref().map(|changed| match changed {
        ChangedFilter::SinceVisit => locale.t("filter-changed-since_visit"),
        ChangedFilter::Since(at) => locale.tx("filter-changed-since", &[("at", locale.date_time(*at).into())]),
    });
    one(changed, |rest| rest.changed = None);
    let namespace = filter.namespace.as_ref().map(|name| match name.as_str() {
        NO_NAMESPACE => locale.t("filter-namespace-none"),
        name => locale.tx("filter-namespace", &[("name", name.into())]),
    });
    one(namespace, |rest| rest.namespace = None);
    one(filter.workload.as_ref().map(|workload| locale.workload(workload)), |rest| rest.workload = None);
    one(filter.cve.clone(), |rest| rest.cve = None);
    one(filter.q.as_ref().map(|words| format!("“{words}”")), |rest| rest.q = None);
    one(filter.text.as_ref().map(|text| format!("“{text}”")), |rest| rest.text = None);
    parts
}

/// Of what may be chosen several at a time, each by itself.
fn of_several(locale: Locale, filter: &FindingFilter, assignees: &Assignees) -> Vec<(String, FindingFilter)> {
    let mut parts = Vec::new();
    for severity in &filter.severity {
        let rest = FindingFilter { severity: without(&filter.severity, severity), ..filter.clone() };
        parts.push((locale.t(&format!("severity-{severity}")), rest));
    }
    for state in &filter.state {
        let rest = FindingFilter { state: without(&filter.state, state), ..filter.clone() };
        parts.push((locale.t(&format!("finding-state-{state}")), rest));
    }
    for source in &filter.source {
        let rest = FindingFilter { source: without(&filter.source, source), ..filter.clone() };
        parts.push((locale.t(&format!("source-{source}")), rest));
    }
    for cluster in &filter.cluster {
        let rest = FindingFilter { cluster: without(&filter.cluster, cluster), ..filter.clone() };
        parts.push((cluster.clone(), rest));
    }
    for assignee in &filter.assignee {
        let rest = FindingFilter { assignee: without(&filter.assignee, assignee), ..filter.clone() };
        parts.push((assignee_name(locale, assignee, assignees), rest));
    }
    parts
}

fn assignee_name(locale: Locale, assignee: &AssigneeFilter, assignees: &Assignees) -> String {
    if *assignee == AssigneeFilter::Nobody {
        return locale.t("filter-assignee-nobody");
    }
    let mut all = assignees.people.iter().chain(&assignees.teams);
    let known = all.find(|known| AssigneeFilter::Of(known.assignee.clone()) == *assignee);
    known.map_or_else(|| assignee.to_string(), |known| known.name.clone())
}

fn without<T: Clone + PartialEq>(all: &[T], one: &T) -> Vec<T> {
    all.iter().filter(|other| *other != one).cloned().collect()
}

/// The address of a list, and of a page within it. Cursors are of characters that need no escape in a query.
pub fn address(list: &ListView, cursor: Option<&str>) -> String {
    let mut query = list.to_query();
    if let Some(cursor) = cursor {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str("cursor=");
        query.push_str(cursor);
    }
    if query.is_empty() { "/findings".to_owned() } else { format!("/findings?{query}") }
}
