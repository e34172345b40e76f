//! Audit events from the tests of scanners: recorded ones, and ones written by hand, which lack what every event has.

use super::{contents, corpus};
use crate::{
    intake::audit::{Rule, read},
    tests::expect,
};
use std::fmt::Write;

/// What is read of a file: an event a line, then what was refused.
pub(in crate::tests) fn line(bytes: &[u8]) -> String {
    let batch = read(bytes);
    let mut said = String::new();
    for event in &batch.events {
        let user = event.user.as_deref().unwrap_or("nobody");
        let kind = event.object.as_ref().map(crate::intake::audit::ObjectRef::kind).unwrap_or_default();
        let hits: Vec<&str> = event.hits.iter().copied().map(Rule::as_str).collect();
        let at = event.at.map(|at| at.date_naive().to_string()).unwrap_or_default();
        let code = event.code.unwrap_or_default();
        writeln!(said, "  {at} {user} {} {kind} {code} [{}]", event.verb, hits.join(", ")).expect("a String");
    }
    for refusal in &batch.refusals {
        writeln!(said, "  refused {refusal}").expect("a String");
    }
    said
}

#[test]
#[expect(clippy::too_many_lines, reason = "what is expected of every file")]
fn every_audit_event_is_read_or_refused() {
    let Some(corpus) = corpus() else { return };
    let mut said = String::new();
    for (name, bytes) in contents(&corpus.join("k8s-audit")) {
        write!(said, "{name}\n{}", line(&bytes)).expect("a String");
    }
    expect(
        &said,
        "
events-panther/k8s_anonymous_api_access-4.json
  refused /verb: missing
events-panther/k8s_daemonset_created-1.json
  refused /stage: missing
events-panther/k8s_exec_into_pod-1.json
  refused /stage: missing
events-panther/k8s_ioc_activity-1.json
  refused /stage: missing
events-panther/k8s_pod_host_network-1.json
  refused /stage: missing
events-panther/k8s_privileged_pod_created-1.json
   john.doe@company.com create pods 201 []
events-panther/k8s_privileged_pod_created-4.json
   john.doe@company.com create pods 201 []
events/attach_cluster_admin_role.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterrolebindings 201 [rbac_change, system_masters]
events/create_cluster_role_wildcard_resources.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterroles 201 [rbac_change, system_masters]
events/create_cluster_role_wildcard_verbs.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterroles 201 [rbac_change, system_masters]
events/create_cluster_role_write_privileges.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterroles 201 [rbac_change, system_masters]
events/create_clusterrole.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterroles 201 [rbac_change, system_masters]
events/create_clusterrolebinding.json
  2018-10-26 minikube-user create rbac.authorization.k8s.io/clusterrolebindings 201 [rbac_change, system_masters]
events/create_configmap.json
  2018-10-26 minikube-user create configmaps 201 [system_masters]
events/create_configmap_sensitive_values.json
  2018-10-26 minikube-user create configmaps 201 [system_masters]
  2018-10-26 minikube-user create configmaps 201 [system_masters]
  2018-10-26 minikube-user create configmaps 201 [system_masters]
  2018-10-26 minikube-user create configmaps 201 [system_masters]
  2018-10-26 minikube-user create configmaps 201 [system_masters]
  2018-10-26 minikube-user create configmaps 201 [system_masters]
events/create_deployment.json
  2018-10-26 minikube-user create extensions/deployments 201 [system_masters]
events/create_kube_system_secret.json
  2020-03-24 admin create secrets 201 [system_masters]
events/create_nginx_pod_hostnetwork.json
  2018-10-26 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_nginx_pod_no_secctx_1st_container_privileged_2nd_container.json
  2018-10-25 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_nginx_pod_nohostnetwork.json
  2018-10-26 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_nginx_pod_privileged_2nd_container.json
  2018-10-25 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_nginx_pod_unprivileged.json
  2018-10-25 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_nginx_pod_unsensitive_mount.json
  2018-10-25 system:node:minikube get pods 200 []
events/create_nginx_service_nodeport.json
  2018-10-26 minikube-user create services 201 [system_masters]
events/create_nginx_service_nonodeport.json
  2018-10-26 minikube-user create services 201 [system_masters]
events/create_pod_kube_public_namespace.json
  2018-10-26 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_pod_kube_system_namespace.json
  2018-10-26 system:serviceaccount:kube-system:replicaset-controller create pods 201 []
events/create_secret.json
  2020-04-21 minikube-user create secrets 201 [system_masters]
events/create_service.json
  2018-10-26 minikube-user create services 201 [system_masters]
events/create_serviceaccount.json
  2018-10-26 minikube-user create serviceaccounts 201 [system_masters]
events/create_serviceaccount_kube_system_namespace.json
  2018-10-26 minikube-user create serviceaccounts 201 [system_masters]
events/delete_cluster_role_kube_aggregator.json
  2018-10-26 minikube-user delete rbac.authorization.k8s.io/clusterroles 200 [rbac_change, system_masters]
events/delete_clusterrole.json
  2018-10-26 minikube-user delete rbac.authorization.k8s.io/clusterroles 200 [rbac_change, system_masters]
events/delete_configmap.json
  2018-10-26 minikube-user delete configmaps 200 [system_masters]
events/delete_secret.json
  2020-04-21 minikube-user delete secrets 200 [system_masters]
events/delete_service.json
  2018-10-26 minikube-user delete services 200 [system_masters]
events/delete_serviceaccount.json
  2018-10-26 minikube-user delete serviceaccounts 200 [system_masters]
events/fal_01_003.json
  refused /kind: not a text
events/minikube_creates_namespace_foo.json
  2018-10-26 minikube-user create namespaces 201 [system_masters]
events/modify_cluster_role_node_problem_detector.json
  2018-10-26 minikube-user patch rbac.authorization.k8s.io/clusterroles 200 [rbac_change, system_masters]
policies/audit-policy.yaml
  refused : not JSON at line 1, column 1
welkin/ck8s-k8s-cluster.yaml
  refused : not JSON at line 1, column 1
welkin/kubeaudit.policy.json
  refused /auditID: missing
welkin/kubeaudit.template.json
  refused /auditID: missing
",
    );
}
