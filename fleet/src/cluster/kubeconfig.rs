//! A kubeconfig for a simulated cluster.

use anyhow::Context as _;
use serde_json::json;
use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

/// JSON, which is YAML too.
pub(super) fn kubeconfig(name: &str, server: &str, token: &str) -> String {
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{ "name": name, "cluster": { "server": server } }],
        "users": [{ "name": "bevis", "user": { "token": token } }],
        "contexts": [{ "name": name, "context": { "cluster": name, "user": "bevis" } }],
        "current-context": name,
    });
    format!("{config:#}\n")
}

/// Writes a file that only its owner reads.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let open = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    open.and_then(|mut file| file.write_all(text.as_bytes())).with_context(|| format!("writing {}", path.display()))
}
