//! Weekly and monthly digests: what the period did, in plain words, with links to the pages of those instants.

use super::{
    content::{Line, Text, Told, Voice},
    event,
};
use crate::{
    compare::{self, Reach},
    controls, days,
    days::Zone,
};
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use frontend::{i18n::Locale, pages};
use model::{
    Instant,
    control::ControlState,
    notify::EventKind,
    severity::Severity,
    views::{ChangeKind, ChangesFilter, Comparison, Overview, SourceTurn},
};
use serde_json::json;
use sqlx::{PgConnection, PgPool};

/// How late a digest may be sent: after a longer stand-still the next one tells enough.
const LATEST: TimeDelta = TimeDelta::hours(24);

/// A digest that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) kind: EventKind,
    /// The first day that it tells of.
    pub(super) first: NaiveDate,
    /// The day after the last.
    pub(super) end: NaiveDate,
}

/// The digests whose time has come within the last day: on Mondays, and on the first of a month, at an hour of the
/// organisation's day.
pub(super) fn due(zone: Zone, hour: u8, now: Instant) -> Vec<Due> {
    let today = zone.day_of(now);
    let candidates = [today, today.checked_sub_days(Days::new(1)).unwrap_or(today)];
    let sent_at = |day: NaiveDate| zone.start_of(day) + TimeDelta::hours(hour.into());
    let ready = |day: &NaiveDate| sent_at(*day) <= now && now - sent_at(*day) < LATEST;
    let mut due = Vec::new();
    for day in candidates.into_iter().filter(ready) {
        if day.weekday() == chrono::Weekday::Mon {
            let first = day.checked_sub_days(Days::new(7)).unwrap_or(day);
            due.push(Due { kind: EventKind::WeeklyDigest, first, end: day });
        }
        if day.day() == 1 {
            let first = day.checked_sub_months(Months::new(1)).unwrap_or(day);
            due.push(Due { kind: EventKind::MonthlyDigest, first, end: day });
        }
    }
    due
}

/// Notes the digests that are due, each once, however many servers look.
pub async fn note_due(pool: &PgPool, hour: u8, now: Instant) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    let zone = days::current(&mut tx).await?;
    for Due { kind, first, end } in due(zone, hour, now) {
        let detail = json!({ "from": zone.start_of(first), "to": zone.start_of(end) });
        event::note(&mut tx, kind, &[], detail, Some(&format!("{kind}/{end}")), now).await?;
    }
    tx.commit().await
}

/// What a digest says. Loaded by what was known at the end of its period, so that every attempt says the same.
pub(super) async fn text(db: &mut PgConnection, voice: Voice<'_>, event: &Told) -> crate::error::Result<Option<Text>> {
    let instant =
        |name: &str| event.detail.get(name).and_then(|text| serde_json::from_value::<Instant>(text.clone()).ok());
    let Some((from, to)) = instant("from").zip(instant("to")) else { return Ok(None) };
    let before = controls::overview(db, from).await?;
    let after = controls::overview(db, to).await?;
    let changes = compare::compare(db, (from, to), &ChangesFilter::default(), Reach::first(1)).await?;
    let locale = voice.locale;
    let last_day = locale.date(to - TimeDelta::seconds(1));
    let title = locale
        .tx(&format!("notify-title-{}", event.kind), &[("from", locale.date(from).into()), ("to", last_day.into())]);
    let lines = lines(voice, (from, to), (&before, &after), &changes);
    Ok(Some(voice.text(&title, lines, &as_of("/", to))))
}

fn as_of(path: &str, at: Instant) -> String {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("as_of", &Locale::in_address(at)).finish();
    format!("{path}?{query}")
}

fn lines(
    voice: Voice<'_>,
    (from, to): (Instant, Instant),
    (before, after): (&Overview, &Overview),
    changes: &Comparison,
) -> Vec<Line> {
    let locale = voice.locale;
    let compared = voice.address(&pages::compare::address((from, to), &ChangesFilter::default(), None));
    let open = |overview: &Overview| overview.open.values().sum::<i64>();
    let severe = |severity: Severity| after.open.get(&severity).copied().unwrap_or(0);
    let state = |wanted: &[ControlState]| {
        let cells = after.themes.iter().flat_map(|row| &row.all.states);
        cells.filter(|(state, _)| wanted.contains(state)).map(|(_, count)| i64::from(*count)).sum::<i64>()
    };
    let line = |key: &str, args: &[(&str, frontend::i18n::Arg<'_>)], link: String| Line {
        text: locale.tx(key, args),
        link: Some(link),
        severity: None,
    };
    let change = |kind: ChangeKind| {
        changes.findings.counts.iter().find(|count| count.kind == kind).map_or(0, |count| count.count.rows)
    };
    let turns = |turn: SourceTurn| changes.sources.iter().filter(|source| source.turn == turn).count();
    let better = changes.controls.iter().filter(|control| control.after.state == ControlState::Met).count();
    let worse = changes.controls.iter().filter(|control| control.before.state == ControlState::Met).count();
    let unmeasured =
        [ControlState::Unreachable, ControlState::NotVisible, ControlState::Stale, ControlState::NotAssessed];
    let mut lines = vec![
        line(
            "notify-digest-open",
            &[
                ("open", open(after).into()),
                ("before", open(before).into()),
                ("critical", severe(Severity::Critical).into()),
                ("high", severe(Severity::High).into()),
            ],
            voice.address(&as_of("/findings", to)),
        ),
        line(
            "notify-digest-moved",
            &[
                ("opened", change(ChangeKind::Opened).into()),
                ("reopened", change(ChangeKind::Reopened).into()),
                ("closed", change(ChangeKind::Closed).into()),
            ],
            compared.clone(),
        ),
        line(
            "notify-digest-controls",
            &[
                ("met", state(&[ControlState::Met]).into()),
                ("not_met", state(&[ControlState::NotMet]).into()),
                ("unmeasured", state(&unmeasured).into()),
            ],
            voice.address(&as_of("/controls", to)),
        ),
        line("notify-digest-turned", &[("better", better.into()), ("worse", worse.into())], compared.clone()),
        line(
            "notify-digest-sources",
            &[("silent", turns(SourceTurn::FellSilent).into()), ("back", turns(SourceTurn::SpokeAgain).into())],
            compared,
        ),
    ];
    if after.clusters.is_empty() {
        lines = vec![line("notify-digest-nothing", &[], voice.address("/clusters"))];
    } else if !changes.from_known {
        lines.push(line("notify-digest-new", &[], voice.address(&as_of("/", to))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(now: &str) -> Vec<(EventKind, String)> {
        let zone = Zone { id: 2, time_zone: chrono_tz::Europe::Copenhagen };
        let due = due(zone, 7, now.parse().expect("an instant"));
        due.into_iter().map(|due| (due.kind, format!("{} {}", due.first, due.end))).collect()
    }

    #[test]
    fn digests_come_on_mondays_and_firsts_at_their_hour_and_no_later_than_a_day() {
        assert_eq!(of("2026-11-09T05:59:59Z"), [], "06:59 in Copenhagen");
        let weekly = (EventKind::WeeklyDigest, "2026-11-02 2026-11-09".to_owned());
        assert_eq!(of("2026-11-09T06:00:00Z"), std::slice::from_ref(&weekly));
        assert_eq!(of("2026-11-10T05:59:59Z"), [weekly]);
        assert_eq!(of("2026-11-10T06:00:00Z"), []);
        let monthly = (EventKind::MonthlyDigest, "2026-11-01 2026-12-01".to_owned());
        assert_eq!(of("2026-12-01T06:00:00Z"), [monthly]);
        assert_eq!(of("2027-03-01T06:00:00Z").len(), 2, "a Monday and a first");
    }
}
