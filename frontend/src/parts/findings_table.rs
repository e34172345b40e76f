//! Findings as rows of a table.

use crate::{
    context::page,
    parts::{
        badge::{FindingStateBadge, SeverityBadge},
        said::{AssigneeName, DueDate, Said, TicketLink},
        service_level::ServiceLevelShort,
        time::Ago,
    },
};
use leptos::prelude::*;
use model::{
    finding::Subject,
    ids::FindingId,
    views::{FindingColumn, FindingRow, NewsOfFinding},
};

use std::collections::BTreeMap;

/// The id that the boxes' form has, so that the table need not stand inside it.
pub const SELECTION_FORM: &str = "selection";

/// A table of findings; with boxes to select them where the reader may act on several.
#[component]
pub fn FindingsTable(
    /// The findings.
    rows: Vec<FindingRow>,
    /// Whether to offer boxes; they belong to the form with the id [`SELECTION_FORM`].
    #[prop(optional)]
    selectable: bool,
    /// Whether the check's title is already known from the page around.
    #[prop(optional)]
    of_one_check: bool,
    /// The columns to show besides what each finding is.
    #[prop(default = FindingColumn::USUAL.to_vec())]
    columns: Vec<FindingColumn>,
    /// What happened to them since the reader's last visit.
    #[prop(optional)]
    news: BTreeMap<FindingId, NewsOfFinding>,
    /// What the table holds, for those who listen.
    caption: String,
) -> AnyView {
    let locale = page().locale;
    // How bad it is stands before what it is.
    let (before, after): (Vec<FindingColumn>, Vec<FindingColumn>) =
        columns.iter().copied().partition(|column| *column == FindingColumn::Severity);
    let heading = |key: &str| view! { <th scope="col" role="columnheader">{locale.t(key)}</th> };
    let table = view! {
        <table class="rows findings-rows" role="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {selectable.then(|| view! {
                        <th scope="col" role="columnheader" class="tick"><span class="visually-hidden">{locale.t("findings-select")}</span></th>
                    })}
                    {before.iter().map(|column| heading(&format!("column-{column}"))).collect_view()}
                    {heading("finding-finding")}
                    {after.iter().map(|column| heading(&format!("column-{column}"))).collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {rows.into_iter().map(|row| view! { <Row news=news.get(&row.id).copied() row=row columns=columns.clone() selectable=selectable of_one_check=of_one_check /> }).collect_view()}
            </tbody>
        </table>
    }
    .into_any();
    if !selectable {
        return view! { <div class="wide">{table}</div> }.into_any();
    }
    // The keys work while the focus is in here, and nowhere else.
    view! {
        <div class="wide by-keys" role="group" tabindex="0" data-keys="" aria-label=locale.t("keys-list") aria-describedby="keys-what">{table}</div>
        <Keys />
    }
    .into_any()
}

/// What the keys do.
#[component]
fn Keys() -> impl IntoView {
    let locale = page().locale;
    view! {
        <details class="columns keys">
            <summary>{locale.t("keys-title")}</summary>
            <p id="keys-what">{locale.t("keys-what")}</p>
            <dl>
                {["j", "k", "x", "range", "a", "escape", "help"].into_iter().map(|key| view! {
                    <div><dt><kbd>{locale.t(&format!("keys-{key}-key"))}</kbd></dt><dd>{locale.t(&format!("keys-{key}"))}</dd></div>
                }).collect_view()}
            </dl>
        </details>
    }
    .into_any()
}

#[component]
fn Row(
    news: Option<NewsOfFinding>,
    row: FindingRow,
    columns: Vec<FindingColumn>,
    selectable: bool,
    of_one_check: bool,
) -> impl IntoView {
    let locale = page().locale;
    let id = row.id.to_string();
    let title = locale.check_title(&row.check);
    let label =
        locale.tx("findings-select-one", &[("finding", (&title).into()), ("subject", row.subject.to_string().into())]);
    let fault = locale.fault(&row.check, &row.fault, &row.detail);
    let (before, after): (Vec<FindingColumn>, Vec<FindingColumn>) =
        columns.iter().copied().partition(|column| *column == FindingColumn::Severity);
    let cell = |column: FindingColumn| cell(column, &row, &columns);
    view! {
        <tr role="row">
            {selectable.then(|| view! {
                <td role="cell" class="tick">
                    <label><input type="checkbox" name="finding" value=id.clone() form=SELECTION_FORM aria-label=label /></label>
                </td>
            })}
            {before.into_iter().map(cell).collect_view()}
            <td role="cell" class="main-cell">
                <a href=format!("/findings/{id}")>{if of_one_check { fault.clone() } else { title }}</a>
                {news.map(|news| view! { " " <span class="news">{locale.t(&format!("news-{news}"))}</span> })}
                {(!of_one_check).then(|| view! { <span class="sub">{fault}</span> })}
            </td>
            {after.into_iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

/// What a column says of a finding. What people said stands beside the state, but for what has a column of its own.
fn cell(column: FindingColumn, row: &FindingRow, columns: &[FindingColumn]) -> AnyView {
    let context = page();
    let locale = context.locale;
    let labelled = |content: AnyView| {
        view! { <td role="cell" data-label=locale.t(&format!("column-{column}"))>{content}</td> }.into_any()
    };
    match column {
        FindingColumn::Severity => view! { <td role="cell"><SeverityBadge severity=row.severity /></td> }.into_any(),
        FindingColumn::Check => labelled(view! { <code>{row.check.to_string()}</code> }.into_any()),
        FindingColumn::Source => labelled(locale.t(&format!("source-{}", row.source)).into_any()),
        FindingColumn::Subject => view! { <td role="cell"><SubjectName subject=row.subject.clone() /></td> }.into_any(),
        FindingColumn::Namespace => labelled(row.subject.namespace.clone().into_any()),
        FindingColumn::Cluster => labelled(row.cluster.title.clone().into_any()),
        FindingColumn::State => {
            let mut said = row.clone();
            said.assigned = said.assigned.filter(|_| !columns.contains(&FindingColumn::Owner));
            said.due = said.due.filter(|_| !columns.contains(&FindingColumn::Due));
            said.ticket = said.ticket.filter(|_| !columns.contains(&FindingColumn::Ticket));
            view! {
                <td role="cell">
                    <FindingStateBadge state=row.state />
                    {row.unseen_since.map(|since| view! { <span class="sub">{locale.t("finding-unseen-short")}" "<Ago locale=locale at=since now=context.as_of /></span> })}
                    <ServiceLevelShort level=row.service_level />
                    <Said row=said />
                </td>
            }
            .into_any()
        }
        FindingColumn::Owner => labelled(row.assigned.clone().map(|assigned| view! { <AssigneeName assigned=assigned /> }).into_any()),
        FindingColumn::Due => labelled(row.due.clone().map(|due| view! { <DueDate due=due /> }).into_any()),
        FindingColumn::Ticket => labelled(row.ticket.clone().map(|ticket| view! { <TicketLink ticket=ticket /> }).into_any()),
        FindingColumn::Since => {
            view! { <td role="cell" data-label=locale.t("finding-since") class="when"><Ago locale=locale at=row.opened_at now=context.as_of /></td> }.into_any()
        }
    }
}

/// A subject: its kind quietly, its name so that it can be read and copied.
#[component]
pub fn SubjectName(
    /// The subject.
    subject: Subject,
) -> impl IntoView {
    let name =
        subject.namespace.map_or_else(|| subject.name.clone(), |namespace| format!("{namespace}/{}", subject.name));
    view! {
        <span class="subject">
            <span class="subject-kind">{subject.kind}</span>
            " "
            <span class="subject-name">{name}</span>
            {subject.key.map(|key| view! { " " <span class="subject-key">{key}</span> })}
        </span>
    }
    .into_any()
}
