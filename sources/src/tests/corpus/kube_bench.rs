//! Every file of the projects' own about kube-bench: results as JSON and as text, and the manifests that run it.

use super::{contents, corpus};
use crate::{
    intake::kube_bench::{Results, Status, read, read_document},
    listed::Listed,
    objects::kube_bench::CisReport,
    request::{CIS_REPORTS, NODES},
    rules::kube_bench::{Input, Run, evaluate},
    tests::{Manifests, expect, said},
};
use model::evaluation::Outcome;
use std::{fmt::Write, sync::Arc};

/// What a result comes to, as the result of the only node.
fn judged(results: Option<Results>) -> String {
    let nodes = Manifests::read("kind: Node\nmetadata: {name: one}");
    let empty = br#"{"kind":"List","items":[]}"#;
    let node = serde_json::to_vec(&serde_json::json!({ "kind": "List", "items": nodes.0 })).expect("JSON");
    let input = Input {
        reports: Listed::<CisReport>::of_page(&CIS_REPORTS, empty),
        nodes: Arc::new(Listed::of_page(&NODES, &node)),
        pods: None,
        places: Vec::new(),
        runs: vec![Run { node: "one".into(), at: Some(crate::tests::now()), results, scanner: None }],
    };
    let evaluation = evaluate(&input, crate::tests::now());
    assert!(evaluation.results.iter().all(|result| result.outcome != Outcome::Pass || result.failed == 0));
    said(&evaluation)
}

fn told(content: &str) -> String {
    let starboard = content.starts_with("apiVersion: aquasecurity.github.io").then(|| Manifests::read(content));
    let results = starboard.map_or_else(|| read(content), |all| read_document(&all.0[0]["report"]));
    let figures = match &results {
        Err(refusal) => refusal.to_string(),
        Ok(results) => {
            let count = |status| {
                let tests = results.controls.iter().flat_map(|control| &control.tests);
                tests.filter(|test| test.status == status).count()
            };
            let [pass, fail, warn, info] = [Status::Pass, Status::Fail, Status::Warn, Status::Info].map(count);
            let (refused, contradictions) = (results.refused.len(), results.contradictions.len());
            format!(
                "pass {pass}, fail {fail}, warn {warn}, info {info}; refused {refused}, contradictions {contradictions}"
            )
        }
    };
    let judged = judged(results.ok());
    let short = |line: &str| line.split_once(": scored").map_or(line, |(start, _)| start).to_owned();
    let lines: Vec<String> = judged.lines().map(short).collect();
    format!("{figures}\n  {}", lines.join("\n  "))
}

#[test]
fn every_file_about_kube_bench_is_judged() {
    let Some(corpus) = corpus() else { return };
    let mut text = String::new();
    for (name, content) in contents(&corpus.join("kube-bench")) {
        writeln!(text, "{name}: {}", told(std::str::from_utf8(&content).expect("text"))).expect("text");
    }
    expect(&text, EXPECTED);
}

const EXPECTED: &str = "
Expected_output.text.data: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
Expected_output_stig.text.data: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
controlsCollection.json: pass 2, fail 0, warn 1, info 0; refused 0, contradictions 9
  cfg.cis error 0/2 unread 2 totals [nodes=one]
manifests/job-ack.yaml: the whole: it is not JSON, or nested too deeply (line 8, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job-aks.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
manifests/job-eks-asff.yaml: the whole: it is not JSON, or nested too deeply (line 9, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job-eks-stig.yaml: the whole: it is not JSON, or nested too deeply (line 6, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job-eks.yaml: the whole: it is not JSON, or nested too deeply (line 8, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job-gke.yaml: the whole: it is not JSON, or nested too deeply (line 8, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job-iks.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
manifests/job-master.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
manifests/job-node.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
manifests/job-tkgi.yaml: the whole: it is not JSON, or nested too deeply (line 8, column 13)
  cfg.cis error 0/0 unread 2 unread
manifests/job.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
rancher-compliance/clusterscanbenchmark.yaml: the whole: it holds no results of kube-bench
  cfg.cis error 0/0 unread 2 unread
real-exports/kube-bench-controls.json: pass 37, fail 36, warn 49, info 0; refused 0, contradictions 0
  cfg.cis fail 36/73
    high Node one (1.6 1.1.1)
    high Node one (1.6 1.1.11)
    high Node one (1.6 1.1.12)
    high Node one (1.6 1.1.13)
    high Node one (1.6 1.1.14)
    high Node one (1.6 1.1.15)
    high Node one (1.6 1.1.16)
    high Node one (1.6 1.1.17)
    high Node one (1.6 1.1.18)
    high Node one (1.6 1.1.19)
    high Node one (1.6 1.1.2)
    high Node one (1.6 1.1.3)
    high Node one (1.6 1.1.4)
    high Node one (1.6 1.1.5)
    high Node one (1.6 1.1.6)
    high Node one (1.6 1.1.7)
    high Node one (1.6 1.1.8)
    high Node one (1.6 1.2.16)
    high Node one (1.6 1.2.21)
    high Node one (1.6 1.2.22)
    high Node one (1.6 1.2.23)
    high Node one (1.6 1.2.24)
    high Node one (1.6 1.2.25)
    high Node one (1.6 1.2.6)
    high Node one (1.6 1.3.2)
    high Node one (1.6 1.4.1)
    high Node one (1.6 4.1.1)
    high Node one (1.6 4.1.10)
    high Node one (1.6 4.1.2)
    high Node one (1.6 4.1.5)
    high Node one (1.6 4.1.9)
    high Node one (1.6 4.2.1)
    high Node one (1.6 4.2.2)
    high Node one (1.6 4.2.3)
    high Node one (1.6 4.2.6)
    high Node one (1.6 4.2.7)
real-exports/kube-bench-report-many-vuln.json: pass 20, fail 4, warn 0, info 0; refused 0, contradictions 2
  cfg.cis fail 4/24 unread 1 totals [nodes=one]
    medium Node one (1.5 3.1.1): unscored [test=3.1.1; title=Client certificate authentication should not be used for users(Manual)]
    high Node one (1.5 4.1.2)
    high Node one (1.5 4.1.5)
    high Node one (1.5 4.2.11)
real-exports/kube-bench-report-one-vuln.json: pass 22, fail 1, warn 0, info 0; refused 0, contradictions 0
  cfg.cis fail 1/23
    high Node one (1.5 4.2.11)
real-exports/kube-bench-report-zero-vuln.json: pass 23, fail 0, warn 0, info 0; refused 0, contradictions 2
  cfg.cis error 0/23 unread 1 totals [nodes=one]
result.json: pass 2, fail 0, warn 1, info 0; refused 0, contradictions 12
  cfg.cis error 0/2 unread 2 totals [nodes=one]
result_no_totals.json: pass 2, fail 0, warn 1, info 0; refused 0, contradictions 9
  cfg.cis error 0/2 unread 2 totals [nodes=one]
starboard-legacy/ciskubebenchreport-sample.yaml: pass 2, fail 0, warn 0, info 0; refused 0, contradictions 9
  cfg.cis error 0/2 unread 2 totals [nodes=one]
starboard-legacy/goldenMultiple.json: pass 2, fail 0, warn 0, info 0; refused 0, contradictions 15
  cfg.cis error 0/2 unread 2 totals [nodes=one]
starboard-legacy/goldenSingle.json: pass 1, fail 0, warn 0, info 0; refused 0, contradictions 9
  cfg.cis error 0/1 unread 2 totals [nodes=one]
";
