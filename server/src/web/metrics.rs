//! `/metrics` for Prometheus: sums over everything, without names of people, nor of clusters unless `[metrics]` says otherwise.
//! Everybody who reaches it can read it.

use crate::app::App;
use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

/// Seconds; from a quick page to a slow scan.
const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// Installs the recorder, once in a process, and gives what renders it.
pub fn recorder() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let builder = PrometheusBuilder::new();
            let builder =
                builder.set_buckets_for_metric(Matcher::Suffix("_seconds".into()), SECONDS).unwrap_or_default();
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            // Fails only when somebody else's recorder is in place; ours then renders nothing, and nothing breaks.
            let _already_installed = metrics::set_global_recorder(recorder);
            handle
        })
        .clone()
}

/// `GET /metrics`
pub async fn get(State(app): State<App>) -> Response {
    metrics::gauge!("bevis_db_connections").set(f64::from(app.db.size()));
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}
