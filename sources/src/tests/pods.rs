//! Running pods, by the Pod Security Standards.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    listed::{Listed, Noted},
    policy::Policy,
    request::PODS,
    rules::pods,
};
use model::{evaluation::Evaluation, source::Source};

pub(super) const PODS_OF_ALL_KINDS: &str = r#"
kind: Pod
metadata:
  name: good-6d88f6dcdd-k6bc5
  namespace: shop
  labels: {pod-template-hash: 6d88f6dcdd}
  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", container.apparmor.security.beta.kubernetes.io/app: runtime/default}
  ownerReferences: [{kind: ReplicaSet, name: good-6d88f6dcdd, controller: true}]
spec:
  nodeName: n1
  os: {name: linux}
  hostNetwork: false
  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}, sysctls: [{name: net.ipv4.tcp_rmem, value: "1 2 3"}]}
  initContainers: [{name: first, image: "a:1", securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]
  containers:
    - name: app
      image: registry.example/app:1
      ports: [{containerPort: 80}]
      env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}, {name: MODE, value: x}]
      resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}
      livenessProbe: {httpGet: {path: /, port: 80}}
      lifecycle: {preStop: {httpGet: {path: /, port: 80}}}
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}, procMount: Default, seLinuxOptions: {type: container_t}}
  volumes: [{name: config, configMap: {name: c}}, {name: tmp, emptyDir: {}}]
status: {phase: Running}
---
kind: Pod
metadata: {name: cni-x8zq2, namespace: kube-system, ownerReferences: [{kind: DaemonSet, name: cni, controller: true}]}
spec: {hostNetwork: true, containers: [{name: cni, securityContext: {privileged: true}}]}
---
kind: Pod
metadata: {name: open-5b9c8d7f6f-x8zq2, namespace: shop, labels: {pod-template-hash: 5b9c8d7f6f}, ownerReferences: [{kind: ReplicaSet, name: open-5b9c8d7f6f, controller: true}]}
spec:
  hostPID: true
  hostIPC: true
  securityContext: {runAsUser: 0, seccompProfile: {type: Unconfined}, sysctls: [{name: kernel.msgmax, value: "1"}]}
  containers:
    - name: app
      ports: [{hostPort: 80}]
      livenessProbe: {tcpSocket: {host: 10.0.0.1, port: 1}}
      securityContext: {privileged: true, procMount: Unmasked, capabilities: {add: [SYS_ADMIN]}, seLinuxOptions: {user: root}, appArmorProfile: {type: Unconfined}}
    - name: proxy
  ephemeralContainers: [{name: debugger-x8zq2, securityContext: {privileged: true}}]
  volumes: [{name: root, hostPath: {path: /}}, {name: disk, nfs: {server: s, path: /}}]
---
kind: Pod
metadata: {name: open-5b9c8d7f6f-tw9kd, namespace: shop, labels: {pod-template-hash: 5b9c8d7f6f}, ownerReferences: [{kind: ReplicaSet, name: open-5b9c8d7f6f, controller: true}]}
spec: {hostPID: true, containers: [{name: app}]}
"#;

fn judged(manifests: &str) -> Evaluation {
    Manifests::read(manifests).cluster(32, &[]).evaluate(Source::Pods, &Policy::default())
}

#[test]
fn workloads_are_judged_once_by_all_their_pods() {
    expect(
        &said(&judged(PODS_OF_ALL_KINDS)),
        "
pod.baseline fail 1/3
  medium Deployment shop/open: broken [fields=capabilities.add (app), hostPort (app), host of a probe or hook (app), appArmorProfile (app), seLinuxOptions (app), procMount (app), seccompProfile, sysctls]
pod.no_privileged fail 1/3 excused [namespaces=kube-system]
  high Deployment shop/open: broken [fields=hostPID, hostIPC, privileged (app, ephemeral), hostPath (root)]
pod.non_root fail 1/3 excused [namespaces=kube-system]
  medium Deployment shop/open: broken [fields=runAsNonRoot (app, ephemeral, proxy), runAsUser]
pod.restricted fail 1/3 excused [namespaces=kube-system]
  low Deployment shop/open: broken [fields=allowPrivilegeEscalation (app, ephemeral, proxy), capabilities.drop (app, ephemeral, proxy), seccompProfile (app), volumes (disk)]
",
    );
}

#[test]
fn what_is_in_order_passes_and_who_is_excused_is_named() {
    let all = Manifests::read(PODS_OF_ALL_KINDS).0;
    let evaluation = Manifests(all[..2].to_vec()).cluster(32, &[]).evaluate(Source::Pods, &Policy::default());
    expect(
        &said(&evaluation),
        "
pod.baseline pass 0/2
pod.no_privileged pass 0/2 excused [namespaces=kube-system]
pod.non_root pass 0/2 excused [namespaces=kube-system]
pod.restricted pass 0/2 excused [namespaces=kube-system]
",
    );
}

fn of_spec(spec: &str, check: &str) -> String {
    let pod = format!("{{kind: Pod, metadata: {{name: x, namespace: a}}, spec: {spec}}}");
    about(check, &judged(&pod))
}

#[test]
fn a_user_by_number_is_not_root_though_restricted_asks_for_more() {
    let spec = "{securityContext: {runAsUser: 1000}, containers: [{name: a}, {name: b, securityContext: {runAsNonRoot: true}}]}";
    expect(&of_spec(spec, "pod.non_root"), "pod.non_root pass 0/1");
    assert!(of_spec(spec, "pod.restricted").contains("[fields=runAsNonRoot (a), "));
    let overridden =
        "{securityContext: {runAsNonRoot: true}, containers: [{name: a, securityContext: {runAsNonRoot: false}}]}";
    assert!(of_spec(overridden, "pod.non_root").contains("[fields=runAsNonRoot (a)]"));
}

#[test]
fn users_of_its_own_make_root_harmless() {
    let spec = "{hostUsers: false, containers: [{name: a, securityContext: {runAsUser: 0, procMount: Unmasked}}]}";
    expect(&of_spec(spec, "pod.non_root"), "pod.non_root pass 0/1");
    expect(&of_spec(spec, "pod.baseline"), "pod.baseline pass 0/1");
    assert!(of_spec(spec, "pod.restricted").contains("procMount (a)"));
}

#[test]
fn pods_that_have_ended_count_for_jobs_alone() {
    let pods = r#"
kind: Pod
metadata: {name: old-6d88f6dcdd-k6bc5, namespace: a, ownerReferences: [{kind: ReplicaSet, name: old-6d88f6dcdd}]}
spec: {hostPID: true, containers: [{name: a}]}
status: {phase: Failed}
---
kind: Pod
metadata: {name: night-29713679-x8zq2, namespace: a, creationTimestamp: "2026-06-30T11:59:00Z", ownerReferences: [{kind: Job, name: night-29713679, controller: true}]}
spec: {hostPID: true, containers: [{name: a}]}
status: {phase: Succeeded}
"#;
    expect(
        &about("pod.no_privileged", &judged(pods)),
        "
pod.no_privileged fail 1/1
  high CronJob a/night: broken [fields=hostPID]
",
    );
}

#[test]
fn no_pod_and_no_permission_are_no_pass() {
    expect(&about("pod.baseline", &judged("")), "pod.baseline not_evaluated 0/0 none");
    let refused = ReadError::Forbidden { permission: String::new() };
    let cluster = Manifests::default();
    let evaluation = cluster.cluster(32, &[]).failing("v1/pods", refused).evaluate(Source::Pods, &Policy::default());
    expect(
        &about("pod.no_privileged", &evaluation),
        "pod.no_privileged not_visible 0/0 forbidden [permission=list pods in the core API group]",
    );
}

#[test]
fn a_pod_that_is_not_understood_is_a_gap() {
    let pods = "
{kind: Pod, metadata: {name: x, namespace: a}, spec: {hostPID: yes please, containers: [{name: a}]}}
---
{kind: Pod, metadata: {name: y, namespace: a}, spec: {}}
";
    expect(&about("pod.no_privileged", &judged(pods)), "pod.no_privileged error 0/0 unread 2 unread");
    let hostile = "{hostPID: true, containers: [{name: \"<script>\\e[31m\", securityContext: {privileged: true}}]}";
    let text = of_spec(hostile, "pod.no_privileged");
    assert!(text.contains("privileged (<script> [31m)"), "{text}");
}

#[test]
fn a_list_that_was_cut_is_no_whole_pass() {
    let good = Manifests(Manifests::read(PODS_OF_ALL_KINDS).0[..1].to_vec());
    let pod = serde_json::from_value(good.0[0].clone()).expect("a pod");
    let whole: Listed<crate::objects::core::Pod> = Listed::failed(&PODS, &ReadError::Expired);
    let read = model::scan::Read { coverage: model::scan::Coverage::Truncated, objects: 1, ..whole.read };
    let input = pods::Input { pods: Listed { read, items: vec![pod], noted: Noted::default(), unread: 7 }.into() };
    expect(
        &about("pod.no_privileged", &pods::evaluate(&input, &Policy::default())),
        "pod.no_privileged pass 0/1 unread 7",
    );
}
