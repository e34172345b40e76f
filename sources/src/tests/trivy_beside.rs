//! What Trivy Operator says beside its reports on settings: compliance reports, and what it holds of roles.

use super::{
    Manifests, about, expect,
    trivy::{IN_ORDER, PODS},
};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{
    finding::{Extent, Subject},
    scan::Coverage,
    source::Source,
};

/// Two compliance reports, one in each form, and reports on three roles: all of them add up and are of today.
pub(super) const BESIDE: &str = r#"
kind: ClusterComplianceReport
metadata: {name: k8s-nsa-1.0}
spec: {cron: "0 */6 * * *", reportType: summary, compliance: {id: k8s-nsa-1.0, controls: []}}
status:
  updateTimestamp: "2026-06-30T06:00:00Z"
  summary: {failCount: 1, passCount: 3}
  summaryReport:
    id: k8s-nsa-1.0
    controlCheck:
      - {id: "1.0", name: Non-root containers, severity: MEDIUM, totalFail: 8}
      - {id: "1.1", name: Immutable container file systems, severity: LOW, totalFail: 0}
      - {id: "1.2", name: Preventing privileged containers, severity: HIGH, totalFail: 0}
      - {id: "8.0", name: Audit policy is configured (Manual), severity: HIGH}
---
kind: ClusterComplianceReport
metadata: {name: k8s-cis-1.23}
spec: {cron: "0 */6 * * *", reportType: all, compliance: {id: k8s-cis-1.23, controls: []}}
status:
  updateTimestamp: "2026-06-29T18:00:00Z"
  summary: {failCount: 1, passCount: 1}
  detailReport:
    id: k8s-cis-1.23
    results:
      - {id: 1.2.1, name: Anonymous requests, checks: [{checkID: AVD-KCV-0001, severity: HIGH, success: false}, {checkID: AVD-KCV-0001, severity: HIGH, success: false}]}
      - {id: 1.2.2, name: Token files, checks: [{checkID: "", severity: "", success: true}]}
---
kind: RbacAssessmentReport
metadata: {name: role-reader, namespace: shop, labels: {trivy-operator.resource.kind: Role, trivy-operator.resource.name: reader}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 1, highCount: 0, mediumCount: 1, lowCount: 0}
  checks:
    - {checkID: AVD-KSV-0041, title: Manage secrets, severity: CRITICAL, success: false}
    - {checkID: AVD-KSV-0049, title: Manage configmaps, severity: MEDIUM, success: false}
    - {checkID: AVD-KSV-0045, title: No wildcards, severity: CRITICAL, success: true}
---
kind: ClusterRbacAssessmentReport
metadata: {name: clusterrole-operator, labels: {trivy-operator.resource.kind: ClusterRole, trivy-operator.resource.name: operator}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 2, highCount: 0, mediumCount: 0, lowCount: 0}
  checks:
    - {checkID: KSV041, title: Manage secrets, severity: CRITICAL, success: false}
    - {checkID: KSV044, title: No wildcards, severity: CRITICAL, success: false}
---
kind: ClusterRbacAssessmentReport
metadata: {name: clusterrole-view, labels: {trivy-operator.resource.kind: ClusterRole, trivy-operator.resource.name: view}}
report:
  updateTimestamp: "2026-06-30T02:00:00Z"
  summary: {criticalCount: 0, highCount: 0, mediumCount: 0, lowCount: 0}
  checks: []
"#;

/// What is said of `cfg.audit` where these reports are beside those on settings.
fn judged(beside: &str) -> String {
    let manifests = Manifests::read(&[PODS, IN_ORDER, beside].join("\n---\n"));
    about("cfg.audit", &manifests.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default()))
}

/// The sentence that tells what is beside.
fn told(compliance: &str, unusable: &str) -> String {
    format!(
        "beside [compliance={compliance}; oldest=2026-06-30; risky=2; roles=3; rules=KSV-0041 (2), KSV-0044 (1); unusable={unusable}]"
    )
}

const BOTH: &str = "k8s-cis-1.23 1/2 2026-06-29, k8s-nsa-1.0 1/4 2026-06-30";

#[test]
fn what_is_beside_is_told_and_fails_nothing() {
    expect(&judged(BESIDE), &format!("cfg.audit pass 0/3 {}", told(BOTH, "–")));
}

#[test]
fn a_compliance_report_that_does_not_add_up_is_a_fault_of_the_source() {
    // More or fewer controls fail, or there are others than are counted.
    for (written, instead) in [
        ("totalFail: 0", "totalFail: 3"),
        ("failCount: 1, passCount: 3", "failCount: 0, passCount: 4"),
        ("failCount: 1, passCount: 3", "failCount: 3, passCount: 1"),
        ("failCount: 1, passCount: 3", "failCount: 1, passCount: 4"),
        ("failCount: 1, passCount: 3", "passCount: 3"),
    ] {
        let text = judged(&BESIDE.replacen(written, instead, 1));
        expect(&text, "cfg.audit error 0/3 unread 1 summary [reports=k8s-nsa-1.0]");
    }
    // One that is left to a person may count as either.
    let by_hand = judged(&BESIDE.replacen("failCount: 1, passCount: 3", "failCount: 2, passCount: 2", 1));
    expect(&by_hand, &format!("cfg.audit pass 0/3 {}", told(&BOTH.replace("1/4", "2/4"), "–")));
    // In detail, every control tells whether it fails.
    let detail = judged(&BESIDE.replace("severity: \"\", success: true", "severity: HIGH, success: false"));
    expect(&detail, "cfg.audit error 0/3 unread 1 summary [reports=k8s-cis-1.23]");
    // What fails is told all the same, and that the figures cannot be relied on.
    let failing = IN_ORDER
        .replacen("highCount: 0, mediumCount: 0, lowCount: 1", "highCount: 1, mediumCount: 0, lowCount: 0", 1)
        .replacen("severity: LOW", "severity: HIGH", 1);
    let wrong = BESIDE.replacen("passCount: 3", "passCount: 4", 1);
    let manifests = Manifests::read(&[PODS, &failing, &wrong].join("\n---\n"));
    let evaluation = manifests.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    expect(
        &about("cfg.audit", &evaluation),
        "
cfg.audit fail 1/3 unread 1 summary [reports=k8s-nsa-1.0]
  high Deployment shop/web (KSV-0014): failed [rule=KSV-0014; title=Root file system is not read-only]
",
    );
}

#[test]
fn a_compliance_report_that_is_empty_old_or_unknown_is_never_a_pass() {
    let cases = [
        // Never made, or made of nothing.
        BESIDE.replacen("status:\n  updateTimestamp: \"2026-06-30T06", "was:\n  updateTimestamp: \"2026-06-30T06", 1),
        BESIDE.replacen("    controlCheck:", "    other:", 1),
        BESIDE.replacen("summaryReport", "shortReport", 1),
        BESIDE.replacen("summary: {failCount", "sums: {failCount", 1),
        // Three days ago, at a time to come, at no time.
        BESIDE.replacen("2026-06-30T06", "2026-06-27T06", 1),
        BESIDE.replacen("2026-06-30T06", "2026-07-30T06", 1),
        BESIDE.replacen("updateTimestamp: \"2026-06-30T06", "made: \"2026-06-30T06", 1),
        // A control of which it is not told whether it fails.
        BESIDE.replacen("totalFail: 8", "fails: 8", 1),
    ];
    for beside in &cases {
        let expected = told("k8s-cis-1.23 1/2 2026-06-29", "k8s-nsa-1.0");
        expect(&judged(beside), &format!("cfg.audit pass 0/3 unread 1 {expected}"));
    }
    let malformed = judged(&BESIDE.replacen("totalFail: 8", "totalFail: many", 1));
    let expected = told("k8s-cis-1.23 1/2 2026-06-29", "clustercompliancereports (1)");
    expect(&malformed, &format!("cfg.audit pass 0/3 unread 1 {expected}"));
}

#[test]
fn a_doubtful_compliance_report_keeps_no_finding_of_a_workload_open() {
    let old = BESIDE.replacen("2026-06-30T06", "2026-06-27T06", 1);
    let manifests = Manifests::read(&[PODS, IN_ORDER, &old].join("\n---\n"));
    let evaluation = manifests.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    let result = evaluation.results.iter().find(|result| result.check.as_str() == "cfg.audit").expect("judged");
    let unseen = Extent::of_object("ClusterComplianceReport", None, "k8s-nsa-1.0");
    assert_eq!(result.unseen, Some(vec![unseen]));
    let web = Subject {
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
        key: Some("KSV-0017".into()),
    };
    assert!(result.may_close(&web));
}

#[test]
fn a_report_on_a_role_that_is_old_or_does_not_add_up_counts_for_nothing() {
    let start = "name: role-reader, namespace: shop";
    let of_role = |written: &str, instead: &str| {
        let (before, after) = BESIDE.split_once(start).expect("a role");
        format!("{before}{start}{}", after.replacen(written, instead, 1))
    };
    let expected = format!(
        "cfg.audit pass 0/3 beside [compliance={BOTH}; oldest=2026-06-30; risky=1; roles=2; \
         rules=KSV-0041 (1), KSV-0044 (1); unusable=RbacAssessmentReport (1)]"
    );
    expect(&judged(&of_role("2026-06-30T02", "2026-06-27T02")), &expected);
    expect(&judged(&of_role("severity: MEDIUM", "severity: DREADFUL")), &expected);
    let malformed = expected.replace("RbacAssessmentReport (1)", "rbacassessmentreports (1)");
    expect(&judged(&of_role("criticalCount: 1", "criticalCount: many")), &malformed);
    expect(
        &judged(&of_role("criticalCount: 1", "criticalCount: 2")),
        "cfg.audit error 0/3 unread 1 summary [reports=role-reader]",
    );
}

#[test]
fn older_versions_without_such_reports_are_read_wholly_and_what_is_refused_is_told() {
    let all = Manifests::read(&[PODS, IN_ORDER, BESIDE].join("\n---\n"));
    let lists = ["rbacassessmentreports", "clusterrbacassessmentreports", "clustercompliancereports"];
    let failing = |error: ReadError| {
        let name = |list: &str| format!("aquasecurity.github.io/v1alpha1/{list}");
        lists.iter().fold(all.cluster(32, &[]), |cluster, list| cluster.failing(&name(list), error.clone()))
    };
    let policy = Policy::default();
    let absent = failing(ReadError::Absent);
    assert_eq!(coverage(&*absent.reading(Source::Trivy, &policy)).0, Coverage::Complete);
    let said = about("cfg.audit", &absent.evaluate(Source::Trivy, &policy));
    expect(&said, "cfg.audit pass 0/3 seen [oldest=2026-06-30]");
    let refused = failing(ReadError::Forbidden { permission: "x".into() });
    assert_eq!(coverage(&*refused.reading(Source::Trivy, &policy)).0, Coverage::Forbidden);
    expect(
        &about("cfg.audit", &refused.evaluate(Source::Trivy, &policy)),
        "cfg.audit pass 0/3 beside [compliance=–; oldest=2026-06-30; risky=0; roles=0; rules=–; \
         unusable=clustercompliancereports, clusterrbacassessmentreports, rbacassessmentreports]",
    );
}

#[test]
fn what_has_no_correction_is_counted_by_workload_and_fails_nothing() {
    let entry = r#"    - {vulnerabilityID: CVE-2026-0001, resource: openssl, installedVersion: "3.0.1", fixedVersion: "", severity: HIGH}"#;
    let grave = |id: &str| entry.replace("CVE-2026-0001", id).replace("HIGH", "CRITICAL");
    let entries = [entry.to_owned(), grave("CVE-2026-0008"), grave("CVE-2026-0009")].join("\n");
    let web = IN_ORDER.replacen(entry, &entries, 1).replacen("criticalCount: 0", "criticalCount: 2", 1);
    let (before, after) = web.split_once("name: statefulset-db-db").expect("a database");
    let after = after
        .replacen("highCount: 0", "highCount: 1", 1)
        .replacen("vulnerabilities: []", &format!("vulnerabilities:\n{entry}"), 1)
        .replacen("2026-06-30T03", "2026-06-29T03", 1);
    let reports = format!("{before}name: statefulset-db-db{after}");
    let manifests = Manifests::read(&[PODS, &reports].join("\n---\n"));
    let evaluation = manifests.cluster(32, &[]).evaluate(Source::Trivy, &Policy::default());
    expect(
        &about("vul.critical_fixable", &evaluation),
        "vul.critical_fixable pass 0/3 left [count=0; days=30; oldest=2026-06-29; unfixable=4; \
         workloads=Deployment shop/web (3), StatefulSet shop/db (1)]",
    );
    // The oldest report is told wherever it is one of those that a verdict rests on.
    expect(&about("vul.eosl", &evaluation), "vul.eosl pass 0/3 seen [oldest=2026-06-29]");
    expect(&about("vul.coverage", &evaluation), "vul.coverage pass 0/3 seen [oldest=2026-06-29]");
    expect(&about("sec.exposed", &evaluation), "sec.exposed pass 0/3 seen [oldest=2026-06-30]");
}

#[test]
fn lists_of_components_are_never_asked_for() {
    use crate::request::{Ask, asks};
    for source in Source::ALL {
        for ask in asks(*source, &Policy::default()) {
            let Ask::List(resource) = ask else { continue };
            assert!(!resource.plural.contains("sbom"), "{source}: {}", resource.name());
        }
    }
}
