//! One request: who came, in what language, and what they need to be answered.

use std::convert::Infallible;
use std::net::IpAddr;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use i18n::Words;
use kernel::{CoordinationId, Cx, Locale, Via, Viewer};

use crate::notice::{self, Notice};
use crate::{App, Input, Problem, Shell};

/// The network address at the other end of a connection, left on each of its requests by whoever listens.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Who came, as found by the accounts' middleware.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// Everything that decides what they may see and do.
    pub viewer: Viewer,
    /// The coordination they are in.
    pub coordination: Option<CoordinationId>,
    /// Their language.
    pub locale: Locale,
    /// The territory's zone, where it is not Paris.
    pub zone: Option<kernel::time::Tz>,
    /// Their name, for the page head.
    pub person_name: Option<String>,
    /// Their structure's name.
    pub structure_name: Option<String>,
    /// Their coordination's name.
    pub coordination_name: Option<String>,
    /// Whom to call when lost.
    pub help_phone: Option<String>,
    /// The network address they come from, where it is known.
    pub client: Option<IpAddr>,
}

/// One request and all it needs. Cheap to clone.
#[derive(Clone)]
pub struct Visit {
    /// The house.
    pub app: App,
    /// The context for use cases.
    pub cx: Cx,
    /// The reader's words.
    pub words: Words,
    /// Who came.
    pub arrival: Arrival,
    /// The path and query asked for.
    pub path: String,
    /// What happened just before, to be shown once.
    pub(crate) notice: Option<Notice>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::from_parts(parts, app))
    }
}

impl Visit {
    /// The visit of a request's parts; somebody nobody knows where no middleware said otherwise.
    #[must_use]
    pub fn from_parts(parts: &Parts, app: &App) -> Self {
        let arrival = parts.extensions.get::<Arrival>().cloned().unwrap_or_default();
        let mut cx = Cx::new(app.world.clone(), arrival.viewer.clone());
        cx.coordination = arrival.coordination;
        cx.locale = arrival.locale;
        if let Some(zone) = arrival.zone {
            cx.zone = zone;
        }
        let words = Words::new(app.catalogue.clone(), &cx);
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Self { app: app.clone(), cx, words, arrival, path, notice: notice::read(&parts.headers) }
    }

    /// The context of an act: the visit's, with the key the form carried and the fingerprint of all it sent.
    #[must_use]
    pub fn act(&self, input: &Input) -> Cx {
        match input.key() {
            Some((key, Some(sent))) => self.cx.clone().with_sent(key, sent),
            Some((key, None)) => self.cx.clone().with_key(key),
            None => self.cx.clone(),
        }
    }

    /// A new key for a form's hidden field `cle`.
    #[must_use]
    pub fn new_key(&self) -> String {
        self.cx.new_uuid().simple().to_string()
    }

    /// The coordination they are in.
    ///
    /// # Errors
    /// [`Problem`] that leads whoever is not signed in to the door; forbidden to whoever is, and is in none: the door
    /// would only lead them back here.
    pub fn coordination(&self) -> Result<CoordinationId, Problem> {
        self.known()?;
        self.cx.coordination.ok_or(Problem::FORBIDDEN)
    }

    /// The same on the pages that some link opens.
    ///
    /// # Errors
    /// As [`Self::coordination`].
    pub fn coordination_or_of_link(&self) -> Result<CoordinationId, Problem> {
        self.known_or_by_link()?;
        self.cx.coordination.ok_or(Problem::FORBIDDEN)
    }

    /// Leads whoever is not signed in to the door, and back here afterwards: a link opens its own pages and no other.
    ///
    /// # Errors
    /// [`Problem`] that leads to signing in.
    pub fn known(&self) -> Result<(), Problem> {
        match self.cx.viewer.via {
            Via::Anonymous | Via::Link { .. } => Err(Problem::sign_in(&self.path)),
            _ => Ok(()),
        }
    }

    /// The same on the pages that some link opens; what it opens there, the page itself asks.
    ///
    /// # Errors
    /// [`Problem`] that leads to signing in.
    pub fn known_or_by_link(&self) -> Result<(), Problem> {
        match self.cx.viewer.via {
            Via::Anonymous => Err(Problem::sign_in(&self.path)),
            _ => Ok(()),
        }
    }

    /// The shell around a page; `accent` is the room's colour.
    #[must_use]
    pub fn shell(&self, accent: &'static str) -> Shell {
        Shell::of(self, accent)
    }

    /// Leads on after a change, with something to say there.
    #[must_use]
    pub fn lead_to(&self, path: &str, notice: Notice) -> Response {
        let mut response = see_other(path);
        notice::write(&mut response, &notice, self.app.settings.secure_cookies);
        response
    }
}

/// Leads on without a word.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// Renders a page.
#[must_use]
pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (status, headers, html).into_response()
        }
        Err(error) => Problem::fault(error).into_response(),
    }
}
