//! The SQL of tokens of the API.

use crate::db::word;
use model::{
    Instant,
    ids::PersonId,
    role::{Permission, Role},
    views::TokenRow,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A token as it is kept, with what is known of its owner.
pub(super) struct Kept {
    pub(super) person: PersonId,
    pub(super) owner_name: String,
    pub(super) email: Option<String>,
    pub(super) last_login_at: Instant,
    /// As the newest log-in saw them; none where it was refused.
    pub(super) roles: Vec<Role>,
    pub(super) name: String,
    pub(super) secret_hash: Vec<u8>,
    pub(super) scopes: Vec<Permission>,
    pub(super) clusters: Vec<String>,
    pub(super) expires_at: Instant,
    pub(super) revoked_at: Option<Instant>,
    pub(super) last_used_at: Option<Instant>,
    pub(super) noted_at: Option<Instant>,
}

/// What a token is cut to.
pub(super) struct Cut<'a> {
    pub(super) name: &'a str,
    pub(super) scopes: &'a [Permission],
    pub(super) clusters: &'a [String],
}

/// How records name who acts with a token. The ledger's store puts the same together.
pub(super) fn actor_name(owner: &str, token: &str) -> String {
    format!("{owner} (token {token})")
}

pub(super) async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT t.person_id, p.name AS owner_name, p.email, p.last_login_at, t.name, t.secret_hash, t.scopes, t.clusters,
                  t.expires_at, t.revoked_at, t.last_used_at, t.noted_at, r.roles AS "roles?"
           FROM api_token t
           JOIN person p ON p.id = t.person_id
           LEFT JOIN LATERAL (
               SELECT roles FROM role_seen WHERE person_id = t.person_id ORDER BY seen_at DESC LIMIT 1
           ) AS r ON true
           WHERE t.id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Kept {
            person: row.person_id.into(),
            owner_name: row.owner_name,
            email: row.email,
            last_login_at: row.last_login_at,
            roles: row.roles.unwrap_or_default().iter().map(|it| word(it)).collect::<Result<_, _>>()?,
            name: row.name,
            secret_hash: row.secret_hash,
            scopes: row.scopes.iter().map(|it| word(it)).collect::<Result<_, _>>()?,
            clusters: row.clusters,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
            noted_at: row.noted_at,
        })
    })
    .transpose()
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    person: PersonId,
    cut: &Cut<'_>,
    secret_hash: &[u8; 32],
    (created_at, expires_at): (Instant, Instant),
) -> Result<(), sqlx::Error> {
    let scopes: Vec<String> = cut.scopes.iter().map(ToString::to_string).collect();
    sqlx::query!(
        r"INSERT INTO api_token (id, person_id, name, secret_hash, scopes, clusters, created_at, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        person.0,
        cut.name,
        &secret_hash[..],
        &scopes,
        cut.clusters,
        created_at,
        expires_at,
    )
    .execute(db)
    .await
    .map(drop)
}

/// How many tokens of a person are in force.
pub(super) async fn in_force(db: &mut PgConnection, person: PersonId, at: Instant) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM api_token WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2"#,
        person.0,
        at,
    )
    .fetch_one(db)
    .await
}

/// Tokens that were there at an instant, of a person or of everybody, newest first. The prefix is left to the caller.
pub(super) async fn list(
    db: &mut PgConnection,
    of: Option<PersonId>,
    at: Instant,
) -> Result<Vec<TokenRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT t.id, t.person_id, p.name AS owner_name, t.name, t.scopes, t.clusters, t.created_at, t.expires_at,
                  t.last_used_at, CASE WHEN t.revoked_at <= $2 THEN t.revoked_at END AS "revoked_at?"
           FROM api_token t JOIN person p ON p.id = t.person_id
           WHERE t.created_at <= $2 AND ($1::uuid IS NULL OR t.person_id = $1)
           ORDER BY t.created_at DESC, t.id DESC"#,
        of.map(|person| person.0),
        at,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TokenRow {
                id: row.id,
                prefix: String::new(),
                name: row.name,
                owner: row.person_id.into(),
                owner_name: row.owner_name,
                scopes: row.scopes.iter().map(|it| word(it)).collect::<Result<_, _>>()?,
                clusters: row.clusters,
                created_at: row.created_at,
                expires_at: row.expires_at,
                last_used_at: row.last_used_at,
                revoked_at: row.revoked_at,
            })
        })
        .collect()
}

/// Revokes a token that is not revoked yet, of a person or of anybody; tells whose it was.
pub(super) async fn revoke(
    db: &mut PgConnection,
    id: Uuid,
    of: Option<PersonId>,
    by: &str,
    at: Instant,
) -> Result<Option<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"UPDATE api_token SET revoked_at = $3, revoked_by = $4
          WHERE id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR person_id = $2)
          RETURNING person_id",
        id,
        of.map(|person| person.0),
        at,
        by,
    )
    .fetch_optional(db)
    .await
    .map(|owner| owner.map(PersonId))
}

pub(super) async fn note_use(db: &mut PgConnection, id: Uuid, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE api_token SET last_used_at = $2 WHERE id = $1", id, at).execute(db).await.map(drop)
}

/// Notes a use that is to be in the ledger, unless one was noted after `if_before`; whether it was to be.
pub(super) async fn note_entry(
    db: &mut PgConnection,
    id: Uuid,
    at: Instant,
    if_before: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query!(
        r"UPDATE api_token SET last_used_at = $2, noted_at = $2
          WHERE id = $1 AND (noted_at IS NULL OR noted_at <= $3)",
        id,
        at,
        if_before,
    )
    .execute(db)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// Whether any of these findings is of another cluster than these.
pub(super) async fn any_beyond(
    db: &mut PgConnection,
    findings: &[Uuid],
    clusters: &[String],
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM finding f JOIN cluster c ON c.id = f.cluster_id
               WHERE f.id = ANY($1) AND NOT c.name = ANY($2)) AS "any!""#,
        findings,
        clusters,
    )
    .fetch_one(db)
    .await
}
