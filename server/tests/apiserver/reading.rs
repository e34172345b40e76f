//! Bevis as a reader of the API server.

use crate::process::ApiServer;
use anyhow::{Context, Result};
use model::{
    evaluation::{Evaluation, Observation},
    ids::ClusterId,
    scan::{Coverage, Scan},
    source::Source,
};
use server::{
    clock::Clock,
    collect::{Progress, Sisters, Standing, Target},
    config::{Config, ScanSettings},
    intake::Inbox,
};
use std::{fmt::Write, path::Path, sync::Arc};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A kubeconfig of one context; `user` is the inside of a YAML map.
pub(crate) fn kubeconfig(server: &ApiServer, authority: &str, user: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: unused\n\
         clusters: [{{name: c, cluster: {{server: \"{}\", certificate-authority: {authority}}}}}]\n\
         users: [{{name: u, user: {{{user}}}}}]\n\
         contexts: [{{name: real, context: {{cluster: c, user: u}}}}]\n",
        server.url
    )
}

/// A target that is reached by a kubeconfig of this text.
pub(crate) fn target(server: &ApiServer, text: &str, settings: ScanSettings) -> Result<Target> {
    let path = server.file("kubeconfig");
    std::fs::write(&path, text)?;
    let config = format!(
        "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
         [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
         [[cluster]]\nname = 'real'\nkubeconfig = '{}'\ncontext = 'real'\n",
        path.display()
    );
    let config = Config::parse(&config, Path::new("bevis.toml"))?;
    Ok(Target {
        id: ClusterId(Uuid::nil()),
        cluster: config.clusters.into_iter().next().context("a cluster")?,
        standing: Standing::new(&settings),
        settings,
        clock: Clock::system(),
        progress: Progress::default(),
        in_all: Arc::new(Semaphore::new(8)),
        inbox: Inbox::default(),
        sisters: Sisters::default(),
        keeper: Arc::default(),
    })
}

/// A kubeconfig with a bearer token.
pub(crate) fn with_token(server: &ApiServer, token: &str) -> String {
    kubeconfig(server, "ca.crt", &format!("token: {token}"))
}

/// Every source that is read, once.
pub(crate) async fn scans(target: &Target) -> Vec<Scan> {
    let session = target.connect().await;
    let mut scans = Vec::new();
    for source in Source::ALL.iter().filter(|source| !source.is_pushed()) {
        scans.push(target.scan(*source, &session).await);
    }
    scans
}

/// The coverage of the sources that the stories are about: roles, Pod Security, cert-manager and Velero.
pub(crate) fn coverages(scans: &[Scan]) -> Vec<Coverage> {
    let told = [Source::Rbac, Source::PodSecurity, Source::CertManager, Source::Velero];
    let of = |source: Source| scans.iter().find(|scan| scan.source == source).map(|scan| scan.coverage);
    told.into_iter().filter_map(of).collect()
}

/// Every read and every result as text.
pub(crate) fn told(scans: &[Scan]) -> String {
    let mut text = String::new();
    for scan in scans {
        writeln!(text, "{} {}", scan.source, scan.coverage).expect("a String takes everything");
        for result in &scan.evaluation.results {
            let reason = result.reason.as_deref().unwrap_or("-");
            let (check, outcome, failed) = (&result.check, result.outcome, result.failed);
            writeln!(text, "  {check} {outcome} {failed} {reason}").expect("a String takes everything");
        }
    }
    text
}

/// What fails, in order.
pub(crate) fn failing(evaluation: &Evaluation) -> Vec<String> {
    let line = |seen: &Observation| format!("{} {}: {}", seen.check, seen.subject, seen.fault);
    let mut failing: Vec<String> = evaluation.observations.iter().map(line).collect();
    failing.sort();
    failing
}
