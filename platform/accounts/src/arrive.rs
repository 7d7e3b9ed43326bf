//! The front door: every request is recognised, bounded and answered in words.

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use kernel::{Cx, Locale, Via, Viewer};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;
use web::{App, Arrival, Peer, Problem, Recognised, Routes};

use crate::{links, people, sessions};

/// The most a request may carry, but for pages that take files and say so themselves.
pub const BODY_LIMIT: usize = 256 * 1024;
/// The most that the head of a request may hold, its address and cookies with it: what the usual servers take. What
/// is far beyond is turned away before it comes to this door, without a word.
pub const HEAD_LIMIT: usize = 16 * 1024;
/// How long a request may take, whatever it does.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the door before the house's pages.
pub fn front_door(app: App, pages: Routes) -> Router {
    front_door_within(app, pages, PATIENCE)
}

/// The same with a patience of one's own.
pub fn front_door_within(app: App, pages: Routes, patience: Duration) -> Router {
    pages
        .into_router()
        .fallback(|| async { Problem::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED.into_response() })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Problem::fault("a handler panicked").into_response()
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, patience))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(modest))
        .layer(middleware::from_fn_with_state(app.clone(), web::explain))
        .layer(middleware::from_fn_with_state(app.clone(), arrive))
        .layer(middleware::from_fn(web::protect))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Turns away a request whose head is heavier than any page needs.
async fn modest(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if address + headers > HEAD_LIMIT {
        return Problem::HEAD_TOO_LARGE.into_response();
    }
    next.run(request).await
}

/// Finds out who came, before any page is asked.
async fn arrive(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let stranger = stranger(&request);
    if request.uri().path().starts_with("/assets/") {
        // What is wrong with its address is still said in the reader's language.
        request.extensions_mut().insert(stranger);
        return next.run(request).await;
    }
    match recognise(&app, stranger.clone(), request.headers(), request.uri().query()).await {
        Ok(Came::As(arrival)) => {
            request.extensions_mut().insert(*arrival);
            next.run(request).await
        }
        // The page of a link says better than any other what became of it, and sends a new one.
        Ok(Came::TooLate(token)) => web::see_other(&format!("/l/{token}")),
        Err(error) => {
            // The page that explains is behind us; answer through it as somebody nobody knows.
            request.extensions_mut().insert(stranger);
            web::explain_alone(&app, request, Problem::from(error).into_response()).await
        }
    }
}

/// What a request alone says of whoever sends it: the language they read and where they are.
fn stranger(request: &Request) -> Arrival {
    let headers = request.headers();
    let chosen = web::cookie(headers, "langue").and_then(Locale::from_tag);
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Locale::from_accept_language);
    Arrival { locale: chosen.or(asked).unwrap_or_default(), client: client(request), ..Arrival::default() }
}

/// The network address a request comes from: the one that a proxy of ours names, else the one at the other end. Only a
/// neighbour is taken for a proxy of ours: whoever comes from afar could claim any address.
fn client(request: &Request) -> Option<IpAddr> {
    let Peer(peer) = *request.extensions().get::<Peer>()?;
    let near = match peer {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    };
    let named = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| near)
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    Some(named.unwrap_or(peer))
}

/// How somebody came.
enum Came {
    /// As whoever they are.
    As(Box<Arrival>),
    /// By a link that is no longer good, and by nothing else.
    TooLate(String),
}

async fn recognise(
    app: &App,
    mut arrival: Arrival,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Came, store::Error> {
    let cookie = web::cookie(headers, sessions::COOKIE);
    let token = query.and_then(link_token);
    if cookie.is_none() && token.is_none() {
        return Ok(Came::As(Box::new(arrival)));
    }
    let cx = Cx::new(app.world.clone(), Viewer::default());
    let mut conn = app.db.read().await?;
    // A link wins over a session: whoever opens it means the one thing it is for.
    if let Some(token) = token
        && let Some(link) = links::find(&mut conn, token).await?.filter(|link| link.is_good(cx.now()))
    {
        let known =
            (app.recognise)(&mut conn, link.person_id, link.structure_id, link.coordination_id).await?;
        settle(&mut arrival, known);
        // The link opens one page; it does not lend its holder the structure's keys.
        arrival.viewer = Viewer {
            via: Via::Link { link: link.id, purpose: link.purpose, subject: link.subject_id },
            person: link.person_id,
            structure: link.structure_id,
            ..Viewer::default()
        };
        return Ok(Came::As(Box::new(arrival)));
    }
    if let Some(cookie) = cookie
        && let Some(session) = sessions::find(&mut conn, &cx, cookie).await?
        && let Some(person) = people::person(&mut conn, session.person_id).await?
    {
        let known =
            (app.recognise)(&mut conn, Some(person.id), session.structure_id, session.coordination_id)
                .await?;
        settle(&mut arrival, known);
        arrival.viewer.via = Via::SignedIn;
        arrival.viewer.person = Some(person.id);
        let chosen = web::cookie(headers, "langue").and_then(Locale::from_tag);
        arrival.locale = chosen.unwrap_or_else(|| person.locale());
        arrival.person_name = Some(person.name);
        return Ok(Came::As(Box::new(arrival)));
    }
    Ok(match token {
        Some(token) => Came::TooLate(token.to_owned()),
        None => Came::As(Box::new(arrival)),
    })
}

fn settle(arrival: &mut Arrival, known: Recognised) {
    arrival.viewer = known.viewer;
    arrival.coordination = known.coordination;
    arrival.zone = known.zone;
    arrival.structure_name = known.structure_name;
    arrival.coordination_name = known.coordination_name;
    arrival.help_phone = known.help_phone;
}

/// What an address says is a link's token, where it could be one.
fn link_token(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("jeton=")).filter(|token| {
        !token.is_empty() && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use proptest::prelude::*;

    use super::*;

    fn from(peer: &str, forwarded: &[&str]) -> Option<String> {
        let mut request = Request::new(Body::empty());
        request.extensions_mut().insert(Peer(peer.parse().expect("an address")));
        for value in forwarded {
            request.headers_mut().append("x-forwarded-for", value.parse().expect("a header"));
        }
        client(&request).map(|client| client.to_string())
    }

    #[test]
    fn only_a_neighbour_speaks_for_others() {
        for (peer, forwarded, expected) in [
            ("203.0.113.7", vec!["198.51.100.1"], "203.0.113.7"),
            ("127.0.0.1", vec![], "127.0.0.1"),
            ("127.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.2", vec!["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            ("::1", vec!["1.1.1.1", "2001:db8::1"], "2001:db8::1"),
            ("127.0.0.1", vec!["anything else"], "127.0.0.1"),
            ("2001:db8::2", vec!["198.51.100.1"], "2001:db8::2"),
        ] {
            assert_eq!(from(peer, &forwarded).as_deref(), Some(expected), "{peer} {forwarded:?}");
        }
        assert_eq!(client(&Request::new(Body::empty())), None);
    }

    proptest! {
        #[test]
        fn any_query_holds_a_token_or_none(query in "[a-z=&%/.A-Z0-9_-]{0,60}|(?s).{0,60}") {
            if let Some(token) = link_token(&query) {
                let path = format!("/l/{token}");
                prop_assert!(path.parse::<axum::http::Uri>().is_ok());
                prop_assert!(query.contains(token));
            }
        }
    }
}
