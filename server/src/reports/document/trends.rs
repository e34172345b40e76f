//! How it went: a table for each chart that the page of trends would show.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use frontend::charts::trends::{column_title, period_title, value_text};
use model::views::{Trend, TrendPanel};
use typeset::document::{Block, Cell, Column, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let zone = evidence.trends.first().map(|trend| trend.time_zone.clone()).unwrap_or_default();
    let mut blocks = vec![text(words.tx("report-trends-text", &[("zone", zone.into())]))];
    for trend in &evidence.trends {
        blocks.extend(trend.panels.iter().map(|panel| of_panel(trend, panel, words)));
    }
    part("trends", words.t("report-trends"), blocks)
}

fn of_panel(trend: &Trend, panel: &TrendPanel, words: Words) -> Block {
    let of_panel = || panel.columns.iter().filter_map(|place| Some((*place, trend.columns.get(*place)?)));
    let mut columns = vec![Column { title: words.t("report-trends-month"), width: 4 }];
    columns.extend(of_panel().map(|(_, column)| Column { title: column_title(words.0, column), width: 3 }));
    columns.push(Column { title: words.t("trends-csv-days-observed"), width: 3 });
    let rows = trend.periods.iter().map(|period| {
        let mut row = vec![Cell::strong(period_title(words.0, trend.step, period))];
        row.extend(
            of_panel()
                .map(|(place, column)| Cell::number(value_text(words.0, column.unit, trend.shown(period, place)))),
        );
        let observed = [("seen", period.days_observed.into()), ("all", period.days.into())];
        row.push(if period.not_retained {
            Cell::text(words.t("gap-not_retained"))
        } else {
            Cell::number(words.tx("trend-observed-of", &observed))
        });
        row
    });
    let caption = words.t(&format!("trends-panel-{}", panel.key));
    table(caption, columns, rows.collect(), words.t("report-trends-none"))
}
