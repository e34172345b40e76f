//! `/healthz` says that the program runs; `/readyz` that it can answer.

use crate::{app::App, error::Error};
use axum::extract::State;

/// `GET /healthz`: always 200 while the program runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 200 where PostgreSQL answers, else 503 with a sentence.
pub async fn readyz(State(app): State<App>) -> Result<&'static str, Error> {
    app.db.acquire().await?;
    Ok("ready\n")
}
