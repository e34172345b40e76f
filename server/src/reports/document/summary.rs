//! Every control in scope in one table.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use typeset::document::{Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let rows = evidence.controls.iter().map(|control| {
        vec![
            Cell::strong(control.control.0.clone()),
            Cell::text(words.control(&control.control)),
            Cell::State(words.assessed(control.assessment)),
            Cell::text(words.word("evidence", control.evidence.as_str())),
            words.number(i64::from(control.checks)),
            words.number(control.open_findings),
        ]
    });
    let columns = words.columns(&[
        ("report-column-control", 2),
        ("report-column-title", 7),
        ("report-column-state", 4),
        ("report-column-evidence", 3),
        ("report-column-checks", 2),
        ("report-column-open", 2),
    ]);
    let caption = words.t("report-summary-caption");
    let blocks = vec![
        text(words.t("report-summary-text")),
        table(caption, columns, rows.collect(), words.t("report-nothing-in-scope")),
    ];
    part("summary", words.t("report-summary"), blocks)
}
