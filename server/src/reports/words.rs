//! The words of a report: model values as text in the reader's language.

use super::evidence::PlatformOfCluster;
use frontend::{
    i18n::{Arg, Locale},
    parts::texts::sentences_of,
};
use model::{
    Instant,
    control::{Assessment, ControlState, Why},
    evaluation::Detail,
    ids::{CheckId, ControlId},
    platform::Platform,
    problem::Problem,
    scan::Coverage,
    source::Source,
    views::{CheckStatus, PairedCluster, SourceStatus},
};
use typeset::document::{Badge, Cell, Column};

/// Says things in the reader's language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub(super) Locale);

impl Words {
    pub(super) fn t(self, key: &str) -> String {
        self.0.t(key)
    }

    pub(super) fn tx(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.0.tx(key, args)
    }

    /// A word of an enum, as `severity` and `high`.
    pub(super) fn word(self, family: &str, word: &str) -> String {
        self.0.t(&format!("{family}-{word}"))
    }

    pub(super) fn state(self, state: ControlState) -> Badge {
        Badge { shape: state.as_str().to_owned(), word: self.word("state", state.as_str()) }
    }

    pub(super) fn state_cell(self, state: ControlState) -> Cell {
        Cell::State(self.state(state))
    }

    /// The state of a control; that it is not retained where the log that it rested on was dropped.
    pub(super) fn assessed(self, assessment: Assessment) -> Badge {
        self.state_or_lost(assessment.state, assessment.why == Why::NotRetained)
    }

    /// The same of a check.
    pub(super) fn judged(self, check: &CheckStatus) -> Badge {
        self.state_or_lost(check.state, check.not_retained)
    }

    fn state_or_lost(self, state: ControlState, not_retained: bool) -> Badge {
        let badge = self.state(state);
        if not_retained { Badge { word: self.t("gap-not_retained"), ..badge } } else { badge }
    }

    pub(super) fn number(self, number: impl Into<i64>) -> Cell {
        Cell::number(self.0.number(number))
    }

    /// Hundredths as a decimal number.
    pub(super) fn hundredths(self, number: i64) -> String {
        self.0.hundredths(number)
    }

    /// How long something lasted; a dash for nothing.
    pub(super) fn span(self, span: chrono::TimeDelta) -> String {
        if span.is_zero() { "–".to_owned() } else { self.0.duration(span) }
    }

    /// An instant to the second with its offset.
    pub(super) fn exact(self, at: Instant) -> String {
        self.0.exact(at)
    }

    /// An instant to the minute; a dash where there is none.
    pub(super) fn minute(self, at: Option<Instant>) -> String {
        at.map_or_else(|| "–".to_owned(), |at| self.0.date_time(at))
    }

    pub(super) fn control(self, control: &ControlId) -> String {
        self.0.find(&format!("control-{}", control.key())).unwrap_or_default()
    }

    /// What a person must show beside the checks.
    pub(super) fn remains(self, control: &ControlId) -> Option<String> {
        self.0.find(&format!("control-{}-remains", control.key()))
    }

    pub(super) fn check(self, check: &CheckId) -> String {
        if check.is_custom() {
            return self.0.check_title(check);
        }
        self.0.find(&format!("check-{}-title", check.key())).unwrap_or_else(|| check.0.clone())
    }

    /// What is wrong with a finding.
    pub(super) fn fault(self, check: &CheckId, fault: &str, detail: &Detail) -> String {
        self.sentence(&format!("fault-{}-{fault}", sentences_of(check)), fault, detail)
    }

    /// Why a check has its outcome.
    pub(super) fn reason(self, check: &CheckId, reason: Option<&str>, detail: &Detail) -> Option<String> {
        reason.map(|reason| self.sentence(&format!("reason-{}-{reason}", sentences_of(check)), reason, detail))
    }

    /// What went wrong with a reading; in the words that were written down, which are English, where it is from before it
    /// was kept for every language.
    pub(super) fn went_wrong(self, error: Option<&str>, problems: &[Problem]) -> Vec<Cell> {
        if problems.is_empty() {
            error.map(Cell::english).into_iter().collect()
        } else {
            problems.iter().map(|problem| Cell::text(self.0.problem(problem))).collect()
        }
    }

    /// The same as plain text, which says so where it is in English.
    pub(super) fn wrong_text(self, error: Option<&str>, problems: &[Problem]) -> String {
        match error {
            Some(error) if problems.is_empty() => self.tx("report-in-english", &[("text", error.into())]),
            _ => self.0.problems(problems),
        }
    }

    /// How much of a source was read.
    pub(super) fn coverage(self, source: Source, coverage: Option<Coverage>) -> String {
        coverage
            .map_or_else(|| self.t("report-never-tried"), |coverage| self.word("coverage", coverage.told_of(source)))
    }

    /// How the source of a check was last read; that it is not retained where its log was dropped.
    pub(super) fn read(self, check: &CheckStatus) -> String {
        if check.not_retained { self.t("gap-not_retained") } else { self.coverage(check.source, check.coverage) }
    }

    /// How a source was last read; that it is not retained where its log was dropped.
    pub(super) fn coverage_of(self, source: &SourceStatus) -> String {
        if source.not_retained {
            self.t("gap-not_retained")
        } else {
            self.coverage(source.source, source.last_scan.as_ref().map(|scan| scan.coverage))
        }
    }

    /// Where a result was seen, if not in the cluster itself.
    pub(super) fn elsewhere(self, check: &CheckStatus) -> Option<String> {
        let elsewhere = check.elsewhere.as_ref()?;
        Some(match &elsewhere.cluster {
            Some(cluster) => self.tx("check-elsewhere", &[("cluster", (&cluster.name).into())]),
            None => self.t("check-elsewhere-unknown"),
        })
    }

    /// What a cluster is.
    pub(super) fn platform(self, platform: Option<&Platform>) -> String {
        frontend::parts::platform::platform_words(self.0, platform)
    }

    /// By what it was recognised.
    pub(super) fn signs(self, platform: Option<&Platform>) -> Vec<String> {
        frontend::parts::platform::sign_words(self.0, platform)
    }

    /// Which clusters it belongs together with.
    pub(super) fn pair(self, of: &PlatformOfCluster) -> Vec<String> {
        let words = |key: &str, other: &PairedCluster| {
            let how = self.word("paired", other.by.as_str());
            self.tx(key, &[("cluster", (&other.cluster.name).into()), ("how", how.into())])
        };
        let management = of.management.iter().map(|other| words("pair-management", other));
        let unknown = of.lacks_management.then(|| self.t("pair-unknown"));
        management.chain(unknown).chain(of.workloads.iter().map(|other| words("pair-workload", other))).collect()
    }

    /// A list, or a word for everything.
    pub(super) fn list_or_all(self, names: &[String], all: &str) -> String {
        if names.is_empty() { self.t(all) } else { names.join(", ") }
    }

    /// Columns, each a key and a share of the width.
    pub(super) fn columns(self, columns: &[(&str, u8)]) -> Vec<Column> {
        columns.iter().map(|(key, width)| Column { title: self.t(key), width: *width }).collect()
    }

    /// A sentence with the values of a detail. A check that is newer than its texts shows its word and its values.
    fn sentence(self, key: &str, word: &str, detail: &Detail) -> String {
        if self.0.find(key).is_none() {
            let values = detail.iter().map(|(name, value)| format!("{name}: {value}"));
            return std::iter::once(word.replace('_', " ")).chain(values).collect::<Vec<_>>().join("; ");
        }
        let args: Vec<(&str, Arg<'_>)> = detail
            .iter()
            .map(|(name, value)| (name.as_str(), value.parse::<i64>().map_or_else(|_| Arg::from(value), Arg::from)))
            .collect();
        self.0.tx(key, &args)
    }
}
