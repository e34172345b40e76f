//! The exec plugin of a kubeconfig: a program that prints a short-lived credential.
//!
//! Bounded in time and in what it may print; its output never becomes part of an error.

use kube::config::ExecConfig;
use model::problem::ProblemWord;
use secrecy::SecretString;
use serde::Deserialize;
use sources::error::Told;
use std::{fmt::Display, path::Path, process::Stdio, time::Duration};
use tokio::{io::AsyncReadExt, process::Command, time::timeout};

/// How long a plugin may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a credential at most.
const LARGEST: u64 = 1 << 20;

/// What a plugin issued: a token, a client certificate with its key (both PEM, as base64), or both.
pub(super) struct Issued {
    pub(super) token: Option<SecretString>,
    pub(super) certificate: Option<String>,
    pub(super) key: Option<SecretString>,
}

#[derive(Deserialize)]
struct ExecCredential {
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
}

/// A plugin, and the kubeconfig that names it: what errors speak of.
#[derive(Clone, Copy)]
struct Named<'a> {
    file: &'a Path,
    plugin: &'a str,
}

impl Named<'_> {
    fn told(self, sentence: &str, word: ProblemWord, more: Option<(&str, &dyn Display)>) -> Told {
        let Self { file, plugin } = self;
        let file = file.display();
        let sentence = format!("{file}: the exec plugin {plugin} {sentence}");
        let values: [(&str, &dyn Display); 2] = [("file", &file), ("plugin", &plugin)];
        let values: Vec<(&str, &dyn Display)> = values.into_iter().chain(more).collect();
        Told::new(sentence, word, &values)
    }

    fn failed(self, sentence: &str, word: ProblemWord, cause: &dyn Display) -> Told {
        self.told(sentence, word, Some(("cause", cause)))
    }

    fn slow(self) -> Told {
        let seconds = PATIENCE.as_secs();
        let sentence = format!("did not end within {seconds} s");
        self.told(&sentence, ProblemWord::PluginSlow, Some(("seconds", &seconds)))
    }
}

fn no_command(file: &Path) -> Told {
    let file = file.display();
    let sentence = format!("{file}: the exec plugin has no command");
    Told::new(sentence, ProblemWord::PluginNoCommand, &[("file", &file)])
}

/// Runs the plugin of a kubeconfig. An error is a sentence about the plugin, with nothing that it printed.
pub(super) async fn run(plugin: &ExecConfig, file: &Path) -> Result<Issued, Told> {
    let name = plugin.command.as_deref().filter(|name| !name.is_empty()).ok_or_else(|| no_command(file))?;
    let named = Named { file, plugin: name };
    let output = timeout(PATIENCE, output(named, plugin)).await.map_err(|_| named.slow())??;
    let credential: ExecCredential = serde_json::from_slice(&output)
        .ok()
        .or_else(|| serde_saphyr::from_slice(&output).ok())
        .ok_or_else(|| named.told("did not print an ExecCredential", ProblemWord::PluginForm, None))?;
    let no_credential = || named.told("printed no credential", ProblemWord::PluginEmpty, None);
    let status = credential.status.ok_or_else(no_credential)?;
    if status.token.is_none() && (status.client_certificate_data.is_none() || status.client_key_data.is_none()) {
        let sentence = "printed neither a token nor a certificate with its key";
        return Err(named.told(sentence, ProblemWord::PluginHalf, None));
    }
    // The library reads certificate and key as base64 of PEM, the plugin gives PEM.
    Ok(Issued {
        token: status.token.map(SecretString::from),
        certificate: status.client_certificate_data.map(|pem| base64(&pem)),
        key: status.client_key_data.map(|pem| SecretString::from(base64(&pem))),
    })
}

async fn output(named: Named<'_>, plugin: &ExecConfig) -> Result<Vec<u8>, Told> {
    let mut command = Command::new(named.plugin);
    command.args(plugin.args.iter().flatten()).env("KUBERNETES_EXEC_INFO", exec_info(plugin));
    for variable in plugin.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    // Dropped when patience ends: then it is killed, not left behind.
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| {
        let (hint, word) = match plugin.install_hint {
            Some(_) => ("; the kubeconfig says how to install it", ProblemWord::PluginInstall),
            None => ("", ProblemWord::PluginStart),
        };
        named.failed(&format!("cannot be started: {error}{hint}"), word, &error)
    })?;
    let mut printed = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(LARGEST).read_to_end(&mut printed).await;
        read.map_err(|error| named.failed(&format!("cannot be read: {error}"), ProblemWord::PluginRead, &error))?;
    }
    let ended = child.wait().await;
    let status = ended.map_err(|error| named.failed(&format!("was lost: {error}"), ProblemWord::PluginLost, &error))?;
    if status.success() {
        Ok(printed)
    } else {
        let sentence = format!("failed ({status}); run it by hand to see why");
        Err(named.failed(&sentence, ProblemWord::PluginFailed, &status))
    }
}

fn exec_info(plugin: &ExecConfig) -> String {
    let version = plugin.api_version.as_deref().unwrap_or("client.authentication.k8s.io/v1");
    let mut spec = serde_json::json!({ "interactive": false });
    if plugin.provide_cluster_info
        && let Some(cluster) = plugin.cluster.as_ref().and_then(|cluster| serde_json::to_value(cluster).ok())
    {
        spec["cluster"] = cluster;
    }
    serde_json::json!({ "apiVersion": version, "kind": "ExecCredential", "spec": spec }).to_string()
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
