//! What was not measured: sources that were not read, checks without an answer, controls that no check speaks to.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use model::{control::ControlState, scan::Coverage, views::CheckStatus};
use typeset::document::{Block, Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let blocks = vec![
        text(words.t("report-unmeasured-text")),
        sources(evidence, words),
        checks(evidence, words),
        controls(evidence, words),
    ];
    part("unmeasured", words.t("report-unmeasured"), blocks)
}

/// The same in a few lines, for the first page.
pub(super) fn note(evidence: &Evidence, words: Words) -> Block {
    let mut lines = Vec::new();
    if evidence.clusters.is_empty() {
        lines.push(words.t("report-no-clusters-note"));
    }
    let sources = unread(evidence).count();
    if sources > 0 {
        lines.push(words.tx("report-note-sources", &[("count", sources.into())]));
    }
    let checks = unanswered(evidence).count();
    if checks > 0 {
        lines.push(words.tx("report-note-checks", &[("count", checks.into())]));
    }
    let lost = evidence.checks.iter().filter(|check| check.not_retained).count();
    if lost > 0 {
        lines.push(words.tx("report-note-not-retained", &[("count", lost.into())]));
    }
    let controls = evidence.controls.iter().filter(|control| control.checks == 0).count();
    if controls > 0 {
        lines.push(words.tx("report-note-controls", &[("count", controls.into())]));
    }
    if lines.is_empty() {
        lines.push(words.t("report-note-everything"));
    }
    Block::Note { title: words.t("report-unmeasured"), lines }
}

/// Sources whose newest reading was not complete, or that were never read.
fn unread(evidence: &Evidence) -> impl Iterator<Item = (&str, &model::views::SourceStatus)> {
    let all = evidence.sources.iter().flat_map(|of| of.sources.iter().map(|source| (of.cluster.as_str(), source)));
    all.filter(|(_, source)| source.last_scan.as_ref().is_none_or(|scan| scan.coverage != Coverage::Complete))
}

/// Checks that nobody can say anything of, or not of everything.
fn unanswered(evidence: &Evidence) -> impl Iterator<Item = &CheckStatus> {
    evidence.checks.iter().filter(|check| check.state.is_unmeasured() || check.state == ControlState::PartlyCovered)
}

fn sources(evidence: &Evidence, words: Words) -> Block {
    let rows = unread(evidence).map(|(cluster, source)| {
        let scan = source.last_scan.as_ref();
        let meaning = scan.map_or_else(
            || words.t(if source.not_retained { "gap-not_retained-means" } else { "report-never-tried-means" }),
            |scan| words.t(&format!("coverage-{}-means", scan.coverage.told_of(source.source))),
        );
        let wrong = scan.map_or_else(Vec::new, |scan| words.went_wrong(scan.error.as_deref(), &scan.problems));
        vec![
            Cell::strong(cluster),
            Cell::text(words.word("source", source.source.as_str())),
            Cell::strong(words.coverage_of(source)),
            Cell::Lines { lines: std::iter::once(Cell::text(meaning)).chain(wrong).collect() },
            Cell::text(words.minute(source.last_seen_at)),
        ]
    });
    let columns = words.columns(&[
        ("report-column-cluster", 3),
        ("report-column-source", 4),
        ("report-column-coverage", 3),
        ("report-column-why", 7),
        ("report-column-last-seen", 3),
    ]);
    table(words.t("report-unread-caption"), columns, rows.collect(), words.t("report-unread-none"))
}

fn checks(evidence: &Evidence, words: Words) -> Block {
    let rows = unanswered(evidence).map(|check| {
        let reason = words.reason(&check.check, check.reason.as_deref(), &check.detail);
        let meaning = || {
            let state = format!("state-{}-means", check.state);
            words.t(if check.not_retained { "gap-not_retained-means" } else { &state })
        };
        let reason = reason.filter(|_| !check.not_retained).unwrap_or_else(meaning);
        vec![
            Cell::strong(check.cluster.name.clone()),
            Cell::Lines { lines: vec![Cell::text(words.check(&check.check)), Cell::code(check.check.0.clone())] },
            Cell::State(words.judged(check)),
            Cell::text(reason),
        ]
    });
    let columns = words.columns(&[
        ("report-column-cluster", 3),
        ("report-column-check", 7),
        ("report-column-state", 4),
        ("report-column-why", 6),
    ]);
    table(words.t("report-unanswered-caption"), columns, rows.collect(), words.t("report-unanswered-none"))
}

fn controls(evidence: &Evidence, words: Words) -> Block {
    let rows = evidence.controls.iter().filter(|control| control.checks == 0).map(|control| {
        vec![
            Cell::strong(control.control.0.clone()),
            Cell::text(words.control(&control.control)),
            Cell::text(words.remains(&control.control).unwrap_or_default()),
        ]
    });
    let columns =
        words.columns(&[("report-column-control", 2), ("report-column-title", 6), ("report-column-remains", 10)]);
    table(words.t("report-uncheckable-caption"), columns, rows.collect(), words.t("report-uncheckable-none"))
}
