//! Whether the issuer that people log in with answers, and is the one that the API servers trust.

use super::Input;
use crate::{
    objects::oidc::Discovery,
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, scan::Coverage};

const ISSUER: &str = "auth.issuer_reachable";

const NO_DOCUMENT: Sentence = fault(ISSUER, "no_document", &[]);
const OTHER: Sentence = fault(ISSUER, "other", &["issuer"]);
const NO_KEYS: Sentence = fault(ISSUER, "no_keys", &[]);
const WEAK: Sentence = fault(ISSUER, "weak", &["algorithms"]);
const UNTRUSTED: Sentence = fault(ISSUER, "untrusted", &["trusted"]);
const UNANSWERED: Sentence = reason(ISSUER, "unanswered", &["issuer"]);
const UNSEEN: Sentence = reason(ISSUER, "unseen", &[]);
const NOT_COMPARED: Sentence = reason(ISSUER, "not_compared", &[]);
const UNDECLARED: Sentence = reason(ISSUER, "undeclared", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[NO_DOCUMENT, OTHER, NO_KEYS, WEAK, UNTRUSTED, UNANSWERED, UNSEEN, NOT_COMPARED, UNDECLARED];

/// `auth.issuer_reachable`: the issuer that policy declares answers, is who it says, signs so that it can be checked, and
/// is the one that the API servers trust; where that cannot be seen, the rest is no pass.
pub(super) fn reachable(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(ISSUER);
    let (Some(declared), Some(issuer)) = (&policy.oidc_issuer, &input.issuer) else {
        judge.otherwise(Outcome::NotEvaluated, &UNDECLARED, []);
        return judge;
    };
    match (&issuer.object, issuer.read.coverage) {
        (Some(document), Coverage::Complete) => {
            judge.examine();
            judge_document(&mut judge, document, declared, input);
        }
        (_, Coverage::Absent) => {
            judge.examine();
            judge.fail(&NO_DOCUMENT, subject("Issuer", None, declared), []);
        }
        // From where Bevis runs. Whether people reach it is another question.
        _ => judge.otherwise(Outcome::Error, &UNANSWERED, [("issuer", declared.clone())]),
    }
    judge
}

fn judge_document(judge: &mut Judge, document: &Discovery, declared: &str, input: &Input) {
    let subject = subject("Issuer", None, declared);
    let issuer = document.issuer.as_deref().unwrap_or("-");
    let algorithms = document.id_token_signing_alg_values_supported.iter().flatten().map(String::as_str);
    let weak = names(algorithms.filter(|algorithm| is_weak(algorithm)));
    if issuer != declared {
        judge.fail(&OTHER, subject, [("issuer", issuer.to_owned())]);
    } else if !document.jwks_uri.as_ref().is_some_and(|keys| keys.starts_with("https://")) {
        judge.fail(&NO_KEYS, subject, []);
    } else if !weak.is_empty() {
        judge.fail(&WEAK, subject, [("algorithms", weak)]);
    } else if !input.issuers.any_server {
        judge.otherwise(Outcome::NotVisible, &UNSEEN, []);
    } else if !input.issuers.trusted.is_empty() && !input.issuers.trusted.contains(declared) {
        let trusted = names(input.issuers.trusted.iter().map(String::as_str));
        judge.fail(&UNTRUSTED, subject, [("trusted", trusted)]);
    } else if input.issuers.any_silent {
        // It may be named in a file, which cannot be read, or by nobody.
        judge.otherwise(Outcome::NeedsReview, &NOT_COMPARED, []);
    }
}

/// No signature at all, or one by a secret that whoever checks it must know, and can then forge with.
fn is_weak(algorithm: &str) -> bool {
    algorithm.eq_ignore_ascii_case("none") || algorithm.starts_with("HS")
}
