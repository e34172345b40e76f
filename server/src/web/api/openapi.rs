//! The OpenAPI document, written from the handlers themselves.

use super::{access, compare, coverage, decisions, objects, packs, read, trends};
use axum::Json;
use utoipa::OpenApi;

/// The document's root.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bevis",
        description = "What Bevis knows of controls, clusters and findings. A request carries the session cookie of a person \
                       who is logged in; roles decide, as on the pages. Lists are paged by an opaque cursor. Every answer speaks of an instant: now, or \
                       `as_of` in the query (RFC 3339 with its offset). An instant that nothing can be said of is answered with \
                       a problem document (RFC 9457).",
    ),
    paths(
        read::overview,
        read::clusters,
        read::cluster,
        access::review,
        read::controls,
        read::control,
        read::checks,
        read::check,
        read::objects,
        coverage::coverage,
        objects::object,
        read::findings,
        read::finding,
        objects::of_finding,
        read::ledger,
        compare::compare,
        compare::catalogue,
        trends::get,
        decisions::create,
        decisions::review,
        decisions::undo,
        decisions::assignees,
        decisions::my_work,
        packs::list,
        packs::create,
        packs::status,
        packs::archive,
    )
)]
struct Document;

/// `GET /api/v1/openapi.json`
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}

/// The document as a value.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
