//! What changed in the period, where the pack speaks of one.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use frontend::{pages::compare::events, parts::acceptance::change_text};
use model::views::{CheckChange, Comparison, ControlChange, FindingChange};
use typeset::document::{Block, Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Option<Section> {
    let changes = evidence.changes.as_ref()?;
    let period = [("from", words.exact(changes.from).into()), ("to", words.exact(changes.to).into())];
    let mut blocks = vec![text(words.tx("report-changes-text", &period))];
    if !changes.from_known {
        blocks.push(text(words.t("report-changes-unknown")));
    }
    if let Some(from) = changes.states_retained_from {
        let line = words.tx("states-not-retained", &[("from", words.exact(from).into())]);
        blocks.push(Block::Note { title: words.t("gap-not_retained"), lines: vec![line] });
    } else {
        blocks.push(controls(changes, words));
    }
    blocks.extend(findings(changes, words));
    blocks.push(decisions(changes, words));
    blocks.extend(acceptances(changes, words));
    blocks.push(moved(changes, words));
    Some(part("changes", words.t("report-changes"), blocks))
}

fn controls(changes: &Comparison, words: Words) -> Block {
    let rows = changes.controls.iter().map(|change| control(change, words)).collect();
    let columns = words.columns(&[
        ("report-column-control", 2),
        ("report-column-title", 5),
        ("report-changes-before", 3),
        ("report-changes-after", 3),
        ("report-column-why", 8),
    ]);
    table(words.t("report-changes-controls"), columns, rows, words.t("compare-controls-none"))
}

fn control(change: &ControlChange, words: Words) -> Vec<Cell> {
    let mut why = vec![Cell::text(words.word("why", change.after.why.as_str()))];
    why.extend(change.checks.iter().map(|check| Cell::text(self::check(check, words))));
    vec![
        Cell::strong(change.control.0.clone()),
        Cell::text(words.control(&change.control)),
        Cell::State(words.assessed(change.before)),
        Cell::State(words.assessed(change.after)),
        Cell::Lines { lines: why },
    ]
}

fn check(change: &CheckChange, words: Words) -> String {
    let state = |state: Option<model::control::ControlState>| {
        state.map_or_else(|| words.t("compare-no-cluster"), |state| words.word("state", state.as_str()))
    };
    let (before, after) = (state(change.before), state(change.after));
    format!("{}, {}: {before} → {after}", words.check(&change.check), change.cluster.name)
}

fn findings(changes: &Comparison, words: Words) -> Vec<Block> {
    let mut blocks = Vec::new();
    let page = &changes.findings;
    if page.next.is_some() {
        let cut = words.tx("report-changes-cut", &[("shown", page.rows.len().into())]);
        blocks.push(Block::Note { title: words.t("report-changes-cut-title"), lines: vec![cut] });
    }
    let rows = page.rows.iter().map(|row| finding(row, words)).collect();
    let columns = words.columns(&[
        ("compare-change", 3),
        ("report-column-check", 8),
        ("report-column-cluster", 3),
        ("finding-severity", 3),
        ("compare-between", 4),
        ("compare-last", 3),
    ]);
    blocks.push(table(words.t("report-changes-findings"), columns, rows, words.t("compare-findings-none")));
    blocks
}

fn finding(row: &FindingChange, words: Words) -> Vec<Cell> {
    let severity = |severity: model::severity::Severity| words.word("severity", severity.as_str());
    let severities = match (row.before, row.after) {
        (Some(before), Some(after)) if before != after => format!("{} → {}", severity(before), severity(after)),
        (before, after) => after.or(before).map(severity).unwrap_or_default(),
    };
    vec![
        Cell::strong(words.word("change", row.kind.as_str())),
        Cell::Lines { lines: vec![Cell::text(words.check(&row.check)), Cell::code(row.subject.to_string())] },
        Cell::text(row.cluster.name.clone()),
        Cell::text(severities),
        Cell::text(events(words.0, row)),
        Cell::text(words.minute(Some(row.at))),
    ]
}

fn decisions(changes: &Comparison, words: Words) -> Block {
    let rows = changes.decisions.rows.iter().map(|row| {
        vec![
            Cell::text(words.exact(row.at)),
            Cell::strong(row.by.clone()),
            Cell::text(words.word("decision", row.kind.as_str())),
            words.number(row.findings),
            Cell::text(row.comment.clone()),
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
    table(words.t("report-changes-decisions"), columns, rows, words.t("report-changes-decisions-none"))
}

fn acceptances(changes: &Comparison, words: Words) -> Vec<Block> {
    let mut blocks = Vec::new();
    let page = &changes.acceptances;
    if page.next.is_some() {
        let cut = words.tx("report-changes-cut", &[("shown", page.rows.len().into())]);
        blocks.push(Block::Note { title: words.t("report-changes-cut-title"), lines: vec![cut] });
    }
    let rows = page.rows.iter().map(|row| {
        vec![
            Cell::text(words.exact(row.at)),
            Cell::strong(row.by.clone().unwrap_or_else(|| "–".to_owned())),
            Cell::text(words.word("acceptance-act", row.step.as_str())),
            Cell::text(change_text(words.0, row)),
            Cell::text(row.comment.clone()),
        ]
    });
    let columns = words.columns(&[
        ("report-column-when", 4),
        ("report-column-who", 3),
        ("compare-acceptance-step", 3),
        ("acceptance-about", 5),
        ("report-column-comment", 5),
    ]);
    let none = words.t("compare-acceptances-none");
    blocks.push(table(words.t("report-changes-acceptances"), columns, rows.collect(), none));
    blocks
}

fn moved(changes: &Comparison, words: Words) -> Block {
    let clusters = changes.clusters.iter().map(|change| {
        vec![
            Cell::strong(change.cluster.name.clone()),
            Cell::text("–"),
            Cell::text(words.word("cluster-change", change.change.as_str())),
            Cell::text(words.exact(change.at)),
        ]
    });
    let sources = changes.sources.iter().map(|change| {
        let state = |state: model::views::SourceState| words.word("source-state", state.as_str());
        vec![
            Cell::strong(change.cluster.name.clone()),
            Cell::text(words.word("source", change.source.as_str())),
            Cell::text(words.word("source-turn", change.turn.as_str())),
            Cell::text(format!("{} → {}", state(change.before), state(change.after))),
        ]
    });
    let columns = words.columns(&[
        ("report-column-cluster", 3),
        ("report-column-source", 3),
        ("compare-change", 3),
        ("compare-when", 5),
    ]);
    let none = if changes.states_retained_from.is_some() { "compare-clusters-none" } else { "compare-moved-none" };
    table(words.t("report-changes-moved"), columns, clusters.chain(sources).collect(), words.t(none))
}
