use super::*;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn danish() -> Calendar {
    Calendar::of(&Holidays::denmark().holidays)
}

const fn target(amount: u32, unit: TargetUnit) -> Target {
    Target { amount, unit }
}

/// Easter Sundays as almanacs print them.
const EASTERS: [&str; 21] = [
    "2020-04-12",
    "2021-04-04",
    "2022-04-17",
    "2023-04-09",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2028-04-16",
    "2029-04-01",
    "2030-04-21",
    "2031-04-13",
    "2032-03-28",
    "2033-04-17",
    "2034-04-09",
    "2035-03-25",
    "2036-04-13",
    "2037-04-05",
    "2038-04-25",
    "2039-04-10",
    "2040-04-01",
];

#[test]
fn danish_holidays_of_each_year_from_2020_to_2040_are_those_of_the_almanac() {
    let calendar = danish();
    for easter in EASTERS.map(day) {
        let year = easter.year();
        let mut expected = vec![
            day(&format!("{year}-01-01")),
            easter - TimeDelta::days(3),
            easter - TimeDelta::days(2),
            easter,
            easter + TimeDelta::days(1),
            easter + TimeDelta::days(39),
            easter + TimeDelta::days(49),
            easter + TimeDelta::days(50),
            day(&format!("{year}-12-25")),
            day(&format!("{year}-12-26")),
        ];
        // The fourth Friday after Easter, a holiday until it was abolished.
        if year < 2024 {
            expected.push(easter + TimeDelta::days(26));
        }
        let first = day(&format!("{year}-01-01"));
        for day in first.iter_days().take_while(|day| day.year() == year) {
            let weekend = matches!(day.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun);
            assert_eq!(calendar.is_open(day), !weekend && !expected.contains(&day), "{day}");
        }
    }
}

#[test]
fn closed_weekdays_of_a_year_as_the_newspapers_had_them() {
    let calendar = danish();
    let closed = |year: i32| -> Vec<String> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        let days = first.iter_days().take_while(|day| day.year() == year);
        let weekday = |day: &NaiveDate| day.weekday().num_days_from_monday() < 5;
        days.filter(weekday).filter(|day| !calendar.is_open(*day)).map(|day| day.to_string()).collect()
    };
    assert_eq!(
        closed(2023),
        [
            "2023-04-06",
            "2023-04-07",
            "2023-04-10",
            "2023-05-05",
            "2023-05-18",
            "2023-05-29",
            "2023-12-25",
            "2023-12-26"
        ]
    );
    assert_eq!(
        closed(2024),
        [
            "2024-01-01",
            "2024-03-28",
            "2024-03-29",
            "2024-04-01",
            "2024-05-09",
            "2024-05-20",
            "2024-12-25",
            "2024-12-26"
        ]
    );
    assert_eq!(
        closed(2026),
        ["2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-12-25"]
    );
    // Working days by the law, whatever agreements say.
    assert!(["2026-06-05", "2026-12-24", "2026-12-31", "2024-04-26"].map(day).iter().all(|day| calendar.is_open(*day)));
}

#[test]
fn days_of_ones_own_are_closed_besides() {
    let rule = |falls| Holiday { name: String::new(), falls, last_year: None };
    let own = Calendar::of(&[
        rule(Falls::Yearly("12-24".parse().expect("a day"))),
        rule(Falls::Once(day("2026-06-05"))),
        rule(Falls::Yearly("02-29".parse().expect("a day"))),
    ]);
    for closed in ["2026-12-24", "2027-12-24", "2026-06-05", "2028-02-29"] {
        assert!(!own.is_open(day(closed)), "{closed}");
    }
    for open in ["2026-12-25", "2028-06-05", "2027-03-01"] {
        assert!(own.is_open(day(open)), "{open}");
    }
    for unreadable in ["2-29", "02-30", "13-01", "24-12", "2026-12-24", "+1-01"] {
        assert!(unreadable.parse::<MonthDay>().is_err(), "{unreadable}");
    }
}

#[test]
fn a_deadline_keeps_the_time_of_day() {
    use TargetUnit::{BusinessDays, CalendarDays, Hours};
    let calendar = danish();
    let meter = Meter { zone: &Copenhagen, calendar: &calendar };
    let due = |opened: &str, amount, unit| due(&meter, target(amount, unit), at(opened), &[]).expect("it runs out");
    // The clocks go forward on 29 March 2026, and back on 25 October.
    assert_eq!(due("2026-03-27T11:00:00Z", 7, CalendarDays), at("2026-04-03T10:00:00Z"));
    assert_eq!(due("2026-03-28T11:00:00Z", 24, Hours), at("2026-03-29T11:00:00Z"));
    // 02:30 does not exist on the 29th: the first time that there is; and is there twice on 25 October: the second.
    assert_eq!(due("2026-03-28T01:30:00Z", 1, CalendarDays), at("2026-03-29T01:00:00Z"));
    assert_eq!(due("2026-10-24T00:30:00Z", 1, CalendarDays), at("2026-10-25T01:30:00Z"));
    // Friday 15:00 to Monday 15:00; and what is opened on a Saturday has all of Monday.
    assert_eq!(due("2026-11-06T14:00:00Z", 1, BusinessDays), at("2026-11-09T14:00:00Z"));
    assert_eq!(due("2026-11-07T09:00:00Z", 1, BusinessDays), at("2026-11-09T23:00:00Z"));
    // Wednesday before Easter: two days later is the Wednesday after, with Thursday, Friday and Monday closed.
    assert_eq!(due("2026-04-01T08:00:00Z", 2, BusinessDays), at("2026-04-08T08:00:00Z"));
    // From midnight, a day ends with the day.
    assert_eq!(due("2026-11-05T23:00:00Z", 1, BusinessDays), at("2026-11-06T23:00:00Z"));
}

fn failing(opened: &str) -> Failing {
    Failing {
        source: Source::Rbac,
        opened_at: at(opened),
        severities: vec![(at(opened), Severity::High)],
        said: vec![],
        accepted: vec![],
        ended_at: None,
    }
}

/// Four calendar days to acknowledge and eight business days to fix, from the beginning.
fn book() -> Book<chrono_tz::Tz> {
    let targets = Targets {
        acknowledge: Some(target(4, TargetUnit::CalendarDays)),
        fix: Some(target(8, TargetUnit::BusinessDays)),
    };
    let levels = ServiceLevels {
        targets: BTreeMap::from([(Severity::High, targets)]),
        sources: BTreeMap::new(),
        closed: Holidays::denmark().holidays.clone(),
    };
    Book { zone: Copenhagen, versions: Version::all([(at("2026-01-01T00:00:00Z"), levels)]) }
}

fn fix(failing: &Failing, then: &str) -> (ClockStanding, Option<Instant>) {
    let clock = book().judge(failing, at(then)).fix.expect("a target");
    (clock.standing, clock.due)
}

fn acknowledge(failing: &Failing, then: &str) -> (ClockStanding, Option<Instant>) {
    let clock = book().judge(failing, at(then)).acknowledge.expect("a target");
    (clock.standing, clock.due)
}

#[test]
fn a_clock_runs_out_at_its_due_instant() {
    use ClockStanding::{Breached, DueSoon, Met, Missed, Within};
    // Monday 2 November, 10:00 in Denmark; eight business days later is Thursday the 12th.
    let mut it = failing("2026-11-02T09:00:00Z");
    let due = Some(at("2026-11-12T09:00:00Z"));
    assert_eq!(fix(&it, "2026-11-10T08:59:59Z"), (Within, due));
    assert_eq!(fix(&it, "2026-11-10T09:00:00Z"), (DueSoon, due));
    assert_eq!(fix(&it, "2026-11-12T08:59:59Z"), (DueSoon, due));
    assert_eq!(fix(&it, "2026-11-12T09:00:00Z"), (Breached, due));
    it.ended_at = due;
    assert_eq!(fix(&it, "2026-11-12T09:00:00Z"), (Met, due));
    it.ended_at = Some(at("2026-11-12T09:00:01Z"));
    assert_eq!(fix(&it, "2026-11-20T09:00:00Z"), (Missed, due));
    // Before it was closed, nobody knew that it would be.
    assert_eq!(fix(&it, "2026-11-12T09:00:00Z"), (Breached, due));
}

#[test]
fn acceptance_stops_both_clocks_and_what_was_left_continues_after() {
    use ClockStanding::{Breached, Paused, Within};
    let mut it = failing("2026-11-02T09:00:00Z");
    it.accepted = vec![(at("2026-11-04T09:00:00Z"), Some(at("2026-11-18T09:00:00Z")))];
    assert_eq!(fix(&it, "2026-11-04T08:00:00Z").0, Within);
    let paused = book().judge(&it, at("2026-11-10T09:00:00Z"));
    for clock in [paused.acknowledge, paused.fix].into_iter().flatten() {
        assert_eq!((clock.standing, clock.due), (Paused, None));
        assert_eq!(
            (clock.paused_since, clock.paused_by),
            (Some(at("2026-11-04T09:00:00Z")), Some(PauseReason::Accepted))
        );
    }
    assert_eq!(paused.fix.and_then(|clock| clock.left_seconds), Some(6 * 86_400));
    // Six business days are left on Wednesday the 18th: Thursday the 26th; of four days, two are left.
    assert_eq!(fix(&it, "2026-11-18T09:00:00Z"), (Within, Some(at("2026-11-26T09:00:00Z"))));
    assert_eq!(acknowledge(&it, "2026-11-20T09:00:00Z"), (Breached, Some(at("2026-11-20T09:00:00Z"))));
    // What had run out before it was accepted is paused none the less, and has run out again after.
    it.accepted = vec![(at("2026-11-13T09:00:00Z"), Some(at("2026-11-18T09:00:00Z")))];
    assert_eq!(fix(&it, "2026-11-14T09:00:00Z"), (Paused, Some(at("2026-11-12T09:00:00Z"))));
    assert_eq!(fix(&it, "2026-11-18T09:00:00Z"), (Breached, Some(at("2026-11-12T09:00:00Z"))));
}

#[test]
fn an_acknowledgement_ends_its_clock_until_it_is_taken_back() {
    use ClockStanding::{Breached, Met, Missed};
    let mut it = failing("2026-11-02T09:00:00Z");
    it.said = vec![(at("2026-11-03T09:00:00Z"), Said::Acknowledged)];
    let due = Some(at("2026-11-06T09:00:00Z"));
    assert_eq!(acknowledge(&it, "2026-11-09T09:00:00Z"), (Met, due));
    it.said.push((at("2026-11-08T09:00:00Z"), Said::Open));
    assert_eq!(acknowledge(&it, "2026-11-07T09:00:00Z"), (Met, due));
    assert_eq!(acknowledge(&it, "2026-11-08T09:00:00Z"), (Breached, due));
    it.said.push((at("2026-11-09T09:00:00Z"), Said::Acknowledged));
    assert_eq!(acknowledge(&it, "2026-11-10T09:00:00Z"), (Missed, due));
    // Acknowledged when it failed the last time, which still holds.
    it.said = vec![(at("2026-10-01T09:00:00Z"), Said::Acknowledged)];
    assert_eq!(acknowledge(&it, "2026-11-20T09:00:00Z"), (Met, due));
    // Fixed before anybody had to acknowledge it, and after.
    it.said = vec![];
    it.ended_at = Some(at("2026-11-05T09:00:00Z"));
    assert_eq!(acknowledge(&it, "2026-11-20T09:00:00Z"), (Met, due));
    it.ended_at = Some(at("2026-11-07T09:00:00Z"));
    assert_eq!(acknowledge(&it, "2026-11-20T09:00:00Z"), (Missed, due));
}

#[test]
fn a_false_positive_settles_the_one_clock_and_stops_the_other() {
    use ClockStanding::{Met, Paused, Within};
    let mut it = failing("2026-11-02T09:00:00Z");
    it.said = vec![(at("2026-11-03T09:00:00Z"), Said::FalsePositive), (at("2026-11-10T09:00:00Z"), Said::Open)];
    assert_eq!(acknowledge(&it, "2026-11-05T09:00:00Z").0, Met);
    let clock = book().judge(&it, at("2026-11-05T09:00:00Z")).fix.expect("a target");
    assert_eq!((clock.standing, clock.paused_by), (Paused, Some(PauseReason::FalsePositive)));
    assert_eq!(fix(&it, "2026-11-10T09:00:00Z"), (Within, Some(at("2026-11-19T09:00:00Z"))));
}

#[test]
fn a_finding_is_judged_by_the_severity_and_the_target_of_the_instant() {
    let hours = |amount| Targets { acknowledge: None, fix: Some(target(amount, TargetUnit::Hours)) };
    let levels = |high, critical, sources| ServiceLevels {
        targets: BTreeMap::from([(Severity::High, hours(high)), (Severity::Critical, hours(critical))]),
        sources,
        closed: vec![],
    };
    let own = BTreeMap::from([(Source::Trivy, BTreeMap::from([(Severity::High, hours(500))]))]);
    let since = [
        (at("2026-11-01T00:00:00Z"), levels(100, 10, BTreeMap::new())),
        (at("2026-11-05T00:00:00Z"), levels(200, 10, own)),
    ];
    let book = Book { zone: Utc, versions: Version::all(since) };
    let mut it = failing("2026-11-02T00:00:00Z");
    it.severities.push((at("2026-11-04T00:00:00Z"), Severity::Critical));
    let due = |it: &Failing, then| book.judge(it, at(then)).fix.and_then(|clock| clock.due);
    assert_eq!(due(&it, "2026-11-03T00:00:00Z"), Some(at("2026-11-06T04:00:00Z")));
    assert_eq!(due(&it, "2026-11-04T00:00:00Z"), Some(at("2026-11-02T10:00:00Z")));
    it.severities.pop();
    assert_eq!(due(&it, "2026-11-05T00:00:00Z"), Some(at("2026-11-10T08:00:00Z")));
    it.source = Source::Trivy;
    assert_eq!(due(&it, "2026-11-04T23:00:00Z"), Some(at("2026-11-06T04:00:00Z")));
    assert_eq!(due(&it, "2026-11-05T00:00:00Z"), Some(at("2026-11-02T00:00:00Z") + TimeDelta::hours(500)));
    // What was closed is judged by what was in force then.
    it.ended_at = Some(at("2026-11-04T12:00:00Z"));
    assert_eq!(due(&it, "2026-11-20T00:00:00Z"), Some(at("2026-11-06T04:00:00Z")));
    // Before there were any, and of a severity without one, there is no clock.
    assert_eq!(book.judge(&it, at("2026-10-01T00:00:00Z")).fix, None);
    assert_eq!(book.judge(&it, at("2026-11-20T00:00:00Z")).acknowledge, None);
}

#[test]
fn what_has_no_effect_is_no_setting() {
    let any = |unit| ServiceLevels {
        targets: BTreeMap::from([
            (Severity::High, Targets { acknowledge: None, fix: Some(target(1, unit)) }),
            (Severity::Low, Targets::default()),
        ]),
        sources: BTreeMap::from([(Source::Rbac, BTreeMap::from([(Severity::Low, Targets::default())]))]),
        closed: Holidays::denmark().holidays.clone(),
    };
    let business = any(TargetUnit::BusinessDays).simplified();
    assert_eq!((business.targets.len(), business.sources.len(), business.closed.len()), (1, 0, 11));
    assert!(any(TargetUnit::Hours).simplified().closed.is_empty());
    let written = serde_json::to_string(&business).expect("it is written");
    assert_eq!(serde_json::from_str::<ServiceLevels>(&written).expect("it is read"), business);
}

const UNITS: [TargetUnit; 3] = [TargetUnit::Hours, TargetUnit::CalendarDays, TargetUnit::BusinessDays];

/// An instant of 2026, mostly, at some minute; often about a change of the clocks.
fn instant() -> impl Strategy<Value = Instant> {
    let begin = at("2026-01-01T00:00:00Z");
    prop_oneof![
        (0..527_000_i64).prop_map(move |minutes| begin + TimeDelta::minutes(minutes)),
        (-300..300_i64).prop_map(|minutes| at("2026-03-29T01:00:00Z") + TimeDelta::minutes(minutes)),
        (-300..300_i64).prop_map(|minutes| at("2026-10-25T01:00:00Z") + TimeDelta::minutes(minutes)),
    ]
}

fn unit() -> impl Strategy<Value = TargetUnit> {
    prop::sample::select(UNITS.to_vec())
}

/// The instant so many business days after another, by turning the leaves of a calendar.
fn leafed(calendar: &Calendar, opened: Instant, days: u32) -> Option<Instant> {
    let local = opened.with_timezone(&Copenhagen).naive_local();
    let open = |day: &NaiveDate| calendar.is_open(*day);
    let first = local.date().iter_days().find(open)?;
    let time = if first == local.date() { local.time() } else { NaiveTime::MIN };
    let (day, time) = if time == NaiveTime::MIN {
        // A whole day ends with that day.
        let last = first.iter_days().filter(open).nth(usize::try_from(days).ok()? - 1)?;
        (last.succ_opt()?, time)
    } else {
        (first.iter_days().filter(open).nth(usize::try_from(days).ok()?)?, time)
    };
    day.and_time(time).and_local_timezone(Copenhagen).single().map(|at| at.with_timezone(&Utc))
}

proptest! {
    #[test]
    fn positions_grow_with_time_and_the_first_instant_of_one_is_the_first(a in instant(), b in instant(), unit in unit()) {
        let calendar = danish();
        let meter = Meter { zone: &Copenhagen, calendar: &calendar };
        let (a, b) = (a.min(b), a.max(b));
        let (from, to) = (meter.position(unit, a), meter.position(unit, b));
        prop_assert!(from <= to);
        for position in [from, to, from.midpoint(to), to + 90 * 60_000_000] {
            let first = meter.first(unit, position);
            prop_assert!(meter.position(unit, first) >= position);
            prop_assert!(meter.position(unit, first - TimeDelta::microseconds(1)) < position, "{first} {position}");
        }
    }

    #[test]
    fn business_days_are_those_that_a_wall_calendar_gives(opened in instant(), days in 1..40_u32) {
        let calendar = danish();
        let meter = Meter { zone: &Copenhagen, calendar: &calendar };
        // Where a clock shows the time twice or never, other tests tell.
        let fold = opened.with_timezone(&Copenhagen).naive_local().and_local_timezone(Copenhagen).single().is_some();
        if let Some(expected) = leafed(&calendar, opened, days).filter(|_| fold) {
            prop_assert_eq!(due(&meter, target(days, TargetUnit::BusinessDays), opened, &[]), Some(expected));
        }
    }

    /// Hour by hour: an hour counts where it is on a day that counts, and nothing stops the clock.
    #[test]
    fn a_clock_with_pauses_is_what_counting_hour_by_hour_gives(
        opened in 0..600_i64,
        amount in 1..12_u32,
        unit in unit(),
        stops in prop::collection::vec((0..900_i64, prop::option::of(0..300_i64)), 0..5),
        false_positive in prop::option::of((0..900_i64, 1..300_i64)),
    ) {
        let calendar = danish();
        let begin = at("2026-03-20T00:00:00Z");
        let hour = |hours: i64| begin + TimeDelta::hours(hours);
        let accepted: Vec<Pause> = stops.iter().map(|(from, long)| (hour(*from), long.map(|long| hour(from + long)))).collect();
        let said: Vec<(Instant, Said)> = false_positive
            .map(|(from, long)| vec![(hour(from), Said::FalsePositive), (hour(from + long), Said::Open)])
            .unwrap_or_default();
        let stands = |h: i64| {
            stops.iter().any(|(from, long)| *from <= h && long.is_none_or(|long| from + long > h))
                || false_positive.is_some_and(|(from, long)| from <= h && from + long > h)
        };
        let counts = |h: i64| unit != TargetUnit::BusinessDays || calendar.is_open(hour(h).date_naive());
        let needed = i64::from(amount) * if unit == TargetUnit::Hours { 1 } else { 24 };
        let mut counted = 0;
        let expected = (opened..9_000).find(|h| {
            counted += i64::from(counts(*h) && !stands(*h));
            counted == needed
        }).map(|h| hour(h + 1));
        let meter = Meter { zone: &Utc, calendar: &calendar };
        prop_assert_eq!(due(&meter, target(amount, unit), hour(opened), &pauses(&accepted, &said)), expected);

        // The verdict at each hour is the one that follows from that instant.
        let targets = Targets { acknowledge: None, fix: Some(target(amount, unit)) };
        let levels = ServiceLevels {
            targets: BTreeMap::from([(Severity::High, targets)]),
            sources: BTreeMap::new(),
            closed: Holidays::denmark().holidays.clone(),
        };
        let book = Book { zone: Utc, versions: Version::all([(begin, levels)]) };
        let failing = Failing {
            source: Source::Rbac,
            opened_at: hour(opened),
            severities: vec![(hour(opened), Severity::High)],
            said,
            accepted,
            ended_at: None,
        };
        for h in (opened..opened + 1_000).step_by(7) {
            let clock = book.judge(&failing, hour(h)).fix.expect("a target");
            let out = expected.is_some_and(|due| due <= hour(h));
            prop_assert_eq!(clock.standing == ClockStanding::Paused, stands(h), "{}", hour(h));
            prop_assert_eq!(clock.standing == ClockStanding::Breached, out && !stands(h), "{}", hour(h));
            let used = (opened..h).filter(|h| counts(*h) && !stands(*h)).count();
            let soon = !out && !stands(h) && i64::try_from(used).expect("few") * 4 >= needed * 3;
            prop_assert_eq!(clock.standing == ClockStanding::DueSoon, soon, "{}", hour(h));
        }
    }

    #[test]
    fn what_was_opened_before_a_threshold_is_what_has_used_that_much(opened in instant(), then in instant(), amount in 1..15_u32, unit in unit()) {
        prop_assume!(opened <= then);
        let calendar = danish();
        let meter = Meter { zone: &Copenhagen, calendar: &calendar };
        let target = target(amount, unit);
        let out = due(&meter, target, opened, &[]).is_some_and(|due| due <= then);
        prop_assert_eq!(opened < target.opened_before(&meter, then, 4), out);
        let used = meter.position(unit, then) - meter.position(unit, opened);
        prop_assert_eq!(opened < target.opened_before(&meter, then, 3), used * 4 >= target.micros() * 3);
    }
}
