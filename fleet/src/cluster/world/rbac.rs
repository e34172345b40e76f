//! Roles and bindings: what the teams and the platform's own tools have, and what somebody gave too freely.

use super::{
    World,
    object::Meta,
    rbac_builtin,
    story::{Profile, Story, System},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

const API_GROUP: &str = "rbac.authorization.k8s.io";

/// Puts roles and bindings.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    rbac_builtin::fill(world, story);
    platform(world, story);
    for (team, namespace) in story.profile.teams() {
        team_access(world, story, team, namespace);
    }
    match story.profile {
        Profile::Healthy => healthy(world, story, at),
        Profile::Management => {}
        Profile::Managed => managed(world, story, at),
        Profile::Troubled => troubled(world, story, at),
        Profile::Staging => staging(world, story),
        Profile::Edge => edge(world, story),
    }
}

fn platform(world: &mut World, story: &Story) {
    bind_cluster(world, story, ("platform-admins", -390), "cluster-admin", &[group("platform-admins")]);
    bind_cluster(world, story, ("auditors-view", -200), "view", &[group("auditors")]);
    role_for_cluster(
        world,
        story,
        "cert-manager-controller-certificates",
        &json!([
            rule(
                "cert-manager.io",
                &["certificates", "certificates/status", "certificaterequests"],
                &["get", "list", "watch", "update", "patch", "create"]
            ),
            rule("", &["secrets"], &["get", "list", "watch", "create", "update", "delete", "patch"]),
            rule("", &["events"], &["create", "patch"]),
        ]),
    );
    let cert_manager = [account("cert-manager", "cert-manager")];
    bind_cluster(
        world,
        story,
        ("cert-manager-controller-certificates", -388),
        "cert-manager-controller-certificates",
        &cert_manager,
    );
    if story.profile.has(System::Velero) {
        // Velero's own installation does this.
        bind_cluster(world, story, ("velero", -380), "cluster-admin", &[account("velero", "velero")]);
    }
    role_for_cluster(
        world,
        story,
        "bevis-reader",
        &json!([
            rule("", &["namespaces", "persistentvolumeclaims"], &["get", "list"]),
            rule(API_GROUP, &["roles", "rolebindings", "clusterroles", "clusterrolebindings"], &["get", "list"]),
            rule("cert-manager.io", &["certificates", "issuers", "clusterissuers"], &["get", "list"]),
            rule("velero.io", &["backups", "schedules", "backupstoragelocations", "restores"], &["get", "list"]),
        ]),
    );
    bind_cluster(world, story, ("bevis-reader", -35), "bevis-reader", &[account("bevis", "bevis")]);
}

/// A team runs its own workloads and reads its own logs; it does not read Secrets.
fn team_access(world: &mut World, story: &Story, team: &str, namespace: &str) {
    let created = story.day(-300 + story.pick(namespace, 200));
    let meta =
        Meta { kind: "Role", namespace: Some(namespace), name: "team", created, labels: json!({ "team": team }) };
    let rules = json!([
        rule(
            "",
            &["pods", "pods/log", "services", "configmaps", "persistentvolumeclaims", "events"],
            &["get", "list", "watch"]
        ),
        rule("apps", &["deployments", "statefulsets"], &["get", "list", "watch", "update", "patch"]),
        rule("batch", &["jobs", "cronjobs"], &["get", "list", "watch", "create", "delete"]),
    ]);
    world.put_all("roles", [json!({ "metadata": meta.json(story.seed), "rules": rules })]);
    let name = format!("{team}-team");
    let subjects = [group(&format!("team-{team}"))];
    bind(world, story, (namespace, &name, created), ("Role", "team"), &subjects);
}

/// For one day somebody keeps the rights that they needed at night.
fn healthy(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if story.between(at, 60, 12..14) {
        bind_cluster(
            world,
            story,
            ("night-shift-incident-4711", 12),
            "cluster-admin",
            &[user("jonas.friis@nordlys.example")],
        );
    }
}

/// What the provider's own console asks for, and an account that may run commands in pods.
fn managed(world: &mut World, story: &Story, at: DateTime<Utc>) {
    bind_cluster(world, story, ("eks-console-viewers", -200), "view", &[group("eks-console")]);
    if story.between(at, 60, 39..47) {
        role_for_cluster(
            world,
            story,
            "pod-debugger",
            &json!([rule("", &["pods/exec", "pods/attach"], &["create", "get"])]),
        );
        bind_cluster(world, story, ("pod-debugger", 39), "pod-debugger", &[user("asta.holm@nordlys.example")]);
    }
}

fn troubled(world: &mut World, story: &Story, at: DateTime<Utc>) {
    bind_cluster(
        world,
        story,
        ("dev-lead-admin", -120),
        "cluster-admin",
        &[user("kasper.bruun@nordlys.example"), group("developers")],
    );
    role_for_cluster(world, story, "ci-deployer", &json!([{ "apiGroups": ["*"], "resources": ["*"], "verbs": ["*"] }]));
    bind_cluster(world, story, ("ci-deployer", -250), "ci-deployer", &[account("reporting", "gitlab-runner")]);
    role_for_cluster(
        world,
        story,
        "support-impersonation",
        &json!([rule("", &["users", "groups", "serviceaccounts"], &["impersonate"])]),
    );
    bind_cluster(world, story, ("support-impersonation", -90), "support-impersonation", &[group("support")]);
    role_for_cluster(world, story, "secret-sync", &json!([rule("", &["secrets"], &["get", "list", "watch"])]));
    bind_cluster(
        world,
        story,
        ("secret-sync", -210),
        "secret-sync",
        &[account("data-lake", "secret-sync"), group("reporting-analysts")],
    );
    if story.between(at, 90, 4..17) {
        bind_cluster(world, story, ("temporary-everyone", 4), "cluster-admin", &[group("system:authenticated")]);
    }
    if story.hours(at) >= 19 * 24 {
        bind_cluster(world, story, ("status-page", 19), "view", &[group("system:unauthenticated")]);
        bind_cluster(world, story, ("break-glass", 19), "cluster-admin", &[group("system:masters")]);
    }
    let created = story.day(-60);
    bind(
        world,
        story,
        ("legacy-booking", "booking-operators", created),
        ("ClusterRole", "admin"),
        &[user("lone.skov@nordlys.example")],
    );
}

fn staging(world: &mut World, story: &Story) {
    bind_cluster(world, story, ("developers-staging", -150), "view", &[group("developers")]);
    role_for_cluster(world, story, "load-test-operator", &json!([rule("apps", &["*"], &["*"])]));
    bind_cluster(world, story, ("load-test-operator", -40), "load-test-operator", &[account("load-test", "operator")]);
}

fn edge(world: &mut World, story: &Story) {
    bind_cluster(world, story, ("field-technicians", -300), "cluster-admin", &[group("field-technicians")]);
}

fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({ "apiGroups": [group], "resources": resources, "verbs": verbs })
}

fn user(name: &str) -> Value {
    json!({ "kind": "User", "apiGroup": API_GROUP, "name": name })
}

fn group(name: &str) -> Value {
    json!({ "kind": "Group", "apiGroup": API_GROUP, "name": name })
}

fn account(namespace: &str, name: &str) -> Value {
    json!({ "kind": "ServiceAccount", "namespace": namespace, "name": name })
}

fn role_for_cluster(world: &mut World, story: &Story, name: &str, rules: &Value) {
    let meta = Meta { kind: "ClusterRole", namespace: None, name, created: story.day(-250), labels: Value::Null };
    world.put_all("clusterroles", [json!({ "metadata": meta.json(story.seed), "rules": rules })]);
}

/// A binding by its name and the day that it was made.
fn bind_cluster(world: &mut World, story: &Story, (name, day): (&str, i64), role: &str, subjects: &[Value]) {
    let meta = Meta { kind: "ClusterRoleBinding", namespace: None, name, created: story.day(day), labels: Value::Null };
    let role = json!({ "apiGroup": API_GROUP, "kind": "ClusterRole", "name": role });
    world.put_all(
        "clusterrolebindings",
        [json!({ "metadata": meta.json(story.seed), "roleRef": role, "subjects": subjects })],
    );
}

fn bind(
    world: &mut World,
    story: &Story,
    (namespace, name, created): (&str, &str, DateTime<Utc>),
    (kind, role): (&str, &str),
    subjects: &[Value],
) {
    let meta = Meta { kind: "RoleBinding", namespace: Some(namespace), name, created, labels: Value::Null };
    let role = json!({ "apiGroup": API_GROUP, "kind": kind, "name": role });
    world
        .put_all("rolebindings", [json!({ "metadata": meta.json(story.seed), "roleRef": role, "subjects": subjects })]);
}
