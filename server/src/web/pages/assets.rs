//! Style sheets, scripts, icons and islands: built into the program, so that it is one file to install.
//!
//! A development build reads them from `static/` at every request instead.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::{fmt::Write, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "../static/"]
struct Assets;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut version = String::new();
    let mut mixed = [0_u8; 6];
    for hash in Assets::iter().filter_map(|path| Assets::get(&path)).map(|file| file.metadata.sha256_hash()) {
        mixed.iter_mut().zip(hash).for_each(|(byte, part)| *byte = byte.rotate_left(1) ^ part);
    }
    for byte in mixed {
        // Writing to a string cannot fail.
        let _written = write!(version, "{byte:02x}");
    }
    version
});

/// Changes when any asset does. Pages ask for `…?v=<version>`, so that browsers may keep assets for ever.
pub fn version() -> &'static str {
    &VERSION
}

/// `GET /static/{*path}`
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((file, encoding)) = find(&path, accepted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Body::from(file.data).into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path)));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching()));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The file, smaller where a compressed one lies beside it and the browser takes it.
fn find(path: &str, accepted: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let takes =
        |coding: &str| accepted.split(',').any(|part| part.split(';').next().unwrap_or_default().trim() == coding);
    for (coding, extension) in [("br", "br"), ("gzip", "gz")] {
        if takes(coding)
            && let Some(file) = Assets::get(&format!("{path}.{extension}"))
        {
            return Some((file, Some(coding)));
        }
    }
    Assets::get(path).map(|file| (file, None))
}

const fn caching() -> &'static str {
    if cfg!(debug_assertions) { "no-cache" } else { "public, max-age=31536000, immutable" }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
