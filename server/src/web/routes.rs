//! THE table: every route of the product, with who may use it. Nothing is served that is not a row here.

use super::{
    api::{access, compare, coverage, decisions, objects, openapi, packs, read, trends},
    events, health, intake, metrics,
    pages::{self, assets},
    route::{
        Kind::{Api, Asset, Auth, Intake, Page, Stream},
        Route, get, post,
    },
};
use crate::auth::{login, logout};
use model::role::Permission::{self, CreatePack, Decide, DownloadPack, Public, Review, View};

/// Every route. The router is built from it, and the tests that try each route as everybody walk it.
pub fn routes() -> Vec<Route> {
    vec![
        // Logging in and out.
        get("/auth/login", Public, Auth, login::start),
        get("/auth/callback", Public, Auth, login::callback),
        post("/auth/logout", Public, Auth, logout::end),
        get("/auth/logged-out", Public, Auth, logout::logged_out),
        // Pages.
        get("/", View, Page, pages::overview::show),
        get("/controls", View, Page, pages::controls::list),
        get("/controls/{id}", View, Page, pages::controls::show),
        get("/checks", View, Page, pages::checks::list),
        get("/checks/{id}", View, Page, pages::checks::show),
        get("/objects/{digest}", View, Page, pages::checks::objects),
        get("/objects/{digest}/{namespace}/{name}", View, Page, pages::objects::show),
        get("/findings", View, Page, pages::findings::list),
        get("/findings/{id}", View, Page, pages::findings::show),
        get("/findings/{id}/objects", View, Page, pages::objects::of_finding),
        post("/findings/decide", Decide, Page, pages::deciding::several),
        post("/findings/confirm", Decide, Page, pages::deciding::confirm),
        post("/findings/{id}/decide", Decide, Page, pages::deciding::one),
        post("/findings/{id}/review", Review, Page, pages::deciding::review),
        post("/decisions/{id}/undo", Decide, Page, pages::deciding::undo),
        get("/my-work", View, Page, pages::my_work::show),
        get("/trends", View, Page, pages::trends::show),
        get("/trends.csv", View, Page, pages::trends::csv),
        get("/clusters", View, Page, pages::clusters::list),
        get("/clusters/{name}", View, Page, pages::clusters::show),
        get("/coverage", View, Page, pages::coverage::show),
        get("/compare", View, Page, pages::compare::show),
        get("/clusters/{name}/access", View, Page, pages::access::show),
        get("/clusters/{name}/access.csv", View, Page, pages::access::csv),
        get("/packs", View, Page, pages::packs::list),
        post("/packs", CreatePack, Page, pages::packs::create),
        get("/packs/{id}/archive", DownloadPack, Page, pages::packs::archive),
        get("/preferences", Public, Page, pages::preferences::show),
        post("/preferences", Public, Page, pages::preferences::keep),
        // The API.
        get("/api/v1/overview", View, Api, read::overview),
        get("/api/v1/clusters", View, Api, read::clusters),
        get("/api/v1/clusters/{name}", View, Api, read::cluster),
        get("/api/v1/clusters/{name}/access", View, Api, access::review),
        get("/api/v1/controls", View, Api, read::controls),
        get("/api/v1/controls/{id}", View, Api, read::control),
        get("/api/v1/checks", View, Api, read::checks),
        get("/api/v1/checks/{id}", View, Api, read::check),
        get("/api/v1/objects/{digest}", View, Api, read::objects),
        get("/api/v1/coverage", View, Api, coverage::coverage),
        get("/api/v1/objects/{digest}/{namespace}/{name}", View, Api, objects::object),
        get("/api/v1/compare", View, Api, compare::compare),
        get("/api/v1/catalogue", View, Api, compare::catalogue),
        get("/api/v1/findings", View, Api, read::findings),
        get("/api/v1/findings/{id}", View, Api, read::finding),
        get("/api/v1/findings/{id}/objects", View, Api, objects::of_finding),
        get("/api/v1/trends", View, Api, trends::get),
        post("/api/v1/decisions", Decide, Api, decisions::create),
        post("/api/v1/decisions/review", Review, Api, decisions::review),
        post("/api/v1/decisions/{id}/undo", Decide, Api, decisions::undo),
        get("/api/v1/assignees", View, Api, decisions::assignees),
        get("/api/v1/my-work", View, Api, decisions::my_work),
        get("/api/v1/packs", View, Api, packs::list),
        post("/api/v1/packs", CreatePack, Api, packs::create),
        get("/api/v1/packs/{id}", View, Api, packs::status),
        get("/api/v1/packs/{id}/archive", DownloadPack, Api, packs::archive),
        get("/api/v1/ledger", View, Api, read::ledger),
        get("/api/v1/openapi.json", View, Api, openapi::get),
        get("/events/scans", View, Stream, events::scans),
        // What clusters send. The second is for senders that cannot set a header.
        post("/intake/v1/{source}", Permission::Intake, Intake, intake::receive),
        post("/intake/v1/{source}/{token}", Permission::Intake, Intake, intake::receive),
        // For machines that watch over the server.
        get("/healthz", Public, Api, health::healthz),
        get("/readyz", Public, Api, health::readyz),
        get("/metrics", Public, Api, metrics::get),
        // Files.
        get("/static/{*path}", Public, Asset, assets::asset),
    ]
}
