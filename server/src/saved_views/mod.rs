//! Saved views: lists of findings that people gave a name, for themselves or for everybody.
//!
//! Reads and writes: saved views, and the ledger. A change is a new version and a removal is one too, so that what a view
//! was at an instant can be told. Never: keeps a query as it was sent; it is read as a list and written anew, so that a
//! view leads to a list of ours and nowhere else.

mod store;

use crate::{
    app::App,
    auth::Visitor,
    db::new_id,
    error::{Error, Result},
    ledger, settle,
};
use model::{
    Instant,
    ids::PersonId,
    role::Permission,
    views::{ListView, SavedView},
};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// Characters of a name at most.
const LONGEST_NAME: usize = 100;
/// Characters of a query at most; every filter with everything chosen is shorter.
const LONGEST_QUERY: usize = 4_000;
/// Views that a person may have.
const MOST: i64 = 100;

/// What a view says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Says {
    /// What it is called.
    pub name: String,
    /// The query of its list.
    pub query: String,
    /// Whether everybody sees it.
    pub shared: bool,
}

impl Says {
    /// What somebody asks a view to say.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name or a query that cannot be.
    pub fn read(name: &str, query: &str, shared: bool) -> Result<Self> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Error::Invalid { key: "error-view-name", value: name.chars().take(100).collect() });
        }
        let query = ListView::from_query(query)?.to_query();
        if query.len() > LONGEST_QUERY {
            return Err(Error::Invalid { key: "error-view-long", value: query.chars().take(100).collect() });
        }
        Ok(Self { name: name.to_owned(), query, shared })
    }
}

#[derive(Serialize)]
struct Saved<'a> {
    view: Uuid,
    person: PersonId,
    says: &'a Says,
}

#[derive(Serialize)]
struct Changed<'a> {
    view: Uuid,
    person: PersonId,
    before: &'a Says,
    says: &'a Says,
}

#[derive(Serialize)]
struct Removed<'a> {
    view: Uuid,
    person: PersonId,
    owner: PersonId,
    said: &'a Says,
}

/// A person's views at an instant, and those that others share, in the order of their names.
///
/// # Errors
/// What PostgreSQL says.
pub async fn list(db: &mut PgConnection, person: PersonId, at: Instant) -> Result<Vec<SavedView>> {
    Ok(store::list(db, person, at).await?)
}

/// A view at an instant, if it is the person's or shared.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: &mut PgConnection, person: PersonId, id: Uuid, at: Instant) -> Result<SavedView> {
    let view = store::find(db, id, at).await?.filter(|view| view.shared || view.owner == person);
    view.ok_or(Error::NotFound)
}

/// Saves a view of the visitor's.
///
/// # Errors
/// [`Error::Conflict`] where they have too many.
pub async fn save(app: &App, visitor: &Visitor, says: &Says) -> Result<Uuid> {
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, app.clock.now()).await?;
    store::lock(&mut tx, visitor.person).await?;
    if store::count(&mut tx, visitor.person, at).await? >= MOST {
        return Err(Error::Conflict { key: "error-view-many" });
    }
    let id = new_id(at);
    store::insert(&mut tx, id, visitor.person, at).await?;
    store::say(&mut tx, id, says, false, &visitor.name, at).await?;
    let entry = Saved { view: id, person: visitor.person, says };
    ledger::append(&mut tx, at, &visitor.name, "view.save", &entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a view of the visitor's say something else; `change` is given what it says.
///
/// # Errors
/// [`Error::NotFound`] for a view that they do not see, [`Error::Forbidden`] for one of somebody else.
pub async fn change(
    app: &App,
    visitor: &Visitor,
    id: Uuid,
    change: impl FnOnce(Says) -> Result<Says> + Send,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, app.clock.now()).await?;
    let view = seen(&mut tx, visitor, id, at).await?;
    if view.owner != visitor.person {
        return Err(Error::Forbidden(Permission::KeepViews));
    }
    let before = said(view);
    let says = change(before.clone())?;
    if says != before {
        store::say(&mut tx, id, &says, false, &visitor.name, at).await?;
        let entry = Changed { view: id, person: visitor.person, before: &before, says: &says };
        ledger::append(&mut tx, at, &visitor.name, "view.change", &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Removes a view of the visitor's; a shared one of anybody's, where they approve or administer.
///
/// # Errors
/// As [`change`].
pub async fn remove(app: &App, visitor: &Visitor, id: Uuid) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, app.clock.now()).await?;
    let view = seen(&mut tx, visitor, id, at).await?;
    let owner = view.owner;
    if owner != visitor.person && !visitor.may(Permission::Approve) && !visitor.may(Permission::Administer) {
        return Err(Error::Forbidden(Permission::KeepViews));
    }
    let said = said(view);
    store::say(&mut tx, id, &said, true, &visitor.name, at).await?;
    let entry = Removed { view: id, person: visitor.person, owner, said: &said };
    ledger::append(&mut tx, at, &visitor.name, "view.remove", &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A view that the visitor sees, with its owner's views locked.
async fn seen(db: &mut PgConnection, visitor: &Visitor, id: Uuid, at: Instant) -> Result<SavedView> {
    let view = find(db, visitor.person, id, at).await?;
    store::lock(db, view.owner).await?;
    // Read again: whoever held the lock may have changed it.
    find(db, visitor.person, id, at).await
}

fn said(view: SavedView) -> Says {
    Says { name: view.name, query: view.query, shared: view.shared }
}
