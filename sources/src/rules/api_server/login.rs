//! Who the API server lets in, and who decides what they may do.

use super::{
    flags::Flags,
    plane::{Plane, Seen, Words},
};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, reason},
};
use model::severity::Severity;

const OIDC: &str = "auth.oidc_configured";
const ANONYMOUS: &str = "auth.anonymous_off";
const TOKENS: &str = "auth.no_static_token_file";
const MODE: &str = "authz.rbac_node_mode";

pub(super) const OIDC_WORDS: Words = Words::of(OIDC);
pub(super) const ANONYMOUS_WORDS: Words = Words::of(ANONYMOUS);
pub(super) const TOKENS_WORDS: Words = Words::of(TOKENS);
pub(super) const MODE_WORDS: Words = Words::of(MODE);

const NO_OIDC: Sentence = fault(OIDC, "none", &[]);
const INSECURE: Sentence = fault(OIDC, "insecure", &["issuer"]);
const NO_CLIENT: Sentence = fault(OIDC, "no_client", &["issuer"]);
const OTHER_ISSUER: Sentence = fault(OIDC, "other_issuer", &["issuer"]);
const OIDC_FILE: Sentence = reason(OIDC, "file", &[]);
const WEBHOOK: Sentence = reason(OIDC, "webhook", &[]);
const ANONYMOUS_ON: Sentence = fault(ANONYMOUS, "on", &[]);
const ANONYMOUS_FILE: Sentence = reason(ANONYMOUS, "file", &[]);
const STATIC: Sentence = fault(TOKENS, "set", &["flags"]);
const NO_MODE: Sentence = fault(MODE, "unset", &[]);
const ALWAYS_ALLOW: Sentence = fault(MODE, "always_allow", &[]);
const NO_RBAC: Sentence = fault(MODE, "no_rbac", &["modes"]);
const NO_NODE: Sentence = fault(MODE, "no_node", &["modes"]);
const MODE_FILE: Sentence = reason(MODE, "file", &[]);

pub(super) const SENTENCES: &[Sentence] = &[
    NO_OIDC,
    INSECURE,
    NO_CLIENT,
    OTHER_ISSUER,
    OIDC_FILE,
    WEBHOOK,
    ANONYMOUS_ON,
    ANONYMOUS_FILE,
    STATIC,
    NO_MODE,
    ALWAYS_ALLOW,
    NO_RBAC,
    NO_NODE,
    MODE_FILE,
];

/// The issuer that the API server trusts.
pub(super) const ISSUER_FLAG: &str = "oidc-issuer-url";
const CLIENT: &str = "oidc-client-id";
/// A file that may hold issuers and limits for anonymous requests; it cannot be read.
pub(super) const AUTHENTICATION_FILE: &str = "authentication-config";
const TOKEN_WEBHOOK: &str = "authentication-token-webhook-config-file";
pub(super) const ANONYMOUS_AUTH: &str = "anonymous-auth";
const TOKEN_FILES: &[&str] = &["token-auth-file", "basic-auth-file"];
pub(super) const MODES: &str = "authorization-mode";
pub(super) const AUTHORIZATION_FILE: &str = "authorization-config";

/// `auth.oidc_configured`: people log in through an issuer that policy knows, if it names one.
pub(super) fn oidc(plane: &Plane<'_>, policy: &Policy) -> Judge {
    let declared = policy.oidc_issuer.as_deref();
    let uses = [ISSUER_FLAG, CLIENT, AUTHENTICATION_FILE, TOKEN_WEBHOOK];
    plane.judge(&OIDC_WORDS, &uses, |flags| {
        if flags.value(AUTHENTICATION_FILE).is_some() {
            return Seen::Unclear(&OIDC_FILE);
        }
        let Some(issuer) = flags.value(ISSUER_FLAG) else {
            let webhook = flags.value(TOKEN_WEBHOOK).is_some();
            return if webhook { Seen::Unclear(&WEBHOOK) } else { Seen::bad(&NO_OIDC) };
        };
        let bad = |fault| Seen::Bad(fault, Some(("issuer", issuer.to_owned())), None);
        if !issuer.starts_with("https://") {
            bad(&INSECURE)
        } else if flags.value(CLIENT).is_none() {
            bad(&NO_CLIENT)
        } else if declared.is_some_and(|declared| declared != issuer) {
            bad(&OTHER_ISSUER)
        } else {
            Seen::Good(issuer.to_owned())
        }
    })
}

/// `auth.anonymous_off`: nobody is let in without saying who they are. It is on where nothing is said.
pub(super) fn anonymous(plane: &Plane<'_>) -> Judge {
    plane.judge(&ANONYMOUS_WORDS, &[ANONYMOUS_AUTH, AUTHENTICATION_FILE], |flags| {
        match flags.is_on(ANONYMOUS_AUTH, true) {
            Ok(false) => Seen::GOOD,
            // The file may limit anonymous requests to single paths.
            Ok(true) if flags.value(AUTHENTICATION_FILE).is_some() => Seen::Unclear(&ANONYMOUS_FILE),
            Ok(true) => Seen::bad(&ANONYMOUS_ON),
            Err(_) => Seen::Opaque,
        }
    })
}

/// `auth.no_static_token_file`: no passwords or tokens in a file, which nobody can withdraw without a restart.
pub(super) fn static_tokens(plane: &Plane<'_>) -> Judge {
    plane.judge(&TOKENS_WORDS, &[], |flags| {
        let set: Vec<String> =
            TOKEN_FILES.iter().filter(|flag| flags.value(flag).is_some()).map(|flag| format!("--{flag}")).collect();
        if set.is_empty() { Seen::GOOD } else { Seen::Bad(&STATIC, Some(("flags", set.join(", "))), None) }
    })
}

/// `authz.rbac_node_mode`: roles decide, and nodes are limited to their own pods. Everything is allowed where nothing is said.
pub(super) fn authorization(plane: &Plane<'_>) -> Judge {
    plane.judge(&MODE_WORDS, &[MODES, AUTHORIZATION_FILE], |flags: &Flags| {
        let modes: Vec<&str> = flags.list(MODES).collect();
        let has = |mode: &str| modes.contains(&mode);
        let bad = |fault, severity| Seen::Bad(fault, Some(("modes", modes.join(","))), severity);
        if flags.value(AUTHORIZATION_FILE).is_some() {
            Seen::Unclear(&MODE_FILE)
        } else if modes.is_empty() {
            Seen::bad(&NO_MODE)
        } else if has("AlwaysAllow") {
            Seen::bad(&ALWAYS_ALLOW)
        } else if !has("RBAC") {
            bad(&NO_RBAC, None)
        } else if !has("Node") {
            bad(&NO_NODE, Some(Severity::Medium))
        } else {
            Seen::GOOD
        }
    })
}
