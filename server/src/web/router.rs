//! Builds the router from the table, and serves it.

use super::{
    guard::{Guard, authorise},
    middleware,
    route::{Kind, Route},
    routes::routes,
};
use crate::{app::App, error::Error};
use axum::{Router, middleware::from_fn_with_state};
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;
use tower_http::limit::RequestBodyLimitLayer;

/// How long open requests may take to finish after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Bytes that a request may bring: a selection of 10,000 findings by id fits. What clusters send has limits of its own.
const BODY_LIMIT: usize = 512 * 1024;

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
        let bounded =
            if kind == Kind::Intake { guarded } else { guarded.layer(RequestBodyLimitLayer::new(BODY_LIMIT)) };
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
