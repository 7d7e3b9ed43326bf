//! What a form sent: names and texts, and files of bounded size.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use axum_extra::extract::{Form as FormBody, Query};

use crate::sent::{Sent, SentForm, key_of};
use crate::{App, Problem};

/// The texts of a form, in the order sent.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pairs: Vec<(String, String)>,
    /// The fingerprint of everything that was sent, where it came as a form.
    sent: Option<String>,
}

impl Input {
    /// From pairs: for tests and for links.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, sent: None }
    }

    /// The first text of that name, as typed.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every text of that name.
    pub fn all<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every pair.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The key of the act that the form asks for, and the fingerprint of all that was sent.
    pub(crate) fn key(&self) -> Option<(&str, Option<&str>)> {
        Some((key_of(&self.pairs)?, self.sent.as_deref()))
    }
}

/// The address of a request, and where what it sends is left for whoever answers.
fn about(request: &Request) -> (String, Option<Sent>) {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    (path, request.extensions().get::<Sent>().cloned())
}

impl FromRequest<App> for Input {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;
        if request.method() == axum::http::Method::GET {
            return Query::<Vec<(String, String)>>::from_request(request, app)
                .await
                .map(|Query(mut pairs)| {
                    pairs.iter_mut().for_each(|(_, value)| without_nul(value));
                    Self::new(pairs)
                })
                .map_err(|_unread| Problem::BAD_REQUEST.into_response());
        }
        let (path, sent) = about(&request);
        let FormBody(mut pairs) =
            FormBody::<Vec<(String, String)>>::from_request(request, app).await.map_err(|refused| {
                let status = refused.into_response().status();
                let status =
                    if status == StatusCode::PAYLOAD_TOO_LARGE { status } else { StatusCode::BAD_REQUEST };
                Problem::plain(status).into_response()
            })?;
        pairs.iter_mut().for_each(|(name, value)| {
            without_nul(name);
            without_nul(value);
        });
        let form = SentForm::new(&path, &pairs, std::iter::empty());
        let input = Self { pairs, sent: Some(form.fingerprint.clone()) };
        if let Some(sent) = sent {
            sent.keep(form);
        }
        Ok(input)
    }
}

/// Takes out the one character that is no text and that a database cannot hold. Nobody types it.
fn without_nul(text: &mut String) {
    text.retain(|c| c != '\0');
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
        let (path, sent) = about(&request);
        let mut upload = Self::read(request).await.ok_or_else(|| Problem::BAD_REQUEST.into_response())?;
        let files = upload.files.iter().map(|f| (f.field.as_str(), f.file_name.as_str(), f.bytes.as_slice()));
        let form = SentForm::new(&path, &upload.input.pairs, files);
        upload.input.sent = Some(form.fingerprint.clone());
        if let Some(sent) = sent {
            sent.keep(form);
        }
        Ok(upload)
    }
}

impl Upload {
    /// Reads what came until the end, or until it can no longer be read; `None` where it is no form with files.
    pub async fn read(request: Request) -> Option<Self> {
        let mut body = Multipart::from_request(request, &()).await.ok()?;
        let mut upload = Self::default();
        loop {
            match body.next_field().await {
                Ok(None) => return Some(upload),
                Ok(Some(field)) => {
                    let clean = |text: &str| text.replace('\0', "");
                    let name = clean(field.name().unwrap_or_default());
                    let file_name = field.file_name().map(clean);
                    match (field.bytes().await, file_name) {
                        (Ok(bytes), Some(file_name)) if !bytes.is_empty() => {
                            upload.files.push(Uploaded { field: name, file_name, bytes: bytes.to_vec() });
                        }
                        (Ok(_), Some(_)) => {}
                        (Ok(bytes), None) => {
                            upload.input.pairs.push((name, clean(&String::from_utf8_lossy(&bytes))));
                        }
                        (Err(error), _) => {
                            upload.refused = Some(why(error.status()));
                            return Some(upload);
                        }
                    }
                }
                Err(error) => {
                    upload.refused = Some(why(error.status()));
                    return Some(upload);
                }
            }
        }
    }
}

fn why(status: StatusCode) -> UploadRefused {
    if status == StatusCode::PAYLOAD_TOO_LARGE { UploadRefused::TooLarge } else { UploadRefused::Unreadable }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::prelude::*;

    use super::*;

    fn read(boundary: &str, body: Vec<u8>) -> Option<Upload> {
        let request = Request::post("/")
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
            .body(Body::from(body))
            .expect("a request");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(Upload::read(request))
    }

    proptest! {
        /// What a browser sends is what is read: every text and every file, in the order sent.
        #[test]
        fn a_form_is_read_as_it_was_sent(
            texts in proptest::collection::vec(("[a-z-]{1,12}", "[^\0]{0,60}"), 0..6),
            files in proptest::collection::vec(("[a-z]{1,8}", "[a-zé ]{1,8}\\.jpg", proptest::collection::vec(any::<u8>(), 1..80)), 0..3),
        ) {
            let mut body = Vec::new();
            for (name, value) in &texts {
                body.extend(format!("--b0undary--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
            }
            for (field, file_name, bytes) in &files {
                body.extend(format!("--b0undary--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\r\n").bytes());
                body.extend(bytes);
                body.extend(b"\r\n");
            }
            body.extend(b"--b0undary--x--\r\n");
            let upload = read("b0undary--x", body).expect("a form with files");
            prop_assert_eq!(upload.refused, None);
            prop_assert_eq!(upload.input.pairs(), texts);
            let read: Vec<_> =
                upload.files.into_iter().map(|file| (file.field, file.file_name, file.bytes)).collect();
            prop_assert_eq!(read, files);
        }

        /// Cut anywhere, a form is read as far as it goes, and what was whole is kept.
        #[test]
        fn a_form_cut_short_keeps_what_was_whole(cut in 0_usize..200) {
            let part = |name: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nLait\r\n");
            let whole = format!("{}{}--b--\r\n", part("produit"), part("note")).into_bytes();
            let upload = read("b", whole.iter().copied().take(cut).collect()).expect("a form with files");
            let known = [("produit".to_owned(), "Lait".to_owned()), ("note".to_owned(), "Lait".to_owned())];
            prop_assert!(known.starts_with(upload.input.pairs()));
            prop_assert!(cut < whole.len() - 2 || upload.refused.is_none());
        }

        /// Any bytes are read or refused, and no text holds what a database cannot.
        #[test]
        fn any_bytes_are_a_form_or_not(boundary in "[a-z]{1,4}", parts in proptest::collection::vec(prop_oneof![
            Just(b"--".to_vec()), Just(b"\r\n".to_vec()), Just(b"Content-Disposition: form-data; name=\"a".to_vec()),
            Just(b"\"; filename=\"".to_vec()), Just(b"Content-Type: ".to_vec()), proptest::collection::vec(any::<u8>(), 0..20),
        ], 0..20)) {
            let mut body = format!("--{boundary}").into_bytes();
            body.extend(parts.concat());
            if let Some(upload) = read(&boundary, body) {
                prop_assert!(upload.input.pairs().iter().all(|(name, value)| !name.contains('\0') && !value.contains('\0')));
            }
        }
    }
}
