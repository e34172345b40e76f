//! What kubeadm gives to every kubelet, from a ConfigMap; a flag on a node may still say otherwise. Of K3s and RKE2, what
//! each kubelet was given as flags: they count more than its files (`--config-dir` of `kubelet.conf.d`), which are not seen.

use super::{
    Input,
    flags::Flags,
    k3s,
    login::{ANONYMOUS_AUTH, MODES},
    plane::SYSTEM,
};
use crate::{
    objects::node::Node,
    platform::Distribution,
    request::{KUBELET_CONFIG, NODES},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::evaluation::Outcome;
use serde::Deserialize;

const KUBELET: &str = "authn.kubelet_anonymous_off";

const ANONYMOUS: Sentence = fault(KUBELET, "anonymous", &[]);
const ALWAYS_ALLOW: Sentence = fault(KUBELET, "always_allow", &[]);
const READ_ONLY_PORT: Sentence = fault(KUBELET, "read_only_port", &["port"]);
const NO_CONFIG: Sentence = reason(KUBELET, "no_config", &[]);
const NO_FLAGS: Sentence = reason(KUBELET, "no_flags", &["nodes"]);
const FLAGS: Sentence = reason(KUBELET, "flags", &[]);

pub(super) const SENTENCES: &[Sentence] = &[ANONYMOUS, ALWAYS_ALLOW, READ_ONLY_PORT, NO_CONFIG, NO_FLAGS, FLAGS];

const READ_ONLY_FLAG: &str = "read-only-port";

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
        if judge.saw_all() && matches!(input.platform().distribution, Some(Distribution::K3s | Distribution::Rke2)) {
            return by_flags(input);
        }
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

/// What the flags of one kubelet say.
enum Given {
    /// All that rules ask for, and that is in order.
    Good,
    /// Something that is not, with its value.
    Bad(&'static Sentence, Option<String>),
    /// Not all of it, or nothing that is understood.
    Untold,
}

/// `authn.kubelet_anonymous_off` of kubelets that K3s or RKE2 start.
fn by_flags(input: &Input) -> Judge {
    let mut judge = Judge::of(KUBELET).needs(&NODES, &input.nodes);
    let mut untold = Vec::new();
    for node in &input.nodes.items {
        let subject = subject("Node", None, node.metadata.name());
        match given(node) {
            Given::Good => judge.examine(),
            Given::Untold => untold.push(node.metadata.name()),
            Given::Bad(fault, None) => {
                judge.examine();
                judge.fail(fault, subject, []);
            }
            Given::Bad(fault, Some(port)) => {
                judge.examine();
                judge.fail(fault, subject, [("port", port)]);
            }
        }
    }
    if judge.fails() {
        for _ in &untold {
            judge.doubt();
        }
        judge.remark(&FLAGS, []);
    } else if untold.is_empty() && !input.nodes.items.is_empty() {
        judge.remark(&FLAGS, []);
    } else {
        judge.otherwise(Outcome::NotVisible, &NO_FLAGS, [("nodes", names(untold))]);
    }
    judge
}

fn given(node: &Node) -> Given {
    let Some(flags) = node.arguments.as_ref().map(k3s::of_kubelet) else { return Given::Untold };
    let port = flags.value(READ_ONLY_FLAG).filter(|port| *port != "0");
    let is_told = |flag: &&str| flags.value(flag).is_some();
    if flags.is_on(ANONYMOUS_AUTH, false) == Ok(true) {
        Given::Bad(&ANONYMOUS, None)
    } else if flags.value(MODES) == Some("AlwaysAllow") {
        Given::Bad(&ALWAYS_ALLOW, None)
    } else if let Some(port) = port {
        Given::Bad(&READ_ONLY_PORT, Some(port.to_owned()))
    } else if [ANONYMOUS_AUTH, MODES, READ_ONLY_FLAG].iter().all(is_told) && is_safe(&flags) {
        Given::Good
    } else {
        Given::Untold
    }
}

fn is_safe(flags: &Flags) -> bool {
    flags.is_on(ANONYMOUS_AUTH, true) == Ok(false) && flags.value(MODES) == Some("Webhook")
}
