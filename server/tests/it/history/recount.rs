//! A naive recount of trends: everything raw is read at once, and each number is counted by its definition, one by one.

use super::*;
use ::model::{
    service_level::{Calendar, ClockKind, ServiceLevels, TargetUnit},
    trends::TrendBy,
};
use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use sqlx::types::Json;
use std::collections::{BTreeMap, BTreeSet};

const MICRO: TimeDelta = TimeDelta::microseconds(1);

/// An acceptance of one finding: the worst severity that it covers, and when it was active.
struct Accepted {
    finding: Uuid,
    severity: i16,
    from: Instant,
    to: Instant,
}

pub(super) struct Interval {
    finding: Uuid,
    cluster: Uuid,
    source: String,
    check: String,
    severity: Severity,
    opened_at: Instant,
    from: Instant,
    to: Option<Instant>,
    continued: bool,
    first_seen_at: Instant,
    namespace: Option<String>,
}

fn number(count: usize) -> i64 {
    i64::try_from(count).expect("few")
}

/// Everything raw of some clusters, as was known at an instant.
pub(super) struct Raw {
    pub(super) intervals: Vec<Interval>,
    /// Acknowledgements and withdrawals: finding, when, and whether it was acknowledged.
    decisions: Vec<(Uuid, Instant, bool)>,
    pub(super) clusters: BTreeMap<Uuid, (String, Instant, Option<Instant>)>,
    teams: Vec<(Uuid, String, String, Instant, Option<Instant>)>,
    targets: Vec<(Instant, ServiceLevels, Calendar)>,
    accepted: Vec<Accepted>,
    judged: Vec<(Uuid, Instant)>,
    zone: chrono_tz::Tz,
}

/// Which namespaces were whose: cluster, namespace, team, from, to.
async fn teams(owner: &PgPool, ids: &[Uuid], at: Instant) -> Vec<(Uuid, String, String, Instant, Option<Instant>)> {
    let known = |to: Option<Instant>| to.filter(|to| *to <= at);
    sqlx::query!("SELECT * FROM namespace_team WHERE cluster_id = ANY($1) AND valid_from <= $2", ids, at)
        .fetch_all(owner)
        .await
        .expect("teams")
        .into_iter()
        .map(|row| (row.cluster_id, row.namespace, row.team, row.valid_from, known(row.valid_to)))
        .collect()
}

async fn accepted(owner: &PgPool, at: Instant) -> Vec<Accepted> {
    sqlx::query!(
            r#"SELECT a.finding_id AS "finding!", a.severity, e.at, a.expires_at
               FROM acceptance a JOIN acceptance_event e ON e.acceptance_id = a.id AND e.kind = 'approved' AND e.at <= $1
               WHERE a.approvals = 1 AND a.scope = 'finding'"#,
            at
        )
        .fetch_all(owner)
        .await
        .expect("acceptances")
        .into_iter()
        .map(|row| Accepted { finding: row.finding, severity: row.severity, from: row.at, to: row.expires_at })
        .collect()
}

impl Raw {
    pub(super) async fn of(owner: &PgPool, names: &[String], at: Instant, zone: chrono_tz::Tz) -> Self {
        let known = |to: Option<Instant>| to.filter(|to| *to <= at);
        let clusters: BTreeMap<Uuid, _> = sqlx::query!(
            "SELECT id, name, valid_from, valid_to FROM cluster WHERE name = ANY($1) AND valid_from <= $2",
            names,
            at
        )
        .fetch_all(owner)
        .await
        .expect("clusters")
        .into_iter()
        .map(|row| (row.id, (row.name, row.valid_from, known(row.valid_to))))
        .collect();
        let ids: Vec<Uuid> = clusters.keys().copied().collect();
        let intervals = sqlx::query!(
            r"SELECT i.*, f.first_seen_at, f.subject_namespace, f.subject_kind, f.subject_name
              FROM finding_interval i JOIN finding f ON f.id = i.finding_id WHERE i.cluster_id = ANY($1) AND i.valid_from <= $2",
            &ids,
            at
        )
        .fetch_all(owner)
        .await
        .expect("intervals")
        .into_iter()
        .map(|row| Interval {
            finding: row.finding_id,
            cluster: row.cluster_id,
            source: row.source,
            check: row.check_id,
            severity: Severity::from(row.severity),
            opened_at: row.opened_at,
            from: row.valid_from,
            to: known(row.valid_to),
            continued: known(row.valid_to).is_some() && row.continued == Some(true),
            first_seen_at: row.first_seen_at,
            namespace: row.subject_namespace.or_else(|| (row.subject_kind == "Namespace").then_some(row.subject_name)),
        })
        .collect();
        let decisions = sqlx::query!(
            r"SELECT d.finding_id, d.decided_at, d.kind FROM decision_finding d JOIN finding f ON f.id = d.finding_id
              WHERE f.cluster_id = ANY($1) AND d.kind <> 'comment' AND d.decided_at <= $2 ORDER BY d.decided_at",
            &ids,
            at
        )
        .fetch_all(owner)
        .await
        .expect("decisions")
        .into_iter()
        .map(|row| (row.finding_id, row.decided_at, row.kind == "acknowledge"))
        .collect();
        let teams = teams(owner, &ids, at).await;
        let targets = sqlx::query!(
            r#"SELECT valid_from, levels AS "levels: Json<ServiceLevels>" FROM service_level WHERE valid_from <= $1 ORDER BY valid_from"#,
            at
        )
        .fetch_all(owner)
        .await
        .expect("service levels")
        .into_iter()
        .map(|row| (row.valid_from, row.levels.0.clone(), Calendar::of(&row.levels.0.closed)))
        .collect();
        let accepted = accepted(owner, at).await;
        let judged = sqlx::query!(
            r"SELECT cluster_id, recorded_at FROM scan WHERE digest IS NOT NULL AND cluster_id = ANY($1) AND recorded_at <= $2",
            &ids,
            at
        )
        .fetch_all(owner)
        .await
        .expect("scans")
        .into_iter()
        .map(|row| (row.cluster_id, row.recorded_at))
        .collect();
        Self { intervals, decisions, clusters, teams, targets, accepted, judged, zone }
    }

    /// The first instant of a day, by the clocks of the zone.
    pub(super) fn midnight(&self, day: NaiveDate) -> Instant {
        let midnight = self.zone.from_local_datetime(&day.and_hms_opt(0, 0, 0).expect("a time"));
        midnight.single().expect("no clock of these zones skips midnight").with_timezone(&Utc)
    }

    fn is_there(&self, cluster: Uuid, at: Instant) -> bool {
        let (_, from, to) = &self.clusters[&cluster];
        *from <= at && to.is_none_or(|to| to > at)
    }

    fn open(&self, at: Instant) -> impl Iterator<Item = &Interval> {
        self.intervals
            .iter()
            .filter(move |i| i.from <= at && i.to.is_none_or(|to| to > at) && self.is_there(i.cluster, at))
    }

    fn team(&self, interval: &Interval, at: Instant) -> Option<&str> {
        let namespace = interval.namespace.as_deref()?;
        let own = self.teams.iter().find(|(cluster, it, _, from, to)| {
            *cluster == interval.cluster && it == namespace && *from <= at && to.is_none_or(|to| to > at)
        });
        own.map(|(_, _, team, ..)| team.as_str())
    }

    /// Open findings at an instant under each key.
    pub(super) fn open_by(&self, by: TrendBy, at: Instant) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for interval in self.open(at) {
            let keys = match by {
                TrendBy::Severity => vec![interval.severity.to_string()],
                TrendBy::Cluster => vec![self.clusters[&interval.cluster].0.clone()],
                TrendBy::Source => vec![interval.source.clone()],
                TrendBy::Team => vec![self.team(interval, at).unwrap_or_default().to_owned()],
                TrendBy::Control => {
                    let check = ::model::catalogue::Catalogue::embedded().check(&interval.check.as_str().into());
                    check.expect("a known check").controls.iter().map(|edge| edge.control.to_string()).collect()
                }
            };
            for key in keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        counts
    }

    /// Opened, reopened, closed, departed and shifted from one instant until just before another; of one team where one is
    /// named.
    pub(super) fn flow(&self, from: Instant, to: Instant, team: Option<&str>) -> [i64; 5] {
        let within = |at: Instant| at >= from && at < to;
        let own = |i: &&Interval, at: Instant| team.is_none_or(|team| self.team(i, at) == Some(team));
        let count = |of: &dyn Fn(&&Interval) -> bool| number(self.intervals.iter().filter(of).count());
        let opened = |i: &&Interval| {
            i.from == i.opened_at && within(i.from) && self.is_there(i.cluster, i.from) && own(i, i.from)
        };
        let gone = |i: &&Interval| i.to.filter(|to| !i.continued && within(*to) && self.is_there(i.cluster, *to));
        let left = |i: &&Interval| {
            self.clusters[&i.cluster]
                .2
                .filter(|left| within(*left) && i.from < *left && i.to.is_none_or(|to| to > *left))
        };
        let new = count(&|i| opened(i) && i.first_seen_at == i.opened_at);
        let again = count(&|i| opened(i) && i.first_seen_at < i.opened_at);
        let closed = count(&|i| gone(i).is_some_and(|at| own(i, at - MICRO)));
        let departed = count(&|i| left(i).is_some_and(|at| own(i, at - MICRO)));
        let open = |at: Instant| number(self.open(at).filter(|i| own(i, at)).count());
        let shifted = open(to - MICRO) - open(from - MICRO) - new - again + closed + departed;
        [new, again, closed, departed, shifted]
    }

    /// Times to fix of what was closed, in seconds, in order.
    pub(super) fn fixed(&self, from: Instant, to: Instant) -> Vec<TimeDelta> {
        let closed = self.intervals.iter().filter(|i| !i.continued).filter_map(|i| Some((i, i.to?)));
        let mut took: Vec<TimeDelta> = closed
            .filter(|(i, at)| *at >= from && *at < to && self.is_there(i.cluster, *at))
            .map(|(i, at)| at - i.opened_at)
            .collect();
        took.sort();
        took
    }

    fn acknowledged(&self, finding: Uuid, at: Instant) -> bool {
        self.decisions.iter().rfind(|(it, when, _)| *it == finding && *when <= at).is_some_and(|(_, _, to)| *to)
    }

    /// Times to acknowledge, each stretch of failing once.
    pub(super) fn acknowledgements(&self, from: Instant, to: Instant) -> Vec<TimeDelta> {
        let mut took = Vec::new();
        for (finding, at, _) in self.decisions.iter().filter(|(_, at, is)| *is && *at >= from && *at < to) {
            let Some(stretch) = self.open(*at).find(|i| i.finding == *finding) else { continue };
            let before = self.acknowledged(*finding, stretch.opened_at - MICRO);
            let again = self
                .decisions
                .iter()
                .any(|(it, when, is)| it == finding && *is && *when >= stretch.opened_at && when < at);
            if !before && !again {
                took.push(*at - stretch.opened_at);
            }
        }
        took.sort();
        took
    }

    /// Whether a finding is accepted at an instant, with the severity that it has then.
    fn is_accepted(&self, finding: Uuid, at: Instant) -> bool {
        let fails = |severity: i16| self.open(at).any(|i| i.finding == finding && i.severity.rank() <= severity);
        self.accepted.iter().any(|it| it.finding == finding && it.from <= at && it.to > at && fails(it.severity))
    }

    /// Every instant at which something about a finding may change.
    fn edges(&self, finding: Uuid) -> BTreeSet<Instant> {
        let own = self.intervals.iter().filter(|i| i.finding == finding);
        let mut edges: BTreeSet<Instant> = own.flat_map(|i| [Some(i.from), i.to]).flatten().collect();
        edges.extend(self.accepted.iter().filter(|it| it.finding == finding).flat_map(|it| [it.from, it.to]));
        edges.extend(self.decisions.iter().filter(|(it, ..)| *it == finding).map(|(_, at, _)| *at));
        edges.extend(self.targets.iter().map(|(from, ..)| *from));
        edges.extend(self.clusters.values().filter_map(|(_, _, left)| *left));
        edges
    }

    /// What a clock has counted between two instants in which nothing changes, day by day as clocks on a wall show it.
    fn counted(&self, unit: TargetUnit, calendar: &Calendar, from: Instant, to: Instant) -> TimeDelta {
        let wall = |at: Instant| at.with_timezone(&self.zone).naive_local();
        match unit {
            TargetUnit::Hours => to - from,
            TargetUnit::CalendarDays => wall(to) - wall(from),
            TargetUnit::BusinessDays => {
                let (from, to) = (wall(from), wall(to));
                let days = from.date().iter_days().take_while(|day| *day <= to.date());
                let within = |day: NaiveDate| {
                    let midnight = day.and_time(NaiveTime::MIN);
                    to.min(midnight + TimeDelta::days(1)) - from.max(midnight)
                };
                days.filter(|day| calendar.is_open(*day)).map(within).sum()
            }
        }
    }

    /// The severity with which a finding is past its deadline at an instant; of the deadline to fix, or to acknowledge.
    ///
    /// The histories of this test do nothing at a time that clocks show twice.
    fn late(&self, finding: Uuid, fix: bool, at: Instant) -> Option<Severity> {
        let interval = self.open(at).find(|i| i.finding == finding)?;
        let (_, levels, calendar) = self.targets.iter().rfind(|(from, ..)| *from <= at)?;
        let source = interval.source.parse().expect("a source");
        let kind = if fix { ClockKind::Fix } else { ClockKind::Acknowledge };
        let target = levels.target(kind, source, interval.severity)?;
        if self.is_accepted(finding, at) || (!fix && self.acknowledged(finding, at)) {
            return None;
        }
        let mut edges: Vec<Instant> = vec![interval.opened_at];
        edges.extend(self.edges(finding).into_iter().filter(|edge| *edge > interval.opened_at && *edge < at));
        edges.push(at);
        let runs = edges.windows(2).filter(|pair| !self.is_accepted(finding, pair[0]));
        let counted: TimeDelta = runs.map(|pair| self.counted(target.unit, calendar, pair[0], pair[1])).sum();
        let needed = match target.unit {
            TargetUnit::Hours => TimeDelta::hours(target.amount.into()),
            TargetUnit::CalendarDays | TargetUnit::BusinessDays => TimeDelta::days(target.amount.into()),
        };
        (counted >= needed).then_some(interval.severity)
    }

    /// Findings past a deadline at an instant, by severity.
    pub(super) fn late_by_severity(&self, fix: bool, at: Instant) -> BTreeMap<Severity, i64> {
        let mut counts = BTreeMap::new();
        for finding in self.findings() {
            if let Some(severity) = self.late(finding, fix, at) {
                *counts.entry(severity).or_default() += 1;
            }
        }
        counts
    }

    fn findings(&self) -> BTreeSet<Uuid> {
        self.intervals.iter().map(|i| i.finding).collect()
    }

    /// How often a finding went past a deadline: it is late at an instant, and was not late with that severity just before.
    pub(super) fn breached(&self, fix: bool, from: Instant, to: Instant) -> BTreeMap<Severity, i64> {
        let mut counts = BTreeMap::new();
        for finding in self.findings() {
            let mut edges = self.edges(finding);
            edges.insert(to);
            let edges: Vec<Instant> = edges.into_iter().collect();
            let mut late: BTreeSet<Instant> = edges.iter().copied().collect();
            // Between two of these nothing changes but the time, so that it becomes late once at most: then is searched for.
            for pair in edges.windows(2).filter(|pair| pair[1] > from && pair[0] < to) {
                let (mut before, mut after) = (pair[0], pair[1] - MICRO);
                if self.late(finding, fix, before).is_some() || self.late(finding, fix, after).is_none() {
                    continue;
                }
                while after - before > MICRO {
                    let middle = before + (after - before) / 2;
                    if self.late(finding, fix, middle).is_some() { after = middle } else { before = middle }
                }
                late.insert(after);
            }
            for at in late.range(from..to) {
                let now = self.late(finding, fix, *at);
                if let Some(severity) = now.filter(|_| now != self.late(finding, fix, *at - MICRO)) {
                    *counts.entry(severity).or_default() += 1;
                }
            }
        }
        counts
    }

    /// Open findings by the days at which their class of age begins.
    pub(super) fn ages(&self, at: Instant) -> BTreeMap<i64, i64> {
        let mut counts = BTreeMap::new();
        for interval in self.open(at) {
            let days = (at - interval.opened_at).num_days();
            let class = [365, 180, 90, 30, 7, 1, 0].into_iter().find(|class| days >= *class).expect("an age");
            *counts.entry(class).or_default() += 1;
        }
        counts
    }

    /// Clusters judged, and clusters that there were, from one instant until just before another.
    pub(super) fn observed(&self, from: Instant, to: Instant) -> (i64, i64) {
        let judged: BTreeSet<Uuid> =
            self.judged.iter().filter(|(_, at)| *at >= from && *at < to).map(|(cluster, _)| *cluster).collect();
        let there =
            self.clusters.values().filter(|(_, begun, left)| *begun < to && left.is_none_or(|left| left > from));
        (number(judged.len()), number(there.count()))
    }
}
