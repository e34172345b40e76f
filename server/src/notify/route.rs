//! From events to messages: each event goes, once, to every recipient whose rule asked for it, beside others of its kind. That a
//! finding is fixed goes wherever a ticket or an alert stands for it, whatever the rules say by then.

use super::{
    rules::Narrowing,
    store::{
        self,
        events::Waiting,
        rules::Route,
        standing::{self, Standing},
    },
};
use crate::db::new_id;
use chrono::TimeDelta;
use model::{Instant, notify::EventKind};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Events taken at a time.
const AT_ONCE: i64 = 1_000;

/// To whom a message goes, and what it gathers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Recipient {
    pub(super) channel: String,
    pub(super) person: Option<Uuid>,
    pub(super) topic: String,
    pub(super) language: String,
    pub(super) time_zone: String,
}

/// Puts events that wait into messages; answers how many there were. A message is due when its window is over, and where
/// that is in quiet hours, when they end: then it is one with all that was held back.
pub async fn route(pool: &PgPool, window: TimeDelta, now: Instant) -> Result<usize, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let events = store::events::waiting(&mut tx, AT_ONCE).await?;
    if events.is_empty() {
        return Ok(0);
    }
    let rules: BTreeSet<Uuid> = events.iter().flat_map(|event| event.rules.iter().copied()).collect();
    let rules: Vec<Uuid> = rules.into_iter().collect();
    let routes = store::rules::routes(&mut tx, &rules).await?;
    let routes: HashMap<Uuid, Route> = routes.into_iter().map(|route| (route.id, route)).collect();
    let closed = events.iter().filter(|event| event.kind == EventKind::FindingClosed);
    let closed: Vec<Uuid> = closed.filter_map(|event| event.finding).collect();
    let standing = if closed.is_empty() { vec![] } else { standing::of(&mut tx, &closed).await? };
    let mut messages: BTreeMap<Recipient, Gathered> = BTreeMap::new();
    for event in &events {
        let closings = standing.iter().filter(|one| Some(one.finding) == event.finding);
        let closings = closings.filter(|_| event.kind == EventKind::FindingClosed).map(|one| closing(one, window, now));
        for Share { recipient, rule, due } in recipients(event, &routes, window, now).into_iter().chain(closings) {
            let gathered = messages.entry(recipient).or_insert_with(|| Gathered { due, events: Vec::new() });
            gathered.due = due.min(gathered.due);
            gathered.events.push((event.id, rule));
        }
    }
    for (recipient, Gathered { due, events }) in messages {
        let message = store::messages::gather(&mut tx, new_id(now), &recipient, due, now).await?;
        store::messages::add_events(&mut tx, message, &events).await?;
    }
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    store::events::routed(&mut tx, &ids, now).await?;
    tx.commit().await?;
    Ok(events.len())
}

/// Events for one message, each with the rule by which it comes, and when it is due.
struct Gathered {
    due: Instant,
    events: Vec<(Uuid, Option<Uuid>)>,
}

/// Who gets an event once: digests that are narrowed to different things are different ones.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Once<'a> {
    channel: &'a str,
    person: Option<Uuid>,
    digest_of: Option<&'a Narrowing>,
}

/// What a recipient is told of an event: by which rule, and when.
#[derive(Clone, Debug)]
struct Share {
    recipient: Recipient,
    rule: Option<Uuid>,
    due: Instant,
}

/// That a finding is fixed, where it stands as a ticket or an alert.
fn closing(standing: &Standing, window: TimeDelta, now: Instant) -> Share {
    let recipient = Recipient {
        channel: standing.channel.clone(),
        person: None,
        topic: format!("finding/{}", standing.finding),
        language: standing.language.clone(),
        time_zone: standing.time_zone.clone(),
    };
    Share { recipient, rule: None, due: now + window }
}

/// The recipients of an event, each once: where several rules lead to one, by that which tells it first.
fn recipients(event: &Waiting, routes: &HashMap<Uuid, Route>, window: TimeDelta, now: Instant) -> Vec<Share> {
    let mut first: BTreeMap<Once<'_>, Share> = BTreeMap::new();
    for route in event.rules.iter().filter_map(|rule| routes.get(rule)) {
        // What is about no finding is in nobody's namespace, and for everybody who asks.
        if route.own_namespaces && event.finding.is_some() && event.team != route.team {
            continue;
        }
        if route.per_finding && !event.kind.is_of_failing() {
            continue;
        }
        let (topic, due) = when(event, route, window, now);
        let recipient = Recipient {
            channel: route.channel.clone(),
            person: route.person,
            topic,
            language: route.language.clone(),
            time_zone: route.time_zone.clone(),
        };
        let share = Share { recipient, rule: Some(route.id), due };
        let digest_of = event.kind.is_digest().then_some(&route.narrowing);
        let once = Once { channel: &route.channel, person: route.person, digest_of };
        let known = first.entry(once).or_insert_with(|| share.clone());
        if due < known.due {
            *known = share;
        }
    }
    first.into_values().collect()
}

fn when(event: &Waiting, route: &Route, window: TimeDelta, now: Instant) -> (String, Instant) {
    let due = if event.kind.is_digest() { now } else { now + window };
    if let Some(finding) = event.finding.filter(|_| route.per_finding) {
        return (format!("finding/{finding}"), due);
    }
    let held = route.quiet.and_then(|quiet| quiet.ends(due));
    let topic = match (event.kind, held) {
        // One message each, of one period and one rule.
        (kind, _) if kind.is_digest() => {
            format!("{}/{}", event.occurrence.as_deref().unwrap_or(kind.as_str()), route.id)
        }
        (_, Some(_)) => "several".to_owned(),
        (kind, None) => kind.topic().to_owned(),
    };
    (topic, held.unwrap_or(due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notify::schedule::Quiet;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn route(number: u128, person: Option<u128>, quiet: bool) -> Route {
        let zone = chrono_tz::Europe::Copenhagen;
        let time = |text: &str| text.parse().expect("a time");
        Route {
            id: Uuid::from_u128(number),
            person: person.map(Uuid::from_u128),
            team: None,
            channel: "mail".into(),
            per_finding: false,
            own_namespaces: false,
            quiet: quiet.then(|| Quiet { from: time("22:00:00"), until: time("07:00:00"), zone }),
            time_zone: "Europe/Copenhagen".into(),
            language: "en".into(),
            narrowing: Narrowing::default(),
        }
    }

    fn told(routes: &[Route], now: &str) -> Vec<(String, Instant)> {
        let event = Waiting {
            id: Uuid::nil(),
            kind: EventKind::FindingOpened,
            finding: Some(Uuid::nil()),
            team: Some("web".into()),
            rules: routes.iter().map(|route| route.id).collect(),
            occurrence: None,
        };
        let routes = routes.iter().map(|route| (route.id, route.clone())).collect();
        let recipients = recipients(&event, &routes, TimeDelta::minutes(5), at(now));
        recipients.into_iter().map(|share| (share.recipient.topic, share.due)).collect()
    }

    #[test]
    fn two_rules_of_one_person_tell_once_and_as_soon_as_either_would() {
        let night = "2026-11-02T23:00:00Z";
        let quiet = ("several".to_owned(), at("2026-11-03T06:00:00Z"));
        let soon = ("finding_opened".to_owned(), at("2026-11-02T23:05:00Z"));
        assert_eq!(told(&[route(1, Some(7), true)], night), [quiet]);
        assert_eq!(told(&[route(1, Some(7), true), route(2, Some(7), false)], night), std::slice::from_ref(&soon));
        assert_eq!(told(&[route(1, Some(7), false), route(2, Some(8), false)], night), [soon.clone(), soon]);
    }

    #[test]
    fn a_team_that_asks_for_its_own_namespaces_hears_of_no_others() {
        let of = |team: &str| Route { own_namespaces: true, team: Some(team.into()), ..route(1, None, false) };
        assert_eq!(told(&[of("web")], "2026-11-02T12:00:00Z").len(), 1);
        assert_eq!(told(&[of("shop")], "2026-11-02T12:00:00Z").len(), 0);
    }
}
