//! Rules: what one asks for, whether it matches, and how it is set.

use super::{channels::Channels, schedule::Quiet, store};
use crate::{
    config::notify::PERSONAL,
    db::new_id,
    decisions::Actor,
    error::{Error, Result},
    ledger, settle,
};
use chrono::NaiveTime;
use chrono_tz::Tz;
use model::{
    Instant,
    catalogue::Catalogue,
    ids::{CheckId, ControlId, PersonId, RuleId},
    notify::EventKind,
    severity::Severity,
    source::Source,
    views::NotificationRule,
};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A rule in force, as far as matching needs it.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: Uuid,
    pub(super) per_finding: bool,
    pub(super) kinds: Vec<EventKind>,
    pub(super) min_severity: i16,
    pub(super) clusters: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) controls: Vec<ControlId>,
}

/// What a rule is narrowed to; empty lists name everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Narrowing {
    pub(super) min_severity: i16,
    pub(super) clusters: Vec<String>,
    pub(super) sources: Vec<Source>,
    pub(super) controls: Vec<ControlId>,
}

/// What an event is about, as far as rules ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matter<'a> {
    pub(super) kind: EventKind,
    pub(super) cluster: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) check: Option<&'a str>,
    /// The severity; one without passes every rule.
    pub(super) severity: Option<i16>,
    /// The severity before, where it rose.
    pub(super) before: Option<i16>,
}

impl Rule {
    /// Whether the rule asks for this.
    pub(super) fn matches(&self, matter: Matter<'_>) -> bool {
        let any = |list: &[String], value: Option<&str>| {
            list.is_empty() || value.is_none_or(|value| list.iter().any(|known| known == value))
        };
        self.asks_for(matter)
            // What is fixed is told wherever a ticket or an alert stands, whatever the rule.
            && (!self.per_finding || matter.kind.is_of_failing())
            && matter.severity.is_none_or(|severity| severity >= self.min_severity)
            && any(&self.clusters, matter.cluster)
            && any(&self.sources, matter.source)
            && self.concerns(matter)
    }

    /// Whether it is of a kind that the rule names. What becomes as bad as the rule asks for is new to whoever asks for what is new.
    fn asks_for(&self, matter: Matter<'_>) -> bool {
        let newly_as_bad = matter.before.is_some_and(|before| before < self.min_severity);
        self.kinds.contains(&matter.kind) || (newly_as_bad && self.kinds.contains(&EventKind::FindingOpened))
    }

    /// Whether it speaks to one of the rule's controls: by its check, or else by any check of its source.
    fn concerns(&self, matter: Matter<'_>) -> bool {
        if self.controls.is_empty() {
            return true;
        }
        let catalogue = Catalogue::current();
        let speaks =
            |check: &model::catalogue::Check| check.controls.iter().any(|edge| self.controls.contains(&edge.control));
        match (matter.check, matter.source.and_then(|source| source.parse::<Source>().ok())) {
            (Some(check), _) => catalogue.check(&CheckId::from(check)).is_some_and(speaks),
            (None, Some(source)) => catalogue.checks_of(source).any(speaks),
            (None, None) => true,
        }
    }
}

/// A rule as somebody sets it.
#[derive(Clone, Debug, Serialize)]
pub struct NewRule {
    /// The team that it is for; none for one's own.
    pub team: Option<String>,
    /// The channel's name.
    pub channel: String,
    /// What is told.
    pub kinds: Vec<EventKind>,
    /// The least severity told of.
    pub min_severity: Severity,
    /// Clusters by name.
    pub clusters: Vec<String>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Controls.
    pub controls: Vec<ControlId>,
    /// Only namespaces that name the team as their own.
    pub own_namespaces: bool,
    /// Quiet hours, from and until.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
    /// The time zone of quiet hours and of what messages say.
    pub time_zone: Tz,
    /// `en` or `da`.
    pub language: String,
}

/// Rules of one person at most, and of all teams.
const MOST_OWN: usize = 20;
const MOST_OF_TEAMS: usize = 500;
/// Values of one list of a rule at most.
const MOST_VALUES: usize = 200;

impl NewRule {
    /// What cannot be.
    fn check(&self, channels: &Channels) -> Result<bool> {
        let invalid = |key, value: &str| Err(Error::Invalid { key, value: value.to_owned() });
        let personal = self.team.is_none();
        // A person's own rule goes to that person's own address and nowhere else.
        let Some(kind) = channels.kind(&self.channel).filter(|_| personal == (self.channel == PERSONAL)) else {
            return invalid("error-notify-channel", &self.channel);
        };
        if self.kinds.is_empty() || (kind.per_finding() && !self.kinds.iter().any(|kind| kind.is_of_failing())) {
            return invalid("error-notify-kinds", "");
        }
        if let Some(team) = self.team.as_deref().filter(|team| team.trim().is_empty() || team.chars().count() > 63) {
            return invalid("error-notify-team", team);
        }
        if let Some((from, until)) = self.quiet.filter(|(from, until)| from == until) {
            return invalid("error-notify-quiet", &format!("{from} {until}"));
        }
        if let Some(control) = self.controls.iter().find(|control| Catalogue::current().control(control).is_none()) {
            return invalid("error-notify-filter", control.as_str());
        }
        let long = [self.clusters.len(), self.sources.len(), self.controls.len()].iter().any(|len| *len > MOST_VALUES);
        if long || self.clusters.iter().any(|name| name.is_empty() || name.len() > 63) {
            return invalid("error-notify-filter", "");
        }
        Ok(kind.per_finding())
    }

    /// The quiet hours by its clocks.
    pub fn quiet_hours(&self) -> Option<Quiet> {
        self.quiet.map(|(from, until)| Quiet { from, until, zone: self.time_zone })
    }
}

#[derive(Serialize)]
struct Added<'a> {
    rule: RuleId,
    person: PersonId,
    #[serde(flatten)]
    set: &'a NewRule,
}

#[derive(Serialize)]
struct EndedRule {
    rule: RuleId,
    person: PersonId,
}

/// Adds a rule: one's own where it names no team. In force at once, and in the ledger.
pub async fn add(pool: &PgPool, channels: &Channels, by: &Actor, rule: &NewRule, now: Instant) -> Result<RuleId> {
    let per_finding = rule.check(channels)?;
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, now).await?;
    let owner = rule.team.is_none().then_some(by.person);
    let most = if owner.is_some() { MOST_OWN } else { MOST_OF_TEAMS };
    if store::rules::listed(&mut tx, owner, at).await?.len() >= most {
        return Err(Error::Conflict { key: "error-notify-many" });
    }
    let id = RuleId(new_id(at));
    store::rules::insert(&mut tx, id, owner, rule, per_finding, &by.name, at).await?;
    let entry = Added { rule: id, person: by.person, set: rule };
    ledger::append(&mut tx, at, &by.name, "notification.rule.add", &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a rule: one's own, or with `teams` one of a team.
pub async fn end(pool: &PgPool, by: &Actor, rule: RuleId, teams: bool, now: Instant) -> Result<()> {
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, now).await?;
    let owner = (!teams).then_some(by.person);
    if !store::rules::end(&mut tx, rule, owner, at).await? {
        return Err(Error::NotFound);
    }
    let entry = EndedRule { rule, person: by.person };
    ledger::append(&mut tx, at, &by.name, "notification.rule.end", &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody's own rules in force at an instant, oldest first.
pub async fn own(db: &mut PgConnection, person: PersonId, at: Instant) -> Result<Vec<NotificationRule>> {
    Ok(store::rules::listed(db, Some(person), at).await?)
}

/// The rules of teams in force at an instant, oldest first.
pub async fn of_teams(db: &mut PgConnection, at: Instant) -> Result<Vec<NotificationRule>> {
    Ok(store::rules::listed(db, None, at).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Rule {
        Rule {
            id: Uuid::nil(),
            per_finding: false,
            kinds: vec![EventKind::FindingOpened, EventKind::SourceSilent],
            min_severity: Severity::High.rank(),
            clusters: vec!["alpha".into()],
            sources: vec![],
            controls: vec![],
        }
    }

    #[test]
    fn a_rule_asks_for_what_it_names_and_nothing_else() {
        let matter = Matter {
            kind: EventKind::FindingOpened,
            cluster: Some("alpha"),
            source: Some("velero"),
            check: Some("bak.enabled"),
            severity: Some(Severity::High.rank()),
            before: None,
        };
        assert!(rule().matches(matter));
        assert!(!rule().matches(Matter { kind: EventKind::FindingClosed, ..matter }));
        assert!(!rule().matches(Matter { cluster: Some("beta"), ..matter }));
        assert!(!rule().matches(Matter { severity: Some(Severity::Medium.rank()), ..matter }));
        let silent = Matter { kind: EventKind::SourceSilent, check: None, severity: None, ..matter };
        assert!(rule().matches(silent), "what has no severity is told by every rule that asks for it");
        assert!(!Rule { per_finding: true, ..rule() }.matches(silent), "a ticket is about a finding");
        assert!(!Rule { sources: vec!["rbac".into()], ..rule() }.matches(matter));
    }

    #[test]
    fn what_becomes_as_bad_as_a_rule_asks_for_is_new_to_it() {
        let rose = |before: Severity, severity: Severity| Matter {
            kind: EventKind::SeverityIncreased,
            cluster: Some("alpha"),
            source: Some("velero"),
            check: Some("bak.enabled"),
            severity: Some(severity.rank()),
            before: Some(before.rank()),
        };
        assert!(rule().matches(rose(Severity::Medium, Severity::High)));
        assert!(rule().matches(rose(Severity::Unknown, Severity::Critical)));
        assert!(!rule().matches(rose(Severity::Low, Severity::Medium)));
        assert!(!rule().matches(rose(Severity::High, Severity::Critical)), "it was told when it was opened");
        let asks = Rule { kinds: vec![EventKind::SeverityIncreased], ..rule() };
        assert!(asks.matches(rose(Severity::High, Severity::Critical)), "the rule names the kind");
        let closed = Matter { kind: EventKind::FindingClosed, before: None, ..rose(Severity::High, Severity::High) };
        let tickets = Rule { per_finding: true, kinds: EventKind::ALL.to_vec(), ..rule() };
        assert!(tickets.matches(rose(Severity::High, Severity::Critical)));
        assert!(!tickets.matches(closed), "closings follow the ticket");
    }

    #[test]
    fn controls_are_met_by_the_check_or_else_by_the_source() {
        let catalogue = Catalogue::embedded();
        let check = catalogue.checks_of(Source::Velero).find(|check| !check.controls.is_empty()).expect("a check");
        let own = check.controls[0].control.clone();
        let matter = Matter {
            kind: EventKind::FindingOpened,
            cluster: Some("alpha"),
            source: Some("velero"),
            check: Some(check.id.as_str()),
            severity: Some(5),
            before: None,
        };
        assert!(Rule { controls: vec![own.clone()], ..rule() }.matches(matter));
        assert!(!Rule { controls: vec!["A.99".into()], ..rule() }.matches(matter));
        let silent = Matter { kind: EventKind::SourceSilent, check: None, severity: None, ..matter };
        assert!(Rule { controls: vec![own], ..rule() }.matches(silent));
    }
}
