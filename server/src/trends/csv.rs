//! A trend as a table for spreadsheets.

use crate::reports::csv_bytes;
use frontend::{
    charts::trends::{column_title, period_title},
    i18n::Locale,
};
use model::views::Trend;

/// The table that stands behind the charts: a row a period, with the values that the charts show; times in seconds.
///
/// # Errors
/// Where it cannot be written.
pub fn csv(trend: &Trend, locale: Locale) -> Result<Vec<u8>, ::csv::Error> {
    let fixed = ["period", "first", "last", "until", "days", "days-observed", "observed", "clusters", "retained"];
    let mut header: Vec<String> = fixed.iter().map(|key| locale.t(&format!("trends-csv-{key}"))).collect();
    header.extend(trend.columns.iter().map(|column| column_title(locale, column)));
    let rows = trend.periods.iter().map(|period| {
        let mut row = vec![
            period_title(locale, trend.step, period),
            period.first.to_string(),
            period.last.to_string(),
            crate::ledger::instant_text(period.until),
            period.days.to_string(),
            period.days_observed.to_string(),
            period.observed.to_string(),
            period.clusters.to_string(),
            locale.t(if period.not_retained { "gap-not_retained" } else { "trends-csv-is-retained" }),
        ];
        let values = (0..trend.columns.len()).map(|column| trend.shown(period, column));
        row.extend(values.map(|value| value.map(|value| value.to_string()).unwrap_or_default()));
        row
    });
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    csv_bytes(&rows)
}
