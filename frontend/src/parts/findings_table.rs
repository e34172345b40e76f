//! Findings as rows of a table.

use crate::{
    context::page,
    parts::{
        badge::{FindingStateBadge, SeverityBadge},
        said::Said,
        service_level::ServiceLevelShort,
        time::Ago,
    },
};
use leptos::prelude::*;
use model::{finding::Subject, views::FindingRow};

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
    /// What the table holds, for those who listen.
    caption: String,
) -> impl IntoView {
    let locale = page().locale;
    let heading = |key: &str| view! { <th scope="col" role="columnheader">{locale.t(key)}</th> };
    view! {
        <table class="rows findings-rows" role="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {selectable.then(|| view! {
                        <th scope="col" role="columnheader" class="tick"><span class="visually-hidden">{locale.t("findings-select")}</span></th>
                    })}
                    {heading("finding-severity")}
                    {heading("finding-finding")}
                    {heading("finding-subject")}
                    {heading("finding-cluster")}
                    {heading("finding-state")}
                    {heading("finding-since")}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {rows.into_iter().map(|row| view! { <Row row=row selectable=selectable of_one_check=of_one_check /> }).collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(row: FindingRow, selectable: bool, of_one_check: bool) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let id = row.id.to_string();
    let title = locale.check_title(&row.check);
    let label =
        locale.tx("findings-select-one", &[("finding", (&title).into()), ("subject", row.subject.to_string().into())]);
    let fault = locale.fault(&row.check, &row.fault, &row.detail);
    let said = row.clone();
    view! {
        <tr role="row">
            {selectable.then(|| view! {
                <td role="cell" class="tick">
                    <label><input type="checkbox" name="finding" value=id.clone() form=SELECTION_FORM aria-label=label /></label>
                </td>
            })}
            <td role="cell"><SeverityBadge severity=row.severity /></td>
            <td role="cell" class="main-cell">
                <a href=format!("/findings/{id}")>{if of_one_check { fault.clone() } else { title }}</a>
                {(!of_one_check).then(|| view! { <span class="sub">{fault}</span> })}
            </td>
            <td role="cell"><SubjectName subject=row.subject /></td>
            <td role="cell" data-label=locale.t("finding-cluster")>{row.cluster.title}</td>
            <td role="cell">
                <FindingStateBadge state=row.state />
                {row.unseen_since.map(|since| view! { <span class="sub">{locale.t("finding-unseen-short")}" "<Ago locale=locale at=since now=context.as_of /></span> })}
                <ServiceLevelShort level=row.service_level />
                <Said row=said />
            </td>
            <td role="cell" data-label=locale.t("finding-since") class="when"><Ago locale=locale at=row.opened_at now=context.as_of /></td>
        </tr>
    }
    .into_any()
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
