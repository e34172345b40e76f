//! What workloads run, and how.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

pub(super) const WORKLOADS: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: wait, image: busybox}]
      containers:
        - name: web
          image: ghcr.io/team/web:1.2
          resources: {requests: {cpu: 100m, memory: 64Mi}}
          env:
            - {name: DB_PASSWORD, value: hunter2}
            - {name: API_TOKEN, valueFrom: {secretKeyRef: {name: api, key: token}}}
            - {name: DB_PASSWORD_FILE, value: x}
        - name: proxy
          image: docker.io/envoyproxy/envoy:latest
          resources: {limits: {memory: 64Mi}}
          env: [{name: ADMIN_PASSWORD, value: ""}, {name: TLS_PRIVATE_KEY, value: /etc/tls/tls.key}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "ghcr.io/team/db@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", resources: {requests: {cpu: 1, memory: 1Gi}}}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: kube-system}
spec: {template: {spec: {resources: {requests: {cpu: 1, memory: 1Gi}}, containers: [{name: agent, image: "registry.k8s.io/agent:v1"}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: "evil.example.org/job:1", resources: {requests: {cpu: 1, memory: 1Gi}}}]}}}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: nightly-29384, namespace: shop, ownerReferences: [{kind: CronJob, name: nightly}]}
spec: {template: {spec: {containers: [{name: job, image: other}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-7d4b9c-x2x4z, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: web-7d4b9c}]}
spec: {containers: [{name: web, image: old}]}
---
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-node1, namespace: kube-system, ownerReferences: [{kind: Node, name: node1}]}
spec: {containers: [{name: kube-apiserver, image: old}]}
---
apiVersion: v1
kind: Pod
metadata: {name: pg-1, namespace: shop, ownerReferences: [{kind: Cluster, name: pg}]}
spec: {containers: [{name: postgres, image: "ghcr.io/team/pg:16", resources: {requests: {cpu: 1, memory: 1Gi}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: pg-2, namespace: shop, ownerReferences: [{kind: Cluster, name: pg}]}
spec: {containers: [{name: postgres, image: "ghcr.io/team/pg:16", resources: {requests: {cpu: 1, memory: 1Gi}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: canary-5f7d-abcde, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: canary-5f7d}]}
spec: {containers: [{name: web, image: canary}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: db, namespace: shop}
spec: {minAvailable: 2, selector: {matchExpressions: [{key: app, operator: In, values: [db]}]}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: lab}
spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}, default: {memory: 64Mi}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: small, namespace: lab}
spec: {template: {spec: {containers: [{name: small, image: "ghcr.io/team/small:1"}]}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: bounds, namespace: shop}
spec: {hard: {requests.cpu: 8, requests.memory: 16Gi, pods: 60}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: memory, namespace: lab}
spec: {hard: {limits.memory: 16Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: processors, namespace: lab}
spec: {hard: {cpu: 8}, scopes: []}
"#;

const GROUPS: &[&str] = &["apps/v1", "batch/v1", "policy/v1"];

fn judged(manifests: &str, policy: &Policy) -> String {
    said(&Manifests::read(manifests).cluster(32, GROUPS).evaluate(Source::Workloads, policy))
}

#[test]
fn templates_are_judged_and_what_no_template_speaks_for() {
    expect(
        &judged(WORKLOADS, &Policy::default()),
        "
avl.disruption_budget fail 1/2
  low Deployment shop/web: none
cap.requests fail 2/10
  low Deployment shop/web (proxy): missing [resources=cpu]
  low ReplicaSet shop/canary (web): missing [resources=cpu, memory]
img.immutable_ref fail 3/9
  low Deployment shop/web (proxy): latest [repository=docker.io/envoyproxy/envoy]
  low Deployment shop/web (wait): untagged [repository=docker.io/library/busybox]
  low ReplicaSet shop/canary (web): untagged [repository=docker.io/library/canary]
img.trusted_registry needs_review 0/9 no_list [count=4; registries=docker.io, evil.example.org, ghcr.io, registry.k8s.io]
sec.env fail 1/9
  medium Deployment shop/web (web): literal [variables=DB_PASSWORD]
",
    );
}

#[test]
fn images_are_of_approved_registries() {
    let trusted = ["ghcr.io/team", "registry.k8s.io", "docker.io"].map(String::from).to_vec();
    let policy = Policy { trusted_registries: Some(trusted), ..Policy::default() };
    let evaluation = Manifests::read(WORKLOADS).cluster(32, GROUPS).evaluate(Source::Workloads, &policy);
    expect(
        &about("img.trusted_registry", &evaluation),
        "
img.trusted_registry fail 1/9
  medium CronJob shop/nightly (job): untrusted [repository=evil.example.org/job]
",
    );
}

#[test]
fn what_is_in_order_passes() {
    let good = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "ghcr.io/team/web:1.2", resources: {requests: {cpu: 1, memory: 1Gi}}}]}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: all, namespace: shop}, spec: {selector: {}}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: all, namespace: shop}, spec: {hard: {requests.cpu: 8, requests.memory: 16Gi}}}
"#;
    let policy = Policy { trusted_registries: Some(vec!["ghcr.io".into()]), ..Policy::default() };
    expect(
        &judged(good, &policy),
        "
avl.disruption_budget pass 0/1
cap.requests pass 0/2
img.immutable_ref pass 0/1
img.trusted_registry pass 0/1
sec.env pass 0/1
",
    );
    let reading = Manifests::read(good).cluster(32, GROUPS).reading(Source::Workloads, &policy);
    assert_eq!(coverage(&*reading).0, Coverage::Complete);
}

#[test]
fn what_a_namespace_asks_for_in_all_is_bounded() {
    let about_quota = |namespace: &str, quotas: &str, refused: bool| {
        let web = format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web, namespace: {namespace}}}, spec: {{template: {{spec: \
             {{containers: [{{name: web, image: x, resources: {{requests: {{cpu: 1, memory: 1Gi}}}}}}]}}}}}}}}"
        );
        let quota = |spec: &str| {
            format!(
                "{{apiVersion: v1, kind: ResourceQuota, metadata: {{name: q, namespace: {namespace}}}, spec: {spec}}}"
            )
        };
        let quotas = quotas.split(" | ").filter(|spec| !spec.is_empty()).map(quota);
        let manifests = Manifests::read(&[web].into_iter().chain(quotas).collect::<Vec<_>>().join("\n---\n"));
        let mut cluster = manifests.cluster(32, GROUPS);
        if refused {
            cluster = cluster.failing("v1/resourcequotas", ReadError::Forbidden { permission: "x".into() });
        }
        about("cap.requests", &cluster.evaluate(Source::Workloads, &Policy::default()))
    };
    let unbounded =
        |resources: &str| format!("cap.requests fail 1/2\n  low Namespace shop: unbounded [resources={resources}]");
    for (quotas, expected) in [
        ("", unbounded("cpu, memory")),
        ("{hard: {pods: 60, count/secrets: 10}}", unbounded("cpu, memory")),
        ("{hard: {requests.memory: 8Gi}}", unbounded("cpu")),
        ("{}", unbounded("cpu, memory")),
        ("{hard: {cpu: 8, memory: 8Gi}}", "cap.requests pass 0/2".to_owned()),
        ("{hard: {limits.cpu: 8}} | {hard: {requests.memory: 8Gi}}", "cap.requests pass 0/2".to_owned()),
        // It bounds some pods: whether others are bounded is not known.
        ("{hard: {cpu: 8, memory: 8Gi}, scopes: [Terminating]}", "cap.requests pass 0/1 unread 1".to_owned()),
        (
            "{hard: {cpu: 8, memory: 8Gi}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Exists}]}}",
            "cap.requests pass 0/1 unread 1".to_owned(),
        ),
        (
            "{hard: {cpu: 8, memory: 8Gi}, scopes: [Terminating]} | {hard: {cpu: 8, memory: 9Gi}}",
            "cap.requests pass 0/2".to_owned(),
        ),
    ] {
        expect(&about_quota("shop", quotas, false), &expected);
    }
    expect(&about_quota("kube-system", "", false), "cap.requests pass 0/1");
    let hidden = about_quota("shop", "", true);
    assert!(hidden.starts_with("cap.requests not_visible 0/1 unread 1 forbidden"), "{hidden}");
}

#[test]
fn cron_jobs_of_old_clusters_are_read_in_the_version_that_they_serve() {
    let job = r#"
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: night, namespace: shop}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: night, image: "docker.io/night:latest"}]}}}}}
"#;
    let manifests = Manifests::read(job);
    let cluster =
        || manifests.cluster(20, &["batch/v1", "batch/v1beta1"]).failing("batch/v1/cronjobs", ReadError::Absent);
    for source in [Source::Workloads, Source::AuditLog] {
        let reading = cluster().reading(source, &Policy::default());
        let read = reading.parts().into_iter().find(|(_, read)| read.resource.ends_with("/cronjobs")).expect("a read");
        assert_eq!((read.1.resource.as_str(), read.1.coverage), ("batch/v1beta1/cronjobs", Coverage::Complete));
    }
    let seen = cluster().evaluate(Source::Workloads, &Policy::default());
    expect(
        &about("img.immutable_ref", &seen),
        "img.immutable_ref fail 1/1\n  low CronJob shop/night (night): latest [repository=docker.io/night]",
    );
    // Where neither is served, nothing is said of what it would hold.
    let neither = cluster().failing("batch/v1beta1/cronjobs", ReadError::Absent);
    let seen = neither.evaluate(Source::Workloads, &Policy::default());
    assert!(about("img.immutable_ref", &seen).contains("not_evaluated"));
}

#[test]
fn a_rollout_and_a_scaling_change_nothing() {
    let before = Manifests::read(WORKLOADS).cluster(32, GROUPS).evaluate(Source::Workloads, &Policy::default());
    let moved = WORKLOADS
        .replace("web-7d4b9c", "web-99c8d7")
        .replace("canary-5f7d", "canary-6a6a")
        .replace("nightly-29384", "nightly-29385")
        .replace("name: pg-2", "name: pg-3");
    let more = format!(
        "{moved}---
apiVersion: v1
kind: Pod
metadata: {{name: pg-4, namespace: shop, ownerReferences: [{{kind: Cluster, name: pg}}]}}
spec: {{containers: [{{name: postgres, image: \"ghcr.io/team/pg:16\", resources: {{requests: {{cpu: 1, memory: 1Gi}}}}}}]}}"
    );
    let after = Manifests::read(&more).cluster(32, GROUPS).evaluate(Source::Workloads, &Policy::default());
    assert_eq!(before.digest(), after.digest());
}

#[test]
fn what_was_not_read_passes_nothing_and_fails_nothing() {
    let forbidden = || ReadError::Forbidden { permission: "x".into() };
    let manifests = Manifests::read(WORKLOADS);
    let without = |name: &str| {
        said(&manifests.cluster(32, GROUPS).failing(name, forbidden()).evaluate(Source::Workloads, &Policy::default()))
    };
    let text = without("policy/v1/poddisruptionbudgets");
    assert!(text.contains("avl.disruption_budget not_visible 0/0 unread 2 forbidden"), "{text}");
    let text = without("v1/limitranges");
    assert!(text.contains("cap.requests not_visible 0/7 unread 3 forbidden"), "{text}");
    let text = without("v1/pods");
    assert!(text.contains("img.trusted_registry not_visible 0/7 forbidden [permission=list pods in"), "{text}");
    // Its pods are not taken for those of another kind of workload.
    let text = without("apps/v1/deployments");
    assert!(!text.contains("ReplicaSet"), "{text}");
}

#[test]
fn broken_and_hostile_workloads_are_gaps() {
    let broken = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: no-template, namespace: shop}
spec: {replicas: 2}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: strange, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: "a b"}, {name: b}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: list, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: "x:1", env: [{name: DB_PASSWORD, value: [hunter2]}]}]}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: odd, namespace: shop}
spec: {selector: {matchExpressions: [{key: app, operator: Resembles}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {replicas: 2, template: {spec: {containers: [{name: a, image: "x:1"}]}}}
"#;
    expect(
        &judged(broken, &Policy::default()),
        "
avl.disruption_budget error 0/0 unread 2 unread
cap.requests fail 4/4 unread 2
  low Deployment shop/strange (a): missing [resources=cpu, memory]
  low Deployment shop/strange (b): missing [resources=cpu, memory]
  low Namespace shop: unbounded [resources=cpu, memory]
  low StatefulSet shop/db (a): missing [resources=cpu, memory]
img.immutable_ref pass 0/1 unread 4
img.trusted_registry needs_review 0/1 unread 4 no_list [count=1; registries=docker.io]
sec.env pass 0/3 unread 2
",
    );
}
