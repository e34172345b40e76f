//! Who may do what.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    listed::Listed,
    policy::Policy,
    request::{CLUSTER_ROLES, ROLE_BINDINGS},
    rules::rbac::evaluate,
};

const BUILT_IN: &str = r#"
kind: ClusterRole
metadata: {name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}
rules:
  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
  - {nonResourceURLs: ["*"], verbs: ["*"]}
---
kind: ClusterRole
metadata: {name: "system:public-info-viewer", labels: {kubernetes.io/bootstrapping: rbac-defaults}}
rules: [{nonResourceURLs: [/healthz, /livez, /readyz, /version, /version/], verbs: [get]}]
---
kind: ClusterRoleBinding
metadata: {name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "system:masters"}]
---
kind: ClusterRoleBinding
metadata: {name: "kubeadm:cluster-admins"}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "kubeadm:cluster-admins"}]
---
kind: ClusterRoleBinding
metadata: {name: "system:public-info-viewer"}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
subjects: [{kind: Group, name: "system:authenticated"}, {kind: Group, name: "system:unauthenticated"}]
---
{kind: ServiceAccount, metadata: {name: default, namespace: shop}, automountServiceAccountToken: false}
---
{kind: ServiceAccount, metadata: {name: web, namespace: shop}}
"#;

pub(super) fn manifests(more: &str) -> Manifests {
    Manifests::read(BUILT_IN).with(Manifests::read(more))
}

fn approving(admins: &[&str], readers: &[&str]) -> Policy {
    let owned = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
    Policy { cluster_admins: owned(admins), secret_readers: owned(readers), ..Policy::default() }
}

pub(super) fn check(check: &str, manifests: &Manifests, policy: &Policy, expected: &str) {
    expect(&about(check, &evaluate(&manifests.rbac(), policy)), expected);
}

#[test]
fn what_kubernetes_and_kubeadm_build_in_is_in_order() {
    expect(
        &said(&evaluate(&manifests("").rbac(), &Policy::default())),
        "
rbac.cluster_admin_baseline pass 0/2
rbac.default_sa pass 0/1
rbac.escalation_verbs pass 0/2
rbac.exec_rights pass 0/1
rbac.groups_not_users pass 0/3
rbac.no_admin_to_everyone pass 0/2
rbac.no_system_masters pass 0/4
rbac.no_unauthenticated_grants pass 0/4
rbac.no_wildcards pass 0/2
rbac.secret_readers pass 0/1
rbac.separation needs_review 0/0 not_told
",
    );
}

pub(super) const EVERYBODY: &str = r#"
kind: ClusterRoleBinding
metadata: {name: permissive-binding}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {kind: User, name: admin}
  - {kind: Group, name: "system:serviceaccounts"}
  - {kind: Group, name: "system:authenticated"}
---
kind: RoleBinding
metadata: {name: all-here, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: "system:anonymous"}]
"#;

#[test]
fn everybody_as_administrator_is_found_by_what_the_role_allows() {
    check(
        "rbac.no_admin_to_everyone",
        &manifests(EVERYBODY),
        &Policy::default(),
        "
rbac.no_admin_to_everyone fail 3/6
  critical ClusterRoleBinding permissive-binding (Group:system:authenticated): cluster [role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  critical ClusterRoleBinding permissive-binding (Group:system:serviceaccounts): cluster [role=ClusterRole/cluster-admin; subject=Group:system:serviceaccounts]
  high RoleBinding shop/all-here (User:system:anonymous): namespace [role=ClusterRole/cluster-admin; subject=User:system:anonymous]
",
    );
}

const ANONYMOUS: &str = r#"
kind: ClusterRole
metadata: {name: "system:discovery"}
rules: [{nonResourceURLs: [/api, /api/*, /apis, /apis/*, /healthz, /version], verbs: [get]}]
---
kind: ClusterRoleBinding
metadata: {name: "system:discovery"}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:discovery"}
subjects: [{kind: Group, name: "system:unauthenticated"}]
---
kind: Role
metadata: {name: "kubeadm:bootstrap-signer-clusterinfo", namespace: kube-public}
rules: [{apiGroups: [""], resources: [configmaps], resourceNames: [cluster-info], verbs: [get]}]
---
kind: RoleBinding
metadata: {name: "kubeadm:bootstrap-signer-clusterinfo", namespace: kube-public}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: "kubeadm:bootstrap-signer-clusterinfo"}
subjects: [{kind: User, name: "system:anonymous"}]
---
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]
---
kind: RoleBinding
metadata: {name: open, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: Group, name: "system:unauthenticated"}]
---
kind: RoleBinding
metadata: {name: dangling, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects: [{kind: Group, name: "system:unauthenticated"}]
"#;

#[test]
fn what_is_granted_without_log_in_is_graded_by_its_harm() {
    check(
        "rbac.no_unauthenticated_grants",
        &manifests(ANONYMOUS),
        &Policy::default(),
        "
rbac.no_unauthenticated_grants fail 4/8
  low ClusterRoleBinding system:discovery (Group:system:unauthenticated): discovery [role=ClusterRole/system:discovery; subject=Group:system:unauthenticated]
  low RoleBinding kube-public/kubeadm:bootstrap-signer-clusterinfo (User:system:anonymous): cluster_info [role=Role/kubeadm:bootstrap-signer-clusterinfo; subject=User:system:anonymous]
  low RoleBinding shop/dangling (Group:system:unauthenticated): dangling [role=Role/gone; subject=Group:system:unauthenticated]
  high RoleBinding shop/open (Group:system:unauthenticated): granted [role=Role/reader; subject=Group:system:unauthenticated]
",
    );
}

#[test]
fn the_public_role_is_no_excuse_once_it_shows_more() {
    let widened = r#"
kind: ClusterRole
metadata: {name: "system:public-info-viewer"}
rules:
  - {nonResourceURLs: [/healthz, /version], verbs: [get]}
  - {apiGroups: [""], resources: [configmaps], verbs: [get]}
"#;
    let mut all = manifests("");
    all.0.retain(|object| object["kind"] != "ClusterRole" || object["metadata"]["name"] != "system:public-info-viewer");
    check(
        "rbac.no_unauthenticated_grants",
        &all.with(Manifests::read(widened)),
        &Policy::default(),
        "
rbac.no_unauthenticated_grants fail 1/4
  high ClusterRoleBinding system:public-info-viewer (Group:system:unauthenticated): granted [role=ClusterRole/system:public-info-viewer; subject=Group:system:unauthenticated]
",
    );
}

pub(super) const ADMINISTRATORS: &str = r#"
kind: ClusterRole
metadata: {name: super}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
---
kind: ClusterRoleBinding
metadata: {name: ops}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: super}
subjects:
  - {kind: Group, name: ops}
  - {kind: ServiceAccount, name: flux, namespace: flux-system}
  - {kind: User, name: "system:serviceaccount:velero:velero"}
---
kind: RoleBinding
metadata: {name: of-a-namespace, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: super}
subjects: [{kind: User, name: anna@example.org}]
"#;

#[test]
fn without_an_approved_list_a_person_must_look_at_administrators() {
    check(
        "rbac.cluster_admin_baseline",
        &manifests(ADMINISTRATORS),
        &Policy::default(),
        "rbac.cluster_admin_baseline needs_review 0/5 no_list [count=3; subjects=Group:ops, ServiceAccount:flux-system/flux, ServiceAccount:velero/velero]",
    );
}

#[test]
fn with_an_approved_list_everybody_else_fails() {
    check(
        "rbac.cluster_admin_baseline",
        &manifests(ADMINISTRATORS),
        &approving(&["Group:ops", "ServiceAccount:velero/velero"], &[]),
        "
rbac.cluster_admin_baseline fail 1/5
  high ClusterRoleBinding ops (ServiceAccount:flux-system/flux): not_approved [role=ClusterRole/super; subject=ServiceAccount:flux-system/flux]
",
    );
}

#[test]
fn system_masters_belongs_to_one_binding() {
    let more = r#"
kind: ClusterRoleBinding
metadata: {name: again}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: "system:masters"}]
"#;
    check(
        "rbac.no_system_masters",
        &manifests(more),
        &Policy::default(),
        "
rbac.no_system_masters fail 1/5
  high ClusterRoleBinding again (Group:system:masters): named [role=ClusterRole/view]
",
    );
}

#[test]
fn a_label_alone_makes_no_wildcard_role_built_in() {
    let more = r#"
kind: ClusterRole
metadata: {name: shop-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}
rules: [{apiGroups: ["", apps], resources: ["*"], verbs: ["*"]}]
---
kind: Role
metadata: {name: all, namespace: shop}
rules: [{apiGroups: ["*"], resources: [pods, "*"], verbs: [get, "*"]}]
---
kind: ClusterRole
metadata: {name: half}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get]}]
---
kind: ClusterRole
metadata: {name: aggregated}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
rules: null
"#;
    check(
        "rbac.no_wildcards",
        &manifests(more),
        &Policy::default(),
        "
rbac.no_wildcards fail 2/6
  high ClusterRole shop-admin: wildcard [groups=apps, core]
  high Role shop/all: wildcard [groups=*]
",
    );
}

const READERS: &str = r#"
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [secrets, pods], verbs: [list]}]
---
kind: Role
metadata: {name: one, namespace: shop}
rules: [{apiGroups: [""], resources: [secrets], resourceNames: [tls], verbs: [get]}]
---
kind: ClusterRole
metadata: {name: writer}
rules: [{apiGroups: [""], resources: [secrets], verbs: [create, update]}, {apiGroups: [apps], resources: ["*"], verbs: ["*"]}]
---
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
  - {kind: Group, name: oncall}
  - {kind: User, name: anna@example.org}
  - {kind: ServiceAccount, name: robot, namespace: shop}
---
kind: RoleBinding
metadata: {name: one, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: one}
subjects: [{kind: User, name: bo@example.org}]
---
kind: ClusterRoleBinding
metadata: {name: writers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: writer}
subjects: [{kind: Group, name: writers}]
"#;

#[test]
fn people_who_read_secrets_are_compared_with_the_approved_list() {
    check(
        "rbac.secret_readers",
        &manifests(READERS),
        &approving(&[], &["Group:oncall"]),
        "
rbac.secret_readers fail 2/4
  high ClusterRoleBinding readers (User:anna@example.org): reads [role=ClusterRole/reader; subject=User:anna@example.org]
  medium RoleBinding shop/one (User:bo@example.org): reads_named [role=Role/one; subject=User:bo@example.org]
",
    );
    check(
        "rbac.secret_readers",
        &manifests(READERS),
        &Policy::default(),
        "rbac.secret_readers needs_review 0/4 no_list [count=3; subjects=Group:oncall, User:anna@example.org, User:bo@example.org]",
    );
}

const ESCALATION: &str = r#"
kind: ClusterRole
metadata: {name: operator}
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind, get]}
  - {apiGroups: [""], resources: [nodes/proxy], verbs: [get]}
  - {apiGroups: [admissionregistration.k8s.io], resources: ["*"], verbs: [patch]}
  - {apiGroups: [certificates.k8s.io], resources: ["*/approval"], verbs: [update]}
---
kind: ClusterRole
metadata: {name: edit}
rules:
  - {apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate]}
  - {apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}
---
kind: ClusterRoleBinding
metadata: {name: operator}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: operator}
subjects:
  - {kind: ServiceAccount, name: operator, namespace: operator}
  - {kind: ServiceAccount, name: controller, namespace: kube-system}
  - {kind: User, name: "system:kube-controller-manager"}
---
kind: RoleBinding
metadata: {name: operator-here, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: operator}
subjects: [{kind: Group, name: shop}]
---
kind: RoleBinding
metadata: {name: edit, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: Group, name: shop}]
---
kind: ClusterRoleBinding
metadata: {name: edit-everywhere}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: Group, name: everywhere}]
"#;

#[test]
fn ways_to_more_rights_are_found_where_they_hold() {
    check(
        "rbac.escalation_verbs",
        &manifests(ESCALATION),
        &Policy::default(),
        "
rbac.escalation_verbs fail 3/6
  high ClusterRoleBinding edit-everywhere (Group:everywhere): holds [powers=create serviceaccounts/token, impersonate serviceaccounts; role=ClusterRole/edit; subject=Group:everywhere]
  high ClusterRoleBinding operator (ServiceAccount:operator/operator): holds [powers=approve certificatesigningrequests, bind roles, nodes/proxy, write webhookconfigurations; role=ClusterRole/operator; subject=ServiceAccount:operator/operator]
  medium RoleBinding shop/operator-here (Group:shop): holds [powers=bind roles; role=ClusterRole/operator; subject=Group:shop]
",
    );
}

#[test]
fn administrators_without_a_list_are_a_question_also_for_escalation() {
    let all = manifests(ADMINISTRATORS);
    let evaluation = evaluate(&all.rbac(), &Policy::default());
    let text = about("rbac.escalation_verbs", &evaluation);
    assert!(text.starts_with("rbac.escalation_verbs fail 1/"), "{text}");
    assert!(text.contains("RoleBinding shop/of-a-namespace"), "{text}");
    let approved = approving(
        &["Group:ops", "ServiceAccount:velero/velero", "ServiceAccount:flux-system/flux", "User:anna@example.org"],
        &[],
    );
    let text = about("rbac.escalation_verbs", &evaluate(&all.rbac(), &approved));
    assert_eq!(text, "rbac.escalation_verbs pass 0/6\n");
}

#[test]
fn an_api_server_without_any_role_does_not_decide_by_roles() {
    expect(
        &said(&evaluate(&Manifests::default().rbac(), &Policy::default())),
        "
rbac.cluster_admin_baseline not_evaluated 0/0 inactive
rbac.default_sa not_evaluated 0/0 inactive
rbac.escalation_verbs not_evaluated 0/0 inactive
rbac.exec_rights not_evaluated 0/0 inactive
rbac.groups_not_users not_evaluated 0/0 inactive
rbac.no_admin_to_everyone not_evaluated 0/0 inactive
rbac.no_system_masters not_evaluated 0/0 inactive
rbac.no_unauthenticated_grants not_evaluated 0/0 inactive
rbac.no_wildcards not_evaluated 0/0 inactive
rbac.secret_readers not_evaluated 0/0 inactive
rbac.separation not_evaluated 0/0 inactive
",
    );
}

#[test]
fn roles_that_may_not_be_read_leave_nothing_in_order() {
    let forbidden = ReadError::Forbidden { permission: "list clusterroles".into() };
    let mut input = manifests(EVERYBODY).rbac();
    input.cluster_roles = Listed::failed(&CLUSTER_ROLES, &forbidden);
    expect(
        &said(&evaluate(&input, &approving(&["User:admin"], &[]))),
        "
rbac.cluster_admin_baseline fail 2/5 unread 2
  high ClusterRoleBinding permissive-binding (Group:system:authenticated): not_approved [role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  high ClusterRoleBinding permissive-binding (Group:system:serviceaccounts): not_approved [role=ClusterRole/cluster-admin; subject=Group:system:serviceaccounts]
rbac.default_sa not_visible 0/1 forbidden [permission=list clusterroles in rbac.authorization.k8s.io]
rbac.escalation_verbs fail 3/6 unread 2
  high ClusterRoleBinding permissive-binding (Group:system:authenticated): holds [powers=approve certificatesigningrequests, bind roles, create serviceaccounts/token, escalate roles, impersonate serviceaccounts, impersonate users, groups, nodes/proxy, write webhookconfigurations; role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  high ClusterRoleBinding permissive-binding (Group:system:serviceaccounts): holds [powers=approve certificatesigningrequests, bind roles, create serviceaccounts/token, escalate roles, impersonate serviceaccounts, impersonate users, groups, nodes/proxy, write webhookconfigurations; role=ClusterRole/cluster-admin; subject=Group:system:serviceaccounts]
  medium RoleBinding shop/all-here (User:system:anonymous): holds [powers=bind roles, create serviceaccounts/token, escalate roles, impersonate serviceaccounts; role=ClusterRole/cluster-admin; subject=User:system:anonymous]
rbac.exec_rights fail 2/4 unread 2
  critical ClusterRoleBinding permissive-binding (Group:system:authenticated): everybody [powers=pods/attach, pods/ephemeralcontainers, pods/exec, pods/portforward; role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  critical RoleBinding shop/all-here (User:system:anonymous): everybody [powers=pods/attach, pods/ephemeralcontainers, pods/exec, pods/portforward; role=ClusterRole/cluster-admin; subject=User:system:anonymous]
rbac.groups_not_users fail 1/6
  low ClusterRoleBinding permissive-binding (User:admin): person [role=ClusterRole/cluster-admin; subject=User:admin]
rbac.no_admin_to_everyone fail 3/6 unread 2
  critical ClusterRoleBinding permissive-binding (Group:system:authenticated): cluster [role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  critical ClusterRoleBinding permissive-binding (Group:system:serviceaccounts): cluster [role=ClusterRole/cluster-admin; subject=Group:system:serviceaccounts]
  high RoleBinding shop/all-here (User:system:anonymous): namespace [role=ClusterRole/cluster-admin; subject=User:system:anonymous]
rbac.no_system_masters pass 0/8
rbac.no_unauthenticated_grants fail 1/8 unread 1
  high RoleBinding shop/all-here (User:system:anonymous): granted [role=ClusterRole/cluster-admin; subject=User:system:anonymous]
rbac.no_wildcards not_visible 0/0 forbidden [permission=list clusterroles in rbac.authorization.k8s.io]
rbac.secret_readers fail 2/4 unread 2
  critical ClusterRoleBinding permissive-binding (Group:system:authenticated): everybody [role=ClusterRole/cluster-admin; subject=Group:system:authenticated]
  critical RoleBinding shop/all-here (User:system:anonymous): everybody [role=ClusterRole/cluster-admin; subject=User:system:anonymous]
rbac.separation not_visible 0/2 unread 2 forbidden [permission=list clusterroles in rbac.authorization.k8s.io]
",
    );
}

#[test]
fn bindings_that_may_not_be_read_hide_the_verdict_and_say_why() {
    let forbidden = ReadError::Forbidden { permission: "list rolebindings".into() };
    let mut input = manifests("").rbac();
    input.role_bindings = Listed::failed(&ROLE_BINDINGS, &forbidden);
    let text = said(&evaluate(&input, &Policy::default()));
    assert_eq!(text.matches("not_visible").count(), 10, "{text}");
    assert!(text.contains("[permission=list rolebindings in rbac.authorization.k8s.io]"), "{text}");
}

#[test]
fn one_malformed_role_keeps_the_others_and_the_doubt() {
    let more = r"
kind: ClusterRole
metadata: {name: broken}
rules: {not: a list}
";
    let text = said(&evaluate(&manifests(more).rbac(), &Policy::default()));
    assert!(text.contains("rbac.no_wildcards pass 0/2 unread 1"), "{text}");
}
