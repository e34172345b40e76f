//! Dropping messages and findings by a policy: nothing from the horizon on changes, and nothing before it is told as nothing.

use super::{
    trends::{World, steps, world},
    *,
};
use ::model::{
    finding::FindingState,
    trends::{TrendBy, TrendQuery, TrendShow, TrendStep},
    views::ChangesFilter,
};
use chrono_tz::{Europe::Copenhagen, Tz};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::Value;
use server::{
    compare::{self, Reach},
    config::RetentionSettings,
    controls, days as zones,
    error::Error,
    ledger, notify, retention, trends,
};
use std::{collections::BTreeMap, num::NonZeroU16};

/// Histories lived through in one database.
const HISTORIES: usize = 6;

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn policies(messages: u16, findings: u16) -> RetentionSettings {
    RetentionSettings {
        messages_months: NonZeroU16::new(messages),
        findings_months: NonZeroU16::new(findings),
        ..RetentionSettings::default()
    }
}

/// A value as it is told, without what says from when on it is retained.
fn told(value: impl serde::Serialize) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("retained_from");
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(value).expect("JSON");
    strip(&mut value);
    value
}

/// Everything that is told of some clusters as of an instant, as far as it speaks of the time from the horizon on.
async fn everything(world: &World, names: &[String], horizon: Instant, at: Instant) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut db = world.app.acquire().await.expect("a connection");
    let filter = |state: &[FindingState]| FindingFilter {
        cluster: names.to_vec(),
        state: state.to_vec(),
        ..FindingFilter::default()
    };
    // Of clusters that left nothing is listed.
    let there: Vec<String> = clusters::names(&mut db, at).await.expect("names").into_iter().map(|it| it.name).collect();
    let there: Vec<String> = names.iter().filter(|name| there.contains(name)).cloned().collect();
    for states in [&[][..], &[FindingState::Accepted], &[FindingState::Acknowledged]] {
        let filter = FindingFilter { cluster: there.clone(), ..filter(states) };
        let page = findings::page(&mut db, &filter, None, 500, at).await.expect("a page");
        for row in &page.rows {
            let mut detail = findings::told(&mut db, row.id, at).await.expect("told");
            detail.timeline.retain(|entry| entry.at >= horizon);
            all.insert(format!("finding {} at {at}", row.id), told(detail));
        }
        all.insert(format!("findings {states:?} at {at}"), told(page));
    }
    let closed = FindingFilter { cluster: there.clone(), ..filter(&[FindingState::Closed]) };
    let mut closed = findings::page(&mut db, &closed, None, 500, at).await.expect("a page").rows;
    closed.retain(|row| row.closed_at.is_some_and(|closed_at| closed_at >= horizon));
    all.insert(format!("closed at {at}"), told(closed));
    all.insert(format!("checks at {at}"), told(controls::checks(&mut db, at, &there).await.expect("checks")));
    let changes = ChangesFilter { cluster: there, ..ChangesFilter::default() };
    let changes = compare::compare(&mut db, (horizon, at), &changes, Reach::first(500)).await.expect("compared");
    all.insert(format!("changes until {at}"), told(changes));
    let ids = sqlx::query_scalar!("SELECT id FROM cluster WHERE name = ANY($1)", names)
        .fetch_all(&mut *db)
        .await
        .expect("clusters");
    let raw = sqlx::query!(
        r#"SELECT (SELECT jsonb_agg(to_jsonb(i) ORDER BY i.id) FROM finding_interval_as_of($2) AS i WHERE i.cluster_id = ANY($1)) AS intervals,
                  (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM check_result_as_of($2) AS r WHERE r.cluster_id = ANY($1)) AS results,
                  (SELECT jsonb_agg(to_jsonb(o) ORDER BY to_jsonb(o)) FROM open_findings_as_of($2) AS o WHERE o.cluster_id = ANY($1)) AS counts,
                  (SELECT jsonb_agg(to_jsonb(u) ORDER BY to_jsonb(u)) FROM finding_unseen u
                   WHERE u.cluster_id = ANY($1) AND u.valid_from <= $2 AND (u.valid_to IS NULL OR u.valid_to > $2)) AS unseen"#,
        &ids,
        at,
    );
    let raw = raw.fetch_one(&mut *db).await.expect("what was in force");
    let raw = serde_json::json!([raw.intervals, raw.results, raw.counts, raw.unseen]);
    all.insert(format!("in force at {at}"), raw);
    drop(db);
    all.extend(of_trends(world, names, horizon, at).await);
    all
}

/// Every period that begins at the horizon or later, of everything that trends show.
async fn of_trends(world: &World, names: &[String], horizon: Instant, at: Instant) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut db = world.app.acquire().await.expect("a connection");
    let asked = |show, by, step| TrendQuery {
        show,
        by,
        step: Some(step),
        from: Some(first_day(world.zone, horizon) - chrono::Days::new(9)),
        cluster: names.to_vec(),
        ..TrendQuery::default()
    };
    for step in [TrendStep::Day, TrendStep::Week] {
        let of_open = TrendBy::ALL.iter().map(|by| (TrendShow::Open, *by));
        let others = TrendShow::ALL.iter().filter(|show| **show != TrendShow::Open);
        for (show, by) in of_open.chain(others.map(|show| (*show, TrendBy::Severity))) {
            let trend = trends::load(&mut db, &asked(show, by, step), at).await.expect("a trend");
            let titles: Vec<String> = trend.columns.iter().map(|column| column.key.clone()).collect();
            for period in trend.periods.iter().filter(|it| it.first >= first_day(world.zone, horizon)) {
                // A column of which only what was dropped had something is not there any more.
                let values = titles.iter().zip(&period.values).filter(|(_, value)| value.is_some_and(|it| it != 0));
                let values: BTreeMap<&String, &Option<i64>> = values.collect();
                let value = told((period.not_retained, period.observed, period.clusters, values));
                all.insert(format!("{show} by {by}, {step} from {} as of {at}", period.first), value);
            }
        }
    }
    all
}

/// The first day of a zone that does not begin before an instant.
fn first_day(zone: Tz, from: Instant) -> chrono::NaiveDate {
    let local = from.with_timezone(&zone);
    let whole = local.time() == chrono::NaiveTime::MIN;
    local.date_naive() + chrono::Days::new(u64::from(!whole))
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_from_the_horizon_on_changes_when_findings_are_dropped(owner: PgPool) {
    let mut world = world(&owner, Copenhagen).await;
    let horizon = at("2026-04-01T00:00:00Z");
    let mut runner = TestRunner::default();
    let mut lived = Vec::new();
    for _ in 0..HISTORIES {
        let steps = steps().new_tree(&mut runner).expect("steps").current();
        let (names, mut instants) = world.live(at("2026-03-27T09:00:00Z"), &steps).await;
        let last = *instants.last().expect("some steps");
        instants.extend([horizon, last + TimeDelta::hours(40), at("2026-05-02T00:00:00Z")]);
        instants.retain(|at| *at >= horizon);
        lived.push((names, instants, steps));
    }
    // The newest reading decides how far back a policy reaches.
    let may = at("2026-05-20T10:00:00Z");
    let late = world.register(|all| all.push("late".into()), may).await;
    let late = late.iter().find(|(_, name)| name == "late").expect("registered").0;
    let seen =
        Scan { started_at: may, ended_at: may, ..scan(late, 0, vec![result("bak.enabled", Outcome::Pass, 0)], vec![]) };
    history::record(&world.app, &seen, may).await.expect("recorded");

    let mut before = Vec::new();
    for (names, instants, _) in &lived {
        for at in instants {
            before.push(everything(&world, names, horizon, *at).await);
        }
    }
    let due = retention::due(&world.app, retention::Class::Findings, 1, may).await.expect("asked").expect("something");
    let dropped = retention::run(&world.app, policies(0, 1), may).await.expect("dropped");
    assert_eq!(
        dropped.iter().map(|(class, all)| (*class, all)).collect::<Vec<_>>(),
        [(retention::Class::Findings, &due)]
    );
    assert_eq!(due.until, horizon);
    let mut before = before.into_iter();
    for (names, instants, steps) in &lived {
        for at in instants {
            let (before, after) = (before.next().expect("as many"), everything(&world, names, horizon, *at).await);
            for (what, value) in &before {
                assert_eq!(after.get(what), Some(value), "{what}: {steps:?}");
            }
            assert_eq!(before.len(), after.len());
        }
    }
    nothing_is_told_before(&world, &lived[0].0, horizon).await;
    ledger::verify(&world.app).await.expect("the chain holds");
    assert!(retention::run(&world.app, policies(0, 1), may).await.expect("nothing").is_empty(), "once is enough");

    // Days of another zone are counted from what is left, and are right from the horizon on.
    zones::adopt(&world.app, chrono_tz::UTC, may).await.expect("a zone");
    world.zone = chrono_tz::UTC;
    let now = may + TimeDelta::hours(1);
    for (names, ..) in &lived {
        world.compare(names, horizon, now).await;
    }
    world.app.close().await;
}

async fn nothing_is_told_before(world: &World, names: &[String], horizon: Instant) {
    let mut db = world.app.acquire().await.expect("a connection");
    let just_before = horizon - TimeDelta::microseconds(1);
    retention::refuse_dropped(&mut db, horizon).await.expect("the horizon itself is retained");
    let refused = retention::refuse_dropped(&mut db, just_before).await.expect_err("what is before is not");
    assert!(matches!(refused, Error::NotRetained { from, months: 1 } if from == horizon), "{refused}");
    let changes = ChangesFilter { cluster: names.to_vec(), ..ChangesFilter::default() };
    let now = horizon + days(20);
    let refused = compare::compare(&mut db, (just_before, now), &changes, Reach::first(5)).await.expect_err("refused");
    assert!(matches!(refused, Error::NotRetained { .. }), "{refused}");
    for show in TrendShow::ALL {
        let first = horizon.date_naive() - chrono::Days::new(4);
        let query = TrendQuery { show: *show, from: Some(first), cluster: names.to_vec(), ..TrendQuery::default() };
        let trend = trends::load(&mut db, &query, now).await.expect("a trend");
        assert_eq!(trend.retained_from, Some(horizon));
        for period in &trend.periods {
            // The first of April begins two hours before it does in UTC.
            assert_eq!(period.not_retained, period.first <= horizon.date_naive(), "{show} on {}", period.first);
            assert!(!period.not_retained || period.values.iter().all(Option::is_none), "{show} on {}", period.first);
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stretch_of_failing_goes_whole_or_stays_whole(owner: PgPool) {
    let pool = app_pool(&owner);
    let horizon = at("2026-04-01T00:00:00Z");
    let cluster = clusters::register(&pool, &[registered("alpha")], horizon - days(90)).await.expect("registered")[0].0;
    let seen = |at: Instant, findings: &[(&str, Severity)]| {
        let outcome = if findings.is_empty() { Outcome::Pass } else { Outcome::Fail };
        let observations =
            findings.iter().map(|(name, severity)| observation("bak.enabled", name, *severity)).collect();
        Scan { started_at: at, ended_at: at, ..scan(cluster, 0, vec![result("bak.enabled", outcome, 0)], observations) }
    };
    let (low, high) = (Severity::Low, Severity::High);
    for (at, findings) in [
        (horizon - days(60), &[("lasts", low), ("again", low), ("gone", low)][..]),
        (horizon - days(55), &[("lasts", low), ("again", low)]),
        (horizon - days(50), &[("lasts", high), ("again", high)]),
        (horizon - days(40), &[("lasts", low)]),
        (horizon - days(30), &[("lasts", low), ("edge", low)]),
        // Fixed at the horizon itself, which still belongs to what is told.
        (horizon, &[("lasts", low), ("again", high)]),
        (horizon + days(45), &[("lasts", low), ("again", high)]),
    ] {
        recorded(&pool, &seen(at, findings)).await;
    }
    let intervals = || async {
        let rows = sqlx::query!(
            r#"SELECT f.subject_name AS name, count(i.id) AS "count!" FROM finding f LEFT JOIN finding_interval i ON i.finding_id = f.id
               GROUP BY 1 ORDER BY 1"#
        );
        rows.fetch_all(&owner).await.expect("counts").into_iter().map(|row| (row.name, row.count)).collect::<Vec<_>>()
    };
    let counted = |all: [(&str, i64); 4]| all.map(|(name, count)| (name.to_owned(), count)).to_vec();
    assert_eq!(intervals().await, counted([("again", 3), ("edge", 1), ("gone", 1), ("lasts", 3)]));
    // In steps of one row of each table, as a large history is.
    let part = sqlx::query!(r#"SELECT gone AS "gone!" FROM drop_findings($1, 1)"#, horizon).fetch_one(&owner).await;
    assert_eq!(part.expect("dropped").gone, 2, "the interval that ended first, and a count");
    retention::run(&pool, policies(0, 1), horizon + days(46)).await.expect("dropped");
    assert_eq!(intervals().await, counted([("again", 1), ("edge", 1), ("gone", 0), ("lasts", 3)]));

    let now = horizon + days(46);
    let mut db = pool.acquire().await.expect("a connection");
    let ids = sqlx::query!("SELECT id, subject_name FROM finding").fetch_all(&owner).await.expect("findings");
    for row in ids {
        let told = findings::told(&mut db, FindingId(row.id), now).await;
        match row.subject_name.as_str() {
            "gone" => {
                let refused = told.expect_err("all of it was dropped");
                assert!(matches!(refused, Error::NotRetained { from, .. } if from == horizon), "{refused}");
            }
            "again" => {
                let told = told.expect("it fails");
                assert_eq!((told.first_seen_at, told.retained_from), (horizon - days(60), Some(horizon)));
            }
            name => assert_eq!(told.expect("told").retained_from, None, "{name}"),
        }
    }
    let closed = FindingFilter { state: vec![FindingState::Closed], ..FindingFilter::default() };
    let page = findings::page(&mut db, &closed, None, 50, now).await.expect("a page");
    assert_eq!((page.rows.len(), page.rows[0].subject.name.as_str(), page.retained_from), (1, "edge", Some(horizon)));
    let failing = findings::page(&mut db, &FindingFilter::default(), None, 50, now).await.expect("a page");
    assert_eq!((failing.rows.len(), failing.retained_from), (2, None));
    drop(db);
    pool.close().await;
}

/// A message of a channel that began five days before it ended, if it did, with an attempt and an event.
async fn message(owner: &PgPool, channel: &str, state: &str, at: Instant) -> Uuid {
    let (id, event) = (Uuid::new_v4(), Uuid::new_v4());
    let ended = (!matches!(state, "waiting" | "gathering")).then_some(at);
    sqlx::query!(
        r"WITH message AS (
              INSERT INTO notification_message (id, channel, topic, language, time_zone, state, created_at, due_at, ended_at)
              VALUES ($1, $2, 'test', $7, 'UTC', $3, $4, $4, $5)
          ), event AS (
              INSERT INTO notification_event (id, kind, at, detail, rules, routed_at)
              VALUES ($6, 'finding_opened', $4, '{}', ARRAY[gen_random_uuid()], $4)
          )
          SELECT",
        id,
        channel,
        state,
        at - days(5),
        ended,
        event,
        id.to_string(),
    )
    .execute(owner)
    .await
    .expect("a message");
    sqlx::query!("INSERT INTO notification_message_event (message_id, event_id) VALUES ($1, $2)", id, event)
        .execute(owner)
        .await
        .expect("what it tells");
    sqlx::query!(
        "INSERT INTO notification_attempt (message_id, attempt, at, outcome, reason) VALUES ($1, 1, $2, 'failed', 'status 500')",
        id,
        at - days(1),
    )
    .execute(owner)
    .await
    .expect("an attempt");
    id
}

#[sqlx::test(migrations = "../migrations")]
async fn messages_that_are_over_go_and_what_waits_never_does(owner: PgPool) {
    let pool = app_pool(&owner);
    let (horizon, now) = (at("2026-04-01T00:00:00Z"), at("2026-05-20T10:00:00Z"));
    let cluster = clusters::register(&pool, &[registered("alpha")], horizon - days(90)).await.expect("registered")[0].0;
    let seen = Scan {
        started_at: now,
        ended_at: now,
        ..scan(cluster, 0, vec![result("bak.enabled", Outcome::Pass, 0)], vec![])
    };
    recorded(&pool, &seen).await;
    let old = horizon - days(3);
    let mut stay = Vec::new();
    for state in ["waiting", "gathering"] {
        stay.push(message(&owner, "ops", state, old).await);
    }
    for state in ["sent", "dead", "dropped"] {
        message(&owner, "ops", state, old).await;
        stay.push(message(&owner, "ops", state, horizon).await);
    }
    // The newest that a channel delivered: it has worked, and says since when.
    stay.push(message(&owner, "pager", "sent", old).await);
    message(&owner, "pager", "sent", old - days(1)).await;
    message(&owner, "pager", "dead", old).await;
    sqlx::query!(
        r"INSERT INTO notification_event (id, kind, at, detail, rules, occurrence, routed_at)
          VALUES (gen_random_uuid(), 'weekly_digest', $1, '{}', ARRAY[gen_random_uuid()], 'weekly_digest/2026-03-23', $1)",
        old
    )
    .execute(&owner)
    .await
    .expect("what happens once only");
    let mut db = pool.acquire().await.expect("a connection");
    assert_eq!(notify::log(&mut db, now, false, None, 50).await.expect("a log").retained_from, None);

    let dropped = retention::run(&pool, policies(1, 0), now).await.expect("dropped");
    let (class, all) = dropped.first().expect("a class");
    assert_eq!((class.as_str(), all.rows, all.until, all.from), ("messages", 5, horizon, old - days(6)));
    let log = notify::log(&mut db, now, false, None, 50).await.expect("a log");
    let mut left: Vec<Uuid> = log.rows.iter().map(|row| row.id.0).collect();
    left.sort_unstable();
    stay.sort_unstable();
    assert_eq!((left, log.retained_from), (stay, Some(horizon)));
    let counts = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM notification_attempt) AS "attempts!", (SELECT count(*) FROM notification_event) AS "events!",
                  (SELECT count(*) FROM notification_message_event) AS "told!""#
    );
    let counts = counts.fetch_one(&owner).await.expect("counts");
    assert_eq!((counts.attempts, counts.told, counts.events), (6, 6, 7), "and what happens once only stays known");
    let entry = sqlx::query!("SELECT action, payload FROM ledger ORDER BY seq DESC LIMIT 1").fetch_one(&owner).await;
    let entry = entry.expect("an entry");
    assert!(entry.action == "retention.drop" && entry.payload.contains("\"messages\""), "{}", entry.payload);
    assert!(retention::run(&pool, policies(1, 0), now).await.expect("nothing").is_empty(), "once is enough");
    drop(db);
    pool.close().await;
}
