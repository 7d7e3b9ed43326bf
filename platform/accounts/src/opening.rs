//! Opening a personal link: on to its page while it is good; afterwards one button sends a new one to whom it was for.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::Duration;
use i18n::Words;
use mail::{Button, Letter};
use store::{Begin, Conn, Error};
use web::{Answer, Form, Input, Notice, Problem, Shell, Visit, page, see_other};

use crate::allow;
use crate::links::{self, Link, NewLink};
use crate::pages::throttle;
use crate::people::{self, Person};

/// New links that one old link may ask for in a day.
const MOST_RENEWALS: i64 = 3;

#[derive(Template)]
#[template(path = "link-gone.html")]
struct GonePage {
    shell: Shell,
    words: Words,
    form: Form,
    token: String,
    renewable: bool,
}

/// Leads a link to its page; the page does the rest, and only when its button is pressed.
pub(crate) async fn open(visit: Visit, Path(token): Path<String>) -> Answer {
    throttle(&visit).await?;
    let mut conn = visit.app.db.read().await?;
    let link = links::find(&mut conn, &token).await?;
    if let Some(link) = link.as_ref().filter(|link| link.is_good(visit.cx.now())) {
        let to = visit.app.link_pages.iter().find(|to| to.purpose == link.purpose).ok_or(Problem::GONE)?;
        let path = (to.path)(link.subject_id);
        let joint = if path.contains('?') { '&' } else { '?' };
        return Ok(see_other(&format!("{path}{joint}jeton={token}")));
    }
    let renewable = match link {
        Some(link) => holder(&mut conn, &link).await?.is_some(),
        None => false,
    };
    let form = Form::new(&visit);
    let shell = visit.shell("home").for_everybody();
    Ok(page(StatusCode::GONE, &GonePage { shell, words: visit.words, form, token, renewable }))
}

/// To whom a link may be sent again: the person it was for, unless it was taken back.
async fn holder(conn: &mut Conn, link: &Link) -> Result<Option<(Person, String)>, Error> {
    let Some(person) = link.person_id.filter(|_| link.revoked_at.is_none()) else { return Ok(None) };
    let person = people::person(conn, person).await?;
    Ok(person.and_then(|person| person.email.clone().map(|email| (person, email))))
}

/// Sends a new link, for the same purpose and the same length of time, to the address of whom the old one was for; whoever
/// presses the button learns nothing and opens nothing.
pub(crate) async fn renew(visit: Visit, Path(token): Path<String>, input: Input) -> Answer {
    throttle(&visit).await?;
    let mut conn = visit.app.db.read().await?;
    let link = links::find(&mut conn, &token).await?.ok_or(Problem::GONE)?;
    let (person, email) = holder(&mut conn, &link).await?.ok_or(Problem::GONE)?;
    drop(conn);
    let bucket = format!("renew {}", link.id);
    if !allow(&visit.app.db, &visit.cx, &bucket, MOST_RENEWALS, Duration::days(1)).await? {
        return Err(Problem::TOO_MANY);
    }
    let sent = Notice::done("accounts-new-link-sent");
    let mut tx = match visit.app.db.begin::<()>(&visit.act(&input), "accounts.renew_link", &link.id).await? {
        Begin::Again(()) => return Ok(visit.lead_to("/", sent)),
        Begin::First(tx) => tx,
    };
    let mut cx = visit.cx.clone();
    cx.coordination = link.coordination_id;
    cx.locale = person.locale();
    let words = visit.words.in_locale(person.locale());
    // A purpose is a word that a room gave; none that no room knows leads anywhere.
    let known = visit.app.link_pages.iter().find(|to| to.purpose == link.purpose).ok_or(Problem::GONE)?;
    let new = NewLink {
        purpose: known.purpose,
        subject: link.subject_id,
        structure: link.structure_id,
        person: link.person_id,
        label: link.label,
        valid_for: link.expires_at - link.created_at,
    };
    let path = links::issue(&mut tx, &cx, new).await?;
    let letter = Letter {
        to_email: email,
        to_name: person.name.clone(),
        lang: words.locale().tag(),
        from_name: words.t("web-title-suffix"),
        subject: words.t("accounts-new-link-subject"),
        paragraphs: vec![
            words.t1("accounts-mail-hello", "name", person.name),
            words.t("accounts-new-link-text"),
        ],
        code: None,
        button: Some(Button {
            label: words.t("accounts-note-button"),
            link: format!("{}{path}", visit.app.settings.public_url),
        }),
        foot: vec![words.t("accounts-new-link-foot")],
        stop_link: None,
    };
    mail::post(&mut tx, &cx, letter).await?;
    tx.done(()).await?;
    Ok(visit.lead_to("/", sent))
}
