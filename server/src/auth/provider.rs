//! The identity provider: its discovery document and keys, fetched when first needed, and again when a key is unknown.
//!
//! The server starts with the provider away. Whoever waits while somebody fetches shares the outcome.

use super::{failure::LoginFailure, failure::tame, fetch::Fetch, fetch::FetchError, limit::PerAddress, token::Extra};
use crate::config::Config;
use anyhow::{Context, ensure};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::Instant;
use openidconnect::{
    AdditionalProviderMetadata, AuthType, ClientId, ClientSecret, DiscoveryError, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, JsonWebKeySet, ProviderMetadata,
    RedirectUrl, StandardErrorResponse, StandardTokenResponse, core,
};
use serde::{Deserialize, Serialize};
use std::{
    num::NonZeroU32,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::Mutex;
use url::Url;

/// After this, discovery and keys are read anew with the next log-in.
const FRESH_MINUTES: i64 = 60;

/// RSA keys below this are refused.
const RSA_BITS: usize = 2048;

/// What the provider is to us. One lives in `App`.
#[derive(Debug)]
pub struct Provider {
    pub(super) settings: Settings,
    pub(super) fetch: Fetch,
    known: RwLock<Option<Arc<Known>>>,
    /// Held while fetching; the failure of the last fetch, and when that ended.
    fetching: Mutex<Option<(tokio::time::Instant, LoginFailure)>>,
    /// Refetches that unknown keys may cause: 3, and one more every 3⅓ seconds.
    refetches: DefaultDirectRateLimiter,
    pub(super) starts: PerAddress,
    pub(super) callbacks: PerAddress,
}

/// The configuration, checked.
#[derive(Debug)]
pub(super) struct Settings {
    pub issuer: IssuerUrl,
    pub client_id: ClientId,
    pub client_secret: ClientSecret,
    pub redirect: RedirectUrl,
    pub after_logout: Url,
    pub scopes: Vec<String>,
    pub groups_claim: String,
    pub algorithms: Vec<core::CoreJwsSigningAlgorithm>,
}

/// What discovery told.
#[derive(Debug)]
pub(super) struct Known {
    pub client: Client,
    pub end_session: Option<Url>,
    /// RFC 9207: every callback names the issuer.
    pub names_issuer: bool,
    read_at: Instant,
}

pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Extra,
        EmptyExtraTokenFields,
        core::CoreGenderClaim,
        core::CoreJweContentEncryptionAlgorithm,
        core::CoreJwsSigningAlgorithm,
    >,
    core::CoreTokenType,
>;

pub(super) type Client = openidconnect::Client<
    Extra,
    core::CoreAuthDisplay,
    core::CoreGenderClaim,
    core::CoreJweContentEncryptionAlgorithm,
    core::CoreJsonWebKey,
    core::CoreAuthPrompt,
    StandardErrorResponse<core::CoreErrorResponseType>,
    Tokens,
    core::CoreTokenIntrospectionResponse,
    core::CoreRevocableToken,
    core::CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

type Metadata = ProviderMetadata<
    MoreMetadata,
    core::CoreAuthDisplay,
    core::CoreClientAuthMethod,
    core::CoreClaimName,
    core::CoreClaimType,
    core::CoreGrantType,
    core::CoreJweContentEncryptionAlgorithm,
    core::CoreJweKeyManagementAlgorithm,
    core::CoreJsonWebKey,
    core::CoreResponseMode,
    core::CoreResponseType,
    core::CoreSubjectIdentifierType,
>;

#[derive(Clone, Debug, Deserialize, Serialize)]
struct MoreMetadata {
    #[serde(default)]
    end_session_endpoint: Option<Url>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for MoreMetadata {}

impl Provider {
    /// Reads what the configuration says of the provider; asks the provider nothing yet.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let login = &config.login;
        let fetch = Fetch::new(login)?;
        let issuer = IssuerUrl::new(login.issuer.clone()).context("login.issuer is not a URL")?;
        ensure!(
            fetch.allows(issuer.url()),
            "login.issuer must be https; for a provider on this machine set login.allow_http_loopback = true"
        );
        let secret = login.client_secret.reveal().context("cannot read login.client_secret")?;
        let settings = Settings {
            issuer,
            client_id: ClientId::new(login.client_id.clone()),
            client_secret: ClientSecret::new(secret),
            redirect: RedirectUrl::from_url(config.public_url.join("/auth/callback")?),
            after_logout: config.public_url.join("/auth/logged-out")?,
            scopes: login.scopes.clone(),
            groups_claim: login.groups_claim.clone(),
            algorithms: login.algorithms.iter().map(|name| algorithm(name)).collect::<anyhow::Result<_>>()?,
        };
        ensure!(!settings.algorithms.is_empty(), "login.algorithms is empty, so that no id token could be accepted");
        let quota = Quota::with_period(Duration::from_millis(3334)).context("a period above 0")?;
        Ok(Self {
            settings,
            fetch,
            known: RwLock::default(),
            fetching: Mutex::default(),
            refetches: RateLimiter::direct(quota.allow_burst(NonZeroU32::new(3).context("3 is not 0")?)),
            starts: PerAddress::default(),
            callbacks: PerAddress::default(),
        })
    }

    /// What discovery told; fetched where it is missing or old. An old answer is better than none.
    pub(super) async fn known(&self, now: Instant) -> Result<Arc<Known>, LoginFailure> {
        let cached = self.cached();
        if let Some(known) = &cached
            && now - known.read_at < TimeDelta::minutes(FRESH_MINUTES)
        {
            return Ok(Arc::clone(known));
        }
        match (self.fetch_once(cached.as_ref(), now).await, cached) {
            (Ok(known), _) | (Err(_), Some(known)) => Ok(known),
            (Err(failure), None) => Err(failure),
        }
    }

    /// What discovery told last, without asking.
    pub(super) fn cached(&self) -> Option<Arc<Known>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Discovery and keys again, because a token names a key that `seen` does not have. `None` when that was tried
    /// too often of late.
    pub(super) async fn refetched(&self, seen: &Arc<Known>, now: Instant) -> Option<Arc<Known>> {
        self.fetch_limited(seen, now).await
    }

    async fn fetch_limited(&self, seen: &Arc<Known>, now: Instant) -> Option<Arc<Known>> {
        let mut last_failure = self.fetching.lock().await;
        if let Some(newer) = self.newer_than(Some(seen)) {
            return Some(newer);
        }
        if self.refetches.check().is_err() {
            tracing::warn!("an id token names an unknown key, and the keys were fetched too often of late");
            return None;
        }
        self.discover(now, &mut last_failure).await.ok()
    }

    async fn fetch_once(&self, seen: Option<&Arc<Known>>, now: Instant) -> Result<Arc<Known>, LoginFailure> {
        let asked = tokio::time::Instant::now();
        let mut last_failure = self.fetching.lock().await;
        if let Some(newer) = self.newer_than(seen) {
            return Ok(newer);
        }
        // It failed while we waited: one more try would fail too, and make the next in line wait as long again.
        if let Some((at, failure)) = &*last_failure
            && *at >= asked
        {
            return Err(failure.clone());
        }
        self.discover(now, &mut last_failure).await
    }

    fn newer_than(&self, seen: Option<&Arc<Known>>) -> Option<Arc<Known>> {
        self.cached().filter(|known| seen.is_none_or(|seen| !Arc::ptr_eq(seen, known)))
    }

    async fn discover(
        &self,
        now: Instant,
        last_failure: &mut Option<(tokio::time::Instant, LoginFailure)>,
    ) -> Result<Arc<Known>, LoginFailure> {
        let outcome = match Metadata::discover_async(self.settings.issuer.clone(), &self.fetch).await {
            Ok(metadata) => self.accept(metadata, now),
            Err(error) => Err(told(&error)),
        };
        match outcome {
            Ok(known) => {
                let known = Arc::new(known);
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
                *last_failure = None;
                Ok(known)
            }
            Err(failure) => {
                *last_failure = Some((tokio::time::Instant::now(), failure.clone()));
                Err(failure)
            }
        }
    }

    fn accept(&self, metadata: Metadata, now: Instant) -> Result<Known, LoginFailure> {
        let more = metadata.additional_metadata().clone();
        self.check_endpoints(&metadata)?;
        let by_post = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            !methods.contains(&core::CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&core::CoreClientAuthMethod::ClientSecretPost)
        });
        let keys = strong(metadata.jwks());
        let client = Client::from_provider_metadata(
            metadata.set_jwks(keys),
            self.settings.client_id.clone(),
            Some(self.settings.client_secret.clone()),
        )
        .set_redirect_uri(self.settings.redirect.clone())
        .set_auth_type(if by_post { AuthType::RequestBody } else { AuthType::BasicAuth });
        Ok(Known {
            client,
            end_session: more.end_session_endpoint.filter(|address| self.fetch.allows(address)),
            names_issuer: more.authorization_response_iss_parameter_supported,
            read_at: now,
        })
    }

    fn check_endpoints(&self, metadata: &Metadata) -> Result<(), LoginFailure> {
        let token = metadata.token_endpoint().ok_or_else(|| {
            tracing::error!("the provider's discovery document names no token_endpoint");
            LoginFailure::ProviderWrong("token_endpoint_missing")
        })?;
        let endpoints = [
            Some(metadata.authorization_endpoint().url()),
            Some(token.url()),
            metadata.userinfo_endpoint().map(openidconnect::UserInfoUrl::url),
        ];
        for endpoint in endpoints.into_iter().flatten() {
            if !self.fetch.allows(endpoint) {
                tracing::error!(scheme = endpoint.scheme(), "an endpoint of the provider is not https");
                return Err(LoginFailure::ProviderWrong("endpoint_scheme"));
            }
            if endpoint.origin() != self.settings.issuer.url().origin() {
                tracing::warn!(
                    endpoint = endpoint.origin().ascii_serialization(),
                    "an endpoint of the provider has another origin than its issuer"
                );
            }
        }
        Ok(())
    }
}

/// The keys that may verify. Weak ones are left out as if the provider did not have them.
fn strong(keys: &core::CoreJsonWebKeySet) -> core::CoreJsonWebKeySet {
    let strong: Vec<_> =
        keys.keys().iter().filter(|key| rsa_bits(key).is_none_or(|bits| bits >= RSA_BITS)).cloned().collect();
    let weak = keys.keys().len() - strong.len();
    if weak > 0 {
        tracing::error!(weak, "RSA keys of the provider have fewer than {RSA_BITS} bits and are not used");
    }
    JsonWebKeySet::new(strong)
}

/// The length of an RSA key's modulus; the library tells it only in the key's JSON.
fn rsa_bits(key: &core::CoreJsonWebKey) -> Option<usize> {
    let json = serde_json::to_value(key).ok()?;
    let modulus = BASE64_URL_SAFE_NO_PAD.decode(json.get("n")?.as_str()?).ok()?;
    let leading = modulus.iter().position(|byte| *byte != 0).unwrap_or(modulus.len());
    let first = modulus.get(leading).map_or(8, |byte| byte.leading_zeros() as usize);
    Some(((modulus.len() - leading) * 8).saturating_sub(first))
}

fn algorithm(name: &str) -> anyhow::Result<core::CoreJwsSigningAlgorithm> {
    let allowed = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];
    ensure!(allowed.contains(&name), "login.algorithms: \"{name}\" is not one of {}", allowed.join(", "));
    Ok(serde_json::from_value(name.into())?)
}

/// Says aloud what is wrong with the provider, and what class of failure that is.
fn told(error: &DiscoveryError<FetchError>) -> LoginFailure {
    match error {
        DiscoveryError::Request(cause) => {
            tracing::error!(%cause, "the identity provider's discovery document or keys cannot be read");
            of_fetch(cause)
        }
        DiscoveryError::Response(status, _, _) if status.is_server_error() => {
            tracing::error!(%status, "the identity provider fails");
            LoginFailure::ProviderAway("provider_failing")
        }
        DiscoveryError::Response(status, _, cause) => {
            tracing::error!(%status, cause = tame(cause), "the identity provider has no discovery document or keys where login.issuer says");
            LoginFailure::ProviderWrong("discovery_missing")
        }
        DiscoveryError::Validation(cause) => {
            tracing::error!(
                cause = tame(cause),
                "login.issuer must be equal to the provider's issuer, to the character and the final slash"
            );
            LoginFailure::ProviderWrong("issuer_differs")
        }
        other => {
            tracing::error!(
                cause = tame(&other.to_string()),
                "the identity provider's discovery document or keys are not readable"
            );
            LoginFailure::ProviderWrong("discovery_unreadable")
        }
    }
}

/// What a call that gave no answer means for the log-in.
pub(super) fn of_fetch(error: &FetchError) -> LoginFailure {
    match error {
        FetchError::Slow(_) | FetchError::Unreachable(..) => LoginFailure::ProviderAway(error.class()),
        FetchError::Scheme(_) | FetchError::Large(_) => LoginFailure::ProviderWrong(error.class()),
    }
}
