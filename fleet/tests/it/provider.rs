//! The code flow as a browser and a client make it, and what the provider refuses.

use crate::client;
use base64::Engine as _;
use fleet::{
    now::Now,
    provider::{Endpoint, Provider, Settings, TokenFault},
    trouble::Trouble,
};
use openidconnect::{
    ClientId, ClientSecret, IssuerUrl, Nonce,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet},
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use url::Url;

const CALLBACK: &str = "http://127.0.0.1:9/callback";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0123";

async fn provider() -> Provider {
    Provider::start(Settings::for_tests(Now::system()).expect("settings")).await.expect("a provider")
}

fn challenge() -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

fn authorization(provider: &Provider, change: &[(&str, &str)]) -> Url {
    let challenge = challenge();
    let mut parameters = HashMap::from([
        ("response_type", "code"),
        ("client_id", "bevis"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid email profile groups"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    parameters.extend(change.iter().copied());
    Url::parse_with_params(&format!("{}/auth", provider.issuer()), parameters).expect("a url")
}

/// Presses a person's button; gives the parameters that come back.
async fn press(provider: &Provider, person: &str) -> HashMap<String, String> {
    let page = client().get(authorization(provider, &[])).send().await.expect("a page").text().await.expect("text");
    let request =
        page.split("name=\"request\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    let form = [("request", request), ("person", person)];
    let answer =
        client().post(format!("{}/auth/login", provider.issuer())).form(&form).send().await.expect("an answer");
    assert_eq!(answer.status(), 303);
    returned(&answer)
}

fn returned(answer: &reqwest::Response) -> HashMap<String, String> {
    let to = Url::parse(answer.headers()["location"].to_str().expect("text")).expect("a url");
    assert!(to.as_str().starts_with(CALLBACK));
    to.query_pairs().into_owned().collect()
}

async fn redeem(provider: &Provider, code: &str, verifier: &str, secret: &str) -> (u16, Value) {
    let form =
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", verifier)];
    let request = client().post(format!("{}/token", provider.issuer())).basic_auth("bevis", Some(secret)).form(&form);
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("json"))
}

/// The claims of the id token, verified by a real client library, or why they are refused.
async fn log_in(provider: &Provider) -> Result<Value, String> {
    let code = press(provider, "jonas").await["code"].clone();
    let (status, tokens) = redeem(provider, &code, VERIFIER, provider.client_secret()).await;
    assert_eq!(status, 200, "{tokens}");
    let text = tokens["id_token"].as_str().ok_or("no id_token")?.to_owned();
    let keys: CoreJsonWebKeySet =
        client().get(format!("{}/keys", provider.issuer())).send().await.expect("keys").json().await.expect("json");
    let issuer = IssuerUrl::new(provider.issuer().into()).expect("an issuer");
    let secret = ClientSecret::new(provider.client_secret().into());
    let verifier = CoreIdTokenVerifier::new_confidential_client(ClientId::new("bevis".into()), secret, issuer, keys);
    let token: CoreIdToken = text.parse().map_err(|e: serde_json::Error| e.to_string())?;
    token.claims(&verifier, &Nonce::new("the-nonce".into())).map_err(|e| e.to_string())?;
    let payload = text.split('.').nth(1).expect("three parts");
    let decoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).expect("base64");
    Ok(serde_json::from_slice(&decoded).expect("json"))
}

#[tokio::test]
async fn somebody_logs_in_and_the_token_verifies() {
    let provider = provider().await;
    assert!(provider.issuer().ends_with("/dex"));
    let discovery = format!("{}/.well-known/openid-configuration", provider.issuer());
    let document: Value = client().get(discovery).send().await.expect("a document").json().await.expect("json");
    assert_eq!(document["issuer"], provider.issuer());
    let claims = log_in(&provider).await.expect("a good token");
    assert_eq!(claims["groups"], serde_json::json!(["bevis-engineers"]));
    assert_eq!(claims["name"], "Jonas Friis");
    let again = log_in(&provider).await.expect("a good token");
    assert_eq!(claims["sub"], again["sub"], "the subject is stable");
}

#[tokio::test]
async fn the_page_has_a_strict_policy_and_no_script() {
    let provider = provider().await;
    let answer = client().get(authorization(&provider, &[])).send().await.expect("a page");
    let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = answer.text().await.expect("text");
    assert!(!page.contains("<script") && !page.contains("style=") && page.contains("Birgit Nørgaard"));
}

#[tokio::test]
async fn a_code_is_good_once_for_its_client_and_verifier() {
    let provider = provider().await;
    let code = press(&provider, "mette").await["code"].clone();
    assert_eq!(redeem(&provider, &code, VERIFIER, "a wrong secret").await.0, 401);
    assert_eq!(redeem(&provider, &code, VERIFIER, provider.client_secret()).await.0, 200);
    let (status, error) = redeem(&provider, &code, VERIFIER, provider.client_secret()).await;
    assert_eq!((status, error["error"].as_str()), (400, Some("invalid_grant")));
    let code = press(&provider, "mette").await["code"].clone();
    let (status, error) =
        redeem(&provider, &code, "another-verifier-of-at-least-forty-three-characters", provider.client_secret()).await;
    assert_eq!((status, error["error"].as_str()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn what_is_not_allowed_is_refused() {
    let provider = provider().await;
    let get = |change: &'static [(&str, &str)]| client().get(authorization(&provider, change)).send();
    assert_eq!(get(&[("client_id", "other")]).await.expect("an answer").status(), 400);
    assert_eq!(get(&[("redirect_uri", "https://evil.example/")]).await.expect("an answer").status(), 400);
    let error = |answer: &reqwest::Response| returned(answer).remove("error").unwrap_or_default();
    assert_eq!(error(&get(&[("code_challenge_method", "plain")]).await.expect("an answer")), "invalid_request");
    assert_eq!(error(&get(&[("scope", "openid roles")]).await.expect("an answer")), "invalid_scope");
    assert_eq!(error(&get(&[("response_type", "token")]).await.expect("an answer")), "unsupported_response_type");
}

#[tokio::test]
async fn every_fault_of_the_token_that_a_library_can_see_is_seen() {
    let provider = provider().await;
    let visible = [
        TokenFault::WrongAudience,
        TokenFault::ExtraAudience,
        TokenFault::WrongIssuer,
        TokenFault::WrongNonce,
        TokenFault::NoNonce,
        TokenFault::Expired,
        TokenFault::NoExpiry,
        TokenFault::Unsigned,
        TokenFault::SymmetricAlgorithm,
        TokenFault::UnknownKey,
        TokenFault::WrongSignature,
        TokenFault::Tampered,
        TokenFault::Missing,
        TokenFault::Garbage,
    ];
    for fault in visible {
        provider.set_token_fault(Some(fault));
        assert!(log_in(&provider).await.is_err(), "{fault:?} went unseen");
    }
    provider.set_token_fault(Some(TokenFault::AudienceArray));
    assert!(log_in(&provider).await.is_ok());
    provider.set_token_fault(None);
    assert!(log_in(&provider).await.is_ok());
}

#[tokio::test]
async fn keys_rotate_and_endpoints_have_trouble() {
    let provider = provider().await;
    let keys = || async {
        let set: Value =
            client().get(format!("{}/keys", provider.issuer())).send().await.expect("keys").json().await.expect("json");
        set["keys"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(keys().await, 1);
    provider.rotate_key().expect("a key");
    assert_eq!(keys().await, 2);
    assert!(log_in(&provider).await.is_ok());
    provider.replace_keys().expect("a key");
    assert_eq!(keys().await, 1);
    assert_eq!(provider.asked(Endpoint::Keys), 4);
    provider.set_trouble(Endpoint::Keys, Some(Trouble::Status(503)));
    assert_eq!(client().get(format!("{}/keys", provider.issuer())).send().await.expect("an answer").status(), 503);
    provider.set_away(true);
    assert!(client().get(format!("{}/keys", provider.issuer())).send().await.is_err());
    provider.set_away(false);
    provider.set_trouble(Endpoint::Keys, None);
    assert_eq!(keys().await, 1);
}

#[tokio::test]
async fn userinfo_and_log_out() {
    let provider = provider().await;
    let code = press(&provider, "signe").await["code"].clone();
    let (_, tokens) = redeem(&provider, &code, VERIFIER, provider.client_secret()).await;
    let ask = |token: &str| client().get(format!("{}/userinfo", provider.issuer())).bearer_auth(token).send();
    let info: Value =
        ask(tokens["access_token"].as_str().expect("a token")).await.expect("an answer").json().await.expect("json");
    assert_eq!(info["name"], "Signe Holm");
    assert_eq!(ask("another").await.expect("an answer").status(), 401);
    let leave = |to: &str| {
        let hint = tokens["id_token"].as_str().expect("a token");
        let parameters = [("id_token_hint", hint), ("post_logout_redirect_uri", to), ("state", "s")];
        client()
            .get(Url::parse_with_params(&format!("{}/logout", provider.issuer()), parameters).expect("a url"))
            .send()
    };
    let back = leave("http://localhost:8080/").await.expect("an answer");
    assert_eq!(
        (back.status().as_u16(), back.headers()["location"].to_str().expect("text")),
        (303, "http://localhost:8080/?state=s")
    );
    assert_eq!(leave("https://evil.example/").await.expect("an answer").status(), 400);
}
