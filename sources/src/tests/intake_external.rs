//! What other tools push: payloads in, findings and refusals out.

use crate::intake::{
    external::{Batch, MOST_BYTES, MOST_REFUSALS, Refusal},
    kube_bench, ocsf, sarif, trivy,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;

type Parser = fn(&[u8]) -> Result<Batch, Refusal>;

fn kube_bench_of_node(body: &[u8]) -> Result<Batch, Refusal> {
    kube_bench::batch(body, Some("one"))
}

const PARSERS: [Parser; 4] = [kube_bench_of_node, trivy::batch, sarif::batch, ocsf::batch];

/// A batch as text: the tool and what it looked at, a line a finding, a line a refusal.
fn told(batch: &Result<Batch, Refusal>) -> String {
    let batch = match batch {
        Ok(batch) => batch,
        Err(refusal) => return format!("refused {refusal}\n"),
    };
    let scope: Vec<&str> = batch.scope.iter().map(String::as_str).collect();
    let mut text = format!("{} {} [{}]\n", batch.tool, batch.version.as_deref().unwrap_or("-"), scope.join("; "));
    for found in &batch.findings {
        let at = found.location.as_ref().map(|place| format!(" at {place}")).unwrap_or_default();
        writeln!(text, "  {} {} {}{at}: {} / {}", found.severity, found.subject, found.rule, found.title, found.text)
            .expect("text");
    }
    for (rule, subject) in &batch.in_order {
        writeln!(text, "  in order {subject} {rule}").expect("text");
    }
    for refusal in &batch.refused {
        writeln!(text, "  refused {refusal}").expect("text");
    }
    text
}

#[track_caller]
fn check(parser: Parser, payload: &Value, expected: &str) {
    super::expect(&told(&parser(payload.to_string().as_bytes())), expected);
}

fn of_kube_bench() -> Value {
    json!([{ "id": "4", "version": "cis-1.12", "node_type": "node", "total_pass": 1, "total_fail": 2, "total_warn": 1, "total_info": 0,
        "tests": [{ "section": "4.1", "pass": 1, "fail": 2, "warn": 1, "info": 0, "results": [
            { "test_number": "4.1.1", "test_desc": "Permissions of the unit", "status": "PASS", "scored": true },
            { "test_number": "4.1.2", "test_desc": "Owner of the unit", "remediation": "chown root", "status": "FAIL", "scored": true },
            { "test_number": "4.1.3", "test_desc": "Owner of the file", "remediation": "chown root", "status": "FAIL", "scored": false },
            { "test_number": "4.1.4", "test_desc": "Look yourself", "remediation": "look", "status": "WARN", "scored": false },
        ] }] }])
}

fn of_trivy() -> Value {
    json!({ "SchemaVersion": 2, "ArtifactName": "shop/web:2.1", "ArtifactType": "container_image", "Results": [
        { "Target": "shop/web:2.1 (debian 12.5)", "Class": "os-pkgs", "Vulnerabilities": [
            { "VulnerabilityID": "CVE-2026-0001", "PkgName": "openssl", "InstalledVersion": "3.0.1", "FixedVersion": "3.0.2", "Severity": "CRITICAL", "Title": "It leaks" },
            { "VulnerabilityID": "CVE-2026-0002", "PkgName": "log4j", "PkgPath": "app/a.jar", "InstalledVersion": "1", "Severity": "UNKNOWN" },
            { "VulnerabilityID": "CVE-2026-0003", "PkgName": "zlib", "Severity": "DREADFUL" } ] },
        { "Target": "app/token.txt", "Class": "secret", "Secrets": [{ "RuleID": "github-pat", "Title": "A token", "Severity": "CRITICAL", "StartLine": 3, "Match": "not to be seen" }] },
    ] })
}

fn of_sarif() -> Value {
    json!({ "version": "2.1.0", "runs": [{
        "tool": { "driver": { "name": "Scanner", "semanticVersion": "1.2.3", "rules": [
            { "id": "R1", "shortDescription": { "text": "Injection" }, "properties": { "security-severity": "9.1" } },
            { "id": "R2", "defaultConfiguration": { "level": "note" } } ] } },
        "automationDetails": { "id": "shop/web/2026-06-30" },
        "results": [
            { "ruleId": "R1", "message": { "text": "Query of user input" }, "partialFingerprints": { "primaryLocationLineHash": "abc:1" },
              "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "src/a.js" }, "region": { "startLine": 12 } } }] },
            { "ruleIndex": 1, "message": { "text": "Look at it" } },
            { "ruleId": "R2", "kind": "pass", "message": { "text": "Fine" } },
            { "ruleId": "R2", "kind": "review", "message": { "text": "Perhaps" } },
            { "message": { "text": "Of no rule" } } ] }] })
}

fn of_ocsf() -> Value {
    let metadata = json!({ "product": { "name": "Prowler", "version": "5.0" }, "event_code": "bucket_public" });
    json!([
        { "class_uid": 2003, "metadata": metadata, "severity_id": 4, "finding_info": { "uid": "u1", "title": "No public bucket" },
          "compliance": { "status_id": 3, "standards": ["x"] }, "message": "It is public", "resources": [{ "type": "Bucket", "name": "logs" }] },
        { "class_uid": 2003, "metadata": metadata, "severity_id": 4, "finding_info": { "uid": "u2", "title": "No public bucket" },
          "compliance": { "status": "Pass" }, "resources": [{ "type": "Bucket", "name": "data" }] },
        { "class_uid": 2002, "metadata": metadata, "severity_id": 5, "finding_info": { "uid": "u3", "title": "CVE" },
          "vulnerabilities": [{ "cve": { "uid": "CVE-2026-0001" }, "title": "It leaks", "severity": "High",
            "affected_packages": [{ "name": "openssl", "version": "3.0.1", "fixed_in_version": "3.0.2" }] }], "resources": [{ "uid": "vm-1" }] },
        { "class_uid": 2004, "metadata": metadata, "severity_id": 2, "status_code": "MANUAL", "finding_info": { "uid": "u4", "title": "See" } },
        { "class_uid": 2004, "metadata": metadata, "severity_id": 2, "status_id": 4, "finding_info": { "uid": "u5", "title": "Old", "analytic": { "uid": "rule-5" } } },
        { "class_uid": 1001, "metadata": metadata },
        { "class_uid": 2003, "metadata": metadata, "finding_info": { "uid": "u6" }, "compliance": {} },
    ])
}

#[test]
fn results_of_kube_bench_are_understood() {
    check(
        kube_bench_of_node,
        &of_kube_bench(),
        "
kube-bench - [one cis-1.12 4]
  high Node one (node) cis-1.12 4.1.2: Owner of the unit / chown root
  medium Node one (node) cis-1.12 4.1.3: Owner of the file / chown root
  info Node one (node) cis-1.12 4.1.4: Look yourself / look
",
    );
    let mut contradicts = of_kube_bench();
    contradicts[0]["total_fail"] = json!(0);
    contradicts[0]["tests"][0]["results"][0]["status"] = json!("FINE");
    check(
        kube_bench_of_node,
        &contradicts,
        "
kube-bench - [one cis-1.12 4]
  high Node one (node) cis-1.12 4.1.2: Owner of the unit / chown root
  medium Node one (node) cis-1.12 4.1.3: Owner of the file / chown root
  info Node one (node) cis-1.12 4.1.4: Look yourself / look
  refused /0/tests/0/results/0/status: it is none of PASS, FAIL, WARN and INFO
  refused /0/tests/0/pass: it is not what the results come to
  refused /0/total_pass: it is not what the results come to
  refused /0/total_fail: it is not what the results come to
",
    );
}

#[test]
fn noise_around_results_is_passed_over_and_damage_is_not() {
    let pretty = serde_json::to_string_pretty(&of_kube_bench()).expect("JSON");
    let noise = "\u{feff}I0630 12:00:00 klog {not json}\n[INFO] 4 Worker\n{ brace\n[]\n";
    let count = |text: &str| kube_bench::read(text).map(|results| results.controls.len());
    assert_eq!(count(&pretty), Ok(1));
    assert_eq!(count(&format!("{noise}{pretty}\nbye {{\n")), Ok(1));
    assert_eq!(count(&format!("{}{}", of_kube_bench(), of_kube_bench())), Ok(2));
    assert_eq!(count(&format!("{}\n{}", of_kube_bench(), of_kube_bench())), Ok(2));
    for cut in 1..pretty.len() {
        assert!(kube_bench::read(&pretty[..cut]).is_err(), "{cut}");
    }
    let damaged = pretty.replacen("\"pass\": 1", "\"pass\": 1 1", 1);
    assert!(count(&damaged).is_err());
    assert!(count("[INFO] 1 Master\n[PASS] 1.1.1 Fine\n").is_err());
}

#[test]
fn results_of_trivy_are_understood_and_secrets_are_not_kept() {
    check(
        trivy::batch,
        &of_trivy(),
        "
Trivy - [Image shop/web:2.1]
  critical Image shop/web:2.1 (openssl) CVE-2026-0001 at shop/web:2.1 (debian 12.5): It leaks / openssl 3.0.1 → 3.0.2
  unknown Image shop/web:2.1 (log4j) CVE-2026-0002 at app/a.jar:  / log4j 1
  critical Image shop/web:2.1 (app/token.txt) github-pat at app/token.txt:3: A token / A token
  refused /Results/0/Vulnerabilities/2/Severity: it is no severity of Trivy
",
    );
    assert!(!format!("{:?}", trivy::batch(of_trivy().to_string().as_bytes())).contains("not to be seen"));
    let cluster = json!({ "ClusterName": "prod", "Resources": [
        { "Namespace": "shop", "Kind": "Deployment", "Name": "web", "Results": [{ "Target": "Deployment/web", "Misconfigurations": [
            { "ID": "KSV014", "Title": "Writable", "Message": "It can be written", "Severity": "HIGH", "Status": "FAIL" },
            { "ID": "KSV017", "Severity": "HIGH", "Status": "PASS" } ] }] },
        { "Namespace": "shop", "Kind": "Deployment", "Name": "api", "Error": "unauthorized" },
    ] });
    check(
        trivy::batch,
        &cluster,
        "
Trivy - [Deployment shop/web]
  high Deployment shop/web KSV-0014 at Deployment/web: Writable / It can be written
  refused /Resources/1/Error: Trivy could not scan it
",
    );
}

#[test]
fn sarif_is_understood() {
    check(
        sarif::batch,
        &of_sarif(),
        "
Scanner 1.2.3 [Scanner shop/web]
  critical File src/a.js (abc:1) R1 at src/a.js:12: Injection / Query of user input
  low Tool Scanner R2:  / Look at it
  info Tool Scanner R2:  / Perhaps
  refused /runs/0/results/4: it does not say which rule it is of
",
    );
    check(sarif::batch, &json!({ "version": "2.0.0", "runs": [] }), "refused /version: only SARIF 2.1.0 is understood");
    let unfinished = json!({ "version": "2.1.0", "runs": [
        { "tool": { "driver": { "name": "S" } }, "invocations": [{ "executionSuccessful": false }], "results": [] },
        { "tool": { "driver": { "name": "S" } } } ] });
    check(
        sarif::batch,
        &unfinished,
        "
S - [S]
  refused /runs/0/invocations/0/executionSuccessful: the tool did not run to its end
  refused /runs/1: `results` is missing
",
    );
}

#[test]
fn events_of_ocsf_are_understood() {
    check(
        ocsf::batch,
        &of_ocsf(),
        "
Prowler 5.0 []
  high Bucket logs bucket_public: No public bucket / It is public
  high Resource vm-1 (openssl) CVE-2026-0001: It leaks / openssl 3.0.1 → 3.0.2
  info Tool Prowler bucket_public: See / 
  in order Bucket data bucket_public
  in order Tool Prowler rule-5
  refused /5/class_uid: only the classes 2002, 2003 and 2004 are understood
  refused /6/compliance: it does not say whether it is met
",
    );
}

#[test]
fn what_is_nothing_of_the_kind_is_refused_as_a_whole() {
    let deep = "[".repeat(100_000);
    let large = vec![b' '; MOST_BYTES + 1];
    for parser in PARSERS {
        for payload in
            ["", "null", "7", "\"text\"", "{}", "<html>", "{\"a\":", "{\"ArtifactName\": \"a\"}", "\u{0}", &deep]
        {
            assert!(parser(payload.as_bytes()).is_err(), "{payload:.20}");
        }
        assert!(parser(&large).is_err());
        assert!(parser(b"\xff\xfe").is_err());
    }
}

#[test]
fn hostile_values_are_cut_refused_or_counted() {
    let mut long = of_trivy();
    long["Results"][0]["Vulnerabilities"][0]["VulnerabilityID"] = json!("x".repeat(301));
    long["Results"][0]["Vulnerabilities"][1]["Title"] = json!("\u{1b}[31m<script>".repeat(1_000));
    let batch = trivy::batch(long.to_string().as_bytes()).expect("a batch");
    assert!(batch.refused.iter().any(|refusal| refusal.pointer == "/Results/0/Vulnerabilities/0/VulnerabilityID"));
    assert!(batch.findings.iter().all(|found| found.title.chars().count() <= 1_000 && !found.title.contains('\u{1b}')));
    let many = json!({ "SchemaVersion": 2, "ArtifactName": "a", "Results": [{ "Target": "a", "Vulnerabilities": vec![json!({}); MOST_REFUSALS + 5] }] });
    let batch = trivy::batch(many.to_string().as_bytes()).expect("a batch");
    assert_eq!((batch.refused.len(), batch.more_refused, batch.is_whole()), (MOST_REFUSALS, 5, false));
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, inner: &Value| {
        let path = format!("{here}/{key}");
        found.push(path.clone());
        places(inner, &path, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| go(key, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| go(&at.to_string(), inner)),
        _ => {}
    }
}

#[test]
fn damage_never_loses_a_finding_silently() {
    let samples: [(Parser, Value); 4] = [
        (kube_bench_of_node, of_kube_bench()),
        (trivy::batch, of_trivy()),
        (sarif::batch, of_sarif()),
        (ocsf::batch, of_ocsf()),
    ];
    let damages = [
        Value::Null,
        json!(-1),
        json!("\u{202e}x"),
        json!([[], {}, null]),
        json!({ "a": 1 }),
        json!("x".repeat(5_000)),
    ];
    let mut silent = Vec::new();
    for (parser, sample) in samples {
        let whole = parser(sample.to_string().as_bytes()).expect("a batch");
        let mut found = Vec::new();
        places(&sample, "", &mut found);
        for (place, damage) in found.iter().flat_map(|place| damages.iter().map(move |damage| (place, damage))) {
            let mut changed = sample.clone();
            *changed.pointer_mut(place).expect("a place") = damage.clone();
            let Ok(batch) = parser(changed.to_string().as_bytes()) else { continue };
            let refused = batch.refused != whole.refused;
            // Lists and statements that may be missing are no damage; neither is a word that is said of an event.
            let optional = [
                "Vulnerabilities",
                "Secrets",
                "Results",
                "affected_packages",
                "kind",
                "status_id",
                "status_code",
                "status",
            ];
            let may_be_missing = damage.is_null() && optional.iter().any(|key| place.ends_with(key));
            let said_otherwise = place.contains("status") || place.ends_with("/kind");
            let lost = batch.findings.len() < whole.findings.len();
            if !refused && lost && !may_be_missing && !said_otherwise {
                silent.push(format!("{} {place} {damage:.40}", whole.tool));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A payload that is cut is refused; one with a byte changed is understood or refused: never a panic.
    #[test]
    fn a_damaged_payload_is_survived(which in 0..4_usize, cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let sample = [of_kube_bench(), of_trivy(), of_sarif(), of_ocsf()][which].to_string().into_bytes();
        prop_assert!(PARSERS[which](&sample[..cut.index(sample.len())]).is_err());
        let mut changed = sample;
        let at = at.index(changed.len());
        changed[at] = to;
        let _survived = PARSERS[which](&changed);
    }
}
