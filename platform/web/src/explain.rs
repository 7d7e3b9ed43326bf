//! The page behind every failure: what happened, what was kept, what to do next. And the one thing that no page alone
//! can know: that what was just sent had been done already.

use std::time::Duration;

use askama::Template;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE, HOST, REFERER, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use kernel::Remedy;

use crate::problem::Unexplained;
use crate::sent::{Sent, SentForm};
use crate::{App, Input, Notice, Shell, Visit, notice, page};

/// How long the text of a form may take to arrive at a house that cannot answer.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    title: String,
    text: String,
    reference: Option<String>,
    again: Again,
}

/// How to try again.
enum Again {
    /// There is no use in it.
    No,
    /// Ask for the page.
    Ask,
    /// Send the same texts: what was typed is in the page.
    Send(Vec<(String, String)>),
    /// What was sent cannot be kept in a page; the page before still holds it.
    GoBack,
}

/// Turns answers without a body (a [`crate::Problem`], an unknown route, a body that is too large…) into pages. Where
/// what was sent turns out to have been done already, no failure of the second sending is shown.
pub async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_parts(&parts, &app);
    let sent = Sent::default();
    parts.extensions.insert(sent.clone());
    let (asked, back) = (Asked::of(&parts), page_before(&parts.headers));
    let response = next.run(Request::from_parts(parts, body)).await;
    let mut response = match done_before(&visit, response.status(), sent.form()).await {
        true => visit.lead_to(&back, Notice::info("web-already-done")),
        false => explained(&visit, &asked, sent.form(), response),
    };
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if visit.notice.is_some() && is_page {
        notice::clear(&mut response, app.settings.secure_cookies);
    }
    response
}

/// The same for an answer given before any page was asked; what was typed is read, so that it is not lost.
pub async fn explain_alone(app: &App, request: Request, response: Response) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_parts(&parts, app);
    let sent = Sent::default();
    parts.extensions.insert(sent.clone());
    let asked = Asked::of(&parts);
    if asked.sends_texts {
        let read = Input::from_request(Request::from_parts(parts, body), app);
        let _ = tokio::time::timeout(PATIENCE, read).await;
    }
    explained(&visit, &asked, sent.form(), response)
}

/// What an explanation depends on of what was asked.
struct Asked {
    /// Whether a page was asked for, and nothing sent.
    looks: bool,
    /// Whether it is a form of texts alone.
    sends_texts: bool,
}

impl Asked {
    fn of(parts: &Parts) -> Self {
        let kind = parts.headers.get(CONTENT_TYPE);
        let is_form =
            kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        Self {
            looks: parts.method == Method::GET || parts.method == Method::HEAD,
            sends_texts: parts.method == Method::POST && is_form,
        }
    }
}

/// Whether a second sending failed only because the first one succeeded.
async fn done_before(visit: &Visit, status: StatusCode, form: Option<&SentForm>) -> bool {
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let Some(act) = form.and_then(|form| form.act(&visit.cx)) else { return false };
    // Where even this cannot be known, the failure itself is shown.
    visit.app.db.was_done(&act).await.unwrap_or(false)
}

/// The page of ours that the form was on, or the home page.
fn page_before(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let path = text(REFERER).zip(text(HOST)).and_then(|(referer, host)| {
        let (_, address) = referer.split_once("://")?;
        address.strip_prefix(host).filter(|path| path.starts_with('/') && !path.starts_with("//"))
    });
    path.unwrap_or("/").to_owned()
}

fn explained(visit: &Visit, asked: &Asked, form: Option<&SentForm>, response: Response) -> Response {
    let mut status = response.status();
    let left = response.extensions().get::<Unexplained>().cloned();
    let kind = response.headers().get(CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || (left.is_none() && !bare) {
        return response;
    }
    // What has no explanation is an address whose parts do not read, such as the number of a page that is no number.
    if status == StatusCode::BAD_REQUEST && left.is_none() {
        status = StatusCode::NOT_FOUND;
    }
    let remedy = left.as_ref().and_then(|left| left.remedy);
    let key = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::CONFLICT => "conflict",
        StatusCode::GONE => "gone",
        StatusCode::PAYLOAD_TOO_LARGE if asked.sends_texts => "too-long",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "head-too-large",
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::REQUEST_TIMEOUT => "timeout",
        StatusCode::SERVICE_UNAVAILABLE if remedy == Some(Remedy::MakeRoom) => "unwritable",
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
        "too-long" => (words.t("web-too-long-title"), words.t("web-too-long-text")),
        "too-large" => (words.t("web-too-large-title"), words.t("web-too-large-text")),
        "head-too-large" => (words.t("web-head-too-large-title"), words.t("web-head-too-large-text")),
        "too-many" => (words.t("web-too-many-title"), words.t("web-too-many-text")),
        "timeout" => (words.t("web-timeout-title"), words.t("web-timeout-text")),
        "unavailable" => (words.t("web-unavailable-title"), words.t("web-unavailable-text")),
        "unwritable" => (words.t("web-unwritable-title"), words.t("web-unwritable-text")),
        "fault" => (words.t("web-fault-title"), words.t("web-fault-text")),
        _ => (words.t("web-bad-request-title"), words.t("web-bad-request-text")),
    };
    let passes = status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT;
    let again = match form {
        _ if key == "too-long" => Again::GoBack,
        _ if !passes => Again::No,
        _ if asked.looks => Again::Ask,
        Some(form) if !form.has_files => Again::Send(form.pairs.clone()),
        _ => Again::GoBack,
    };
    let reference = left.and_then(|left| left.reference);
    let shell = visit.shell("home");
    let mut page = page(status, &ProblemPage { shell, title, text, reference, again });
    if let Some(allowed) = response.headers().get(ALLOW) {
        page.headers_mut().insert(ALLOW, allowed.clone());
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_sending_leads_back_to_our_own_pages_only() {
        for (referer, back) in [
            ("http://ici.fr/stock?lieu=1", "/stock?lieu=1"),
            ("https://ici.fr/", "/"),
            ("https://ici.fr", "/"),
            ("https://ici.fr.ailleurs.fr/stock", "/"),
            ("https://ailleurs.fr/stock", "/"),
            ("https://ici.fr//ailleurs.fr", "/"),
            ("nulle part", "/"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("ici.fr"));
            headers.insert(REFERER, HeaderValue::from_static(referer));
            assert_eq!(page_before(&headers), back, "{referer}");
        }
    }
}
