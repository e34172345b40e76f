//! Who may do what: how many hold which power, and the most powerful of them; the data files have every grant.

use super::{
    super::{evidence::Evidence, words::Words},
    part, table, text,
};
use crate::access::{Reviewed, holders};
use model::{
    access::{AccessReview, Grant},
    catalogue::Catalogue,
    scan::Coverage,
    source::Source,
    views::AccessReading,
};
use typeset::document::{Block, Cell, Section};

/// Grants of a cluster that are printed at most.
const PRINTED: usize = 25;

pub(super) fn section(evidence: &Evidence, reviews: &[Reviewed], words: Words) -> Section {
    let sections = reviews.iter().map(|reviewed| one(evidence, reviewed, words)).collect();
    let blocks = vec![text(words.t("report-access-text")), text(words.t("access-groups-note"))];
    Section { sections, ..part("access", words.t("report-access"), blocks) }
}

fn one(evidence: &Evidence, reviewed: &Reviewed, words: Words) -> Section {
    let name = &reviewed.cluster.name;
    let blocks = if let Some((reading, review)) = &reviewed.found {
        of_review(evidence, name, reading, review, words)
    } else {
        let (title, text) = if reviewed.not_retained {
            ("gap-not_retained", "gap-not_retained-means")
        } else {
            ("access-none-title", "access-none-text")
        };
        vec![Block::Note { title: words.t(title), lines: vec![words.t(text)] }]
    };
    Section { new_page: false, ..part(&format!("access-{name}"), name.clone(), blocks) }
}

fn of_review(
    evidence: &Evidence,
    cluster: &str,
    reading: &AccessReading,
    review: &AccessReview,
    words: Words,
) -> Vec<Block> {
    let mut blocks = vec![text(words.tx("access-read-at", &[("at", words.exact(reading.read_at).into())]))];
    let gaps = gaps(evidence, cluster, reading, words);
    if !gaps.is_empty() {
        blocks.push(Block::Note { title: words.t("access-gaps"), lines: gaps });
    }
    let counts = holders(review).into_iter().map(|holders| {
        vec![Cell::text(words.word("right", holders.right.as_str())), words.number(i64::from(holders.subjects))]
    });
    let columns = words.columns(&[("access-column-power", 8), ("access-column-holders", 2)]);
    let empty = words.t("access-empty-title");
    blocks.push(table(words.t("access-holders"), columns, counts.collect(), empty.clone()));
    let privileged: Vec<&Grant> =
        review.worst_first().into_iter().filter(|grant| grant.worst().is_privileged()).collect();
    let rows = privileged.iter().take(PRINTED).map(|grant| row(grant, words)).collect();
    let columns = words.columns(&[
        ("access-column-who", 5),
        ("access-column-power", 6),
        ("access-column-where", 3),
        ("access-column-through", 5),
    ]);
    blocks.push(table(words.t("report-access-privileged"), columns, rows, words.t("report-access-no-privileged")));
    let shown = privileged.len().min(PRINTED);
    blocks.push(text(words.tx("report-access-cut", &[("shown", shown.into()), ("count", privileged.len().into())])));
    blocks
}

/// What may be missing of the review, or has become of it since.
fn gaps(evidence: &Evidence, cluster: &str, reading: &AccessReading, words: Words) -> Vec<String> {
    let mut lines = Vec::new();
    if !reading.is_complete {
        lines.push(words.t("access-incomplete"));
        let unread = reading.reads.iter().filter(|read| read.coverage != Coverage::Complete);
        lines.extend(unread.map(|read| {
            let coverage = words.coverage(Source::Rbac, Some(read.coverage));
            let wrong = words.wrong_text(read.error.as_deref(), &read.problems);
            format!("{}: {coverage}. {wrong}", read.resource)
        }));
    }
    if reading.left_out > 0 {
        lines.push(words.tx("access-left-out", &[("count", reading.left_out.into())]));
    }
    let sources = evidence.sources.iter().find(|of| of.cluster == cluster).into_iter().flat_map(|of| &of.sources);
    let own = sources.into_iter().find(|of| of.source == Source::Rbac);
    let budget = own.map_or_else(
        || Catalogue::current().stale_after(Source::Rbac),
        |own| chrono::TimeDelta::seconds(own.stale_after_seconds),
    );
    if evidence.at().signed_duration_since(reading.read_at) > budget {
        lines.push(words.tx("access-stale", &[("budget", words.0.duration(budget).into())]));
    }
    let newest = own.and_then(|own| own.last_scan.as_ref());
    if let Some(newest) = newest.filter(|newest| newest.ended_at > reading.read_at) {
        let coverage = words.coverage(Source::Rbac, Some(newest.coverage));
        let at = words.exact(newest.ended_at);
        lines.push(words.tx("access-newer", &[("at", at.into()), ("coverage", coverage.into())]));
    }
    lines
}

fn row(grant: &Grant, words: Words) -> Vec<Cell> {
    let lines = |lines: Vec<Cell>| Cell::Lines { lines };
    let powers = grant.rights.iter().map(|right| Cell::text(words.word("right", right.as_str())));
    vec![
        lines(vec![Cell::strong(grant.subject.clone()), Cell::text(words.word("subject-kind", grant.kind.as_str()))]),
        lines(powers.collect()),
        Cell::text(grant.namespace.clone().unwrap_or_else(|| words.t("access-whole-cluster"))),
        lines(vec![Cell::code(grant.binding.clone()), Cell::code(grant.role.clone())]),
    ]
}
