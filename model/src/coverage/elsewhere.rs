//! What a check asks of may be kept by another cluster: when that is so, and a line in which the other's stands then.

use super::{Judged, Run, Stretch, observes_checks, timeline::Line};
use crate::{Instant, evaluation::Outcome, scan::Coverage};

/// A stretch of time `[from, until)`.
pub type Span = (Instant, Instant);

/// When a cluster was read wholly and had nothing of its own that a check asks of: its source was observed, the newest scan
/// that could observe a check read all that there is, and the result in force says that there was nothing to judge. What
/// was not read may be there.
pub fn nothing_of_its_own(source: &[Stretch], runs: &[Run], results: &[Judged]) -> Vec<Span> {
    let observed = source.iter().filter(|stretch| stretch.gap.is_none());
    let observed: Vec<Span> = observed.map(|stretch| (stretch.from, stretch.until)).collect();
    let judging: Vec<&Run> = runs.iter().filter(|run| observes_checks(run.coverage, run.judged)).collect();
    let newest = judging.iter().enumerate().filter(|(_, run)| {
        // As a scan of a source that is not installed has read all that there is.
        matches!(run.coverage, Coverage::Complete | Coverage::Absent)
    });
    let newest: Vec<Span> = newest
        .map(|(place, run)| (run.first, judging.get(place + 1).map_or(Instant::MAX_UTC, |next| next.first)))
        .collect();
    let empty =
        results.iter().filter(|result| matches!(result.outcome, Outcome::NotApplicable | Outcome::NotEvaluated));
    let empty: Vec<Span> = empty.map(|result| (result.from, result.until.unwrap_or(Instant::MAX_UTC))).collect();
    both(&both(&observed, &newest), &empty)
}

/// The time that is in both of two lists, each in the order of time and without overlaps.
pub fn both(some: &[Span], others: &[Span]) -> Vec<Span> {
    let (mut place, mut other_place) = (0, 0);
    let mut both = Vec::new();
    while let (Some(one), Some(other)) = (some.get(place), others.get(other_place)) {
        let (from, until) = (one.0.max(other.0), one.1.min(other.1));
        if from < until {
            both.push((from, until));
        }
        if one.1 <= other.1 {
            place += 1;
        } else {
            other_place += 1;
        }
    }
    both
}

/// A line in which another stands for some of the time. Both tell of the same period.
pub fn instead(line: &[Stretch], of: &[Span], other: &[Stretch]) -> Vec<Stretch> {
    let mut told = Line::default();
    let mut at = Instant::MIN_UTC;
    for (from, until) in of {
        told.take(line, at, *from);
        told.take(other, *from, *until);
        at = *until;
    }
    told.take(line, at, Instant::MAX_UTC);
    told.0
}
