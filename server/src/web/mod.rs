//! HTTP: one table of routes, one layer that authorises, one way that errors are shown, pages and API.
//!
//! Reads requests, the session (through `auth`) and whatever a handler loads. Writes nothing itself.
//! Never decides by the Host header: the public address is configuration.

pub mod api;
mod calendar;
pub mod csrf;
pub mod errors;
pub mod events;
mod guard;
pub mod headers;
pub mod health;
mod idempotent;
mod instant;
mod intake;
pub mod metrics;
mod middleware;
mod narrow;
pub mod pages;
mod peer;
pub mod reading;
pub mod render;
pub mod route;
mod router;
pub mod routes;

pub use instant::{At, PastAt, Told};
pub use middleware::RequestId;
pub use peer::Peer;
pub use reading::Reading;
pub use route::{Exports, Kind, Narrow, Route};
pub use router::{build, router, serve};
