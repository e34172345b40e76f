//! Findings in groups: how many of what, each leading to the list of its findings.

use super::{findings::Nothing, saved_views::SaveView};
use crate::{
    context::page,
    i18n::Locale,
    parts::{
        badge::{RetainedNote, SeverityBadge},
        finding_filter::{Chosen, Filters},
    },
};
use leptos::prelude::*;
use model::{
    ids::{CheckId, ControlId},
    views::{Assignees, ClusterName, FindingGroup, FindingGroupBy, FindingGroups, ListView, WorkloadFilter},
};

/// The list of findings, in groups.
#[component]
pub fn FindingGroupsPage(
    /// The groups.
    groups: FindingGroups,
    /// What they were asked for.
    list: ListView,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
    /// Everybody whose findings can be chosen.
    assignees: Assignees,
    /// Whether any scan was ever recorded, so that "no findings" means something.
    scanned: bool,
) -> impl IntoView {
    let locale = page().locale;
    let FindingGroups { by, groups, more, count, ungrouped, retained_from } = groups;
    let counted = if count.at_least { "findings-count-at-least" } else { "findings-count" };
    let caption = locale.t(&format!("group-{by}"));
    let shown = groups.len();
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-findings")}</h1>
            <p class="quiet" role="status">{locale.tx(counted, &[("count", count.rows.into())])}</p>
            <a class="aside" href="/views">{locale.t("views-title")}</a>
        </div>
        <Filters list=list.clone() clusters=clusters assignees=assignees.clone() />
        <Chosen list=list.clone() assignees=assignees />
        <RetainedNote key="findings-not-retained" from=retained_from />
        {count.at_least.then(|| view! { <p class="scope-note">{locale.tx("groups-worst", &[("count", count.rows.into())])}</p> })}
        {more.then(|| view! { <p class="scope-note">{locale.tx("groups-more", &[("count", shown.into())])}</p> })}
        {(by == FindingGroupBy::Control).then(|| view! { <p class="quiet">{locale.t("groups-of-controls")}</p> })}
        {(ungrouped > 0).then(|| view! { <p class="quiet">{locale.tx(&format!("groups-without-{by}"), &[("count", ungrouped.into())])}</p> })}
        {if count.rows == 0 {
            view! { <Nothing filter=list.filter.clone() scanned=scanned /> }.into_any()
        } else if groups.is_empty() {
            ().into_any()
        } else {
            view! {
                <table class="rows findings-rows" role="table">
                    <caption class="visually-hidden">{caption.clone()}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{caption}</th>
                            <th scope="col" role="columnheader" class="number">{locale.t("nav-findings")}</th>
                            <th scope="col" role="columnheader">{locale.t("finding-severity")}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {groups.into_iter().map(|group| view! { <Group by=by group=group /> }).collect_view()}
                    </tbody>
                </table>
                <SaveView list=list />
            }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Group(by: FindingGroupBy, group: FindingGroup) -> impl IntoView {
    let locale = page().locale;
    let name = named(locale, by, &group);
    view! {
        <tr role="row">
            <td role="cell" class="main-cell">
                <a href=format!("/findings?{}", group.query)>{name}</a>
                {group.cluster.map(|cluster| view! { <span class="sub">{cluster.title}</span> })}
            </td>
            <td role="cell" class="number" data-label=locale.t("nav-findings")>{locale.number(group.findings)}</td>
            <td role="cell" data-label=locale.t("finding-severity")>
                <ul class="severity-counts">
                    {group.severities.into_iter().map(|count| view! {
                        <li>{locale.number(count.findings)}" "<SeverityBadge severity=count.severity /></li>
                    }).collect_view()}
                </ul>
            </td>
        </tr>
    }
    .into_any()
}

/// What a group is called.
fn named(locale: Locale, by: FindingGroupBy, group: &FindingGroup) -> String {
    let value = &group.value;
    match by {
        FindingGroupBy::Check => locale.check_title(&CheckId(value.clone())),
        FindingGroupBy::Control => {
            let control = ControlId(value.clone());
            format!("{control} {}", locale.control_title(&control))
        }
        FindingGroupBy::Workload => value.parse().map_or_else(|_| value.clone(), |it| locale.workload(&it)),
        FindingGroupBy::Owner if value == "nobody" => locale.t("filter-assignee-nobody"),
        FindingGroupBy::Namespace if value == model::views::NO_NAMESPACE => locale.t("filter-namespace-none"),
        FindingGroupBy::Owner | FindingGroupBy::Cluster | FindingGroupBy::Cve | FindingGroupBy::Namespace => {
            group.name.clone().unwrap_or_else(|| value.clone())
        }
    }
}

impl Locale {
    /// An object that findings are about: its kind, its namespace and its name.
    pub(crate) fn workload(self, workload: &WorkloadFilter) -> String {
        let name = workload.namespace.iter().chain([&workload.name]).map(String::as_str).collect::<Vec<_>>().join("/");
        self.tx("filter-workload", &[("kind", (&workload.kind).into()), ("name", (&name).into())])
    }
}
