//! From an authorization code to a person: the token request, every check of the id token, and the groups.
//!
//! The library checks issuer, audience, signature, expiry and nonce. Added here: the algorithms of our configuration
//! only, `azp`, `iat` and `nbf`, a subject that is fit to be stored, `token_type`, `at_hash`, and new keys on the way.

use super::{
    failure::{LoginFailure, tame},
    provider::{Known, Provider, Tokens, of_fetch},
};
use chrono::TimeDelta;
use model::Instant;
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClaimsVerificationError, IdToken, IdTokenClaims, Nonce,
    OAuth2TokenResponse, PkceCodeVerifier, RequestTokenError, SignatureVerificationError, TokenResponse,
    UserInfoClaims, UserInfoError, core,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

const SKEW: TimeDelta = TimeDelta::seconds(60);
const EXPIRY_LEEWAY: TimeDelta = TimeDelta::seconds(30);
const OLDEST: TimeDelta = TimeDelta::minutes(10);

/// Groups that are looked at, and the longest name of one.
const GROUPS: usize = 1000;
const GROUP_LENGTH: usize = 256;

/// Claims besides the standard ones, as they came.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Extra(BTreeMap<String, Value>);

impl AdditionalClaims for Extra {}

type Token =
    IdToken<Extra, core::CoreGenderClaim, core::CoreJweContentEncryptionAlgorithm, core::CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Extra, core::CoreGenderClaim>;

/// Who the provider says has logged in.
pub(super) struct Identity {
    /// With the issuer, who they are.
    pub subject: String,
    /// What to call them.
    pub name: String,
    /// Their e-mail address, for show.
    pub email: Option<String>,
    /// Their groups.
    pub groups: Vec<String>,
    /// The id token: the hint for the provider's log-out.
    pub id_token: String,
    /// The provider's id of its session.
    pub provider_sid: Option<String>,
}

/// Exchanges a code and checks all that comes back.
pub(super) async fn identify(
    provider: &Provider,
    known: &Arc<Known>,
    code: String,
    verifier: String,
    nonce: String,
    now: Instant,
) -> Result<Identity, LoginFailure> {
    let tokens = exchange(provider, known, code, verifier).await?;
    if *tokens.token_type() != core::CoreTokenType::Bearer {
        return Err(LoginFailure::Token("token_type"));
    }
    let token = tokens.id_token().ok_or(LoginFailure::Token("id_token_missing"))?;
    let claims = verified(provider, known, &tokens, token, &Nonce::new(nonce), now).await?;
    let about = About::of(claims.subject().as_str(), claims.additional_claims(), Standard::of_token(&claims));
    about.check_subject()?;
    about.into_identity(provider, known, &tokens, token, &claims).await
}

async fn exchange(provider: &Provider, known: &Known, code: String, verifier: String) -> Result<Tokens, LoginFailure> {
    let request = known
        .client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|_| LoginFailure::ProviderWrong("token_endpoint_missing"))?;
    request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&provider.fetch).await.map_err(|error| {
        match error {
            RequestTokenError::Request(cause) => {
                tracing::error!(%cause, "the token request failed");
                of_fetch(&cause)
            }
            RequestTokenError::ServerResponse(answer) => {
                let description = answer.error_description().map(|text| tame(text)).unwrap_or_default();
                tracing::warn!(error = tame(answer.error().as_ref()), description, "the provider refuses the code");
                LoginFailure::ProviderWrong("code_refused")
            }
            RequestTokenError::Parse(cause, _) => {
                // Only where, not what: the values around it are tokens.
                tracing::error!(at = tame(&cause.path().to_string()), "the token answer is not readable");
                LoginFailure::ProviderWrong("token_answer_unreadable")
            }
            RequestTokenError::Other(cause) => {
                tracing::error!(cause = tame(&cause), "the token answer is not one");
                LoginFailure::ProviderWrong("token_answer_unreadable")
            }
        }
    })
}

/// The claims, if everything holds; with new keys if the token names one that we do not know.
async fn verified(
    provider: &Provider,
    known: &Arc<Known>,
    tokens: &Tokens,
    token: &Token,
    nonce: &Nonce,
    now: Instant,
) -> Result<Claims, LoginFailure> {
    let first = verify(provider, known, tokens, token, nonce, now);
    if !matches!(first, Err(LoginFailure::Token("unknown_key"))) {
        return first;
    }
    match provider.refetched(known, now).await {
        Some(newer) => verify(provider, &newer, tokens, token, nonce, now),
        None => first,
    }
}

fn verify(
    provider: &Provider,
    known: &Known,
    tokens: &Tokens,
    token: &Token,
    nonce: &Nonce,
    now: Instant,
) -> Result<Claims, LoginFailure> {
    let verifier = known
        .client
        .id_token_verifier()
        .set_allowed_algs(provider.settings.algorithms.iter().cloned())
        .set_time_fn(move || now - EXPIRY_LEEWAY);
    let claims = token.claims(&verifier, nonce).map_err(|error| {
        tracing::warn!(cause = tame(&error.to_string()), "an id token is refused");
        LoginFailure::Token(class_of(&error))
    })?;
    check_party(claims, provider)?;
    check_issued(claims.issue_time(), now)?;
    check_not_before(claims, now)?;
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(|_| LoginFailure::Token("at_hash"))?;
        let algorithm = token.signing_alg().map_err(|_| LoginFailure::Token("at_hash"))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|_| LoginFailure::Token("at_hash"))?;
        if actual != *expected {
            return Err(LoginFailure::Token("at_hash"));
        }
    }
    Ok(claims.clone())
}

const fn class_of(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired_token",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::InvalidSubject(_) => "subject",
        ClaimsVerificationError::SignatureVerification(cause) => match cause {
            SignatureVerificationError::NoMatchingKey => "unknown_key",
            SignatureVerificationError::DisallowedAlg(_) | SignatureVerificationError::UnsupportedAlg(_) => "algorithm",
            SignatureVerificationError::NoSignature => "no_signature",
            _ => "signature",
        },
        _ => "id_token",
    }
}

/// OIDC Core 3.1.3.7, steps 4 and 5, which the library leaves out.
fn check_party(claims: &Claims, provider: &Provider) -> Result<(), LoginFailure> {
    match claims.authorized_party() {
        Some(party) if *party != provider.settings.client_id => Err(LoginFailure::Token("azp")),
        None if claims.audiences().len() > 1 => Err(LoginFailure::Token("azp")),
        _ => Ok(()),
    }
}

fn check_issued(issued: Instant, now: Instant) -> Result<(), LoginFailure> {
    if (now - OLDEST..=now + SKEW).contains(&issued) { Ok(()) } else { Err(LoginFailure::Token("issued_at")) }
}

fn check_not_before(claims: &Claims, now: Instant) -> Result<(), LoginFailure> {
    match claims.additional_claims().0.get("nbf") {
        None => Ok(()),
        Some(value) => match value.as_f64() {
            #[expect(clippy::cast_precision_loss, reason = "whole seconds of this era are exact in an f64")]
            Some(seconds) if seconds <= (now + SKEW).timestamp() as f64 => Ok(()),
            _ => Err(LoginFailure::Token("not_before")),
        },
    }
}

/// Names in standard claims.
#[derive(Default)]
struct Standard {
    name: Option<String>,
    username: Option<String>,
    email: Option<String>,
}

impl Standard {
    fn of_token(claims: &Claims) -> Self {
        Self {
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned()),
            username: claims.preferred_username().map(|name| name.as_str().to_owned()),
            email: claims.email().map(|email| email.as_str().to_owned()),
        }
    }

    fn of_userinfo(claims: &UserInfoClaims<Extra, core::CoreGenderClaim>) -> Self {
        Self {
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned()),
            username: claims.preferred_username().map(|name| name.as_str().to_owned()),
            email: claims.email().map(|email| email.as_str().to_owned()),
        }
    }
}

struct About<'a> {
    subject: &'a str,
    extra: &'a Extra,
    standard: Standard,
}

impl<'a> About<'a> {
    const fn of(subject: &'a str, extra: &'a Extra, standard: Standard) -> Self {
        Self { subject, extra, standard }
    }

    /// It becomes a key, and is written in the ledger.
    fn check_subject(&self) -> Result<(), LoginFailure> {
        let fits = (1..=255).contains(&self.subject.len()) && !self.subject.chars().any(char::is_control);
        if fits { Ok(()) } else { Err(LoginFailure::Token("subject")) }
    }

    async fn into_identity(
        self,
        provider: &Provider,
        known: &Known,
        tokens: &Tokens,
        token: &Token,
        claims: &Claims,
    ) -> Result<Identity, LoginFailure> {
        let claim = &provider.settings.groups_claim;
        let mut standard = self.standard;
        let groups = match self.extra.0.get(claim) {
            Some(value) => groups(value)?,
            // Some providers put what goes beyond the subject into userinfo only.
            None => match userinfo(provider, known, tokens, claims).await? {
                Some(info) => {
                    let more = Standard::of_userinfo(&info);
                    standard = Standard {
                        name: standard.name.or(more.name),
                        username: standard.username.or(more.username),
                        email: standard.email.or(more.email),
                    };
                    info.additional_claims().0.get(claim).map(groups).transpose()?.unwrap_or_default()
                }
                None => vec![],
            },
        };
        let email = standard.email.map(|email| shown(&email)).filter(|email| !email.is_empty());
        let name = [standard.name, standard.username, email.clone(), Some(self.subject.to_owned())]
            .into_iter()
            .flatten()
            .map(|name| shown(&name))
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        let provider_sid =
            self.extra.0.get("sid").and_then(Value::as_str).filter(|sid| sid.len() <= 255).map(str::to_owned);
        Ok(Identity {
            subject: self.subject.to_owned(),
            name,
            email,
            groups,
            id_token: token.to_string(),
            provider_sid,
        })
    }
}

async fn userinfo(
    provider: &Provider,
    known: &Known,
    tokens: &Tokens,
    claims: &Claims,
) -> Result<Option<UserInfoClaims<Extra, core::CoreGenderClaim>>, LoginFailure> {
    // An error here means that there is no such endpoint.
    let Ok(request) = known.client.user_info(tokens.access_token().clone(), Some(claims.subject().clone())) else {
        return Ok(None);
    };
    request.request_async(&provider.fetch).await.map(Some).map_err(|error| match error {
        UserInfoError::Request(cause) => {
            tracing::error!(%cause, "the provider's userinfo cannot be read");
            of_fetch(&cause)
        }
        UserInfoError::ClaimsVerification(cause) => {
            tracing::error!(
                cause = tame(&cause.to_string()),
                "the provider's userinfo is about somebody else, or not valid"
            );
            LoginFailure::Token("userinfo")
        }
        _ => {
            tracing::error!("the provider's userinfo is not readable");
            LoginFailure::ProviderWrong("userinfo_unreadable")
        }
    })
}

/// A list of names, or one name. A name is never split: a comma may be part of it.
fn groups(value: &Value) -> Result<Vec<String>, LoginFailure> {
    let names: Vec<&str> = match value {
        Value::Null => vec![],
        Value::String(name) => vec![name],
        Value::Array(names) => {
            names.iter().map(Value::as_str).collect::<Option<_>>().ok_or(LoginFailure::Token("groups"))?
        }
        _ => return Err(LoginFailure::Token("groups")),
    };
    Ok(names
        .into_iter()
        .filter(|name| !name.is_empty() && name.len() <= GROUP_LENGTH)
        .take(GROUPS)
        .map(str::to_owned)
        .collect())
}

/// Foreign text as a name: without control characters, and not longer than a line.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}
