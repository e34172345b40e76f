//! What OpenShift's API servers are told, and what their operator says of it.
//!
//! Only where they run in the cluster: of a control plane that is hosted elsewhere these objects say nothing, as its
//! encryption is set there (openshift/hypershift, `HostedCluster.spec.secretEncryption`). What is not in them is in the
//! ConfigMap `openshift-kube-apiserver/config`, which is not read: the permission would open every ConfigMap of that name.
//! Fields are those of openshift/api, `config/v1/types_apiserver.go`; `Encrypted` is set as in openshift/library-go,
//! `pkg/operator/encryption/controllers/condition_controller.go`. Looked up on 29 November 2026.

use super::{
    OpenShift,
    audit::{POLICY, POLICY_WORDS},
    encryption::{AT_REST, AT_REST_WORDS},
    plane::Plane,
};
use crate::{
    listed::Listed,
    objects::{
        control_plane::Pod,
        openshift::{ApiServer, KubeApiServer},
    },
    request::{OPENSHIFT_API_SERVER, OPENSHIFT_OPERATOR},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject};

const IDENTITY: Sentence = fault(AT_REST, "identity", &[]);
const UNFINISHED: Sentence = fault(AT_REST, "unfinished", &["type", "why"]);
const ENCRYPTED: Sentence = reason(AT_REST, "encrypted", &["type"]);
const UNCONFIRMED: Sentence = reason(AT_REST, "unconfirmed", &["type"]);
const UNDECLARED: Sentence = reason(AT_REST, "undeclared", &[]);
const NOTHING: Sentence = fault(POLICY, "nothing", &[]);
const EXCEPTED: Sentence = reason(POLICY, "excepted", &["groups", "profile"]);
const PROFILE: Sentence = reason(POLICY, "profile", &["profile"]);

pub(super) const SENTENCES: &[Sentence] =
    &[IDENTITY, UNFINISHED, ENCRYPTED, UNCONFIRMED, UNDECLARED, NOTHING, EXCEPTED, PROFILE];

/// Whether the API servers run in the cluster, by the namespace and the label that their operator gives them.
pub(super) fn runs_here(pods: &Listed<Pod>) -> bool {
    let is_one = |pod: &Pod| {
        pod.metadata.namespace.as_deref() == Some("openshift-kube-apiserver")
            && pod.metadata.label("app") == Some("openshift-kube-apiserver")
    };
    pods.items.iter().any(is_one)
}

/// `enc.secrets_at_rest`: Secrets are to be encrypted, and the operator says that all of them are.
pub(super) fn at_rest(plane: &Plane<'_>, openshift: &OpenShift) -> Judge {
    let judge = plane.begin(&AT_REST_WORDS).needs_one(&OPENSHIFT_API_SERVER, &openshift.settings);
    let mut judge = judge.needs_one(&OPENSHIFT_OPERATOR, &openshift.operator);
    let Some(settings) = &openshift.settings.object else {
        plane.say_hidden(&mut judge, &AT_REST_WORDS);
        return judge;
    };
    let kind = settings.spec.encryption.as_ref().and_then(|encryption| encryption.kind.clone()).unwrap_or_default();
    let is_asked = match kind.as_str() {
        "" | "identity" => false,
        "aescbc" | "aesgcm" | "KMS" => true,
        // No method that is known.
        _ => {
            judge.doubt();
            return judge;
        }
    };
    judge.examine();
    let condition = openshift.operator.object.as_ref().and_then(KubeApiServer::encrypted);
    match (is_asked, condition.and_then(|condition| condition.status.as_deref())) {
        (true, Some("True")) => judge.remark(&ENCRYPTED, [("type", kind)]),
        (true, Some("False")) => {
            let why = condition.and_then(|condition| condition.reason.clone()).unwrap_or_default();
            judge.fail(&UNFINISHED, of(settings), [("type", kind), ("why", why)]);
        }
        (true, _) => judge.otherwise(Outcome::NeedsReview, &UNCONFIRMED, [("type", kind)]),
        (false, Some("True")) => judge.otherwise(Outcome::NeedsReview, &UNDECLARED, []),
        (false, _) => judge.fail(&IDENTITY, of(settings), []),
    }
    judge
}

/// `log.audit_policy`: requests are recorded, and those of no group are left out.
pub(super) fn audit_policy(plane: &Plane<'_>, openshift: &OpenShift) -> Judge {
    let mut judge = plane.begin(&POLICY_WORDS).needs_one(&OPENSHIFT_API_SERVER, &openshift.settings);
    let Some(settings) = &openshift.settings.object else {
        plane.say_hidden(&mut judge, &POLICY_WORDS);
        return judge;
    };
    let audit = settings.spec.audit.clone().unwrap_or_default();
    let profile = audit.profile.filter(|profile| !profile.is_empty()).unwrap_or_else(|| "Default".to_owned());
    let rules = audit.custom_rules.iter().flatten();
    let without = rules.filter(|rule| rule.profile.as_deref() == Some("None"));
    let groups = names(without.map(|rule| rule.group.as_deref().unwrap_or("?")));
    if !["None", "Default", "WriteRequestBodies", "AllRequestBodies"].contains(&profile.as_str()) {
        // No profile that is known.
        judge.doubt();
        return judge;
    }
    if profile == "None" && audit.custom_rules.iter().flatten().any(|rule| rule.profile.as_deref() != Some("None")) {
        // Of some people something is recorded after all; of whom, a person must say.
        judge.doubt();
        return judge;
    }
    judge.examine();
    if profile == "None" {
        judge.fail(&NOTHING, of(settings), []);
    } else if groups.is_empty() {
        judge.remark(&PROFILE, [("profile", profile)]);
    } else {
        judge.otherwise(Outcome::NeedsReview, &EXCEPTED, [("groups", groups), ("profile", profile)]);
    }
    judge
}

fn of(settings: &ApiServer) -> Subject {
    subject("APIServer", None, settings.metadata.name())
}
