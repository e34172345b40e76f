//! The findings: what fails, since when, and who said what about it.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use frontend::parts::service_level::target_text;
use model::{
    finding::FindingState,
    service_level::{Clock, ClockKind},
    views::{FindingDetail, TimelineEvent},
};
use typeset::document::{Block, Cell, Section};

/// Rows of a table at most; the data files have them all.
const PRINTED: usize = 1_000;

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let mut blocks = vec![text(words.t("report-findings-text"))];
    if let Some(from) = evidence.findings_from() {
        let line = words.tx("findings-not-retained", &[("from", words.exact(from).into())]);
        blocks.push(Block::Note { title: words.t("gap-not_retained"), lines: vec![line] });
    }
    blocks.extend(some(evidence, words, "report-failing-caption", |state| state != FindingState::Closed));
    blocks.extend(some(evidence, words, "report-closed-caption", |state| state == FindingState::Closed));
    part("findings", words.t("report-findings"), blocks)
}

fn some(evidence: &Evidence, words: Words, caption: &str, which: impl Fn(FindingState) -> bool) -> Vec<Block> {
    let all: Vec<&FindingDetail> = evidence.findings.iter().filter(|finding| which(finding.row.state)).collect();
    let rows = all.iter().take(PRINTED).map(|finding| row(finding, words)).collect();
    let columns = words.columns(&[
        ("report-column-severity", 2),
        ("report-column-finding", 7),
        ("report-column-cluster", 3),
        ("report-column-since", 5),
        ("report-column-decisions", 4),
    ]);
    let mut blocks = Vec::new();
    if all.len() > PRINTED {
        let cut = words.tx("report-findings-cut", &[("shown", PRINTED.into()), ("count", all.len().into())]);
        blocks.push(Block::Note { title: words.t("report-findings-cut-title"), lines: vec![cut] });
    }
    let caption =
        words.tx("report-caption-count", &[("caption", words.t(caption).into()), ("count", all.len().into())]);
    blocks.push(table(caption, columns, rows, words.t("report-findings-none")));
    blocks
}

fn row(finding: &FindingDetail, words: Words) -> Vec<Cell> {
    let row = &finding.row;
    let mut since = vec![Cell::strong(words.word("finding-state", row.state.as_str()))];
    since.push(Cell::text(words.tx("report-since", &[("at", words.minute(Some(row.opened_at)).into())])));
    if finding.first_seen_at < row.opened_at {
        since.push(Cell::text(
            words.tx("report-first-seen", &[("at", words.minute(Some(finding.first_seen_at)).into())]),
        ));
    }
    if let Some(closed_at) = row.closed_at {
        since.push(Cell::text(words.tx("report-until", &[("at", words.minute(Some(closed_at)).into())])));
    }
    since.extend(row.service_level.clocks().map(|(kind, clock)| Cell::text(service_line(kind, &clock, words))));
    vec![
        Cell::strong(words.word("severity", row.severity.as_str())),
        Cell::Lines {
            lines: vec![
                Cell::text(words.check(&row.check)),
                Cell::code(row.subject.to_string()),
                Cell::text(words.fault(&row.check, &row.fault, &row.detail)),
            ],
        },
        Cell::text(row.cluster.name.clone()),
        Cell::Lines { lines: since },
        Cell::Lines { lines: decisions(finding, words) },
    ]
}

/// How a clock stands, to what target and by when.
fn service_line(kind: ClockKind, clock: &Clock, words: Words) -> String {
    let key = if clock.due.is_some() { "report-service-line" } else { "report-service-line-open" };
    words.tx(
        key,
        &[
            ("clock", words.word("service-clock", kind.as_str()).into()),
            ("standing", words.word("service-standing", clock.standing.as_str()).into()),
            ("target", target_text(words.0, clock.target).into()),
            ("due", words.minute(clock.due).into()),
        ],
    )
}

fn decisions(finding: &FindingDetail, words: Words) -> Vec<Cell> {
    let mut lines = Vec::new();
    for entry in &finding.timeline {
        if let TimelineEvent::Decided { kind, by, comment, .. } = &entry.event {
            lines.push(Cell::strong(words.word("decision", kind.as_str())));
            lines.push(Cell::text(format!("{by}, {}", words.minute(Some(entry.at)))));
            lines.push(Cell::text(comment.clone()));
        }
    }
    lines
}
