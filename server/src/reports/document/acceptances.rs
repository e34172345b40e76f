//! Which risks were accepted, by whom and until when.

use super::{
    super::{csv::approvers, evidence::Evidence, words::Words},
    part, table, text,
};
use frontend::parts::acceptance::scope_text;
use typeset::document::{Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let rows = evidence.acceptances.iter().map(|acceptance| {
        let row = &acceptance.row;
        vec![
            Cell::strong(scope_text(words.0, row)),
            Cell::text(words.word("acceptance-state", row.state.as_str())),
            words.number(row.covered),
            Cell::text(row.requested_by.as_str()),
            Cell::text(approvers(acceptance)),
            Cell::text(words.exact(row.over_at.unwrap_or(row.expires_at))),
        ]
    });
    let columns = words.columns(&[
        ("acceptance-about", 7),
        ("acceptance-state", 3),
        ("acceptance-covers", 2),
        ("acceptance-by", 3),
        ("report-csv-approved_by", 3),
        ("acceptance-until", 3),
    ]);
    let rows = rows.collect();
    let blocks = vec![
        text(words.t("report-acceptances-what")),
        table(words.t("report-acceptances"), columns, rows, words.t("report-acceptances-none")),
        text(words.t("report-acceptances-file")),
    ];
    part("acceptances", words.t("report-acceptances"), blocks)
}
