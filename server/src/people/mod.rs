//! Who has logged in, with their live sessions, and the ending of these.
//!
//! Reads: people, sessions, and how many tokens they have. Writes: the ends of sessions, each with its entries of the ledger in
//! the same transaction. Never: tells anything of a session that would let somebody use it, or touches a token.

mod command;
mod store;

pub use command::end_command;

use crate::{
    app::App,
    auth::{Visitor, session},
    error::{Error, Result},
};
use model::{
    Instant,
    ids::PersonId,
    views::{PeoplePage, SessionRow},
};

/// Whom a page is to show.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// A part of their name or e-mail address, in any case; everybody where it is empty.
    pub text: String,
    /// Where the page begins, as the page before it said.
    pub cursor: Option<String>,
    /// How many at most.
    pub rows: u32,
}

/// People who had logged in by an instant, in the order of their names.
///
/// # Errors
/// Those of a cursor that no page gave, and what PostgreSQL says.
pub async fn page(app: &App, sought: &Sought, at: Instant) -> Result<PeoplePage> {
    // No text of PostgreSQL has it, and nobody is called so.
    if sought.text.contains('\0') {
        return Ok(PeoplePage { people: vec![], next: None });
    }
    let mut db = app.db.acquire().await?;
    let after = match &sought.cursor {
        Some(cursor) => Some(read(&mut db, cursor).await?),
        None => None,
    };
    let used_after = at - session::idle(&app.config.session);
    let wanted = store::Wanted { text: sought.text.trim(), after, limit: i64::from(sought.rows) + 1, at, used_after };
    let mut people = store::page(&mut db, &wanted).await?;
    let full = people.len() > sought.rows as usize;
    people.truncate(sought.rows as usize);
    let next = people.last().filter(|_| full).map(|person| person.id.to_string());
    Ok(PeoplePage { people, next })
}

/// The person that a page ended with.
async fn read(db: &mut sqlx::PgConnection, cursor: &str) -> Result<PersonId> {
    let known = match cursor.parse::<PersonId>() {
        Ok(person) => store::name(db, person).await?.map(|_| person),
        Err(_) => None,
    };
    known.ok_or_else(|| Error::Invalid { key: "error-invalid-cursor", value: cursor.to_owned() })
}

/// The visitor's sessions that were live at an instant, newest first.
///
/// # Errors
/// What PostgreSQL says.
pub async fn own_sessions(app: &App, visitor: &Visitor, at: Instant) -> Result<Vec<SessionRow>> {
    let present = visitor.session().map(|session| &session.id_hash);
    let used_after = at - session::idle(&app.config.session);
    Ok(store::sessions_of(&mut *app.db.acquire().await?, visitor.person, present, at, used_after).await?)
}

/// Ends all sessions of a person. Returns how many there were.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the id.
pub async fn end_sessions(app: &App, visitor: &Visitor, person: PersonId) -> Result<usize> {
    store::name(&mut *app.db.acquire().await?, person).await?.ok_or(Error::NotFound)?;
    session::end_all_of(&app.db, person, &session::actor(visitor.person), app.clock.now()).await
}

/// Ends the visitor's sessions but the one that they ask with. Returns how many there were.
///
/// # Errors
/// [`Error::LoginRequired`] where they ask without one.
pub async fn end_other_sessions(app: &App, visitor: &Visitor) -> Result<usize> {
    let kept = visitor.session().ok_or(Error::LoginRequired)?;
    session::end_others_of(&app.db, visitor.person, kept, app.clock.now()).await
}
