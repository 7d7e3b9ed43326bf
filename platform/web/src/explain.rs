//! The page behind every failure: what happened, what was kept, what to do next.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;

use crate::problem::Unexplained;
use crate::{App, Shell, Visit, page};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    title: String,
    text: String,
    reference: Option<String>,
    retry: bool,
}

/// Turns answers without a body (a [`crate::Problem`], an unknown route, a body that is too large…) into pages.
pub async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::from_parts(&parts, &app);
    let response = next.run(Request::from_parts(parts, body)).await;
    explained(&visit, response)
}

/// The same for an answer given before any page was asked.
#[must_use]
pub fn explain_alone(app: &App, request: &Request, response: Response) -> Response {
    let mut parts = Request::new(axum::body::Body::empty()).into_parts().0;
    parts.uri = request.uri().clone();
    parts.headers = request.headers().clone();
    explained(&Visit::from_parts(&parts, app), response)
}

fn explained(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    let left = response.extensions().get::<Unexplained>().cloned();
    let kind = response.headers().get(CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || (left.is_none() && !bare) {
        return response;
    }
    let key = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::CONFLICT => "conflict",
        StatusCode::GONE => "gone",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::REQUEST_TIMEOUT => "timeout",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        status if status.is_server_error() => "fault",
        _ => "bad-request",
    };
    let words = &visit.words;
    let (title, text) = match key {
        "not-found" => (words.t("web-not-found-title"), words.t("web-not-found-text")),
        "forbidden" => (words.t("web-forbidden-title"), crate::forbidden::why(visit)),
        "conflict" => (words.t("web-conflict-title"), words.t("web-conflict-text")),
        "gone" => (words.t("web-gone-title"), words.t("web-gone-text")),
        "too-large" => (words.t("web-too-large-title"), words.t("web-too-large-text")),
        "too-many" => (words.t("web-too-many-title"), words.t("web-too-many-text")),
        "timeout" => (words.t("web-timeout-title"), words.t("web-timeout-text")),
        "unavailable" => (words.t("web-unavailable-title"), words.t("web-unavailable-text")),
        "fault" => (words.t("web-fault-title"), words.t("web-fault-text")),
        _ => (words.t("web-bad-request-title"), words.t("web-bad-request-text")),
    };
    let retry = status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT;
    let reference = left.and_then(|left| left.reference);
    let mut page = page(status, &ProblemPage { shell: visit.shell("home"), title, text, reference, retry });
    if let Some(allowed) = response.headers().get(ALLOW) {
        page.headers_mut().insert(ALLOW, allowed.clone());
    }
    page
}
