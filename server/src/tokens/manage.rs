//! Making, listing and revoking tokens.

use super::{PREFIX, shown, store};
use crate::{
    app::App,
    auth::{Visitor, secret::Random},
    clusters,
    db::new_id,
    error::{Error, Result},
    ledger, settle,
};
use chrono::TimeDelta;
use model::{Instant, ids::PersonId, role::Permission, views::TokenRow};
use serde::Serialize;
use uuid::Uuid;

/// Characters of a name at most.
const LONGEST_NAME: usize = 100;
/// Tokens in force that a person may have.
const MOST: i64 = 50;

/// A token to make.
#[derive(Clone, Debug)]
pub struct New {
    /// What its owner calls it.
    pub name: String,
    /// What it may do; at least one, and nothing that its owner may not.
    pub scopes: Vec<Permission>,
    /// The clusters that it is limited to, by name; all where there is none.
    pub clusters: Vec<String>,
    /// Days until it expires.
    pub days: u32,
}

/// A token that was made. Its secret is told this once.
pub struct Made {
    /// Its id.
    pub id: Uuid,
    /// The token itself.
    pub secret: String,
    /// When it expires.
    pub expires_at: Instant,
}

#[derive(Serialize)]
struct Created<'a> {
    token: Uuid,
    name: &'a str,
    person: PersonId,
    scopes: &'a [Permission],
    clusters: &'a [String],
    expires_at: Instant,
}

#[derive(Serialize)]
struct Revoked {
    token: Uuid,
    person: PersonId,
    owner: PersonId,
}

/// Makes a token of the visitor's; it is in the ledger, without its secret.
///
/// # Errors
/// [`Error::Invalid`] for a name, scopes, clusters or days that cannot be; [`Error::Conflict`] where there are too many.
pub async fn create(app: &App, visitor: &Visitor, new: &New) -> Result<Made> {
    let now = app.clock.now();
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Error::Invalid { key: "error-token-name", value: name.to_owned() });
    }
    let mut scopes = new.scopes.clone();
    scopes.sort_by_key(|scope| Permission::OF_TOKENS.iter().position(|it| it == scope));
    scopes.dedup();
    let beyond = scopes.iter().find(|scope| !Permission::OF_TOKENS.contains(scope) || !visitor.may(**scope));
    if scopes.is_empty() || beyond.is_some() {
        let value = beyond.map(ToString::to_string).unwrap_or_default();
        return Err(Error::Invalid { key: "error-token-scopes", value });
    }
    let most_days = app.config.tokens.max_days.get();
    if !(1..=most_days).contains(&new.days) {
        return Err(Error::Invalid { key: "error-token-days", value: most_days.to_string() });
    }
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, now).await?;
    let known = clusters::names(&mut tx, now).await?;
    if let Some(unknown) = new.clusters.iter().find(|name| !known.iter().any(|known| known.name == **name)) {
        return Err(Error::Invalid { key: "error-token-clusters", value: unknown.clone() });
    }
    if store::in_force(&mut tx, visitor.person, now).await? >= MOST {
        return Err(Error::Conflict { key: "error-token-many" });
    }
    let (id, secret) = (new_id(now), Random::new());
    let expires_at = now + TimeDelta::days(new.days.into());
    let cut = store::Cut { name, scopes: &scopes, clusters: &new.clusters };
    store::insert(&mut tx, id, visitor.person, &cut, &secret.hash(), (now, expires_at)).await?;
    let entry =
        Created { token: id, name, person: visitor.person, scopes: &scopes, clusters: &new.clusters, expires_at };
    ledger::append(&mut tx, at, &visitor.name, "token.create", &entry).await?;
    tx.commit().await?;
    Ok(Made { id, secret: format!("{PREFIX}{}_{}", id.simple(), secret.reveal()), expires_at })
}

/// The visitor's tokens, newest first, those that are over among them; everybody's for administrators.
///
/// # Errors
/// What PostgreSQL says.
pub async fn list(app: &App, visitor: &Visitor, at: Instant) -> Result<Vec<TokenRow>> {
    let of = (!visitor.may(Permission::Administer)).then_some(visitor.person);
    let mut rows = store::list(&mut *app.db.acquire().await?, of, at).await?;
    for row in &mut rows {
        row.prefix = shown(row.id);
    }
    Ok(rows)
}

/// Revokes a token of the visitor's, or anybody's where they administer; it is in the ledger.
///
/// # Errors
/// [`Error::NotFound`] where there is none that they could revoke.
pub async fn revoke(app: &App, visitor: &Visitor, id: Uuid) -> Result<()> {
    let now = app.clock.now();
    let of = (!visitor.may(Permission::Administer)).then_some(visitor.person);
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, now).await?;
    let owner = store::revoke(&mut tx, id, of, &visitor.name, now).await?.ok_or(Error::NotFound)?;
    let entry = Revoked { token: id, person: visitor.person, owner };
    ledger::append(&mut tx, at, &visitor.name, "token.revoke", &entry).await?;
    tx.commit().await?;
    Ok(())
}
