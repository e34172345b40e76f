//! The roles and bindings that every API server makes for itself, by their names and their most telling rules.

use super::{World, object::Meta, story::Story};
use serde_json::{Value, json};

/// Puts them, labelled as a real server labels its own.
pub(super) fn fill(world: &mut World, story: &Story) {
    for (name, rules) in roles() {
        world.put_all("clusterroles", [json!({ "metadata": metadata(story, "ClusterRole", name), "rules": rules })]);
    }
    for (name, subjects) in bindings() {
        let role = json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name });
        let metadata = metadata(story, "ClusterRoleBinding", name);
        world.put_all("clusterrolebindings", [json!({ "metadata": metadata, "roleRef": role, "subjects": subjects })]);
    }
}

fn metadata(story: &Story, kind: &str, name: &str) -> Value {
    let labels = json!({ "kubernetes.io/bootstrapping": "rbac-defaults" });
    let mut metadata = Meta { kind, namespace: None, name, created: story.day(-400), labels }.json(story.seed);
    metadata["annotations"] = json!({ "rbac.authorization.kubernetes.io/autoupdate": "true" });
    metadata
}

fn roles() -> Vec<(&'static str, Value)> {
    let everything = json!([
        { "apiGroups": ["*"], "resources": ["*"], "verbs": ["*"] },
        { "nonResourceURLs": ["*"], "verbs": ["*"] },
    ]);
    let write = ["create", "delete", "deletecollection", "patch", "update"];
    let read = ["get", "list", "watch"];
    let view = json!([
        { "apiGroups": [""], "resources": ["configmaps", "endpoints", "persistentvolumeclaims", "pods", "services", "serviceaccounts"], "verbs": read },
        { "apiGroups": ["apps"], "resources": ["daemonsets", "deployments", "replicasets", "statefulsets"], "verbs": read },
    ]);
    let edit = json!([
        { "apiGroups": [""], "resources": ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"], "verbs": read },
        { "apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["impersonate"] },
        { "apiGroups": [""], "resources": ["pods", "pods/attach", "pods/exec"], "verbs": write },
        { "apiGroups": ["apps"], "resources": ["daemonsets", "deployments", "replicasets", "statefulsets"], "verbs": write },
    ]);
    let admin = json!([
        { "apiGroups": [""], "resources": ["pods/attach", "pods/exec", "secrets"], "verbs": read },
        { "apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["impersonate"] },
        { "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["rolebindings", "roles"], "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"] },
    ]);
    vec![
        ("cluster-admin", everything),
        ("admin", admin),
        ("edit", edit),
        ("view", view),
        (
            "system:basic-user",
            json!([{ "apiGroups": ["authorization.k8s.io"], "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], "verbs": ["create"] }]),
        ),
        (
            "system:discovery",
            json!([{ "nonResourceURLs": ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/readyz", "/version"], "verbs": ["get"] }]),
        ),
        (
            "system:public-info-viewer",
            json!([{ "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version", "/version/"], "verbs": ["get"] }]),
        ),
        ("system:node", Value::Null),
        (
            "system:kube-controller-manager",
            json!([{ "apiGroups": [""], "resources": ["secrets", "serviceaccounts"], "verbs": ["create", "delete", "get", "update"] }]),
        ),
        ("system:kube-scheduler", json!([{ "apiGroups": [""], "resources": ["pods", "nodes"], "verbs": read }])),
        (
            "system:controller:generic-garbage-collector",
            json!([{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["delete", "get", "list", "patch", "update", "watch"] }]),
        ),
        (
            "system:controller:namespace-controller",
            json!([{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["delete", "deletecollection", "get", "list"] }]),
        ),
        (
            "system:controller:resourcequota-controller",
            json!([{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["list", "watch"] }]),
        ),
    ]
}

fn bindings() -> Vec<(&'static str, Value)> {
    let group = |name: &str| json!({ "kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": name });
    let user = |name: &str| json!({ "kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": name });
    let controller = |name: &str| json!({ "kind": "ServiceAccount", "namespace": "kube-system", "name": name });
    vec![
        ("cluster-admin", json!([group("system:masters")])),
        ("system:basic-user", json!([group("system:authenticated")])),
        ("system:discovery", json!([group("system:authenticated")])),
        ("system:public-info-viewer", json!([group("system:authenticated"), group("system:unauthenticated")])),
        ("system:node", Value::Null),
        ("system:kube-controller-manager", json!([user("system:kube-controller-manager")])),
        ("system:kube-scheduler", json!([user("system:kube-scheduler")])),
        ("system:controller:generic-garbage-collector", json!([controller("generic-garbage-collector")])),
        ("system:controller:namespace-controller", json!([controller("namespace-controller")])),
        ("system:controller:resourcequota-controller", json!([controller("resourcequota-controller")])),
    ]
}
