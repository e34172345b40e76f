//! `/healthz` says that the program runs; `/readyz` that it can answer.

use crate::app::App;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// `GET /healthz`: always 200 while the program runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 200 where PostgreSQL answers, else 503 with a sentence.
pub async fn readyz(State(app): State<App>) -> Response {
    match app.db.acquire().await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "PostgreSQL does not answer\n").into_response(),
    }
}
