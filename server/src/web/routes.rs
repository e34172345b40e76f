//! THE table: every route of the product, with who may use it. Nothing is served that is not a row here.

use super::{
    api::{
        acceptances, access, compare, coverage, decisions, ledger, notifications, objects, openapi, packs, people,
        read, tokens, trends, views,
    },
    events, health, intake, metrics,
    pages::{self, assets},
    route::{
        Kind::{Api, Asset, Auth, Intake, Page, Stream},
        Narrow::{ByFinding, ByHandler, ByName, ByParameter, NotNeeded},
        Route, get, post,
    },
};
use crate::auth::{login, logout};
use model::role::Permission::{
    self, Administer, Approve, CreatePack, Decide, DownloadPack, KeepViews, ManageTokens, Public, ReadLedger, Review,
    Subscribe, View,
};

/// Every route. The router is built from it, and the tests that try each route as everybody walk it.
pub fn routes() -> Vec<Route> {
    [
        logging_in(),
        pages(),
        pages_of_decisions(),
        pages_of_records(),
        api(),
        api_of_decisions(),
        api_of_records(),
        machines(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Logging in and out.
fn logging_in() -> Vec<Route> {
    vec![
        get("/auth/login", Public, Auth, login::start),
        get("/auth/callback", Public, Auth, login::callback),
        post("/auth/logout", Public, Auth, logout::end),
        get("/auth/logged-out", Public, Auth, logout::logged_out),
    ]
}

/// Pages that show the evidence.
fn pages() -> Vec<Route> {
    vec![
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
        get("/trends", View, Page, pages::trends::show),
        get("/trends.csv", View, Page, pages::trends::csv).exports(),
        get("/clusters", View, Page, pages::clusters::list),
        get("/clusters/{name}", View, Page, pages::clusters::show),
        get("/coverage", View, Page, pages::coverage::show),
        get("/compare", View, Page, pages::compare::show),
        get("/clusters/{name}/access", View, Page, pages::access::show),
        get("/clusters/{name}/access.csv", View, Page, pages::access::csv).exports(),
    ]
}

/// Pages of decisions and risk acceptances.
fn pages_of_decisions() -> Vec<Route> {
    vec![
        post("/findings/decide", Decide, Page, pages::deciding::several),
        post("/findings/confirm", Decide, Page, pages::deciding::confirm),
        post("/findings/{id}/decide", Decide, Page, pages::deciding::one),
        post("/findings/{id}/review", Review, Page, pages::deciding::review),
        post("/decisions/{id}/undo", Decide, Page, pages::deciding::undo),
        get("/my-work", View, Page, pages::my_work::show),
        get("/acceptances", View, Page, pages::acceptances::list),
        get("/acceptances.ics", View, Page, pages::acceptances::feed).feeds(),
        get("/acceptances/new", View, Page, pages::acceptances::new),
        get("/acceptances/{id}", View, Page, pages::acceptances::show),
        get("/acceptances/{id}/attachments/{attachment}", View, Page, pages::acceptances::download).exports(),
        post("/acceptances", Decide, Page, pages::acceptances::ask),
        post("/acceptances/{id}/attachments", Decide, Page, pages::acceptances::attach),
        post("/acceptances/{id}/withdraw", Decide, Page, pages::acceptances::withdraw),
        post("/acceptances/{id}/approve", Approve, Page, pages::acceptances::approve),
        post("/acceptances/{id}/reject", Approve, Page, pages::acceptances::reject),
        post("/acceptances/{id}/revoke", Approve, Page, pages::acceptances::revoke),
    ]
}

/// Pages of packs, the ledger, tokens, people, preferences and notifications.
fn pages_of_records() -> Vec<Route> {
    vec![
        get("/packs", View, Page, pages::packs::list),
        post("/packs", CreatePack, Page, pages::packs::create),
        get("/packs/{id}/archive", DownloadPack, Page, pages::packs::archive),
        get("/ledger", ReadLedger, Page, pages::ledger::show),
        get("/ledger/anchors/{id}/receipt", ReadLedger, Page, pages::ledger::receipt).exports(),
        get("/tokens", View, Page, pages::tokens::list),
        post("/tokens", ManageTokens, Page, pages::tokens::create),
        post("/tokens/{id}/revoke", ManageTokens, Page, pages::tokens::revoke),
        get("/views", View, Page, pages::views::list),
        get("/views/{id}", View, Page, pages::views::open),
        post("/views", KeepViews, Page, pages::views::save),
        post("/views/{id}/change", KeepViews, Page, pages::views::change),
        post("/views/{id}/remove", KeepViews, Page, pages::views::remove),
        get("/preferences", Public, Page, pages::preferences::show),
        post("/preferences", Public, Page, pages::preferences::keep),
        // As logging out, it is for everybody, and changes nothing that is on record of clusters.
        post("/preferences/sessions/end-others", View, Page, pages::preferences::end_other_sessions),
        get("/people", Administer, Page, pages::people::list),
        post("/people/{id}/end-sessions", Administer, Page, pages::people::end_sessions),
        get("/notifications", Subscribe, Page, pages::notifications::own),
        post("/notifications/rules", Subscribe, Page, pages::notifications::add),
        post("/notifications/rules/{id}/end", Subscribe, Page, pages::notifications::end),
        get("/notifications/channels", Administer, Page, pages::notifications::channels),
        post("/notifications/channels/{name}/test", Administer, Page, pages::notifications::test),
        post("/notifications/team-rules", Administer, Page, pages::notifications::add_for_team),
        post("/notifications/team-rules/{id}/end", Administer, Page, pages::notifications::end_of_team),
        get("/notifications/log", Administer, Page, pages::notifications::log),
        get("/notifications/dead", Administer, Page, pages::notifications::dead),
        post("/notifications/messages/{id}/again", Administer, Page, pages::notifications::again),
    ]
}

/// The API: the evidence.
fn api() -> Vec<Route> {
    vec![
        get("/api/v1/overview", View, Api, read::overview),
        get("/api/v1/clusters", View, Api, read::clusters),
        get("/api/v1/clusters/{name}", View, Api, read::cluster).narrow(ByName),
        get("/api/v1/clusters/{name}/access", View, Api, access::review).narrow(ByName),
        get("/api/v1/controls", View, Api, read::controls).narrow(ByParameter),
        get("/api/v1/controls/{id}", View, Api, read::control).narrow(ByParameter),
        get("/api/v1/checks", View, Api, read::checks).narrow(ByParameter),
        get("/api/v1/checks/{id}", View, Api, read::check).narrow(ByParameter),
        get("/api/v1/objects/{digest}", View, Api, read::objects),
        get("/api/v1/coverage", View, Api, coverage::coverage).narrow(ByParameter),
        get("/api/v1/objects/{digest}/{namespace}/{name}", View, Api, objects::object),
        get("/api/v1/compare", View, Api, compare::compare).narrow(ByParameter),
        get("/api/v1/catalogue", View, Api, compare::catalogue).narrow(NotNeeded),
        get("/api/v1/findings", View, Api, read::findings).narrow(ByParameter),
        get("/api/v1/findings/groups", View, Api, read::finding_groups).narrow(ByParameter),
        get("/api/v1/findings/{id}", View, Api, read::finding).narrow(ByFinding),
        get("/api/v1/findings/{id}/objects", View, Api, objects::of_finding).narrow(ByFinding),
        get("/api/v1/trends", View, Api, trends::get).narrow(ByParameter),
        get("/api/v1/openapi.json", View, Api, openapi::get).narrow(NotNeeded),
        get("/events/scans", View, Stream, events::scans),
    ]
}

/// The API: decisions and risk acceptances.
fn api_of_decisions() -> Vec<Route> {
    vec![
        get("/api/v1/findings/{id}/tickets", View, Api, notifications::tickets).narrow(ByFinding),
        post("/api/v1/decisions", Decide, Api, decisions::create).narrow(ByHandler),
        get("/api/v1/acceptances", View, Api, acceptances::list),
        get("/api/v1/acceptances/calendar.ics", View, Api, acceptances::feed).feeds(),
        get("/api/v1/acceptances/preview", View, Api, acceptances::preview),
        get("/api/v1/acceptances/{id}", View, Api, acceptances::show),
        get("/api/v1/acceptances/{id}/attachments/{attachment}", View, Api, acceptances::download).exports(),
        post("/api/v1/acceptances", Decide, Api, acceptances::ask),
        post("/api/v1/acceptances/{id}/attachments", Decide, Api, acceptances::attach),
        post("/api/v1/acceptances/{id}/withdraw", Decide, Api, acceptances::withdraw),
        post("/api/v1/acceptances/{id}/approve", Approve, Api, acceptances::approve),
        post("/api/v1/acceptances/{id}/reject", Approve, Api, acceptances::reject),
        post("/api/v1/acceptances/{id}/revoke", Approve, Api, acceptances::revoke),
        post("/api/v1/decisions/review", Review, Api, decisions::review),
        post("/api/v1/decisions/{id}/undo", Decide, Api, decisions::undo),
        get("/api/v1/assignees", View, Api, decisions::assignees),
        get("/api/v1/my-work", View, Api, decisions::my_work),
    ]
}

/// The API: packs, the ledger, tokens, people and notifications.
fn api_of_records() -> Vec<Route> {
    vec![
        get("/api/v1/notifications/rules", Subscribe, Api, notifications::own),
        post("/api/v1/notifications/rules", Subscribe, Api, notifications::add),
        post("/api/v1/notifications/rules/{id}/end", Subscribe, Api, notifications::end),
        get("/api/v1/notifications/channels", Administer, Api, notifications::channels),
        post("/api/v1/notifications/channels/{name}/test", Administer, Api, notifications::test),
        get("/api/v1/notifications/team-rules", Administer, Api, notifications::of_teams),
        post("/api/v1/notifications/team-rules", Administer, Api, notifications::add_for_team),
        post("/api/v1/notifications/team-rules/{id}/end", Administer, Api, notifications::end_of_team),
        get("/api/v1/notifications/messages", Administer, Api, notifications::messages),
        post("/api/v1/notifications/messages/{id}/again", Administer, Api, notifications::again),
        get("/api/v1/packs", View, Api, packs::list),
        post("/api/v1/packs", CreatePack, Api, packs::create),
        get("/api/v1/packs/{id}", View, Api, packs::status),
        get("/api/v1/packs/{id}/archive", DownloadPack, Api, packs::archive),
        get("/api/v1/ledger", ReadLedger, Api, read::ledger).feeds(),
        get("/api/v1/ledger/entries", ReadLedger, Api, ledger::entries),
        get("/api/v1/ledger/anchors/{id}/receipt", ReadLedger, Api, ledger::receipt).exports(),
        get("/api/v1/tokens", View, Api, tokens::list),
        post("/api/v1/tokens", ManageTokens, Api, tokens::create),
        post("/api/v1/tokens/{id}/revoke", ManageTokens, Api, tokens::revoke),
        get("/api/v1/people", Administer, Api, people::list),
        post("/api/v1/people/{id}/end-sessions", Administer, Api, people::end_sessions),
        get("/api/v1/views", View, Api, views::list),
        post("/api/v1/views", KeepViews, Api, views::save),
        post("/api/v1/views/{id}/change", KeepViews, Api, views::change),
        post("/api/v1/views/{id}/remove", KeepViews, Api, views::remove),
    ]
}

/// Clusters, machines that watch over the server, and files.
fn machines() -> Vec<Route> {
    vec![
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
