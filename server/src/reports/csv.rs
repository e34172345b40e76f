//! Tables for spreadsheets: a header in the reader's language, UTF-8 with a byte order mark, RFC 4180.

use super::{evidence::Evidence, words::Words};
use ::csv::{Terminator, WriterBuilder};
use frontend::parts::{acceptance::scope_text, service_level::target_text};
use model::{
    Instant,
    acceptance::AcceptanceAct,
    control::{ControlState, Why},
    service_level::Clock,
    views::{AcceptanceDetail, FindingDetail, TimelineEvent},
};
use std::collections::BTreeMap;

/// Every table, by path.
pub(super) fn tables(evidence: &Evidence, words: Words) -> Result<BTreeMap<String, Vec<u8>>, ::csv::Error> {
    let tables = [
        ("data/controls.csv", controls(evidence, words)),
        ("data/results.csv", results(evidence, words)),
        ("data/findings.csv", findings(evidence, words)),
        ("data/acceptances.csv", acceptances(evidence, words)),
        ("data/sources.csv", sources(evidence, words)),
        ("data/coverage.csv", coverage(evidence, words)),
        ("data/coverage-gaps.csv", coverage_gaps(evidence, words)),
        ("data/clusters.csv", clusters(evidence, words)),
    ];
    tables.into_iter().map(|(path, rows)| Ok((path.to_owned(), written(&rows)?))).collect()
}

/// The bytes of a table.
pub(crate) fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, ::csv::Error> {
    // Spreadsheets take a file without the mark for their own code page, and break æ, ø and å.
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what could begin one.
/// The JSON files hold every value as it is.
fn harmless(cell: &str) -> String {
    // A negative number is a number.
    if cell.parse::<i64>().is_ok() {
        return cell.to_owned();
    }
    let begins = cell
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%']);
    if begins { format!("'{cell}") } else { cell.to_owned() }
}

pub(super) fn header(words: Words, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| words.t(&format!("report-csv-{key}"))).collect()
}

pub(super) fn instant(at: Option<Instant>) -> String {
    at.map(crate::ledger::instant_text).unwrap_or_default()
}

fn controls(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let mut first = header(words, &["control", "title", "theme", "evidence", "state", "why", "checks", "open", "read"]);
    first.extend(evidence.clusters.iter().cloned());
    let rows = evidence.controls.iter().map(|control| {
        let mut row = vec![
            control.control.0.clone(),
            words.control(&control.control),
            words.word("theme", control.theme.as_str()),
            words.word("evidence", control.evidence.as_str()),
            words.assessed(control.assessment).word,
            words.word("why", control.assessment.why.as_str()),
            control.checks.to_string(),
            control.open_findings.to_string(),
            instant(control.read_at),
        ];
        let lost = control.assessment.why == Why::NotRetained;
        let on_cluster = |state: &ControlState| {
            // Of a cluster without such a gap the state is told.
            let lost = lost && *state == ControlState::NotAssessed;
            words.t(&if lost { "gap-not_retained".to_owned() } else { format!("state-{state}") })
        };
        row.extend(control.clusters.iter().map(on_cluster));
        row
    });
    std::iter::once(first).chain(rows).collect()
}

fn acceptances(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let first = header(
        words,
        &[
            "acceptance",
            "about",
            "acceptance_state",
            "severity",
            "stated_reason",
            "compensating_control",
            "residual_risk",
            "requested_by",
            "requested_at",
            "approved_by",
            "in_force_since",
            "expires_at",
            "over_at",
            "covered",
            "attachments",
        ],
    );
    let rows = evidence.acceptances.iter().map(|acceptance| {
        let row = &acceptance.row;
        let files: Vec<String> =
            acceptance.attachments.iter().map(|file| format!("{} (SHA-256 {})", file.name, file.sha256)).collect();
        vec![
            row.id.to_string(),
            scope_text(words.0, row),
            words.word("acceptance-state", row.state.as_str()),
            words.word("severity", row.severity.as_str()),
            acceptance.reason.clone(),
            acceptance.compensating_control.clone(),
            acceptance.residual_risk.clone(),
            row.requested_by.clone(),
            instant(Some(row.requested_at)),
            approvers(acceptance),
            instant(row.in_force_since),
            instant(Some(row.expires_at)),
            instant(row.over_at),
            row.covered.to_string(),
            files.join("; "),
        ]
    });
    std::iter::once(first).chain(rows).collect()
}

/// Who approved an acceptance, in the order in which they did.
pub(super) fn approvers(acceptance: &AcceptanceDetail) -> String {
    let approvals = acceptance.events.iter().filter(|event| event.act == AcceptanceAct::Approve);
    approvals.map(|event| event.by.as_str()).collect::<Vec<_>>().join(", ")
}

fn results(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let first = header(
        words,
        &[
            "cluster",
            "source",
            "check",
            "title",
            "severity",
            "state",
            "outcome",
            "examined",
            "failed",
            "unread",
            "why",
            "since",
            "read",
            "coverage",
            "error",
            "elsewhere",
        ],
    );
    let rows = evidence.checks.iter().map(|check| {
        vec![
            check.cluster.name.clone(),
            words.word("source", check.source.as_str()),
            check.check.0.clone(),
            words.check(&check.check),
            words.word("severity", check.severity.as_str()),
            words.judged(check).word,
            check
                .outcome
                .map_or_else(|| words.t("report-no-outcome"), |outcome| words.word("outcome", outcome.as_str())),
            check.examined.to_string(),
            check.failed.to_string(),
            check.unread.to_string(),
            words.reason(&check.check, check.reason.as_deref(), &check.detail).unwrap_or_default(),
            instant(check.since),
            instant(check.read_at),
            words.read(check),
            words.wrong_text(check.error.as_deref(), &check.problems),
            words.elsewhere(check).unwrap_or_default(),
        ]
    });
    std::iter::once(first).chain(rows).collect()
}

fn findings(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let first = header(
        words,
        &[
            "finding",
            "cluster",
            "source",
            "check",
            "title",
            "controls",
            "severity",
            "kind",
            "namespace",
            "name",
            "key",
            "fault",
            "finding-state",
            "first-seen",
            "opened",
            "closed",
            "decision",
            "decided-by",
            "decided-at",
            "comment",
            "acknowledge-standing",
            "acknowledge-target",
            "acknowledge-due",
            "acknowledge-ended",
            "fix-standing",
            "fix-target",
            "fix-due",
            "fix-ended",
            "paused-since",
            "paused-by",
        ],
    );
    std::iter::once(first).chain(evidence.findings.iter().map(|finding| finding_row(finding, words))).collect()
}

fn finding_row(finding: &FindingDetail, words: Words) -> Vec<String> {
    let row = &finding.row;
    let subject = &row.subject;
    let controls: Vec<&str> = finding.controls.iter().map(model::ids::ControlId::as_str).collect();
    let mut cells = vec![
        row.id.to_string(),
        row.cluster.name.clone(),
        words.word("source", row.source.as_str()),
        row.check.0.clone(),
        words.check(&row.check),
        controls.join(" "),
        words.word("severity", row.severity.as_str()),
        subject.kind.clone(),
        subject.namespace.clone().unwrap_or_default(),
        subject.name.clone(),
        subject.key.clone().unwrap_or_default(),
        words.fault(&row.check, &row.fault, &row.detail),
        words.word("finding-state", row.state.as_str()),
        instant(Some(finding.first_seen_at)),
        instant(Some(row.opened_at)),
        instant(row.closed_at),
    ];
    cells.extend(newest_decision(finding, words));
    let level = row.service_level;
    cells.extend(clock(level.acknowledge, words));
    cells.extend(clock(level.fix, words));
    // Where both stand, they do so for the same reason.
    let paused = level.fix.or(level.acknowledge).filter(|clock| clock.paused_since.is_some());
    cells.push(instant(paused.and_then(|clock| clock.paused_since)));
    let by = paused.and_then(|clock| clock.paused_by);
    cells.push(by.map(|by| words.word("service-pause", by.as_str())).unwrap_or_default());
    cells
}

/// How a clock stands, and by what it is judged; that there is none is said.
fn clock(clock: Option<Clock>, words: Words) -> [String; 4] {
    clock.map_or_else(
        || [words.t("service-none"), String::new(), String::new(), String::new()],
        |clock| {
            [
                words.word("service-standing", clock.standing.as_str()),
                target_text(words.0, clock.target),
                instant(clock.due),
                instant(clock.ended_at),
            ]
        },
    )
}

/// The newest decision; the JSON file and the ledger have all of them.
fn newest_decision(finding: &FindingDetail, words: Words) -> [String; 4] {
    let decided = finding.timeline.iter().rev().find_map(|entry| match &entry.event {
        TimelineEvent::Decided { kind, by, comment, .. } => Some((entry.at, *kind, by, comment)),
        TimelineEvent::Opened { .. }
        | TimelineEvent::Changed { .. }
        | TimelineEvent::Closed { .. }
        | TimelineEvent::GoesOnAs { .. }
        | TimelineEvent::TookOver { .. } => None,
    });
    decided.map_or_else(Default::default, |(at, kind, by, comment)| {
        [words.word("decision", kind.as_str()), by.clone(), instant(Some(at)), comment.clone()]
    })
}

fn sources(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let first = header(
        words,
        &["cluster", "source", "version", "coverage", "started", "ended", "last-seen", "objects", "open", "error"],
    );
    let all = evidence.sources.iter().flat_map(|of| of.sources.iter().map(move |source| (&of.cluster, source)));
    let rows = all.map(|(cluster, source)| {
        let scan = source.last_scan.as_ref();
        let objects: u64 = scan.into_iter().flat_map(|scan| &scan.reads).map(|read| u64::from(read.objects)).sum();
        vec![
            cluster.clone(),
            words.word("source", source.source.as_str()),
            source.version.clone().unwrap_or_default(),
            words.coverage_of(source),
            instant(scan.map(|scan| scan.started_at)),
            instant(scan.map(|scan| scan.ended_at)),
            instant(source.last_seen_at),
            objects.to_string(),
            source.open_findings.to_string(),
            scan.map_or_else(String::new, |scan| words.wrong_text(scan.error.as_deref(), &scan.problems)),
        ]
    });
    std::iter::once(first).chain(rows).collect()
}

/// Which share of the year each source was observed.
fn coverage(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let columns = ["cluster", "source", "from", "until", "share", "days", "days-observed", "gaps", "longest-gap"];
    let rows = evidence.coverage.rows.iter().map(|row| {
        let strip = &row.strip;
        // A share is rounded down: it is 100 only where nothing was missed.
        let share = strip.share.map(|share| format!("{}.{:02}", share / 100, share % 100));
        vec![
            row.cluster.name.clone(),
            row.source.map(|source| words.word("source", source.as_str())).unwrap_or_default(),
            instant(Some(evidence.coverage.from)),
            instant(Some(evidence.coverage.until)),
            share.unwrap_or_default(),
            strip.days.to_string(),
            strip.days_observed.to_string(),
            strip.gaps_total.to_string(),
            (strip.longest_gap_micros / 1_000_000).to_string(),
        ]
    });
    std::iter::once(header(words, &columns)).chain(rows).collect()
}

/// Every gap of that year, with its reason.
fn coverage_gaps(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let rows = evidence.coverage.rows.iter().flat_map(|row| {
        row.strip.gaps.iter().map(move |gap| {
            vec![
                row.cluster.name.clone(),
                row.source.map(|source| words.word("source", source.as_str())).unwrap_or_default(),
                instant(Some(gap.from)),
                instant(Some(gap.until)),
                (gap.until - gap.from).num_seconds().to_string(),
                words.word("gap", gap.reason.as_str()),
            ]
        })
    });
    std::iter::once(header(words, &["cluster", "source", "from", "until", "seconds", "reason"])).chain(rows).collect()
}

fn clusters(evidence: &Evidence, words: Words) -> Vec<Vec<String>> {
    let first = header(words, &["cluster", "kubernetes", "platform", "signs", "platform-read", "pair"]);
    let rows = evidence.platforms.iter().map(|of| {
        vec![
            of.cluster.clone(),
            of.version.clone().unwrap_or_default(),
            words.platform(of.platform.as_ref()),
            words.signs(of.platform.as_ref()).join("; "),
            instant(of.platform_read_at),
            words.pair(of).join("; "),
        ]
    });
    std::iter::once(first).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1+1", "@SUM(A1)", "\t=1", " =HYPERLINK(\"x\")", "＝1", "-1+1"] {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        for cell in ["a=1", "Role default/x", "", "A.8.2", "-1"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
