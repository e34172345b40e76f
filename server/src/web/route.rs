//! What a row of the route table is.

use crate::app::App;
use axum::{
    handler::Handler,
    routing::{self, MethodRouter},
};
use http::Method;
use model::role::Permission;

/// What answers on a route, which decides how refusals look and what keeps a session alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// HTML for a person. Without a session it leads to the log-in. Keeps the session alive.
    Page,
    /// Data, usually JSON. Refusals are JSON. Reading it does not keep a session alive, since pages poll it.
    Api,
    /// Server-sent events. Ends when its session does, and never keeps one alive.
    Stream,
    /// A file that is the same for everybody.
    Asset,
    /// A step of logging in or out.
    Auth,
    /// What a cluster sends by itself, with a token of its own. No cookie is read there, and refusals are problem
    /// documents (RFC 9457).
    Intake,
}

/// The paths of [`Kind::Intake`], and no others, begin so.
pub const INTAKE: &str = "/intake/";

/// A row of the table: what is asked, who may, and who answers.
pub struct Route {
    /// The method. GET answers HEAD too.
    pub method: Method,
    /// The path, as axum writes it: `/controls/{id}`.
    pub path: &'static str,
    /// What the visitor must be allowed.
    pub permission: Permission,
    /// What kind of answer it gives.
    pub kind: Kind,
    /// How it is narrowed for a token that is limited to clusters.
    pub narrow: Narrow,
    /// What it gives to take away, which is put into the ledger whoever asks.
    pub exports: Exports,
    /// The handler.
    pub handler: MethodRouter<App>,
}

/// How a route of the API is narrowed for a token that is limited to clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    /// It cannot be: it speaks of all clusters, and such a token is refused.
    Never,
    /// By its parameter `cluster`, which may repeat.
    ByParameter,
    /// The cluster is the segment after `clusters` of its path.
    ByName,
    /// By the finding whose id is the segment after `findings`.
    ByFinding,
    /// By what its body names; its handler sees to it.
    ByHandler,
    /// It says nothing of any cluster.
    NotNeeded,
}

/// What a route gives to take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exports {
    /// Nothing: a page, or an answer of the API.
    Nothing,
    /// A file. Every use is an entry of the ledger.
    File,
    /// What programs fetch again and again. Whoever asks for it has one entry an hour at most; auditors one each time, as of
    /// everything that they see.
    Feed,
}

impl Route {
    /// The same, narrowed in this way.
    #[must_use]
    pub const fn narrow(mut self, how: Narrow) -> Self {
        self.narrow = how;
        self
    }

    /// The same, of which every use is in the ledger.
    #[must_use]
    pub const fn exports(mut self) -> Self {
        self.exports = Exports::File;
        self
    }

    /// The same, of which the ledger hears once an hour.
    #[must_use]
    pub const fn feeds(mut self) -> Self {
        self.exports = Exports::Feed;
        self
    }
}

/// A row for GET (and HEAD).
pub fn get<H, T>(path: &'static str, permission: Permission, kind: Kind, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route {
        method: Method::GET,
        path,
        permission,
        kind,
        narrow: Narrow::Never,
        exports: Exports::Nothing,
        handler: routing::get(handler),
    }
}

/// A row for POST, the only method that changes anything.
pub fn post<H, T>(path: &'static str, permission: Permission, kind: Kind, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route {
        method: Method::POST,
        path,
        permission,
        kind,
        narrow: Narrow::Never,
        exports: Exports::Nothing,
        handler: routing::post(handler),
    }
}
