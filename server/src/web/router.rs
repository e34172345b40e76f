//! Builds the router from the table, and serves it.

use super::{
    guard::{Guard, authorise},
    middleware,
    route::{Kind, Route},
    routes::routes,
};
use crate::{app::App, config::LARGEST_ATTACHMENT_MB, error::Error};
use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use std::{convert::Infallible, io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;
use tower_http::limit::RequestBodyLimitLayer;

/// How long open requests may take to finish after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Bytes that a request may bring: a selection of 10,000 findings by id fits. What clusters send has limits of its own.
const BODY_LIMIT: usize = 512 * 1024;

/// Bytes of a request that brings a file: the largest attachment, as base64 in JSON at most.
const UPLOAD_LIMIT: usize = LARGEST_ATTACHMENT_MB as usize * 1024 * 1024 / 3 * 4 + 64 * 1024;

/// How much a request may bring.
fn body_limit(path: &str) -> usize {
    if path.ends_with("/attachments") { UPLOAD_LIMIT } else { BODY_LIMIT }
}

/// All of Bevis, over HTTP.
pub fn router(app: App) -> Router {
    build(app, routes())
}

/// A router of the rows given; every one of them behind the authorisation layer.
pub fn build(app: App, table: Vec<Route>) -> Router {
    let mut router = Router::new();
    for Route { method: _, path, permission, kind, narrow, exports, handler } in table {
        let guard = Guard { app: app.clone(), permission, kind, narrow, exports };
        let guarded = handler.route_layer(from_fn_with_state(guard, authorise));
        let bounded = if kind == Kind::Intake {
            guarded
        } else {
            // The one limit that counts; the extractors' own is lower than what an attachment may be.
            guarded
                .layer::<_, Infallible>(DefaultBodyLimit::disable())
                .layer(RequestBodyLimitLayer::new(body_limit(path)))
        };
        router = router.route(path, bounded);
    }
    let router =
        router.method_not_allowed_fallback(async || Error::MethodNotAllowed).fallback(async || Error::NotFound);
    middleware::around(router, &app).with_state(app)
}

/// Serves until the app is to shut down, then gives open requests a few seconds.
pub async fn serve(listener: TcpListener, app: App) -> io::Result<()> {
    let shutdown = app.shutdown.clone();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    let overdue = async {
        shutdown.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => ended,
        () = overdue => Ok(()),
    }
}
