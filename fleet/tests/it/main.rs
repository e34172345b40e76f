//! The simulators, asked over real HTTP.

mod cluster;
mod provider;
mod story;

use std::time::Duration;

/// A client as careful as the server's own: it follows no redirects and does not wait for ever.
fn client() -> reqwest::Client {
    let _installed_before = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(5))
        .build()
        .expect("a client")
}
