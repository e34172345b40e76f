//! Secrets planted wherever an object may hold one: none is kept, and every place that was emptied is told.

use super::Manifests;
use crate::redact::{REDACTED, redacted};
use serde_json::{Value, json};

/// Every planted secret begins so.
const CANARY: &str = "canary";

/// Objects with secrets in every place; the resource that they are read as, then the object.
pub(crate) const PLANTED: &[(&str, &str)] = &[
    (
        "v1/pods",
        r#"
kind: Pod
metadata:
  name: web
  namespace: shop
  managedFields: [{manager: canary-m}]
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"x":"canary-1"}}'
    example.org/anything: canary-2
    pod-security.kubernetes.io/exempt: "namespace"
spec:
  serviceAccountName: web
  automountServiceAccountToken: true
  imagePullSecrets: [{name: registry}]
  volumes: [{name: s, secret: {secretName: web-tls, items: [{key: tls.crt, path: tls.crt}]}}, {name: t, projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}}]}}]
  initContainers:
    - {name: init, image: "busybox:1", command: [sh, -c, "export PGPASSWORD=canary-3; psql"], env: [{name: A, value: canary-4}]}
  containers:
    - name: web
      image: vault-secrets/web-token:1.2
      args: [--token=canary-5, --verbose, --password, canary-6, "--db=postgres://u:canary-7@db/app", -p, canary-8, --upstream, "https://canary-9@host/x", --leader-elect=true]
      env:
        - {name: PLAIN, value: canary-10}
        - {name: FROM, valueFrom: {secretKeyRef: {name: db, key: password}}}
      livenessProbe: {httpGet: {path: /, port: 80, httpHeaders: [{name: Authorization, value: "Bearer canary-11-long"}]}}
"#,
    ),
    (
        "v1/secrets",
        "kind: Secret\nmetadata: {name: s, namespace: shop}\ntype: Opaque\ndata: {a: canary-12}\nstringData: {b: canary-13}\n",
    ),
    (
        "v1/configmaps/auth/dex",
        r#"
kind: ConfigMap
metadata: {name: dex, namespace: auth}
data:
  config.yaml: |
    # canary-14
    issuer: https://dex.example.org
    storage: {type: postgres, config: {host: db, password: canary-15}}
    staticClients: [{id: bevis, name: Bevis, secret: canary-16}]
    staticPasswords: [{email: a@example.org, hash: "canary-17"}, {email: b@example.org, hash: "$2a$10$canary"}]
    connectors:
      - type: ldap
        id: ldap
        name: LDAP
        config: {host: ldap.example.org, bindDN: "cn=canary-18", bindPW: canary-19, rootCAData: canary-20, issuer: https://idp.example.org}
  notes.txt: canary-21
  password: "a: canary-22"
binaryData: {x: canary-23}
"#,
    ),
    (
        "v1/configmaps/kube-bench/results",
        r#"
kind: ConfigMap
metadata: {name: results, namespace: kube-bench}
data:
  results.json: '{"Controls":[{"tests":[{"results":[{"test_number":"1.2.1","status":"FAIL","actual_value":"canary-24","audit":"ps canary-25"}]}]}]}'
"#,
    ),
    (
        "aquasecurity.github.io/v1alpha1/exposedsecretreports",
        r#"
kind: ExposedSecretReport
apiVersion: aquasecurity.github.io/v1alpha1
metadata: {name: r, namespace: shop}
report: {secrets: [{target: /app/.env, ruleID: aws-access-key-id, title: AWS, severity: CRITICAL, match: "key = canary-26"}]}
"#,
    ),
    (
        "logging.banzaicloud.io/v1beta1/outputs",
        r#"
kind: Output
apiVersion: logging.banzaicloud.io/v1beta1
metadata: {name: o, namespace: logging}
spec:
  elasticsearch: {host: es, user: u, password: {value: canary-27}}
  http: {auth: {username: {value: u}, password: {valueFrom: {secretKeyRef: {name: s, key: k}}}}, headers: {X-Auth-Token: canary-28}}
  raw: "[OUTPUT]\n  Name http\n  HTTP_Passwd canary-29\n"
"#,
    ),
    (
        "example.org/v1/things",
        r#"
kind: Thing
apiVersion: example.org/v1
metadata: {name: t, annotations: {note: canary-30}}
data: {anything: canary-31}
spec:
  credentials: {user: canary-32, nested: [{deep: canary-33}]}
  apiKey: canary-34
  pin: {password: 9124377}
  blob: "Zm9vYmFyQ2FuYXJ5MTIzNDU2"
  environment: {A: canary-35}
  connectionString: "Server=db;canary-36"
  url: "https://user:canary-37@host"
  pem: "-----BEGIN PRIVATE KEY-----\ncanary-38"
  jwt: "eyJhbGciOiJIUzI1NiJ9.canary39.x"
  text: "password: canary-40"
  size: 3
"#,
    ),
    (
        "acme.cert-manager.io/v1/orders",
        r#"
kind: Order
apiVersion: acme.cert-manager.io/v1
metadata: {name: o, namespace: shop}
status: {authorizations: [{challenges: [{type: http-01, token: canary-41, url: "https://acme.example.org/1"}]}]}
"#,
    ),
    (
        "velero.io/v1/backupstoragelocations",
        r#"
kind: BackupStorageLocation
apiVersion: velero.io/v1
metadata: {name: default, namespace: velero}
spec: {provider: aws, credential: {name: cloud, key: creds}, config: {region: eu-1, s3Url: "https://k:canary-42@s3", customerKeyEncryptionFile: /x, accessKey: canary-43}}
"#,
    ),
    (
        "v1/nodes",
        r#"
kind: Node
apiVersion: v1
metadata:
  name: one
  annotations:
    k3s.io/node-args: '["server","--token","-canary-44","--tls-san","canary-45","--vpn-auth=canary-46","--secrets-encryption","--kube-apiserver-arg","audit-log-path=/a","--kube-apiserver-arg","etcd-servers=canary-47"]'
    rke2.io/node-args: 'canary-48'
    k3s.io/node-env: '{"K3S_URL":"canary-49"}'
"#,
    ),
];

fn kept(resource: &str, text: &str) -> crate::redact::Redacted {
    let object = Manifests::read(text).0.remove(0);
    redacted(resource, "", object).expect("an object")
}

#[test]
fn no_planted_secret_is_kept() {
    let mut planted = 0;
    for (resource, text) in PLANTED {
        planted += text.matches(CANARY).count();
        let kept = kept(resource, text);
        let json = serde_json::to_string_pretty(&kept).expect("JSON");
        assert!(
            !json.contains(CANARY) && !json.contains("9124377") && !json.contains("Zm9vYmFy"),
            "{resource}: {json}"
        );
        for path in &kept.redacted {
            assert_eq!(kept.object.pointer(path), Some(&Value::from(REDACTED)), "{resource} {path}");
        }
        for path in &kept.dropped {
            assert_eq!(kept.object.pointer(path), None, "{resource} {path}");
        }
    }
    assert!(planted > 40);
}

#[test]
fn what_a_verdict_rests_on_is_kept() {
    let object = |place: usize| kept(PLANTED[place].0, PLANTED[place].1).object;
    let at = |object: &Value, path: &str| object.pointer(path).cloned().unwrap_or_default();
    let pod = object(0);
    assert_eq!(at(&pod, "/apiVersion"), "v1");
    assert_eq!(at(&pod, "/spec/volumes/0/secret/secretName"), "web-tls");
    assert_eq!(at(&pod, "/spec/volumes/1/projected/sources/0/serviceAccountToken/path"), "token");
    assert_eq!(at(&pod, "/spec/imagePullSecrets/0/name"), "registry");
    assert_eq!(at(&pod, "/spec/automountServiceAccountToken"), true);
    assert_eq!(at(&pod, "/spec/containers/0/image"), "vault-secrets/web-token:1.2");
    assert_eq!(at(&pod, "/spec/containers/0/env/0/name"), "PLAIN");
    assert_eq!(at(&pod, "/spec/containers/0/env/1/valueFrom/secretKeyRef/key"), "password");
    assert_eq!(at(&pod, "/spec/containers/0/args/9"), "--leader-elect=true");
    assert_eq!(at(&pod, "/metadata/annotations/pod-security.kubernetes.io~1exempt"), "namespace");
    let dex = object(2);
    assert_eq!(at(&dex, "/data/config.yaml/issuer"), "https://dex.example.org");
    assert_eq!(at(&dex, "/data/config.yaml/connectors/0/config/issuer"), "https://idp.example.org");
    assert_eq!(at(&object(4), "/report/secrets/0/target"), "/app/.env");
    assert_eq!(at(&object(6), "/spec/size"), 3);
    assert_eq!(at(&object(8), "/spec/credential/name"), "cloud");
    let arguments = at(&object(9), "/metadata/annotations/k3s.io~1node-args");
    assert_eq!(
        arguments,
        json!([
            "server",
            "--token",
            REDACTED,
            "--tls-san",
            REDACTED,
            REDACTED,
            "--secrets-encryption",
            "--kube-apiserver-arg",
            "audit-log-path=/a",
            "--kube-apiserver-arg",
            REDACTED
        ])
    );
}

#[test]
fn what_moves_by_itself_is_no_change() {
    let node = |version: u32, beat: &str| {
        let text = format!(
            "kind: Node\napiVersion: v1\nmetadata: {{name: one, resourceVersion: '{version}', managedFields: []}}\n\
             status: {{conditions: [{{type: Ready, status: 'True', lastHeartbeatTime: '{beat}'}}]}}\n"
        );
        kept("v1/nodes", &text)
    };
    let (one, other) = (node(1, "2026-06-30T12:00:00Z"), node(2, "2026-06-30T12:05:00Z"));
    assert_eq!(one, other);
    assert_eq!(
        one.dropped,
        ["/metadata/managedFields", "/metadata/resourceVersion", "/status/conditions/0/lastHeartbeatTime"]
    );
    assert_eq!(redacted("v1/nodes", "Node", Value::from("no object")), None);
}

#[test]
fn signs_of_life_are_no_change() {
    let all = [
        (
            "coordination.k8s.io/v1/leases",
            "kind: Lease\napiVersion: coordination.k8s.io/v1\nspec: {holderIdentity: a, renewTime: '@'}",
            "/spec/renewTime",
        ),
        (
            "constraints.gatekeeper.sh/v1beta1/k8sallowedrepos",
            "kind: K8sAllowedRepos\napiVersion: constraints.gatekeeper.sh/v1beta1\nstatus: {totalViolations: 3, auditTimestamp: '@'}",
            "/status/auditTimestamp",
        ),
        (
            "velero.io/v1/backupstoragelocations",
            "kind: BackupStorageLocation\napiVersion: velero.io/v1\nstatus: {phase: Available, lastSyncedTime: '@'}",
            "/status/lastSyncedTime",
        ),
        (
            "openreports.io/v1alpha1/reports",
            "kind: Report\napiVersion: openreports.io/v1alpha1\nresults: [{result: fail}, {result: pass, timestamp: {seconds: @}}]",
            "/results/1/timestamp",
        ),
    ];
    for (resource, text, path) in all {
        let at = |time: &str| kept(resource, &text.replace('@', time));
        assert_eq!(at("1"), at("2"), "{resource}");
        assert_eq!(at("1").dropped, [path], "{resource}");
        let other = text
            .replace(": a,", ": b,")
            .replace(": 3,", ": 4,")
            .replace("Available", "Unavailable")
            .replace("fail", "warn");
        assert_ne!(at("1"), kept(resource, &other.replace('@', "1")), "what happened is a change: {resource}");
    }
}
