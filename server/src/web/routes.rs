//! THE table: every route of the product, with who may use it. Nothing is served that is not a row here.

use super::{
    pages::assets,
    route::{
        Kind::{Asset, Auth},
        Route, get, post,
    },
};
use crate::auth::{login, logout};
use model::role::Permission::Public;

/// Every route. The router is built from it, and the tests that try each route as everybody walk it.
pub fn routes() -> Vec<Route> {
    vec![
        // Logging in and out.
        get("/auth/login", Public, Auth, login::start),
        get("/auth/callback", Public, Auth, login::callback),
        post("/auth/logout", Public, Auth, logout::end),
        get("/auth/logged-out", Public, Auth, logout::logged_out),
        // Files.
        get("/static/{*path}", Public, Asset, assets::asset),
    ]
}
