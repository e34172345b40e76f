//! Tokens: each opens one source of one cluster, for a time.

use super::store::tokens as store;
use crate::{
    app::App,
    auth::secret::Random,
    db::new_id,
    error::{Error, Result, TokenFault},
    ledger,
};
use chrono::TimeDelta;
use model::{Instant, ids::ClusterId, source::Source};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Every token begins so, so that programs that look for secrets in files find it.
pub const PREFIX: &str = "bevis_";
/// Characters of an id.
const ID: usize = 32;
/// How often it is noted that a token is used.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Who sends: what the token of a request opens.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// The token.
    pub token: Uuid,
    /// The cluster that it speaks for.
    pub cluster: ClusterId,
    /// The source that it may send.
    pub source: Source,
}

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// The cluster's name in the configuration.
    pub cluster: &'a str,
    /// The source that it opens.
    pub source: Source,
    /// What people call it.
    pub name: &'a str,
    /// Days until it expires.
    pub days: u32,
    /// Who makes it.
    pub by: &'a str,
}

/// A token as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: Uuid,
    /// The cluster's name.
    pub cluster: String,
    /// The source.
    pub source: String,
    /// What people call it.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it expires.
    pub expires_at: Instant,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Instant>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
}

/// Why a token is not made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No cluster of that name.
    #[error("Bevis knows no cluster \"{0}\"; a cluster is known once `bevis serve` has read its configuration")]
    NoCluster(String),
    /// The source is read, not sent.
    #[error("{0} is read from the cluster; nothing of it is sent")]
    NotSent(Source),
    /// A name that is empty or too long.
    #[error("a token's name has 1 to 100 characters")]
    Name,
    /// No time, or too much.
    #[error("a token lives for 1 to 3650 days")]
    Days,
    /// No such token, or it is revoked already.
    #[error("there is no such token that could be revoked")]
    NoToken,
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(Serialize)]
struct Created<'a> {
    token: Uuid,
    cluster: ClusterId,
    source: Source,
    name: &'a str,
    expires_at: Instant,
}

#[derive(Serialize)]
struct Revoked {
    token: Uuid,
}

/// Makes a token and tells it, this once; it is in the ledger, without its secret.
pub async fn create(pool: &PgPool, new: &NewToken<'_>, at: Instant) -> std::result::Result<String, TokenError> {
    if !super::takes(new.source) {
        return Err(TokenError::NotSent(new.source));
    }
    if new.name.is_empty() || new.name.chars().count() > 100 {
        return Err(TokenError::Name);
    }
    if !(1..=3650).contains(&new.days) {
        return Err(TokenError::Days);
    }
    let (id, secret) = (new_id(at), Random::new());
    let expires_at = at + TimeDelta::days(new.days.into());
    let mut tx = pool.begin().await?;
    let cluster = store::cluster(&mut tx, new.cluster).await?;
    let cluster = cluster.ok_or_else(|| TokenError::NoCluster(new.cluster.to_owned()))?;
    store::insert(&mut tx, id, cluster, new, &digest(secret.reveal()), (at, expires_at)).await?;
    let entry = Created { token: id, cluster, source: new.source, name: new.name, expires_at };
    ledger::append(&mut tx, at, new.by, "intake_token.create", &entry).await?;
    tx.commit().await?;
    Ok(format!("{PREFIX}{}_{}", id.simple(), secret.reveal()))
}

/// Every token, newest first.
pub async fn list(pool: &PgPool) -> std::result::Result<Vec<TokenRow>, sqlx::Error> {
    store::list(pool).await
}

/// Revokes a token; it is in the ledger.
pub async fn revoke(pool: &PgPool, id: Uuid, by: &str, at: Instant) -> std::result::Result<(), TokenError> {
    let mut tx = pool.begin().await?;
    if !store::revoke(&mut tx, id, by, at).await? {
        return Err(TokenError::NoToken);
    }
    ledger::append(&mut tx, at, by, "intake_token.revoke", &Revoked { token: id }).await?;
    tx.commit().await?;
    Ok(())
}

/// Who sends a request with this token to this source; the one place where tokens are read.
pub async fn sender(app: &App, token: Option<&str>, source: &str) -> Result<Sender> {
    let token = token.ok_or(Error::Token(TokenFault::Missing))?;
    let (id, secret) = split(token).ok_or(Error::Token(TokenFault::Unknown))?;
    let at = app.clock.now();
    let row = store::find(&app.db, id).await?.ok_or(Error::Token(TokenFault::Unknown))?;
    if !bool::from(row.secret_hash[..].ct_eq(&digest(secret)[..])) {
        return Err(Error::Token(TokenFault::Unknown));
    }
    let fault = if row.revoked_at.is_some() || row.cluster_ended {
        Some(TokenFault::Revoked)
    } else {
        (row.expires_at <= at).then_some(TokenFault::Expired)
    };
    if let Some(fault) = fault {
        tracing::warn!(token = %id, cluster = %row.cluster, fault = fault.key(), "a token was refused");
        return Err(Error::Token(fault));
    }
    if row.source.as_str() != source {
        return Err(Error::TokenElsewhere);
    }
    if row.last_used_at.is_none_or(|used| used + NOTED_EVERY <= at) {
        store::note_use(&app.db, id, at).await?;
    }
    Ok(Sender { token: id, cluster: row.cluster, source: row.source })
}

/// The id and the secret of a token, if it has the form of ours.
fn split(token: &str) -> Option<(Uuid, &str)> {
    let (id, secret) = token.strip_prefix(PREFIX)?.split_at_checked(ID)?;
    let secret = secret.strip_prefix('_')?;
    Random::read(secret)?;
    Some((Uuid::try_parse(id).ok()?, secret))
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_token_is_looked_up() {
        let (id, secret) = (Uuid::from_u128(7), Random::new());
        let token = format!("{PREFIX}{}_{}", id.simple(), secret.reveal());
        assert_eq!(split(&token), Some((id, secret.reveal())));
        for wrong in
            ["", "bevis_", &token[1..], &token[..token.len() - 1], "bevis_ææææææææææææææææææææ", &format!("{token}x")]
        {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }
}
