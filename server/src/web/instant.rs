//! The instant that a request asks about: `as_of` in its address.
//!
//! Read once, by the layer that authorises, for every page and every reading endpoint, so that no handler can forget it.
//! It is then taken out of the address, and handlers find it in their `Frame`, or as [`At`].

use super::route::Kind;
use crate::{
    app::App,
    catalogues,
    error::{Error, Result},
    history, retention,
};
use axum::{
    extract::{FromRequestParts, Request},
    response::{IntoResponse, Redirect, Response},
};
use frontend::{
    context::{AuditDate, Moment, Past},
    i18n::{Locale, NoInstant, read_exact},
};
use http::{Uri, header::REFERER, request::Parts};
use model::{
    Instant,
    errors::ErrorWord,
    query::{AS_OF, at_instant},
    role::Permission,
};
use std::convert::Infallible;
use url::form_urlencoded;

/// Where in time a request stands. In the extensions of every GET of a page or of the API, and of its answer.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The instant asked about.
    pub at: Instant,
    /// What a page knows besides.
    pub moment: Moment,
    /// The address as it was asked for, with its instant.
    pub address: String,
}

/// The instant that an answer of the API speaks of, as an argument of its handler.
#[derive(Clone, Copy, Debug)]
pub struct At(pub Instant);

impl FromRequestParts<App> for At {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Standing>().map_or_else(|| app.clock.now(), |standing| standing.at)))
    }
}

/// The instant that an answer of the API speaks of, and whether anything was known then, as an argument of its handler.
#[derive(Clone, Copy, Debug)]
pub struct Told(pub Instant, pub bool);

impl FromRequestParts<App> for Told {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Ok(At(at)) = At::from_request_parts(parts, app).await;
        Ok(Self(at, history::is_anything_known(&mut *app.db.acquire().await?, at).await?))
    }
}

/// The instant of the past that a request asks about, as an argument of its handler; none where it asks about now.
#[derive(Clone, Copy, Debug)]
pub struct PastAt(pub Option<Instant>);

impl FromRequestParts<App> for PastAt {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> std::result::Result<Self, Infallible> {
        let standing = parts.extensions.get::<Standing>();
        Ok(Self(standing.filter(|standing| standing.moment.past.is_some()).map(|standing| standing.at)))
    }
}

/// Reads the instant of a page or of an answer of the API. An answer in its stead leads to the exact address of an
/// instant that was written as a local day or time.
///
/// # Errors
/// [`Error::Instant`], [`Error::NotRetained`], and where the database is away.
pub(super) async fn enter(
    app: &App,
    kind: Kind,
    permission: Permission,
    locale: Locale,
    request: &mut Request,
) -> Result<Option<Response>> {
    let address = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str).to_owned();
    let now = app.clock.now();
    let Some(text) = asked(request.uri()) else {
        let standing = Standing { at: now, moment: moment(app, None, Some(catalogues::current())), address };
        request.extensions_mut().insert(standing);
        return Ok(None);
    };
    let at = match (read_exact(&text), kind) {
        (Some(at), _) => at,
        (None, Kind::Page) => {
            let asked = locale.read_instant(&text).map_err(|why| refused(why, &text))?.as_of(now);
            let exact = Locale::in_address(asked);
            let exact = at_instant(&address, (asked != now).then_some(exact.as_str()));
            return if asked > now { Err(ahead(&text)) } else { Ok(Some(Redirect::to(&exact).into_response())) };
        }
        (None, _) => {
            return Err(Error::Instant { word: ErrorWord::AsOfUnreadable, key: "error-as-of-offset", value: text });
        }
    };
    if at > now {
        return Err(ahead(&text));
    }
    let moment = if permission == Permission::Public {
        moment(app, Some(Past { now, known: true, other_catalogue: false }), None)
    } else if kind == Kind::Page {
        still_told(app, at).await?;
        then(app, at, now).await?
    } else {
        still_told(app, at).await?;
        moment(app, Some(Past { now, known: true, other_catalogue: false }), None)
    };
    request.extensions_mut().insert(Standing { at, moment, address });
    forget(request)?;
    Ok(None)
}

/// Refuses an instant of which findings are not retained. Asked before an answer is made, and again when it is: what was
/// dropped meanwhile would read as nothing.
///
/// # Errors
/// [`Error::NotRetained`], and where the database is away.
pub(super) async fn still_told(app: &App, at: Instant) -> Result<()> {
    retention::refuse_dropped(&mut *app.db.acquire().await?, at).await
}

/// What a page of the past says of its past.
async fn then(app: &App, at: Instant, now: Instant) -> Result<Moment> {
    let mut db = app.db.acquire().await?;
    let catalogue = catalogues::in_force(&mut db, at).await?.map(|catalogue| catalogue.digest);
    let other_catalogue = catalogue.is_some_and(|digest| digest != catalogues::current());
    let known = history::is_anything_known(&mut db, at).await?;
    Ok(moment(app, Some(Past { now, known, other_catalogue }), catalogue))
}

fn moment(app: &App, past: Option<Past>, catalogue: Option<uuid::Uuid>) -> Moment {
    let dates = app.config.audit_dates.iter();
    Moment {
        past,
        audit_dates: dates.map(|date| AuditDate { name: date.name.get_ref().clone(), at: date.instant }).collect(),
        catalogue: catalogue.map(|digest| digest.simple().to_string()),
    }
}

/// Refuses what would change the present and is sent from a page of the past, or names an instant itself. A browser tells
/// which page of ours a form was on.
pub(super) fn refuse_past(app: &App, kind: Kind, permission: Permission, request: &Request) -> Result<()> {
    let named = asked(request.uri()).is_some();
    let from_past = || {
        let page = request.headers().get(REFERER)?.to_str().ok()?.parse::<url::Url>().ok()?;
        let ours = page.origin() == app.config.public_url.origin();
        page.query_pairs().find(|(name, value)| ours && name == AS_OF && !value.is_empty()).map(drop)
    };
    let refused =
        if permission.changes_the_present() { named || from_past().is_some() } else { named && kind == Kind::Api };
    if refused { Err(Error::Past) } else { Ok(()) }
}

/// The instant that an address names, as it is written there. An empty field of a form names none.
fn asked(address: &Uri) -> Option<String> {
    form_urlencoded::parse(address.query()?.as_bytes())
        .find(|(name, value)| name == AS_OF && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// Takes the instant out of the address: the parameters of a handler are its own.
fn forget(request: &mut Request) -> Result<()> {
    let query = request.uri().query().unwrap_or_default();
    let rest = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != AS_OF);
    let rest = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
    let path = request.uri().path();
    let address = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(address.parse().map_err(|_| Error::NotFound)?);
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| Error::NotFound)?;
    Ok(())
}

/// That an instant lies in the future.
pub(super) fn ahead(text: &str) -> Error {
    Error::Instant { word: ErrorWord::AsOfAhead, key: "error-as-of-asked", value: text.to_owned() }
}

/// Why a text is no instant.
pub(super) fn refused(why: NoInstant, text: &str) -> Error {
    let word = match why {
        NoInstant::Unreadable => ErrorWord::AsOfUnreadable,
        NoInstant::Skipped => ErrorWord::AsOfSkipped,
    };
    Error::Instant { word, key: "error-as-of-asked", value: text.to_owned() }
}

/// Refuses a period that ends before it begins.
pub(super) fn in_order(from: Instant, to: Instant) -> Result<()> {
    if from <= to {
        return Ok(());
    }
    let value = format!("{} – {}", Locale::in_address(from), Locale::in_address(to));
    Err(Error::Instant { word: ErrorWord::PeriodReversed, key: "error-as-of-asked", value })
}
