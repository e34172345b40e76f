//! People and accounts: who enters pods, who is named one by one, who administers two clusters.

use super::rbac::{ADMINISTRATORS, check, manifests};
use crate::policy::{Policy, SisterAdmins};

const ENTERING: &str = r#"
kind: ClusterRole
metadata: {name: debugger}
rules:
  - {apiGroups: [""], resources: [pods/exec], verbs: [get]}
  - {apiGroups: [""], resources: ["*/portforward"], verbs: [create]}
  - {apiGroups: [""], resources: [pods/ephemeralcontainers], verbs: [get]}
---
kind: RoleBinding
metadata: {name: debug, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: debugger}
subjects:
  - {kind: Group, name: oncall}
  - {kind: User, name: anna@example.org}
  - {kind: ServiceAccount, name: ci, namespace: shop}
"#;

#[test]
fn people_who_enter_pods_are_approved() {
    let all = manifests(ENTERING);
    check(
        "rbac.exec_rights",
        &all,
        &Policy::default(),
        "rbac.exec_rights needs_review 0/3 no_list [count=2; subjects=Group:oncall, User:anna@example.org]",
    );
    let policy = Policy { exec_users: Some(vec!["Group:oncall".into()]), ..Policy::default() };
    check(
        "rbac.exec_rights",
        &all,
        &policy,
        "
rbac.exec_rights fail 1/3
  medium RoleBinding shop/debug (User:anna@example.org): enters [powers=pods/exec, pods/portforward; role=ClusterRole/debugger; subject=User:anna@example.org]
",
    );
}

#[test]
fn persons_are_named_through_groups() {
    check(
        "rbac.groups_not_users",
        &manifests(ENTERING),
        &Policy::default(),
        "
rbac.groups_not_users fail 1/5
  low RoleBinding shop/debug (User:anna@example.org): person [role=ClusterRole/debugger; subject=User:anna@example.org]
",
    );
}

#[test]
fn nobody_administers_a_cluster_and_its_logs() {
    let all = manifests(ADMINISTRATORS);
    let judged = |sister: Option<&[&str]>, both: &[&str], expected: &str| {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let policy = Policy { sister_admins: sister.map(owned), admins_of_both: owned(both), ..Policy::default() };
        check("rbac.separation", &all, &policy, &format!("rbac.separation {expected}"));
    };
    judged(None, &[], "needs_review 0/1 unread 1 not_told");
    // Where everybody administers one of the two, its administrators administer both.
    judged(
        Some(&["Group:system:authenticated"]),
        &[],
        "fail 1/1\n  medium ClusterRoleBinding ops (Group:ops): of_both [role=ClusterRole/super; subject=Group:ops]",
    );
    judged(Some(&[]), &[], "not_applicable 0/0 no_sister");
    judged(Some(&["Group:log-admins"]), &[], "pass 0/1");
    // Who administers a namespace alone is no administrator of the cluster.
    judged(Some(&["User:anna@example.org"]), &[], "pass 0/1");
    judged(Some(&["Group:ops"]), &["Group:ops"], "pass 0/1");
    judged(
        Some(&["Group:ops"]),
        &[],
        "fail 1/1\n  medium ClusterRoleBinding ops (Group:ops): of_both [role=ClusterRole/super; subject=Group:ops]",
    );
    let seen = |told: Option<&[&str]>, seen: &[&str], are_all: bool, expected: &str| {
        let policy = Policy {
            sister_admins: told.map(|names| names.iter().map(ToString::to_string).collect()),
            sister_admins_seen: Some(SisterAdmins { names: seen.iter().map(ToString::to_string).collect(), are_all }),
            ..Policy::default()
        };
        check("rbac.separation", &all, &policy, &format!("rbac.separation {expected}"));
    };
    // A sister that was read and has no administrator among people is not one that there is not.
    seen(None, &[], true, "pass 0/1");
    seen(None, &["Group:log-admins"], false, "needs_review 0/1 unread 1 not_told");
    // One who is known to administer both is enough, whoever else there may be.
    seen(
        None,
        &["Group:ops"],
        false,
        "fail 1/1\n  medium ClusterRoleBinding ops (Group:ops): of_both [role=ClusterRole/super; subject=Group:ops]",
    );
    seen(Some(&[]), &["Group:ops"], true, "not_applicable 0/0 no_sister");
    seen(Some(&["Group:log-admins"]), &["Group:ops"], false, "pass 0/1");
}

#[test]
fn the_default_account_has_neither_rights_nor_a_token() {
    let accounts = r#"
{kind: ServiceAccount, metadata: {name: default, namespace: bank}}
---
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]
---
kind: RoleBinding
metadata: {name: reads, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}, {kind: ServiceAccount, name: web, namespace: shop}]
---
kind: RoleBinding
metadata: {name: all, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: Group, name: "system:serviceaccounts:shop"}]
---
kind: RoleBinding
metadata: {name: nothing, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gone}
subjects: [{kind: User, name: "system:serviceaccount:shop:default"}]
"#;
    check(
        "rbac.default_sa",
        &manifests(accounts),
        &Policy::default(),
        "
rbac.default_sa fail 3/5
  medium RoleBinding shop/all (Group:system:serviceaccounts:shop): bound [role=ClusterRole/reader; subject=Group:system:serviceaccounts:shop]
  medium RoleBinding shop/reads (ServiceAccount:shop/default): bound [role=ClusterRole/reader; subject=ServiceAccount:shop/default]
  low ServiceAccount bank/default: mounted
",
    );
}
