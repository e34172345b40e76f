//! What a pod may do to its node: `pod.*`.
//!
//! Pod Security Admission is asked for by namespace labels, in force since Kubernetes 1.23. The API server's own
//! default and its exemptions cannot be seen from outside, so a namespace without a label is not protected as far
//! as anybody can tell. A label that is no level falls to `restricted`, as the API server does. Where an API server that
//! can be seen has the plug-in off, labels prove nothing.

mod admission;
mod engines;
mod legacy;

use super::{
    api_server::{self, Admission},
    verdict::{Judge, Sentence, evaluation, fault, names, reason, subject},
};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::{
        control_plane::Pod,
        deployment::Deployment,
        meta::Bare,
        policy::{PodSecurityPolicy, PolicyBinding, WebhookConfiguration},
    },
    policy::Policy,
    reader::{Group, Reader},
    reading::{Context, Part, Reading},
    request::{
        ADMISSION_POLICIES, DEPLOYMENTS, GROUPS, NAMESPACES, POD_SECURITY_POLICIES, PODS, POLICY_BINDINGS, Resource,
        VALIDATING_WEBHOOKS,
    },
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    evaluation::{Evaluation, Outcome},
    scan::{Coverage, Read},
    severity::Severity,
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Namespaces.
    pub namespaces: Arc<Listed<Namespace>>,
    /// PodSecurityPolicies; not served since Kubernetes 1.25.
    pub policies: Listed<PodSecurityPolicy>,
    /// Bindings of validating admission policies; served since Kubernetes 1.30.
    pub bindings: Listed<PolicyBinding>,
    /// Validating admission policies, by name.
    pub admission_policies: Listed<Bare>,
    /// Whom the API server asks.
    pub webhooks: Listed<WebhookConfiguration>,
    /// Deployments, policy engines among them.
    pub deployments: Arc<Listed<Deployment>>,
    /// How reading the pods went, API servers among them.
    pub pods: Read,
    /// Whether API servers have Pod Security Admission off.
    pub admission: Admission,
    /// How asking for API groups went.
    pub groups_read: Read,
    /// The API groups served; `None` where they may not be read.
    pub groups: Option<Vec<String>>,
    /// The minor version of Kubernetes 1, where it is known.
    pub minor: Option<u32>,
}

impl Input {
    /// Reads namespaces, policies and API groups.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        let pods = reader.shared::<Pod>(&PODS).await;
        let names = |served: &Vec<Group>| served.iter().map(|group| group.name.clone()).collect();
        Ok(Self {
            groups_read: groups.read.clone(),
            groups: groups.served.as_ref().map(names),
            namespaces: reader.shared(&NAMESPACES).await,
            policies: reader.list(&POD_SECURITY_POLICIES).await,
            bindings: reader.list(&POLICY_BINDINGS).await,
            admission_policies: reader.list(&ADMISSION_POLICIES).await,
            webhooks: reader.list(&VALIDATING_WEBHOOKS).await,
            deployments: reader.shared(&DEPLOYMENTS).await,
            admission: api_server::pod_security(&pods),
            pods: pods.read.clone(),
            minor: reader.hello().minor,
        })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Beside, &self.groups_read),
            (Part::Own, &self.namespaces.read),
            (Part::Optional, &self.policies.read),
            (Part::Optional, &self.bindings.read),
            (Part::Optional, &self.admission_policies.read),
            (Part::Beside, &self.webhooks.read),
            (Part::Beside, &self.deployments.read),
            (Part::Beside, &self.pods),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }
}

const MECHANISM: &str = "pod.policy_mechanism";
const LEVEL: &str = "pod.psa_level";
const LEGACY: &str = "pod.psp_legacy";
const ENGINE_READY: &str = "pod.engine_ready";
const FAIL_CLOSED: &str = "pod.webhook_fail_closed";
const VAP_BOUND: &str = "pod.vap_bound";

const NO_MECHANISM: Sentence = fault(MECHANISM, "none", &[]);
const OTHER_ENGINE: Sentence = reason(MECHANISM, "other_engine", &["count", "engines", "namespaces"]);
const GROUPS_HIDDEN: Sentence = reason(MECHANISM, "groups_hidden", &["count", "permission"]);
const UNLABELLED: Sentence = fault(LEVEL, "unlabelled", &[]);
const PRIVILEGED: Sentence = fault(LEVEL, "privileged", &[]);
const INVALID: Sentence = fault(LEVEL, "invalid", &["value"]);
const INVALID_VERSION: Sentence = fault(LEVEL, "invalid_version", &["value"]);
const PLUGIN_OFF: Sentence = fault(LEVEL, "plugin_off", &["nodes"]);
const INVALID_TRIAL: Sentence = fault(LEVEL, "invalid_trial", &["label", "value"]);
const NO_ADMISSION: Sentence = reason(LEVEL, "no_admission", &["version"]);
const EXCUSED: Sentence = reason(LEVEL, "excused", &["excused"]);
const PINNED: Sentence = reason(LEVEL, "pinned", &["pinned"]);
const EXCUSED_AND_PINNED: Sentence = reason(LEVEL, "excused_and_pinned", &["excused", "pinned"]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[
    &[NO_MECHANISM, OTHER_ENGINE, GROUPS_HIDDEN],
    &[
        UNLABELLED,
        PRIVILEGED,
        INVALID,
        INVALID_VERSION,
        INVALID_TRIAL,
        PLUGIN_OFF,
        NO_ADMISSION,
        EXCUSED,
        PINNED,
        EXCUSED_AND_PINNED,
    ],
    legacy::SENTENCES,
    engines::SENTENCES,
    admission::SENTENCES,
];

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
const ENFORCE_VERSION: &str = "pod-security.kubernetes.io/enforce-version";
/// Pod Security Admission is on by default since 1.23.
const ADMISSION_SINCE: u32 = 23;

/// Judges the checks of Pod Security.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    evaluation([
        mechanism(input, policy),
        level(input, policy),
        legacy::legacy(input, policy),
        engines::ready(input),
        engines::fail_closed(input),
        admission::bound(input),
    ])
}

enum Level<'a> {
    None,
    Privileged,
    Enforced,
    Invalid(&'a str),
}

fn level_of(namespace: &Namespace) -> Level<'_> {
    match label(namespace, ENFORCE) {
        None => Level::None,
        Some("privileged") => Level::Privileged,
        Some("baseline" | "restricted") => Level::Enforced,
        Some(other) => Level::Invalid(other),
    }
}

fn label<'a>(namespace: &'a Namespace, key: &str) -> Option<&'a str> {
    namespace.metadata.labels.as_ref()?.get(key).map(String::as_str)
}

fn name(namespace: &Namespace) -> &str {
    namespace.metadata.name.as_deref().unwrap_or_default()
}

fn may_be_privileged(policy: &Policy, namespace: &str) -> bool {
    policy.privileged_namespaces.iter().any(|allowed| allowed == namespace)
}

/// `pod.psa_level`: every namespace enforces `baseline` or `restricted`, but those that policy lists as privileged.
fn level(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(LEVEL).needs(&NAMESPACES, &input.namespaces);
    if let Some(minor) = input.minor.filter(|minor| *minor < ADMISSION_SINCE) {
        // Labels mean nothing there, whatever they say.
        judge.otherwise(Outcome::NotEvaluated, &NO_ADMISSION, [("version", format!("1.{minor}"))]);
        return judge;
    }
    judge_plugin(&mut judge, &input.admission);
    if input.namespaces.is_empty() {
        // Every cluster has some: not to see any is to have seen nothing.
        judge.doubt();
    }
    let (mut excused_ones, mut pinned) = (Vec::new(), Vec::new());
    for namespace in &input.namespaces.items {
        judge.examine();
        let subject = || subject("Namespace", None, name(namespace));
        let excused = may_be_privileged(policy, name(namespace));
        match level_of(namespace) {
            Level::None if !excused => judge.fail(&UNLABELLED, subject(), []),
            Level::Privileged if !excused => judge.fail(&PRIVILEGED, subject(), []),
            Level::Invalid(value) => judge.fail_as(Severity::Low, &INVALID, subject(), [("value", value.into())]),
            Level::Enforced if !is_version(label(namespace, ENFORCE_VERSION)) => {
                let value = label(namespace, ENFORCE_VERSION).unwrap_or_default().into();
                judge.fail_as(Severity::Low, &INVALID_VERSION, subject(), [("value", value)]);
            }
            Level::Enforced if let Some((key, value)) = invalid_trial(namespace) => {
                judge.fail_as(
                    Severity::Low,
                    &INVALID_TRIAL,
                    subject(),
                    [("label", key.into()), ("value", value.into())],
                );
            }
            Level::None | Level::Privileged => excused_ones.push(name(namespace)),
            Level::Enforced => pinned.extend(pinned_version(namespace, input.minor)),
        }
    }
    note(&mut judge, &excused_ones, &pinned);
    judge
}

/// Labels are only as good as the plug-in that reads them.
fn judge_plugin(judge: &mut Judge, admission: &Admission) {
    judge.miss(admission.unsure);
    if !admission.off.is_empty() {
        let nodes = names(admission.off.iter().map(String::as_str));
        judge.fail(&PLUGIN_OFF, subject("StaticPod", Some("kube-system"), "kube-apiserver"), [("nodes", nodes)]);
    }
}

/// A label for trying a level whose value is none: the API server then tries nothing, and says nothing.
fn invalid_trial(namespace: &Namespace) -> Option<(&'static str, &str)> {
    const TRIALS: [&str; 2] = ["pod-security.kubernetes.io/audit", "pod-security.kubernetes.io/warn"];
    let is_level = |value: &str| matches!(value, "privileged" | "baseline" | "restricted");
    TRIALS.into_iter().filter_map(|key| Some((key, label(namespace, key)?))).find(|(_, value)| !is_level(value))
}

/// A namespace whose level is held at a version before the cluster's, which lacks what was added to the level since.
fn pinned_version(namespace: &Namespace, minor: Option<u32>) -> Option<String> {
    let version = label(namespace, ENFORCE_VERSION)?;
    let held = version.strip_prefix("v1.")?.parse::<u32>().ok()?;
    (held < minor?).then(|| format!("{} ({version})", name(namespace)))
}

fn note(judge: &mut Judge, excused: &[&str], pinned: &[String]) {
    let excused_names = || ("excused", names(excused.iter().copied()));
    let pinned_names = || ("pinned", names(pinned.iter().map(String::as_str)));
    match (excused.is_empty(), pinned.is_empty()) {
        (true, true) => {}
        (false, true) => judge.remark(&EXCUSED, [excused_names()]),
        (true, false) => judge.remark(&PINNED, [pinned_names()]),
        (false, false) => judge.remark(&EXCUSED_AND_PINNED, [excused_names(), pinned_names()]),
    }
}

/// Whether a version is one that admission understands: none, `latest` or `v1.N`.
fn is_version(version: Option<&str>) -> bool {
    version.is_none_or(|version| {
        version == "latest" || version.strip_prefix("v1.").is_some_and(|minor| minor.parse::<u32>().is_ok())
    })
}

/// `pod.policy_mechanism`: something stands between every namespace and a privileged pod.
///
/// Bevis reads Pod Security labels alone. Where another engine is served, a namespace without a level is a question
/// for a person; where none is, it is a fault.
fn mechanism(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(MECHANISM).needs(&NAMESPACES, &input.namespaces);
    let is_on = input.admission.off.is_empty();
    let labels_count = is_on && input.minor.is_none_or(|minor| minor >= ADMISSION_SINCE);
    judge.miss(input.admission.unsure);
    let open: Vec<&str> = input
        .namespaces
        .items
        .iter()
        .filter(|namespace| !may_be_privileged(policy, name(namespace)))
        .filter(|namespace| !labels_count || matches!(level_of(namespace), Level::None | Level::Privileged))
        .map(name)
        .collect();
    for _ in &input.namespaces.items {
        judge.examine();
    }
    if input.namespaces.is_empty() {
        judge.doubt();
    }
    let engines = engines(input);
    let count = || ("count", open.len().to_string());
    match (open.is_empty(), hidden(input)) {
        (true, _) => {}
        _ if !engines.is_empty() => {
            let namespaces = names(open.iter().copied());
            let values = [count(), ("engines", names(engines)), ("namespaces", namespaces)];
            judge.otherwise(Outcome::NeedsReview, &OTHER_ENGINE, values);
        }
        (false, Some(permission)) => {
            judge.otherwise(Outcome::NotVisible, &GROUPS_HIDDEN, [count(), ("permission", permission)]);
        }
        (false, None) => {
            for namespace in &open {
                judge.fail(&NO_MECHANISM, subject("Namespace", None, namespace), []);
            }
        }
    }
    judge
}

/// The permission without which we cannot say that no engine is there, if one is missing.
fn hidden(input: &Input) -> Option<String> {
    let forbidden = |resource: &Resource, coverage| (coverage == Coverage::Forbidden).then(|| resource.permission());
    let groups = input.groups.is_none().then(|| format!("get {}", GROUPS.path));
    groups
        .or_else(|| forbidden(&POLICY_BINDINGS, input.bindings.read.coverage))
        .or_else(|| forbidden(&POD_SECURITY_POLICIES, input.policies.read.coverage))
}

/// Engines that may keep privileged pods out, by the API groups that they bring.
fn engines(input: &Input) -> Vec<&'static str> {
    const KNOWN: &[(&str, &str)] = &[
        ("constraints.gatekeeper.sh", "Gatekeeper"),
        ("kyverno.io", "Kyverno"),
        ("policies.kyverno.io", "Kyverno"),
        ("policies.kubewarden.io", "Kubewarden"),
        ("security.openshift.io", "OpenShift SecurityContextConstraints"),
    ];
    let mut engines: Vec<&str> =
        KNOWN.iter().filter(|(group, _)| served(input, group)).map(|(_, engine)| *engine).collect();
    if admission::is_in_force(input) {
        engines.push("ValidatingAdmissionPolicy");
    }
    if !input.policies.items.is_empty() || input.policies.unread > 0 {
        engines.push("PodSecurityPolicy");
    }
    engines
}

fn served(input: &Input, group: &str) -> bool {
    input.groups.iter().flatten().any(|served| served == group)
}
