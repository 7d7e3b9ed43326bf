//! Failures become answers here and nowhere else:
//!
//! | failure | answer |
//! |---|---|
//! | refused | 422, the form again, what was typed kept (the page does this, see [`refusal`]) |
//! | not found, or may not be known | 404 |
//! | forbidden | 403 |
//! | changed by somebody else | 409 (the page shows both versions where it can) |
//! | fault | 500 with a reference to quote; 503 where trying again may help, or where somebody must make room |
//! | nobody we know | 303 to the door, and back afterwards |

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Failure, Fault, Never, Remedy};

use crate::visit::see_other;

/// What a handler answers.
pub type Answer = Result<Response, Problem>;

/// A failure on its way to becoming a page.
#[derive(Debug)]
pub struct Problem(Why);

#[derive(Debug)]
enum Why {
    Plain(StatusCode),
    Fault(Fault),
    SignIn(String),
}

/// Left on the response for the layer that writes the page.
#[derive(Clone, Debug)]
pub(crate) struct Unexplained {
    pub(crate) reference: Option<String>,
    pub(crate) remedy: Option<Remedy>,
}

impl Problem {
    /// There is nothing there.
    pub const NOT_FOUND: Self = Self(Why::Plain(StatusCode::NOT_FOUND));
    /// It is not for this viewer to do.
    pub const FORBIDDEN: Self = Self(Why::Plain(StatusCode::FORBIDDEN));
    /// Somebody else changed it in between.
    pub const CONFLICT: Self = Self(Why::Plain(StatusCode::CONFLICT));
    /// The request itself makes no sense.
    pub const BAD_REQUEST: Self = Self(Why::Plain(StatusCode::BAD_REQUEST));
    /// Too often.
    pub const TOO_MANY: Self = Self(Why::Plain(StatusCode::TOO_MANY_REQUESTS));
    /// More came with the request than a browser that means well sends: cookies, most likely.
    pub const HEAD_TOO_LARGE: Self = Self(Why::Plain(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    /// The link has had its time.
    pub const GONE: Self = Self(Why::Plain(StatusCode::GONE));

    /// Nothing but a status.
    pub(crate) fn plain(status: StatusCode) -> Self {
        Self(Why::Plain(status))
    }

    /// Something broke.
    pub fn fault(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Why::Fault(Fault::new(cause)))
    }

    /// To the door, and back to `path` afterwards.
    #[must_use]
    pub fn sign_in(path: &str) -> Self {
        Self(Why::SignIn(path.to_owned()))
    }
}

impl From<Failure<Never>> for Problem {
    fn from(failure: Failure<Never>) -> Self {
        match refusal(failure) {
            Ok(never) => match never {},
            Err(problem) => problem,
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Self(Why::Fault(error.into()))
    }
}

/// The refusal to show beside the field, or the problem that ends the request.
///
/// # Errors
/// Every failure that is not a refusal.
pub fn refusal<R>(failure: Failure<R>) -> Result<R, Problem> {
    Err(match failure {
        Failure::Refused(refusal) => return Ok(refusal),
        Failure::NotFound => Problem::NOT_FOUND,
        Failure::Forbidden => Problem::FORBIDDEN,
        Failure::Conflict => Problem::CONFLICT,
        Failure::Fault(fault) => Problem(Why::Fault(fault)),
    })
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self.0 {
            Why::Plain(status) => unexplained(status, None, None),
            Why::SignIn(back) => {
                let back: String = percent(&back);
                see_other(&format!("/connexion?retour={back}"))
            }
            Why::Fault(fault) => {
                let text = fault.to_string();
                let status = match fault.remedy() {
                    Remedy::Repair => StatusCode::INTERNAL_SERVER_ERROR,
                    Remedy::Wait | Remedy::MakeRoom => StatusCode::SERVICE_UNAVAILABLE,
                };
                let reference =
                    kernel::secret::fingerprint(&format!("{text}{:?}", std::time::Instant::now()));
                let reference: String = reference
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .take(8)
                    .collect::<String>()
                    .to_uppercase();
                tracing::error!(reference, error = text, "a request failed");
                unexplained(status, Some(reference), Some(fault.remedy()))
            }
        }
    }
}

fn unexplained(status: StatusCode, reference: Option<String>, remedy: Option<Remedy>) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(Unexplained { reference, remedy });
    response
}

/// Percent-encodes what would end or split a query value.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
