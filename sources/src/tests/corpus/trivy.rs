//! Every file of the projects' own about Trivy Operator: reports, what is made from them, and the objects they are about.

use super::{contents, corpus};
use crate::{
    objects::trivy::{ComplianceReport, Controls},
    policy::Policy,
    rules::trivy::evaluate,
    tests::{Manifests, expect, said},
};
use chrono::TimeDelta;
use model::Instant;
use serde_json::{Value, json};
use std::fmt::Write;

/// The reports in a file; one of them holds lists by resource. One file of the documentation is not YAML.
fn reports(text: &str) -> Option<Vec<Value>> {
    let json = || Some(vec![serde_json::from_str(text).ok()?]);
    let all: Vec<Value> = json().or_else(|| serde_saphyr::from_multiple(text).ok())?;
    let of_lists = |value: Value| match value {
        Value::Object(map) if !map.contains_key("kind") => {
            map.into_iter().flat_map(|(_, list)| list.as_array().cloned().unwrap_or_default()).collect()
        }
        Value::Array(list) => list,
        other => vec![other],
    };
    let reports = all.into_iter().flat_map(of_lists);
    Some(reports.filter(|object| object["kind"].as_str().is_some_and(|kind| kind.ends_with("Report"))).collect())
}

/// A pod that makes what a report is about live, and the time at which the report is an hour old.
fn surroundings(reports: &[Value]) -> (Vec<Value>, Instant) {
    let word = |report: &Value, key: &str| {
        report["metadata"]["labels"][format!("trivy-operator.{key}")].as_str().map(str::to_owned)
    };
    let pod = |report: &Value| {
        let owner = &report["metadata"]["ownerReferences"][0];
        let kind = word(report, "resource.kind").or(owner["kind"].as_str().map(Into::into))?;
        let name = word(report, "resource.name").or(owner["name"].as_str().map(Into::into))?;
        let hash = name.rsplit_once('-').map_or("", |(_, hash)| hash).to_owned();
        let (kind, name) = if kind == "CronJob" { ("Job".into(), format!("{name}-29000000")) } else { (kind, name) };
        let container = word(report, "container.name").unwrap_or_else(|| "one".into());
        let controller =
            if kind == "Pod" { json!([]) } else { json!([{ "kind": kind, "name": name, "controller": true }]) };
        Some(
            json!({ "kind": "Pod", "status": { "phase": "Running" }, "spec": { "containers": [{ "name": container }] },
            "metadata": { "name": if kind == "Pod" { name } else { format!("{name}-x") }, "namespace": report["metadata"]["namespace"],
                "labels": { "pod-template-hash": hash }, "ownerReferences": controller, "creationTimestamp": "2020-01-01T00:00:00Z" } }),
        )
    };
    let time = |report: &Value| report["report"]["updateTimestamp"].as_str()?.parse::<Instant>().ok();
    let newest = reports.iter().filter_map(time).max();
    (reports.iter().filter_map(pod).collect(), newest.map_or_else(crate::tests::now, |at| at + TimeDelta::hours(1)))
}

fn judged(reports: &[Value]) -> String {
    let (pods, now) = surroundings(reports);
    let all = Manifests(reports.iter().cloned().chain(pods).collect());
    said(&evaluate(&all.trivy(), &Policy::default(), now))
}

/// What is said of a file, without the checks of which it has no report.
fn told(text: &str) -> String {
    let Some(reports) = reports(text) else { return "not YAML".into() };
    let kinds: Vec<&str> = reports.iter().filter_map(|report| report["kind"].as_str()).collect();
    let kinds = if kinds.is_empty() { "no report".to_owned() } else { kinds.join(", ") };
    let judged = judged(&reports);
    let mut lines = vec![kinds];
    let mut is_told = false;
    for line in judged.lines() {
        if !line.starts_with(' ') {
            // Where there is no report, there is nothing to say; coverage is about what was made up here.
            is_told = !line.ends_with(" none") && !line.starts_with("vul.coverage");
        }
        if is_told {
            let start = line.starts_with(' ').then(|| line.split_once(" [")).flatten();
            lines.push(start.map_or(line, |(start, _)| start).to_owned());
        }
    }
    lines.join("\n  ")
}

#[test]
fn every_file_about_trivy_is_judged() {
    let Some(corpus) = corpus() else { return };
    let mut text = String::new();
    for (name, content) in contents(&corpus.join("trivy-operator")) {
        writeln!(text, "{name}: {}", told(std::str::from_utf8(&content).expect("text"))).expect("text");
    }
    expect(&text, EXPECTED);
}

#[test]
fn every_compliance_report_is_compared_with_its_own_figures() {
    let Some(corpus) = corpus() else { return };
    let mut text = String::new();
    for (name, content) in contents(&corpus.join("trivy-operator")) {
        let found = reports(std::str::from_utf8(&content).expect("text")).unwrap_or_default();
        for report in found.iter().filter(|report| report["kind"] == "ClusterComplianceReport") {
            let said = match serde_json::from_value::<ComplianceReport>(report.clone()) {
                Err(_) => "not understood".to_owned(),
                Ok(ComplianceReport { status: None, .. }) => "never made".to_owned(),
                Ok(ComplianceReport { status: Some(status), .. }) => {
                    let (controls, summary) = (status.controls().expect("controls"), status.summary.expect("figures"));
                    let Controls { failed, passed, by_hand } = controls;
                    let agree = if controls.agree_with(summary) { "agree" } else { "disagree" };
                    format!(
                        "{failed} fail, {passed} pass, {by_hand} by hand: {agree} with {} and {}",
                        summary.fail_count, summary.pass_count
                    )
                }
            };
            writeln!(text, "{name}: {said}").expect("text");
        }
    }
    expect(&text, COMPLIANCE);
}

const COMPLIANCE: &str = "
compliance-specs/eks-cis-1.4.yaml: never made
compliance-specs/k8s-cis-1.23.yaml: never made
compliance-specs/k8s-nsa-1.0.yaml: never made
compliance-specs/k8s-pss-baseline-0.1.yaml: never made
compliance-specs/k8s-pss-restricted-0.1.yaml: never made
compliance-specs/rke2-cis-1.24.yaml: never made
doc-samples/clustercompliance-report-1.yaml: 12 fail, 11 pass, 4 by hand: agree with 12 and 15
doc-samples/clustercompliance-report-2.yaml: 12 fail, 15 pass, 0 by hand: agree with 12 and 15
real-exports/cis_benchmark.json: 14 fail, 102 pass, 0 by hand: agree with 14 and 102
real-exports/clustercompliancereport.json: 2 fail, 1 pass, 0 by hand: agree with 2 and 1
real-exports/compliance_severity.json: 1 fail, 0 pass, 0 by hand: disagree with 2 and 0
";

const EXPECTED: &str = "
compliance-specs/eks-cis-1.4.yaml: ClusterComplianceReport
compliance-specs/k8s-cis-1.23.yaml: ClusterComplianceReport
compliance-specs/k8s-nsa-1.0.yaml: ClusterComplianceReport
compliance-specs/k8s-pss-baseline-0.1.yaml: ClusterComplianceReport
compliance-specs/k8s-pss-restricted-0.1.yaml: ClusterComplianceReport
compliance-specs/rke2-cis-1.24.yaml: ClusterComplianceReport
crds/aquasecurity.github.io_clustercompliancereports.yaml: no report
crds/aquasecurity.github.io_clusterconfigauditreports.yaml: no report
crds/aquasecurity.github.io_clusterinfraassessmentreports.yaml: no report
crds/aquasecurity.github.io_clusterrbacassessmentreports.yaml: no report
crds/aquasecurity.github.io_clustersbomreports.yaml: no report
crds/aquasecurity.github.io_clustervulnerabilityreports.yaml: no report
crds/aquasecurity.github.io_configauditreports.yaml: no report
crds/aquasecurity.github.io_exposedsecretreports.yaml: no report
crds/aquasecurity.github.io_infraassessmentreports.yaml: no report
crds/aquasecurity.github.io_rbacassessmentreports.yaml: no report
crds/aquasecurity.github.io_sbomreports.yaml: no report
crds/aquasecurity.github.io_vulnerabilityreports.yaml: no report
doc-samples/clustercompliance-report-1.yaml: ClusterComplianceReport
doc-samples/clustercompliance-report-2.yaml: ClusterComplianceReport
doc-samples/clustercompliancedetail-report-1.yaml: ClusterComplianceDetailReport
doc-samples/clustervulnerability-report-1.yaml: ClusterVulnerabilityReport
doc-samples/configaudit-report-1.yaml: ConfigAuditReport
  cfg.audit fail 1/1 unread 1 summary [reports=replicaset-nginx-6d4cf56db6]
    critical Deployment default/nginx (privilegeEscalationAllowed): failed
doc-samples/infraassessment-report-1.yaml: InfraAssessmentReport
  cfg.infra stale 0/0 stale [oldest=–]
doc-samples/rbacassessment-report-1.yaml: RbacAssessmentReport
doc-samples/sbom-report-1.yaml: SbomReport
doc-samples/vulnerability-report-1.yaml: VulnerabilityReport
  vul.critical_fixable fail 1/0 unread 1 left [count=0; days=30; oldest=–; unfixable=1; workloads=Deployment default/nginx (1)]
    critical Deployment default/nginx (nginx CVE-2019-20367 libbsd0): fixable
  vul.eosl stale 0/0 stale [oldest=–]
doc-samples/vulnerability-report-2.yaml: not YAML
real-exports/all_reports_in_dict.json: ConfigAuditReport, ExposedSecretReport, VulnerabilityReport
  cfg.audit pass 0/1 unread 1 seen [oldest=2023-03-23]
  sec.exposed fail 1/1 unread 2 seen [oldest=2023-03-24]
    critical Deployment default/nginx-deployment (nginx aws-secret-access-key root/aws_secret.txt): found
  vul.critical_fixable fail 5/1 unread 2 left [count=0; days=30; oldest=2023-03-23; unfixable=0; workloads=–]
    high Deployment default/nginx-deployment (nginx CVE-2022-3970 tiff): fixable
    critical Deployment default/nginx-deployment (nginx CVE-2023-23914 curl): fixable
    critical Deployment default/nginx-deployment (nginx CVE-2023-23914 libcurl): fixable
    high Deployment default/nginx-deployment (nginx CVE-2023-23916 curl): fixable
    high Deployment default/nginx-deployment (nginx CVE-2023-23916 libcurl): fixable
  vul.eosl pass 0/1 unread 3 seen [oldest=2023-03-23]
real-exports/cis_benchmark.json: ClusterComplianceReport
real-exports/clustercompliancereport.json: ClusterComplianceReport
real-exports/compliance_severity.json: ClusterComplianceReport
  cfg.audit error 0/0 unread 1 summary [reports=cis]
real-exports/configauditreport_many.json: ConfigAuditReport
  cfg.audit pass 0/1 seen [oldest=2023-03-23]
real-exports/configauditreport_no_vuln.json: ConfigAuditReport
  cfg.audit pass 0/1 seen [oldest=2023-03-23]
real-exports/exposedsecretreport_many.json: ExposedSecretReport
  sec.exposed fail 2/1 seen [oldest=2023-03-24]
    critical Deployment default/nginx-deployment (nginx aws-secret-access-key root/aws_secret.txt): found
    critical Deployment default/nginx-deployment (nginx github-pat root/github_secret.txt): found
real-exports/exposedsecretreport_single_vuln.json: ExposedSecretReport
  sec.exposed fail 1/1 seen [oldest=2023-03-24]
    critical Deployment default/nginx-deployment (nginx aws-secret-access-key root/aws_secret.txt): found
real-exports/vulnerabilityreport_extended.json: VulnerabilityReport
  vul.critical_fixable pass 0/1 left [count=0; days=30; oldest=2024-01-23; unfixable=0; workloads=–]
  vul.eosl pass 0/1 seen [oldest=2024-01-23]
real-exports/vulnerabilityreport_no_vuln.json: VulnerabilityReport
  vul.critical_fixable pass 0/1 left [count=0; days=30; oldest=2023-03-23; unfixable=0; workloads=–]
  vul.eosl pass 0/1 unread 1 seen [oldest=2023-03-23]
upstream-fixtures/api-server-infraassessmentreport-expected.yaml: InfraAssessmentReport
  cfg.infra stale 0/0 stale [oldest=–]
upstream-fixtures/api-server.yaml: no report
upstream-fixtures/compliance-detail-status-expected.yaml: no report
upstream-fixtures/compliance-summary-status-expected.yaml: no report
upstream-fixtures/config-audit-ttl.yaml: ConfigAuditReport
  cfg.audit pass 0/1 seen [oldest=2023-01-29]
upstream-fixtures/cronjob-configauditreport-expected.yaml: ConfigAuditReport
  cfg.audit fail 1/0 unread 1 seen [oldest=–]
    high CronJob default/hello (KSV-0014): failed
upstream-fixtures/cronjob-expected-scan.yaml: no report
upstream-fixtures/cronjob.yaml: no report
upstream-fixtures/daemonset-configauditreport-expected.yaml: ConfigAuditReport
  cfg.audit fail 1/0 unread 1 seen [oldest=–]
    high DaemonSet default/fluentd-elasticsearch (KSV-0014): failed
upstream-fixtures/daemonset-expected-scan.yaml: no report
upstream-fixtures/daemonset.yaml: no report
upstream-fixtures/job-configauditreport-expected.yaml: ConfigAuditReport
  cfg.audit fail 1/0 unread 1 seen [oldest=–]
    high Job default/pi (KSV-0014): failed
upstream-fixtures/job-expected-scan.yaml: no report
upstream-fixtures/pod-configauditreport-expected.yaml: ConfigAuditReport
  cfg.audit fail 1/0 unread 1 seen [oldest=–]
    high Pod default/my-pod (KSV-0014): failed
upstream-fixtures/pod-expected-scan.yaml: no report
upstream-fixtures/pod.yaml: no report
upstream-fixtures/replicationcontroller-configauditreport-expected.yaml: ConfigAuditReport
  cfg.audit fail 2/1 seen [oldest=2023-09-07]
    high ReplicationController default/nginx (KSV-0014): failed
    high ReplicationController default/nginx (KSV-0118): failed
upstream-fixtures/replicationcontroller-expected-scan.yaml: no report
upstream-fixtures/replicationcontroller.yaml: no report
upstream-fixtures/role.yaml: no report
upstream-fixtures/statefulset-expected-scan.yaml: no report
upstream-fixtures/statefulset.yaml: no report
upstream-fixtures/vulnerability-ttl.yaml: VulnerabilityReport
  vul.critical_fixable fail 1/1 unread 1 summary [reports=replicaset-coredns-558bd4d5db-coredns]
    high Deployment kube-system/coredns (coredns CVE-2021-3121 github.com/gogo/protobuf): fixable
  vul.eosl error 0/1 unread 1 summary [reports=replicaset-coredns-558bd4d5db-coredns]
";
