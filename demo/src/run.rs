//! The demo from start to end.

use crate::{
    arguments::Arguments,
    configuration, fleet,
    folder::{self, Folder, State},
    past::{self, Past},
    people::GROUPS,
    ports,
    postgres::Postgres,
    say, senders,
};
use ::fleet::{
    now::Now,
    provider::{self, Provider},
};
use anyhow::{Context as _, anyhow, bail};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use server::{clock::Clock, config::Config, db, reports::Signer, telemetry};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    net::TcpStream,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

/// The one database.
const DATABASE: &str = "bevis";
/// Days that the clusters' story goes back at the first start.
pub(crate) const STORY_DAYS: u32 = 120;
/// How long Bevis may take until it answers.
const READY: Duration = Duration::from_secs(30);

/// Runs until Ctrl-C.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    telemetry::start(telemetry::LogFormat::Text, &arguments.log);
    let stop = stop_on_signals()?;
    let root = nix::unistd::geteuid().is_root();
    let path = match &arguments.data {
        Some(path) => path.clone(),
        None => folder::default_path(root, arguments.home.as_deref())?,
    };
    let folder = Folder::open(std::path::absolute(path).context("The data folder has no name.")?)?;
    ports::must_be_free(arguments.listen, arguments.port, "Bevis", "make demo PORT=8081")?;
    let other_provider = "BEVIS_DEMO_OIDC_PORT=5557 make demo";
    ports::must_be_free(arguments.listen, arguments.oidc_port, "the identity provider", other_provider)?;
    let mut state = folder.state()?.unwrap_or_else(new_state);
    state.postgres_port = ports::keep_or_pick(Some(state.postgres_port).filter(|port| *port > 0))?;
    folder.remember(&state)?;
    say::line(&format!("Data folder: {}", folder.path().display()));
    say::line("Starting PostgreSQL …");
    let postgres = Postgres::start(&folder, state.postgres_port, &state.postgres_password).await?;
    let outcome = Box::pin(with_postgres(&arguments, &folder, state, &postgres, &stop)).await;
    say::line("Stopping PostgreSQL …");
    postgres.stop().await;
    outcome?;
    say::line("Stopped. The data folder keeps everything for the next start.");
    Ok(())
}

async fn with_postgres(
    arguments: &Arguments,
    folder: &Folder,
    mut state: State,
    postgres: &Postgres,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    say::line("Starting the identity provider and the simulated clusters …");
    let provider = start_provider(arguments, folder, &state).await?;
    let clock = Clock::system();
    let until = clock.now();
    let began = state.began.unwrap_or_else(|| midnight(until) - TimeDelta::days(STORY_DAYS.into()));
    let now = if state.began.is_some() { Now::system() } else { Now::manual(began) };
    let clusters = fleet::start(folder, &mut state, began, &now).await?;
    let config = configuration::write(folder, arguments, &postgres.url(DATABASE), &provider)?;
    if !config.signing.key_file.is_file() {
        Signer::generate(&config.signing.key_file)
            .map_err(|error| anyhow!("The signing key cannot be made: {error}"))?;
    }
    // A history that was cut off half-way is thrown away and made anew.
    postgres.database(DATABASE, state.began.is_none()).await?;
    server::serve::migrate(&config).await?;
    if state.began.is_none() {
        say::line(&format!("Making {} days of history (once) …", arguments.history_days));
        let from = began.max(midnight(until) - TimeDelta::days(arguments.history_days.into()));
        let Some(made) = past::make(&Past { config: &config, began, from, until, now: &now }, stop).await? else {
            return Ok(());
        };
        senders::keep(folder, &made.tokens)?;
        say::line(&format!("{} scans replayed, {} deliveries received.", made.scans, made.deliveries));
        now.follow_system();
        state.began = Some(began);
    }
    folder.remember(&state)?;
    let pool = db::pool(config.database.url.reveal()?.parse().context("the database's address")?, 1);
    let sending = senders::all(began, until, senders::kept(folder));
    let address = format!("http://{}", reached_at(config.listen));
    let senders = senders::run(folder, sending, pool, address, stop);
    serve(config, clock, stop, senders).await?;
    drop((provider, clusters));
    Ok(())
}

async fn serve(
    config: Config,
    clock: Clock,
    stop: &CancellationToken,
    senders: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    say::line("Starting Bevis …");
    let (listen, address) = (config.listen, config.public_url.clone());
    let mut serving = tokio::spawn(server::serve::serve(config, clock, stop.clone()));
    tokio::select! {
        outcome = &mut serving => return outcome.context("Bevis ended at once.")?,
        ready = until_it_answers(listen) => ready?,
    }
    greet(address.as_str());
    // Both end when `stop` is cancelled.
    let ended = async {
        let ended = serving.await;
        stop.cancel();
        ended
    };
    tokio::join!(ended, senders).0.context("Bevis ended unexpectedly.")?
}

async fn until_it_answers(listen: SocketAddr) -> anyhow::Result<()> {
    let here = reached_at(listen);
    let tries = tokio::time::timeout(READY, async {
        while TcpStream::connect(here).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    tries.await.with_context(|| format!("Bevis does not answer within {} s.", READY.as_secs()))
}

/// Where a program on this machine reaches what listens there.
fn reached_at(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() { SocketAddr::from((Ipv4Addr::LOCALHOST, listen.port())) } else { listen }
}

fn greet(address: &str) {
    say::line(&format!("\nBevis is at {address}\n\nLog in as any of these; no password is asked for:"));
    for person in provider::people() {
        let role = GROUPS.iter().find(|(_, group)| person.groups.iter().any(|other| other == group));
        let role = role.map_or("no role".to_owned(), |(role, _)| role.as_str().replace('_', " "));
        say::line(&format!("  {:<18}{:<20}{}", person.name, role, person.email));
    }
    say::line("\nThe clusters are scanned every minute. Ctrl-C stops everything.");
}

async fn start_provider(arguments: &Arguments, folder: &Folder, state: &State) -> anyhow::Result<Provider> {
    let file = folder.join("oidc-key.pem");
    if !file.is_file() {
        folder.write_private("oidc-key.pem", &provider::generate_key()?)?;
    }
    let key = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read.", file.display()))?;
    let settings = provider::Settings {
        listen: arguments.listen,
        port: arguments.oidc_port,
        client_id: "bevis".into(),
        client_secret: state.client_secret.clone(),
        redirect_uris: Vec::new(),
        end_session: true,
        key,
        people: provider::people(),
        now: Now::system(),
    };
    Provider::start(settings).await
}

fn new_state() -> State {
    State {
        postgres_port: 0,
        postgres_password: random_word(),
        client_secret: random_word(),
        cluster_ports: std::collections::BTreeMap::new(),
        began: None,
    }
}

/// 128 random bits in hexadecimal.
fn random_word() -> String {
    format!("{:032x}", rand::random::<u128>())
}

fn midnight(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// Cancelled by Ctrl-C, by `kill`, and when the terminal goes.
fn stop_on_signals() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let Ok(mut signals) = signal(kind) else { bail!("Signals cannot be waited for.") };
        let stop = stop.clone();
        tokio::spawn(async move {
            signals.recv().await;
            if !stop.is_cancelled() {
                say::line("\nStopping …");
            }
            stop.cancel();
        });
    }
    Ok(stop)
}
