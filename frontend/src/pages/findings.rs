//! Findings: filtered and sorted by the address alone, page by page, and acknowledged many at a time.

use crate::{
    context::page,
    i18n::Locale,
    islands::select_rows::SelectRows,
    pages::saved_views::SaveView,
    parts::{
        badge::RetainedNote,
        deciding::{AssigneeChoice, Deciding, DueChoice, LONGEST_COMMENT, TicketChoice, UndoOffer},
        empty::Empty,
        finding_filter::{Chosen, Filters, address},
        findings_table::{FindingsTable, SELECTION_FORM},
        icon::Icon,
    },
};
use leptos::prelude::*;
use model::{
    finding::DecisionKind,
    ids::FindingId,
    role::Permission,
    views::{ClusterName, Count, FindingColumn, FindingFilter, FindingPage, FindingSort, ListView, NewsOfFinding},
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
            <a class="aside" href="/views">{locale.t("views-title")}</a>
        </div>
        <UndoOffer undoable=deciding.undoable.clone() />
        <Filters list=list.clone() clusters=clusters assignees=deciding.assignees.clone() />
        <Chosen list=list.clone() assignees=deciding.assignees.clone() />
        <RetainedNote key="findings-not-retained" from=findings.retained_from />
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
            <details class="narrow-folded bulk-more">
            <summary>{locale.t("decide-several")}</summary>
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
            </details>
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
