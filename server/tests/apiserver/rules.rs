//! The ClusterRole that we ship, less one rule, or one resource of it, at a time.

use crate::{
    Ending,
    api::Api,
    process::{ADMIN, ApiServer, LIMITED},
    reading::{target, with_token},
};
use http::StatusCode;
use model::{
    evaluation::Outcome,
    scan::{Coverage, Read, Scan},
    source::Source,
};
use serde_json::{Value, json};
use server::{
    collect::{ReadError, Session, Target},
    config::ScanSettings,
};
use sources::{
    Policy,
    request::{Ask, CONSTRAINTS, CONTROLLERS, asks},
};
use std::{collections::BTreeSet, time::Duration};

/// As it is shipped; the suite `sources` keeps it alike to the table of requests.
const SHIPPED: &str = include_str!("../../../deploy/clusterrole.yaml");
const ROLE: &str = "/apis/rbac.authorization.k8s.io/v1/clusterroles/bevis-reader";
const BINDINGS: &str = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
/// What Kubernetes grants to everybody who is logged in: without them, paths are open by our role alone.
const BUILT_IN: [&str; 2] = ["system:discovery", "system:public-info-viewer"];
/// A kind of constraint, as a template would make it.
const CONSTRAINT: &str = "k8srequiredlabels";
/// Groups of the API server itself, whose resources need no definition.
const OWN_GROUPS: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apps",
    "batch",
    "coordination.k8s.io",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "storage.k8s.io",
];
/// Newer than the API server of this suite.
const NOT_SERVED: &[&str] = &["validatingadmissionpolicies", "validatingadmissionpolicybindings"];

/// Asked for only of a cluster that has them, which this one is not recognised as.
const NOT_ASKED: &[&str] = &["config.openshift.io", "operator.openshift.io"];

/// What checks rest on: none may pass without any of it. A check that is not here rests on all that its source asks for.
const RESTS_ON: &[(&str, &[&str])] = &[
    // The settings that kubeadm gives to kubelets, and nothing of the cluster beside them.
    ("authn.kubelet_anonymous_off", &["kubelet-config"]),
    ("avl.disruption_budget", &["deployments", "statefulsets", "poddisruptionbudgets"]),
    ("bak.enabled", &["schedules"]),
    ("bak.location_tls", &["backupstoragelocations"]),
    (
        "cap.requests",
        &["deployments", "statefulsets", "daemonsets", "cronjobs", "jobs", "pods", "limitranges", "resourcequotas"],
    ),
    // Which version of Gateways is served is told by the groups.
    ("enc.ingress_tls", &["ingresses", "gateways", "/apis"]),
    ("img.immutable_ref", &["deployments", "statefulsets", "daemonsets", "cronjobs", "jobs", "pods"]),
    ("out.released_volumes", &["persistentvolumes"]),
    // Who is granted what: whether an account exists does not change it.
    ("rbac.no_admin_to_everyone", &["clusterrolebindings", "rolebindings", "clusterroles", "roles"]),
    // The group is named by bindings, whatever the role.
    ("rbac.no_system_masters", &["clusterrolebindings", "rolebindings"]),
    ("rbac.no_unauthenticated_grants", &["clusterrolebindings", "rolebindings", "clusterroles", "roles"]),
    ("sec.env", &["deployments", "statefulsets", "daemonsets", "cronjobs", "jobs", "pods"]),
];
/// Asks for the groups only to save requests: without them it asks for the lists themselves, and reads the same.
const READS_WITHOUT: (Source, &str) = (Source::Gatekeeper, "/apis");

/// A rule that was taken away, or a part of one.
struct Cut {
    named: String,
    rules: Vec<Value>,
    gone: Gone,
}

enum Gone {
    Lists { group: String, plurals: Vec<String> },
    Names(Vec<String>),
    Paths(Vec<String>),
}

/// Of a request: where it goes, and the permission that it needs, in words.
fn request(ask: &Ask) -> Option<(String, String)> {
    match ask {
        Ask::List(list) if list.plural == "*" => {
            let made = CONSTRAINTS.of(CONSTRAINT);
            Some((made.path(), made.permission()))
        }
        Ask::List(list) => Some((list.path(), list.permission())),
        Ask::One(object) => Some((object.path(), object.permission())),
        Ask::Path(path) => Some((path.path.into(), format!("get {}", path.path))),
        Ask::Log(_) | Ask::Issuer(_) => None,
    }
}

impl Gone {
    fn of(rule: &Value) -> Self {
        let texts = |key: &str| -> Vec<String> {
            let list = rule[key].as_array().into_iter().flatten();
            list.filter_map(|text| text.as_str().map(ToOwned::to_owned)).collect()
        };
        if rule["nonResourceURLs"].is_array() {
            Self::Paths(texts("nonResourceURLs"))
        } else if rule["resourceNames"].is_array() {
            Self::Names(texts("resourceNames"))
        } else {
            Self::Lists { group: texts("apiGroups").concat(), plurals: texts("resources") }
        }
    }

    fn covers(&self, ask: &Ask) -> bool {
        match (self, ask) {
            (Self::Lists { group, plurals }, Ask::List(list)) => {
                list.group == group && plurals.iter().any(|plural| *plural == list.plural)
            }
            (Self::Names(names), Ask::One(object)) => names.iter().any(|name| *name == object.name),
            (Self::Paths(paths), Ask::Path(path)) => paths.iter().any(|gone| gone == path.path),
            _ => false,
        }
    }

    fn words(&self) -> &[String] {
        match self {
            Self::Lists { plurals, .. } => plurals,
            Self::Names(names) => names,
            Self::Paths(paths) => paths,
        }
    }
}

/// Each rule removed, and where it speaks of several things, each of these.
fn cuts(rules: &[Value]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let is_asked = |rule: &Value| !NOT_ASKED.iter().any(|group| rule["apiGroups"][0] == *group);
    for (at, rule) in rules.iter().enumerate().filter(|(_, rule)| is_asked(rule)) {
        let mut rest = rules.to_vec();
        rest.remove(at);
        let gone = Gone::of(rule);
        cuts.push(Cut { named: rule.to_string(), rules: rest, gone });
        let key = ["nonResourceURLs", "resourceNames", "resources"].into_iter().find(|key| rule[*key].is_array());
        let (Some(key), words) = (key, Gone::of(rule).words().to_vec()) else { continue };
        for word in words.iter().filter(|_| words.len() > 1) {
            let (mut rest, mut one) = (rules.to_vec(), rule.clone());
            one[key] = json!([word]);
            rest[at][key] = words.iter().filter(|other| *other != word).cloned().collect();
            cuts.push(Cut { named: one.to_string(), gone: Gone::of(&one), rules: rest });
        }
    }
    cuts
}

/// With all of it everything is readable; with each part gone, every source that asks for it says so.
pub(crate) async fn removed(server: &ApiServer) -> Ending {
    let api = Api::new(server, ADMIN).expect("a client");
    let limited = Api::new(server, LIMITED).expect("a client");
    prepare(&api).await;
    let role: Value = serde_saphyr::from_str(SHIPPED).expect("YAML");
    api.replace(ROLE, &role).await.expect("replaced");
    let target = target(server, &with_token(server, LIMITED), ScanSettings::default()).expect("a target");
    let session = until_served(&target).await;
    let mut passing = BTreeSet::new();
    for source in Source::ALL.iter().filter(|source| !source.is_pushed()) {
        let scan = target.scan(*source, &session).await;
        assert!(unread(&scan).is_empty(), "{source}: {:?}", unread(&scan));
        passing.extend(passes(&scan));
    }
    assert!(passing.len() >= 15, "there is something to lose: {passing:?}");
    let rules = role["rules"].as_array().expect("rules");
    let (mut asked, mut lost, mut faults) = (0, BTreeSet::new(), Vec::new());
    for cut in cuts(rules) {
        let mut less = role.clone();
        less["rules"] = cut.rules.clone().into();
        api.replace(ROLE, &less).await.expect("replaced");
        until_shut(&limited, &cut).await;
        let session = target.connect().await;
        for source in Source::ALL {
            // What tells a version alone is no gap.
            let counts = |ask: &Ask| *ask != Ask::List(CONTROLLERS) && cut.gone.covers(ask);
            let gone: Vec<Ask> = asks(*source, &Policy::default()).into_iter().filter(counts).collect();
            if gone.is_empty() {
                continue;
            }
            asked += 1;
            let scan = target.scan(*source, &session).await;
            faults.extend(judged(&scan, &gone).into_iter().map(|fault| format!("{}: {source}: {fault}", cut.named)));
            let left = passes(&scan);
            lost.extend(passing.iter().filter(|check| is_of(check, &scan) && !left.contains(*check)).cloned());
        }
    }
    api.replace(ROLE, &role).await.expect("replaced");
    println!("apiserver: {asked} scans with a rule or resource less; {} of {} passes lost", lost.len(), passing.len());
    if faults.is_empty() { Ending::Passed } else { Ending::Failed(faults.join("\n")) }
}

/// What is wrong with what a source says without these.
fn judged(scan: &Scan, gone: &[Ask]) -> Vec<String> {
    let plurals: Vec<String> = gone.iter().filter_map(plural).collect();
    let is_read_without = (scan.source, plurals.join(" ").as_str()) == READS_WITHOUT;
    let mut faults = if is_read_without { Vec::new() } else { unsaid(scan, gone) };
    for check in passes(scan) {
        let rests_on = RESTS_ON.iter().find(|(known, _)| *known == check).map(|(_, resources)| *resources);
        let lost = plurals.iter().filter(|gone| rests_on.is_none_or(|resources| resources.contains(&gone.as_str())));
        let lost: Vec<&str> = lost.map(String::as_str).collect();
        if !lost.is_empty() {
            faults.push(format!("{check} passes without {}", lost.join(", ")));
        }
    }
    faults
}

/// What a source does not say of what it lacks.
fn unsaid(scan: &Scan, gone: &[Ask]) -> Vec<String> {
    let mut faults = Vec::new();
    let said = scan.error.as_deref().unwrap_or_default();
    if !matches!(scan.coverage, Coverage::Forbidden | Coverage::Truncated) {
        faults.push(format!("{} ({said})", scan.coverage));
    }
    let words: Vec<(String, String)> = gone.iter().filter_map(request).collect();
    if !words.iter().any(|(_, permission)| said.contains(permission.as_str())) {
        faults.push(format!("does not name what is missing: {said}"));
    }
    for (_, permission) in &words {
        let named = |read: &Read| {
            read.coverage == Coverage::Forbidden && read.error.as_ref().is_some_and(|error| error.contains(permission))
        };
        if !scan.reads.iter().any(named) {
            faults.push(format!("no read lacks \"{permission}\""));
        }
    }
    faults
}

fn plural(ask: &Ask) -> Option<String> {
    match ask {
        Ask::List(list) => Some(list.plural.to_string()),
        Ask::One(object) => Some(object.name.to_string()),
        Ask::Path(path) => Some(path.path.into()),
        Ask::Log(_) | Ask::Issuer(_) => None,
    }
}

/// What was not read, of what this API server can serve.
fn unread(scan: &Scan) -> Vec<&Read> {
    let unread = scan.reads.iter().filter(|read| read.coverage != Coverage::Complete);
    unread.filter(|read| !NOT_SERVED.iter().any(|new| read.resource.ends_with(new))).collect()
}

/// Checks that pass without a doubt.
fn passes(scan: &Scan) -> BTreeSet<String> {
    let sure = scan.evaluation.results.iter().filter(|result| result.outcome == Outcome::Pass && result.unread == 0);
    sure.map(|result| result.check.to_string()).collect()
}

fn is_of(check: &str, scan: &Scan) -> bool {
    scan.evaluation.results.iter().any(|result| result.check.as_str() == check)
}

/// Waits until what is served is what was declared, and our role opens it.
async fn until_served(target: &Target) -> Result<Session, ReadError> {
    for _ in 0..100 {
        let session = target.connect().await;
        let mut complete = true;
        for source in Source::ALL.iter().filter(|source| !source.is_pushed()) {
            complete &= unread(&target.scan(*source, &session).await).is_empty();
        }
        if complete {
            return session;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    target.connect().await
}

/// Waits until the API server has taken note of the rule.
async fn until_shut(limited: &Api, cut: &Cut) {
    let all = Source::ALL.iter().flat_map(|source| asks(*source, &Policy::default()));
    let version = Ask::Path(sources::request::VERSION);
    let paths: BTreeSet<String> = all
        .chain([version])
        .filter(|ask| cut.gone.covers(ask))
        .filter_map(|ask| request(&ask).map(|(path, _)| path))
        .collect();
    assert!(!paths.is_empty(), "no source needs {}", cut.named);
    for path in paths {
        let mut tries = 0;
        while limited.status(&path).await.expect("an answer") != StatusCode::FORBIDDEN {
            tries += 1;
            assert!(tries < 500, "{path} stays open without {}", cut.named);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Everything that any source reads is served, and there is something to see.
async fn prepare(api: &Api) {
    for name in BUILT_IN {
        let path = format!("{BINDINGS}/{name}");
        let mut binding: Value = serde_json::from_str(&api.get_text(&path).await.expect("a binding")).expect("JSON");
        binding["subjects"] = json!([]);
        api.replace(&path, &binding).await.expect("replaced");
    }
    let lists = Source::ALL.iter().flat_map(|source| asks(*source, &Policy::default()));
    let lists = lists.filter_map(|ask| if let Ask::List(list) = ask { Some(list) } else { None });
    for list in lists.filter(|list| !OWN_GROUPS.contains(&list.group)) {
        let plural = if list.plural == "*" { CONSTRAINT } else { &*list.plural };
        assert!(api.load(&definition(list.group, list.version, plural)).await.expect("an answer"), "{list:?}");
    }
    for (collection, yaml) in OBJECTS {
        for object in serde_saphyr::from_multiple::<Value>(yaml).expect("YAML") {
            let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
            if !namespace.is_empty() {
                api.namespace(namespace).await.expect("a namespace");
            }
            let made = api.make(&collection.replace("{}", namespace), &object).await.expect("an answer");
            assert!(made, "{object}: {:?}", api.refused.lock().await);
        }
    }
}

/// A definition that takes anything.
fn definition(group: &str, version: &str, plural: &str) -> Value {
    let kind = format!("Test{plural}");
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": format!("{plural}.{group}"),
            "annotations": { "api-approved.kubernetes.io": "unapproved, for tests" },
        },
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": { "plural": plural, "kind": kind, "listKind": format!("{kind}List") },
            "versions": [{
                "name": version,
                "served": true,
                "storage": true,
                "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
            }],
        },
    })
}

/// Objects that are in order, so that there are passes to lose.
const OBJECTS: &[(&str, &str)] = &[
    (
        "/api/v1/nodes",
        r#"
apiVersion: v1
kind: Node
metadata: {name: node-1, labels: {topology.kubernetes.io/region: dk, topology.kubernetes.io/zone: dk-a}}
status:
  conditions: [{type: Ready, status: "True"}]
  nodeInfo: {kubeletVersion: v1.32.1, architecture: amd64, bootID: "", containerRuntimeVersion: "containerd://1.7.0", kernelVersion: "6.1", kubeProxyVersion: v1.32.1, machineID: "", operatingSystem: linux, osImage: Debian, systemUUID: ""}
"#,
    ),
    (
        "/api/v1/namespaces/{}/pods",
        r#"
apiVersion: v1
kind: Pod
metadata: {name: web-0, namespace: shop, labels: {app: web}}
spec:
  nodeName: node-1
  automountServiceAccountToken: false
  containers:
    - name: web
      image: registry.example.org/web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      resources: {requests: {cpu: 10m, memory: 10Mi}}
      securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
"#,
    ),
    (
        "/apis/apps/v1/namespaces/{}/deployments",
        r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.org/web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
          resources: {requests: {cpu: 10m, memory: 10Mi}, limits: {memory: 10Mi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: dex, namespace: dex}
spec:
  replicas: 1
  selector: {matchLabels: {app: dex}}
  template:
    metadata: {labels: {app: dex}}
    spec:
      containers: [{name: dex, image: "ghcr.io/dexidp/dex:v2.41.1", resources: {requests: {cpu: 10m, memory: 10Mi}, limits: {memory: 10Mi}}}]
"#,
    ),
    (
        "/apis/apps/v1/namespaces/{}/daemonsets",
        r#"
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: falco, namespace: falco, labels: {app.kubernetes.io/name: falco}}
spec:
  selector: {matchLabels: {app: falco}}
  template:
    metadata: {labels: {app: falco}}
    spec:
      containers: [{name: falco, image: "docker.io/falcosecurity/falco:0.39.0", resources: {requests: {cpu: 10m, memory: 10Mi}, limits: {memory: 10Mi}}}]
"#,
    ),
    (
        "/apis/policy/v1beta1/namespaces/{}/poddisruptionbudgets",
        r"
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
",
    ),
    (
        "/apis/batch/v1beta1/namespaces/{}/cronjobs",
        r#"
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: tidy, namespace: shop}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: tidy
              image: registry.example.org/tidy@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
              resources: {requests: {cpu: 10m, memory: 10Mi}, limits: {memory: 10Mi}}
"#,
    ),
    (
        "/api/v1/namespaces/{}/services",
        r"
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    ),
    (
        "/apis/networking.k8s.io/v1/namespaces/{}/ingresses",
        r"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  tls: [{hosts: [shop.example.org], secretName: web}]
  rules:
    - host: shop.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
",
    ),
    (
        "/apis/storage.k8s.io/v1/storageclasses",
        r#"
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: encrypted}
provisioner: ebs.csi.aws.com
parameters: {encrypted: "true"}
"#,
    ),
    (
        "/api/v1/persistentvolumes",
        r"
apiVersion: v1
kind: PersistentVolume
metadata: {name: volume-1}
spec:
  storageClassName: encrypted
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}
status: {phase: Available}
",
    ),
    (
        "/api/v1/namespaces/{}/configmaps",
        r"
apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    authentication: {anonymous: {enabled: false}, webhook: {enabled: true}}
    authorization: {mode: Webhook}
",
    ),
    // After the pods: without a controller that counts, a quota lets none in.
    (
        "/api/v1/namespaces/{}/resourcequotas",
        r"
apiVersion: v1
kind: ResourceQuota
metadata: {name: bounds, namespace: shop}
spec: {hard: {requests.cpu: 8, requests.memory: 16Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: bounds, namespace: dex}
spec: {hard: {requests.cpu: 8, requests.memory: 16Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: bounds, namespace: falco}
spec: {hard: {requests.cpu: 8, requests.memory: 16Gi}}
",
    ),
];
