//! A strip of time: what was observed, and what was not and why. From left to right, as wide as there is room.

use crate::{context::locale, i18n::Locale};
use leptos::prelude::*;
use model::{
    coverage::Gap,
    views::{CoverageRow, Strip, StripCell},
};

const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 20.0;
/// A gap is at least this wide and high, however short it was: none may vanish.
const NARROWEST: f64 = 2.0;
const LOWEST: f64 = 0.3;

/// The strip of a row. What it shows stands in words beside it.
#[component]
pub fn TimeStrip(
    /// What was observed.
    strip: Strip,
    /// What it is of, for those who listen.
    of: String,
) -> impl IntoView {
    let locale = locale();
    let label = format!("{of}: {}", sentence(locale, &strip));
    let (from, until) = (strip.cells.first().map(|cell| cell.from), strip.cells.last().map(|cell| cell.until));
    let span = from.zip(until).map_or(0, |(from, until)| (until - from).num_seconds());
    let x = move |at: chrono::DateTime<chrono::Utc>| {
        from.map_or(0.0, |from| WIDTH * ratio((at - from).num_seconds(), span))
    };
    let rect = move |cell: &StripCell, class: String, least: f64, share: f64| {
        let (left, right) = (x(cell.from), x(cell.until));
        let width = (right - left).max(least);
        let left = left.min(WIDTH - width).max(0.0);
        let height = HEIGHT * share;
        view! {
            <rect class=class x=format!("{left:.1}") width=format!("{width:.1}") y=format!("{:.1}", HEIGHT - height) height=format!("{height:.1}")>
                <title>{cell_words(locale, cell)}</title>
            </rect>
        }
    };
    let observed = strip.cells.iter().filter(|cell| cell.observed_permille > 0);
    let observed = observed.map(|cell| rect(cell, "fill-observed".into(), 0.0, 1.0)).collect_view();
    let gaps = strip.cells.iter().filter_map(|cell| cell.gap.map(|gap| (cell, gap)));
    let gaps = gaps
        .map(|(cell, gap)| {
            let share = 1.0 - ratio(cell.observed_permille.into(), 1_000);
            rect(cell, format!("fill-gap-{gap}"), NARROWEST, share.max(LOWEST))
        })
        .collect_view();
    view! {
        <svg class="strip" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=label>
            {observed}
            {gaps}
        </svg>
    }
    .into_any()
}

/// The colours of some rows, in words.
#[component]
pub fn StripKey(
    /// The rows.
    rows: Vec<CoverageRow>,
) -> impl IntoView {
    let locale = locale();
    let used = |gap: Gap| rows.iter().flat_map(|row| &row.strip.cells).any(|cell| cell.gap == Some(gap));
    let entry = |class: String, text: String| {
        view! {
            <span class="key-entry">
                <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class=class width="10" height="10" /></svg>
                {text}
            </span>
        }
    };
    let gaps = Gap::ALL.iter().filter(|gap| used(**gap));
    view! {
        <p class="key">
            {entry("fill-observed".into(), locale.t("coverage-observed"))}
            {gaps.map(|gap| entry(format!("fill-gap-{gap}"), locale.t(&format!("gap-{gap}")))).collect_view()}
        </p>
    }
    .into_any()
}

/// What a strip says, as a sentence.
pub fn sentence(locale: Locale, strip: &Strip) -> String {
    match strip.share {
        None => locale.t("coverage-nothing-expected"),
        Some(share) => locale.tx(
            "coverage-sentence",
            &[
                ("seen", strip.days_observed.into()),
                ("days", strip.days.into()),
                ("share", locale.hundredths(share).into()),
            ],
        ),
    }
}

fn cell_words(locale: Locale, cell: &StripCell) -> String {
    let what = cell.gap.map_or_else(|| locale.t("coverage-observed"), |gap| locale.t(&format!("gap-{gap}")));
    locale.tx(
        "coverage-cell",
        &[
            ("from", locale.date_time(cell.from).into()),
            ("until", locale.date_time(cell.until).into()),
            ("what", what.into()),
            ("share", locale.hundredths(i64::from(cell.observed_permille) * 10).into()),
        ],
    )
}

#[expect(clippy::cast_precision_loss, reason = "a pixel is coarser than what is lost")]
fn ratio(part: i64, whole: i64) -> f64 {
    part as f64 / whole.max(1) as f64
}
