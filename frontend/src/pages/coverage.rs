//! Were you looking? Every source of every cluster over a period, as strips of time.

use crate::{
    charts::strip::StripKey,
    context::page,
    parts::{coverage_table::CoverageTable, empty::Empty, time::Time},
};
use leptos::prelude::*;
use model::{
    catalogue::Catalogue,
    coverage::{PRESETS, Period},
    ids::{CheckId, ControlId},
    views::{ClusterName, CoverageReport, CoverageRow},
};

/// Of what the page tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverageOf {
    /// Every source.
    Sources,
    /// One check.
    Check(CheckId),
    /// One control, and the checks that support it.
    Control(ControlId),
}

impl CoverageOf {
    /// As the address names it.
    pub fn named(check: Option<&str>, control: Option<&str>) -> Self {
        match (check, control) {
            (Some(check), _) => Self::Check(check.into()),
            (None, Some(control)) => Self::Control(control.into()),
            (None, None) => Self::Sources,
        }
    }

    /// The parameter that names it.
    fn parameter(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Sources => None,
            Self::Check(check) => Some(("check", check.to_string())),
            Self::Control(control) => Some(("control", control.to_string())),
        }
    }

    /// The address of the page of it, over some days up to now and of one cluster where that is asked.
    pub fn address(&self, days: Option<u32>, cluster: Option<&str>) -> String {
        let pairs = [
            days.map(|days| ("days", days.to_string())),
            self.parameter(),
            cluster.map(|cluster| ("cluster", cluster.to_owned())),
        ];
        let pairs: Vec<String> = pairs.into_iter().flatten().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { "/coverage".to_owned() } else { format!("/coverage?{}", pairs.join("&")) }
    }
}

/// What the address of the page asks for.
#[derive(Clone, Debug)]
pub struct CoverageFilter {
    /// Of what it tells.
    pub of: CoverageOf,
    /// The period shown.
    pub period: Period,
    /// Whether the period is a number of days up to now, and no two dates.
    pub presets: bool,
    /// The one cluster shown, if not all.
    pub cluster: Option<String>,
}

/// The coverage of time.
#[component]
pub fn CoveragePage(
    /// Rows of every cluster.
    report: CoverageReport,
    /// The clusters to choose from.
    clusters: Vec<ClusterName>,
    /// What was asked for.
    filter: CoverageFilter,
) -> impl IntoView {
    let locale = page().locale;
    let groups = by_cluster(report.rows.clone());
    let asks_nothing =
        matches!(&filter.of, CoverageOf::Control(control) if Catalogue::current().checks_for(control).next().is_none());
    view! {
        <div class="page-head">
            <h1>{locale.t("nav-coverage")}</h1>
            <p class="quiet">
                <Time locale=locale at=report.from exact=true />" – "<Time locale=locale at=report.until exact=true />
            </p>
        </div>
        <What of=filter.of.clone() cluster=filter.cluster.clone() />
        <Choice clusters=clusters filter=filter />
        {if asks_nothing {
            view! { <Empty icon="controls" title=locale.t("control-no-check") text=locale.t("why-no_check") next=None /> }.into_any()
        } else if groups.is_empty() {
            view! { <Empty icon="clusters" title=locale.t("coverage-none-title") text=locale.t("coverage-none-text") next=None /> }.into_any()
        } else {
            view! {
                <StripKey rows=report.rows />
                {groups.into_iter().map(|rows| view! { <OfCluster rows=rows /> }).collect_view()}
            }.into_any()
        }}
    }
    .into_any()
}

/// Of what the page tells, what that means, and the way to every source where it is of one thing.
#[component]
fn What(of: CoverageOf, cluster: Option<String>) -> impl IntoView {
    let locale = page().locale;
    let (means, one) = match &of {
        CoverageOf::Sources => ("coverage-text", None),
        CoverageOf::Check(check) => {
            ("coverage-check-text", Some((format!("/checks/{check}"), locale.check_title(check))))
        }
        CoverageOf::Control(control) => {
            let title = format!("{control} {}", locale.control_title(control));
            ("coverage-control-text", Some((format!("/controls/{control}"), title)))
        }
    };
    let sources = CoverageOf::Sources.address(None, cluster.as_deref());
    view! {
        {one.map(|(address, title)| view! {
            <p class="scope-note">
                {locale.t("coverage-one")}" "<a href=address>{title}</a>". "
                <a href=sources>{locale.t("coverage-every-source")}</a>
            </p>
        })}
        <p class="quiet">{locale.t(means)}</p>
    }
    .into_any()
}

/// The period and the cluster: links for what is asked most, a form for the rest. The address is all that there is to know.
#[component]
fn Choice(clusters: Vec<ClusterName>, filter: CoverageFilter) -> impl IntoView {
    let locale = page().locale;
    let period = filter.period;
    let address = |days: u32| filter.of.address(Some(days), filter.cluster.as_deref());
    let chosen = |days: u32| filter.presets && period.days() == i64::from(days);
    view! {
        <p class="buttons presets" role="group" aria-label=locale.t("coverage-period")>
            {PRESETS.iter().map(|days| view! {
                <a class="button" href=address(*days) aria-current=chosen(*days).then_some("true")>
                    {locale.tx("coverage-last-days", &[("count", (*days).into())])}
                </a>
            }).collect_view()}
        </p>
        <form class="filters" method="get" action="/coverage">
            {filter.of.parameter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <div class="field">
                <label for="coverage-from">{locale.t("coverage-from")}</label>
                <input id="coverage-from" type="date" name="from" value=period.from.date_naive().to_string() />
            </div>
            <div class="field">
                <label for="coverage-to">{locale.t("coverage-to")}</label>
                <input id="coverage-to" type="date" name="to" value=period.last_day().to_string() />
            </div>
            <div class="field">
                <label for="coverage-cluster">{locale.t("filter-cluster")}</label>
                <select id="coverage-cluster" name="cluster">
                    <option value="">{locale.t("filter-all-clusters")}</option>
                    {clusters.into_iter().map(|cluster| {
                        let selected = filter.cluster.as_ref() == Some(&cluster.name);
                        view! { <option value=cluster.name selected=selected>{cluster.title}</option> }
                    }).collect_view()}
                </select>
            </div>
            <div class="filter-actions"><button type="submit" class="button">{locale.t("coverage-show")}</button></div>
        </form>
    }
    .into_any()
}

#[component]
fn OfCluster(rows: Vec<CoverageRow>) -> impl IntoView {
    let Some(cluster) = rows.first().map(|row| row.cluster.clone()) else { return ().into_any() };
    let title_id = format!("cluster-{}", cluster.id);
    view! {
        <section class="panel" aria-labelledby=title_id>
            <h2 id=title_id.clone()><a href=format!("/clusters/{}", cluster.name)>{cluster.title.clone()}</a></h2>
            <CoverageTable rows=rows label=cluster.title />
        </section>
    }
    .into_any()
}

/// The rows of each cluster together; a cluster that left and came back under its name is two.
fn by_cluster(rows: Vec<CoverageRow>) -> Vec<Vec<CoverageRow>> {
    let mut groups: Vec<Vec<CoverageRow>> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|group| group.first().is_some_and(|first| first.cluster.id == row.cluster.id)) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}
