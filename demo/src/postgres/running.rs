//! Making, starting and stopping the server.

use super::{programs, store, user::RunsAs};
use crate::folder::Folder;
use anyhow::{Context as _, bail};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

/// The superuser and owner of the database.
const OWNER: &str = "bevis";
/// How long a start may take: after a crash the server replays its log first.
const START: Duration = Duration::from_mins(1);
/// How long a stop may take before it is forced.
const STOP: Duration = Duration::from_secs(20);

/// The running server. It is stopped when this is dropped, if not before.
pub(crate) struct Postgres {
    server: Child,
    port: u16,
    password: String,
}

impl Postgres {
    /// Starts the server in `<folder>/postgres`, making its files at the first start.
    pub(crate) async fn start(folder: &Folder, port: u16, password: &str) -> anyhow::Result<Self> {
        let bin = programs::find()?;
        let user = RunsAs::unprivileged()?;
        let data = folder.join("postgres");
        if !data.join("PG_VERSION").is_file() {
            initialise(folder, &bin, user, &data, password)?;
        }
        same_version(&bin, &data)?;
        end_leftover(&data).await?;
        let log = folder.join("postgres.log");
        let output = File::create(&log).with_context(|| format!("{} cannot be written.", log.display()))?;
        let errors = output.try_clone().context("a second handle of the log")?;
        let mut command = user.command_that_ends_with_us(&bin.join("postgres"));
        command.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "shared_buffers=64MB",
            "max_connections=50",
            "logging_collector=off",
            "log_min_messages=warning",
            // A crash of the machine may lose the last second of a demo, never its consistency.
            "synchronous_commit=off",
            // Months of history are written at once; the log of it must not fill a small disk.
            "max_wal_size=256MB",
        ] {
            command.arg("-c").arg(setting);
        }
        let server = command
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(errors))
            .spawn()
            .context("PostgreSQL cannot be started.")?;
        let mut postgres = Self { server, port, password: password.into() };
        postgres.until_ready(&log).await?;
        Ok(postgres)
    }

    /// The address of a database, with the password.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://{OWNER}:{}@127.0.0.1:{}/{database}?sslmode=disable", self.password, self.port)
    }

    /// Makes the database where it is missing; with `afresh`, throws an old one away first.
    pub(crate) async fn database(&self, name: &'static str, afresh: bool) -> anyhow::Result<()> {
        store::make_database(&self.options(), name, afresh)
            .await
            .context("PostgreSQL started, and the database cannot be made.")
    }

    /// Options that connect to the server's own database.
    fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username(OWNER)
            .password(&self.password)
            .database("postgres")
            .ssl_mode(PgSslMode::Disable)
    }

    async fn until_ready(&mut self, log: &Path) -> anyhow::Result<()> {
        let until = Instant::now() + START;
        loop {
            if let Some(status) = self.server.try_wait().context("asking after PostgreSQL")? {
                bail!("PostgreSQL stopped at once ({status}). The end of {}:\n{}", log.display(), last_lines(log));
            }
            if store::answers(&self.options()).await {
                return Ok(());
            }
            if Instant::now() > until {
                bail!(
                    "PostgreSQL does not get ready within {} s. The end of {}:\n{}",
                    START.as_secs(),
                    log.display(),
                    last_lines(log)
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Stops the server in order.
    pub(crate) async fn stop(mut self) {
        self.signal(Signal::SIGINT);
        let until = Instant::now() + STOP;
        while !self.ended() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn ended(&mut self) -> bool {
        !matches!(self.server.try_wait(), Ok(None))
    }

    fn signal(&mut self, signal: Signal) {
        if self.ended() {
            return;
        }
        if let Ok(id) = i32::try_from(self.server.id()) {
            // It fails only where the server ended between the two lines.
            let _gone = kill(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Postgres {
    /// Whatever happened, the server does not outlive us.
    fn drop(&mut self) {
        self.signal(Signal::SIGINT);
        let until = Instant::now() + Duration::from_secs(5);
        while !self.ended() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.signal(Signal::SIGQUIT);
    }
}

fn initialise(folder: &Folder, bin: &Path, user: RunsAs, data: &Path, password: &str) -> anyhow::Result<()> {
    // What a start that was cut off left behind.
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| format!("{} cannot be removed.", data.display()))?;
    }
    let half = folder.join("postgres.new");
    if half.exists() {
        fs::remove_dir_all(&half).with_context(|| format!("{} cannot be removed.", half.display()))?;
    }
    fs::create_dir(&half).with_context(|| format!("{} cannot be made.", half.display()))?;
    fs::set_permissions(&half, fs::Permissions::from_mode(0o700)).context("permissions of PostgreSQL's folder")?;
    user.own(&half)?;
    folder.write_private("postgres.password", password)?;
    let secret = folder.join("postgres.password");
    user.own(&secret)?;
    let made = user
        .command(bin.join("initdb"))
        .arg("-D")
        .arg(&half)
        .args([
            "-U",
            OWNER,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ])
        .arg(format!("--pwfile={}", secret.display()))
        .output();
    fs::remove_file(&secret).with_context(|| format!("{} cannot be removed.", secret.display()))?;
    let made = made.context("initdb cannot be started.")?;
    if !made.status.success() {
        bail!(
            "PostgreSQL's files cannot be made in {}. It must be on a disk with room, and the user that PostgreSQL runs as must \
             be able to reach it; choose another folder with BEVIS_DEMO_DATA. initdb said:\n{}",
            half.display(),
            String::from_utf8_lossy(&made.stderr).trim(),
        );
    }
    fs::rename(&half, data).with_context(|| format!("{} cannot be renamed.", half.display()))
}

/// A data folder belongs to one major version.
fn same_version(bin: &Path, data: &Path) -> anyhow::Result<()> {
    let made_by = fs::read_to_string(data.join("PG_VERSION")).context("PG_VERSION of the data folder")?;
    let installed = bin
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .filter(|name| name.parse::<u32>().is_ok());
    match installed {
        Some(installed) if installed != made_by.trim() => bail!(
            "The demo's data was made by PostgreSQL {}, and {installed} is installed now. Install that version, or start over \
             with `make clean-demo`.",
            made_by.trim()
        ),
        _ => Ok(()),
    }
}

/// Ends a server that a killed demo left running, and forgets one that is long gone.
async fn end_leftover(data: &Path) -> anyhow::Result<()> {
    let file = data.join("postmaster.pid");
    let Some(id) = fs::read_to_string(&file).ok().and_then(|text| text.lines().next()?.trim().parse::<i32>().ok())
    else {
        return Ok(());
    };
    let until = Instant::now() + STOP;
    while serves(id, data) {
        // It fails only where the server has just ended.
        let _gone = kill(Pid::from_raw(id), Signal::SIGINT);
        if Instant::now() > until {
            bail!("A PostgreSQL of an earlier demo (process {id}) does not stop. End it with: kill -QUIT {id}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // The number may be another program's by now, which would keep the server from starting.
    match fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("postmaster.pid cannot be removed.")
        }
        _ => Ok(()),
    }
}

/// Whether a process is a server of this data folder.
fn serves(id: i32, data: &Path) -> bool {
    let line = fs::read(PathBuf::from(format!("/proc/{id}/cmdline"))).unwrap_or_default();
    let mut arguments = line.split(|byte| *byte == 0);
    let program = arguments.next().unwrap_or_default();
    program.ends_with(b"postgres") && arguments.any(|argument| argument == data.as_os_str().as_encoded_bytes())
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
