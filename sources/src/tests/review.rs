//! The table of an access review.

use super::{Manifests, expect};
use crate::{
    error::ReadError,
    listed::Listed,
    policy::Policy,
    request::{CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, ROLE_BINDINGS},
    rules::rbac::{
        Input,
        review::{AccessReview, Grant, Right, SubjectKind, review},
    },
};
use model::source::Source;

const GRANTS: &str = r#"
kind: ClusterRole
metadata: {name: cluster-admin}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}, {nonResourceURLs: ["*"], verbs: ["*"]}]
---
kind: ClusterRole
metadata: {name: mixed}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [get, update]}
  - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
  - {apiGroups: [""], resources: [pods/exec], verbs: [create]}
  - {nonResourceURLs: [/version], verbs: [get]}
---
kind: ClusterRole
metadata: {name: on-nodes}
rules: [{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}]
---
kind: ClusterRole
metadata: {name: empty}
---
kind: Role
metadata: {name: one-secret, namespace: shop}
rules: [{apiGroups: [""], resources: [secrets], resourceNames: [db], verbs: [get]}]
---
kind: Role
metadata: {name: access, namespace: shop}
rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create, bind]}]
---
kind: ClusterRoleBinding
metadata: {name: admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "system:masters"}, {kind: Group, name: ops}, {kind: Group, name: ops}]
---
kind: ClusterRoleBinding
metadata: {name: public}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: mixed}
subjects: [{kind: User, name: anna@example.org}]
---
kind: RoleBinding
metadata: {name: mixed, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: mixed}
subjects: [{kind: User, name: anna@example.org}, {kind: Martian, name: zorg}]
---
kind: RoleBinding
metadata: {name: nodes, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: on-nodes}
subjects: [{kind: ServiceAccount, name: ci, namespace: shop}]
---
kind: RoleBinding
metadata: {name: db, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: one-secret}
subjects: [{kind: ServiceAccount, name: ci, namespace: shop}]
---
kind: RoleBinding
metadata: {name: access, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: access}
subjects: [{kind: Group, name: leads}]
---
kind: RoleBinding
metadata: {name: empty, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: empty}
subjects: [{kind: Group, name: leads}]
---
kind: RoleBinding
metadata: {name: gone, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects: [{kind: Group, name: leads}]
"#;

fn text(review: &AccessReview) -> String {
    let kind = |kind: SubjectKind| match kind {
        SubjectKind::Group => "Group",
        SubjectKind::User => "User",
        SubjectKind::ServiceAccount => "ServiceAccount",
    };
    let line = |row: &Grant| {
        let rights: Vec<&str> = row.rights.iter().map(|right| right.as_str()).collect();
        let scope = row.namespace.as_deref().unwrap_or("*");
        format!(
            "{}:{} in {scope} by {} of {}: {}\n",
            kind(row.kind),
            row.subject,
            row.binding,
            row.role,
            rights.join(", ")
        )
    };
    review.grants.iter().map(line).collect()
}

#[test]
fn every_grant_is_a_row_sorted_and_once() {
    let found = review(&Manifests::read(GRANTS).rbac());
    assert!(found.is_complete);
    expect(
        &text(&found),
        "
Group:leads in shop by RoleBinding/empty of ClusterRole/empty: nothing
Group:leads in shop by RoleBinding/access of Role/access: change_access, change
Group:leads in shop by RoleBinding/gone of Role/gone: nothing
Group:ops in * by ClusterRoleBinding/admins of ClusterRole/cluster-admin: everything
Group:system:masters in * by ClusterRoleBinding/admins of ClusterRole/cluster-admin: everything
User:anna@example.org in * by ClusterRoleBinding/public of ClusterRole/mixed: enter_pods, read_secrets, change_secrets, change_workloads, change, read, public
User:anna@example.org in shop by RoleBinding/mixed of ClusterRole/mixed: enter_pods, read_secrets, change_secrets, change_workloads, change, read
ServiceAccount:shop/ci in shop by RoleBinding/nodes of ClusterRole/on-nodes: read
ServiceAccount:shop/ci in shop by RoleBinding/db of Role/one-secret: read_named_secrets
",
    );
    assert!(found.grants.iter().filter(|row| row.is_system).all(|row| row.subject == "system:masters"));
}

#[test]
fn a_table_that_may_lack_rows_says_so() {
    let whole = Manifests::read(GRANTS).rbac();
    let forbidden = ReadError::Forbidden { permission: String::new() };
    let without_bindings = Input { role_bindings: Listed::failed(&ROLE_BINDINGS, &forbidden), ..whole.clone() };
    assert!(!review(&without_bindings).is_complete);
    let without_roles = review(&Input { cluster_roles: Listed::failed(&CLUSTER_ROLES, &forbidden), ..whole });
    assert!(!without_roles.is_complete);
    // The built-in administrator is known even then; nothing else of the cluster is.
    let said = text(&without_roles);
    assert!(said.contains("ClusterRole/cluster-admin: everything"), "{said}");
    assert!(said.contains("ClusterRole/mixed: unknown"), "{said}");
}

#[test]
fn every_right_has_its_words_in_every_language() {
    for language in ["en", "da"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/locales").join(language);
        let words = std::fs::read_to_string(path.join("ui.ftl")).expect("a translation");
        for right in Right::ALL {
            assert!(words.contains(&format!("\nright-{} = ", right.as_str())), "{language}: {right:?}");
        }
    }
}

#[test]
fn a_reading_gives_a_review_where_bindings_were_read_and_rbac_decides() {
    let manifests = Manifests::read(GRANTS);
    let access =
        |cluster: super::manifests::Cluster<'_>| cluster.reading(Source::Rbac, &Policy::default()).facts().access;
    let forbidden = || ReadError::Forbidden { permission: String::new() };
    let (of_cluster, of_namespaces) = (CLUSTER_ROLE_BINDINGS.name(), ROLE_BINDINGS.name());
    assert!(access(manifests.cluster(34, &[])).is_some_and(|review| review.is_complete));
    let without_one = manifests.cluster(34, &[]).failing(&of_namespaces, forbidden());
    assert!(access(without_one).is_some_and(|review| !review.is_complete && !review.grants.is_empty()));
    let without_both =
        manifests.cluster(34, &[]).failing(&of_namespaces, forbidden()).failing(&of_cluster, forbidden());
    assert_eq!(access(without_both), None, "nothing was reviewed");
    let inactive = Manifests::read("{kind: Namespace, metadata: {name: default}}");
    assert_eq!(access(inactive.cluster(34, &[])), None, "something else than RBAC decides");
}
