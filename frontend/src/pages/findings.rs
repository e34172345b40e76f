//! Findings: filtered and sorted by the address alone, page by page, and acknowledged many at a time.

use crate::{
    context::page,
    i18n::Locale,
    islands::select_rows::SelectRows,
    pages::saved_views::SaveView,
    parts::{
        deciding::{AssigneeChoice, Deciding, DueChoice, LONGEST_COMMENT, TicketChoice, UndoOffer},
        empty::Empty,
        findings_table::{FindingsTable, SELECTION_FORM},
        icon::Icon,
        several::Several,
    },
};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    finding::{DecisionKind, FindingState},
    ids::FindingId,
    role::Permission,
    search::LONGEST,
    severity::Severity,
    views::{
        AssigneeFilter, Assignees, ChangedFilter, ClusterName, Count, DueFilter, FindingColumn, FindingFilter,
        FindingGroupBy, FindingPage, FindingSort, ListView, NO_NAMESPACE, NewsOfFinding,
    },
};

use std::collections::BTreeMap;

/// The list of findings.
#[component]
pub fn FindingsPage(
    /// The page of findings.
    findings: FindingPage,
    /// What it was asked for.
    filter: FindingFilter,
    /// The same, with the reader's last visit put in where it asks for that; `filter` where that is not known.
    #[prop(optional)]
    matching: Option<FindingFilter>,
    /// What happened since the reader's last visit.
    #[prop(optional)]
    news: BTreeMap<FindingId, NewsOfFinding>,
    /// The columns that its address names.
    #[prop(optional)]
    named: Vec<FindingColumn>,
    /// The columns to show.
    #[prop(default = FindingColumn::USUAL.to_vec())]
    columns: Vec<FindingColumn>,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
    /// Whether any scan was ever recorded, so that "no findings" means something.
    scanned: bool,
    /// What the forms of those who decide know.
    #[prop(default = Deciding::default())]
    deciding: Deciding,
) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let decides = context.may(Permission::Decide);
    let list = ListView { filter: filter.clone(), group: None, columns: named };
    let count = locale.tx(
        if findings.count.at_least { "findings-count-at-least" } else { "findings-count" },
        &[("count", findings.count.rows.into())],
    );
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-findings")}</h1>
            <p class="quiet" role="status">{count}</p>
        </div>
        <UndoOffer undoable=deciding.undoable.clone() />
        <Filters list=list.clone() clusters=clusters assignees=deciding.assignees.clone() />
        <Chosen list=list.clone() assignees=deciding.assignees.clone() />
        {(filter.q.is_some() && !findings.rows.is_empty()).then(|| view! { <p class="quiet">{order(locale, &filter, &findings)}</p> })}
        {if findings.rows.is_empty() {
            view! { <Nothing filter=filter scanned=scanned /> }.into_any()
        } else {
            let chosen = columns.clone();
            view! {
                {decides.then(|| view! { <Bulk filter=matching.unwrap_or_else(|| filter.clone()) count=findings.count deciding=deciding /> })}
                <FindingsTable rows=findings.rows selectable=decides columns=columns news=news caption=locale.t("nav-findings") />
                <ColumnChoice chosen=chosen.clone() />
                <SaveView list=ListView { columns: if chosen == FindingColumn::USUAL { Vec::new() } else { chosen }, ..list.clone() } />
                <Pages list=list previous=findings.previous next=findings.next />
            }.into_any()
        }}
    }
    .into_any()
}

/// In what order the findings are that were searched for.
fn order(locale: Locale, filter: &FindingFilter, findings: &FindingPage) -> String {
    if findings.ranked {
        locale.t("search-ranked")
    } else if filter.sort == FindingSort::Severity {
        locale.tx("search-unranked", &[("count", 1_000.into())])
    } else {
        locale.t(&format!("sort-{}", filter.sort.as_str()))
    }
}

#[component]
pub(super) fn Filters(list: ListView, clusters: Vec<ClusterName>, assignees: Assignees) -> impl IntoView {
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
    view! {
        <form class="filters" method="get" action="/findings" role="search">
            <label class="field">
                <span>{locale.t("filter-text")}</span>
                <input type="search" name="q" value=filter.q.clone() maxlength=LONGEST placeholder=locale.t("search-hint")
                    aria-keyshortcuts=slash aria-description=slash.map(|_| locale.t("shortcut-search")) />
            </label>
            {filter.text.clone().map(|text| view! { <input type="hidden" name="text" value=text /> })}
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
            {filter.namespace.clone().map(|name| view! { <input type="hidden" name="namespace" value=name /> })}
            {filter.workload.clone().map(|workload| view! { <input type="hidden" name="workload" value=workload.to_string() /> })}
            {filter.cve.clone().map(|cve| view! { <input type="hidden" name="cve" value=cve /> })}
            <Several name="severity" label=locale.t("finding-severity") choices=severities />
            <Several name="state" label=locale.t("finding-state") choices=states />
            <Several name="source" label=locale.t("filter-source") choices=sources />
            <Several name="cluster" label=locale.t("filter-cluster") choices=clusters />
            <ByWork filter=filter.clone() assignees=assignees />
            <ByCatalogue filter=filter.clone() />
            <label class="field">
                <span>{locale.t("filter-sort")}</span>
                <select name="sort">
                    {[FindingSort::Severity, FindingSort::Newest, FindingSort::Oldest].into_iter().map(|sort| view! {
                        <option value=sort.as_str() selected=sort == filter.sort>{locale.t(&format!("sort-{}", sort.as_str()))}</option>
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
            {(!columns.is_empty()).then(|| view! { <input type="hidden" name="columns" value=FindingColumn::written(&columns) /> })}
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {(filter != FindingFilter::default()).then(|| view! { <a class="button" href="/findings">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
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
pub(super) fn Chosen(list: ListView, assignees: Assignees) -> impl IntoView {
    let locale = page().locale;
    let filter = &list.filter;
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
    for assignee in &filter.assignee {
        let rest = FindingFilter { assignee: without(&filter.assignee, assignee), ..filter.clone() };
        let mut all = assignees.people.iter().chain(&assignees.teams);
        let name = all.find(|assigned| AssigneeFilter::Of(assigned.assignee.clone()) == *assignee);
        let name = name.map_or_else(|| assignee.to_string(), |assigned| assigned.name.clone());
        let nobody = *assignee == AssigneeFilter::Nobody;
        chips.push((if nobody { locale.t("filter-assignee-nobody") } else { name }, rest));
    }
    if let Some(due) = filter.due {
        chips.push((locale.t(&format!("filter-due-{due}")), FindingFilter { due: None, ..filter.clone() }));
    }
    if let Some(ticket) = &filter.ticket {
        chips.push((ticket.clone(), FindingFilter { ticket: None, ..filter.clone() }));
    }
    if let Some(control) = &filter.control {
        chips.push((control.to_string(), FindingFilter { control: None, ..filter.clone() }));
    }
    if let Some(check) = &filter.check {
        chips.push((locale.check_title(check), FindingFilter { check: None, ..filter.clone() }));
    }
    if let Some(changed) = &filter.changed {
        let said = match changed {
            ChangedFilter::SinceVisit => locale.t("filter-changed-since_visit"),
            ChangedFilter::Since(at) => locale.tx("filter-changed-since", &[("at", locale.date_time(*at).into())]),
        };
        chips.push((said, FindingFilter { changed: None, ..filter.clone() }));
    }
    if let Some(name) = &filter.namespace {
        let none = name == NO_NAMESPACE;
        let named = || locale.tx("filter-namespace", &[("name", name.into())]);
        let said = if none { locale.t("filter-namespace-none") } else { named() };
        chips.push((said, FindingFilter { namespace: None, ..filter.clone() }));
    }
    if let Some(workload) = &filter.workload {
        chips.push((locale.workload(workload), FindingFilter { workload: None, ..filter.clone() }));
    }
    if let Some(cve) = &filter.cve {
        chips.push((cve.clone(), FindingFilter { cve: None, ..filter.clone() }));
    }
    if let Some(words) = &filter.q {
        chips.push((format!("“{words}”"), FindingFilter { q: None, ..filter.clone() }));
    }
    if let Some(text) = &filter.text {
        chips.push((format!("“{text}”"), FindingFilter { text: None, ..filter.clone() }));
    }
    (!chips.is_empty()).then(|| view! {
        <ul class="chips" aria-label=locale.t("filter-chosen")>
            {chips.into_iter().map(|(text, rest)| {
                let label = locale.tx("filter-remove", &[("filter", (&text).into())]);
                view! { <li><a class="chip" href=address(&list.of(rest), None) aria-label=label>{text}<span aria-hidden="true">" ×"</span></a></li> }
            }).collect_view()}
        </ul>
    })
}

fn without<T: Clone + PartialEq>(all: &[T], one: &T) -> Vec<T> {
    all.iter().filter(|other| *other != one).cloned().collect()
}

/// What can be decided about several findings at once.
const TOGETHER: &[DecisionKind] = &[
    DecisionKind::Acknowledge,
    DecisionKind::Comment,
    DecisionKind::Assign,
    DecisionKind::SetDue,
    DecisionKind::LinkTicket,
    DecisionKind::FalsePositive,
    DecisionKind::Withdraw,
    DecisionKind::Reopen,
    DecisionKind::Unassign,
    DecisionKind::ClearDue,
    DecisionKind::UnlinkTicket,
];

/// Which columns the list has. Remembered by the browser, and part of the address that it leads to.
#[component]
fn ColumnChoice(chosen: Vec<FindingColumn>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    view! {
        <details class="columns">
            <summary>{locale.t("columns-title")}</summary>
            <form method="post" action="/preferences">
                <input type="hidden" name="back" value=context.path />
                <fieldset>
                    <legend class="visually-hidden">{locale.t("columns-title")}</legend>
                    {FindingColumn::ALL.iter().map(|column| view! {
                        <label class="box">
                            <input type="checkbox" name="columns" value=column.as_str() checked=chosen.contains(column) />
                            {locale.t(&format!("column-{column}"))}
                        </label>
                    }).collect_view()}
                </fieldset>
                <button type="submit" class="button" name="columns" value="">{locale.t("columns-show")}</button>
                <button type="submit" class="button" name="usual_columns" value="1">{locale.t("columns-usual")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The form that the boxes of the table belong to; its second button asks about everything that the filter matches.
#[component]
fn Bulk(filter: FindingFilter, count: Count, deciding: Deciding) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let all = if count.at_least { "decide-matching-at-least" } else { "decide-matching" };
    view! {
        <form id=SELECTION_FORM class="bulk" method="post" action="/findings/decide">
            <input type="hidden" name="back" value=context.path />
            <input type="hidden" name="matching" value=filter.to_query() />
            <SelectRows
                all=locale.t("select-all")
                none=locale.t("select-none")
                selected=locale.t("select-selected")
                hint=locale.t("select-hint")
            />
            <label class="field">
                <span>{locale.t("decide-kind")}</span>
                <select name="kind">
                    {TOGETHER.iter().map(|kind| view! { <option value=kind.as_str()>{locale.t(&format!("decide-{kind}"))}</option> }).collect_view()}
                </select>
            </label>
            <label class="field grow">
                <span>{locale.t("acknowledge-comment")}</span>
                <input type="text" name="comment" maxlength=LONGEST_COMMENT placeholder=locale.t("acknowledge-comment-hint") />
            </label>
            <details class="bulk-values">
                <summary>{locale.t("decide-values")}</summary>
                <AssigneeChoice assignees=deciding.assignees />
                <DueChoice />
                <TicketChoice keys=deciding.ticket_keys />
            </details>
            <button type="submit" class="button primary" name="scope" value="selected"><Icon name="done" />{locale.t("decide-selected")}</button>
            <button type="submit" class="button" name="scope" value="matching" formaction="/findings/confirm">
                {locale.tx(all, &[("count", count.rows.into())])}
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn Pages(list: ListView, previous: Option<String>, next: Option<String>) -> impl IntoView {
    let locale = page().locale;
    (previous.is_some() || next.is_some()).then(|| view! {
        <nav class="pages" aria-label=locale.t("pages-label")>
            {previous.map(|cursor| view! {
                <a class="button" rel="prev" href=address(&list, Some(&cursor))><Icon name="previous" />{locale.t("pages-previous")}</a>
            })}
            {next.map(|cursor| view! {
                <a class="button" rel="next" href=address(&list, Some(&cursor))>{locale.t("pages-next")}<Icon name="next" /></a>
            })}
        </nav>
    })
}

#[component]
pub(super) fn Nothing(filter: FindingFilter, scanned: bool) -> impl IntoView {
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

/// The address of a list, and of a page within it. Cursors are of characters that need no escape in a query.
pub(super) fn address(list: &ListView, cursor: Option<&str>) -> String {
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
