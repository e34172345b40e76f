//! Rules.

use crate::{
    db::word,
    notify::{
        rules::{Narrowing, NewRule, Rule},
        schedule::Quiet,
    },
};
use chrono::NaiveTime;
use model::{
    Instant,
    ids::{ControlId, PersonId, RuleId},
    notify::EventKind,
    views::NotificationRule,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// The rules in force that ask for any of some kinds.
pub(in crate::notify) async fn in_force(db: &mut PgConnection, kinds: &[EventKind]) -> Result<Vec<Rule>, sqlx::Error> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r"SELECT id, per_finding, kinds, min_severity, clusters, sources, controls
          FROM notification_rule WHERE ended_at IS NULL AND kinds && $1 ORDER BY created_at, id",
        &kinds,
    )
    .fetch_all(db)
    .await?;
    let rule = rows.into_iter().map(|row| {
        Ok(Rule {
            id: row.id,
            per_finding: row.per_finding,
            kinds: words(&row.kinds)?,
            min_severity: row.min_severity,
            clusters: row.clusters,
            sources: row.sources,
            controls: row.controls.into_iter().map(ControlId::from).collect(),
        })
    });
    rule.collect()
}

fn words<T: std::str::FromStr<Err = model::ids::UnknownWord>>(texts: &[String]) -> Result<Vec<T>, sqlx::Error> {
    texts.iter().map(|text| word(text)).collect()
}

/// Where a rule's messages go, and when not.
#[derive(Clone, Debug)]
pub(in crate::notify) struct Route {
    pub(in crate::notify) id: Uuid,
    pub(in crate::notify) person: Option<Uuid>,
    pub(in crate::notify) team: Option<String>,
    pub(in crate::notify) channel: String,
    pub(in crate::notify) per_finding: bool,
    pub(in crate::notify) own_namespaces: bool,
    pub(in crate::notify) quiet: Option<Quiet>,
    pub(in crate::notify) time_zone: String,
    pub(in crate::notify) language: String,
    pub(in crate::notify) narrowing: Narrowing,
}

/// Where the messages of rules go; rules that have ended are left out.
pub(in crate::notify) async fn routes(db: &mut PgConnection, rules: &[Uuid]) -> Result<Vec<Route>, sqlx::Error> {
    let rows = sqlx::query!(
        r"SELECT id, person_id, team, channel, per_finding, own_namespaces, quiet_from, quiet_until, time_zone, language,
                 min_severity, clusters, sources, controls
          FROM notification_rule WHERE id = ANY($1) AND ended_at IS NULL",
        rules,
    )
    .fetch_all(db)
    .await?;
    let route = rows.into_iter().map(|row| {
        Ok(Route {
            id: row.id,
            person: row.person_id,
            team: row.team,
            channel: row.channel,
            per_finding: row.per_finding,
            own_namespaces: row.own_namespaces,
            quiet: Quiet::of(row.quiet_from, row.quiet_until, &row.time_zone),
            time_zone: row.time_zone,
            language: row.language,
            narrowing: narrowed(row.min_severity, row.clusters, &row.sources, row.controls)?,
        })
    });
    route.collect()
}

fn narrowed(
    min_severity: i16,
    clusters: Vec<String>,
    sources: &[String],
    controls: Vec<String>,
) -> Result<Narrowing, sqlx::Error> {
    let controls = controls.into_iter().map(ControlId::from).collect();
    Ok(Narrowing { min_severity, clusters, sources: words(sources)?, controls })
}

/// The quiet hours of the rules by which a message comes, each once; `None` for a rule that has none.
pub(in crate::notify) async fn quiet_of(
    db: &mut PgConnection,
    message: Uuid,
) -> Result<Vec<Option<Quiet>>, sqlx::Error> {
    sqlx::query!(
        r"SELECT DISTINCT r.quiet_from, r.quiet_until, r.time_zone
          FROM notification_message_event o JOIN notification_rule r ON r.id = o.rule_id
          WHERE o.message_id = $1 AND NOT r.per_finding",
        message,
    )
    .map(|row| Quiet::of(row.quiet_from, row.quiet_until, &row.time_zone))
    .fetch_all(db)
    .await
}

/// What the rule is narrowed to by which a digest comes; nothing where it is not known.
pub(in crate::notify) async fn narrowing(db: &mut PgConnection, message: Uuid) -> Result<Narrowing, sqlx::Error> {
    let row = sqlx::query!(
        r"SELECT r.min_severity, r.clusters, r.sources, r.controls
          FROM notification_message_event o JOIN notification_rule r ON r.id = o.rule_id WHERE o.message_id = $1 LIMIT 1",
        message,
    )
    .fetch_optional(db)
    .await?;
    row.map_or_else(
        || Ok(Narrowing::default()),
        |row| narrowed(row.min_severity, row.clusters, &row.sources, row.controls),
    )
}

/// The rules of a person, or of all teams, that were in force at an instant.
pub(in crate::notify) async fn listed(
    db: &mut PgConnection,
    person: Option<PersonId>,
    at: Instant,
) -> Result<Vec<NotificationRule>, sqlx::Error> {
    let rows = sqlx::query!(
        r"SELECT id, team, channel, kinds, min_severity, clusters, sources, controls, own_namespaces, quiet_from,
                 quiet_until, time_zone, language, created_at, created_by
          FROM notification_rule
          WHERE created_at <= $2 AND (ended_at IS NULL OR ended_at > $2)
            AND (person_id = $1 OR ($1::uuid IS NULL AND person_id IS NULL))
          ORDER BY created_at, id",
        person.map(|person| person.0),
        at,
    )
    .fetch_all(db)
    .await?;
    let shown = |time: Option<NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
    let rule = rows.into_iter().map(|row| {
        Ok(NotificationRule {
            id: RuleId(row.id),
            team: row.team,
            channel: row.channel,
            kinds: words(&row.kinds)?,
            min_severity: row.min_severity.into(),
            clusters: row.clusters,
            sources: words(&row.sources)?,
            controls: row.controls.into_iter().map(ControlId::from).collect(),
            own_namespaces: row.own_namespaces,
            quiet_from: shown(row.quiet_from),
            quiet_until: shown(row.quiet_until),
            time_zone: row.time_zone,
            language: row.language,
            created_at: row.created_at,
            created_by: row.created_by,
        })
    });
    rule.collect()
}

pub(in crate::notify) async fn insert(
    db: &mut PgConnection,
    id: RuleId,
    owner: Option<PersonId>,
    rule: &NewRule,
    per_finding: bool,
    by: &str,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let kinds: Vec<String> = rule.kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let sources: Vec<String> = rule.sources.iter().map(|source| source.as_str().to_owned()).collect();
    let controls: Vec<String> = rule.controls.iter().map(|control| control.0.clone()).collect();
    sqlx::query!(
        r"INSERT INTO notification_rule (id, person_id, team, channel, per_finding, kinds, min_severity, clusters, sources,
                                         controls, own_namespaces, quiet_from, quiet_until, time_zone, language,
                                         created_at, created_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        id.0,
        owner.map(|person| person.0),
        rule.team,
        rule.channel,
        per_finding,
        &kinds,
        rule.min_severity.rank(),
        &rule.clusters,
        &sources,
        &controls,
        rule.own_namespaces,
        rule.quiet.map(|quiet| quiet.0),
        rule.quiet.map(|quiet| quiet.1),
        rule.time_zone.name(),
        rule.language,
        at,
        by,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Ends a rule of a person, or of a team; `false` where there is none in force.
pub(in crate::notify) async fn end(
    db: &mut PgConnection,
    id: RuleId,
    person: Option<PersonId>,
    at: Instant,
) -> Result<bool, sqlx::Error> {
    let ended = sqlx::query!(
        r"UPDATE notification_rule SET ended_at = greatest($3, created_at)
          WHERE id = $1 AND ended_at IS NULL AND person_id IS NOT DISTINCT FROM $2",
        id.0,
        person.map(|person| person.0),
        at,
    )
    .execute(db)
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// How many rules that were in force at an instant use each channel.
pub(in crate::notify) async fn per_channel(
    db: &mut PgConnection,
    at: Instant,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT channel, count(*) AS "rules!" FROM notification_rule
           WHERE created_at <= $1 AND (ended_at IS NULL OR ended_at > $1) GROUP BY channel"#,
        at,
    )
    .map(|row| (row.channel, row.rules))
    .fetch_all(db)
    .await
}
