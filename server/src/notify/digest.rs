//! Weekly and monthly digests: what the period did, in plain words, with links to the pages of those instants. A digest tells of
//! what its rule is narrowed to, and says so.

use super::{
    content::{Line, Text, Told, Voice},
    event,
    rules::Narrowing,
};
use crate::{
    compare::{self, Reach},
    controls::{self, Evidence},
    days,
    days::Zone,
};
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use frontend::{i18n::Locale, pages};
use model::{
    Instant,
    catalogue::{Catalogue, Check, Control},
    control::ControlState,
    ids::{CheckId, ControlId},
    notify::EventKind,
    severity::Severity,
    views::{ChangeKind, ChangesFilter, Comparison, FindingFilter, SourceTurn},
};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeMap;

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
pub(super) async fn text(
    db: &mut PgConnection,
    voice: Voice<'_>,
    event: &Told,
    narrowing: &Narrowing,
) -> crate::error::Result<Option<Text>> {
    let instant =
        |name: &str| event.detail.get(name).and_then(|text| serde_json::from_value::<Instant>(text.clone()).ok());
    let Some((from, to)) = instant("from").zip(instant("to")) else { return Ok(None) };
    let locale = voice.locale;
    let last_day = locale.date(to - TimeDelta::seconds(1));
    let title = locale
        .tx(&format!("notify-title-{}", event.kind), &[("from", locale.date(from).into()), ("to", last_day.into())]);
    let there = compare::there(db, (from, to), &narrowing.clusters).await?;
    let filter = narrowing.filter(there);
    let narrowed = (*narrowing != Narrowing::default()).then(|| said(voice, narrowing));
    let after = Stand::at(db, to, narrowing).await?;
    if after.clusters == 0 {
        let nothing =
            Line { text: locale.t("notify-digest-nothing"), link: Some(voice.address("/clusters")), ..Line::default() };
        return Ok(Some(voice.text(&title, narrowed.into_iter().chain([nothing]).collect(), "/clusters")));
    }
    let before = Stand::at(db, from, narrowing).await?;
    let changes = compare::compare(db, (from, to), &filter, Reach::first(1)).await?;
    let places = Links::of(voice, (from, to), &filter, narrowed.is_some());
    let lines = lines(locale, &places, (&before, &after), &changes);
    Ok(Some(voice.text(&title, narrowed.into_iter().chain(lines).collect(), &places.all)))
}

impl Narrowing {
    /// As a comparison has it, of the clusters that were there: where the rule names none, of all.
    fn filter(&self, there: Vec<String>) -> ChangesFilter {
        let severities = || Severity::ALL.iter().copied().filter(|severity| severity.rank() >= self.min_severity);
        ChangesFilter {
            cluster: if self.clusters.is_empty() { vec![] } else { there },
            source: self.sources.clone(),
            control: self.controls.clone(),
            severity: if self.min_severity == 0 { vec![] } else { severities().collect() },
            kind: vec![],
        }
    }

    fn takes_every_check(&self) -> bool {
        self.sources.is_empty() && self.controls.is_empty()
    }

    fn takes(&self, check: &Check) -> bool {
        let supports = |control: &ControlId| check.controls.iter().any(|edge| edge.control == *control);
        (self.sources.is_empty() || self.sources.contains(&check.source))
            && (self.controls.is_empty() || self.controls.iter().any(supports))
    }

    /// Whether it is one of the controls, and measured by one of the sources, as far as any are named.
    fn takes_control(&self, control: &Control) -> bool {
        (self.controls.is_empty() || self.controls.contains(&control.id))
            && (self.sources.is_empty()
                || Catalogue::current().checks_for(&control.id).any(|(check, _)| self.takes(check)))
    }
}

/// How things stood at an instant, of what a digest tells of.
struct Stand {
    clusters: usize,
    open: BTreeMap<Severity, i64>,
    controls: BTreeMap<ControlState, i64>,
}

impl Stand {
    async fn at(db: &mut PgConnection, at: Instant, narrowing: &Narrowing) -> Result<Self, sqlx::Error> {
        let catalogue = Catalogue::current();
        let evidence = Evidence::load(db, at, &narrowing.clusters).await?;
        let mut stand = Self { clusters: evidence.clusters.len(), open: BTreeMap::new(), controls: BTreeMap::new() };
        // A check that the catalogue no longer has is of no source and no control that could be asked for.
        let asked = |check: &str| {
            narrowing.takes_every_check()
                || catalogue.check(&CheckId::from(check)).is_some_and(|check| narrowing.takes(check))
        };
        for count in evidence.open() {
            if count.severity.rank() >= narrowing.min_severity && asked(&count.check) {
                *stand.open.entry(count.severity).or_default() += count.findings;
            }
        }
        for control in catalogue.controls().iter().filter(|control| narrowing.takes_control(control)) {
            *stand.controls.entry(controls::assessment(&evidence, control).state).or_default() += 1;
        }
        Ok(stand)
    }
}

/// The line that says what a digest tells of, where that is not everything.
fn said(voice: Voice<'_>, narrowing: &Narrowing) -> Line {
    let locale = voice.locale;
    let list =
        |key: &str, names: Vec<String>| (!names.is_empty()).then(|| format!("{}: {}", locale.t(key), names.join(", ")));
    let severity = Severity::from(narrowing.min_severity);
    let least = || {
        let severity = locale.t(&format!("severity-{severity}"));
        locale.tx("notify-digest-least-severity", &[("severity", severity.into())])
    };
    let sources = narrowing.sources.iter().map(|source| locale.t(&format!("source-{source}"))).collect();
    let parts = [
        list("notify-clusters", narrowing.clusters.clone()),
        list("notify-sources", sources),
        list("notify-controls", narrowing.controls.iter().map(ToString::to_string).collect()),
        (severity != Severity::Unknown).then(least),
    ];
    let what = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    Line {
        text: locale.tx("notify-digest-narrowed", &[("what", what.into())]),
        link: Some(voice.address("/notifications")),
        severity: None,
    }
}

/// Where the lines of a digest lead: to pages that show the same.
struct Links {
    /// The path of the page that has all of it.
    all: String,
    findings: String,
    controls: String,
    compared: String,
}

impl Links {
    fn of(voice: Voice<'_>, period: (Instant, Instant), filter: &ChangesFilter, narrowed: bool) -> Self {
        let compared = pages::compare::address(period, filter, None);
        let to = period.1;
        let control = match &filter.control[..] {
            [] => Some(None),
            [only] => Some(Some(only.clone())),
            // The page of findings knows one.
            _ => None,
        };
        let findings = control.map(|control| FindingFilter {
            cluster: filter.cluster.clone(),
            source: filter.source.clone(),
            severity: filter.severity.clone(),
            control,
            ..FindingFilter::default()
        });
        let findings = findings.map_or_else(|| compared.clone(), |filter| as_of("/findings", &filter.to_query(), to));
        let controls = match &filter.cluster[..] {
            [] => as_of("/controls", "", to),
            [_] => {
                let only = ChangesFilter { cluster: filter.cluster.clone(), ..ChangesFilter::default() };
                as_of("/controls", &only.to_query(), to)
            }
            // The page of controls knows one, too.
            _ => compared.clone(),
        };
        Self {
            all: if narrowed { compared.clone() } else { as_of("/", "", to) },
            findings: voice.address(&findings),
            controls: voice.address(&controls),
            compared: voice.address(&compared),
        }
    }
}

/// A page as of an instant, with a filter where there is one.
fn as_of(path: &str, filter: &str, at: Instant) -> String {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("as_of", &Locale::in_address(at)).finish();
    let filter = if filter.is_empty() { String::new() } else { format!("&{filter}") };
    format!("{path}?{query}{filter}")
}

fn lines(locale: Locale, places: &Links, (before, after): (&Stand, &Stand), changes: &Comparison) -> Vec<Line> {
    let open = |stand: &Stand| stand.open.values().sum::<i64>();
    let severe = |severity: Severity| after.open.get(&severity).copied().unwrap_or(0);
    let state = |wanted: &[ControlState]| {
        after.controls.iter().filter(|(state, _)| wanted.contains(state)).map(|(_, count)| count).sum::<i64>()
    };
    let line = |key: &str, args: &[(&str, frontend::i18n::Arg<'_>)], link: &str| Line {
        text: locale.tx(key, args),
        link: Some(link.to_owned()),
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
    // States rest on the scan log, which a policy may have dropped: what is not known is not counted as none.
    let told_at_the_end = changes.states_retained_from.is_none_or(|from| from <= changes.to);
    let mut lines = vec![
        line(
            "notify-digest-open",
            &[
                ("open", open(after).into()),
                ("before", open(before).into()),
                ("critical", severe(Severity::Critical).into()),
                ("high", severe(Severity::High).into()),
            ],
            &places.findings,
        ),
        line(
            "notify-digest-moved",
            &[
                ("opened", change(ChangeKind::Opened).into()),
                ("reopened", change(ChangeKind::Reopened).into()),
                ("closed", change(ChangeKind::Closed).into()),
            ],
            &places.compared,
        ),
    ];
    if told_at_the_end {
        lines.push(line(
            "notify-digest-controls",
            &[
                ("met", state(&[ControlState::Met]).into()),
                ("not_met", state(&[ControlState::NotMet]).into()),
                ("unmeasured", state(&unmeasured).into()),
            ],
            &places.controls,
        ));
    }
    if let Some(from) = changes.states_retained_from {
        lines.push(line("states-not-retained", &[("from", locale.exact(from).into())], &places.compared));
    } else {
        let silent = turns(SourceTurn::FellSilent).into();
        lines.push(line(
            "notify-digest-turned",
            &[("better", better.into()), ("worse", worse.into())],
            &places.compared,
        ));
        lines.push(line(
            "notify-digest-sources",
            &[("silent", silent), ("back", turns(SourceTurn::SpokeAgain).into())],
            &places.compared,
        ));
    }
    if !changes.from_known {
        lines.push(line("notify-digest-new", &[], &places.compared));
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
