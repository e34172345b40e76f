//! Trends: how things went over time. The address alone says what is shown.

use crate::{
    charts::trends::{TrendChartOf, column_title, period_title, value_text},
    context::page,
    i18n::Locale,
    parts::{badge::RetainedNote, empty::Empty, icon::Icon, several::Several},
};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    severity::Severity,
    trends::{TrendBy, TrendQuery, TrendShow, TrendStep},
    views::{ClusterName, Trend, TrendUnit},
};

/// The spans that are offered: days, and the key of their name.
const SPANS: [(u32, &str); 5] = [
    (30, "trends-last-30"),
    (90, "trends-last-90"),
    (365, "trends-last-365"),
    (730, "trends-last-730"),
    (1_826, "trends-last-1826"),
];

/// The page of trends.
#[component]
pub fn TrendsPage(
    /// What was asked.
    query: TrendQuery,
    /// What it gave.
    trend: Trend,
    /// Every cluster that can be chosen.
    clusters: Vec<ClusterName>,
) -> impl IntoView {
    let locale = page().locale;
    let applicable = query.applicable();
    let span = locale.tx(
        "trends-span",
        &[
            ("first", locale.calendar_date(trend.first).into()),
            ("last", locale.calendar_date(trend.last).into()),
            ("zone", (&trend.time_zone).into()),
        ],
    );
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-trends")}</h1>
            <p class="quiet">{span}</p>
        </div>
        <Shows query=query.clone() />
        <NotApplied query=query.clone() />
        <Filters query=applicable.clone() trend=trend.clone() clusters=clusters />
        <p class="means">{locale.t(&format!("trends-show-{}-means", query.show))}</p>
        <RetainedNote key="trends-not-retained" from=trend.retained_from.filter(|_| trend.periods.iter().any(|period| period.not_retained)) />
        <Charts trend=trend.clone() query=applicable />
    }
    .into_any()
}

/// The filters of the address that say nothing of what is shown. They stay in the address of what they narrow.
#[component]
fn NotApplied(query: TrendQuery) -> impl IntoView {
    let locale = page().locale;
    let filters: Vec<String> =
        query.not_applicable().iter().map(|(name, value)| filter_text(locale, name, value)).collect();
    if filters.is_empty() {
        return ().into_any();
    }
    let words = locale.tx("trends-not-applied", &[("filters", filters.join(", ").into())]);
    view! { <p class="scope-note">{words}</p> }.into_any()
}

fn filter_text(locale: Locale, name: &str, value: &str) -> String {
    let (name, value) = match name {
        "source" => ("filter-source", locale.t(&format!("source-{value}"))),
        "severity" => ("finding-severity", locale.t(&format!("severity-{value}"))),
        "check" => ("filter-check", locale.check_title(&value.into())),
        _ => ("trends-team", value.to_owned()),
    };
    format!("{} {value}", locale.t(name))
}

/// What can be shown, one link each.
#[component]
fn Shows(query: TrendQuery) -> impl IntoView {
    let locale = page().locale;
    view! {
        <nav class="trends-shows" aria-label=locale.t("trends-shows")>
            <ul>
                {TrendShow::ALL.iter().map(|show| {
                    let here = *show == query.show;
                    let other = TrendQuery { show: *show, ..query.clone() };
                    view! {
                        <li><a href=address(&other) aria-current=here.then_some("true")>{locale.t(&format!("trends-show-{show}"))}</a></li>
                    }
                }).collect_view()}
            </ul>
        </nav>
        <nav class="trends-spans" aria-label=locale.t("trends-spans")>
            <ul>
                {SPANS.iter().map(|(days, key)| {
                    let here = query.from.is_none() && query.to.is_none() && query.last == *days;
                    let other = TrendQuery { last: *days, from: None, to: None, step: None, ..query.clone() };
                    view! { <li><a href=address(&other) aria-current=here.then_some("true")>{locale.t(key)}</a></li> }
                }).collect_view()}
            </ul>
        </nav>
    }
    .into_any()
}

#[component]
fn Filters(query: TrendQuery, trend: Trend, clusters: Vec<ClusterName>) -> impl IntoView {
    let locale = page().locale;
    let of_findings = query.show != TrendShow::Controls;
    let severities = Severity::ALL
        .iter()
        .rev()
        .map(|it| (it.to_string(), locale.t(&format!("severity-{it}")), query.severity.contains(it)))
        .collect();
    let sources = Catalogue::current()
        .sources()
        .map(|it| (it.to_string(), locale.t(&format!("source-{it}")), query.source.contains(&it)))
        .collect();
    let clusters = clusters
        .into_iter()
        .map(|cluster| {
            let chosen = query.cluster.contains(&cluster.name);
            (cluster.name, cluster.title, chosen)
        })
        .collect();
    let dated = query.from.is_some() || query.to.is_some();
    view! {
        <form class="filters" method="get" action="/trends" role="search">
            <input type="hidden" name="show" value=query.show.as_str() />
            {(!dated).then(|| view! { <input type="hidden" name="last" value=query.last.to_string() /> })}
            <label class="field">
                <span>{locale.t("trends-from")}</span>
                <input type="date" name="from" value=query.from.map(|day| day.to_string()) max=trend.last.to_string() />
            </label>
            <label class="field">
                <span>{locale.t("trends-to")}</span>
                <input type="date" name="to" value=query.to.map(|day| day.to_string()) />
            </label>
            <Choice name="step" label=locale.t("trends-step") any=Some(locale.t("trends-step-any"))
                choices=TrendStep::ALL.iter().map(|it| (it.to_string(), locale.t(&format!("trends-step-{it}")), query.step == Some(*it))).collect() />
            {(query.show == TrendShow::Open).then(|| view! {
                <Choice name="by" label=locale.t("trends-by") any=None
                    choices=TrendBy::ALL.iter().map(|it| (it.to_string(), locale.t(&format!("trends-by-{it}")), query.by == *it)).collect() />
            })}
            <Several name="cluster" label=locale.t("filter-cluster") choices=clusters />
            {of_findings.then(|| view! {
                <Several name="severity" label=locale.t("finding-severity") choices=severities />
                <Several name="source" label=locale.t("filter-source") choices=sources />
            })}
            <Choice name="control" label=locale.t("filter-control") any=Some(locale.t("filter-any")) choices=controls(locale, &query) />
            {(of_findings && !trend.teams.is_empty()).then(|| view! {
                <Choice name="team" label=locale.t("trends-team") any=Some(locale.t("filter-any"))
                    choices=trend.teams.iter().map(|it| (it.clone(), it.clone(), query.team.as_ref() == Some(it))).collect() />
            })}
            <div class="filter-actions">
                <button type="submit" class="button primary">{locale.t("filter-apply")}</button>
                {(query != TrendQuery { show: query.show, ..TrendQuery::default() }).then(|| {
                    let clear = address(&TrendQuery { show: query.show, ..TrendQuery::default() });
                    view! { <a class="button" href=clear>{locale.t("filter-clear")}</a> }
                })}
            </div>
        </form>
    }
    .into_any()
}

fn controls(locale: Locale, query: &TrendQuery) -> Vec<(String, String, bool)> {
    let catalogue = Catalogue::current();
    let controls = catalogue.controls().iter().filter(|control| catalogue.checks_for(&control.id).next().is_some());
    let choice = |id: &model::ids::ControlId| {
        (id.to_string(), format!("{id} {}", locale.control_title(id)), query.control.as_ref() == Some(id))
    };
    controls.map(|control| choice(&control.id)).collect()
}

/// One of a few.
#[component]
fn Choice(
    name: &'static str,
    label: String,
    /// What stands for no choice, where there need be none.
    any: Option<String>,
    /// Value, text, and whether it is chosen.
    choices: Vec<(String, String, bool)>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <select name=name>
                {any.map(|any| view! { <option value="">{any}</option> })}
                {choices.into_iter().map(|(value, text, chosen)| view! { <option value=value selected=chosen>{text}</option> }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

#[component]
fn Charts(trend: Trend, query: TrendQuery) -> impl IntoView {
    let locale = page().locale;
    if !trend.has_deadlines {
        let (title, text) = (locale.t("trends-no-deadlines-title"), locale.t("trends-no-deadlines-text"));
        return view! { <Empty icon="trends" title=title text=text next=None /> }.into_any();
    }
    if trend.panels.is_empty() {
        // Without a reading, nothing open says nothing.
        let key = if trend.periods.iter().any(|period| period.not_retained) {
            "dropped"
        } else if trend.periods.iter().all(|period| period.observed == 0) {
            "unobserved"
        } else {
            "nothing"
        };
        let title = locale.t(&format!("trends-{key}-title"));
        let text = locale.t(&format!("trends-{key}-text"));
        return view! {
            <Empty icon="trends" title=title text=text next=None />
            <section class="panel" aria-labelledby="trends-table"><Behind trend=trend query=query /></section>
        }
        .into_any();
    }
    view! {
        {trend.panels.clone().into_iter().map(|panel| {
            let (labelled_by, id) = (format!("panel-{}", panel.key), format!("panel-{}", panel.key));
            view! {
                <section class="panel" aria-labelledby=labelled_by>
                    <h2 id=id>{locale.t(&format!("trends-panel-{}", panel.key))}</h2>
                    <TrendChartOf trend=trend.clone() panel=panel />
                </section>
            }
        }).collect_view()}
        <section class="panel" aria-labelledby="trends-table"><Behind trend=trend.clone() query=query /></section>
    }
    .into_any()
}

/// The numbers behind the charts, and where to fetch them.
#[component]
fn Behind(trend: Trend, query: TrendQuery) -> impl IntoView {
    let locale = page().locale;
    let asked = query.to_query();
    view! {
        <div class="trends-table-head">
            <h2 id="trends-table">{locale.t("trend-table")}</h2>
            <p>
                <a href=format!("/trends.csv?{asked}")><Icon name="download" />{locale.t("trends-csv")}</a>" "
                <a href=format!("/api/v1/trends?{asked}")>{locale.t("trends-json")}</a>
            </p>
        </div>
        <div class="scroll trends-scroll" tabindex="0" role="region" aria-labelledby="trends-table">
            <table class="rows trends-rows">
                <thead>
                    <tr>
                        <th scope="col">{locale.t(&format!("trends-step-{}", trend.step))}</th>
                        {trend.columns.iter().map(|column| view! { <th scope="col" class="number">{column_title(locale, column)}</th> }).collect_view()}
                        {adds_up(&trend).then(|| view! { <th scope="col" class="number">{locale.t("trend-all")}</th> })}
                        <th scope="col" class="number">{locale.t("trend-observed")}</th>
                    </tr>
                </thead>
                <tbody>
                    {trend.periods.iter().rev().map(|period| {
                        let values: Vec<Option<i64>> = (0..trend.columns.len()).map(|column| trend.shown(period, column)).collect();
                        let all = (period.observed > 0 && !period.not_retained).then(|| values.iter().flatten().sum());
                        view! {
                            <tr>
                                <th scope="row">{period_title(locale, trend.step, period)}</th>
                                {trend.columns.iter().zip(&values).map(|(column, value)| view! {
                                    <td class="number">{value_text(locale, column.unit, *value)}</td>
                                }).collect_view()}
                                {adds_up(&trend).then(|| view! { <td class="number">{value_text(locale, TrendUnit::Count, all)}</td> })}
                                <td class="number">{observed(locale, &trend, period)}</td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Whether the columns of a row are parts of one number.
fn adds_up(trend: &Trend) -> bool {
    matches!(trend.show, TrendShow::Open | TrendShow::Age) && trend.by != TrendBy::Control
}

/// On a day, how many of the clusters were seen; of longer periods, on how many of the days, and how much of all.
fn observed(locale: Locale, trend: &Trend, period: &model::views::TrendPeriod) -> String {
    if period.not_retained {
        return locale.t("gap-not_retained");
    }
    let all = [
        ("seen", period.observed.into()),
        ("all", period.clusters.into()),
        ("days", period.days_observed.into()),
        ("of", period.days.into()),
    ];
    if trend.step == TrendStep::Day {
        locale.tx("trend-observed-of", &all[..2])
    } else {
        locale.tx("trends-observed-days", &all)
    }
}

fn address(query: &TrendQuery) -> String {
    let query = query.to_query();
    if query.is_empty() { "/trends".to_owned() } else { format!("/trends?{query}") }
}
