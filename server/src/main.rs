//! The program `bevis`.

use anyhow::Context;
use clap::{Parser, Subcommand};
use model::source::Source;
use server::{
    app::App,
    cli,
    clock::Clock,
    collect,
    config::Config,
    intake, ledger, people, reports, retention, serve,
    telemetry::{self, LogFormat},
};
use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Evidence for ISO/IEC 27001 from Kubernetes clusters.
#[derive(Parser)]
#[command(name = "bevis", version)]
struct Arguments {
    /// The configuration file.
    #[arg(long, short, global = true, default_value = "bevis.toml", env = "BEVIS_CONFIG")]
    config: PathBuf,
    /// How log lines are written.
    #[arg(long, global = true, value_enum, default_value = "json")]
    log_format: LogFormat,
    /// Which log lines are written, as in `info,server=debug`.
    #[arg(long, global = true, default_value = "info", env = "BEVIS_LOG")]
    log: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and API, and poll the clusters.
    Serve,
    /// Bring the database's schema up to date.
    Migrate,
    /// Read one cluster now, or say what would be read.
    Scan {
        /// The cluster's name in the configuration.
        #[arg(long)]
        cluster: String,
        /// Print the requests that would be made and the ClusterRole that they need; make none.
        #[arg(long)]
        dry_run: bool,
    },
    /// Verify an evidence pack.
    Verify {
        /// The archive.
        pack: PathBuf,
        /// A PEM file with the public key that you trust.
        #[arg(long)]
        key: Option<PathBuf>,
    },
    /// Make a key that signs evidence packs.
    Keygen {
        /// The file to write; it must not exist.
        file: PathBuf,
    },
    /// The ledger.
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Sessions of people who are logged in.
    #[command(subcommand)]
    Sessions(SessionsCommand),
    /// Findings of a server, over its API, with a token.
    Findings(cli::FindingsCommand),
    /// Tokens with which clusters send.
    #[command(subcommand)]
    Token(TokenCommand),
    /// The audit events that clusters sent.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Checks that you wrote.
    #[command(subcommand)]
    Check(CheckCommand),
    /// Drop what the policies of retention say, as every night; each dropping is in the ledger.
    Retention {
        /// Say what would be dropped, and drop nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Read the configuration and say what is wrong with it.
    CheckConfig,
}

#[derive(Subcommand)]
enum LedgerCommand {
    /// Recompute the chain, and point to the first broken link.
    Verify,
}

#[derive(Subcommand)]
enum SessionsCommand {
    /// End all sessions of a person, at once and everywhere; it is in the ledger.
    End {
        /// Their e-mail address, or their id as the API and the ledger have it.
        #[arg(long)]
        person: String,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token, and print it: it is not shown again.
    Create {
        /// The cluster's name in the configuration.
        #[arg(long)]
        cluster: String,
        /// What it may send: `falco_events`, `audit_events`, `kube_bench` or `external`.
        #[arg(long)]
        source: Source,
        /// What people call it.
        #[arg(long)]
        name: String,
        /// Days until it expires.
        #[arg(long, default_value_t = 90)]
        days: u32,
    },
    /// List every token, without its secret.
    List,
    /// Revoke a token; it opens nothing from then on.
    Revoke {
        /// Its id, as the list has it.
        id: Uuid,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Recompute every batch and compare it with the ledger; point to the first that is missing or was changed.
    Verify,
}

#[derive(Subcommand)]
enum CheckCommand {
    /// Try a check on a cluster: print what it says of every object, and let it count from now on.
    Try {
        /// Its id, as `custom.replicas`.
        id: String,
        /// The cluster's name in the configuration.
        #[arg(long)]
        cluster: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    telemetry::start(arguments.log_format, &arguments.log);
    match run(arguments).await {
        Ok(code) => code,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the program's last words are for the person at the terminal")]
            {
                eprintln!("bevis: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = || Config::read(&arguments.config).map_err(anyhow::Error::from);
    match arguments.command {
        Command::Serve => serve::serve(config()?, Clock::system(), stop_signal()?).await?,
        Command::Migrate => serve::migrate(&config()?).await?,
        Command::Scan { cluster, dry_run: true } => print(&dry_run(&config()?, &cluster)?)?,
        Command::Scan { cluster, dry_run: false } => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            print(&serde_json::to_string_pretty(&collect::scan_now(&app, &cluster).await?)?)?;
        }
        Command::Verify { pack, key } => return Ok(reports::verify_command(&pack, key.as_deref())),
        Command::Keygen { file } => reports::keygen_command(&file)?,
        Command::Ledger(LedgerCommand::Verify) => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            return ledger::verify_command(&app.db).await;
        }
        Command::Sessions(SessionsCommand::End { person }) => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            print(&people::end_command(&app.db, &person, &operator(), app.clock.now()).await?)?;
        }
        Command::Findings(command) => return Ok(cli::run(command, &surroundings()).await),
        Command::Token(command) => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            token(&app, command).await?;
        }
        Command::Audit(AuditCommand::Verify) => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            return intake::verify_audit_command(&app.db).await;
        }
        Command::Check(CheckCommand::Try { id, cluster }) => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            let trial = collect::try_check(&app, &id, &cluster).await?;
            print(&trial.to_string())?;
            return Ok(if trial.errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Retention { dry_run } => {
            let app = serve::app(config()?, Clock::system(), CancellationToken::new())?;
            print(&retention::command(&app.db, app.config.retention, app.clock.now(), dry_run).await?)?;
        }
        Command::CheckConfig => {
            config()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn token(app: &App, command: TokenCommand) -> anyhow::Result<()> {
    let (at, by) = (app.clock.now(), operator());
    match command {
        TokenCommand::Create { cluster, source, name, days } => {
            let new = intake::NewToken { cluster: &cluster, source, name: &name, days, by: &by };
            print(&intake::create(&app.db, &new, at).await?)
        }
        TokenCommand::List => print(intake::list_tokens(&app.db, at).await?.trim_end()),
        TokenCommand::Revoke { id } => Ok(intake::revoke(&app.db, id, &by, at).await?),
    }
}

/// What commands that ask a server need of the environment.
fn surroundings() -> cli::Surroundings {
    #[expect(clippy::disallowed_methods, reason = "only the program itself reads its environment")]
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    cli::Surroundings {
        url: variable("BEVIS_URL"),
        token: variable("BEVIS_TOKEN"),
        colour: std::io::stdout().is_terminal() && variable("NO_COLOR").is_none(),
    }
}

/// Whoever is at the terminal, as the ledger names them.
fn operator() -> String {
    #[expect(clippy::disallowed_methods, reason = "only the program itself knows who started it")]
    let name = ["SUDO_USER", "USER"].iter().find_map(|variable| std::env::var(variable).ok());
    format!("terminal: {}", name.as_deref().unwrap_or("unknown"))
}

fn dry_run(config: &Config, name: &str) -> anyhow::Result<String> {
    config.install_checks()?;
    let known = || config.clusters.iter().map(|cluster| cluster.name.get_ref().as_str()).collect::<Vec<_>>().join(", ");
    let cluster = config.clusters.iter().find(|cluster| cluster.name.get_ref() == name);
    let cluster =
        cluster.with_context(|| format!("no cluster \"{name}\" in the configuration; there are: {}", known()))?;
    Ok(collect::dry_run(cluster, &config.scan.of(cluster)))
}

fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").context("writing to standard output")
}

/// Cancelled by Ctrl-C or SIGTERM.
fn stop_signal() -> anyhow::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = CancellationToken::new();
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        told.cancel();
    });
    Ok(stop)
}
