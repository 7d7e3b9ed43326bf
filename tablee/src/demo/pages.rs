//! Choosing whom to be, and being them.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::routing::{get, post};
use i18n::Words;
use web::{Answer, Input, Notice, Problem, Room, Routes, Shell, Visit, page};

use super::mailbox;
use super::personas::{PERSONAS, Persona};

/// What the demo adds to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: Routes::new()
            .route("/demo", get(choose))
            .route("/demo/entrer", post(enter))
            .route("/demo/courrier", get(mailbox::list))
            .route("/demo/courrier/{id}", get(mailbox::show)),
        ..Room::default()
    }
}

#[derive(Template)]
#[template(path = "demo.html")]
struct ChoosePage {
    shell: Shell,
    words: Words,
    personas: &'static [Persona],
}

async fn choose(visit: Visit) -> Answer {
    let shell = visit.shell("home").for_everybody();
    Ok(page(StatusCode::OK, &ChoosePage { shell, words: visit.words, personas: &PERSONAS }))
}

async fn enter(visit: Visit, input: Input) -> Answer {
    let chosen =
        PERSONAS.iter().find(|persona| input.get("qui") == Some(persona.email)).ok_or(Problem::NOT_FOUND)?;
    let mut tx = visit.app.db.write().await?;
    let person = accounts::people::by_email(&mut tx, chosen.email).await?.ok_or(Problem::NOT_FOUND)?;
    let token = accounts::sessions::open(&mut tx, &visit.cx, person.id, false).await?;
    tx.commit().await?;
    let mut response = visit.lead_to("/", Notice::info("tablee-demo-entered").with("name", chosen.name));
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", accounts::sessions::COOKIE, token.reveal());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
