//! Where devices are asked and where they answer. The questions travel as JSON to a script of ours; the answers come back
//! in ordinary forms, so that what went well or wrong is said by ordinary pages.

use axum::Json;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use kernel::Via;
use web::{Answer, Input, Notice, Problem, Routes, Visit, page, refusal};

use super::add::{self, AddRefused};
use super::ceremony;
use super::enter::{self, EnterRefused};
use super::keys::{self, Key, PasskeyId};
use super::party::Party;
use super::tell::Post;
use crate::account::{self, PasskeyLine, PasskeySection};
use crate::pages::{self, throttle};
use crate::sessions;
use crate::sign_in::safe_path;

/// The cookie that holds a browser's question at the door.
const COOKIE: &str = "cle";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/connexion/cle/debut", post(ask_at_the_door))
        .route("/connexion/cle", post(enter))
        .route("/compte/cles/debut", post(ask_to_add))
        .route("/compte/cles", post(add))
        .route("/compte/cles/{id}/retirer", post(remove))
        .route("/compte/cles/{id}/remettre", post(put_back))
}

/// The origin on which pages may offer keys; none where no browser would.
pub(crate) fn origin(visit: &Visit) -> Option<String> {
    Party::at(&visit.app.settings.public_url).map(|party| party.origin)
}

fn party(visit: &Visit) -> Result<Party, Problem> {
    Party::at(&visit.app.settings.public_url).ok_or(Problem::NOT_FOUND)
}

fn post_of(visit: &Visit) -> Post<'_> {
    Post { words: &visit.words, public_url: &visit.app.settings.public_url }
}

/// The cookie of the session somebody is signed in with; a link's holder has none of their own.
fn session<'h>(visit: &Visit, headers: &'h HeaderMap) -> Result<&'h str, Problem> {
    match visit.cx.viewer.via {
        Via::SignedIn => web::cookie(headers, sessions::COOKIE).ok_or_else(|| Problem::sign_in("/compte")),
        _ => Err(Problem::sign_in("/compte")),
    }
}

/// What a script asked for; never kept by anybody on the way.
fn question(options: serde_json::Value) -> Response {
    let mut response = Json(options).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn ask_at_the_door(visit: Visit) -> Answer {
    throttle(&visit).await?;
    let party = party(&visit)?;
    let (token, options) = enter::ask(&visit.cx, &visit.app.db, &party).await?;
    let mut response = question(options);
    set_cookie(&mut response, &visit, token.reveal(), ceremony::VALID.num_seconds());
    Ok(response)
}

fn set_cookie(response: &mut Response, visit: &Visit, value: &str, seconds: i64) {
    let secure = if visit.app.settings.secure_cookies { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={value}; Path=/connexion/cle; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

async fn enter(visit: Visit, headers: HeaderMap, input: Input) -> Answer {
    throttle(&visit).await?;
    let party = party(&visit)?;
    let cookie = web::cookie(&headers, COOKIE).unwrap_or_default();
    let answer = input.get("reponse").unwrap_or_default();
    let back = safe_path(input.get("retour").unwrap_or("/"));
    let shared = input.get("partage").is_some();
    let post = post_of(&visit);
    let mut response =
        match enter::answer(&visit.cx, &visit.app.db, &party, &post, cookie, answer, shared).await {
            Ok(token) => pages::welcome(&visit, &token, &back, shared),
            Err(failure) => {
                let why = match refusal(failure)? {
                    EnterRefused::Gone => "accounts-passkey-gone",
                    EnterRefused::Unknown => "accounts-passkey-unknown",
                    EnterRefused::NotProven => "accounts-passkey-not-proven",
                    EnterRefused::SetAside => "accounts-passkey-set-aside",
                };
                pages::door(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, &back, Some(visit.words.t(why)))
            }
        };
    set_cookie(&mut response, &visit, "", 0);
    Ok(response)
}

async fn ask_to_add(visit: Visit, headers: HeaderMap) -> Answer {
    throttle(&visit).await?;
    let cookie = session(&visit, &headers)?;
    let party = party(&visit)?;
    match add::ask(&visit.cx, &visit.app.db, &party, cookie).await {
        Ok(options) => Ok(question(options)),
        Err(failure) => match refusal(failure)? {
            AddRefused::TooMany => Err(Problem::TOO_MANY),
            _ => Err(Problem::FORBIDDEN),
        },
    }
}

async fn add(visit: Visit, headers: HeaderMap, input: Input) -> Answer {
    throttle(&visit).await?;
    let cookie = session(&visit, &headers)?;
    let party = party(&visit)?;
    let typed = input.get("nom-cle").unwrap_or_default().trim();
    let name = if typed.is_empty() {
        visit.words.t1("accounts-passkey-unnamed", "day", visit.words.date(visit.cx.today()))
    } else {
        typed.to_owned()
    };
    let answer = input.get("reponse").unwrap_or_default();
    let cx = visit.act(&input);
    match add::answer(&cx, &visit.app.db, &party, &post_of(&visit), cookie, &name, answer).await {
        Ok(()) => Ok(visit.lead_to("/compte", Notice::done("accounts-passkey-added"))),
        Err(failure) => {
            let why = match refusal(failure)? {
                AddRefused::Shared => "accounts-passkey-shared",
                AddRefused::Enough => "accounts-passkey-enough",
                AddRefused::Gone => "accounts-passkey-gone",
                AddRefused::NotProven => "accounts-passkey-not-proven",
                AddRefused::NotKept => "accounts-passkey-not-kept",
                AddRefused::Known => "accounts-passkey-known",
                AddRefused::TooMany => "accounts-too-many",
            };
            let mut shown = account::load(&visit, &headers).await?;
            if let Some(section) = &mut shown.passkeys {
                section.form.fill(&input);
                section.form.refuse("nom-cle", visit.words.t(why));
            }
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
        }
    }
}

async fn remove(visit: Visit, headers: HeaderMap, Path(id): Path<PasskeyId>, input: Input) -> Answer {
    session(&visit, &headers)?;
    let cx = visit.act(&input);
    let name = keys::remove(&cx, &visit.app.db, &post_of(&visit), id).await?;
    let undo = format!("/compte/cles/{id}/remettre");
    Ok(visit.lead_to("/compte", Notice::done("accounts-passkey-removed").with("key", name).undo(undo)))
}

async fn put_back(visit: Visit, headers: HeaderMap, Path(id): Path<PasskeyId>, input: Input) -> Answer {
    session(&visit, &headers)?;
    let cx = visit.act(&input);
    let name = keys::put_back(&cx, &visit.app.db, &post_of(&visit), id).await?;
    Ok(visit.lead_to("/compte", Notice::done("accounts-passkey-put-back").with("key", name)))
}

/// The part of the account's page that is about keys; none where no browser would offer them and none are kept.
pub(crate) async fn section(
    visit: &Visit,
    conn: &mut store::Conn,
    person: kernel::PersonId,
    shared_computer: bool,
) -> Result<Option<PasskeySection>, store::Error> {
    let kept = keys::of(conn, person).await?;
    let Some(origin) = origin(visit) else { return Ok(None) };
    let why_not = if shared_computer {
        Some(visit.words.t("accounts-passkey-shared"))
    } else if kept.len() >= keys::MOST {
        Some(visit.words.t("accounts-passkey-enough"))
    } else {
        None
    };
    Ok(Some(PasskeySection {
        origin,
        why_not,
        lines: kept.into_iter().map(|key| line(visit, key)).collect(),
        form: account::passkey_form(visit),
    }))
}

fn line(visit: &Visit, key: Key) -> PasskeyLine {
    let words = &visit.words;
    let used = match key.last_used_at {
        Some(at) => words.t1("accounts-passkey-used", "moment", words.moment(at)),
        None => words.t("accounts-passkey-never-used"),
    };
    PasskeyLine {
        added: words.t1("accounts-passkey-since", "moment", words.moment(key.added_at)),
        used,
        set_aside: key.set_aside_at.is_some(),
        action: format!("/compte/cles/{}/retirer", key.id),
        remove_label: words.t1("accounts-passkey-remove", "key", &key.name),
        name: key.name,
        form_key: visit.new_key(),
    }
}
