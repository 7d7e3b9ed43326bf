//! What happened just before, carried over one redirect in a cookie that names a text, never holds one.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use i18n::Arg;
use serde::{Deserialize, Serialize};

/// How a notice sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It is done.
    Done,
    /// Good to know.
    Info,
    /// Look out.
    Warning,
}

/// A way back, open for ten seconds on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Where the form is sent.
    pub action: String,
}

/// Something to say on the next page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// How it sounds.
    pub tone: Tone,
    /// The text's key.
    pub key: String,
    /// What the text is filled with.
    pub args: Vec<(String, Arg)>,
    /// The way back, where there is one.
    pub undo: Option<Undo>,
}

impl Notice {
    /// It is done.
    #[must_use]
    pub fn done(key: &str) -> Self {
        Self { tone: Tone::Done, key: key.to_owned(), args: Vec::new(), undo: None }
    }

    /// Good to know.
    #[must_use]
    pub fn info(key: &str) -> Self {
        Self { tone: Tone::Info, ..Self::done(key) }
    }

    /// Look out.
    #[must_use]
    pub fn warning(key: &str) -> Self {
        Self { tone: Tone::Warning, ..Self::done(key) }
    }

    /// Fills the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a way back.
    #[must_use]
    pub fn undo(mut self, action: impl Into<String>) -> Self {
        self.undo = Some(Undo { action: action.into() });
        self
    }
}

const COOKIE_NAME: &str = "avis";

pub(crate) fn read(headers: &HeaderMap) -> Option<Notice> {
    let cookie = cookie(headers, COOKIE_NAME)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()
}

/// One cookie's value.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

pub(crate) fn write(response: &mut Response, notice: &Notice, secure: bool) {
    let Ok(json) = serde_json::to_vec(notice) else { return };
    set(response, &URL_SAFE_NO_PAD.encode(json), 60, secure);
}

/// What was shown is not shown again.
pub(crate) fn clear(response: &mut Response, secure: bool) {
    set(response, "", 0, secure);
}

fn set(response: &mut Response, value: &str, seconds: u32, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE_NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(value: &[u8]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(COOKIE, value);
        }
        headers
    }

    #[test]
    fn a_notice_is_carried_over_and_forgotten() {
        let notice = Notice::done("web-undo").with("kg", "12").with("count", 3_i64).undo("/stock/annuler");
        let mut response = Response::default();
        write(&mut response, &notice, true);
        let cookie =
            response.headers().get(SET_COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
        let pair = cookie.split(';').next().unwrap_or_default();
        assert_eq!(read(&headers(format!("autre=1; {pair}").as_bytes())), Some(notice));
        clear(&mut response, false);
        let cleared =
            response.headers().get_all(SET_COOKIE).iter().next_back().and_then(|value| value.to_str().ok());
        assert_eq!(cleared, Some("avis=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    }

    proptest! {
        /// The cookie is the browser's: whatever it says is a notice or none.
        #[test]
        fn any_cookie_is_a_notice_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let _ = read(&headers(&bytes));
            let mut named = b"avis=".to_vec();
            named.extend(&bytes);
            let _ = read(&headers(&named));
            let _ = read(&headers(format!("avis={}", URL_SAFE_NO_PAD.encode(&bytes)).as_bytes()));
        }

        #[test]
        fn a_cookie_is_found_by_its_name(before in "[a-z=; ]{0,20}", value in "[A-Za-z0-9_-]{1,40}") {
            let headers = headers(format!("{before}; jeton={value}; jeton-autre=x").as_bytes());
            let found = cookie(&headers, "jeton");
            prop_assert!(found.is_some());
            if !before.contains("jeton=") {
                prop_assert_eq!(found, Some(value.as_str()));
            }
        }
    }
}
