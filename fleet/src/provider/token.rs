//! The token endpoint, and the id token with whatever a test wants wrong in it.

use super::{
    TokenFault,
    keys::{SigningKey, base64url, generate_key, random_text},
    state::{Grant, Shared, remember},
};
use anyhow::Context as _;
use axum::{
    Form, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use base64::Engine as _;
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{collections::HashMap, sync::Arc};

/// How long a code stays good.
const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long tokens stay good, in seconds; Dex's default.
pub(super) const TOKEN_SECONDS: i64 = 24 * 3600;

type Refusal = (StatusCode, &'static str, &'static str);

/// `POST {issuer}/token`.
pub(super) async fn exchange(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let answer = redeem(&shared, &headers, &form).and_then(|grant| {
        answer(&shared, &grant)
            .map_err(|_| (StatusCode::INTERNAL_SERVER_ERROR, "server_error", "the token could not be signed"))
    });
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match answer {
        Ok(answer) => (no_store, Json(answer)).into_response(),
        Err((status, error, why)) => {
            (status, no_store, Json(json!({ "error": error, "error_description": why }))).into_response()
        }
    }
}

fn redeem(shared: &Shared, headers: &HeaderMap, form: &HashMap<String, String>) -> Result<Grant, Refusal> {
    const INVALID: StatusCode = StatusCode::BAD_REQUEST;
    if !authenticated(shared, headers, form) {
        return Err((StatusCode::UNAUTHORIZED, "invalid_client", "client_id or client_secret is wrong"));
    }
    if form.get("grant_type").is_none_or(|kind| kind != "authorization_code") {
        return Err((INVALID, "unsupported_grant_type", "only authorization_code is offered"));
    }
    let now = shared.settings.now.get();
    let mut state = shared.state();
    let grant = form.get("code").and_then(|code| state.grants.get_mut(code)).ok_or((
        INVALID,
        "invalid_grant",
        "no such code",
    ))?;
    let first = !std::mem::replace(&mut grant.used, true);
    if !first || now - grant.at > CODE_LIFE {
        return Err((INVALID, "invalid_grant", "the code was used before or has expired"));
    }
    if form.get("redirect_uri").map(String::as_str) != Some(grant.request.redirect_uri.as_str()) {
        return Err((INVALID, "invalid_grant", "redirect_uri is not that of the authorization request"));
    }
    let verifier = form.get("code_verifier").map_or("", String::as_str);
    if base64url(&Sha256::digest(verifier)) != grant.request.code_challenge {
        return Err((INVALID, "invalid_grant", "code_verifier does not fit the code_challenge"));
    }
    Ok(grant.clone())
}

fn authenticated(shared: &Shared, headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let decoded = base64::engine::general_purpose::STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        let (id, secret) = text.split_once(':')?;
        // RFC 6749 2.3.1: both are form-encoded first.
        let decode = |part: &str| url::form_urlencoded::parse(part.as_bytes()).next().map(|(key, _)| key.into_owned());
        Some((decode(id)?, decode(secret)?))
    });
    let (id, secret) = match basic {
        Some(pair) => pair,
        None => {
            (form.get("client_id").cloned().unwrap_or_default(), form.get("client_secret").cloned().unwrap_or_default())
        }
    };
    id == shared.settings.client_id && secret == shared.settings.client_secret
}

fn answer(shared: &Shared, grant: &Grant) -> anyhow::Result<Value> {
    let now = shared.settings.now.get();
    let access_token = random_text(32);
    let (key, fault) = {
        let mut state = shared.state();
        let until = now + TimeDelta::seconds(TOKEN_SECONDS);
        remember(&mut state.access, access_token.clone(), (grant.person.clone(), until));
        (state.keys.first().cloned().context("there is always a key")?, state.token_fault)
    };
    let mut claims = claims(shared, grant, &access_token, now);
    if let Some(fault) = fault {
        spoil(&mut claims, fault, now);
    }
    let mut answer = json!({ "access_token": access_token, "token_type": "bearer", "expires_in": TOKEN_SECONDS - 1 });
    if fault != Some(TokenFault::Missing) {
        answer["id_token"] = signed(shared, &key, &claims, fault)?.into();
    }
    Ok(answer)
}

fn claims(shared: &Shared, grant: &Grant, access_token: &str, now: DateTime<Utc>) -> Value {
    let asked = |scope: &str| grant.request.scopes.iter().any(|asked| asked == scope);
    let person = &grant.person;
    let mut claims = json!({
        "iss": shared.issuer,
        "sub": person.subject(),
        "aud": shared.settings.client_id,
        "exp": now.timestamp() + TOKEN_SECONDS,
        "iat": now.timestamp(),
        "at_hash": base64url(&Sha256::digest(access_token)[..16]),
    });
    if let Some(nonce) = &grant.request.nonce {
        claims["nonce"] = nonce.as_str().into();
    }
    if asked("email") {
        claims["email"] = person.email.as_str().into();
        claims["email_verified"] = true.into();
    }
    if asked("profile") {
        claims["name"] = person.name.as_str().into();
        claims["preferred_username"] = person.id.as_str().into();
    }
    if asked("groups") {
        claims["groups"] = json!(person.groups);
    }
    claims
}

fn spoil(claims: &mut Value, fault: TokenFault, now: DateTime<Utc>) {
    let hour = |hours: i64| Value::from(now.timestamp() + hours * 3600);
    let (name, value) = match fault {
        TokenFault::WrongAudience => ("aud", "another-client".into()),
        TokenFault::ExtraAudience => ("aud", json!([claims["aud"], "another-client"])),
        TokenFault::AudienceArray => ("aud", json!([claims["aud"]])),
        TokenFault::WrongAuthorizedParty => ("azp", "another-client".into()),
        TokenFault::WrongIssuer => ("iss", "http://localhost:1/dex".into()),
        TokenFault::WrongNonce => ("nonce", "another-nonce".into()),
        TokenFault::NoNonce => ("nonce", Value::Null),
        TokenFault::Expired => ("exp", hour(-1)),
        TokenFault::NoExpiry => ("exp", Value::Null),
        TokenFault::IssuedInFuture => ("iat", hour(1)),
        TokenFault::NotYetValid => ("nbf", hour(1)),
        TokenFault::Ancient => ("iat", hour(-48)),
        TokenFault::WrongAccessTokenHash => ("at_hash", base64url(&[7; 16]).into()),
        TokenFault::NoAccessTokenHash => ("at_hash", Value::Null),
        TokenFault::EmptySubject => ("sub", "".into()),
        TokenFault::LongSubject => ("sub", "x".repeat(300).into()),
        TokenFault::NoGroups => ("groups", Value::Null),
        TokenFault::GroupsAsString => ("groups", claims["groups"][0].clone()),
        TokenFault::GroupsMixed => ("groups", json!([7, { "name": "bevis-admins" }, claims["groups"][0], null])),
        TokenFault::ManyGroups => {
            let many = (0..5000).map(|n| Value::from(format!("group-{n}")));
            ("groups", many.chain([claims["groups"][0].clone()]).collect())
        }
        TokenFault::Unsigned
        | TokenFault::SymmetricAlgorithm
        | TokenFault::UnknownKey
        | TokenFault::WrongSignature
        | TokenFault::Tampered
        | TokenFault::Missing
        | TokenFault::Garbage
        | TokenFault::OtherUserInfo => return,
    };
    if let Some(object) = claims.as_object_mut() {
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.into(), value);
        }
    }
}

/// The token, signed as the fault wants it.
fn signed(shared: &Shared, key: &SigningKey, claims: &Value, fault: Option<TokenFault>) -> anyhow::Result<String> {
    let payload = base64url(claims.to_string().as_bytes());
    let text = |header: Value| format!("{}.{payload}", base64url(header.to_string().as_bytes()));
    let rs256 = |id: &str| text(json!({ "alg": "RS256", "kid": id }));
    let sign = |key: &SigningKey, message: String| -> anyhow::Result<String> {
        let signature = base64url(&key.sign(message.as_bytes())?);
        Ok(format!("{message}.{signature}"))
    };
    match fault {
        Some(TokenFault::Garbage) => Ok("this is not a token".into()),
        Some(TokenFault::Unsigned) => Ok(format!("{}.", text(json!({ "alg": "none" })))),
        Some(TokenFault::SymmetricAlgorithm) => {
            let message = text(json!({ "alg": "HS256", "kid": key.id }));
            let signature = hmac_sha256(shared.settings.client_secret.as_bytes(), message.as_bytes());
            Ok(format!("{message}.{}", base64url(&signature)))
        }
        Some(TokenFault::UnknownKey | TokenFault::WrongSignature) => {
            let other = SigningKey::from_pem(&generate_key()?)?;
            let id = if fault == Some(TokenFault::UnknownKey) { &other.id } else { &key.id };
            sign(&other, rs256(id))
        }
        Some(TokenFault::Tampered) => {
            let whole = sign(key, rs256(&key.id))?;
            let mut changed = claims.clone();
            changed["groups"] = json!(["bevis-admins"]);
            Ok(whole.replace(&payload, &base64url(changed.to_string().as_bytes())))
        }
        _ => sign(key, rs256(&key.id)),
    }
}

/// RFC 2104, for the one fault that needs it.
fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0u8; 64];
    if key.len() > 64 {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let pad = |byte: u8| block.map(|b| b ^ byte);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}
