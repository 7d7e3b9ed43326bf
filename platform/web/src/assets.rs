//! The front end, built by `cargo xtask assets`: hashed names, cached for ever. Missing files are not an error;
//! the pages work without them and the log says which command to run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
#[exclude = "*.map"]
struct Dist;

static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// Whether the front end has been built.
#[must_use]
pub fn are_built() -> bool {
    !MANIFEST.is_empty()
}

/// The address of a file by its plain name, e.g. `app.css`; empty when the front end is not built.
#[must_use]
pub fn url(name: &str) -> String {
    MANIFEST.get(name).map(|hashed| format!("/assets/{hashed}")).unwrap_or_default()
}

/// The typefaces for papers, regular first.
#[must_use]
pub fn fonts() -> Vec<Vec<u8>> {
    let mut names: Vec<_> = Dist::iter().filter(|name| name.starts_with("fonts/")).collect();
    names.sort_by_key(|name| (!name.contains("Regular"), name.clone()));
    names.iter().filter_map(|name| Dist::get(name)).map(|file| file.data.into_owned()).collect()
}

/// Serves one file.
pub async fn serve(Path(name): Path<String>) -> Response {
    if name.starts_with("fonts/") || !MANIFEST.values().any(|hashed| *hashed == name) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(file) = Dist::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let body = match file.data {
        Cow::Borrowed(bytes) => axum::body::Body::from(bytes),
        Cow::Owned(bytes) => axum::body::Body::from(bytes),
    };
    (
        [
            (CONTENT_TYPE, HeaderValue::from_static(media_type)),
            (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ],
        body,
    )
        .into_response()
}
