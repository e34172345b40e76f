//! Recording a scan: one transaction that writes what changed and nothing else.

use super::{
    reconcile::{self, FindingChanges},
    rekey,
    store::{
        self, ScanRow,
        daily::{self, DayCounts, DayKey},
        rollup::{self, Key},
    },
};
use crate::{
    clusters,
    days::{self, Zone},
    db::{integer, new_id},
    labels, notify, settle, trends,
};
use chrono::TimeDelta;
use model::{
    Instant,
    evaluation::Evaluation,
    finding::Identity,
    ids::ScanId,
    notify::EventKind,
    scan::{Coverage, Scan},
};
use sqlx::{PgConnection, PgPool};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};
use uuid::Uuid;

/// What became of a scan that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its row in the scan log.
    pub scan: ScanId,
    /// Findings that it opened, for the first time or again.
    pub opened: i32,
    /// Findings that it closed.
    pub closed: i32,
    /// Findings whose severity or facts it changed.
    pub changed: i32,
    /// Whether a scan that began later was recorded before it, so that it changed nothing.
    pub superseded: bool,
}

/// Records a scan: the scan log always, and results and findings where they changed.
///
/// A scan that could not judge anything (unreachable, failed, or without an evaluation) changes nothing. One that saw
/// exactly what the last judged scan saw writes its row in the log and nothing else, but that the first scan of a day writes
/// the runs of the days before it. The instant recorded is `at`, or
/// just after the newest thing known of the cluster's source, whichever is later.
pub async fn record(pool: &PgPool, scan: &Scan, at: Instant) -> Result<Recorded, sqlx::Error> {
    record_by(Identity::CURRENT, pool, scan, at).await
}

/// Records a scan by a rule of identity. Refused where history has keys of a later rule, or findings without a key of
/// this one: see [`super::rekey`].
pub async fn record_by(identity: Identity, pool: &PgPool, scan: &Scan, at: Instant) -> Result<Recorded, sqlx::Error> {
    let evaluation = judged(scan, identity);
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    rekey::refuse_other_version(&mut tx, identity).await?;
    store::lock_source(&mut tx, scan.cluster, scan.source.as_str()).await?;
    let last = store::last(&mut tx, scan.cluster, scan.source).await?;
    let at = last.next_instant(at);
    let zone = days::current(&mut tx).await?;
    let superseded = last.started_at.is_some_and(|newest| scan.started_at < newest);
    let (evaluation, digest) = evaluation.filter(|_| !superseded).unzip();
    let mut row = ScanRow {
        id: ScanId(new_id(at)),
        recorded_at: at,
        before: last.recorded_at,
        digest,
        superseded,
        opened: 0,
        closed: 0,
        changed: 0,
    };
    let first = last.digest.is_none() && evaluation.is_some();
    let changes = match evaluation {
        Some(evaluation) if digest != last.digest => {
            let day = Day { zone, departed: last.departed };
            apply(&mut tx, identity, day, scan, &evaluation, &mut row).await?
        }
        _ => {
            store::insert_scan(&mut tx, zone, scan, &row).await?;
            Vec::new()
        }
    };
    if let Some(teams) = scan.teams.as_ref().filter(|_| !superseded) {
        trends::record_teams(&mut tx, scan.cluster, teams, row.recorded_at).await?;
    }
    if !superseded {
        labels::record(&mut tx, scan.cluster, &scan.facts.labels, row.recorded_at).await?;
        clusters::note_facts(&mut tx, scan, row.recorded_at).await?;
    }
    if !superseded && !last.departed {
        let scanned = notify::Scanned {
            cluster: scan.cluster,
            source: scan.source,
            saw_before: last.saw_something,
            coverage: scan.coverage,
            first,
        };
        notify::scanned(&mut tx, &scanned, &changes, row.recorded_at).await?;
    }
    tx.commit().await?;
    Ok(Recorded { scan: row.id, opened: row.opened, closed: row.closed, changed: row.changed, superseded })
}

/// The evaluation that history may rest on, in its fixed order, and its digest; `None` where nothing could be judged.
fn judged(scan: &Scan, identity: Identity) -> Option<(Cow<'_, Evaluation>, Uuid)> {
    let evaluation = &scan.evaluation;
    let empty = evaluation.results.is_empty() && evaluation.observations.is_empty();
    if empty || matches!(scan.coverage, Coverage::Unreachable | Coverage::Failed) {
        return None;
    }
    Some(evaluation.in_order(identity))
}

/// `at`, or just after what is known already where that is later, in PostgreSQL's microseconds.
pub(crate) fn just_after(known: Option<Instant>, at: Instant) -> Instant {
    known.map_or(at, |known| at.max(known + TimeDelta::microseconds(1)))
}

/// By which days changes are counted, and whether they are: nothing of a cluster that left counts as open.
#[derive(Clone, Copy)]
struct Day {
    zone: Zone,
    departed: bool,
}

async fn apply(
    db: &mut PgConnection,
    identity: Identity,
    day: Day,
    scan: &Scan,
    evaluation: &Evaluation,
    row: &mut ScanRow,
) -> Result<Vec<notify::Change>, sqlx::Error> {
    let subjects = reconcile::depends_on_subjects(evaluation);
    let open = store::open_intervals(db, scan.cluster, scan.source, identity.version, subjects).await?;
    let changes = reconcile::findings(open, evaluation, identity);
    let known = store::known_findings(db, scan.cluster, &changes.opened, identity.version).await?;
    let (acknowledged, decided_at) = store::acknowledged(db, &touched(&changes, &known)).await?;
    // A scan that reopens a finding comes after what was decided about it, or the counts would tell another story.
    row.recorded_at = just_after(decided_at, row.recorded_at);
    row.opened = integer(changes.opened.len());
    row.closed = integer(changes.closed.len());
    row.changed = integer(changes.changed.len());
    // The log's row comes first: intervals refer to it.
    store::insert_scan(db, day.zone, scan, row).await?;
    apply_results(db, scan, evaluation, row).await?;
    let (opened, new) = identities(&changes, &known, row.recorded_at);
    let ended: Vec<i64> = changes.closed.iter().map(|interval| interval.id).collect();
    store::end_intervals(db, &ended, false, row).await?;
    let continued: Vec<i64> = changes.changed.iter().map(|(interval, _)| interval.id).collect();
    store::end_intervals(db, &continued, true, row).await?;
    store::unseen::note(db, scan, &changes.lost, &changes.found, row.recorded_at).await?;
    store::insert_findings(db, scan, &new, identity.version, row.recorded_at).await?;
    store::insert_opened(db, scan, &opened, row).await?;
    store::insert_changed(db, scan, &changes.changed, row).await?;
    let steps = steps(&changes, &opened, &acknowledged);
    rollup::add(db, scan.cluster, scan.source.as_str(), &steps, row.recorded_at).await?;
    if !day.departed {
        let counts = day_counts(&changes, &known);
        daily::add(db, day.zone, scan.cluster, scan.source.as_str(), &counts, row.recorded_at).await?;
    }
    Ok(told(&changes, &opened, &known))
}

/// What people may want to be told of.
fn told(
    changes: &FindingChanges<'_>,
    opened: &[store::Opened<'_>],
    known: &HashMap<Uuid, Uuid>,
) -> Vec<notify::Change> {
    let opened = opened.iter().map(|(finding, fingerprint, observation)| notify::Change {
        kind: if known.contains_key(&fingerprint.0) { EventKind::FindingReopened } else { EventKind::FindingOpened },
        finding: *finding,
        check: observation.check.0.clone(),
        severity: observation.severity.rank(),
        before: None,
    });
    let worse = changes.changed.iter().filter(|(was, now)| now.severity.rank() > was.severity);
    let worse = worse.map(|(was, now)| notify::Change {
        kind: EventKind::SeverityIncreased,
        finding: was.finding,
        check: was.check.clone(),
        severity: now.severity.rank(),
        before: Some(was.severity),
    });
    let closed = changes.closed.iter().map(|interval| notify::Change {
        kind: EventKind::FindingClosed,
        finding: interval.finding,
        check: interval.check.clone(),
        severity: interval.severity,
        before: None,
    });
    opened.chain(worse).chain(closed).collect()
}

async fn apply_results(
    db: &mut PgConnection,
    scan: &Scan,
    evaluation: &Evaluation,
    row: &ScanRow,
) -> Result<(), sqlx::Error> {
    let open = store::open_results(db, scan.cluster, scan.source).await?;
    let (closed, opened) = reconcile::results(&open, evaluation);
    store::close_results(db, &closed, row).await?;
    store::insert_results(db, scan, &opened, row).await
}

/// The findings known before whose failing begins, changes or ends.
fn touched(changes: &FindingChanges<'_>, known: &HashMap<Uuid, Uuid>) -> Vec<Uuid> {
    let before = changes.closed.iter().chain(changes.changed.iter().map(|(interval, _)| interval));
    known.values().copied().chain(before.map(|interval| interval.finding)).collect()
}

/// By how much each count of open findings grows or shrinks.
fn steps(
    changes: &FindingChanges<'_>,
    opened: &[store::Opened<'_>],
    acknowledged: &HashSet<Uuid>,
) -> BTreeMap<Key, i64> {
    let mut steps: BTreeMap<Key, i64> = BTreeMap::new();
    let mut step = |finding: &Uuid, check: &str, severity: i16, by: i64| {
        let key = Key { check: check.to_owned(), severity, acknowledged: acknowledged.contains(finding) };
        *steps.entry(key).or_default() += by;
    };
    for (finding, _, observation) in opened {
        step(finding, observation.check.as_str(), observation.severity.rank(), 1);
    }
    for interval in &changes.closed {
        step(&interval.finding, &interval.check, interval.severity, -1);
    }
    for (interval, observation) in &changes.changed {
        step(&interval.finding, &interval.check, interval.severity, -1);
        step(&interval.finding, &interval.check, observation.severity.rank(), 1);
    }
    steps
}

/// What the scan does to the counts of its day.
fn day_counts(changes: &FindingChanges<'_>, known: &HashMap<Uuid, Uuid>) -> BTreeMap<DayKey, DayCounts> {
    let mut counts: BTreeMap<DayKey, DayCounts> = BTreeMap::new();
    let mut add = |check: &str, severity: i16, counted: DayCounts| {
        *counts.entry(DayKey { check: check.to_owned(), severity }).or_default() += counted;
    };
    let none = DayCounts::default();
    for (fingerprint, observation) in &changes.opened {
        let counted = if known.contains_key(&fingerprint.0) {
            DayCounts { reopened: 1, ..none }
        } else {
            DayCounts { opened: 1, ..none }
        };
        add(observation.check.as_str(), observation.severity.rank(), counted);
    }
    for interval in &changes.closed {
        add(&interval.check, interval.severity, DayCounts { closed: 1, ..none });
    }
    for (interval, observation) in &changes.changed {
        add(&interval.check, interval.severity, DayCounts { shifted: -1, ..none });
        add(&interval.check, observation.severity.rank(), DayCounts { shifted: 1, ..none });
    }
    counts
}

/// Gives every opened finding its id: the one that it had before, or a new one.
fn identities<'a>(
    changes: &FindingChanges<'a>,
    known: &HashMap<Uuid, Uuid>,
    at: Instant,
) -> (Vec<store::Opened<'a>>, Vec<store::Opened<'a>>) {
    let mut new = Vec::new();
    let opened = changes.opened.iter().map(|(fingerprint, observation)| {
        let id = known.get(&fingerprint.0).copied().unwrap_or_else(|| {
            let id = new_id(at);
            new.push((id, *fingerprint, *observation));
            id
        });
        (id, *fingerprint, *observation)
    });
    (opened.collect(), new)
}
