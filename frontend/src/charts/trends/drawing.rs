//! The drawing of a trend, with its key.

use super::{
    column_title, period_title,
    scale::{HEIGHT, Scale, WIDTH},
    value_text,
};
use crate::{charts::KeyEntry, context::locale, i18n::Locale};
use leptos::prelude::*;
use model::views::{Trend, TrendChart, TrendFamily, TrendPanel, TrendPeriod, TrendUnit};
use std::fmt::Write;

/// Columns that are told apart by colour; the rest is one of its own where it adds up.
const APART: usize = 7;
/// The share of the height that is hatched where some of the clusters were not seen.
const PARTLY: f64 = 0.08;
/// Periods up to which each has its own words under the pointer; with more, the table has them.
const WORDED: usize = 62;

/// Some columns of a trend, as they are drawn: a title, a class, and a value for each period.
struct Drawn {
    title: String,
    class: String,
    values: Vec<Option<i64>>,
}

/// A chart of a trend, and its key.
#[component]
pub fn TrendChartOf(
    /// The trend.
    trend: Trend,
    /// Which of its columns, and how.
    panel: TrendPanel,
) -> impl IntoView {
    let locale = locale();
    let drawn = drawn(locale, &trend, &panel);
    let stacked = panel.chart == TrendChart::Stacked;
    let unit = panel.columns.first().and_then(|place| trend.columns.get(*place)).map_or(TrendUnit::Count, |c| c.unit);
    let most = (0..trend.periods.len()).map(|place| highest(&drawn, place, stacked)).max().unwrap_or(0);
    let scale = Scale::new(trend.periods.len(), most, unit);
    let label = summary(locale, &trend, &panel, &drawn);
    let hatch = format!("unobserved-{}", panel.key);
    let has_gap = trend.periods.iter().any(is_gap);
    let dropped = dropped(&trend, scale);
    let marks = if stacked { stacks(&drawn, scale) } else { lines(&drawn, scale) };
    let left_out = panel.columns.len() > APART && !stacked;
    view! {
        <figure class="trend">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
                <defs>
                    <pattern id=hatch.clone() width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
                    </pattern>
                </defs>
                <g aria-hidden="true">
                    {scale.lines(locale).into_iter().map(|(y, words)| view! {
                        <line class="grid" x1=Scale::left() x2=WIDTH y1=format!("{y:.1}") y2=format!("{y:.1}") />
                        <text class="axis" x=Scale::left() - 8.0 y=format!("{y:.1}") text-anchor="end" dominant-baseline="middle">{words}</text>
                    }).collect_view()}
                    {titles(locale, &trend, scale)}
                </g>
                {marks.into_iter().map(|(class, path)| view! { <path class=class d=path /> }).collect_view()}
                <path fill=format!("url(#{hatch})") d=gaps(&trend, scale) />
                {(!dropped.is_empty()).then(|| view! { <path class="fill-gap-not_retained" d=dropped.clone() /> })}
                {words(locale, &trend, &drawn, scale, unit)}
            </svg>
            <figcaption class="key">
                {drawn.iter().map(|drawn| view! {
                    <span class="key-entry">
                        <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                            {if stacked {
                                view! { <rect class=drawn.class.clone() width="10" height="10" /> }.into_any()
                            } else {
                                view! { <path class=drawn.class.clone() d="M0 5H10" /> }.into_any()
                            }}
                        </svg>
                        {drawn.title.clone()}
                    </span>
                }).collect_view()}
                {has_gap.then(|| view! {
                    <span class="key-entry">
                        <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                            <rect fill=format!("url(#{hatch})") width="10" height="10" />
                        </svg>
                        {locale.t("trend-unobserved")}
                    </span>
                })}
                {(!dropped.is_empty()).then(|| view! {
                    <KeyEntry class="fill-gap-not_retained".to_owned() text=locale.t("gap-not_retained") />
                })}
                {left_out.then(|| view! { <span class="key-entry">{locale.t("trends-left-out")}</span> })}
            </figcaption>
        </figure>
    }
    .into_any()
}

/// What the chart says in one sentence: its title, its periods, and the last value of each column.
fn summary(locale: Locale, trend: &Trend, panel: &TrendPanel, drawn: &[Drawn]) -> String {
    let last = trend.periods.len().saturating_sub(1);
    let values = drawn.iter().map(|drawn| {
        let unit =
            panel.columns.first().and_then(|place| trend.columns.get(*place)).map_or(TrendUnit::Count, |c| c.unit);
        format!("{}: {}", drawn.title, value_text(locale, unit, drawn.values.get(last).copied().flatten()))
    });
    locale.tx(
        "trends-summary",
        &[
            ("title", locale.t(&format!("trends-panel-{}", panel.key)).into()),
            ("first", locale.calendar_date(trend.first).into()),
            ("last", locale.calendar_date(trend.last).into()),
            ("values", values.collect::<Vec<_>>().join("; ").into()),
        ],
    )
}

/// The columns that are drawn. Severities and states have colours of their own; of other columns the largest have one
/// each, and the rest is drawn together where they add up.
fn drawn(locale: Locale, trend: &Trend, panel: &TrendPanel) -> Vec<Drawn> {
    let values = |place: usize| trend.periods.iter().map(|period| trend.shown(period, place)).collect::<Vec<_>>();
    let columns: Vec<_> = panel.columns.iter().filter_map(|place| Some((*place, trend.columns.get(*place)?))).collect();
    let mark = if panel.chart == TrendChart::Stacked { "fill" } else { "line" };
    let mut ranked: Vec<usize> = columns.iter().map(|(place, _)| *place).collect();
    ranked.sort_by_key(|place| std::cmp::Reverse(values(*place).into_iter().flatten().sum::<i64>()));
    let apart = if columns.len() > APART + 1 { APART } else { columns.len() };
    let (mut all, mut rest) = (Vec::new(), vec![None; trend.periods.len()]);
    for (place, column) in columns {
        let rank = ranked.iter().position(|other| *other == place).unwrap_or(0);
        let class = match column.family {
            TrendFamily::Severity => format!("{mark}-severity-{}", column.key),
            TrendFamily::State => format!("{mark}-{}", column.key),
            _ => match column.key.split_once('.') {
                Some((_, severity)) if column.family == TrendFamily::Trend => format!("{mark}-severity-{severity}"),
                _ => format!("{mark}-series-{}", rank + 1),
            },
        };
        let own_colour = class.starts_with("fill-severity") || column.family == TrendFamily::State;
        if rank < apart || own_colour {
            all.push(Drawn { title: column_title(locale, column), class, values: values(place) });
        } else {
            for (sum, value) in rest.iter_mut().zip(values(place)) {
                *sum = value.map_or(*sum, |value| Some(sum.unwrap_or(0) + value));
            }
        }
    }
    if panel.chart == TrendChart::Stacked && rest.iter().any(Option::is_some) {
        all.push(Drawn { title: locale.t("trends-rest"), class: "fill-series-rest".into(), values: rest });
    }
    all
}

fn highest(drawn: &[Drawn], place: usize, stacked: bool) -> i64 {
    let values = drawn.iter().filter_map(|drawn| drawn.values.get(place).copied().flatten());
    if stacked { values.sum() } else { values.max().unwrap_or(0) }
}

/// One path a column: a rectangle a period, on top of the columns before.
fn stacks(drawn: &[Drawn], scale: Scale) -> Vec<(String, String)> {
    let mut below = vec![0; drawn.first().map_or(0, |drawn| drawn.values.len())];
    let mut marks = Vec::new();
    for drawn in drawn {
        let mut path = String::new();
        for (place, (below, value)) in below.iter_mut().zip(&drawn.values).enumerate() {
            let Some(value) = value.filter(|value| *value > 0) else { continue };
            let ((x, width), from, to) = (scale.column(place), scale.y(*below), scale.y(*below + value));
            *below += value;
            // Writing to a string cannot fail.
            let _written = write!(path, "M{x:.1} {to:.1}h{width:.1}v{:.1}h-{width:.1}z", from - to);
        }
        marks.push((drawn.class.clone(), path));
    }
    marks
}

/// One path a column: from point to point, broken where there is no value.
fn lines(drawn: &[Drawn], scale: Scale) -> Vec<(String, String)> {
    let mut marks = Vec::new();
    for drawn in drawn {
        let mut path = String::new();
        let mut is_broken = true;
        for (place, value) in drawn.values.iter().enumerate() {
            let Some(value) = value else {
                is_broken = true;
                continue;
            };
            let sign = if is_broken { 'M' } else { 'L' };
            // A point by itself shows as a dot: a line of no length with round ends.
            let dot = if is_broken { "h0" } else { "" };
            let _written = write!(path, "{sign}{:.1} {:.1}{dot}", scale.middle(place), scale.y(*value));
            is_broken = false;
        }
        marks.push((drawn.class.clone(), path));
    }
    marks
}

/// Whether nobody looked, or not at everything. Of what is not retained nothing is said.
const fn is_gap(period: &TrendPeriod) -> bool {
    !period.not_retained && (period.observed == 0 || period.observed < period.clusters)
}

/// Filled over the whole height where what was known is not retained.
fn dropped(trend: &Trend, scale: Scale) -> String {
    let mut path = String::new();
    let (y, height) = Scale::share(1.0);
    for place in trend.periods.iter().enumerate().filter(|(_, period)| period.not_retained).map(|(place, _)| place) {
        let (x, width) = scale.column(place);
        let _written = write!(path, "M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
    }
    path
}

/// Hatched over the whole height where nobody looked, over a part of it where not everything was seen.
fn gaps(trend: &Trend, scale: Scale) -> String {
    let mut path = String::new();
    for (place, period) in trend.periods.iter().enumerate().filter(|(_, period)| is_gap(period)) {
        let (x, width) = scale.column(place);
        let (y, height) = Scale::share(if period.observed == 0 { 1.0 } else { PARTLY });
        let _written = write!(path, "M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
    }
    path
}

fn titles(locale: Locale, trend: &Trend, scale: Scale) -> impl IntoView + use<> {
    let periods = trend.periods.len();
    scale
        .titled()
        .into_iter()
        .filter_map(|place| {
            let period = trend.periods.get(place)?;
            let is_last = place + 1 == periods;
            let (x, width) = scale.column(place);
            let (x, anchor) = if is_last { (x + width, "end") } else { (x + width / 2.0, "middle") };
            let words = match trend.step {
                model::trends::TrendStep::Day if periods <= 200 => locale.calendar_day(period.first),
                step => period_title(locale, step, period),
            };
            Some(view! { <text class="axis" x=format!("{x:.1}") y=HEIGHT - 6.0 text-anchor=anchor>{words}</text> })
        })
        .collect_view()
}

/// What each period says, under the pointer.
fn words(locale: Locale, trend: &Trend, drawn: &[Drawn], scale: Scale, unit: TrendUnit) -> impl IntoView + use<> {
    let periods = if trend.periods.len() <= WORDED { trend.periods.as_slice() } else { &[] };
    let words = periods.iter().enumerate().map(|(place, period)| {
        let values = drawn.iter().filter_map(|drawn| {
            let value = drawn.values.get(place).copied().flatten()?;
            Some(format!("{}: {}", drawn.title, value_text(locale, unit, Some(value))))
        });
        let title = period_title(locale, trend.step, period);
        let lines: Vec<String> = std::iter::once(title).chain(values).collect();
        if period.not_retained {
            return (place, format!("{}: {}", lines.concat(), locale.t("gap-not_retained")));
        }
        (place, if lines.len() == 1 { format!("{}: –", lines.concat()) } else { lines.join("\n") })
    });
    words
        .map(|(place, words)| {
            let (x, width) = scale.column(place);
            let (y, height) = Scale::share(1.0);
            view! {
                <rect class="trend-words" x=format!("{x:.1}") y=format!("{y:.1}") width=format!("{width:.1}") height=format!("{height:.1}")>
                    <title>{words}</title>
                </rect>
            }
        })
        .collect_view()
}
