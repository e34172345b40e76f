//! Clusters and their sources: when each was read, how completely, and what went wrong.

use super::{
    super::{
        evidence::{Evidence, SourcesOfCluster},
        words::Words,
    },
    part, table, text,
};
use model::{
    scan::{Coverage, Read},
    source::Source,
    views::SourceStatus,
};
use typeset::document::{Cell, Section};

pub(super) fn section(evidence: &Evidence, words: Words) -> Section {
    let sections: Vec<Section> = evidence.sources.iter().map(|of| one(of, words)).collect();
    let intro = if sections.is_empty() { "report-no-clusters-note" } else { "report-sources-text" };
    Section { sections, ..part("sources", words.t("report-sources"), vec![text(words.t(intro))]) }
}

fn one(of: &SourcesOfCluster, words: Words) -> Section {
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
    let blocks = vec![table(caption, columns, rows, words.t("report-nothing-in-scope"))];
    Section { new_page: false, ..part(&format!("cluster-{}", of.cluster), of.cluster.clone(), blocks) }
}

fn row(source: &SourceStatus, words: Words) -> Vec<Cell> {
    let scan = source.last_scan.as_ref();
    let mut name = vec![Cell::strong(words.word("source", source.source.as_str()))];
    name.extend(source.version.clone().map(Cell::text));
    let mut reads: Vec<Cell> =
        scan.into_iter().flat_map(|scan| &scan.reads).flat_map(|read| lines(source.source, read, words)).collect();
    // Most often it is the error of a read, which stands there already.
    let error = scan
        .and_then(|scan| scan.error.clone().filter(|e| scan.reads.iter().all(|read| read.error.as_ref() != Some(e))));
    reads.extend(error.map(Cell::strong));
    vec![
        Cell::Lines { lines: name },
        Cell::strong(words.coverage(source.source, scan.map(|scan| scan.coverage))),
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
    lines.push(Cell::text(gave.join(" · ")));
    lines.extend(read.error.clone().map(Cell::text));
    lines
}
