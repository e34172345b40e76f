//! Policy engines besides Pod Security Admission: whether they run, and what happens when they do not.

use super::{ENGINE_READY, FAIL_CLOSED, Input, served};
use crate::{
    objects::{
        deployment::Deployment,
        policy::{Webhook, WebhookConfiguration},
    },
    request::{DEPLOYMENTS, GROUPS, VALIDATING_WEBHOOKS},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject};

const NO_WEBHOOK: Sentence = fault(ENGINE_READY, "no_webhook", &[]);
const NOT_AVAILABLE: Sentence = fault(ENGINE_READY, "not_available", &[]);
const NO_ENGINE: Sentence = reason(ENGINE_READY, "none", &[]);
const HIDDEN: Sentence = reason(ENGINE_READY, "hidden", &["permission"]);
const IGNORES: Sentence = fault(FAIL_CLOSED, "ignores", &[]);
const NO_WEBHOOKS: Sentence = reason(FAIL_CLOSED, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[NO_WEBHOOK, NOT_AVAILABLE, NO_ENGINE, HIDDEN, IGNORES, NO_WEBHOOKS];

/// An engine, by what its own installation makes.
struct Engine {
    name: &'static str,
    groups: &'static [&'static str],
    /// The beginning of the name of the configuration by which the API server asks it.
    configuration: &'static str,
    /// A part of the names of the webhooks in it, which nobody can choose.
    webhook: &'static str,
    is_controller: fn(&Deployment) -> bool,
}

const ENGINES: &[Engine] = &[
    Engine {
        name: "Gatekeeper",
        groups: &["templates.gatekeeper.sh", "constraints.gatekeeper.sh"],
        configuration: "gatekeeper-validating-webhook-configuration",
        webhook: "validation.gatekeeper.sh",
        is_controller: |deployment| {
            let label = |key| deployment.metadata.label(key);
            let labelled =
                label("gatekeeper.sh/system") == Some("yes") && label("control-plane") == Some("controller-manager");
            labelled || deployment.metadata.name() == "gatekeeper-controller-manager"
        },
    },
    Engine {
        name: "Kyverno",
        groups: &["kyverno.io", "policies.kyverno.io"],
        configuration: "kyverno-resource-validating-webhook-cfg",
        webhook: "validate.kyverno.svc",
        is_controller: |deployment| {
            let label = |key| deployment.metadata.label(key);
            let labelled = label("app.kubernetes.io/part-of") == Some("kyverno")
                && label("app.kubernetes.io/component") == Some("admission-controller");
            labelled || matches!(deployment.metadata.name(), "kyverno-admission-controller" | "kyverno")
        },
    },
];

impl Engine {
    fn is_asked_by(&self, configuration: &WebhookConfiguration) -> bool {
        let mut webhooks = configuration.webhooks.iter().flatten().filter_map(|webhook| webhook.name.as_deref());
        configuration.metadata.name().starts_with(self.configuration)
            || webhooks.any(|name| name.contains(self.webhook))
    }
}

/// `pod.engine_ready`: every engine that is installed is asked by the API server, and runs.
pub(super) fn ready(input: &Input) -> Judge {
    let mut judge = Judge::of(ENGINE_READY);
    if input.groups.is_none() {
        judge.otherwise(Outcome::NotVisible, &HIDDEN, [("permission", format!("get {}", GROUPS.path))]);
        return judge;
    }
    let installed = || ENGINES.iter().filter(|engine| engine.groups.iter().any(|group| served(input, group)));
    if installed().next().is_none() {
        judge.otherwise(Outcome::NotApplicable, &NO_ENGINE, []);
        return judge;
    }
    judge = judge.needs(&VALIDATING_WEBHOOKS, &input.webhooks).needs(&DEPLOYMENTS, &input.deployments);
    for engine in installed() {
        let asked = input.webhooks.items.iter().any(|configuration| engine.is_asked_by(configuration));
        let unsure = !input.webhooks.was_read() || input.webhooks.unread > 0;
        let controllers = || input.deployments.items.iter().filter(|deployment| (engine.is_controller)(deployment));
        let available =
            |deployment: &Deployment| deployment.status.as_ref().and_then(|status| status.available_replicas);
        let runs = controllers().any(|deployment| available(deployment).is_some_and(|count| count > 0));
        match controllers().next() {
            _ if !asked && !unsure => judge.fail(&NO_WEBHOOK, subject("PolicyEngine", None, engine.name), []),
            Some(controller) if !runs => {
                let metadata = &controller.metadata;
                let subject = subject("Deployment", metadata.namespace.as_deref(), metadata.name());
                judge.fail(&NOT_AVAILABLE, subject, []);
            }
            Some(_) if asked => {}
            // It may have been installed under another name, or be among what could not be read.
            _ => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    judge
}

/// `pod.webhook_fail_closed`: what an engine cannot be asked about is refused.
pub(super) fn fail_closed(input: &Input) -> Judge {
    let mut judge = Judge::of(FAIL_CLOSED).needs(&VALIDATING_WEBHOOKS, &input.webhooks);
    let of_engine = |configuration: &&WebhookConfiguration| ENGINES.iter().any(|one| one.is_asked_by(configuration));
    let mut any = false;
    for configuration in input.webhooks.items.iter().filter(of_engine) {
        for Webhook { name, failure_policy } in configuration.webhooks.iter().flatten() {
            any = true;
            match failure_policy.as_deref() {
                Some("Ignore") => {
                    let subject = subject("ValidatingWebhookConfiguration", None, configuration.metadata.name());
                    judge.fail(&IGNORES, Subject { key: name.clone(), ..subject }, []);
                }
                // The API server makes it `Fail` where it is not said.
                Some("Fail") | None => {}
                Some(_) => {
                    judge.doubt();
                    continue;
                }
            }
            judge.examine();
        }
    }
    if !any {
        judge.otherwise(Outcome::NotApplicable, &NO_WEBHOOKS, []);
    }
    judge
}
