//! All controls of the framework, grouped by theme, filtered by the address alone.

use crate::{
    context::page,
    i18n::Locale,
    parts::{
        badge::{Assessed, StateMark},
        empty::Empty,
        states::{Legend, READING_ORDER, StatesCounts},
        time::Ago,
    },
};
use leptos::prelude::*;
use model::{
    catalogue::Theme,
    control::{ControlState, Why},
    views::{ClusterName, ControlStatus},
};
use std::collections::BTreeMap;

/// Which controls the list shows; the address is its written form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ControlsFilter {
    /// Only this theme.
    pub theme: Option<Theme>,
    /// Only this state.
    pub state: Option<ControlState>,
    /// Only what this cluster shows.
    pub cluster: Option<String>,
    /// Text in id or title; case does not count.
    pub text: String,
}

impl ControlsFilter {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn takes(&self, control: &ControlStatus, locale: Locale) -> bool {
        let text = self.text.trim().to_lowercase();
        let found = || {
            let id = control.control.as_str().to_lowercase();
            id.contains(&text) || locale.control_title(&control.control).to_lowercase().contains(&text)
        };
        self.theme.is_none_or(|theme| theme == control.theme)
            && self.state.is_none_or(|state| state == control.assessment.state)
            && (text.is_empty() || found())
    }
}

/// The list of controls.
#[component]
pub fn ControlsPage(
    /// Every cluster that can be chosen.
    all_clusters: Vec<ClusterName>,
    /// The clusters in scope, in the order of each control's states.
    clusters: Vec<ClusterName>,
    /// Every control.
    controls: Vec<ControlStatus>,
    /// What to show of them.
    filter: ControlsFilter,
) -> impl IntoView {
    let locale = page().locale;
    let total = controls.len();
    let shown: Vec<_> = controls.into_iter().filter(|control| filter.takes(control, locale)).collect();
    let count = locale.tx("controls-count", &[("shown", shown.len().into()), ("total", total.into())]);
    view! {
        <div class="page-head">
            <h1>{locale.t("controls-title")}</h1>
            <p class="quiet" role="status">{count}</p>
        </div>
        <Filters filter=filter.clone() clusters=all_clusters />
        {if shown.is_empty() {
            let next = Some(("/controls".to_owned(), locale.t("filter-clear")));
            view! { <Empty icon="search" title=locale.t("controls-none-title") text=locale.t("controls-none-text") next=next /> }.into_any()
        } else {
            view! { <Table clusters=clusters controls=shown cluster=filter.cluster /> }.into_any()
        }}
        <Legend />
    }
    .into_any()
}

#[component]
fn Filters(filter: ControlsFilter, clusters: Vec<ClusterName>) -> impl IntoView {
    let locale = page().locale;
    view! {
        <form class="filters" method="get" action="/controls" role="search">
            <label class="field">
                <span>{locale.t("filter-text")}</span>
                <input type="search" name="text" value=filter.text.clone() maxlength="200" />
            </label>
            <label class="field">
                <span>{locale.t("filter-theme")}</span>
                <select name="theme">
                    <option value="">{locale.t("filter-any")}</option>
                    {Theme::ALL.iter().map(|theme| view! {
                        <option value=theme.as_str() selected=filter.theme == Some(*theme)>{locale.t(&format!("theme-{theme}"))}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("filter-state")}</span>
                <select name="state">
                    <option value="">{locale.t("filter-any")}</option>
                    {READING_ORDER.into_iter().map(|state| view! {
                        <option value=state.as_str() selected=filter.state == Some(state)>{locale.t(&format!("state-{state}"))}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span>{locale.t("filter-cluster")}</span>
                <select name="cluster">
                    <option value="">{locale.t("filter-all-clusters")}</option>
                    {clusters.into_iter().map(|cluster| view! {
                        <option value=cluster.name.clone() selected=filter.cluster.as_ref() == Some(&cluster.name)>{cluster.title}</option>
                    }).collect_view()}
                </select>
            </label>
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {(!filter.is_empty()).then(|| view! { <a class="button" href="/controls">{locale.t("filter-clear")}</a> })}
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Table(clusters: Vec<ClusterName>, controls: Vec<ControlStatus>, cluster: Option<String>) -> impl IntoView {
    let locale = page().locale;
    let heading =
        |key: &str, class: &'static str| view! { <th scope="col" role="columnheader" class=class>{locale.t(key)}</th> };
    view! {
        <table class="rows controls-rows" role="table">
            <caption class="visually-hidden">{locale.t("controls-title")}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {heading("control-column-control", "")}
                    {heading("control-column-state", "")}
                    {heading("control-column-clusters", "")}
                    {heading("control-column-checks", "number")}
                    {heading("control-column-findings", "number")}
                    {heading("control-column-read", "")}
                </tr>
            </thead>
            {Theme::ALL.iter().map(|theme| {
                let group: Vec<_> = controls.iter().filter(|control| control.theme == *theme).cloned().collect();
                (!group.is_empty()).then(|| view! { <Group theme=*theme controls=group clusters=clusters.clone() cluster=cluster.clone() /> })
            }).collect_view()}
        </table>
    }
    .into_any()
}

#[component]
fn Group(
    theme: Theme,
    controls: Vec<ControlStatus>,
    clusters: Vec<ClusterName>,
    cluster: Option<String>,
) -> impl IntoView {
    let locale = page().locale;
    let mut states = BTreeMap::new();
    for control in controls.iter().filter(|control| control.assessment.why != Why::NotRetained) {
        *states.entry(control.assessment.state).or_insert(0) += 1;
    }
    view! {
        <tbody role="rowgroup">
            <tr role="row" class="group">
                <th role="rowheader" scope="rowgroup" colspan="6">
                    <span class="group-name">{locale.t(&format!("theme-{theme}"))}</span>
                    <StatesCounts states=states />
                </th>
            </tr>
            {controls.into_iter().map(|control| view! { <Row control=control clusters=clusters.clone() cluster=cluster.clone() /> }).collect_view()}
        </tbody>
    }
    .into_any()
}

#[component]
fn Row(control: ControlStatus, clusters: Vec<ClusterName>, cluster: Option<String>) -> impl IntoView {
    let context = page();
    let locale = context.locale;
    let id = control.control.clone();
    let scope = cluster.map(|cluster| format!("?cluster={cluster}")).unwrap_or_default();
    let automatic = control.checks > 0;
    let not_retained = control.assessment.why == Why::NotRetained;
    let marks = clusters
        .into_iter()
        .zip(control.clusters.iter().copied())
        .map(|(cluster, state)| view! { <StateMark state=state of=cluster.title not_retained=not_retained /> })
        .collect_view();
    view! {
        <tr role="row" class=if automatic { "" } else { "manual" }>
            <td role="cell" class="main-cell">
                <a href=format!("/controls/{id}{scope}")><span class="control-id">{id.to_string()}</span>" "{locale.control_title(&id)}</a>
            </td>
            <td role="cell"><Assessed assessment=control.assessment /></td>
            <td role="cell" class="marks">{automatic.then_some(marks)}</td>
            <td role="cell" class="number" data-label=locale.t("control-column-checks")>
                {if automatic { locale.number(control.checks) } else { locale.t("control-no-check") }}
            </td>
            <td role="cell" class="number" data-label=locale.t("control-column-findings")>
                {if control.open_findings > 0 {
                    view! { <a href=format!("/findings?control={id}")>{locale.number(control.open_findings)}</a> }.into_any()
                } else if automatic {
                    locale.number(0).into_any()
                } else {
                    "–".into_any()
                }}
            </td>
            <td role="cell" class="when" data-label=locale.t("control-column-read")>
                {control.read_at.map(|at| view! { <Ago locale=locale at=at now=context.as_of /> })}
            </td>
        </tr>
    }
    .into_any()
}
