//! What kubeadm gives to every kubelet, from a ConfigMap. A flag on a node may still say otherwise.

use super::{Input, plane::SYSTEM};
use crate::{
    request::KUBELET_CONFIG,
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::evaluation::Outcome;
use serde::Deserialize;

const KUBELET: &str = "authn.kubelet_anonymous_off";

const ANONYMOUS: Sentence = fault(KUBELET, "anonymous", &[]);
const ALWAYS_ALLOW: Sentence = fault(KUBELET, "always_allow", &[]);
const READ_ONLY_PORT: Sentence = fault(KUBELET, "read_only_port", &["port"]);
const NO_CONFIG: Sentence = reason(KUBELET, "no_config", &[]);

pub(super) const SENTENCES: &[Sentence] = &[ANONYMOUS, ALWAYS_ALLOW, READ_ONLY_PORT, NO_CONFIG];

/// A `KubeletConfiguration` of `kubelet.config.k8s.io/v1beta1`, as far as it is used. What is not said is safe by default.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KubeletConfiguration {
    api_version: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    authentication: Option<Authentication>,
    #[serde(default)]
    authorization: Option<Authorization>,
    #[serde(default)]
    read_only_port: Option<i64>,
}

impl KubeletConfiguration {
    fn is_one(&self) -> bool {
        let kind = self.kind.as_deref().unwrap_or("KubeletConfiguration");
        self.api_version.starts_with("kubelet.config.k8s.io/") && kind == "KubeletConfiguration"
    }
}

#[derive(Debug, Deserialize)]
struct Authentication {
    #[serde(default)]
    anonymous: Option<Anonymous>,
}

#[derive(Debug, Deserialize)]
struct Anonymous {
    #[serde(default)]
    enabled: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Authorization {
    #[serde(default)]
    mode: Option<String>,
}

/// `authn.kubelet_anonymous_off`: kubelets are told to answer nobody whom they do not know.
pub(super) fn anonymous(input: &Input) -> Judge {
    let mut judge = Judge::of(KUBELET).needs_one(&KUBELET_CONFIG, &input.kubelet);
    let Some(map) = &input.kubelet.object else {
        if judge.saw_all() {
            judge.otherwise(Outcome::NotVisible, &NO_CONFIG, []);
        }
        return judge;
    };
    let read = map.entry("kubelet").and_then(|text| serde_saphyr::from_str::<KubeletConfiguration>(text).ok());
    let Some(config) = read.filter(KubeletConfiguration::is_one) else {
        judge.doubt();
        return judge;
    };
    judge.examine();
    let subject = subject("ConfigMap", Some(SYSTEM), map.metadata.name());
    let anonymous = config.authentication.and_then(|a| a.anonymous?.enabled).unwrap_or(false);
    let mode = config.authorization.and_then(|authorization| authorization.mode);
    let port = config.read_only_port.filter(|port| *port != 0);
    match (anonymous, mode.as_deref(), port) {
        (true, _, _) => judge.fail(&ANONYMOUS, subject, []),
        (_, Some("AlwaysAllow"), _) => judge.fail(&ALWAYS_ALLOW, subject, []),
        (_, None | Some("Webhook"), Some(port)) => judge.fail(&READ_ONLY_PORT, subject, [("port", port.to_string())]),
        (_, None | Some("Webhook"), None) => {}
        // No mode that a kubelet knows.
        _ => judge.doubt(),
    }
    judge
}
