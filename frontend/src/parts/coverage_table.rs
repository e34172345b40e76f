//! Coverage as a table: a strip a row, what it says in numbers, and the gaps behind it.

use crate::{
    charts::strip::{StripKey, TimeStrip, sentence},
    context::locale,
    i18n::Locale,
    parts::time::Time,
};
use chrono::TimeDelta;
use leptos::prelude::*;
use model::views::{CoverageRow, GapRow};

/// Rows of sources, checks or controls of one cluster, or of one thing on many clusters.
#[component]
pub fn CoverageTable(
    /// The rows.
    rows: Vec<CoverageRow>,
    /// What the table is called.
    label: String,
    /// Whether a row is named by its cluster, where all are of one thing.
    #[prop(optional)]
    by_cluster: bool,
) -> impl IntoView {
    let locale = locale();
    let heading = |key: &str, class: &'static str| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    let first = if by_cluster { "check-cluster" } else { "coverage-of" };
    let listed = rows.iter().any(|row| !row.strip.gaps.is_empty());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label.clone()>
            <table class="rows coverage-rows">
                <thead>
                    <tr>
                        {heading(first, "")}
                        {heading("coverage-strip", "strip-cell")}
                        {heading("coverage-share", "number")}
                        {heading("coverage-days", "number")}
                        {heading("coverage-gaps", "number")}
                        {heading("coverage-longest", "number")}
                    </tr>
                </thead>
                <tbody>{rows.iter().map(|row| view! { <Row row=row.clone() by_cluster=by_cluster /> }).collect_view()}</tbody>
            </table>
        </div>
        {listed.then(|| view! { <Gaps rows=rows by_cluster=by_cluster label=label /> })}
    }
    .into_any()
}

/// One check or control on each cluster: a sentence and a strip each, and where other periods are.
#[component]
pub fn OnEachCluster(
    /// A row a cluster.
    rows: Vec<CoverageRow>,
    /// What it is called.
    label: String,
    /// The address of other periods.
    more: String,
) -> impl IntoView {
    let locale = locale();
    view! {
        <ul class="plain">
            {rows.iter().map(|row| view! {
                <li><strong>{row.cluster.title.clone()}</strong>": "{sentence(locale, &row.strip)}</li>
            }).collect_view()}
        </ul>
        <StripKey rows=rows.clone() />
        <CoverageTable rows=rows label=label by_cluster=true />
        <p class="onward"><a href=more>{locale.t("coverage-other-period")}</a></p>
    }
    .into_any()
}

#[component]
fn Row(row: CoverageRow, by_cluster: bool) -> impl IntoView {
    let locale = locale();
    let strip = row.strip.clone();
    let name = name(locale, &row, by_cluster);
    let expected = strip.share.is_some();
    let or_dash = move |text: String| if expected { text } else { "–".to_owned() };
    let longest = TimeDelta::microseconds(strip.longest_gap_micros);
    view! {
        <tr>
            <th scope="row">
                {match address(&row, by_cluster) {
                    Some(address) => view! { <a href=address>{name.clone()}</a> }.into_any(),
                    None => name.clone().into_any(),
                }}
                {row.stale_after_seconds.map(|seconds| view! {
                    <span class="sub">{locale.tx("coverage-budget", &[("span", locale.duration(TimeDelta::seconds(seconds)).into())])}</span>
                })}
                {row.seen_in.iter().map(|cluster| view! {
                    <span class="sub">{locale.tx("check-elsewhere", &[("cluster", (&cluster.title).into())])}</span>
                }).collect_view()}
            </th>
            <td class="strip-cell"><TimeStrip strip=strip.clone() of=name /></td>
            <td class="number">{strip.share.map_or_else(|| "–".to_owned(), |share| format!("{} %", locale.hundredths(share)))}</td>
            <td class="number">{or_dash(locale.tx("coverage-days-of", &[("seen", strip.days_observed.into()), ("days", strip.days.into())]))}</td>
            <td class="number">{or_dash(locale.number(i64::try_from(strip.gaps_total).unwrap_or(i64::MAX)))}</td>
            <td class="number">{if strip.gaps_total > 0 { locale.duration(longest) } else { "–".to_owned() }}</td>
        </tr>
    }
    .into_any()
}

/// The newest gaps of the rows, one by one.
#[component]
fn Gaps(rows: Vec<CoverageRow>, by_cluster: bool, label: String) -> impl IntoView {
    let locale = locale();
    let heading = |key: &str| view! { <th scope="col">{locale.t(key)}</th> };
    let told: usize = rows.iter().map(|row| row.strip.gaps.len()).sum();
    let all: usize = rows.iter().map(|row| row.strip.gaps_total).sum();
    let mut gaps: Vec<(String, GapRow)> = rows
        .iter()
        .flat_map(|row| row.strip.gaps.iter().map(move |gap| (name(locale, row, by_cluster), gap.clone())))
        .collect();
    gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(gap.from));
    view! {
        <details class="behind">
            <summary>{locale.tx("coverage-gaps-behind", &[("told", told.into()), ("all", all.into())])}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=format!("{label}: {}", locale.t("coverage-gaps"))>
                <table class="rows">
                    <thead>
                        <tr>
                            {heading(if by_cluster { "check-cluster" } else { "coverage-of" })}
                            {heading("coverage-gap-from")}
                            {heading("coverage-gap-until")}
                            {heading("coverage-gap-length")}
                            {heading("coverage-gap-reason")}
                        </tr>
                    </thead>
                    <tbody>
                        {gaps.into_iter().map(|(name, gap)| view! {
                            <tr>
                                <th scope="row">{name}</th>
                                <td class="when"><Time locale=locale at=gap.from exact=true /></td>
                                <td class="when"><Time locale=locale at=gap.until exact=true /></td>
                                <td class="when">{locale.duration(gap.until - gap.from)}</td>
                                <td><span class=format!("gap-{}", gap.reason)>{locale.t(&format!("gap-{}", gap.reason))}</span>
                                    <span class="sub">{locale.t(&format!("gap-{}-means", gap.reason))}</span></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

/// What a row is of, in words.
fn name(locale: Locale, row: &CoverageRow, by_cluster: bool) -> String {
    if by_cluster {
        return row.cluster.title.clone();
    }
    match (&row.source, &row.check, &row.control) {
        (Some(source), ..) => locale.t(&format!("source-{source}")),
        (None, Some(check), _) => locale.check_title(check),
        (None, None, Some(control)) => format!("{control} {}", locale.control_title(control)),
        (None, None, None) => row.cluster.title.clone(),
    }
}

fn address(row: &CoverageRow, by_cluster: bool) -> Option<String> {
    let of = match (&row.check, &row.control) {
        (Some(check), _) => Some(("check", check.to_string())),
        (None, Some(control)) => Some(("control", control.to_string())),
        (None, None) => None,
    };
    if by_cluster {
        let of = of.map(|(name, id)| format!("&{name}={id}")).unwrap_or_default();
        return Some(format!("/coverage?cluster={}{of}", row.cluster.name));
    }
    of.map(|(name, id)| format!("/{name}s/{id}"))
}
