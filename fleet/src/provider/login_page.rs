//! The log-in page: plain HTML, no script, a policy that allows none.

use super::Person;
use axum::{
    body::Body,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::fmt::Write as _;
use url::Url;

const STYLE: &str = include_str!("login.css");

/// A page with a button for each person.
pub(super) fn page(issuer: &str, request: &str, people: &[Person], redirect_uri: &Url) -> Response {
    let mut buttons = String::new();
    for person in people {
        // Writing to a String cannot fail.
        let _ = write!(
            buttons,
            "<li><button type=\"submit\" name=\"person\" value=\"{}\"><strong>{}</strong><span>{}</span><small>{} · {}</small></button></li>",
            escaped(&person.id),
            escaped(&person.name),
            escaped(&person.about),
            escaped(&person.email),
            escaped(&person.groups.join(", ")),
        );
    }
    let body = format!(
        "<h1>Who are you today?</h1><p>This is the demo's identity provider. It asks for no password.</p>\
         <form method=\"post\" action=\"{issuer}/auth/login\"><input type=\"hidden\" name=\"request\" value=\"{}\">\
         <ul>{buttons}</ul><button type=\"submit\" class=\"plain\">Cancel</button></form>",
        escaped(request)
    );
    document(StatusCode::OK, issuer, &body, &redirect_uri.origin().ascii_serialization())
}

/// A page that says why nothing more happens.
pub(super) fn refusal(status: StatusCode, why: &str) -> Response {
    document(status, "/dex", &format!("<h1>Log-in is not possible</h1><p>{}</p>", escaped(why)), "")
}

/// `GET {issuer}/static/login.css`.
pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// `form_target`: an origin that a form's answer may redirect to, which `form-action` would otherwise stop.
fn document(status: StatusCode, base: &str, body: &str, form_target: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Demo log-in</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"{base}/static/login.css\"></head><body><main>{body}</main></body></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {form_target}"
    );
    let mut answer: Response<Body> = (status, Html(page)).into_response();
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
