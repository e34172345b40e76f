//! The SQL of clusters and of the scan log.

use super::Registered;
use crate::db::word;
use model::{
    Instant,
    coverage::Period,
    ids::{ClusterId, ScanId},
    platform::{Login, Platform},
    problem::Problem,
    scan::{Coverage, Read},
    source::Source,
    views::{ClusterName, RoundEntry, ScanEntry},
};
use sqlx::{PgConnection, PgPool, types::Json};
use uuid::Uuid;

/// Held while the list of clusters is brought in line with the configuration.
const LIST_LOCK: i64 = 0x6265_7669_735f_636c;

/// What is known of a cluster beside its sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Text for people.
    pub(crate) title: String,
    /// The address of its API server, without credentials.
    pub(crate) server: String,
    /// As its API server told it last.
    pub(crate) version: Option<String>,
    /// What it is; `None` where no reading has told it.
    pub(crate) platform: Option<Platform>,
    /// How people log in; `None` where no reading has told it.
    pub(crate) login: Option<Login>,
    /// The management cluster that the configuration names.
    pub(crate) management: Option<String>,
}

/// A cluster that is in the configuration now.
pub(super) struct Current {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) facts: Facts,
    /// Since when all of this is so.
    pub(super) valid_from: Instant,
}

/// A cluster as of an instant.
#[derive(Clone, Debug)]
pub(crate) struct ClusterRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) facts: Facts,
}

impl ClusterRow {
    /// Its name, as lists show it.
    pub(crate) fn cluster_name(&self) -> ClusterName {
        ClusterName { id: ClusterId(self.id), name: self.name.clone(), title: self.facts.title.clone() }
    }
}

pub(super) async fn lock_list(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", LIST_LOCK).execute(db).await?;
    Ok(())
}

pub(super) async fn current(db: &mut PgConnection) -> Result<Vec<Current>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT c.id, c.name, f.title, f.server, f.version, f.platform AS "platform: Json<Platform>",
                  f.login AS "login: Json<Login>", f.management, f.valid_from
           FROM cluster c
           JOIN cluster_facts f ON f.cluster_id = c.id AND f.valid_to IS NULL
           WHERE c.valid_to IS NULL"#,
    )
    .map(|row| Current {
        id: row.id,
        name: row.name,
        facts: Facts {
            title: row.title,
            server: row.server,
            version: row.version,
            platform: row.platform.map(|json| json.0),
            login: row.login.map(|json| json.0),
            management: row.management,
        },
        valid_from: row.valid_from,
    })
    .fetch_all(db)
    .await
}

/// What is known of a cluster now.
pub(super) async fn facts(db: &mut PgConnection, id: ClusterId) -> Result<Option<Facts>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT title, server, version, platform AS "platform: Json<Platform>", login AS "login: Json<Login>", management
           FROM cluster_facts WHERE cluster_id = $1 AND valid_to IS NULL"#,
        id.0,
    )
    .map(|row| Facts {
        title: row.title,
        server: row.server,
        version: row.version,
        platform: row.platform.map(|json| json.0),
        login: row.login.map(|json| json.0),
        management: row.management,
    })
    .fetch_optional(db)
    .await
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: ClusterId,
    cluster: &Registered,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!("INSERT INTO cluster (id, name, valid_from) VALUES ($1, $2, $3)", id.0, cluster.name, at)
        .execute(&mut *db)
        .await?;
    let facts = Facts {
        title: cluster.title.clone(),
        server: cluster.server.clone(),
        management: cluster.management.clone(),
        ..Facts::default()
    };
    insert_facts(db, id, &facts, at).await
}

/// Ends what is known of a cluster at `at`, and begins anew with these facts.
pub(super) async fn replace_facts(
    db: &mut PgConnection,
    id: ClusterId,
    facts: &Facts,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE cluster_facts SET valid_to = $2 WHERE cluster_id = $1 AND valid_to IS NULL", id.0, at)
        .execute(&mut *db)
        .await?;
    insert_facts(db, id, facts, at).await
}

async fn insert_facts(db: &mut PgConnection, id: ClusterId, facts: &Facts, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO cluster_facts (cluster_id, title, server, version, platform, login, management, valid_from)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        facts.title,
        facts.server,
        facts.version,
        facts.platform.as_ref().map(Json) as _,
        facts.login.as_ref().map(Json) as _,
        facts.management,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn end(db: &mut PgConnection, id: ClusterId, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE cluster SET valid_to = $2 WHERE id = $1 AND valid_to IS NULL", id.0, at).execute(db).await?;
    Ok(())
}

/// The version that a cluster's API server told last.
pub(super) async fn version(pool: &PgPool, id: ClusterId) -> Result<Option<String>, sqlx::Error> {
    let version =
        sqlx::query_scalar!("SELECT version FROM cluster_facts WHERE cluster_id = $1 AND valid_to IS NULL", id.0)
            .fetch_optional(pool)
            .await?;
    Ok(version.flatten())
}

/// The clusters at an instant, in the order of their names.
pub async fn names(db: &mut PgConnection, at: Instant) -> Result<Vec<ClusterName>, sqlx::Error> {
    Ok(as_of(db, at, &[]).await?.iter().map(ClusterRow::cluster_name).collect())
}

/// The clusters at an instant with their addresses, in the order of their names; all where `names` is empty.
pub(crate) async fn as_of(
    db: &mut PgConnection,
    at: Instant,
    names: &[String],
) -> Result<Vec<ClusterRow>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT c.id, c.name, f.title, f.server, f.version, f.platform AS "platform: Json<Platform>",
                  f.login AS "login: Json<Login>", f.management
           FROM cluster c
           JOIN cluster_facts f ON f.cluster_id = c.id AND f.valid_from <= $1 AND (f.valid_to IS NULL OR f.valid_to > $1)
           WHERE c.valid_from <= $1 AND (c.valid_to IS NULL OR c.valid_to > $1)
             AND (cardinality($2::text[]) = 0 OR c.name = ANY($2))
           ORDER BY c.name"#,
        at,
        names,
    )
    .map(|row| ClusterRow {
        id: row.id,
        name: row.name,
        facts: Facts {
            title: row.title,
            server: row.server,
            version: row.version,
            platform: row.platform.map(|json| json.0),
            login: row.login.map(|json| json.0),
            management: row.management,
        },
    })
    .fetch_all(db)
    .await
}

/// What was known of clusters in a period, as far as an instant knows: each with the time `[from, until)` for which it held.
pub(super) async fn over(
    db: &mut PgConnection,
    period: &Period,
    at: Instant,
) -> Result<Vec<(ClusterRow, Instant, Option<Instant>)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT c.id, c.name, f.title, f.server, f.version, f.platform AS "platform: Json<Platform>",
                  f.login AS "login: Json<Login>", f.management,
                  greatest(c.valid_from, f.valid_from) AS "begins!", least(c.valid_to, f.valid_to) AS ends
           FROM cluster c
           JOIN cluster_facts f ON f.cluster_id = c.id AND f.valid_from <= $3
           WHERE c.valid_from <= $3 AND greatest(c.valid_from, f.valid_from) < $2
             AND (least(c.valid_to, f.valid_to) IS NULL OR least(c.valid_to, f.valid_to) > $1)
           ORDER BY c.name, f.valid_from"#,
        period.from,
        period.until,
        at,
    )
    .map(|row| {
        let facts = Facts {
            title: row.title,
            server: row.server,
            version: row.version,
            platform: row.platform.map(|json| json.0),
            login: row.login.map(|json| json.0),
            management: row.management,
        };
        (ClusterRow { id: row.id, name: row.name, facts }, row.begins, row.ends)
    })
    .fetch_all(db)
    .await
}

/// When clusters came, left, or changed what is known of them, in the order of time.
pub(crate) async fn changed_at(db: &mut PgConnection) -> Result<Vec<Instant>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT valid_from AS "at!" FROM cluster
           UNION SELECT valid_to FROM cluster WHERE valid_to IS NOT NULL
           UNION SELECT valid_from FROM cluster_facts
           UNION SELECT valid_to FROM cluster_facts WHERE valid_to IS NOT NULL
           ORDER BY 1"#
    )
    .fetch_all(db)
    .await
}

/// The newest scans of a cluster that were known at an instant, newest first.
pub(super) async fn scans(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
    limit: i64,
) -> Result<Vec<ScanEntry>, sqlx::Error> {
    let sources: Vec<String> = Source::ALL.iter().map(|source| source.as_str().to_owned()).collect();
    sqlx::query!(
        r#"SELECT n.id, n.source, n.started_at, n.ended_at, n.coverage, n.error,
                  n.problems AS "problems?: Json<Vec<Problem>>", n.reads AS "reads: Json<Vec<Read>>",
                  n.requests, n.bytes, n.opened, n.closed, n.changed
           FROM UNNEST($2::text[]) AS s (source)
           CROSS JOIN LATERAL (
               SELECT * FROM scan
               WHERE cluster_id = $1 AND source = s.source AND recorded_at <= $3
               ORDER BY recorded_at DESC
               LIMIT $4
           ) AS n
           ORDER BY n.recorded_at DESC, n.id DESC
           LIMIT $4"#,
        cluster.0,
        &sources,
        at,
        limit,
    )
    .try_map(|row| {
        Ok(ScanEntry {
            id: ScanId(row.id),
            source: word::<Source>(&row.source)?,
            started_at: row.started_at,
            ended_at: row.ended_at,
            coverage: word::<Coverage>(&row.coverage)?,
            error: row.error,
            problems: row.problems.map_or_else(Vec::new, |problems| problems.0),
            reads: row.reads.0,
            requests: row.requests,
            bytes: row.bytes,
            opened: row.opened,
            closed: row.closed,
            changed: row.changed,
        })
    })
    .fetch_all(db)
    .await
}

/// The newest rounds of a cluster that were known at an instant, newest first.
pub(super) async fn rounds(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
    limit: i64,
) -> Result<Vec<RoundEntry>, sqlx::Error> {
    sqlx::query_as!(
        RoundEntry,
        r"SELECT started_at, ended_at, requests, bytes, largest_answer, requests_per_second, most_bytes, page_size, most_answer
          FROM scan_round
          WHERE cluster_id = $1 AND recorded_at <= $2
          ORDER BY recorded_at DESC, id DESC
          LIMIT $3",
        cluster.0,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}
