//! A kube-apiserver with its own etcd on free loopback ports, for as long as the suite runs.

use crate::{api::Api, pki::Pki};
use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    process::{Child, Command},
    sync::Mutex,
    time::sleep,
};

/// How long both may take to be ready.
const PATIENCE: Duration = Duration::from_secs(90);
/// Tokens: an administrator's, and that of somebody without rights.
pub(crate) const ADMIN: &str = "admin-token";
pub(crate) const LIMITED: &str = "limited-token";

/// Both programs, running.
pub(crate) struct ApiServer {
    pub(crate) pki: Pki,
    pub(crate) url: String,
    pub(crate) etcd: String,
    folder: TempDir,
    children: Mutex<Vec<Child>>,
}

impl ApiServer {
    /// Starts both and waits until the API server is ready.
    pub(crate) async fn start(programs: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("bevis-apiserver").tempdir()?;
        let pki = Pki::make(folder.path())?;
        std::fs::write(
            pki.path("tokens.csv"),
            format!("{ADMIN},admin,admin,\"system:masters\"\n{LIMITED},limited,limited\n"),
        )?;
        let [port, client, peer] = free_ports()?;
        let (url, etcd) = (format!("https://127.0.0.1:{port}"), format!("http://127.0.0.1:{client}"));
        let server = Self { pki, url, etcd, folder, children: Mutex::new(Vec::new()) };
        server.launch(programs.join("etcd"), &server.etcd_arguments(peer)).await?;
        server.launch(programs.join("kube-apiserver"), &server.arguments(port)).await?;
        server.wait().await?;
        Ok(server)
    }

    /// A file of this run.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Ends both programs, the API server first.
    pub(crate) async fn stop(&self) {
        for child in self.children.lock().await.iter_mut().rev() {
            // Already gone is as good.
            let _gone = child.kill().await;
        }
        let _gone = std::fs::remove_dir_all(self.folder.path());
    }

    fn etcd_arguments(&self, peer: u16) -> Vec<String> {
        let (etcd, peer) = (&self.etcd, format!("http://127.0.0.1:{peer}"));
        vec![
            "--name=e".into(),
            format!("--data-dir={}", self.file("etcd").display()),
            format!("--listen-client-urls={etcd}"),
            format!("--advertise-client-urls={etcd}"),
            format!("--listen-peer-urls={peer}"),
            format!("--initial-advertise-peer-urls={peer}"),
            format!("--initial-cluster=e={peer}"),
        ]
    }

    fn arguments(&self, port: u16) -> Vec<String> {
        let file = |name: &str| self.pki.path(name).display().to_string();
        vec![
            format!("--etcd-servers={}", self.etcd),
            "--bind-address=127.0.0.1".into(),
            "--advertise-address=127.0.0.1".into(),
            format!("--secure-port={port}"),
            format!("--tls-cert-file={}", file("server.crt")),
            format!("--tls-private-key-file={}", file("server.key")),
            format!("--client-ca-file={}", file("ca.crt")),
            format!("--token-auth-file={}", file("tokens.csv")),
            format!("--cert-dir={}", self.file("certificates").display()),
            "--authorization-mode=RBAC".into(),
            "--disable-admission-plugins=ServiceAccount".into(),
            "--service-account-issuer=https://kubernetes.default.svc".into(),
            format!("--service-account-key-file={}", file("sa.pub")),
            format!("--service-account-signing-key-file={}", file("sa.key")),
            "--service-cluster-ip-range=10.0.0.0/24".into(),
            "--endpoint-reconciler-type=none".into(),
            "--allow-privileged=true".into(),
        ]
    }

    async fn launch(&self, program: PathBuf, arguments: &[String]) -> Result<()> {
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let log = File::create(self.file(&format!("{name}.log")))?;
        let mut command = Command::new(&program);
        command.args(arguments).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        self.children.lock().await.push(child);
        Ok(())
    }

    async fn wait(&self) -> Result<()> {
        let api = Api::new(self, ADMIN)?;
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            if api.get_text("/readyz").await.is_ok_and(|text| text == "ok") {
                return Ok(());
            }
            for child in self.children.lock().await.iter_mut() {
                if let Some(status) = child.try_wait()? {
                    bail!("a program ended ({status}): {}", self.last_words());
                }
            }
            sleep(Duration::from_millis(100)).await;
        }
        bail!("not ready within {} s: {}", PATIENCE.as_secs(), self.last_words())
    }

    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(self.file("kube-apiserver.log")).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(5).collect();
        last.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

fn free_ports() -> Result<[u16; 3]> {
    // All are held until all are known, so that no two are the same.
    let held =
        [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
    let mut ports = [0; 3];
    for (port, listener) in ports.iter_mut().zip(&held) {
        *port = listener.local_addr()?.port();
    }
    Ok(ports)
}
