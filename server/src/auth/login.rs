//! Logging in: to the provider, and back with a code.
//!
//! What belongs to a log-in on its way (nonce, PKCE verifier, the page asked for) is kept on the server under the hash
//! of the state, and the browser that began it holds the state in a cookie. It may come back once, within ten minutes.

use super::{
    cookie,
    failure::{LoginFailure, tame},
    provider::{Known, Provider},
    return_to, roles,
    secret::Random,
    session::{self, actor},
    store,
    token::{self, Identity},
};
use crate::{
    app::App,
    error::{Error, Result},
    ledger, settle,
    web::Peer,
};
use axum::{
    extract::{RawQuery, State},
    response::{AppendHeaders, IntoResponse, Response},
};
use chrono::TimeDelta;
use http::{
    HeaderMap, StatusCode,
    header::{LOCATION, SET_COOKIE},
};
use model::{Instant, disposition::Assignee, ids::PersonId, role::Role};
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope, core::CoreAuthenticationFlow};
use serde::Serialize;
use std::{collections::BTreeSet, sync::Arc};
use url::Url;

/// GET `/auth/login`: sends the browser to the provider.
pub async fn start(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    app.provider.starts.take(peer.0)?;
    let asked = parameters(query.as_deref(), ["return_to"]).map_or_else(|_| None, |[asked]| asked);
    let return_to = return_to::checked(asked.as_deref().unwrap_or("/"), &app.config.public_url);
    let now = app.clock.now();
    let known = app.provider.known(now).await.map_err(failed)?;
    let (state, nonce, verifier) = (Random::new(), Random::new(), Random::new());
    let login = store::PendingLogin {
        nonce: nonce.reveal().to_owned(),
        pkce_verifier: verifier.reveal().to_owned(),
        return_to,
        created_at: now,
    };
    store::insert_login(&mut *app.db.acquire().await?, &state.hash(), &login).await?;
    let address = authorization(&app.provider, &known, &state, login);
    let mut begun = cookie::logins(&app.config, &headers);
    begun.insert(0, state);
    let headers =
        AppendHeaders([(LOCATION, address.to_string()), (SET_COOKIE, text(&cookie::set_logins(&app.config, &begun)))]);
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

fn authorization(provider: &Provider, known: &Known, state: &Random, login: store::PendingLogin) -> Url {
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(login.pkce_verifier));
    let (state, nonce) = (CsrfToken::new(state.reveal().to_owned()), Nonce::new(login.nonce));
    let (address, _, _) = known
        .client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
        .add_scopes(provider.settings.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(challenge)
        .url();
    address
}

/// GET `/auth/callback`: the provider sends the browser back.
pub async fn callback(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    app.provider.callbacks.take(peer.0)?;
    let now = app.clock.now();
    let answer = Answer::read(query.as_deref()).map_err(failed)?;
    let (state, others) = ours(&app, &headers, &answer).map_err(failed)?;
    let pending = store::take_login(&mut *app.db.acquire().await?, &state.hash()).await?;
    let Some(pending) = pending else { return Err(failed(LoginFailure::Unknown)) };
    // From here on it is a log-in that somebody began here, so that its failure is worth a ledger entry.
    let return_to = pending.return_to.clone();
    let identity = match identity(&app, &answer, pending, now).await {
        Ok(identity) => identity,
        Err(failure) => return Err(record_failure(&app, &peer, None, failure, now).await),
    };
    let roles = roles::of(&identity.groups, &app.config.login.roles);
    if roles.is_empty() {
        let seen = identity.groups.iter().map(|group| tame(group)).collect();
        return Err(record_failure(&app, &peer, Some(&identity.subject), LoginFailure::NoRole(seen), now).await);
    }
    let id = record_login(&app, &peer, &headers, &identity, &roles, now).await?;
    metrics::counter!("bevis_logins_total", "outcome" => "ok").increment(1);
    let headers = AppendHeaders([
        (LOCATION, return_to),
        (SET_COOKIE, text(&cookie::set_session(&app.config, &id))),
        (SET_COOKIE, text(&cookie::set_logins(&app.config, &others))),
    ]);
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// The state that the answer and this browser's cookie agree on, and the cookie's other states.
fn ours(app: &App, headers: &HeaderMap, answer: &Answer) -> std::result::Result<(Random, Vec<Random>), LoginFailure> {
    let state = Random::read(&answer.state).ok_or(LoginFailure::Unknown)?;
    // Compared as hashes, so that timing tells nothing of the value.
    let (mine, others): (Vec<_>, Vec<_>) =
        cookie::logins(&app.config, headers).into_iter().partition(|begun| begun.hash() == state.hash());
    if mine.is_empty() { Err(LoginFailure::Unknown) } else { Ok((state, others)) }
}

async fn identity(
    app: &App,
    answer: &Answer,
    pending: store::PendingLogin,
    now: Instant,
) -> std::result::Result<Identity, LoginFailure> {
    if now - pending.created_at > TimeDelta::seconds(cookie::LOGIN_SECONDS) {
        return Err(LoginFailure::Expired);
    }
    let known: Arc<Known> = app.provider.known(now).await?;
    answer.check_issuer(&app.provider, &known)?;
    if let Some(error) = &answer.error {
        tracing::warn!(
            error = tame(error),
            description = tame(answer.description.as_deref().unwrap_or("")),
            "the provider refuses the log-in"
        );
        return Err(LoginFailure::Refused(tame(error).chars().take(60).collect()));
    }
    let code = answer.code.clone().ok_or(LoginFailure::Malformed("code_missing"))?;
    token::identify(&app.provider, &known, code, pending.pkce_verifier, pending.nonce, now).await
}

/// The callback's parameters.
struct Answer {
    state: String,
    code: Option<String>,
    error: Option<String>,
    description: Option<String>,
    issuer: Option<String>,
}

impl Answer {
    fn read(query: Option<&str>) -> std::result::Result<Self, LoginFailure> {
        let [state, code, error, description, issuer] =
            parameters(query, ["state", "code", "error", "error_description", "iss"])?;
        Ok(Self { state: state.ok_or(LoginFailure::Malformed("state_missing"))?, code, error, description, issuer })
    }

    /// RFC 9207: exactly ours when it is there, and there when the provider says that it always is.
    fn check_issuer(&self, provider: &Provider, known: &Known) -> std::result::Result<(), LoginFailure> {
        match &self.issuer {
            Some(issuer) if issuer != provider.settings.issuer.as_str() => Err(LoginFailure::Malformed("iss_differs")),
            None if known.names_issuer => Err(LoginFailure::Malformed("iss_missing")),
            _ => Ok(()),
        }
    }
}

/// The values of the names asked for, each of which may stand once. Other names are passed over.
fn parameters<const N: usize>(
    query: Option<&str>,
    names: [&str; N],
) -> std::result::Result<[Option<String>; N], LoginFailure> {
    const LONGEST: usize = 8 * 1024;
    let query = query.unwrap_or_default();
    if query.len() > LONGEST {
        return Err(LoginFailure::Malformed("query_too_long"));
    }
    let mut values = [const { None }; N];
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if let Some((_, place)) = names.iter().zip(&mut values).find(|(wanted, _)| **wanted == name)
            && place.replace(value.into_owned()).is_some()
        {
            return Err(LoginFailure::Malformed("parameter_repeated"));
        }
    }
    Ok(values)
}

#[derive(Serialize)]
struct LoginEntry<'a> {
    issuer: &'a str,
    subject: &'a str,
    name: &'a str,
    roles: &'a [Role],
    session: &'a str,
    address: String,
}

/// Person, new session, end of the browser's old one, and the ledger: all or nothing.
async fn record_login(
    app: &App,
    peer: &Peer,
    headers: &HeaderMap,
    identity: &Identity,
    roles: &[Role],
    now: Instant,
) -> Result<Random> {
    let issuer = app.provider.settings.issuer.as_str();
    let mut transaction = app.db.begin().await?;
    settle::join(&mut transaction, now).await?;
    let person = store::Person {
        issuer,
        subject: &identity.subject,
        name: &identity.name,
        email: identity.email.as_deref(),
        teams: &teams(&identity.groups),
    };
    let person: PersonId = store::log_in_person(&mut transaction, &person, now).await?;
    let mut ended = vec![];
    if let Some(old) = cookie::session(&app.config, headers) {
        ended.extend(session::end(&mut transaction, &old.hash(), session::End::Rotated, now).await?);
    }
    let offers_logout = app.provider.cached().is_some_and(|known| known.end_session.is_some());
    let new = session::New {
        person,
        roles,
        id_token: offers_logout.then_some(identity.id_token.as_str()),
        provider_sid: identity.provider_sid.as_deref(),
    };
    let begun = session::begin(&mut transaction, &app.config.session, &new, now).await?;
    ended.extend(begun.crowded_out);
    let session = begun.session.name();
    let entry = LoginEntry {
        issuer,
        subject: &identity.subject,
        name: &identity.name,
        roles,
        session: &session,
        address: peer.0.to_string(),
    };
    session::note(&mut transaction, &ended, "log-in", now).await?;
    note_roles(&mut transaction, person, begun.other_roles, now).await?;
    ledger::append(&mut transaction, now, &actor(person), "login", &entry).await?;
    transaction.commit().await?;
    tracing::info!(%person, ?roles, session, "logged in");
    Ok(begun.id)
}

/// Writes to the ledger that a log-in saw other roles than the one before.
async fn note_roles(
    db: &mut sqlx::PgConnection,
    person: PersonId,
    other: Option<session::OtherRoles>,
    now: Instant,
) -> std::result::Result<(), sqlx::Error> {
    let Some(other) = other else { return Ok(()) };
    ledger::append(db, now, &actor(person), "roles.change", &other).await.map(drop)
}

/// Groups that a person is known to be in at most; some providers tell thousands.
const MOST_TEAMS: usize = 200;

/// The groups that work can be given to, by name: those whose names can be shown.
fn teams(groups: &[String]) -> Vec<String> {
    let named = |group: &&String| Assignee::Team((*group).clone()).to_string().parse::<Assignee>().is_ok();
    let teams: BTreeSet<&String> = groups.iter().filter(named).collect();
    teams.into_iter().take(MOST_TEAMS).cloned().collect()
}

#[derive(Serialize)]
struct FailureEntry<'a> {
    class: &'a str,
    issuer: &'a str,
    subject: Option<&'a str>,
    groups: Option<Vec<String>>,
    address: String,
}

/// Writes a failed log-in to the ledger, and turns it into the answer.
async fn record_failure(app: &App, peer: &Peer, subject: Option<&str>, failure: LoginFailure, now: Instant) -> Error {
    let entry = FailureEntry {
        class: failure.class(),
        issuer: app.provider.settings.issuer.as_str(),
        subject,
        groups: failure.groups_seen(),
        address: peer.0.to_string(),
    };
    let recorded = async {
        let mut transaction = app.db.begin().await?;
        settle::join(&mut transaction, now).await?;
        let lost = match (&failure, subject) {
            (LoginFailure::NoRole(_), Some(subject)) => {
                store::known_person(&mut transaction, entry.issuer, subject).await?
            }
            _ => None,
        };
        let other = match lost {
            // Whoever had a role and has none any more has tokens that open nothing from now on.
            Some(person) => session::see_roles(&mut transaction, person, &[], now).await?.map(|other| (person, other)),
            None => None,
        };
        if let Some((person, other)) = other {
            note_roles(&mut transaction, person, Some(other), now).await?;
        }
        ledger::append(&mut transaction, now, "nobody", "login.fail", &entry).await?;
        transaction.commit().await?;
        Ok::<_, Error>(())
    };
    if let Err(error) = recorded.await {
        return error;
    }
    failed(failure)
}

fn failed(failure: LoginFailure) -> Error {
    tracing::warn!(class = failure.class(), "log-in failed");
    metrics::counter!("bevis_logins_total", "outcome" => failure.class().to_owned()).increment(1);
    Error::LoginFailed(failure)
}

fn text(value: &http::HeaderValue) -> String {
    value.to_str().unwrap_or_default().to_owned()
}
