//! Log forwarders, destinations and jobs: the instant of the tests is 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    objects::agents::workloads::{JobContainer, Variable},
    policy::{Policy, StoreLock},
    reading::coverage,
};
use model::{evaluation::Evaluation, scan::Coverage, source::Source};

/// Everything in order: an API server, a forwarder that reads its log, jobs that run.
pub(super) const GOOD: &str = r#"
apiVersion: v1
kind: Node
metadata: {name: control-1, labels: {node-role.kubernetes.io/control-plane: ""}, creationTimestamp: "2026-01-01T00:00:00Z"}
---
apiVersion: v1
kind: Node
metadata: {name: worker-1, creationTimestamp: "2026-01-01T00:00:00Z"}
---
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-control-1, namespace: kube-system, labels: {component: kube-apiserver}}
spec:
  nodeName: control-1
  containers:
    - name: kube-apiserver
      command: [kube-apiserver, --audit-policy-file=/etc/policy.yaml, --audit-log-path=/var/log/audit/audit.log]
      volumeMounts:
        - {name: var, mountPath: /var}
        - {name: logs, mountPath: /var/log/audit}
  volumes:
    - {name: var, emptyDir: {}}
    - {name: logs, hostPath: {path: /var/log/kubernetes/audit/}}
status: {phase: Running}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: fluentd-forwarder, namespace: fluentd-system, generation: 3, creationTimestamp: "2026-01-01T00:00:00Z"}
spec:
  template:
    spec: &pod
      containers:
        - name: fluentd
          image: ghcr.io/example/fluentd-forwarder:v4@sha256:00
          volumeMounts: [{name: varlog, mountPath: /host/log}]
      volumes: [{name: varlog, hostPath: {path: /var/log}}]
status: {observedGeneration: 3, desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 2}
---
apiVersion: v1
kind: Pod
metadata: {name: fluentd-forwarder-abcde, namespace: fluentd-system, ownerReferences: [{kind: DaemonSet, name: fluentd-forwarder}]}
spec:
  nodeName: control-1
  containers: [{name: fluentd, volumeMounts: [{name: varlog, mountPath: /host/log}]}]
  volumes: [{name: varlog, hostPath: {path: /var/log}}]
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: fluentd-forwarder-fghij, namespace: fluentd-system, ownerReferences: [{kind: DaemonSet, name: fluentd-forwarder}]}
spec:
  nodeName: worker-1
  containers: [{name: fluentd, volumeMounts: [{name: varlog, mountPath: /host/log}]}]
  volumes: [{name: varlog, hostPath: {path: /var/log}}]
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: fluentd-aggregator, namespace: fluentd-system, generation: 1}
spec: {replicas: 1, template: {spec: {containers: [{name: a, image: "fluent/fluentd:v1"}]}}}
status: {observedGeneration: 1, readyReplicas: 1}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: audit-prod-retention, namespace: fluentd-system, creationTimestamp: "2026-01-01T00:00:00Z"}
spec:
  schedule: 0 20 * * *
  jobTemplate: {spec: {template: {spec: {containers: [{image: "log-manager:1", command: [/scripts/retention.sh], env: [{name: S3_BUCKET, value: audit}, {value: "365", name: RETAIN_DAYS}]}]}}}}
status: {lastSuccessfulTime: "2026-06-29T20:01:00Z"}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: sync-backups, namespace: rclone, creationTimestamp: "2026-01-01T00:00:00Z"}
spec:
  schedule: 0 5 * * *
  timeZone: Europe/Copenhagen
  jobTemplate: {spec: {template: {spec: {containers: [{image: "registry.example.org/rclone-sync:1"}]}}}}
status: {lastSuccessfulTime: "2026-06-30T03:40:00Z"}
---
apiVersion: logging.banzaicloud.io/v1beta1
kind: ClusterOutput
metadata: {name: s3, namespace: logging}
spec: {s3: {s3_bucket: audit, s3_endpoint: "https://s3.example.org", aws_key_id: {valueFrom: {secretKeyRef: {name: x, key: y}}}}}
status: {active: true}
"#;

const GROUPS: &[&str] =
    &["logging.banzaicloud.io/v1beta1", "fluentbit.fluent.io/v1alpha2", "observability.openshift.io/v1"];

fn judged(manifests: &Manifests, policy: &Policy) -> Evaluation {
    manifests.cluster(32, GROUPS).evaluate(Source::AuditLog, policy)
}

/// The good manifests with one text replaced by another.
fn but(from: &str, to: &str) -> Manifests {
    assert!(GOOD.contains(from), "{from}");
    Manifests::read(&GOOD.replace(from, to))
}

#[track_caller]
fn check(check: &str, manifests: &Manifests, expected: &str) {
    expect(&about(check, &judged(manifests, &Policy::default())), expected);
}

#[test]
fn what_is_in_order_passes_but_where_forwarders_send() {
    expect(
        &said(&judged(&Manifests::read(GOOD), &Policy::default())),
        "
bak.offsite pass 0/1
log.audit_forwarded pass 0/1
log.forwarder_ready pass 0/2
log.immutable_store not_visible 0/0 undeclared
log.retention_job pass 0/1
log.shipping_destination needs_review 0/1 undeclared [forwarders=fluentd-forwarder]
",
    );
}

#[test]
fn a_forwarder_that_an_operator_made_sends_where_the_operator_says() {
    let operated = but("generation: 3,", "generation: 3, ownerReferences: [{kind: Logging, name: x}],");
    check("log.shipping_destination", &operated, "log.shipping_destination pass 0/1");
}

#[test]
fn the_audit_log_must_be_where_a_forwarder_reads() {
    for (from, to, expected) in [
        (
            "--audit-log-path=/var/log/audit/audit.log",
            "--audit-log-path=/srv/audit.log",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_on_node [path=/srv/audit.log]",
        ),
        (
            "path: /var/log/kubernetes/audit/",
            "path: /srv/audit",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_read [path=/srv/audit/audit.log]",
        ),
        (
            ", --audit-log-path=/var/log/audit/audit.log",
            "",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_written",
        ),
        (
            "--audit-policy-file=/etc/policy.yaml, ",
            "",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_written",
        ),
        (
            "--audit-log-path=/var/log/audit/audit.log",
            "--audit-log-path, /var/log/audit/x.log",
            "log.audit_forwarded pass 0/1",
        ),
        ("--audit-log-path=/var/log/audit/audit.log", "--audit-log-path=-", "log.audit_forwarded pass 0/1"),
        (
            "--audit-log-path=/var/log/audit/audit.log",
            "--audit-webhook-config-file=/etc/webhook.yaml",
            "log.audit_forwarded needs_review 0/1 webhook [nodes=control-1]",
        ),
        (
            "command: [kube-apiserver, --audit-policy-file=/etc/policy.yaml, --audit-log-path=/var/log/audit/audit.log]",
            "command: [sh, /start.sh]",
            "log.audit_forwarded error 0/0 unread 1 unread",
        ),
        ("labels: {component: kube-apiserver}", "labels: {}", "log.audit_forwarded not_visible 0/0 hidden"),
        // A forwarder that has ended reads nothing; one that begins may.
        (
            "  nodeName: control-1\n  containers: [{name: fluentd,",
            "  nodeName: control-2\n  containers: [{name: fluentd,",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_read [path=/var/log/kubernetes/audit/audit.log]",
        ),
        // A control-plane node whose API server was not seen.
        (
            "metadata: {name: worker-1,",
            "metadata: {name: worker-1, labels: {node-role.kubernetes.io/master: ''},",
            "log.audit_forwarded pass 0/1 unread 1",
        ),
        (
            "image: ghcr.io/example/fluentd-forwarder:v4@sha256:00",
            "image: shipper",
            "
log.audit_forwarded fail 1/1
  critical Node control-1: not_read [path=/var/log/kubernetes/audit/audit.log]",
        ),
    ] {
        check("log.audit_forwarded", &but(from, to), expected);
    }
}

#[test]
fn a_forwarder_that_only_the_organisation_knows_is_named_in_the_policy() {
    let unknown = but("image: ghcr.io/example/fluentd-forwarder:v4@sha256:00", "image: shipper");
    let policy = Policy { log_forwarders: vec!["fluentd-system/fluentd-forwarder".into()], ..Policy::default() };
    expect(&about("log.audit_forwarded", &judged(&unknown, &policy)), "log.audit_forwarded pass 0/1");
}

#[test]
fn forwarders_are_ready_on_every_node() {
    let unready =
        r#"phase: Running, conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-06-30TTIME:00Z"}]"#;
    let fewer = but("numberReady: 2", "numberReady: 1");
    let with = |time: &str| {
        let mut manifests = fewer.clone();
        let pod = manifests.0.iter_mut().find(|object| object["metadata"]["name"] == "fluentd-forwarder-fghij");
        let status = Manifests::read(&format!("{{{}}}", unready.replace("TIME", time))).0.remove(0);
        pod.expect("a pod")["status"] = status;
        manifests
    };
    check("log.forwarder_ready", &with("11:55"), "log.forwarder_ready pass 0/1 unread 1");
    check(
        "log.forwarder_ready",
        &with("11:00"),
        "
log.forwarder_ready fail 1/2
  high DaemonSet fluentd-system/fluentd-forwarder: not_ready",
    );
    for (from, to, expected) in [
        // What it says of an older specification says nothing.
        ("generation: 3,", "generation: 4,", "log.forwarder_ready pass 0/1 unread 1"),
        (
            "desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 2",
            "desiredNumberScheduled: 3, currentNumberScheduled: 2, numberReady: 2",
            "
log.forwarder_ready fail 1/2
  high DaemonSet fluentd-system/fluentd-forwarder: not_ready",
        ),
        (
            "status: {observedGeneration: 3, desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 2}",
            "status: {}",
            "log.forwarder_ready pass 0/1 unread 1",
        ),
        (
            "{name: worker-1,",
            "{name: worker-2,",
            "
log.forwarder_ready fail 1/3
  high DaemonSet *: uncovered [nodes=worker-2]",
        ),
        (
            r#"{name: worker-1, creationTimestamp: "2026-01-01T00:00:00Z"}"#,
            r#"{name: worker-2, creationTimestamp: "2026-06-30T11:58:00Z"}"#,
            "log.forwarder_ready pass 0/2 unread 1",
        ),
        (
            "{name: worker-1,",
            "{name: fargate-1, labels: {eks.amazonaws.com/compute-type: fargate},",
            "log.forwarder_ready needs_review 0/2 virtual [nodes=fargate-1]",
        ),
        (
            "readyReplicas: 1}",
            "readyReplicas: 0}",
            "
log.forwarder_ready fail 1/2
  high StatefulSet fluentd-system/fluentd-aggregator: not_ready",
        ),
        (
            r#"status: {phase: Running, conditions: [{type: Ready, status: "True"}]}"#,
            r"status: {phase: Running, containerStatuses: [{restartCount: 7, state: {waiting: {reason: CrashLoopBackOff}}}]}",
            "
log.forwarder_ready fail 1/2
  high DaemonSet fluentd-system/fluentd-forwarder: restarting",
        ),
        (
            r#"status: {phase: Running, conditions: [{type: Ready, status: "True"}]}"#,
            r#"status: {phase: Running, containerStatuses: [{restartCount: 3, lastState: {terminated: {finishedAt: "2026-06-30T11:50:00Z"}}}]}"#,
            "
log.forwarder_ready fail 1/2
  high DaemonSet fluentd-system/fluentd-forwarder: restarting",
        ),
        // It says that it is ready, and nothing of it is there.
        (
            "ownerReferences: [{kind: DaemonSet, name: fluentd-forwarder}]",
            "labels: {}",
            "log.forwarder_ready error 0/2 unread 1 disagree [workloads=fluentd-forwarder]",
        ),
    ] {
        check("log.forwarder_ready", &but(from, to), expected);
    }
}

#[test]
fn a_forwarder_that_is_set_to_run_nowhere_fails() {
    let nowhere = Manifests::read(
        "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: promtail, namespace: logs}
spec: {template: {spec: {containers: [{image: grafana/promtail, volumeMounts: [{name: l, mountPath: /l}]}], volumes: [{name: l, hostPath: {path: /var/log/pods}}]}}}
status: {desiredNumberScheduled: 0, numberReady: 0}
",
    );
    check(
        "log.forwarder_ready",
        &nowhere,
        "
log.forwarder_ready fail 1/1
  high DaemonSet logs/promtail: nowhere",
    );
}

#[test]
fn jobs_that_delete_logs_run_and_keep_what_was_agreed() {
    for (from, to, expected) in [
        (
            "schedule: 0 20 * * *",
            "suspend: true",
            "
log.retention_job fail 1/1
  high CronJob fluentd-system/audit-prod-retention: suspended",
        ),
        (
            "2026-06-29T20:01:00Z",
            "2026-06-27T20:01:00Z",
            "
log.retention_job fail 1/1
  high CronJob fluentd-system/audit-prod-retention: old [last=2026-06-27]",
        ),
        // From the future, so nonsense.
        ("2026-06-29T20:01:00Z", "2027-06-29T20:01:00Z", "log.retention_job pass 0/1 unread 1"),
        (
            "status: {lastSuccessfulTime: \"2026-06-29T20:01:00Z\"}",
            "status: {}",
            "
log.retention_job fail 1/1
  high CronJob fluentd-system/audit-prod-retention: never",
        ),
        (
            "\"365\"",
            "\"7\"",
            "
log.retention_job fail 1/1
  high CronJob fluentd-system/audit-prod-retention (RETAIN_DAYS): too_short [days=7; min=30]",
        ),
        (
            "\"365\"",
            "\"3650\"",
            "
log.retention_job fail 1/1
  high CronJob fluentd-system/audit-prod-retention (RETAIN_DAYS): too_long [days=3650; max=1825]",
        ),
        (
            "value: \"365\"",
            "valueFrom: {configMapKeyRef: {name: x, key: y}}",
            "log.retention_job needs_review 0/1 unknown_days [jobs=audit-prod-retention]",
        ),
        ("\"365\"", "\"a year\"", "log.retention_job needs_review 0/1 unknown_days [jobs=audit-prod-retention]"),
        (
            "command: [/scripts/retention.sh], env: [{name: S3_BUCKET, value: audit}, {value: \"365\", name: RETAIN_DAYS}]",
            "command: [sh]",
            "log.retention_job not_evaluated 0/0 none",
        ),
    ] {
        check("log.retention_job", &but(from, to), expected);
    }
}

#[test]
fn jobs_that_copy_backups_run() {
    for (from, to, expected) in [
        ("2026-06-30T03:40:00Z", "2026-06-29T03:40:00Z", "bak.offsite pass 0/1"),
        (
            "2026-06-30T03:40:00Z",
            "2026-06-28T03:40:00Z",
            "
bak.offsite fail 1/1
  medium CronJob rclone/sync-backups: old [last=2026-06-28; schedule=0 5 * * *]",
        ),
        (
            "status: {lastSuccessfulTime: \"2026-06-30T03:40:00Z\"}",
            "status:",
            "
bak.offsite fail 1/1
  medium CronJob rclone/sync-backups: never [schedule=0 5 * * *]",
        ),
        (
            "timeZone: Europe/Copenhagen",
            "suspend: true",
            "
bak.offsite fail 1/1
  medium CronJob rclone/sync-backups: suspended",
        ),
        ("schedule: 0 5 * * *", "schedule: sometimes", "bak.offsite error 0/0 unread 1 unread"),
        ("rclone-sync:1", "other:1", "bak.offsite not_evaluated 0/0 none"),
    ] {
        check("bak.offsite", &but(from, to), expected);
    }
}

#[test]
fn destinations_of_operators_are_judged() {
    for (from, to, expected) in [
        (
            "https://s3.example.org",
            "http://s3.example.org",
            "
log.shipping_destination fail 1/1
  high ClusterOutput logging/s3 (logging.banzaicloud.io): insecure",
        ),
        (
            "https://s3.example.org",
            "https://minio.minio.svc:9000",
            "
log.shipping_destination fail 1/1
  high ClusterOutput logging/s3 (logging.banzaicloud.io): within",
        ),
        (
            "status: {active: true}",
            "status: {active: true, problems: [no such secret]}",
            "
log.shipping_destination fail 1/1
  high ClusterOutput logging/s3 (logging.banzaicloud.io): refused",
        ),
        // Nothing is sent to it, so it shows nothing.
        (
            "status: {active: true}",
            "status: {active: false}",
            "log.shipping_destination needs_review 0/0 undeclared [forwarders=fluentd-forwarder]",
        ),
        (
            "s3: {s3_bucket: audit, s3_endpoint: \"https://s3.example.org\", aws_key_id: {valueFrom: {secretKeyRef: {name: x, key: y}}}}",
            "novelty: {a: b}",
            "log.shipping_destination needs_review 0/1 unknown [outputs=s3]",
        ),
    ] {
        check("log.shipping_destination", &but(from, to), expected);
    }
}

#[test]
fn destinations_of_openshift_are_judged() {
    let forwarder = |outputs: &str, ready: &str| {
        Manifests::read(&format!(
            r#"
apiVersion: observability.openshift.io/v1
kind: ClusterLogForwarder
metadata: {{name: collector, namespace: openshift-logging}}
spec:
  outputs: [{outputs}]
  pipelines: [{{inputRefs: [audit], outputRefs: [used]}}]
status: {{conditions: [{{type: Ready, status: "{ready}"}}]}}
"#
        ))
    };
    for (outputs, ready, expected) in [
        (
            "{name: used, type: http, http: {url: 'https://logs.example.org'}}, {name: idle, type: http, http: {url: 'http://x.example.org'}}",
            "True",
            "log.shipping_destination pass 0/1",
        ),
        (
            "{name: used, type: http, http: {url: 'https://logs.example.org'}, tls: {insecureSkipVerify: true}}",
            "True",
            "
log.shipping_destination fail 1/1
  high ClusterLogForwarder openshift-logging/collector (used): insecure",
        ),
        (
            "{name: used, type: lokiStack, lokiStack: {target: {name: loki, namespace: openshift-logging}}}",
            "True",
            "
log.shipping_destination fail 1/1
  high ClusterLogForwarder openshift-logging/collector (used): within",
        ),
        (
            "{name: used, type: http, http: {url: 'https://logs.example.org'}}",
            "False",
            "
log.shipping_destination fail 1/1
  high ClusterLogForwarder openshift-logging/collector: refused",
        ),
    ] {
        check("log.shipping_destination", &forwarder(outputs, ready), expected);
    }
}

#[test]
fn what_is_declared_is_never_a_pass() {
    let declared = |destination: &str| {
        let policy = Policy { log_destination: Some(destination.into()), ..Policy::default() };
        about("log.shipping_destination", &judged(&but("kind: ClusterOutput", "kind: Nothing"), &policy))
    };
    expect(
        &declared("https://anna:secret@logs.example.org?token=secret"),
        "log.shipping_destination needs_review 0/1 declared [destination=https://logs.example.org]",
    );
    expect(
        &declared("http://logs.example.org"),
        "
log.shipping_destination fail 1/1
  high Policy log_destination: declared_insecure [destination=http://logs.example.org]",
    );
    expect(
        &declared("https://loki.logs.svc"),
        "
log.shipping_destination fail 1/1
  high Policy log_destination: declared_within [destination=https://loki.logs.svc]",
    );
}

#[test]
fn lists_that_are_refused_or_not_whole_pass_nothing_that_needs_them() {
    let manifests = Manifests::read(GOOD);
    let refused = ReadError::Forbidden { permission: "x".into() };
    for (name, expected) in [
        (
            "v1/pods",
            "
bak.offsite pass 0/1
log.audit_forwarded not_visible 0/0 forbidden [permission=list pods in the core API group]
log.forwarder_ready not_visible 0/2 forbidden [permission=list pods in the core API group]
log.immutable_store not_visible 0/0 undeclared
log.retention_job pass 0/1
log.shipping_destination needs_review 0/1 undeclared [forwarders=fluentd-forwarder]
",
        ),
        (
            "batch/v1/cronjobs",
            "
bak.offsite not_visible 0/0 forbidden [permission=list cronjobs in batch]
log.audit_forwarded pass 0/1
log.forwarder_ready pass 0/2
log.immutable_store not_visible 0/0 undeclared
log.retention_job not_visible 0/0 forbidden [permission=list cronjobs in batch]
log.shipping_destination needs_review 0/1 undeclared [forwarders=fluentd-forwarder]
",
        ),
        (
            "logging.banzaicloud.io/v1beta1/clusteroutputs",
            "
bak.offsite pass 0/1
log.audit_forwarded pass 0/1
log.forwarder_ready pass 0/2
log.immutable_store not_visible 0/0 undeclared
log.retention_job pass 0/1
log.shipping_destination not_visible 0/0 forbidden [permission=list clusteroutputs in logging.banzaicloud.io]
",
        ),
    ] {
        let cluster = manifests.cluster(32, GROUPS).failing(name, refused.clone());
        expect(&said(&cluster.evaluate(Source::AuditLog, &Policy::default())), expected);
        assert_eq!(coverage(&*cluster.reading(Source::AuditLog, &Policy::default())).0, Coverage::Forbidden);
    }
    let malformed = Manifests::read(GOOD).with(Manifests::read("{apiVersion: apps/v1, kind: DaemonSet, metadata: 7}"));
    check("log.forwarder_ready", &malformed, "log.forwarder_ready pass 0/2 unread 1");
}

#[test]
fn nothing_installed_is_not_evaluated() {
    expect(
        &said(&judged(&Manifests::default(), &Policy::default())),
        "
bak.offsite not_evaluated 0/0 none
log.audit_forwarded not_visible 0/0 hidden
log.forwarder_ready not_evaluated 0/0 none
log.immutable_store not_visible 0/0 undeclared
log.retention_job not_evaluated 0/0 none
log.shipping_destination not_evaluated 0/0 none
",
    );
}

#[test]
fn that_logs_cannot_be_altered_is_declared_and_never_a_pass() {
    let said_until = |expires: &str| {
        let lock = StoreLock {
            store: "s3://audit".into(),
            evidence: "https://wiki.example.org/lock".into(),
            expires: expires.parse().expect("a day"),
        };
        let policy = Policy { log_store_lock: Some(lock), ..Policy::default() };
        about("log.immutable_store", &judged(&Manifests::read(GOOD), &policy))
    };
    let values =
        |expires: &str| format!("[evidence=https://wiki.example.org/lock; expires={expires}; store=s3://audit]");
    // Of its last day it still speaks.
    for (expires, expected) in [
        ("2027-01-31", "needs_review 0/0 declared"),
        ("2026-06-30", "needs_review 0/0 declared"),
        ("2026-06-29", "stale 0/0 expired"),
    ] {
        expect(&said_until(expires), &format!("log.immutable_store {expected} {}", values(expires)));
    }
    check("log.immutable_store", &Manifests::read(GOOD), "log.immutable_store not_visible 0/0 undeclared");
}

#[test]
fn values_of_variables_are_not_kept() {
    let container: JobContainer = serde_json::from_str(
        r#"{"env": [{"name": "PASSWORD", "value": "secret"}, {"value": "12", "name": "PIN"}, {"name": "RETAIN_DAYS", "value": "90"},
            {"name": "RETAIN_DAYS", "value": "secret"}, {"name": "RETAIN_DAYS", "value": 7}, {"name": "A", "valueFrom": {}}]}"#,
    )
    .expect("a container");
    let expected = [
        Variable::Other,
        Variable::Other,
        Variable::RetainDays(Some(90)),
        Variable::RetainDays(None),
        Variable::RetainDays(None),
        Variable::Other,
    ];
    assert_eq!(container.env.as_deref(), Some(&expected[..]));
    assert!(!format!("{container:?}").contains("secret"));
}

#[test]
fn hostile_texts_are_shortened_and_on_one_line() {
    let long = "x".repeat(5000);
    let hostile =
        but("--audit-log-path=/var/log/audit/audit.log", &format!("\"--audit-log-path=/srv/\\u001b[31m{long}\""));
    let evaluation = judged(&hostile, &Policy::default());
    let path =
        &evaluation.observations.iter().find(|seen| seen.check.as_str() == "log.audit_forwarded").expect("one").detail
            ["path"];
    assert!(path.chars().count() <= 300 && !path.contains('\u{1b}'));
}
