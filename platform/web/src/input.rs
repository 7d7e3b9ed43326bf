//! What a form sent: names and texts, and files of bounded size.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use axum_extra::extract::{Form as FormBody, Query};

use crate::{App, Problem};

/// The texts of a form, in the order sent.
#[derive(Clone, Debug, Default)]
pub struct Input(Vec<(String, String)>);

impl Input {
    /// From pairs: for tests and for links.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first text of that name, as typed.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every text of that name.
    pub fn all<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every pair.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl FromRequest<App> for Input {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;
        if request.method() == axum::http::Method::GET {
            return Query::<Vec<(String, String)>>::from_request(request, app)
                .await
                .map(|Query(pairs)| Self(pairs))
                .map_err(|_unread| Problem::BAD_REQUEST.into_response());
        }
        FormBody::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map(|FormBody(pairs)| Self(pairs))
            .map_err(|refused| {
                let status = refused.into_response().status();
                let status =
                    if status == StatusCode::PAYLOAD_TOO_LARGE { status } else { StatusCode::BAD_REQUEST };
                crate::problem::unexplained(status, None)
            })
    }
}

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct Uploaded {
    /// The field's name.
    pub field: String,
    /// The file's name on the sender's machine; shown, never used as a path.
    pub file_name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why files could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadRefused {
    /// More than the page takes.
    TooLarge,
    /// Not what a form sends.
    Unreadable,
}

/// A form with files.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// Its texts.
    pub input: Input,
    /// Its files; a file field left empty is not here.
    pub files: Vec<Uploaded>,
    /// Why some were not taken. The texts read so far are kept.
    pub refused: Option<UploadRefused>,
}

impl Upload {
    /// The file of a field.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Uploaded> {
        self.files.iter().find(|file| file.field == field)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;
        let is_multipart = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        if !is_multipart {
            let input = Input::from_request(request, app).await?;
            return Ok(Self { input, ..Self::default() });
        }
        let mut body = Multipart::from_request(request, app)
            .await
            .map_err(|_unread| Problem::BAD_REQUEST.into_response())?;
        let mut upload = Self::default();
        loop {
            match body.next_field().await {
                Ok(None) => return Ok(upload),
                Ok(Some(field)) => {
                    let name = field.name().unwrap_or_default().to_owned();
                    let file_name = field.file_name().map(ToOwned::to_owned);
                    match (field.bytes().await, file_name) {
                        (Ok(bytes), Some(file_name)) if !bytes.is_empty() => {
                            upload.files.push(Uploaded { field: name, file_name, bytes: bytes.to_vec() });
                        }
                        (Ok(_), Some(_)) => {}
                        (Ok(bytes), None) => {
                            upload.input.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                        }
                        (Err(error), _) => {
                            upload.refused = Some(why(error.status()));
                            return Ok(upload);
                        }
                    }
                }
                Err(error) => {
                    upload.refused = Some(why(error.status()));
                    return Ok(upload);
                }
            }
        }
    }
}

fn why(status: StatusCode) -> UploadRefused {
    if status == StatusCode::PAYLOAD_TOO_LARGE { UploadRefused::TooLarge } else { UploadRefused::Unreadable }
}
