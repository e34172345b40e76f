//! The outbox: what happened is noted in the transaction that makes it so, where a rule asks for it.

use super::{
    rules::{Matter, Rule},
    store,
};
use model::{
    Instant,
    ids::{CheckId, ClusterId, FindingId},
    notify::EventKind,
    scan::Coverage,
    severity::Severity,
    source::Source,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Something that an event is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The cluster.
    pub cluster: Option<ClusterId>,
    /// The source, as its word.
    pub source: Option<String>,
    /// The check.
    pub check: Option<CheckId>,
    /// The severity.
    pub severity: Option<Severity>,
    /// The finding, where it is one.
    pub finding: Option<FindingId>,
}

/// Notes what happened, once, however much it is about: a rule asks for it where it asks for any of that. Writes nothing
/// where no rule does.
///
/// `detail` is what messages say of it; see `docs/notifications.md` for the keys of each kind. `occurrence` is set for what
/// happens only once, whoever notices it.
pub async fn note(
    db: &mut PgConnection,
    kind: EventKind,
    about: &[About],
    detail: Value,
    occurrence: Option<&str>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let rules = store::rules::in_force(&mut *db, &[kind]).await?;
    if rules.is_empty() {
        return Ok(());
    }
    let clusters: Vec<Uuid> = about.iter().filter_map(|one| one.cluster.map(|cluster| cluster.0)).collect();
    let names = store::events::cluster_names(&mut *db, &clusters).await?;
    let nothing = [About::default()];
    let about = if about.is_empty() { &nothing } else { about };
    let matter = |one: &About, rule: &Rule| {
        rule.matches(Matter {
            kind,
            cluster: one.cluster.and_then(|cluster| names.get(&cluster.0)).map(String::as_str),
            source: one.source.as_deref(),
            check: one.check.as_ref().map(CheckId::as_str),
            severity: one.severity.map(Severity::rank),
            before: None,
        })
    };
    let asking = rules.iter().filter(|rule| about.iter().any(|one| matter(one, rule))).map(|rule| rule.id).collect();
    let same = |value: fn(&About) -> Option<String>| {
        let first = about.first().and_then(value);
        about.iter().all(|one| value(one) == first)
    };
    let first = &about[0];
    let event = Event {
        kind,
        cluster: first.cluster.filter(|_| same(|one| one.cluster.map(|cluster| cluster.to_string()))),
        source: first.source.clone().filter(|_| same(|one| one.source.clone())),
        check: first.check.clone().filter(|_| same(|one| one.check.clone().map(|check| check.0))),
        severity: about.iter().filter_map(|one| one.severity).max().map(Severity::rank),
        finding: first.finding.map(|finding| finding.0).filter(|_| about.len() == 1),
        detail,
        rules: asking,
        stands: false,
        occurrence: occurrence.map(ToOwned::to_owned),
    };
    store::events::insert(db, &[event], at).await
}

/// A row of the outbox.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    pub(super) cluster: Option<ClusterId>,
    pub(super) source: Option<String>,
    pub(super) check: Option<CheckId>,
    pub(super) severity: Option<i16>,
    pub(super) finding: Option<Uuid>,
    pub(super) detail: Value,
    pub(super) rules: Vec<Uuid>,
    /// Whether it ends what a ticket or an alert stands for: that is told by these, whether or not a rule asks.
    pub(super) stands: bool,
    pub(super) occurrence: Option<String>,
}

/// What a scan did to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Opened, reopened, worse or closed.
    pub kind: EventKind,
    /// The finding.
    pub finding: Uuid,
    /// Its check.
    pub check: String,
    /// Its severity's rank: of what opened, now; of what closed, before.
    pub severity: i16,
    /// What it was before, where it rose.
    pub before: Option<i16>,
}

/// A scan that is being recorded, as far as people are told of it.
#[derive(Clone, Copy, Debug)]
pub struct Scanned {
    /// The cluster.
    pub cluster: ClusterId,
    /// The source.
    pub source: Source,
    /// Whether the scan before saw something; `None` where there was none.
    pub saw_before: Option<bool>,
    /// How this one went.
    pub coverage: Coverage,
    /// Whether it is the first of which something could be judged.
    pub first: bool,
}

/// What a scan means to somebody who watches over sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Silent,
    Back,
    None,
}

impl Scanned {
    /// `spoke`: whether anything was ever seen before.
    fn turn(&self, spoke: bool) -> Turn {
        match (self.saw_before, self.coverage.saw_something()) {
            _ if self.first => Turn::First,
            (Some(true), false) => Turn::Silent,
            (Some(false), true) if spoke => Turn::Back,
            // What was not installed until now does not come back: it comes.
            (Some(false), true) => Turn::First,
            _ => Turn::None,
        }
    }

    /// Whether only an older scan can tell if anything was ever seen.
    fn may_be_back(&self) -> bool {
        !self.first && self.saw_before == Some(false) && self.coverage.saw_something()
    }
}

/// Notes what a scan changed: one reading of the rules and one statement, and neither where nothing changed.
///
/// What a first reading found, and what changed while a source was silent, is one event for those who ask for first
/// readings and returns. Of a first reading no tickets and alerts are made, but of everything after it.
pub async fn scanned(
    db: &mut PgConnection,
    scan: &Scanned,
    changes: &[Change],
    at: Instant,
) -> Result<(), sqlx::Error> {
    if changes.is_empty() && scan.turn(true) == Turn::None {
        return Ok(());
    }
    let kinds = [
        EventKind::FindingOpened,
        EventKind::FindingReopened,
        EventKind::FindingClosed,
        EventKind::SeverityIncreased,
        EventKind::FirstReading,
        EventKind::SourceSilent,
        EventKind::SourceBack,
    ];
    let rules = store::rules::in_force(&mut *db, &kinds).await?;
    let standing = standing(db, changes).await?;
    if rules.is_empty() && standing.is_empty() {
        return Ok(());
    }
    let names = store::events::cluster_names(&mut *db, &[scan.cluster.0]).await?;
    let Some(cluster) = names.get(&scan.cluster.0) else { return Ok(()) };
    let spoke = scan.may_be_back() && store::events::spoke_before(&mut *db, scan.cluster, scan.source, at).await?;
    let mut events = events(scan, scan.turn(spoke), cluster, changes, &rules);
    for event in events.iter_mut().filter(|event| event.kind == EventKind::FindingClosed) {
        event.stands = event.finding.is_some_and(|finding| standing.contains(&finding));
    }
    store::events::insert(db, &events, at).await
}

/// The findings that closed and for which a ticket or an alert stands, or is about to.
async fn standing(db: &mut PgConnection, changes: &[Change]) -> Result<HashSet<Uuid>, sqlx::Error> {
    let closed = changes.iter().filter(|change| change.kind == EventKind::FindingClosed);
    let closed: Vec<Uuid> = closed.map(|change| change.finding).collect();
    if closed.is_empty() {
        return Ok(HashSet::new());
    }
    store::standing::among(db, &closed).await
}

fn events(scan: &Scanned, turn: Turn, cluster: &str, changes: &[Change], rules: &[Rule]) -> Vec<Event> {
    let sum = match turn {
        // That there is nothing to read, and nothing wrong with that, is no news.
        Turn::First if changes.is_empty() && !scan.coverage.saw_something() => None,
        Turn::First => Some(EventKind::FirstReading),
        Turn::Back => Some(EventKind::SourceBack),
        Turn::Silent => Some(EventKind::SourceSilent),
        Turn::None => None,
    };
    let matter = Matter {
        kind: EventKind::FindingOpened,
        cluster: Some(cluster),
        source: Some(scan.source.as_str()),
        check: None,
        severity: None,
        before: None,
    };
    let mut events = Vec::new();
    let mut told_by_sum: Vec<Uuid> = Vec::new();
    if let Some(kind) = sum {
        let severity =
            changes.iter().filter(|change| change.kind != EventKind::FindingClosed).map(|change| change.severity).max();
        // A source that comes back is told of whatever it found.
        let asked = Matter { kind, severity: severity.filter(|_| kind == EventKind::FirstReading), ..matter };
        let asking: Vec<Uuid> = rules.iter().filter(|rule| rule.matches(asked)).map(|rule| rule.id).collect();
        told_by_sum.clone_from(&asking);
        events.push(Event { severity, rules: asking, detail: counted(scan, changes), ..Event::of(kind, scan) });
    }
    for change in changes {
        let asked = Matter {
            kind: change.kind,
            check: Some(&change.check),
            severity: Some(change.severity),
            before: change.before,
            ..matter
        };
        let asks = |rule: &&Rule| {
            rule.matches(asked) && !told_by_sum.contains(&rule.id) && !(turn == Turn::First && rule.per_finding)
        };
        let asking: Vec<Uuid> = rules.iter().filter(asks).map(|rule| rule.id).collect();
        events.push(Event {
            check: Some(change.check.as_str().into()),
            severity: Some(change.severity),
            finding: Some(change.finding),
            rules: asking,
            detail: change.before.map_or_else(|| json!({}), |before| json!({ "before": Severity::from(before) })),
            ..Event::of(change.kind, scan)
        });
    }
    events
}

impl Event {
    fn of(kind: EventKind, scan: &Scanned) -> Self {
        Self {
            kind,
            cluster: Some(scan.cluster),
            source: Some(scan.source.as_str().to_owned()),
            check: None,
            severity: None,
            finding: None,
            detail: json!({}),
            rules: vec![],
            stands: false,
            occurrence: None,
        }
    }
}

/// How many findings opened, by severity, how many closed, and how many became worse.
fn counted(scan: &Scanned, changes: &[Change]) -> Value {
    let mut severities: BTreeMap<&str, i64> = BTreeMap::new();
    let (mut closed, mut increased) = (0, 0);
    for change in changes {
        match change.kind {
            EventKind::FindingClosed => closed += 1,
            EventKind::SeverityIncreased => increased += 1,
            _ => *severities.entry(Severity::from(change.severity).as_str()).or_default() += 1,
        }
    }
    let opened: i64 = severities.values().sum();
    json!({
        "coverage": scan.coverage.as_str(), "opened": opened, "closed": closed, "increased": increased,
        "severities": severities,
    })
}

#[cfg(test)]
mod tests {
    use super::{events as events_of, *};

    fn scan(saw_before: Option<bool>, coverage: Coverage, first: bool) -> Scanned {
        Scanned { cluster: ClusterId(Uuid::nil()), source: Source::Velero, saw_before, coverage, first }
    }

    #[test]
    fn a_source_falls_silent_and_comes_back_once_each() {
        use Coverage::{Absent, Complete, Truncated, Unreachable};
        let turn = |before, now| scan(before, now, false).turn(true);
        assert_eq!(turn(Some(true), Unreachable), Turn::Silent);
        assert_eq!(turn(Some(true), Absent), Turn::Silent);
        assert_eq!(turn(Some(false), Unreachable), Turn::None, "it is silent already");
        assert_eq!(turn(Some(false), Truncated), Turn::Back);
        assert_eq!(turn(Some(true), Complete), Turn::None);
        assert_eq!(turn(None, Unreachable), Turn::None, "it never spoke");
        assert_eq!(scan(None, Complete, true).turn(false), Turn::First);
        assert_eq!(scan(Some(false), Complete, false).turn(false), Turn::First, "it was not installed until now");
    }

    #[test]
    fn a_first_reading_is_one_event_and_makes_no_tickets() {
        let rule = |number, per_finding, kinds: &[EventKind]| Rule {
            id: Uuid::from_u128(number),
            per_finding,
            kinds: kinds.to_vec(),
            min_severity: 0,
            clusters: vec![],
            sources: vec![],
            controls: vec![],
        };
        let all = [EventKind::FindingOpened, EventKind::FirstReading, EventKind::SourceBack];
        let rules = [rule(1, false, &all), rule(2, true, &all), rule(3, false, &all[..1])];
        let changes: Vec<Change> = (0..1_000)
            .map(|number| Change {
                kind: EventKind::FindingOpened,
                finding: Uuid::from_u128(number),
                check: "bak.enabled".into(),
                severity: 4,
                before: None,
            })
            .collect();
        let first = scan(None, Coverage::Complete, true);
        let events = events_of(&first, first.turn(false), "alpha", &changes, &rules);
        assert_eq!((events[0].kind, events[0].rules.clone()), (EventKind::FirstReading, vec![Uuid::from_u128(1)]));
        assert_eq!(events[0].detail["severities"]["high"], 1_000);
        assert!(
            events[1..].iter().all(|event| event.rules == [Uuid::from_u128(3)]),
            "who does not ask for first readings"
        );
        let back = scan(Some(false), Coverage::Complete, false);
        let events = events_of(&back, back.turn(true), "alpha", &changes, &rules);
        assert_eq!((events[0].kind, events[0].rules.clone()), (EventKind::SourceBack, vec![Uuid::from_u128(1)]));
        assert!(
            events[1..].iter().all(|event| event.rules == [Uuid::from_u128(2), Uuid::from_u128(3)]),
            "tickets go on"
        );
    }
}
