//! From runs of scans, results and budgets to stretches that were observed or not.

use super::{Budgets, Gap, Run, STEP, Stretch, gap_of_outcome, gap_of_scan};
use crate::{Instant, evaluation::Outcome, scan::Coverage};
use chrono::TimeDelta;

/// All that is known of the watch over one source of one cluster.
#[derive(Clone, Copy, Debug)]
pub struct Watch<'a> {
    /// When the cluster came into the configuration.
    pub registered_from: Instant,
    /// When it left; `None` where it is in it.
    pub registered_until: Option<Instant>,
    /// The scans, in the order of their ends, as runs that do not overlap: all that could matter to the period asked for.
    pub runs: &'a [Run],
    /// Whether the source was ever scanned before the first of the runs, too early to matter.
    pub polled_before: bool,
    /// What was known before this instant was dropped; `None` where everything was kept.
    pub retained_from: Option<Instant>,
    /// The freshness budget.
    pub budgets: &'a Budgets,
}

/// A result `[from, until)` of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// When it came into force.
    pub from: Instant,
    /// When it ended; `None` while it is in force.
    pub until: Option<Instant>,
    /// What it says.
    pub outcome: Outcome,
}

/// When a source was observed in `[from, until)`: by runs of which `observes` is true, for as long as the budget allows.
///
/// A run whose longest gap is longer than the budget has lost where that gap was: between its first and last scan it
/// observes no longer than its first scan alone does, and the rest is [`Gap::NotRetained`]. Whoever has the single scans
/// gives those instead.
pub fn source(
    watch: &Watch<'_>,
    from: Instant,
    until: Instant,
    observes: impl Fn(Coverage, bool) -> bool,
) -> Vec<Stretch> {
    let begin = watch.registered_from.clamp(from, until.max(from));
    let end = watch.registered_until.unwrap_or(until).clamp(begin, until.max(begin));
    let mut line = Line::default();
    line.push(from, begin, Some(Gap::NotRegistered));
    for (from, until, budget) in watch.budgets.within(begin, end) {
        let spans = spans(watch.runs, budget, &observes);
        with_budget(&mut line, watch, &spans, (from, until), budget);
    }
    line.push(end, until, Some(Gap::NotRegistered));
    line.0
}

/// A run as far as one budget can tell: what it says from its first scan on.
struct Span {
    first: Instant,
    last: Instant,
    observes: bool,
    /// Why not, where it does not observe; holds for the budget after its last scan.
    gap: Gap,
    /// Whether it is the inside of a run that cannot be resolved.
    lost: bool,
}

fn spans(runs: &[Run], budget: TimeDelta, observes: &impl Fn(Coverage, bool) -> bool) -> Vec<Span> {
    let mut spans = Vec::with_capacity(runs.len());
    for run in runs {
        let span = |first, last, lost: bool| Span {
            first,
            last,
            observes: !lost && observes(run.coverage, run.judged),
            gap: if lost { Gap::NotRetained } else { gap_of_scan(run.coverage) },
            lost,
        };
        if run.longest_gap <= budget {
            spans.push(span(run.first, run.last, false));
        } else {
            spans.extend([
                span(run.first, run.first, false),
                span(run.first, run.last, true),
                span(run.last, run.last, false),
            ]);
        }
    }
    spans
}

fn with_budget(
    line: &mut Line,
    watch: &Watch<'_>,
    spans: &[Span],
    (from, until): (Instant, Instant),
    budget: TimeDelta,
) {
    let held = |last: Instant| last + budget + STEP;
    // Up to then a scan that was dropped may have spoken.
    let lost_until = watch.retained_from.map(held);
    let mut next = spans.partition_point(|span| span.first <= from);
    let mut seen_until = spans[..next].iter().rev().find(|span| span.observes).map(|span| held(span.last));
    let mut at = from;
    while at < until {
        let current = next.checked_sub(1).map(|index| &spans[index]);
        let end = spans.get(next).map_or(until, |span| span.first.min(until));
        let seen = seen_until.map_or(at, |seen| seen.clamp(at, end));
        line.push(at, seen, None);
        match current {
            None => {
                let gap = if watch.polled_before { Gap::NobodyRan } else { Gap::NeverPolled };
                line.push_gap(seen, end, gap, lost_until);
            }
            Some(span) if span.lost => line.push(seen, end, Some(span.gap)),
            Some(span) => {
                let tried = held(span.last).clamp(seen, end);
                line.push_gap(seen, tried, span.gap, lost_until);
                line.push_gap(tried, end, Gap::NobodyRan, lost_until);
            }
        }
        at = end;
        while let Some(span) = spans.get(next).filter(|span| span.first <= at) {
            if span.observes {
                seen_until = seen_until.max(Some(held(span.last)));
            }
            next += 1;
        }
    }
}

/// When a check was observed: where its source was, and its result in force was really evaluated. Results are in the order
/// of time and do not overlap. Of those that ended before `retained_from`, nothing is known.
pub fn check(source: &[Stretch], results: &[Judged], retained_from: Option<Instant>) -> Vec<Stretch> {
    let mut line = Line::default();
    let mut next = 0;
    for stretch in source {
        if stretch.gap.is_some() {
            line.push(stretch.from, stretch.until, stretch.gap);
            continue;
        }
        let mut at = stretch.from;
        while at < stretch.until {
            while results.get(next).is_some_and(|result| result.until.is_some_and(|until| until <= at)) {
                next += 1;
            }
            let Some(result) = results.get(next) else {
                line.push_gap(at, stretch.until, Gap::NotJudged, retained_from);
                break;
            };
            let begins = result.from.clamp(at, stretch.until);
            line.push_gap(at, begins, Gap::NotJudged, retained_from);
            let ends = result.until.unwrap_or(stretch.until).clamp(begins, stretch.until);
            line.push(begins, ends, gap_of_outcome(result.outcome));
            at = ends;
        }
    }
    line.0
}

/// When all of several were observed, each told over the same period; empty where there are none. Of the reasons of a gap,
/// the first in the order of [`Gap`] is told.
pub fn all(parts: &[Vec<Stretch>]) -> Vec<Stretch> {
    let mut edges: Vec<Instant> = parts.iter().flatten().flat_map(|stretch| [stretch.from, stretch.until]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut places = vec![0; parts.len()];
    let mut line = Line::default();
    for pair in edges.windows(2) {
        let mut gap: Option<Gap> = None;
        for (part, place) in parts.iter().zip(&mut places) {
            while part.get(*place).is_some_and(|stretch| stretch.until <= pair[0]) {
                *place += 1;
            }
            let own = part.get(*place).and_then(|stretch| stretch.gap);
            gap = [gap, own].into_iter().flatten().min();
        }
        line.push(pair[0], pair[1], gap);
    }
    line.0
}

/// Stretches one after another, each as long as it can be.
#[derive(Default)]
pub(super) struct Line(pub(super) Vec<Stretch>);

impl Line {
    /// What another line says of `[from, until)`.
    pub(super) fn take(&mut self, line: &[Stretch], from: Instant, until: Instant) {
        let first = line.partition_point(|stretch| stretch.until <= from);
        for stretch in line[first..].iter().take_while(|stretch| stretch.from < until) {
            self.push(stretch.from.max(from), stretch.until.min(until), stretch.gap);
        }
    }

    fn push(&mut self, from: Instant, until: Instant, gap: Option<Gap>) {
        if from >= until {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.gap == gap && last.until == from => last.until = until,
            _ => self.0.push(Stretch { from, until, gap }),
        }
    }

    /// A gap, of which nothing can be said as long as what was dropped may have spoken.
    fn push_gap(&mut self, from: Instant, until: Instant, gap: Gap, lost_until: Option<Instant>) {
        let kept = lost_until.map_or(from, |lost| lost.clamp(from, until.max(from)));
        self.push(from, kept, Some(Gap::NotRetained));
        self.push(kept, until, Some(gap));
    }
}
