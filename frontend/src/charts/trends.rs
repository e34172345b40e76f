//! What a trend is called and how it is drawn: stacked columns, or lines, of whatever it tells.

pub mod drawing;
mod scale;

pub use drawing::TrendChartOf;

use crate::i18n::Locale;
use chrono::Datelike;
use model::{
    ids::ControlId,
    trends::TrendStep,
    views::{TrendColumn, TrendFamily, TrendPeriod, TrendUnit},
};

/// The title of a column.
pub fn column_title(locale: Locale, column: &TrendColumn) -> String {
    let key = &column.key;
    match column.family {
        TrendFamily::Severity => locale.t(&format!("severity-{key}")),
        TrendFamily::Source => locale.t(&format!("source-{key}")),
        TrendFamily::State => locale.t(&format!("state-{key}")),
        TrendFamily::Control => {
            let id = ControlId::from(key.as_str());
            format!("{id} {}", locale.control_title(&id))
        }
        TrendFamily::Team if key.is_empty() => locale.t("trends-no-team"),
        TrendFamily::Cluster | TrendFamily::Team => key.clone(),
        TrendFamily::Trend => match key.split_once('.') {
            Some((word, severity)) => locale.tx(
                &format!("trends-column-{word}"),
                &[("severity", locale.t(&format!("severity-{severity}")).into())],
            ),
            None => locale.t(&format!("trends-column-{key}")),
        },
    }
}

/// What a period is called: its day, its week by ISO 8601, or its month.
pub fn period_title(locale: Locale, step: TrendStep, period: &TrendPeriod) -> String {
    match step {
        TrendStep::Day => locale.calendar_date(period.first),
        TrendStep::Week => {
            let week = period.first.iso_week();
            locale.tx(
                "trends-week",
                &[("week", week.week().to_string().into()), ("year", week.year().to_string().into())],
            )
        }
        TrendStep::Month => locale.tx(
            "trends-month",
            &[
                ("month", locale.t(&format!("trends-month-{}", period.first.month())).into()),
                ("year", period.first.year().to_string().into()),
            ],
        ),
    }
}

/// A value in words; a dash where there is none.
pub fn value_text(locale: Locale, unit: TrendUnit, value: Option<i64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    match unit {
        TrendUnit::Count => locale.number(value),
        TrendUnit::Seconds => locale.duration(chrono::TimeDelta::seconds(value)),
        TrendUnit::PerMille => {
            locale.tx("trends-per-cent", &[("value", (value / 10).into()), ("tenths", (value % 10).into())])
        }
    }
}
