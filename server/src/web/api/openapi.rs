//! The OpenAPI document, written from the handlers themselves.

use super::{
    acceptances, access, compare, coverage, decisions, ledger, notifications, objects, packs, people, read, tokens,
    trends, views,
};
use axum::Json;
use utoipa::OpenApi;

/// The document's root.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bevis",
        description = "What Bevis knows of controls, clusters and findings. A request carries a token \
                       (`Authorization: Bearer`), or the session cookie of a person who is logged in; roles decide, as on the \
                       pages, and a token's own scopes besides. A write may carry an `Idempotency-Key`: the same request under \
                       the same key has one effect and one answer for 24 hours. Lists are paged by an opaque cursor. Every answer speaks of an instant: now, or \
                       `as_of` in the query (RFC 3339 with its offset), and says in `known` whether anything had been read \
                       by then. An instant that nothing can be said of is answered with \
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
        read::finding_groups,
        read::finding,
        objects::of_finding,
        read::ledger,
        ledger::entries,
        ledger::receipt,
        tokens::list,
        tokens::create,
        tokens::revoke,
        people::list,
        people::end_sessions,
        views::list,
        views::save,
        views::change,
        views::remove,
        compare::compare,
        compare::catalogue,
        trends::get,
        decisions::create,
        notifications::tickets,
        notifications::own,
        notifications::add,
        notifications::end,
        notifications::channels,
        notifications::test,
        notifications::of_teams,
        notifications::add_for_team,
        notifications::end_of_team,
        notifications::messages,
        notifications::again,
        acceptances::list,
        acceptances::feed,
        acceptances::preview,
        acceptances::show,
        acceptances::download,
        acceptances::ask,
        acceptances::attach,
        acceptances::withdraw,
        acceptances::approve,
        acceptances::reject,
        acceptances::revoke,
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
