//! What the audit policy lets the API server record. The policy itself is a file on the control nodes, which no list shows: it
//! is judged as the organisation attaches it, and that API servers use just that is for a person to show.

use crate::{
    listed::One,
    policy::{ConfigMapKey, Policy},
    request::audit_policy,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeSet;

const CONTENT: &str = "log.audit_policy_content";

const UNRECORDED: Sentence = fault(CONTENT, "unrecorded", &["verbs"]);
const BODIES: Sentence = fault(CONTENT, "bodies", &["verbs"]);
const UNATTACHED: Sentence = reason(CONTENT, "unattached", &[]);
const NO_POLICY: Sentence = reason(CONTENT, "no_policy", &["config"]);
const ATTACHED: Sentence = reason(CONTENT, "attached", &["config"]);
const PARTLY: Sentence = reason(CONTENT, "partly", &["config", "resources"]);

pub(super) const SENTENCES: &[Sentence] = &[UNRECORDED, BODIES, UNATTACHED, NO_POLICY, ATTACHED, PARTLY];

/// `audit.k8s.io` `Policy`. A field that is not known may change what a rule is for, so that it is no policy that can be judged.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditPolicy {
    api_version: String,
    kind: String,
    #[serde(default, rename = "metadata")]
    _metadata: IgnoredAny,
    rules: Vec<Rule>,
    /// When in a request nothing is recorded.
    #[serde(default, rename = "omitStages")]
    stages: Vec<String>,
    #[serde(default, rename = "omitManagedFields")]
    _managed_fields: IgnoredAny,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Rule {
    level: Level,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    user_groups: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    resources: Vec<OfGroup>,
    #[serde(default)]
    namespaces: Vec<String>,
    #[serde(default, rename = "nonResourceURLs")]
    paths: Vec<IgnoredAny>,
    #[serde(default, rename = "omitStages")]
    stages: Vec<String>,
    #[serde(default, rename = "omitManagedFields")]
    _managed_fields: IgnoredAny,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OfGroup {
    #[serde(default)]
    group: String,
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    resource_names: Vec<String>,
}

/// How much is recorded of a request.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    None,
    Metadata,
    Request,
    RequestResponse,
}

/// Of the requests of one kind, those that a rule is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    None,
    /// Those of some users, in some namespaces or of some names.
    Some,
    All,
}

impl AuditPolicy {
    /// Reads a policy; `None` where it is none that can be judged.
    pub fn of(text: &str) -> Option<Self> {
        let policy = serde_saphyr::from_str::<Self>(text).ok()?;
        let is_policy = policy.kind == "Policy" && policy.api_version.starts_with("audit.k8s.io/");
        (is_policy && !policy.rules.is_empty()).then_some(policy)
    }

    /// How much is recorded of requests of one kind: of some of them, and of all others. The first rule counts.
    fn levels(&self, verb: &str, group: &str, resource: &str) -> (BTreeSet<Level>, Level) {
        let mut of_some = BTreeSet::new();
        for rule in &self.rules {
            let level = if is_silent(&self.stages, &rule.stages) { Level::None } else { rule.level };
            match rule.reach(verb, group, resource) {
                Reach::None => {}
                Reach::Some => drop(of_some.insert(level)),
                Reach::All => return (of_some, level),
            }
        }
        (of_some, Level::None)
    }
}

/// Whether nothing of an ordinary request is left: neither that it was received nor that it was answered.
fn is_silent(of_all: &[String], of_rule: &[String]) -> bool {
    let omits = |stage: &str| of_all.iter().chain(of_rule).any(|omitted| omitted == stage);
    omits("RequestReceived") && omits("ResponseComplete")
}

impl Rule {
    /// As the API server compares them.
    fn reach(&self, verb: &str, group: &str, resource: &str) -> Reach {
        let of_paths = !self.paths.is_empty() && self.resources.is_empty() && self.namespaces.is_empty();
        if of_paths || !self.verbs.is_empty() && !self.verbs.iter().any(|one| one == verb) {
            return Reach::None;
        }
        let matching: Vec<&OfGroup> = self.resources.iter().filter(|of| of.matches(group, resource)).collect();
        if !self.resources.is_empty() && matching.is_empty() {
            return Reach::None;
        }
        // Names count only where resources are named beside them.
        let of_all_names = |of: &&OfGroup| of.resource_names.is_empty() || of.resources.is_empty();
        let is_bounded = [&self.users, &self.user_groups, &self.namespaces].into_iter().any(|some| !some.is_empty());
        if is_bounded || !matching.is_empty() && !matching.iter().any(of_all_names) { Reach::Some } else { Reach::All }
    }
}

impl OfGroup {
    fn matches(&self, group: &str, resource: &str) -> bool {
        let (parent, part) = resource.split_once('/').map_or((resource, None), |(parent, part)| (parent, Some(part)));
        let is_it = |named: &String| {
            named == resource
                || named == "*"
                || named.strip_suffix("/*") == Some(parent)
                || part.is_some() && named.strip_prefix("*/") == part
        };
        self.group == group && (self.resources.is_empty() || self.resources.iter().any(is_it))
    }
}

const RBAC: &str = "rbac.authorization.k8s.io";
const WRITES: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];
const READS_AND_WRITES: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
/// A stream is opened by either.
const OPENS: &[&str] = &["create", "get"];

/// What must be recorded: group, resource and verbs.
const RECORDED: &[(&str, &str, &[&str])] = &[
    ("", "pods/exec", OPENS),
    ("", "pods/attach", OPENS),
    ("", "pods/portforward", OPENS),
    ("", "secrets", READS_AND_WRITES),
    (RBAC, "roles", WRITES),
    (RBAC, "rolebindings", WRITES),
    (RBAC, "clusterroles", WRITES),
    (RBAC, "clusterrolebindings", WRITES),
];

/// Whose bodies hold credentials, or may.
const WITHOUT_BODIES: &[(&str, &str, &[&str])] = &[
    ("", "secrets", READS_AND_WRITES),
    ("", "configmaps", READS_AND_WRITES),
    ("", "serviceaccounts/token", &["create"]),
    ("authentication.k8s.io", "tokenreviews", &["create"]),
];

/// `log.audit_policy_content`: running commands in pods, access to Secrets and changes of rights are recorded, and of what
/// holds credentials no body is.
pub(super) fn content(attached: Option<&One<AuditPolicy>>, policy: &Policy) -> Judge {
    let mut judge = Judge::of(CONTENT);
    let Some((key, attached)) = policy.audit_policy.as_ref().zip(attached) else {
        judge.otherwise(Outcome::NotVisible, &UNATTACHED, []);
        return judge;
    };
    judge = judge.needs_one(&audit_policy(key), attached);
    let config = format!("{}/{} ({})", key.namespace, key.name, key.key);
    match &attached.object {
        Some(found) => judge_content(&mut judge, found, key, config),
        None if judge.saw_all() => judge.otherwise(Outcome::NotVisible, &NO_POLICY, [("config", config)]),
        None => {}
    }
    judge
}

fn judge_content(judge: &mut Judge, found: &AuditPolicy, key: &ConfigMapKey, config: String) {
    let about = |what: String| Subject { key: Some(what), ..subject("ConfigMap", Some(&key.namespace), &key.name) };
    let mut partly = BTreeSet::new();
    for (group, resource, verbs) in RECORDED {
        judge.examine();
        let levels = |verb: &&str| found.levels(verb, group, resource);
        let (unrecorded, recorded): (Vec<&str>, Vec<&str>) =
            verbs.iter().copied().partition(|verb| levels(verb).1 == Level::None);
        if !unrecorded.is_empty() {
            judge.fail(&UNRECORDED, about((*resource).to_owned()), [("verbs", names(unrecorded))]);
        } else if recorded.iter().any(|verb| levels(verb).0.contains(&Level::None)) {
            partly.insert(*resource);
        }
    }
    for (group, resource, verbs) in WITHOUT_BODIES {
        judge.examine();
        let has_bodies = |verb: &&str| {
            let (of_some, of_others) = found.levels(verb, group, resource);
            of_some.into_iter().chain([of_others]).any(|level| level >= Level::Request)
        };
        let bodies: Vec<&str> = verbs.iter().copied().filter(has_bodies).collect();
        if !bodies.is_empty() {
            // It may fail beside the other.
            judge.fail(&BODIES, about(format!("{resource} requestObject")), [("verbs", names(bodies))]);
        }
    }
    if partly.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &ATTACHED, [("config", config)]);
    } else {
        judge.otherwise(Outcome::NeedsReview, &PARTLY, [("config", config), ("resources", names(partly))]);
    }
}
