//! Choosing whom to be, and being them.

use askama::Template;
use axum::extract::RawQuery;
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
    personas: Vec<&'static Persona>,
    /// Whether the address named one of them: their button stands alone, the others one click further.
    chosen: bool,
}

/// Everybody to choose from, or the one whom the address names (`/demo?qui=odile`): one button, for a GET signs nobody in.
async fn choose(visit: Visit, asked: RawQuery) -> Answer {
    let shell = visit.shell("home").for_everybody();
    let named = asked.0.as_deref().and_then(|query| query.strip_prefix("qui="));
    let one = named.and_then(|name| PERSONAS.iter().find(|persona| persona.short() == name));
    let personas = one.map_or_else(|| PERSONAS.iter().collect(), |persona| vec![persona]);
    Ok(page(StatusCode::OK, &ChoosePage { shell, words: visit.words, personas, chosen: one.is_some() }))
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
