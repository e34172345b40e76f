//! What every handler and task shares.

use crate::{auth, clock::Clock, collect::Progress, config::Config, intake, notify, reports::Signer};
use sqlx::PgPool;
use std::sync::Arc;

/// The state of the server: cheap to clone, handed to axum as `State<App>`.
#[derive(Clone)]
pub struct App {
    /// The pool, working as `bevis_app`.
    pub db: PgPool,
    /// The time.
    pub clock: Clock,
    /// The configuration, as read at start.
    pub config: Arc<Config>,
    /// The identity provider.
    pub provider: Arc<auth::Provider>,
    /// Scans that are running now; a broadcast of their steps.
    pub progress: Progress,
    /// By which ways people are told of what happens.
    pub channels: Arc<notify::Channels>,
    /// How often each token may send.
    pub intake: Arc<intake::Rate>,
    /// How often each token of the API may ask.
    pub tokens: Arc<intake::Rate>,
    /// Signs evidence packs.
    pub signer: Arc<Signer>,
    /// Cancelled when the server is to stop.
    pub shutdown: tokio_util::sync::CancellationToken,
    /// Renders `/metrics`.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}
