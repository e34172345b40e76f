//! A policy of Kyverno, of whichever form: what it is about, and whether it keeps anything out.

use crate::{
    objects::{
        kyverno::{ExpressionPolicy, Filter, Override, PatternPolicy, PolicyStatus, Rule},
        meta::Meta,
    },
    request::{IMAGE_POLICIES, KYVERNO_CLUSTER_POLICIES, NAMESPACED_IMAGE_POLICIES, Resource, VALIDATING_POLICIES},
    rules::verdict,
};
use model::finding::Subject;
use std::collections::BTreeSet;

/// A policy, as the checks see it.
pub(super) struct Policy<'a> {
    kind: &'static str,
    metadata: &'a Meta,
    /// Whether Kyverno uses it; `None` where it does not say.
    pub(super) ready: Option<bool>,
    /// Whether it is about what pods may do.
    pub(super) about_pods: bool,
    /// What of it validates objects.
    pub(super) validates: Mode<'a>,
    /// What of it verifies signatures of images.
    pub(super) verifies: Mode<'a>,
    /// Whether it verifies all images in all namespaces, as far as its text tells.
    pub(super) verifies_all: bool,
}

/// What parts of a policy do.
#[derive(Default)]
pub(super) struct Mode<'a> {
    /// There are such parts.
    pub(super) any: bool,
    /// Those that keep nothing out, by name.
    pub(super) only_audit: BTreeSet<&'a str>,
    /// Namespaces that are left with an audit.
    pub(super) audited_namespaces: BTreeSet<&'a str>,
}

/// The category of a policy, as the collection of Kyverno's own policies names it.
const CATEGORY: &str = "policies.kyverno.io/category";

impl<'a> Policy<'a> {
    pub(super) fn of_patterns(resource: &Resource, policy: &'a PatternPolicy) -> Self {
        let spec = &policy.spec;
        let rules = || spec.rules.iter().flatten();
        let mut validates = Mode::default();
        let mut verifies = Mode::default();
        for rule in rules() {
            let name = rule.name.as_deref().unwrap_or("-");
            if let Some(validate) = &rule.validate {
                let own = validate.failure_action_overrides.iter().flatten();
                let overrides = own.chain(spec.validation_failure_action_overrides.iter().flatten());
                validates.add(name, enforces(policy, validate.failure_action.as_deref()));
                validates.audited_namespaces.extend(overrides.filter(|one| !is_enforce(one)).flat_map(namespaces));
            }
            for images in rule.verify_images.iter().flatten() {
                verifies.add(name, enforces(policy, images.failure_action.as_deref()));
            }
        }
        let has_profile = |rule: &Rule| rule.validate.as_ref().is_some_and(|validate| validate.pod_security.is_some());
        let of_cluster = resource.plural == KYVERNO_CLUSTER_POLICIES.plural;
        Self {
            kind: if of_cluster { "ClusterPolicy" } else { "Policy" },
            metadata: &policy.metadata,
            ready: policy.status.as_ref().and_then(PolicyStatus::is_ready),
            about_pods: is_of_pod_security(&policy.metadata) || rules().any(has_profile),
            validates,
            verifies,
            verifies_all: of_cluster && rules().any(verifies_all),
        }
    }

    pub(super) fn of_expressions(resource: &Resource, policy: &'a ExpressionPolicy) -> Self {
        let spec = &policy.spec;
        let kind = if resource.plural == VALIDATING_POLICIES.plural {
            "ValidatingPolicy"
        } else if resource.plural == IMAGE_POLICIES.plural {
            "ImageValidatingPolicy"
        } else if resource.plural == NAMESPACED_IMAGE_POLICIES.plural {
            "NamespacedImageValidatingPolicy"
        } else {
            "NamespacedValidatingPolicy"
        };
        let of_images = kind.ends_with("ImageValidatingPolicy");
        let admission = spec.evaluation.as_ref().and_then(|asked| asked.admission.as_ref()?.enabled);
        let denies = spec.validation_actions.iter().flatten().any(|action| action == "Deny");
        let mut mode = Mode::default();
        mode.add(policy.metadata.name(), denies && admission != Some(false));
        let narrowed = spec.match_constraints.iter().flatten().any(|(field, _)| field != "resourceRules");
        let all_images = spec.match_image_references.iter().flatten().any(|images| images.glob.as_deref() == Some("*"));
        let conditional = spec.match_conditions.as_ref().is_some_and(|conditions| !conditions.is_empty());
        let (validates, verifies) = if of_images { (Mode::default(), mode) } else { (mode, Mode::default()) };
        Self {
            kind,
            metadata: &policy.metadata,
            ready: policy.status.as_ref().and_then(PolicyStatus::is_ready),
            about_pods: is_of_pod_security(&policy.metadata),
            validates,
            verifies,
            verifies_all: kind == "ImageValidatingPolicy" && all_images && !narrowed && !conditional,
        }
    }

    pub(super) fn subject(&self) -> Subject {
        verdict::subject(self.kind, self.metadata.namespace.as_deref(), self.metadata.name())
    }

    pub(super) fn name(&self) -> &'a str {
        self.metadata.name()
    }
}

impl<'a> Mode<'a> {
    fn add(&mut self, name: &'a str, enforces: bool) {
        self.any = true;
        if !enforces {
            self.only_audit.insert(name);
        }
    }
}

fn is_of_pod_security(metadata: &Meta) -> bool {
    let category = metadata.annotations.as_ref().and_then(|annotations| annotations.get(CATEGORY));
    category.is_some_and(|category| category.contains("Pod Security"))
}

/// Whether a part of a policy keeps out what it is against. What says nothing audits.
fn enforces(policy: &PatternPolicy, own: Option<&str>) -> bool {
    let action = own.or(policy.spec.validation_failure_action.as_deref()).unwrap_or("Audit");
    policy.spec.admission != Some(false) && action.eq_ignore_ascii_case("enforce")
}

fn is_enforce(one: &Override) -> bool {
    one.action.as_deref().is_some_and(|action| action.eq_ignore_ascii_case("enforce"))
}

fn namespaces(one: &Override) -> impl Iterator<Item = &str> {
    one.namespaces.iter().flatten().map(String::as_str)
}

fn verifies_all(rule: &Rule) -> bool {
    let images = || rule.verify_images.iter().flatten().filter_map(|images| images.image_references.as_ref());
    let all_images = images().any(|patterns| patterns.iter().any(|pattern| pattern == "*"));
    let Some(matches) = &rule.matches else { return false };
    let any_is_wide = matches.any.iter().flatten().any(is_wide);
    let all_are_wide = matches.all.as_ref().is_some_and(|all| !all.is_empty() && all.iter().all(is_wide));
    all_images && rule.exclude.is_none() && (any_is_wide || all_are_wide)
}

/// Whether a filter asks for nothing but a kind.
fn is_wide(filter: &Filter) -> bool {
    let by_kind = |field: &String| matches!(field.as_str(), "kinds" | "operations");
    let by_person = filter.subjects.is_some() || filter.roles.is_some() || filter.cluster_roles.is_some();
    !by_person && filter.resources.as_ref().is_some_and(|asked| asked.keys().all(by_kind))
}
