//! The exec plugin of a kubeconfig: a program that prints a short-lived credential.
//!
//! Bounded in time and in what it may print; its output never becomes part of an error.

use kube::config::ExecConfig;
use secrecy::SecretString;
use serde::Deserialize;
use std::{process::Stdio, time::Duration};
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

/// Runs a plugin. An error is a sentence about the plugin, with nothing that it printed.
pub(super) async fn run(plugin: &ExecConfig) -> Result<Issued, String> {
    let name = plugin.command.as_deref().filter(|name| !name.is_empty()).ok_or("the exec plugin has no command")?;
    let output = match timeout(PATIENCE, output(name, plugin)).await {
        Ok(output) => output?,
        Err(_) => return Err(format!("the exec plugin {name} did not end within {} s", PATIENCE.as_secs())),
    };
    let credential: ExecCredential = serde_json::from_slice(&output)
        .ok()
        .or_else(|| serde_saphyr::from_slice(&output).ok())
        .ok_or_else(|| format!("the exec plugin {name} did not print an ExecCredential"))?;
    let status = credential.status.ok_or_else(|| format!("the exec plugin {name} printed no credential"))?;
    if status.token.is_none() && (status.client_certificate_data.is_none() || status.client_key_data.is_none()) {
        return Err(format!("the exec plugin {name} printed neither a token nor a certificate with its key"));
    }
    // The library reads certificate and key as base64 of PEM, the plugin gives PEM.
    Ok(Issued {
        token: status.token.map(SecretString::from),
        certificate: status.client_certificate_data.map(|pem| base64(&pem)),
        key: status.client_key_data.map(|pem| SecretString::from(base64(&pem))),
    })
}

async fn output(name: &str, plugin: &ExecConfig) -> Result<Vec<u8>, String> {
    let mut command = Command::new(name);
    command.args(plugin.args.iter().flatten()).env("KUBERNETES_EXEC_INFO", exec_info(plugin));
    for variable in plugin.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    // Dropped when patience ends: then it is killed, not left behind.
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| {
        let hint = plugin.install_hint.as_ref().map(|_| "; the kubeconfig says how to install it").unwrap_or_default();
        format!("the exec plugin {name} cannot be started: {error}{hint}")
    })?;
    let mut printed = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(LARGEST).read_to_end(&mut printed).await;
        read.map_err(|error| format!("the exec plugin {name} cannot be read: {error}"))?;
    }
    let status = child.wait().await.map_err(|error| format!("the exec plugin {name} was lost: {error}"))?;
    if status.success() {
        Ok(printed)
    } else {
        Err(format!("the exec plugin {name} failed ({status}); run it by hand to see why"))
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
