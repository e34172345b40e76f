//! What the rules of a role allow, as far as a check or a review asks.

use k8s_openapi::api::rbac::v1::PolicyRule;
use model::access::Right;
use std::collections::BTreeSet;

/// What a role allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Powers {
    /// Everything, in every API group.
    pub(super) admin: bool,
    /// Reading Secrets: all of them, or some by name.
    pub(super) secrets: Secrets,
    /// Ways to more rights, by the names that the API uses.
    pub(super) escalation: BTreeSet<&'static str>,
    /// Ways into running pods, by the names that the API uses.
    pub(super) enters: BTreeSet<&'static str>,
    /// All of it, in the words of an access review.
    pub(super) rights: BTreeSet<Right>,
    /// What somebody unknown may have of it without harm.
    pub(super) harm: Harm,
}

/// How Secrets may be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secrets {
    #[default]
    None,
    Named,
    All,
}

/// What harm it does to grant a role to somebody unknown, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Harm {
    /// It grants nothing.
    #[default]
    Nothing,
    /// Version and health.
    PublicInfo,
    /// The list of APIs, and questions about one's own rights.
    Discovery,
    /// The address and certificate authority that kubeadm publishes for joining nodes.
    ClusterInfo,
    /// Anything else.
    More,
}

const RBAC: &str = "rbac.authorization.k8s.io";
const PUBLIC_INFO: &[&str] = &["/healthz", "/livez", "/readyz", "/version", "/version/"];
const DISCOVERY: &[&str] = &[
    "/api",
    "/api/*",
    "/apis",
    "/apis/*",
    "/openapi",
    "/openapi/*",
    "/swaggerapi",
    "/swaggerapi/*",
    "/swagger.json",
    "/swagger-2.0.0.pb-v1",
];
const SELF_REVIEWS: &[&str] = &["selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"];

impl Powers {
    /// The built-in role by which administrators are recognised even where roles cannot be read.
    pub(super) fn administrator() -> Self {
        let rule = PolicyRule {
            api_groups: Some(vec!["*".into()]),
            resources: Some(vec!["*".into()]),
            verbs: vec!["*".into()],
            ..PolicyRule::default()
        };
        Self::of(&[rule])
    }

    /// What rules allow together.
    pub(super) fn of(rules: &[PolicyRule]) -> Self {
        let mut powers = Self::default();
        for rule in rules {
            let rule = Rule(rule);
            powers.admin |= rule.is_everything();
            powers.secrets = powers.secrets.max(rule.secrets());
            rule.escalation(&mut powers.escalation);
            rule.enters(&mut powers.enters);
            rule.rights(&mut powers.rights);
            powers.harm = powers.harm.max(rule.harm());
        }
        powers
    }
}

/// Whether a rule allows every verb on every resource of some API group.
pub(super) fn is_wildcard(rule: &PolicyRule) -> bool {
    has(Some(&rule.verbs), "*") && has(rule.resources.as_ref(), "*")
}

struct Rule<'a>(&'a PolicyRule);

impl Rule<'_> {
    fn is_everything(&self) -> bool {
        is_wildcard(self.0) && has(self.0.api_groups.as_ref(), "*") && !self.is_by_name()
    }

    fn is_by_name(&self) -> bool {
        self.0.resource_names.as_ref().is_some_and(|names| !names.is_empty())
    }

    fn verb(&self, verbs: &[&str]) -> bool {
        self.0.verbs.iter().any(|verb| verb == "*" || verbs.contains(&verb.as_str()))
    }

    fn resource(&self, group: &str, resource: &str) -> bool {
        let groups = self.0.api_groups.as_ref();
        // `*/status` is that sub-resource of every resource.
        let of_all = resource.split_once('/').map(|(_, sub)| format!("*/{sub}"));
        let resources = self.0.resources.as_ref();
        (has(groups, "*") || has(groups, group))
            && (has(resources, "*") || has(resources, resource) || of_all.is_some_and(|of_all| has(resources, &of_all)))
    }

    fn secrets(&self) -> Secrets {
        if !self.resource("", "secrets") || !self.verb(&["get", "list", "watch"]) {
            Secrets::None
        } else if self.is_by_name() {
            Secrets::Named
        } else {
            Secrets::All
        }
    }

    fn escalation(&self, found: &mut BTreeSet<&'static str>) {
        let roles = self.resource(RBAC, "roles") || self.resource(RBAC, "clusterroles");
        let impersonates = self.0.verbs.iter().any(|verb| verb == "*" || verb.starts_with("impersonate"));
        let people = self.resource("", "users")
            || self.resource("", "groups")
            || self.resource("authentication.k8s.io", "userextras")
            || self.resource("authentication.k8s.io", "uids")
            || self.resource("authentication.k8s.io", "users")
            || self.resource("authentication.k8s.io", "groups");
        let accounts =
            self.resource("", "serviceaccounts") || self.resource("authentication.k8s.io", "serviceaccounts");
        let write: &[&str] = &["create", "update", "patch"];
        let webhooks = self.resource("admissionregistration.k8s.io", "validatingwebhookconfigurations")
            || self.resource("admissionregistration.k8s.io", "mutatingwebhookconfigurations");
        let approves = (self.resource("certificates.k8s.io", "certificatesigningrequests/approval")
            && self.verb(&["update", "patch"]))
            || (self.resource("certificates.k8s.io", "signers") && self.verb(&["approve"]));
        let ways = [
            (roles && self.verb(&["escalate"]), ESCALATE),
            (roles && self.verb(&["bind"]), BIND),
            (people && impersonates, IMPERSONATE_PEOPLE),
            (accounts && impersonates, IMPERSONATE_ACCOUNTS),
            (self.resource("", "serviceaccounts/token") && self.verb(&["create"]), CREATE_TOKENS),
            (approves, APPROVE_CERTIFICATES),
            (webhooks && self.verb(write), CHANGE_WEBHOOKS),
            (self.resource("", "nodes/proxy"), NODES_PROXY),
        ];
        found.extend(ways.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name));
    }

    fn enters(&self, found: &mut BTreeSet<&'static str>) {
        // A connection is opened by a POST, or by a GET that becomes a WebSocket.
        let connect: &[&str] = &["create", "get"];
        let ways = [
            ("pods/exec", connect),
            ("pods/attach", connect),
            ("pods/portforward", connect),
            ("pods/ephemeralcontainers", &["update", "patch"]),
        ];
        found
            .extend(ways.into_iter().filter(|(at, verbs)| self.resource("", at) && self.verb(verbs)).map(|(at, _)| at));
    }

    fn rights(&self, found: &mut BTreeSet<Right>) {
        let (mut ways, mut entries) = (BTreeSet::new(), BTreeSet::new());
        self.escalation(&mut ways);
        self.enters(&mut entries);
        let harm = self.harm();
        let is_public = matches!(harm, Harm::PublicInfo | Harm::Discovery);
        let on_more = !is_public && harm != Harm::Nothing;
        let resources = self.0.resources.as_deref().unwrap_or_default();
        let beyond_secrets = resources.iter().any(|resource| resource != "secrets");
        let reads = self.verb(&["get", "list", "watch"]);
        // Verbs are open-ended: what is none of reading is a change.
        let changes = self.0.verbs.iter().any(|verb| !matches!(verb.as_str(), "get" | "list" | "watch"));
        let secrets = self.secrets();
        let access = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"];
        let held = [
            (self.is_everything(), Right::Everything),
            (!ways.is_empty(), Right::RaiseRights),
            (changes && access.iter().any(|resource| self.resource(RBAC, resource)), Right::ChangeAccess),
            (!entries.is_empty(), Right::EnterPods),
            (secrets == Secrets::All, Right::ReadSecrets),
            (secrets == Secrets::Named, Right::ReadNamedSecrets),
            (changes && self.resource("", "secrets"), Right::ChangeSecrets),
            (changes && self.is_on_workloads(), Right::ChangeWorkloads),
            (changes && on_more && beyond_secrets, Right::Change),
            (reads && on_more && beyond_secrets, Right::Read),
            // Addresses of the API server beyond the harmless ones.
            (on_more && resources.is_empty(), Right::Read),
            (is_public, Right::Public),
        ];
        found.extend(held.into_iter().filter(|(holds, _)| *holds).map(|(_, right)| right));
    }

    fn is_on_workloads(&self) -> bool {
        let of_apps = ["deployments", "statefulsets", "daemonsets", "replicasets"];
        self.resource("", "pods")
            || of_apps.iter().any(|resource| self.resource("apps", resource))
            || ["jobs", "cronjobs"].iter().any(|resource| self.resource("batch", resource))
    }

    fn harm(&self) -> Harm {
        let resources = self.0.resources.as_deref().unwrap_or_default();
        let urls = self.0.non_resource_urls.as_deref().unwrap_or_default();
        let only = |verb: &str| self.0.verbs.iter().all(|held| held == verb);
        let all = |values: &[String], known: &[&str]| values.iter().all(|value| known.contains(&value.as_str()));
        let names = self.0.resource_names.as_deref().unwrap_or_default();
        if self.0.verbs.is_empty() || (resources.is_empty() && urls.is_empty()) {
            Harm::Nothing
        } else if resources.is_empty() && only("get") {
            match (all(urls, PUBLIC_INFO), all(urls, &[PUBLIC_INFO, DISCOVERY].concat())) {
                (true, _) => Harm::PublicInfo,
                (false, true) => Harm::Discovery,
                (false, false) => Harm::More,
            }
        } else if urls.is_empty() && only("create") && all(resources, SELF_REVIEWS) {
            Harm::Discovery
        } else if urls.is_empty() && only("get") && all(resources, &["configmaps"]) && names == ["cluster-info"] {
            Harm::ClusterInfo
        } else {
            Harm::More
        }
    }
}

pub(super) const ESCALATE: &str = "escalate roles";
pub(super) const BIND: &str = "bind roles";
pub(super) const IMPERSONATE_PEOPLE: &str = "impersonate users, groups";
pub(super) const IMPERSONATE_ACCOUNTS: &str = "impersonate serviceaccounts";
pub(super) const CREATE_TOKENS: &str = "create serviceaccounts/token";
pub(super) const APPROVE_CERTIFICATES: &str = "approve certificatesigningrequests";
pub(super) const CHANGE_WEBHOOKS: &str = "write webhookconfigurations";
pub(super) const NODES_PROXY: &str = "nodes/proxy";

/// Those that mean something within one namespace; the others are about resources of the whole cluster.
pub(super) const IN_A_NAMESPACE: &[&str] = &[ESCALATE, BIND, IMPERSONATE_ACCOUNTS, CREATE_TOKENS];

fn has(values: Option<&Vec<String>>, value: &str) -> bool {
    values.is_some_and(|values| values.iter().any(|held| held == value))
}
