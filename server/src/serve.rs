//! `bevis serve`: wires the parts together and runs them until they are told to stop.

use crate::{
    acceptances,
    app::App,
    auth, catalogues,
    clock::Clock,
    collect,
    config::Config,
    days, db, history, idempotency, intake, ledger, notify, outbound, reports, retention, service_levels,
    web::{self, metrics},
};
use anyhow::Context;
use model::finding::Identity;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a stop waits for scans and packs that are under way.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until `shutdown` is cancelled.
///
/// PostgreSQL and the identity provider may be away at start: pages say so, and work resumes by itself.
///
/// # Errors
/// What an operator must mend before Bevis can run: a port in use, an unreadable secret or signing key.
pub async fn serve(config: Config, clock: Clock, shutdown: CancellationToken) -> anyhow::Result<()> {
    let listener = listen(&config).await?;
    let app = app(config, clock, shutdown.clone())?;
    let tasks = TaskTracker::new();
    tasks.spawn(work(app.clone(), shutdown.clone()));
    tracing::info!(listen = %app.config.listen, public_url = %app.config.public_url, "serving");

    web::serve(listener, app.clone()).await.context("serving HTTP")?;
    shutdown.cancel();
    tasks.close();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!("background work was cut");
    }
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}: is another program using that port? Set `listen` in the configuration to a free one",
            config.listen
        )
    })
}

/// Builds the shared state; reads secrets and keys, and talks to nobody.
pub fn app(config: Config, clock: Clock, shutdown: CancellationToken) -> anyhow::Result<App> {
    config.install_checks()?;
    outbound::use_ring();
    let options = config
        .database
        .url
        .reveal()
        .context("reading the database URL")?
        .parse()
        .context("parsing the database URL")?;
    let signer = reports::Signer::from_pem_file(&config.signing.key_file)?;
    let provider = auth::Provider::new(&config)?;
    Ok(App {
        db: db::pool(options, config.database.max_connections),
        clock,
        provider: Arc::new(provider),
        progress: collect::Progress::default(),
        channels: Arc::new(notify::Channels::new(&config.notify)?),
        intake: Arc::new(intake::Rate::new(&config.intake)),
        tokens: Arc::new(intake::Rate::per_minute(config.tokens.requests_per_minute)),
        signer: Arc::new(signer),
        metrics: metrics::recorder(),
        shutdown,
        config: Arc::new(config),
    })
}

/// Everything that runs beside answering requests: it starts when the schema is in place.
async fn work(app: App, shutdown: CancellationToken) {
    if until_stopped(&shutdown, async {
        migrated(&app).await;
        rekeyed(&app).await;
        adopted(&app).await;
        settings_noted(&app).await;
    })
    .await
    .is_none()
    {
        return;
    }
    note_catalogue(&app).await;
    tokio::join!(
        collect::run(app.clone(), shutdown.clone()),
        reports::work(app.clone(), shutdown),
        auth::session::keep_tidy(app.clone()),
        intake::keep_tidy(app.clone()),
        notify::work(app.clone()),
        idempotency::keep_tidy(app.clone()),
        ledger::work(app.clone()),
        acceptances::work(app.clone()),
        retention::work(app),
    );
}

/// A page of the past says which catalogue was in force; that it could not be noted stops nothing.
async fn note_catalogue(app: &App) {
    if let Err(error) = catalogues::note(&app.db, app.clock.now()).await {
        tracing::warn!(error = error.to_string(), "noting which catalogue is in force");
    }
}

async fn migrated(app: &App) {
    let mut wait = Duration::from_secs(1);
    loop {
        match migrate(&app.config).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(
                error = format!("{error:#}"),
                "the database is not ready; trying again in {} s",
                wait.as_secs()
            ),
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(15));
    }
}

/// Gives findings their keys by the rule of identity of this version, before anything is recorded by it.
async fn rekeyed(app: &App) {
    let mut wait = Duration::from_secs(1);
    loop {
        match history::rekey(&app.db, Identity::CURRENT, app.clock.now()).await {
            Ok(None) => return,
            Ok(Some(done)) => {
                let (from, to) = (done.from_version, done.to_version);
                tracing::info!(from, to, findings = done.findings, merged = done.merged, "findings have new keys");
                return;
            }
            Err(error) => {
                tracing::warn!(%error, "findings could not be given new keys; trying again in {} s", wait.as_secs());
            }
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(15));
    }
}

/// What the configuration says of days and deadlines is in force before anything is recorded.
async fn adopted(app: &App) {
    let mut wait = Duration::from_secs(1);
    while let Err(error) = adopt(&app.db, &app.config, app.clock.now()).await {
        tracing::warn!(%error, "the time zone and the deadlines cannot be put in force; trying again in {} s", wait.as_secs());
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(15));
    }
}

/// What else the configuration says is on record before anything is done by it.
async fn settings_noted(app: &App) {
    let mut wait = Duration::from_secs(1);
    while let Err(error) = ledger::adopt(&app.db, &app.config, &app.signer.key_id(), app.clock.now()).await {
        tracing::warn!(%error, "the settings cannot be put on record; trying again in {} s", wait.as_secs());
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(15));
    }
}

/// Puts the time zone and the service levels of the configuration in force from `at` on; idempotent.
pub async fn adopt(pool: &sqlx::PgPool, config: &Config, at: model::Instant) -> Result<(), sqlx::Error> {
    days::adopt(pool, config.time_zone, at).await?;
    service_levels::adopt(pool, &config.sla.levels(), at).await
}

/// `bevis migrate`: brings the schema up to date.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let options = config
        .database
        .url
        .reveal()
        .context("reading the database URL")?
        .parse()
        .context("parsing the database URL")?;
    db::migrate(options).await.context("migrating the database")
}

async fn until_stopped<T>(shutdown: &CancellationToken, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        () = shutdown.cancelled() => None,
        outcome = work => Some(outcome),
    }
}
