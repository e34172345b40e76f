//! Who asks with a token: the one place where tokens of the API are read.

use super::{ID, PREFIX, store};
use crate::{
    app::App,
    auth::{Credential, TokenRef, Visitor, secret::Random, session::actor},
    error::{ApiTokenFault, Error, Result},
    ledger,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use model::{Instant, ids::FindingId};
use serde::Serialize;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Characters of a header at most; a token has fewer than a hundred.
const LONGEST: usize = 512;
/// How often it is noted that a token is used.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// How often the ledger notes it.
const RECORDED_EVERY: TimeDelta = TimeDelta::hours(1);

#[derive(Serialize)]
struct Used {
    token: Uuid,
    address: String,
}

/// Who shows a token: its owner, cut to it. `authorization` is the header's value, `address` where the request comes from.
///
/// # Errors
/// [`Error::ApiToken`] for what opens nothing; [`Error::RateLimited`].
pub async fn admit(app: &App, authorization: &str, address: &str) -> Result<Visitor> {
    let (id, secret) = split(authorization).ok_or(Error::ApiToken(ApiTokenFault::Malformed))?;
    app.tokens.take(id)?;
    let now = app.clock.now();
    let token = store::find(&mut *app.db.acquire().await?, id).await?.ok_or(Error::ApiToken(ApiTokenFault::Unknown))?;
    if !bool::from(token.secret_hash[..].ct_eq(&secret.hash()[..])) {
        return Err(Error::ApiToken(ApiTokenFault::Unknown));
    }
    let oldest = now - TimeDelta::days(app.config.tokens.roles_days.get().into());
    let fault = if token.revoked_at.is_some() {
        Some(ApiTokenFault::Revoked)
    } else if token.expires_at <= now {
        Some(ApiTokenFault::Expired)
    } else if token.last_login_at <= oldest || token.roles.is_empty() {
        Some(ApiTokenFault::OwnerUnknown)
    } else {
        None
    };
    if let Some(fault) = fault {
        tracing::warn!(token = %id, person = %token.person, fault = fault.key(), "a token was refused");
        return Err(Error::ApiToken(fault));
    }
    note_use(app, id, &token, address, now).await?;
    Ok(Visitor {
        person: token.person,
        name: store::actor_name(&token.owner_name, &token.name),
        email: token.email,
        roles: token.roles,
        credential: Credential::Token(Arc::new(TokenRef { id, scopes: token.scopes, clusters: token.clusters })),
    })
}

async fn note_use(app: &App, id: Uuid, token: &store::Kept, address: &str, now: Instant) -> Result<()> {
    let is_due = |last: Option<Instant>, every| last.is_none_or(|last| last + every <= now);
    if is_due(token.noted_at, RECORDED_EVERY) {
        let mut tx = app.db.begin().await?;
        // Of those who come at once, the first writes the entry.
        if store::note_entry(&mut tx, id, now, now - RECORDED_EVERY).await? {
            let entry = Used { token: id, address: address.to_owned() };
            ledger::append(&mut tx, now, &actor(token.person), "token.use", &entry).await?;
        }
        tx.commit().await?;
    } else if is_due(token.last_used_at, NOTED_EVERY) {
        store::note_use(&mut *app.db.acquire().await?, id, now).await?;
    }
    Ok(())
}

/// Refuses findings that are not of the clusters that a visitor's token is limited to, as if they were not there.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn reach_findings(app: &App, visitor: &Visitor, findings: &[FindingId]) -> Result<()> {
    let Some(token) = visitor.token().filter(|token| !token.clusters.is_empty()) else { return Ok(()) };
    let ids: Vec<Uuid> = findings.iter().map(|finding| finding.0).collect();
    let beyond = store::any_beyond(&mut *app.db.acquire().await?, &ids, &token.clusters).await?;
    if beyond { Err(Error::NotFound) } else { Ok(()) }
}

/// Refuses what may be about any cluster, where a visitor's token is limited to some.
///
/// # Errors
/// [`Error::NotFound`].
pub fn reach_all(visitor: &Visitor) -> Result<()> {
    let limited = visitor.token().is_some_and(|token| !token.clusters.is_empty());
    if limited { Err(Error::NotFound) } else { Ok(()) }
}

/// The id and the secret of a token, if the header has the form of ours: `Bearer TOKEN`, or `Basic` with the token as the
/// password of whatever user, which is all that calendars and other readers of feeds can send.
fn split(authorization: &str) -> Option<(Uuid, Random)> {
    if authorization.len() > LONGEST {
        return None;
    }
    let (scheme, shown) = authorization.split_once(' ')?;
    let shown = shown.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return split_token(shown);
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let credentials = String::from_utf8(STANDARD.decode(shown).ok()?).ok()?;
        return split_token(credentials.split_once(':')?.1);
    }
    None
}

fn split_token(token: &str) -> Option<(Uuid, Random)> {
    let (id, secret) = token.strip_prefix(PREFIX)?.split_at_checked(ID)?;
    let secret = Random::read(secret.strip_prefix('_')?)?;
    Some((Uuid::try_parse(id).ok()?, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_token_is_looked_up() {
        let (id, secret) = (Uuid::from_u128(7), Random::new());
        let token = format!("{PREFIX}{}_{}", id.simple(), secret.reveal());
        let read = |header: &str| split(header).map(|(id, secret)| (id, secret.reveal().to_owned()));
        assert_eq!(read(&format!("Bearer {token}")), Some((id, secret.reveal().to_owned())));
        assert_eq!(read(&format!("bearer {token} ")), Some((id, secret.reveal().to_owned())));
        let basic = |credentials: &str| format!("Basic {}", STANDARD.encode(credentials));
        assert_eq!(read(&basic(&format!("calendar:{token}"))), Some((id, secret.reveal().to_owned())));
        let cut = &token[..token.len() - 1];
        for wrong in [
            String::new(),
            token.clone(),
            format!("Basic {token}"),
            basic(&token),
            basic(&format!("{token}:")),
            basic(&format!("calendar:{cut}")),
            format!("Bearer {cut}"),
            format!("Bearer {token}x"),
            format!("Bearer {}", token.replace("bevis_api_", "bevis_")),
            format!("Bearer {}", "æ".repeat(80)),
            format!("Bearer {}", "a".repeat(100_000)),
        ] {
            assert_eq!(read(&wrong), None, "{}", &wrong.chars().take(80).collect::<String>());
        }
    }
}
