//! Who decided what about the findings in scope.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use model::{Instant, finding::DecisionKind, ids::DecisionId, views::TimelineEvent};
use std::collections::BTreeMap;
use typeset::document::{Cell, Section};

/// A decision, with how many findings in scope it is about.
struct Decision<'a> {
    kind: DecisionKind,
    by: &'a str,
    comment: &'a str,
    findings: i64,
}

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let mut decisions: BTreeMap<(Instant, DecisionId), Decision<'_>> = BTreeMap::new();
    for entry in evidence.findings.iter().flat_map(|finding| &finding.timeline) {
        if let TimelineEvent::Decided { decision, kind, by, comment, .. } = &entry.event {
            let known = decisions.entry((entry.at, *decision));
            known.or_insert(Decision { kind: *kind, by, comment, findings: 0 }).findings += 1;
        }
    }
    let rows = decisions.iter().map(|((at, _), decision)| {
        vec![
            Cell::text(words.exact(*at)),
            Cell::strong(decision.by),
            Cell::text(words.word("decision", decision.kind.as_str())),
            words.number(decision.findings),
            Cell::text(decision.comment),
        ]
    });
    let columns = words.columns(&[
        ("report-column-when", 4),
        ("report-column-who", 3),
        ("report-column-decision", 3),
        ("report-column-count", 2),
        ("report-column-comment", 8),
    ]);
    let rows = rows.collect();
    let blocks = vec![
        text(words.t("report-decisions-text")),
        table(words.t("report-decisions-caption"), columns, rows, words.t("report-decisions-none")),
    ];
    part("decisions", words.t("report-decisions"), blocks)
}
