//! The front door: every request is recognised, bounded and answered in words.

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
use web::{App, Arrival, Problem, Recognised, Routes};

use crate::{links, people, sessions};

/// The most a request may carry, but for pages that take files and say so themselves.
pub const BODY_LIMIT: usize = 256 * 1024;
/// How long a request may take, whatever it does.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the door before the house's pages.
pub fn front_door(app: App, pages: Routes) -> Router {
    pages
        .into_router()
        .fallback(|| async { Problem::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED.into_response() })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Problem::fault("a handler panicked").into_response()
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), web::explain))
        .layer(middleware::from_fn_with_state(app.clone(), arrive))
        .layer(middleware::from_fn(web::protect))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Finds out who came, before any page is asked.
async fn arrive(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    match recognise(&app, request.headers(), request.uri().query()).await {
        Ok(arrival) => {
            request.extensions_mut().insert(arrival);
            next.run(request).await
        }
        Err(error) => {
            // The page that explains is behind us; answer through it as somebody nobody knows.
            let problem = Problem::from(error).into_response();
            web::explain_alone(&app, &request, problem)
        }
    }
}

async fn recognise(app: &App, headers: &HeaderMap, query: Option<&str>) -> Result<Arrival, store::Error> {
    let cookie_locale = web::cookie(headers, "langue").and_then(Locale::from_tag);
    let asked_locale = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Locale::from_accept_language);
    let mut arrival =
        Arrival { locale: cookie_locale.or(asked_locale).unwrap_or_default(), ..Arrival::default() };
    let cookie = web::cookie(headers, sessions::COOKIE);
    let token = query.and_then(link_token);
    if cookie.is_none() && token.is_none() {
        return Ok(arrival);
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
        return Ok(arrival);
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
        arrival.locale = cookie_locale.unwrap_or_else(|| person.locale());
        arrival.person_name = Some(person.name);
    }
    Ok(arrival)
}

fn settle(arrival: &mut Arrival, known: Recognised) {
    arrival.viewer = known.viewer;
    arrival.coordination = known.coordination;
    arrival.zone = known.zone;
    arrival.structure_name = known.structure_name;
    arrival.coordination_name = known.coordination_name;
    arrival.help_phone = known.help_phone;
}

fn link_token(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("jeton=")).filter(|token| !token.is_empty())
}
