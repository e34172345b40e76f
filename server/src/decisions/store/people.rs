//! The SQL of those to whom findings are given, and who are named.

use model::{
    disposition::Assignee,
    ids::PersonId,
    views::{Assigned, Assignees},
};
use sqlx::PgConnection;

/// People to choose from, and teams, at most.
const MOST: i64 = 1_000;

pub(in crate::decisions) async fn person_name(
    db: &mut PgConnection,
    person: PersonId,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT name FROM person WHERE id = $1", person.0).fetch_optional(db).await
}

pub(in crate::decisions) async fn is_team(db: &mut PgConnection, team: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM person WHERE $1 = ANY(teams)) AS "known!""#, team)
        .fetch_one(db)
        .await
}

pub(in crate::decisions) async fn teams_of(
    db: &mut PgConnection,
    person: PersonId,
) -> Result<Vec<String>, sqlx::Error> {
    let teams = sqlx::query_scalar!("SELECT teams FROM person WHERE id = $1", person.0).fetch_optional(db).await?;
    Ok(teams.unwrap_or_default())
}

/// Everybody who has logged in, and every group that anybody is in.
pub(in crate::decisions) async fn assignees(db: &mut PgConnection) -> Result<Assignees, sqlx::Error> {
    let people = sqlx::query!("SELECT id, name FROM person ORDER BY lower(name), id LIMIT $1", MOST)
        .map(|row| Assigned { assignee: Assignee::Person(PersonId(row.id)), name: row.name })
        .fetch_all(&mut *db)
        .await?;
    let teams = sqlx::query_scalar!(
        r#"SELECT DISTINCT team AS "team!" FROM person, UNNEST(teams) AS t (team) ORDER BY 1 LIMIT $1"#,
        MOST
    )
    .fetch_all(db)
    .await?;
    let teams = teams.into_iter().map(|team| Assigned { assignee: Assignee::Team(team.clone()), name: team }).collect();
    Ok(Assignees { people, teams })
}

/// Whom each of some handles (in lower case) may mean: an e-mail address, what stands before its @, or a name with dots
/// for spaces.
pub(in crate::decisions) async fn handles(
    db: &mut PgConnection,
    handles: &[String],
) -> Result<Vec<(String, PersonId)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT h.handle AS "handle!", p.id
           FROM UNNEST($1::text[]) AS h (handle)
           JOIN person p ON h.handle IN (lower(p.email), split_part(lower(p.email), '@', 1), replace(lower(p.name), ' ', '.'))"#,
        handles,
    )
    .map(|row| (row.handle, PersonId(row.id)))
    .fetch_all(db)
    .await
}
