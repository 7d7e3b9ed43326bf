//! The page an invitation's link leads to: who invites, into which structure, and one button to come in.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use i18n::Words;
use kernel::{PersonId, Via};
use web::{Answer, Form, Input, Notice, Problem, Shell, Visit, page};

use crate::queries;
use crate::usecases::accept_invitation;
use crate::usecases::invite_person::PURPOSE;

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    shell: Shell,
    words: Words,
    form: Form,
    person: String,
    structure: String,
    role: String,
}

pub(super) async fn show(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    if !visit.cx.viewer.holds_link(PURPOSE, person.uuid()) {
        // Whoever opens the page again after coming in goes on to the house.
        return if matches!(visit.cx.viewer.via, Via::SignedIn) {
            Ok(web::see_other("/"))
        } else {
            Err(Problem::GONE)
        };
    }
    let structure = visit.cx.structure().ok_or(Problem::GONE)?;
    let mut conn = visit.app.db.read().await?;
    let held = queries::role_in(&mut conn, structure, person).await?.ok_or(Problem::GONE)?;
    let name = accounts::names(&mut conn, &[person]).await?.remove(&person).ok_or(Problem::GONE)?;
    let structure = queries::structure(&mut conn, structure).await?.ok_or(Problem::GONE)?;
    let words = visit.words.clone();
    let shown = InvitationPage {
        shell: visit.shell("home").for_everybody(),
        form: Form::new(&visit),
        person: name,
        structure: structure.name,
        role: crate::labels::role(&words, held.role),
        words,
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn enter(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    // The button pressed twice: the first press has opened the house already.
    if matches!(visit.cx.viewer.via, Via::SignedIn) && visit.cx.person() == Some(person) {
        return Ok(visit.lead_to("/", Notice::done("network-welcome")));
    }
    let shared = input.get("partage").is_some();
    let token = accept_invitation::run(&visit.cx, &visit.app.db, person, shared).await?;
    let mut response = visit.lead_to("/", Notice::done("network-welcome"));
    let secure = if visit.app.settings.secure_cookies { "; Secure" } else { "" };
    let life = if shared {
        String::new()
    } else {
        format!("; Max-Age={}", accounts::sessions::OWN_DEVICE.num_seconds())
    };
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax{life}{secure}",
        accounts::sessions::COOKIE,
        token.reveal()
    );
    let cookie = HeaderValue::from_str(&cookie).map_err(Problem::fault)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
