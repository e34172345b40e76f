//! Open findings day by day: a column a day, stacked by severity with the worst at the bottom.

use super::{KeyEntry, round_up};
use crate::{context::locale, i18n::Locale};
use leptos::prelude::*;
use model::{severity::Severity, views::TrendPoint};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 220.0;
/// Room for the scale at the left, for the dates below, and above.
const LEFT: f64 = 48.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 10.0;
/// The share of the height that is hatched where some of the clusters were not seen.
const PARTLY: f64 = 0.08;

/// The severities, worst first, which is the order of the stack from below.
pub const WORST_FIRST: [Severity; 6] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info, Severity::Unknown];

/// The chart, its key, and the table behind it.
#[component]
pub fn Trend(
    /// A point a day, oldest first.
    points: Vec<TrendPoint>,
) -> impl IntoView {
    let locale = locale();
    let used: Vec<_> = WORST_FIRST
        .into_iter()
        .filter(|severity| points.iter().any(|point| point.shown(*severity) > Some(0)))
        .collect();
    let ends = [points.iter().find(|point| !point.not_retained), points.last()];
    let [before, now] = ends.map(|point| number(locale, point.and_then(TrendPoint::shown_in_all)));
    let label = locale.tx("trend-summary", &[("now", now.into()), ("before", before.into())]);
    let dropped = points.iter().any(|point| point.not_retained);
    view! {
        <figure class="trend">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
                <defs>
                    <pattern id="unobserved" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
                    </pattern>
                </defs>
                <Scale locale=locale points=points.clone() />
                {columns(locale, &points, &used)}
            </svg>
            <figcaption class="key">
                {used.iter().map(|severity| view! {
                    <KeyEntry class=format!("fill-severity-{severity}") text=locale.t(&format!("severity-{severity}")) />
                }).collect_view()}
                {points.iter().any(has_gap).then(|| view! {
                    <span class="key-entry">
                        <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                            <rect fill="url(#unobserved)" width="10" height="10" />
                        </svg>
                        {locale.t("trend-unobserved")}
                    </span>
                })}
                {dropped.then(|| view! {
                    <KeyEntry class="fill-gap-not_retained".to_owned() text=locale.t("gap-not_retained") />
                })}
            </figcaption>
        </figure>
        <details class="behind">
            <summary>{locale.t("trend-table")}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=locale.t("trend-table")>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{locale.t("trend-day")}</th>
                            {used.iter().map(|severity| view! {
                                <th scope="col" class="number">{locale.t(&format!("severity-{severity}"))}</th>
                            }).collect_view()}
                            <th scope="col" class="number">{locale.t("trend-all")}</th>
                            <th scope="col" class="number">{locale.t("trend-observed")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {points.iter().rev().map(|point| view! {
                            <tr>
                                <th scope="row">{locale.calendar_date(point.day)}</th>
                                {used.iter().map(|severity| view! { <td class="number">{number(locale, point.shown(*severity))}</td> }).collect_view()}
                                <td class="number">{number(locale, point.shown_in_all())}</td>
                                <td class="number">{observed(locale, point)}</td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Scale(locale: Locale, points: Vec<TrendPoint>) -> impl IntoView {
    let top = highest(&points);
    let lines = [0, top / 2, top]
        .into_iter()
        .map(|value| {
            let y = format!("{:.1}", y_of(value, top));
            view! {
                <line class="grid" x1=LEFT x2=WIDTH y1=y.clone() y2=y.clone() />
                <text class="axis" x=LEFT - 8.0 y=y text-anchor="end" dominant-baseline="middle">{locale.number(value)}</text>
            }
        })
        .collect_view();
    let step = (points.len() / 4).max(1);
    let dates = points
        .iter()
        .enumerate()
        .rev()
        .step_by(step)
        .map(|(index, point)| {
            let (x, width) = column(index, points.len());
            let anchor = if index + 1 == points.len() { "end" } else { "middle" };
            let x = if anchor == "end" { x + width } else { x + width / 2.0 };
            view! { <text class="axis" x=format!("{x:.1}") y=HEIGHT - 6.0 text-anchor=anchor>{locale.calendar_day(point.day)}</text> }
        })
        .collect_view();
    view! { <g aria-hidden="true">{lines}{dates}</g> }.into_any()
}

fn columns(locale: Locale, points: &[TrendPoint], used: &[Severity]) -> impl IntoView + use<> {
    let top = highest(points);
    points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let (x, width) = column(index, points.len());
            let mut below = 0;
            let parts = used
                .iter()
                .filter_map(|severity| Some((severity, point.shown(*severity)?)))
                .map(|(severity, value)| {
                    let (from, to) = (y_of(below, top), y_of(below + value, top));
                    below += value;
                    view! {
                        <rect class=format!("fill-severity-{severity}") x=format!("{x:.1}") y=format!("{to:.1}")
                            width=format!("{width:.1}") height=format!("{:.1}", from - to) />
                    }
                })
                .collect_view();
            let day = ("day", locale.calendar_date(point.day).into());
            let words = match point.shown_in_all() {
                Some(count) => locale.tx("trend-column", &[day, ("count", count.into())]),
                None if point.not_retained => locale.tx("trend-column-dropped", &[day]),
                None => locale.tx("trend-column-unobserved", &[day]),
            };
            let gap = has_gap(point).then(|| {
                // Over the whole height where nobody looked, over a part of it where somebody did.
                let share = if point.observed == 0 { 1.0 } else { PARTLY };
                let room = HEIGHT - BOTTOM - TOP;
                view! {
                    <rect fill="url(#unobserved)" x=format!("{x:.1}") y=format!("{:.1}", TOP + room * (1.0 - share))
                        width=format!("{width:.1}") height=format!("{:.1}", room * share) />
                }
            });
            let dropped = point.not_retained.then(|| {
                let (y, height) = (format!("{TOP:.1}"), format!("{:.1}", HEIGHT - BOTTOM - TOP));
                view! { <rect class="fill-gap-not_retained" x=format!("{x:.1}") y=y width=format!("{width:.1}") height=height /> }
            });
            view! { <g><title>{words}</title>{parts}{gap}{dropped}</g> }
        })
        .collect_view()
}

/// How many of the clusters were seen, where that is to be told.
fn observed(locale: Locale, point: &TrendPoint) -> String {
    if point.not_retained {
        return locale.t("gap-not_retained");
    }
    locale.tx("trend-observed-of", &[("seen", point.observed.into()), ("all", point.clusters.into())])
}

/// A count, or a dash where there is none to show.
fn number(locale: Locale, count: Option<i64>) -> String {
    count.map_or_else(|| "–".to_owned(), |count| locale.number(count))
}

/// Whether nobody looked, or not at every cluster.
fn has_gap(point: &TrendPoint) -> bool {
    !point.not_retained && (point.observed == 0 || point.observed < point.clusters)
}

/// The end of the scale.
fn highest(points: &[TrendPoint]) -> i64 {
    round_up(points.iter().filter_map(TrendPoint::shown_in_all).max().unwrap_or(0))
}

/// Where the column of a day begins, and how wide it is.
#[expect(clippy::cast_precision_loss, reason = "a chart has tens of days")]
fn column(index: usize, of: usize) -> (f64, f64) {
    let pitch = (WIDTH - LEFT) / of.max(1) as f64;
    (LEFT + pitch * index as f64 + pitch * 0.1, pitch * 0.8)
}

#[expect(clippy::cast_precision_loss, reason = "a pixel is coarser than what is lost")]
fn y_of(value: i64, top: i64) -> f64 {
    let room = HEIGHT - BOTTOM - TOP;
    TOP + room - room * value as f64 / top.max(1) as f64
}
