//! The timeline against a naive model that asks the definition at every single instant.

use super::*;
use crate::scan::Coverage;
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;

/// An instant of the model's own time, whose unit is the smallest that there is.
fn tick(ticks: i64) -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + STEP * i32::try_from(ticks).expect("small")
}

const END: i64 = 160;

#[derive(Clone, Debug)]
struct World {
    /// (end, coverage, judged, whether a new day begins with it), in the order of their ends.
    scans: Vec<(i64, Coverage, bool, bool)>,
    registered: (i64, Option<i64>),
    retained: Option<i64>,
    polled_before: bool,
    first_budget: i64,
    changes: Vec<(i64, i64)>,
}

impl World {
    fn budget(&self, at: i64) -> i64 {
        self.budgets().at(tick(at)).num_microseconds().expect("small")
    }

    fn budgets(&self) -> Budgets {
        let micros = TimeDelta::microseconds;
        let changes = self.changes.iter().map(|(at, budget)| (tick(*at), micros(*budget))).collect();
        Budgets::new(micros(self.first_budget), changes)
    }

    /// What the definition says of one instant.
    fn naive(&self, at: i64, observes: impl Fn(Coverage, bool) -> bool) -> Option<Gap> {
        let fresh = |end: i64| end <= at && at - end <= self.budget(at);
        if at < self.registered.0 || self.registered.1.is_some_and(|until| at >= until) {
            return Some(Gap::NotRegistered);
        }
        if self.scans.iter().any(|(end, coverage, judged, _)| fresh(*end) && observes(*coverage, *judged)) {
            return None;
        }
        if self.retained.is_some_and(|retained| at - retained <= self.budget(at)) {
            return Some(Gap::NotRetained);
        }
        match self.scans.iter().rev().find(|(end, ..)| *end <= at) {
            None if self.polled_before => Some(Gap::NobodyRan),
            None => Some(Gap::NeverPolled),
            Some((end, coverage, ..)) if fresh(*end) => Some(gap_of_scan(*coverage)),
            Some(_) => Some(Gap::NobodyRan),
        }
    }

    /// The scans as days keep them: runs of those that went alike.
    fn runs(&self) -> Vec<Vec<Run>> {
        let mut days: Vec<Vec<Run>> = vec![vec![]];
        for (end, coverage, judged, new_day) in &self.scans {
            let end = tick(*end);
            if *new_day {
                days.push(vec![]);
            }
            let day = days.last_mut().expect("there is one");
            match day.last_mut().filter(|run| (run.coverage, run.judged) == (*coverage, *judged)) {
                Some(run) => {
                    run.longest_gap = run.longest_gap.max(end - run.last);
                    run.last = end;
                    run.scans += 1;
                }
                None => day.push(Run::single(end, *coverage, *judged)),
            }
        }
        days
    }

    fn singles(&self) -> Vec<Run> {
        self.scans.iter().map(|(end, coverage, judged, _)| Run::single(tick(*end), *coverage, *judged)).collect()
    }

    fn timeline(&self, runs: &[Run], observes: impl Fn(Coverage, bool) -> bool) -> Vec<Stretch> {
        let watch = Watch {
            registered_from: tick(self.registered.0),
            registered_until: self.registered.1.map(tick),
            runs,
            polled_before: self.polled_before,
            retained_from: self.retained.map(tick),
            budgets: &self.budgets(),
        };
        source(&watch, tick(0), tick(END), observes)
    }
}

fn world() -> impl Strategy<Value = World> {
    let coverage = prop::sample::select(Coverage::ALL.to_vec());
    let coverage = prop_oneof![3 => Just(Coverage::Complete), 1 => coverage];
    let scans = prop::collection::vec(
        (-40_i64..END + 5, coverage, prop::bool::weighted(0.8), prop::bool::weighted(0.2)),
        0..25,
    );
    (
        scans,
        (-5_i64..40, prop::option::weighted(0.2, 60_i64..END + 20)),
        prop::option::weighted(0.3, -30_i64..90),
        any::<bool>(),
        1_i64..30,
        prop::collection::vec((-10_i64..END, 1_i64..30), 0..3),
    )
        .prop_map(|(mut scans, registered, retained, polled_before, first_budget, changes)| {
            scans.sort_by_key(|(end, ..)| *end);
            World { scans, registered, retained, polled_before, first_budget, changes }
        })
}

/// What a line of stretches says of an instant; the line must cover the whole period without a seam.
fn said(line: &[Stretch], at: i64) -> Option<Gap> {
    let found = line.iter().find(|stretch| stretch.from <= tick(at) && tick(at) < stretch.until);
    found.unwrap_or_else(|| panic!("nothing is said of {at}: {line:?}")).gap
}

fn assert_seamless(line: &[Stretch]) {
    assert_eq!(line.first().map(|stretch| stretch.from), Some(tick(0)));
    assert_eq!(line.last().map(|stretch| stretch.until), Some(tick(END)));
    for pair in line.windows(2) {
        assert!(pair[0].until == pair[1].from && pair[0].gap != pair[1].gap, "{pair:?}");
    }
}

fn results() -> impl Strategy<Value = Vec<(i64, Option<i64>, Outcome)>> {
    let outcome = prop::sample::select(Outcome::ALL.to_vec());
    prop::collection::vec((0_i64..40, 1_i64..40, outcome), 0..6).prop_map(|parts| {
        let mut at = -20;
        let mut results = Vec::new();
        for (pause, length, outcome) in parts {
            results.push((at + pause, Some(at + pause + length), outcome));
            at += pause + length;
        }
        if let Some(last) = results.last_mut() {
            last.1 = last.1.filter(|until| until % 2 == 0);
        }
        results
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn single_scans_say_what_the_definition_says_at_every_instant(world in world()) {
        for observes in [observes_source as fn(Coverage, bool) -> bool, observes_checks] {
            let line = world.timeline(&world.singles(), observes);
            assert_seamless(&line);
            for at in 0..END {
                prop_assert_eq!(said(&line, at), world.naive(at, observes), "at {}", at);
            }
        }
    }

    #[test]
    fn runs_say_the_same_where_days_with_long_gaps_are_read_scan_by_scan(world in world()) {
        let (shortest, _) = world.budgets().bounds(tick(0), tick(END));
        let mut singles = world.singles().into_iter();
        let mut runs = Vec::new();
        for day in world.runs() {
            let scans: usize = day.iter().map(|run| usize::try_from(run.scans).expect("few")).sum();
            let own: Vec<Run> = singles.by_ref().take(scans).collect();
            runs.extend(if day.iter().any(|run| run.longest_gap > shortest) { own } else { day });
        }
        let line = world.timeline(&runs, observes_source);
        assert_seamless(&line);
        for at in 0..END {
            prop_assert_eq!(said(&line, at), world.naive(at, observes_source), "at {}", at);
        }
    }

    #[test]
    fn runs_alone_say_the_same_or_that_it_is_not_retained(world in world()) {
        let runs: Vec<Run> = world.runs().into_iter().flatten().collect();
        let line = world.timeline(&runs, observes_source);
        assert_seamless(&line);
        for at in 0..END {
            let said = said(&line, at);
            prop_assert!(said == world.naive(at, observes_source) || said == Some(Gap::NotRetained), "at {}: {:?}", at, said);
        }
    }

    #[test]
    fn a_check_is_observed_where_its_source_is_and_its_outcome_was_evaluated(world in world(), results in results()) {
        let line = world.timeline(&world.singles(), observes_checks);
        let judged: Vec<Judged> = results
            .iter()
            .map(|(from, until, outcome)| Judged { from: tick(*from), until: until.map(tick), outcome: *outcome })
            .collect();
        let check = check(&line, &judged, None);
        assert_seamless(&check);
        for at in 0..END {
            let expected = world.naive(at, observes_checks).or_else(|| {
                let in_force = results.iter().find(|(from, until, _)| *from <= at && until.is_none_or(|until| at < until));
                in_force.map_or(Some(Gap::NotJudged), |(_, _, outcome)| gap_of_outcome(*outcome))
            });
            prop_assert_eq!(said(&check, at), expected, "at {}", at);
        }
    }

    #[test]
    fn a_check_whose_results_were_dropped_is_as_before_or_not_retained_before_and_the_same_after(
        world in world(), results in results(), horizon in 0..END
    ) {
        let line = world.timeline(&world.singles(), observes_checks);
        let judged = |from: i64| -> Vec<Judged> {
            let kept = results.iter().filter(|(_, until, _)| until.is_none_or(|until| until >= from));
            kept.map(|(from, until, outcome)| Judged { from: tick(*from), until: until.map(tick), outcome: *outcome }).collect()
        };
        let whole = check(&line, &judged(i64::MIN), None);
        let left = check(&line, &judged(horizon), Some(tick(horizon)));
        assert_seamless(&left);
        for at in 0..END {
            let (before, now) = (said(&whole, at), said(&left, at));
            prop_assert!(now == before || (at < horizon && now == Some(Gap::NotRetained)), "at {}: {:?}, {:?}", at, before, now);
        }
    }

    #[test]
    fn all_of_several_are_observed_where_each_is(worlds in prop::collection::vec(world(), 1..4)) {
        let parts: Vec<Vec<Stretch>> = worlds.iter().map(|world| world.timeline(&world.singles(), observes_source)).collect();
        let line = all(&parts);
        assert_seamless(&line);
        for at in 0..END {
            let expected = parts.iter().filter_map(|part| said(part, at)).min();
            prop_assert_eq!(said(&line, at), expected, "at {}", at);
        }
    }

    #[test]
    fn another_stands_only_where_a_whole_reading_found_nothing(
        world in world(), results in results(), other in world(), paired in (0..END, 0..END)
    ) {
        let line = world.timeline(&world.singles(), observes_checks);
        let judged: Vec<Judged> = results
            .iter()
            .map(|(from, until, outcome)| Judged { from: tick(*from), until: until.map(tick), outcome: *outcome })
            .collect();
        let (own, other) = (check(&line, &judged, None), other.timeline(&other.singles(), observes_checks));
        let nothing = both(&nothing_of_its_own(&line, &world.singles(), &judged), &[(tick(paired.0), tick(paired.1))]);
        let told = instead(&own, &nothing, &other);
        assert_seamless(&told);
        for at in 0..END {
            let newest = world.scans.iter().rev().find(|(end, coverage, judged, _)| *end <= at && observes_checks(*coverage, *judged));
            let in_force = results.iter().find(|(from, until, _)| *from <= at && until.is_none_or(|until| at < until));
            let elsewhere = world.naive(at, observes_checks).is_none()
                && newest.is_some_and(|(_, coverage, ..)| [Coverage::Complete, Coverage::Absent].contains(coverage))
                && in_force.is_some_and(|(.., outcome)| [Outcome::NotApplicable, Outcome::NotEvaluated].contains(outcome))
                && (paired.0..paired.1).contains(&at);
            prop_assert_eq!(said(&told, at), said(if elsewhere { &other } else { &own }, at), "at {}", at);
        }
    }

    /// Six hours are the unit here, so that four of them make a day.
    #[test]
    fn a_summary_counts_what_a_recount_counts(begin in 0_i64..4, quarters in prop::collection::vec(prop::option::weighted(0.4, 0_usize..3), 1..60)) {
        let quarter = |n: i64| DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(6 * (begin + n));
        let gaps = [Gap::NotRegistered, Gap::NobodyRan, Gap::Forbidden];
        let gap = |place: &Option<usize>| place.map(|place| gaps[place]);
        let stretches: Vec<Stretch> = (0..).zip(&quarters)
            .map(|(n, place)| Stretch { from: quarter(n), until: quarter(n + 1), gap: gap(place) })
            .collect();
        let summary = Summary::of(&stretches);
        let count = |which: &dyn Fn(Option<Gap>) -> bool| i32::try_from(quarters.iter().filter(|place| which(gap(place))).count()).expect("few");
        prop_assert_eq!(summary.observed, TimeDelta::hours(6) * count(&|gap| gap.is_none()));
        prop_assert_eq!(summary.expected, TimeDelta::hours(6) * count(&|gap| gap != Some(Gap::NotRegistered)));
        let mut days: std::collections::BTreeMap<i64, Vec<Option<Gap>>> = std::collections::BTreeMap::new();
        for (n, place) in (0..).zip(&quarters) {
            days.entry((begin + n) / 4).or_default().push(gap(place));
        }
        let expected: Vec<_> = days.values().filter(|day| day.iter().any(|gap| *gap != Some(Gap::NotRegistered))).collect();
        let whole = expected.iter().filter(|day| day.iter().all(|gap| gap.is_none_or(|gap| gap == Gap::NotRegistered))).count();
        prop_assert_eq!((summary.days, summary.days_observed), (i64::try_from(expected.len()).expect("few"), i64::try_from(whole).expect("few")));
        if let Some(share) = summary.share() {
            prop_assert_eq!(share == 10_000, summary.missed.is_empty());
        }
    }

    #[test]
    fn the_cells_of_a_strip_hold_all_of_the_time(days in 1_u32..100, quarters in prop::collection::vec(prop::option::weighted(0.4, 0_usize..3), 400)) {
        let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).single().expect("an instant");
        let period = Period::last(days, at);
        let gaps = [Gap::NotRegistered, Gap::NobodyRan, Gap::Forbidden];
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut from = period.from;
        for place in quarters {
            let until = (from + TimeDelta::hours(6)).min(period.until);
            if from < until {
                stretches.push(Stretch { from, until, gap: place.map(|place| gaps[place]) });
            }
            from = until;
        }
        let cells = cells(&stretches, &period);
        prop_assert_eq!(cells.first().map(|cell| cell.from), Some(period.from));
        prop_assert_eq!(cells.last().map(|cell| cell.until), Some(period.until));
        for pair in cells.windows(2) {
            prop_assert_eq!(pair[0].until, pair[1].from);
        }
        for cell in &cells {
            let touched: Vec<Option<Gap>> =
                stretches.iter().filter(|s| s.from < cell.until && s.until > cell.from).map(|s| s.gap).collect();
            prop_assert_eq!(cell.observed_permille == 1_000, touched.iter().all(Option::is_none));
            prop_assert_eq!(cell.gap.is_none(), touched.iter().all(Option::is_none));
            prop_assert_eq!(cell.observed_permille == 0, touched.iter().all(Option::is_some));
        }
    }
}

#[test]
fn a_budget_ends_exactly_with_its_last_microsecond() {
    let end = tick(10);
    let budgets = Budgets::constant(TimeDelta::microseconds(5));
    let runs = [Run::single(end, Coverage::Complete, true)];
    let watch = Watch {
        registered_from: tick(0),
        registered_until: None,
        runs: &runs,
        polled_before: false,
        retained_from: None,
        budgets: &budgets,
    };
    let line = source(&watch, tick(0), tick(30), observes_source);
    let told: Vec<_> = line.iter().map(|stretch| (stretch.from, stretch.gap)).collect();
    assert_eq!(told, [(tick(0), Some(Gap::NeverPolled)), (tick(10), None), (tick(16), Some(Gap::NobodyRan))]);
    assert_eq!(gaps(&line, 1).iter().map(|gap| gap.reason).collect::<Vec<_>>(), [Gap::NobodyRan]);
}

#[test]
fn a_share_is_whole_only_where_nothing_was_missed() {
    let year = TimeDelta::days(365);
    let summary = Summary { observed: year - STEP, expected: year, ..Summary::default() };
    assert_eq!(summary.share(), Some(9_999));
    assert_eq!(Summary::default().share(), None);
}

#[test]
fn the_tighter_of_two_budgets_counts_at_every_instant() {
    let minutes = TimeDelta::minutes;
    let one = Budgets::new(minutes(30), vec![(tick(10), minutes(10)), (tick(30), minutes(40))]);
    let other = Budgets::new(minutes(20), vec![(tick(20), minutes(60))]);
    let both = one.tightest(&other);
    for at in 0..50 {
        assert_eq!(both.at(tick(at)), one.at(tick(at)).min(other.at(tick(at))), "{at}");
    }
    assert_eq!(both.bounds(tick(0), tick(50)), (minutes(10), minutes(40)));
}

#[test]
fn a_period_is_read_as_it_is_written() {
    let at = Utc.with_ymd_and_hms(2026, 11, 28, 14, 5, 0).single().expect("an instant");
    let day = |month, day| Utc.with_ymd_and_hms(2026, month, day, 0, 0, 0).single().expect("an instant");
    let read = |days, from, to| Period::read(days, from, to, at, 30);
    assert_eq!(read(None, None, None), Ok(Period { from: day(10, 30), until: at }));
    assert_eq!(read(Some("1"), None, None), Ok(Period { from: day(11, 28), until: at }));
    assert_eq!(read(None, Some("2026-02-01"), Some("2026-02-28")), Ok(Period { from: day(2, 1), until: day(3, 1) }));
    assert_eq!(read(None, Some("2026-11-28"), Some("2026-11-28")), Ok(Period { from: day(11, 28), until: at }));
    assert_eq!(read(None, None, Some("2026-03-02")), Ok(Period { from: day(2, 1), until: day(3, 3) }));
    assert_eq!(read(Some("365"), None, None).map(|period| period.days()), Ok(365));
    for (days, from, to, word) in [
        (Some("0"), None, None, "unreadable"),
        (Some("many"), None, None, "unreadable"),
        (Some("1831"), None, None, "long"),
        (None, Some("28.11.2026"), None, "unreadable"),
        (None, Some("+262142-12-31"), None, "unreadable"),
        (None, Some("2026-03-02"), Some("2026-03-01"), "backwards"),
        (None, Some("2026-11-29"), None, "ahead"),
        (None, Some("2026-11-01"), Some("2026-11-29"), "ahead"),
        (None, None, Some("2027-01-01"), "ahead"),
        (None, Some("2020-01-01"), None, "long"),
    ] {
        assert_eq!(read(days, from, to).map_err(|bad| bad.word), Err(word), "{days:?} {from:?} {to:?}");
    }
}
