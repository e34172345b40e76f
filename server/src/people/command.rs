//! `bevis sessions end`.

use super::store;
use crate::auth::session;
use anyhow::bail;
use model::{Instant, ids::PersonId};
use sqlx::{PgConnection, PgPool};

/// `bevis sessions end`: ends all sessions of the person with an id or an e-mail address, and says of whom and how many.
///
/// # Errors
/// Where nobody is meant, or not one person alone.
pub async fn end_command(db: &PgPool, who: &str, by: &str, at: Instant) -> anyhow::Result<String> {
    let (person, name) = meant(&mut *db.acquire().await?, who).await?;
    let ended = session::end_all_of(db, person, by, at).await?;
    Ok(format!("Sessions of {name} ({person}) that were ended: {ended}."))
}

async fn meant(db: &mut PgConnection, who: &str) -> anyhow::Result<(PersonId, String)> {
    if let Ok(person) = who.parse::<PersonId>() {
        return match store::name(db, person).await? {
            Some(name) => Ok((person, name)),
            None => bail!("nobody has the id {who}"),
        };
    }
    let mut found = store::with_email(db, who).await?;
    match (found.pop(), found.len()) {
        (Some(one), 0) => Ok(one),
        (None, _) => bail!("nobody who has logged in has the e-mail address \"{who}\""),
        // An address belongs to whoever a provider says: it must not be guessed which of them is meant.
        (Some(last), _) => {
            let ids: Vec<String> = found.into_iter().chain([last]).map(|(id, name)| format!("{id} ({name})")).collect();
            bail!("several people have the e-mail address \"{who}\"; name one by id: {}", ids.join(", "))
        }
    }
}
