//! Clusters and their sources: when each was read, how completely, and what went wrong.

use super::{
    super::{
        evidence::{Evidence, SourcesOfCluster},
        words::Words,
    },
    part, table, text,
};
use chrono::TimeDelta;
use model::{
    scan::{Coverage, Read},
    source::Source,
    views::SourceStatus,
};
use typeset::document::{Block, Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let sections: Vec<Section> = evidence.sources.iter().map(|of| one(of, evidence, words)).collect();
    let intro = if sections.is_empty() { "report-no-clusters-note" } else { "report-sources-text" };
    let blocks = vec![text(words.t(intro)), platforms(evidence, words)];
    Section { sections, ..part("sources", words.t("report-sources"), blocks) }
}

/// What each cluster is, by what it was recognised, and with which others it belongs together.
fn platforms(evidence: &Evidence, words: Words) -> Block {
    let lines = |lines: Vec<String>| Cell::Lines { lines: lines.into_iter().map(Cell::text).collect() };
    let rows = evidence.platforms.iter().map(|of| {
        vec![
            Cell::strong(of.cluster.clone()),
            Cell::text(of.version.clone().unwrap_or_else(|| "–".to_owned())),
            Cell::text(words.platform(of.platform.as_ref())),
            lines(words.signs(of.platform.as_ref())),
            Cell::text(words.minute(of.platform_read_at)),
            lines(words.pair(of)),
        ]
    });
    let columns = words.columns(&[
        ("report-column-cluster", 3),
        ("platform-kubernetes", 3),
        ("platform-title", 4),
        ("platform-why", 6),
        ("platform-read", 3),
        ("pair-title", 6),
    ]);
    table(words.t("platform-caption"), columns, rows.collect(), words.t("report-no-clusters-note"))
}

fn one(of: &SourcesOfCluster, evidence: &Evidence, words: Words) -> Section {
    let rows = of.sources.iter().map(|source| row(source, words)).collect();
    let columns = words.columns(&[
        ("report-column-source", 4),
        ("report-column-coverage", 3),
        ("report-column-last-scan", 4),
        ("report-column-last-seen", 4),
        ("report-column-reads", 8),
        ("report-column-open", 2),
    ]);
    let caption = words.tx("report-sources-caption", &[("cluster", (&of.cluster).into())]);
    let blocks = vec![table(caption, columns, rows, words.t("report-nothing-in-scope")), looked(of, evidence, words)];
    Section { new_page: false, ..part(&format!("cluster-{}", of.cluster), of.cluster.clone(), blocks) }
}

/// Whether anybody was looking, over the year before.
fn looked(of: &SourcesOfCluster, evidence: &Evidence, words: Words) -> Block {
    let coverage = &evidence.coverage;
    let own = coverage.rows.iter().filter(|row| row.cluster.name == of.cluster);
    let rows = own.filter_map(|row| Some((row.source?, &row.strip))).map(|(source, strip)| {
        let share = strip.share.map_or_else(|| "–".to_owned(), |share| format!("{} %", words.hundredths(share)));
        let days = [("seen", strip.days_observed.into()), ("days", strip.days.into())];
        vec![
            Cell::strong(words.word("source", source.as_str())),
            Cell::number(share),
            Cell::number(words.tx("coverage-days-of", &days)),
            words.number(i64::try_from(strip.gaps_total).unwrap_or(i64::MAX)),
            Cell::text(words.span(TimeDelta::microseconds(strip.longest_gap_micros))),
        ]
    });
    let columns = words.columns(&[
        ("report-column-source", 5),
        ("report-column-share", 3),
        ("report-column-days", 4),
        ("report-column-gaps", 2),
        ("report-column-longest", 3),
    ]);
    let caption = words.tx(
        "report-coverage-caption",
        &[
            ("cluster", (&of.cluster).into()),
            ("from", words.exact(coverage.from).into()),
            ("until", words.exact(coverage.until).into()),
        ],
    );
    table(caption, columns, rows.collect(), words.t("report-nothing-in-scope"))
}

fn row(source: &SourceStatus, words: Words) -> Vec<Cell> {
    let scan = source.last_scan.as_ref();
    let mut name = vec![Cell::strong(words.word("source", source.source.as_str()))];
    name.extend(source.version.clone().map(Cell::text));
    let mut reads: Vec<Cell> =
        scan.into_iter().flat_map(|scan| &scan.reads).flat_map(|read| lines(source.source, read, words)).collect();
    // Most often it is the error of a read, which stands there already.
    let wrong = scan.filter(|scan| scan.reads.iter().all(|read| read.error.is_none() || read.error != scan.error));
    reads.extend(wrong.into_iter().flat_map(|scan| words.went_wrong(scan.error.as_deref(), &scan.problems)));
    vec![
        Cell::Lines { lines: name },
        Cell::strong(words.coverage_of(source)),
        Cell::text(words.minute(scan.map(|scan| scan.ended_at))),
        Cell::text(words.minute(source.last_seen_at)),
        Cell::Lines { lines: reads },
        words.number(source.open_findings),
    ]
}

/// A request: what was asked for and what it gave.
fn lines(source: Source, read: &Read, words: Words) -> Vec<Cell> {
    let mut lines = vec![Cell::code(read.resource.clone())];
    let mut gave = vec![words.tx("report-objects", &[("count", read.objects.into())])];
    if read.coverage != Coverage::Complete {
        gave.push(words.coverage(source, Some(read.coverage)));
    }
    if read.malformed > 0 {
        gave.push(words.tx("report-malformed", &[("count", read.malformed.into())]));
    }
    if read.confirmed > 0 {
        gave.push(words.tx("report-confirmed", &[("count", read.confirmed.into())]));
    }
    lines.push(Cell::text(gave.join(" · ")));
    lines.extend(words.went_wrong(read.error.as_deref(), &read.problems));
    lines
}
