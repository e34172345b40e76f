//! Reports of Trivy Operator: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{
    evaluation::Outcome,
    finding::{Extent, Subject},
    scan::Coverage,
    source::Source,
};

/// What runs: a pod of a Deployment, one that keeps its name, and one of a Job that runs by the clock.
pub(super) const PODS: &str = r#"
kind: Pod
metadata:
  name: web-6d4cf56db6-x2x4z
  namespace: shop
  creationTimestamp: "2026-06-29T08:00:00Z"
  labels: {pod-template-hash: 6d4cf56db6}
  ownerReferences: [{kind: ReplicaSet, name: web-6d4cf56db6, controller: true}]
spec: {nodeName: one, containers: [{name: web, image: "registry.example.org/shop/web:2.1"}]}
status: {phase: Running, containerStatuses: [{name: web, imageID: "registry.example.org/shop/web@sha256:aaa"}]}
---
kind: Pod
metadata:
  name: db-0
  namespace: shop
  creationTimestamp: "2026-06-01T08:00:00Z"
  ownerReferences: [{kind: StatefulSet, name: db, controller: true}]
spec: {nodeName: one, containers: [{name: db, image: "docker.io/library/postgres:16.1"}]}
status: {phase: Running, containerStatuses: [{name: db, imageID: "docker.io/library/postgres@sha256:ddd"}]}
---
kind: Pod
metadata:
  name: report-29000000-abcde
  namespace: shop
  creationTimestamp: "2026-06-30T09:00:00Z"
  ownerReferences: [{kind: Job, name: report-29000000, controller: true}]
spec: {nodeName: one, containers: [{name: report, image: "registry.example.org/shop/report:1"}]}
status: {phase: Running, containerStatuses: [{name: report, imageID: "registry.example.org/shop/report@sha256:ccc"}]}
"#;

/// Reports on all of them, in order.
pub(super) const IN_ORDER: &str = r#"
kind: VulnerabilityReport
metadata:
  name: replicaset-web-6d4cf56db6-web
  namespace: shop
  annotations: {trivy-operator.aquasecurity.github.io/report-ttl: 24h0m0s}
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-6d4cf56db6, trivy-operator.container.name: web}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  scanner: {version: 0.72.0}
  artifact: {repository: shop/web, tag: "2.1", digest: "sha256:aaa"}
  os: {family: debian, name: "12.5"}
  summary: {criticalCount: 0, highCount: 1, mediumCount: 1, lowCount: 0, unknownCount: 0}
  vulnerabilities:
    - {vulnerabilityID: CVE-2026-0001, resource: openssl, installedVersion: "3.0.1", fixedVersion: "", severity: HIGH}
    - {vulnerabilityID: CVE-2026-0002, resource: zlib, installedVersion: "1.2", fixedVersion: "1.3", severity: MEDIUM}
---
kind: VulnerabilityReport
metadata:
  name: statefulset-db-db
  namespace: shop
  labels: {trivy-operator.resource.kind: StatefulSet, trivy-operator.resource.name: db, trivy-operator.container.name: db}
report:
  updateTimestamp: "2026-06-30T03:00:00Z"
  artifact: {repository: library/postgres, tag: "16.1"}
  os: {}
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0, unknownCount: 0}
  vulnerabilities: []
---
kind: VulnerabilityReport
metadata:
  name: cronjob-report-report
  namespace: shop
  labels: {trivy-operator.resource.kind: CronJob, trivy-operator.resource.name: report, trivy-operator.container.name: report}
report:
  updateTimestamp: "2026-06-30T03:00:00Z"
  artifact: {repository: shop/report, tag: "1"}
  os: {family: debian, name: "12.5"}
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0, unknownCount: 0}
  vulnerabilities: []
---
kind: ExposedSecretReport
metadata:
  name: replicaset-web-6d4cf56db6-web
  namespace: shop
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-6d4cf56db6, trivy-operator.container.name: web}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  secrets: []
---
kind: ExposedSecretReport
metadata:
  name: statefulset-db-db
  namespace: shop
  labels: {trivy-operator.resource.kind: StatefulSet, trivy-operator.resource.name: db, trivy-operator.container.name: db}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  secrets: []
---
kind: ExposedSecretReport
metadata:
  name: cronjob-report-report
  namespace: shop
  labels: {trivy-operator.resource.kind: CronJob, trivy-operator.resource.name: report, trivy-operator.container.name: report}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  secrets: []
---
kind: ConfigAuditReport
metadata:
  name: replicaset-web-6d4cf56db6
  namespace: shop
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-6d4cf56db6}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 1}
  checks:
    - {checkID: KSV014, title: Root file system is not read-only, severity: LOW, success: false}
    - {checkID: KSV017, title: Privileged, severity: HIGH, success: true}
---
kind: ConfigAuditReport
metadata:
  name: statefulset-db
  namespace: shop
  ownerReferences: [{kind: StatefulSet, name: db, controller: true}]
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
---
kind: ConfigAuditReport
metadata:
  name: cronjob-report
  namespace: shop
  labels: {trivy-operator.resource.kind: CronJob, trivy-operator.resource.name: report}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
"#;

const WITH_CONTROL_PLANE: &str = r#"
kind: Pod
metadata: {name: kube-apiserver-one, namespace: kube-system, ownerReferences: [{kind: Node, name: one, controller: true}]}
spec: {containers: [{name: kube-apiserver, image: "registry.k8s.io/kube-apiserver:v1.32.1"}]}
status: {phase: Running}
---
kind: Pod
metadata: {name: kube-controller-manager-one, namespace: kube-system, ownerReferences: [{kind: Node, name: one, controller: true}]}
spec: {containers: [{name: kube-controller-manager, image: "registry.k8s.io/kube-controller-manager:v1.32.1"}]}
status: {phase: Running}
---
kind: Pod
metadata: {name: kube-scheduler-one, namespace: kube-system, ownerReferences: [{kind: Node, name: one, controller: true}]}
spec: {containers: [{name: kube-scheduler, image: "registry.k8s.io/kube-scheduler:v1.32.1"}]}
status: {phase: Running}
---
kind: InfraAssessmentReport
metadata: {name: pod-kube-apiserver-one, namespace: kube-system, labels: {trivy-operator.resource.kind: Pod, trivy-operator.resource.name: kube-apiserver-one}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 1, mediumCount: 0, lowCount: 0}
  checks: [{checkID: AVD-KCV-0001, title: Anonymous requests, severity: HIGH, success: false}]
---
kind: InfraAssessmentReport
metadata: {name: pod-kube-controller-manager-one, namespace: kube-system, labels: {trivy-operator.resource.kind: Pod, trivy-operator.resource.name: kube-controller-manager-one}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
---
kind: InfraAssessmentReport
metadata: {name: pod-kube-scheduler-one, namespace: kube-system, labels: {trivy-operator.resource.kind: Pod, trivy-operator.resource.name: kube-scheduler-one}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
---
kind: ClusterInfraAssessmentReport
metadata: {name: node-one, labels: {trivy-operator.resource.kind: Node, trivy-operator.resource.name: one}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
"#;

/// A ReplicaSet of the same Deployment in which everything is wrong, and its pod.
pub(super) const FOUND: &str = r#"
kind: VulnerabilityReport
metadata:
  name: replicaset-web-7c9fd5c8b7-web
  namespace: shop
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-7c9fd5c8b7, trivy-operator.container.name: web}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  artifact: {repository: shop/web, tag: "2.0", digest: "sha256:bbb"}
  os: {family: debian, name: "10.3", eosl: true}
  summary: {criticalCount: 1, highCount: 2, mediumCount: 0, lowCount: 0, unknownCount: 1}
  vulnerabilities:
    - {vulnerabilityID: CVE-2026-0003, resource: openssl, installedVersion: "3.0.1", fixedVersion: "3.0.2", severity: CRITICAL}
    - {vulnerabilityID: CVE-2026-0004, resource: log4j, packagePath: app/a.jar, installedVersion: "1", fixedVersion: "2", severity: HIGH}
    - {vulnerabilityID: CVE-2026-0004, resource: log4j, packagePath: app/b.jar, installedVersion: "1", fixedVersion: "2", severity: HIGH}
    - {vulnerabilityID: CVE-2026-0005, resource: bash, installedVersion: "1", fixedVersion: "2", severity: UNKNOWN}
---
kind: ExposedSecretReport
metadata:
  name: replicaset-web-7c9fd5c8b7-web
  namespace: shop
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-7c9fd5c8b7, trivy-operator.container.name: web}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 1, highCount: 0, mediumCount: 0, lowCount: 0}
  secrets: [{ruleID: github-pat, target: root/token.txt, severity: CRITICAL, match: "not to be seen"}]
---
kind: ConfigAuditReport
metadata:
  name: replicaset-web-7c9fd5c8b7
  namespace: shop
  labels: {trivy-operator.resource.kind: ReplicaSet, trivy-operator.resource.name: web-7c9fd5c8b7}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 2, mediumCount: 0, lowCount: 0}
  checks:
    - {checkID: AVD-KSV-0017, title: Privileged, severity: HIGH, success: false}
    - {title: Of no id, severity: HIGH, success: false}
---
kind: Pod
metadata:
  name: web-7c9fd5c8b7-9rrrr
  namespace: shop
  creationTimestamp: "2026-06-29T08:00:00Z"
  labels: {pod-template-hash: 7c9fd5c8b7}
  ownerReferences: [{kind: ReplicaSet, name: web-7c9fd5c8b7, controller: true}]
spec: {containers: [{name: web, image: "registry.example.org/shop/web:2.0"}]}
status: {phase: Running, containerStatuses: [{name: web, imageID: "registry.example.org/shop/web@sha256:bbb"}]}
"#;

fn manifests(parts: &[&str]) -> Manifests {
    Manifests::read(&parts.join("\n---\n"))
}

fn judged(parts: &[&str]) -> String {
    said(&manifests(parts).cluster(32, &[]).evaluate(Source::Trivy, &Policy::default()))
}

fn judged_check(check: &str, parts: &[&str]) -> String {
    about(check, &manifests(parts).cluster(32, &[]).evaluate(Source::Trivy, &Policy::default()))
}

#[test]
fn what_runs_and_was_scanned_is_in_order() {
    expect(
        &judged(&[PODS, IN_ORDER]),
        "
cfg.audit pass 0/3 seen [oldest=2026-06-30]
cfg.infra not_evaluated 0/0 none
sec.exposed pass 0/3 seen [oldest=2026-06-30]
vul.coverage pass 0/3 seen [oldest=2026-06-30]
vul.critical_fixable pass 0/3 left [count=0; days=30; oldest=2026-06-30; unfixable=1; workloads=Deployment shop/web (1)]
vul.eosl pass 0/3 seen [oldest=2026-06-30]
",
    );
}

#[test]
fn a_vulnerability_may_stay_for_as_long_as_the_policy_allows() {
    let published = |day: &str| {
        let fixed = "fixedVersion: \"3.0.2\",";
        FOUND.replace(fixed, &format!("{fixed} publishedDate: \"{day}\","))
    };
    let judged = |day: &str, policy: &Policy| {
        let found = published(day);
        let evaluation = manifests(&[PODS, IN_ORDER, &found]).cluster(32, &[]).evaluate(Source::Trivy, policy);
        about("vul.critical_fixable", &evaluation).lines().next().unwrap_or_default().to_owned()
    };
    let left = |failed: u32, count: u32, days: u32| {
        format!(
            "vul.critical_fixable fail {failed}/4 left [count={count}; days={days}; oldest=2026-06-30; unfixable=1; \
             workloads=Deployment shop/web (1)]"
        )
    };
    let usual = Policy::default();
    assert_eq!(judged("2026-05-31T00:00:00Z", &usual), left(2, 1, 30));
    for overdue in ["2026-05-30T23:59:59Z", "", "soon"] {
        assert_eq!(judged(overdue, &usual), left(3, 0, 30), "{overdue}");
    }
    let strict = Policy { fixable_days: 0, ..Policy::default() };
    assert_eq!(judged("2026-06-29T00:00:00Z", &strict), left(3, 0, 0));
}

#[test]
fn what_is_found_is_told_of_the_owner() {
    expect(
        &judged(&[PODS, IN_ORDER, FOUND, WITH_CONTROL_PLANE]),
        "
cfg.audit fail 2/4 unread 3 seen [oldest=2026-06-30]
  high Deployment shop/web (KSV-0017): failed [rule=KSV-0017; title=Privileged]
  high Deployment shop/web (Of no id): failed [rule=Of no id; title=Of no id]
cfg.infra fail 1/4 seen [oldest=2026-06-30]
  high Pod kube-system/kube-apiserver-one (KCV-0001): failed [rule=KCV-0001; title=Anonymous requests]
sec.exposed fail 1/4 unread 3 seen [oldest=2026-06-30]
  critical Deployment shop/web (web github-pat root/token.txt): found [file=root/token.txt; rule=github-pat]
vul.coverage fail 3/7 seen [oldest=2026-06-30]
  high Pod kube-system/kube-apiserver-one (kube-apiserver): missing
  high Pod kube-system/kube-controller-manager-one (kube-controller-manager): missing
  high Pod kube-system/kube-scheduler-one (kube-scheduler): missing
vul.critical_fixable fail 3/4 unread 3 left [count=0; days=30; oldest=2026-06-30; unfixable=1; workloads=Deployment shop/web (1)]
  critical Deployment shop/web (web CVE-2026-0003 openssl): fixable [fixed=3.0.2; id=CVE-2026-0003; installed=3.0.1; package=openssl]
  high Deployment shop/web (web CVE-2026-0004 log4j app/a.jar): fixable [fixed=2; id=CVE-2026-0004; installed=1; package=log4j]
  high Deployment shop/web (web CVE-2026-0004 log4j app/b.jar): fixable [fixed=2; id=CVE-2026-0004; installed=1; package=log4j]
vul.eosl fail 1/4 unread 3 seen [oldest=2026-06-30]
  medium Deployment shop/web (web): end_of_life [os=debian 10.3]
",
    );
    // Without its pods, the old ReplicaSet counts no more, though its reports are still there.
    let left_over = FOUND.rsplit_once("\n---\n").expect("a pod at the end").0;
    assert_eq!(judged(&[PODS, IN_ORDER, left_over]), judged(&[PODS, IN_ORDER]));
}

#[test]
fn a_namespace_that_is_left_out_on_purpose_is_not_asked_for() {
    let policy = Policy { unscanned_namespaces: vec!["kube-system".into()], ..Policy::default() };
    let all = manifests(&[PODS, IN_ORDER, WITH_CONTROL_PLANE]);
    let evaluation = all.cluster(32, &[]).evaluate(Source::Trivy, &policy);
    expect(&about("vul.coverage", &evaluation), "vul.coverage pass 0/3 seen [oldest=2026-06-30]");
    expect(&about("vul.eosl", &evaluation), "vul.eosl pass 0/3 seen [oldest=2026-06-30]");
}

#[test]
fn a_control_plane_that_is_not_seen_is_not_in_order() {
    let nodes = WITH_CONTROL_PLANE.rsplit_once("\n---\n").expect("a node at the end").1;
    expect(
        &judged_check("cfg.infra", &[PODS, nodes]),
        "cfg.infra not_visible 0/1 not_seen [parts=kube-apiserver, kube-controller-manager, kube-scheduler]",
    );
    let nothing_found =
        WITH_CONTROL_PLANE.replace("highCount: 1", "highCount: 0").replace("success: false", "success: true");
    expect(&judged_check("cfg.infra", &[&nothing_found]), "cfg.infra pass 0/4 seen [oldest=2026-06-30]");
    let without_nodes = nothing_found.rsplit_once("\n---\n").expect("a node at the end").0;
    expect(&judged_check("cfg.infra", &[without_nodes]), "cfg.infra not_visible 0/3 not_seen [parts=Node]");
}

#[test]
fn old_reports_and_reports_on_other_images_are_no_evidence() {
    let old = IN_ORDER.replace("2026-06-30T0", "2026-06-28T0");
    expect(
        &judged(&[PODS, &old]),
        "
cfg.audit stale 0/0 stale [oldest=2026-06-28]
cfg.infra not_evaluated 0/0 none
sec.exposed stale 0/0 stale [oldest=2026-06-28]
vul.coverage fail 3/3 seen [oldest=2026-06-28]
  high CronJob shop/report (report): old
  high Deployment shop/web (web): old
  high StatefulSet shop/db (db): old
vul.critical_fixable stale 0/0 stale [oldest=2026-06-28]
vul.eosl stale 0/0 stale [oldest=2026-06-28]
",
    );
    // A time in the future is not fresh, and some old reports among fresh ones are gaps.
    let future = IN_ORDER.replacen("2026-06-30T02", "2026-07-30T02", 1);
    expect(&judged_check("vul.eosl", &[PODS, &future]), "vul.eosl pass 0/2 unread 1 seen [oldest=2026-06-30]");
    // Kept for a week, so that nobody scans more often.
    let kept = old.replace("24h0m0s", "168h0m0s");
    expect(&judged_check("vul.eosl", &[PODS, &kept]), "vul.eosl pass 0/1 unread 2 seen [oldest=2026-06-28]");
    // Another digest, another tag, and a pod that is newer than what is known of its image.
    let other = IN_ORDER.replace("sha256:aaa", "sha256:eee").replace("tag: \"1\"", "tag: \"0\"");
    let restarted = PODS.replace("2026-06-01T08", "2026-06-30T08");
    expect(
        &judged_check("vul.coverage", &[&restarted, &other]),
        "
vul.coverage fail 3/3 seen [oldest=2026-06-30]
  high CronJob shop/report (report): other_image
  high Deployment shop/web (web): other_image
  high StatefulSet shop/db (db): other_image
",
    );
    // What has just been started has time to be scanned.
    let just = PODS.replace("2026-06-29T08:00", "2026-06-30T11:30");
    let without_web = IN_ORDER.replace("web-6d4cf56db6", "gone-6d4cf56db6").replace("sha256:aaa", "sha256:fff");
    expect(
        &judged_check("vul.coverage", &[&just, &without_web]),
        "vul.coverage pass 0/2 unread 1 seen [oldest=2026-06-30]",
    );
    expect(
        &judged_check("vul.coverage", &[PODS, &without_web]),
        "vul.coverage fail 1/3 seen [oldest=2026-06-30]\n  high Deployment shop/web (web): missing",
    );
}

#[test]
fn a_report_on_what_ran_before_is_no_evidence_of_what_runs_now() {
    let checks = |parts: &[&str], expected: &[(&str, &str)]| {
        for (check, result) in expected {
            expect(&judged_check(check, parts), &format!("{check} {result}"));
        }
    };
    // The ReplicaSet is the same, and its image is another one by now.
    let moved = PODS.replace("shop/web@sha256:aaa", "shop/web@sha256:eee");
    let left =
        "pass 0/2 unread 1 left [count=0; days=30; oldest=2026-06-30; unfixable=1; workloads=Deployment shop/web (1)]";
    let seen = "pass 0/2 unread 1 seen [oldest=2026-06-30]";
    checks(&[&moved, IN_ORDER], &[("vul.critical_fixable", left), ("vul.eosl", seen)]);
    // A CronJob keeps its name, and its image has another tag.
    let tagged = PODS.replace("shop/report:1", "shop/report:2");
    checks(&[&tagged, IN_ORDER], &[("vul.critical_fixable", left), ("vul.eosl", seen)]);
    let secrets = IN_ORDER.replace(
        "  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}\n  secrets",
        "  artifact: {tag: \"1\"}\n  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}\n  secrets",
    );
    expect(&judged_check("sec.exposed", &[&tagged, &secrets]), "sec.exposed stale 0/0 stale [oldest=2026-06-30]");
    // All pods of a StatefulSet are newer than what is known of it.
    let replaced = PODS.replace("2026-06-01T08", "2026-06-30T08");
    checks(
        &[&replaced, IN_ORDER],
        &[("cfg.audit", seen), ("sec.exposed", seen), ("vul.critical_fixable", left), ("vul.eosl", seen)],
    );
}

#[test]
fn absent_forbidden_and_never_ran_are_told_apart() {
    let policy = Policy::default();
    let nothing = Manifests::read(PODS);
    let cluster = nothing.cluster(32, &[]);
    let reading = cluster.reading(Source::Trivy, &policy);
    assert_eq!(coverage(&*reading).0, Coverage::NeverRan);
    assert!(cluster.evaluate(Source::Trivy, &policy).results.iter().all(|r| r.outcome == Outcome::NotEvaluated));

    let lists = ["vulnerabilityreports", "exposedsecretreports", "configauditreports", "infraassessmentreports"];
    let failing = |error: ReadError| {
        let name = |list: &str| format!("aquasecurity.github.io/v1alpha1/{list}");
        let names = lists.iter().chain(&["clusterinfraassessmentreports"]);
        names.fold(nothing.cluster(32, &[]), |cluster, list| cluster.failing(&name(list), error.clone()))
    };
    let cluster = failing(ReadError::Absent);
    assert_eq!(coverage(&*cluster.reading(Source::Trivy, &policy)).0, Coverage::Absent);
    assert!(cluster.evaluate(Source::Trivy, &policy).results.iter().all(|r| r.reason.as_deref() == Some("absent")));
    let cluster = failing(ReadError::Forbidden { permission: "x".into() });
    assert!(cluster.evaluate(Source::Trivy, &policy).results.iter().all(|r| r.outcome == Outcome::NotVisible));

    // Without pods nobody knows which reports count.
    let all = manifests(&[PODS, IN_ORDER]);
    let blind = all.cluster(32, &[]).failing("v1/pods", ReadError::Forbidden { permission: "x".into() });
    assert!(blind.evaluate(Source::Trivy, &policy).results.iter().all(|r| r.outcome == Outcome::NotVisible));
}

#[test]
fn what_does_not_add_up_or_is_not_understood_passes_nothing() {
    let summary = IN_ORDER.replacen("highCount: 1", "highCount: 7", 1);
    expect(
        &judged_check("vul.critical_fixable", &[PODS, &summary]),
        "vul.critical_fixable error 0/3 unread 1 summary [reports=replicaset-web-6d4cf56db6-web]",
    );
    let word = IN_ORDER.replacen("severity: HIGH", "severity: DREADFUL", 1);
    expect(
        &judged_check("vul.critical_fixable", &[PODS, &word]),
        "vul.critical_fixable pass 0/3 unread 1 left [count=0; days=30; oldest=2026-06-30; unfixable=0; workloads=–]",
    );
    let malformed = IN_ORDER.replacen("fixedVersion: \"\"", "fixedVersion: 7", 1);
    expect(
        &judged_check("vul.critical_fixable", &[PODS, &malformed]),
        "vul.critical_fixable pass 0/2 unread 2 left [count=0; days=30; oldest=2026-06-30; unfixable=0; workloads=–]",
    );
    expect(
        &judged_check("vul.coverage", &[PODS, &malformed]),
        "vul.coverage pass 0/2 unread 2 seen [oldest=2026-06-30]",
    );
    let unnamed = IN_ORDER.replacen("trivy-operator.resource.kind: ReplicaSet", "a: b", 1);
    expect(&judged_check("vul.eosl", &[PODS, &unnamed]), "vul.eosl pass 0/2 unread 2 seen [oldest=2026-06-30]");
}

#[test]
fn hostile_values_are_cut_and_secrets_are_not_kept() {
    let title = format!("{}\\u0000\\u001b[31m", "x".repeat(5000));
    let report = format!(
        r#"{{"kind":"ConfigAuditReport","metadata":{{"name":"a","namespace":"shop",
        "labels":{{"trivy-operator.resource.kind":"Service","trivy-operator.resource.name":"a"}}}},
        "report":{{"updateTimestamp":"2026-06-30T02:00:00Z","summary":{{"criticalCount":1,"highCount":0,"mediumCount":0,"lowCount":0}},
        "checks":[{{"checkID":"<script>","title":"{title}","severity":"CRITICAL","success":false}}]}}}}"#
    );
    let evaluation = Manifests::read(&report).cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    let seen = &evaluation.observations[0];
    assert!(seen.detail["title"].chars().count() <= 300 && !seen.detail["title"].contains('\u{1b}'));
    let secrets = format!("{:?}", manifests(&[PODS, IN_ORDER]).trivy());
    assert!(!secrets.contains("not to be seen"));
}

#[test]
fn nothing_said_changes_from_scan_to_scan() {
    let all = manifests(&[PODS, IN_ORDER, WITH_CONTROL_PLANE]);
    let later = super::now() + chrono::TimeDelta::minutes(30);
    let said = |now| crate::rules::trivy::evaluate(&all.trivy(), &Policy::default(), now).digest();
    assert_eq!(said(super::now()), said(later));
}

#[test]
fn one_container_without_a_report_keeps_only_its_own_workload_open() {
    let reports: Vec<&str> = IN_ORDER.split("---").filter(|report| !report.contains("statefulset-db-db")).collect();
    let manifests = Manifests::read(PODS).with(Manifests::read(&reports.join("---")));
    let evaluation = manifests.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    let subject = |kind: &str, name: &str| Subject {
        kind: kind.into(),
        namespace: Some("shop".into()),
        name: name.into(),
        key: Some("main CVE-1 openssl".into()),
    };
    for check in ["vul.critical_fixable", "vul.eosl", "sec.exposed"] {
        let result = evaluation.results.iter().find(|result| result.check.as_str() == check).expect("judged");
        assert_eq!(result.unseen, Some(vec![Extent::of_object("StatefulSet", Some("shop"), "db")]), "{check}");
        assert!(
            result.may_close(&subject("Deployment", "web")) && !result.may_close(&subject("StatefulSet", "db")),
            "{check}"
        );
    }
    // That a list was not read wholly may be about anything.
    let broken =
        manifests.with(Manifests::read("{kind: VulnerabilityReport, metadata: {name: x, namespace: shop}, report: 1}"));
    let evaluation = broken.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    let result = evaluation.results.iter().find(|result| result.check.as_str() == "vul.eosl").expect("judged");
    assert_eq!((result.unseen.as_ref(), result.may_close(&subject("Deployment", "web"))), (None, false));
}
