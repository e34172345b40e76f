//! Every check of the id token and the answer around it, a case each: accepted or refused, and by which class.

use crate::{
    harness::{
        CLIENT_SECRET,
        keys::{self, Signing},
        morning, people,
        provider::{Faults, Provider, put, remove, shift},
    },
    login::{Story, class},
};
use chrono::TimeDelta;
use http::StatusCode;
use serde_json::json;
use sqlx::PgPool;

type Set = fn(&mut Faults);

/// Each begins from a provider whose token is good. `""` is accepted.
const CASES: &[(&str, &str, Set)] = &[
    ("good", "", |_| {}),
    ("aud_array", "", |f| f.claims = put("aud", json!(["bevis"]))),
    ("aud_other", "audience", |f| f.claims = put("aud", "other")),
    ("aud_untrusted", "audience", |f| f.claims = put("aud", json!(["bevis", "other"]))),
    ("aud_missing", "audience", |f| f.claims = remove("aud")),
    ("azp_ours", "", |f| f.claims = put("azp", "bevis")),
    ("azp_wrong", "azp", |f| f.claims = put("azp", "other")),
    ("azp_missing_many_aud", "azp", |f| f.claims = put("aud", json!(["bevis", "bevis"]))),
    ("iss_wrong", "issuer", |f| f.claims = put("iss", "https://evil.example")),
    ("iss_missing", "token_answer_unreadable", |f| f.claims = remove("iss")),
    ("nonce_wrong", "nonce", |f| f.claims = put("nonce", "x")),
    ("nonce_missing", "nonce", |f| f.claims = remove("nonce")),
    ("exp_long_past", "expired_token", |f| f.claims = shift("exp", morning(), TimeDelta::seconds(-31))),
    ("exp_just", "", |f| f.claims = shift("exp", morning(), TimeDelta::seconds(-20))),
    ("exp_missing", "token_answer_unreadable", |f| f.claims = remove("exp")),
    ("iat_future", "issued_at", |f| f.claims = shift("iat", morning(), TimeDelta::seconds(61))),
    ("iat_skewed", "", |f| f.claims = shift("iat", morning(), TimeDelta::seconds(59))),
    ("iat_old", "issued_at", |f| f.claims = shift("iat", morning(), TimeDelta::seconds(-601))),
    ("iat_missing", "token_answer_unreadable", |f| f.claims = remove("iat")),
    ("nbf_future", "not_before", |f| f.claims = shift("nbf", morning(), TimeDelta::seconds(61))),
    ("nbf_skewed", "", |f| f.claims = shift("nbf", morning(), TimeDelta::seconds(59))),
    ("nbf_odd", "not_before", |f| f.claims = put("nbf", "soon")),
    ("sub_empty", "subject", |f| f.claims = put("sub", "")),
    ("sub_long", "subject", |f| f.claims = put("sub", "x".repeat(256))),
    ("sub_control", "subject", |f| f.claims = put("sub", "a\nb")),
    ("sub_longest", "", |f| f.claims = put("sub", "x".repeat(255))),
    ("sub_missing", "token_answer_unreadable", |f| f.claims = remove("sub")),
    ("alg_none", "no_signature", |f| {
        f.header = put("alg", "none");
        f.signing = Signing::Nothing;
    }),
    ("alg_hs256", "algorithm", |f| {
        f.header = put("alg", "HS256");
        f.signing = Signing::Secret(CLIENT_SECRET.into());
    }),
    ("disc_alg_hs256", "algorithm", |f| {
        f.discovery = put("id_token_signing_alg_values_supported", json!(["HS256"]));
        f.header = put("alg", "HS256");
        f.claims = put("groups", json!(["root"]));
        f.signing = Signing::Secret(CLIENT_SECRET.into());
    }),
    ("alg_rs512_not_ours", "algorithm", |f| f.header = put("alg", "RS512")),
    ("alg_unknown", "token_answer_unreadable", |f| f.header = put("alg", "XX256")),
    ("bad_sig", "signature", |f| f.signing = Signing::Forged),
    ("other_key_same_kid", "signature", |f| f.signing = Signing::Rsa(&keys::OTHER)),
    ("kid_unknown", "unknown_key", |f| f.header = put("kid", "two")),
    ("kid_ambiguous", "signature", |f| {
        f.published = vec![keys::jwk(&keys::GOOD, "one"), keys::jwk(&keys::OTHER, "one")];
    }),
    ("kid_absent_one_key", "", |f| f.header = remove("kid")),
    ("jwks_1024", "unknown_key", |f| {
        f.published = vec![keys::jwk(&keys::SHORT, "one")];
        f.signing = Signing::Rsa(&keys::SHORT);
    }),
    ("jwks_enc_only", "unknown_key", |f| f.published[0]["use"] = "enc".into()),
    ("typ_logout", "id_token", |f| f.header = put("typ", "logout+jwt")),
    ("typ_at", "id_token", |f| f.header = put("typ", "at+jwt")),
    ("typ_jwt", "", |f| f.header = put("typ", "JWT")),
    ("crit", "id_token", |f| f.header = put("crit", json!(["exp"]))),
    ("at_hash_wrong", "at_hash", |f| f.claims = put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
    ("at_hash_missing", "", |f| f.claims = remove("at_hash")),
    ("token_type_mac", "token_type", |f| f.answer = put("token_type", "mac")),
    ("token_type_dpop", "token_type", |f| f.answer = put("token_type", "DPoP")),
    ("token_type_missing", "token_answer_unreadable", |f| f.answer = remove("token_type")),
    ("id_token_missing", "id_token_missing", |f| f.answer = remove("id_token")),
    ("id_token_garbage", "token_answer_unreadable", |f| f.answer = put("id_token", "a.b.c")),
    ("odd_email_verified", "", |f| f.claims = put("email_verified", "true")),
    ("odd_updated_at", "", |f| f.claims = put("updated_at", "2026-01-01T00:00:00Z")),
    ("groups_number", "groups", |f| f.claims = put("groups", 7)),
    ("groups_mixed", "groups", |f| f.claims = put("groups", json!(["staff", 7]))),
    ("groups_null", "no_role", |f| f.claims = put("groups", json!(null))),
];

#[sqlx::test(migrations = "../migrations")]
async fn each_case_is_accepted_or_refused_by_its_class(pool: PgPool) {
    let mut wrong = vec![];
    for (name, expected, set) in CASES {
        let story = Story::new(&pool).await;
        set(&mut story.provider.set());
        let mut caller = story.app.nobody();
        let before = people::open_sessions(&pool).await;
        let answer = story.log_in(&mut caller).await;
        let accepted = answer.status == StatusCode::SEE_OTHER && caller.session().is_some();
        let got = if accepted { String::new() } else { class(&pool).await.replace("login.fail: ", "") };
        if got != *expected {
            wrong.push(format!("{name}: expected {expected:?}, got {got:?} ({})", answer.status));
        }
        if !expected.is_empty() {
            assert!(
                caller.session().is_none() && answer.cookie("__Host-bevis_session").is_none(),
                "{name}: no session"
            );
            assert!(
                answer.body.contains("Bevis</title>") && answer.body.contains(answer.header("x-request-id")),
                "{name}: a page with the id"
            );
            assert_eq!(people::open_sessions(&pool).await, before, "{name}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_new_key_is_fetched_when_it_is_first_seen(pool: PgPool) {
    let story = Story::new(&pool).await;
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(story.provider.calls("keys"), 1);
    rotate(&story.provider);
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER, "rotate");
    assert_eq!(story.provider.calls("keys"), 2, "at once, and once");
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(story.provider.calls("keys"), 2);
}

fn rotate(provider: &Provider) {
    let mut faults = provider.set();
    faults.published = vec![keys::jwk(&keys::OTHER, "two"), keys::jwk(&keys::GOOD, "one")];
    faults.header = put("kid", "two");
    faults.signing = Signing::Rsa(&keys::OTHER);
}

#[sqlx::test(migrations = "../migrations")]
async fn many_log_ins_with_a_new_key_fetch_it_once(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.log_in(&mut story.app.nobody()).await;
    rotate(&story.provider);
    let logins = (0..5).map(|_| async { story.log_in(&mut story.app.nobody()).await.status });
    let statuses = futures::future::join_all(logins).await;
    assert!(statuses.iter().all(|status| *status == StatusCode::SEE_OTHER), "{statuses:?}");
    assert_eq!(story.provider.calls("keys"), 2, "single flight");
}

#[sqlx::test(migrations = "../migrations")]
async fn tokens_with_made_up_keys_cannot_make_us_hammer_the_provider(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().header = put("kid", "made-up");
    for _ in 0..8 {
        assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::BAD_GATEWAY);
    }
    let fetched = story.provider.calls("keys");
    assert!((4..=5).contains(&fetched), "the first, and three or so more: {fetched}");
}
