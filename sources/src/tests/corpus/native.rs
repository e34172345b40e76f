//! Every file of the folders about Kubernetes itself, certificates and backups: what it adds to a cluster that shows nothing.

use super::{corpus, documents, files, of_documents};
use crate::{policy::Policy, tests::Manifests};
use model::{
    evaluation::{CheckResult, Evaluation},
    source::Source,
};
use std::fmt::Write;

const FOLDERS: &[&str] = &["apiserver-and-cloud", "cert-manager", "kubernetes-api-roundtrip", "rbac", "velero"];
const SOURCES: &[Source] = &[
    Source::Rbac,
    Source::CertManager,
    Source::Velero,
    Source::Network,
    Source::Workloads,
    Source::Storage,
    Source::Inventory,
];
const GROUPS: &[&str] = &["apps/v1", "batch/v1", "policy/v1"];

fn judged(manifests: &Manifests) -> Vec<CheckResult> {
    let cluster = manifests.cluster(32, GROUPS);
    let results = |source: &Source| cluster.evaluate(*source, &Policy::default());
    SOURCES.iter().map(results).flat_map(|evaluation: Evaluation| evaluation.results).collect()
}

/// A line per file, and under it a line per check of which it changes what is said.
fn told() -> Option<String> {
    let corpus = corpus()?;
    let nothing = judged(&Manifests::default());
    let mut text = String::new();
    for path in FOLDERS.iter().flat_map(|folder| files(&corpus.join(folder), "")) {
        let name = path.strip_prefix(&corpus).expect("below the corpus").display().to_string();
        let Some(documents) = documents(&path) else {
            writeln!(text, "{name}: no YAML").expect("a String takes everything");
            continue;
        };
        let objects = of_documents(documents);
        writeln!(text, "{name}: {}", objects.0.len()).expect("a String takes everything");
        for result in judged(&objects).iter().filter(|result| !nothing.contains(result)) {
            let reason = result.reason.as_deref().unwrap_or("-");
            let counts = format!("{}/{} unread {}", result.failed, result.examined, result.unread);
            writeln!(text, "  {} {} {counts} {reason}", result.check, result.outcome)
                .expect("a String takes everything");
        }
    }
    Some(text)
}

#[test]
fn every_file_is_read_and_its_verdict_is_known() {
    let Some(told) = told() else { return };
    if std::env::var_os("BEVIS_WRITE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/corpus/native.txt");
        std::fs::write(path, &told).expect("the expectation");
        return;
    }
    super::expect(&told, include_str!("native.txt"));
}
