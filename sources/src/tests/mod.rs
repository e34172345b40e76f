//! Tests of the rules. A rule's test is data: manifests in, what is said of them out.

mod api_server;
mod audit_log;
mod cert_manager;
mod corpus;
mod corrupt;
mod custom;
mod dex;
mod every_source;
mod falco;
mod gatekeeper;
mod installed;
mod intake;
mod intake_external;
mod inventory;
mod k3s;
mod kube_bench;
mod kubelet;
mod kyverno;
mod labels;
mod manifests;
mod network;
mod nodes;
mod openshift;
mod people;
mod platform;
mod pod_security;
mod pods;
mod policy_report;
mod pushed;
mod rbac;
mod redact;
mod review;
mod rollouts;
mod sentences;
mod storage;
mod trivy;
mod trivy_beside;
mod trivy_memory;
mod velero;
mod workloads;

use manifests::Manifests;
use model::{Instant, evaluation::Evaluation};
use std::fmt::Write;

/// The instant at which all rules are tested.
fn now() -> Instant {
    "2026-06-30T12:00:00Z".parse().expect("an instant")
}

/// An evaluation as text: a line per check, and under it a line per observation.
fn said(evaluation: &Evaluation) -> String {
    let mut text = String::new();
    for result in &evaluation.results {
        let reason = result.reason.as_ref().map(|reason| format!(" {reason}")).unwrap_or_default();
        writeln!(
            text,
            "{} {} {}/{}{}{reason}{}",
            result.check,
            result.outcome,
            result.failed,
            result.examined,
            if result.unread > 0 { format!(" unread {}", result.unread) } else { String::new() },
            values(&result.detail),
        )
        .expect("a String takes everything");
        let mut of_check: Vec<_> = evaluation.observations.iter().filter(|seen| seen.check == result.check).collect();
        of_check.sort_by(|a, b| a.subject.cmp(&b.subject));
        for seen in of_check {
            let (severity, subject, fault) = (seen.severity, &seen.subject, &seen.fault);
            writeln!(text, "  {severity} {subject}: {fault}{}", values(&seen.detail))
                .expect("a String takes everything");
        }
    }
    text
}

fn values(detail: &model::evaluation::Detail) -> String {
    if detail.is_empty() {
        return String::new();
    }
    let values: Vec<String> = detail.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!(" [{}]", values.join("; "))
}

/// The part of the text that is about one check.
fn about(check: &str, evaluation: &Evaluation) -> String {
    let of_check = |result: &&_| -> bool {
        let result: &model::evaluation::CheckResult = result;
        result.check.as_str() == check
    };
    let results = evaluation.results.iter().filter(of_check).cloned().collect();
    said(&Evaluation { results, observations: evaluation.observations.clone() })
}

/// Compares texts line by line, so that a difference can be read.
#[track_caller]
fn expect(actual: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().filter(|line| !line.is_empty()).collect();
    let expected = expected.join("\n") + "\n";
    assert!(actual == expected, "\n--- said\n{actual}--- expected\n{expected}");
}
