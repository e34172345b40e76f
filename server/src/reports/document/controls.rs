//! A section for each control that checks speak to: why it is in its state.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use model::{
    catalogue::Strength,
    views::{CheckStatus, ControlStatus},
};
use typeset::document::{Block, Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let checked = evidence.controls.iter().filter(|control| control.checks > 0);
    let sections: Vec<Section> = checked.map(|control| one(evidence, control, words)).collect();
    let intro = if sections.is_empty() { "report-controls-none" } else { "report-controls-text" };
    Section { sections, ..part("controls", words.t("report-controls"), vec![text(words.t(intro))]) }
}

fn one(evidence: &Evidence, control: &ControlStatus, words: Words) -> Section {
    let id = &control.control;
    let mut blocks = vec![text(words.word("why", control.assessment.why.as_str()))];
    if let Some(read_at) = control.read_at {
        blocks.push(text(words.tx("report-oldest-reading", &[("at", words.exact(read_at).into())])));
    }
    blocks.push(checks(evidence, control, words));
    if let Some(remains) = words.remains(id) {
        blocks.push(text(words.tx("report-remains", &[("what", remains.into())])));
    }
    Section {
        badge: Some(words.assessed(control.assessment)),
        new_page: false,
        ..part(&format!("control-{}", id.key()), format!("{id} {}", words.control(id)), blocks)
    }
}

fn checks(evidence: &Evidence, control: &ControlStatus, words: Words) -> Block {
    let rows = evidence.checks_of(&control.control).map(|(check, strength)| row(check, strength, words));
    let columns = words.columns(&[
        ("report-column-check", 6),
        ("report-column-cluster", 3),
        ("report-column-state", 4),
        ("report-column-outcome", 5),
        ("report-column-counts", 3),
        ("report-column-read", 3),
    ]);
    table(words.t("report-checks-caption"), columns, rows.collect(), words.t("report-no-clusters-note"))
}

fn row(check: &CheckStatus, strength: Strength, words: Words) -> Vec<Cell> {
    let outcome = check.outcome.map_or_else(|| words.t("report-no-outcome"), |o| words.word("outcome", o.as_str()));
    let reason = words.reason(&check.check, check.reason.as_deref(), &check.detail);
    let mut counts = vec![words.tx("report-examined", &[("count", check.examined.into())])];
    if check.failed > 0 {
        counts.push(words.tx("report-failed", &[("count", check.failed.into())]));
    }
    if check.unread > 0 {
        counts.push(words.tx("report-unread", &[("count", check.unread.into())]));
    }
    let lines = |lines: Vec<Cell>| Cell::Lines { lines };
    vec![
        lines(vec![
            Cell::text(words.check(&check.check)),
            Cell::code(check.check.0.clone()),
            Cell::text(words.word("strength", strength.as_str())),
        ]),
        Cell::strong(check.cluster.name.clone()),
        Cell::State(words.judged(check)),
        lines(
            std::iter::once(Cell::strong(outcome))
                .chain(words.elsewhere(check).map(Cell::text))
                .chain(reason.map(Cell::text))
                .collect(),
        ),
        lines(counts.into_iter().map(Cell::text).collect()),
        lines(vec![Cell::text(words.minute(check.read_at)), Cell::text(words.read(check))]),
    ]
}
