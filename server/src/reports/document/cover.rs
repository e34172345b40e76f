//! The first page: what the report speaks of, how the controls stand, and what was not measured.

use super::{
    super::{evidence::Evidence, words::Words},
    fact, unmeasured,
};
use model::{
    control::{Assessment, ControlState, Why},
    finding::FindingState,
};
use typeset::document::{Block, Cell, Part};

pub(super) fn blocks(evidence: &Evidence, words: Words) -> Vec<Block> {
    vec![facts(evidence, words), tally(evidence, words), unmeasured::note(evidence, words)]
}

fn facts(evidence: &Evidence, words: Words) -> Block {
    let scope = &evidence.scope;
    let controls: Vec<String> = scope.controls.iter().map(|control| control.0.clone()).collect();
    let (seq, hash) = evidence.head();
    let count = |state| evidence.findings.iter().filter(|finding| finding.row.state == state).count();
    let findings = words.tx(
        "report-cover-findings",
        &[
            ("open", count(FindingState::Open).into()),
            ("acknowledged", count(FindingState::Acknowledged).into()),
            ("accepted", count(FindingState::Accepted).into()),
            ("false_positive", count(FindingState::FalsePositive).into()),
            ("closed", count(FindingState::Closed).into()),
        ],
    );
    let clusters = if scope.clusters.is_empty() && !evidence.clusters.is_empty() {
        words.tx("report-all-clusters-named", &[("names", evidence.clusters.join(", ").into())])
    } else {
        words.list_or_all(&scope.clusters, "report-no-clusters")
    };
    let ledger = words.tx("report-ledger-head", &[("seq", seq.into()), ("hash", hash.into())]);
    let since = scope.since.map(|since| fact(words.t("report-changes-since"), Cell::text(words.exact(since))));
    let mut facts = vec![fact(words.t("report-as-of"), Cell::strong(words.exact(evidence.at())))];
    facts.extend(since);
    facts.extend([
        fact(words.t("report-clusters"), Cell::text(clusters)),
        fact(words.t("report-controls"), Cell::text(words.list_or_all(&controls, "report-all-controls"))),
        fact(words.t("report-findings"), Cell::text(findings)),
        fact(words.t("report-ledger"), Cell::text(ledger)),
        fact(words.t("report-time-zone"), Cell::text(scope.time_zone.clone())),
    ]);
    Block::Facts { facts }
}

fn tally(evidence: &Evidence, words: Words) -> Block {
    let part = |assessment: Assessment, meaning: &str| {
        let badge = words.assessed(assessment);
        let count = evidence.controls.iter().filter(|control| words.assessed(control.assessment) == badge).count();
        (count > 0).then(|| Part {
            badge,
            count: count as u64,
            shown: words.0.number(i64::try_from(count).unwrap_or(i64::MAX)),
            meaning: words.t(meaning),
        })
    };
    let of_state =
        |state: &ControlState| part(Assessment { state: *state, why: Why::Checks }, &format!("state-{state}-means"));
    let lost = Assessment { state: ControlState::NotAssessed, why: Why::NotRetained };
    let parts = ControlState::ALL.iter().filter_map(of_state).chain(part(lost, "gap-not_retained-means"));
    Block::Tally {
        title: words.tx("report-tally", &[("count", evidence.controls.len().into())]),
        parts: parts.collect(),
    }
}
