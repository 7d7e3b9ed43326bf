//! Structures that wait for a facilitator: those to which nobody belongs yet, those that ask for a seat.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{CoordinationId, Level, StructureId};
use web::{Answer, Choice, Form, Input, Notice, Problem, Shell, Visit, page, refusal};

use crate::coordination::level_from_code;
use crate::usecases::answer_seat::{self, AnswerRefused, AnswerSeat};
use crate::usecases::ask_seat::{self, AskRefused, AskSeat};
use crate::{labels, queries};

#[derive(Template)]
#[template(path = "without-people.html")]
struct WithoutPeoplePage {
    shell: Shell,
    words: Words,
    structures: Vec<(StructureId, String)>,
}

pub(super) async fn without_people(visit: Visit) -> Answer {
    let coordination = visit.coordination()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let structures = queries::members_without_people(&mut visit.app.db.read().await?, coordination).await?;
    Ok(page(
        StatusCode::OK,
        &WithoutPeoplePage { shell: visit.shell("home"), words: visit.words, structures },
    ))
}

struct AskRow {
    structure: StructureId,
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "seat-asks.html")]
struct AsksPage {
    shell: Shell,
    words: Words,
    form: Form,
    asks: Vec<AskRow>,
    levels: Vec<Choice>,
}

pub(super) async fn asks(visit: Visit) -> Answer {
    let coordination = visit.coordination()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let found = queries::seat_asks(&mut visit.app.db.read().await?, coordination).await?;
    let words = visit.words.clone();
    let asks = found
        .into_iter()
        .map(|(structure, name, at)| AskRow { structure, name, since: words.moment(at) })
        .collect();
    let mut levels = labels::level_choices(&words);
    for level in &mut levels {
        level.selected = level.value == crate::level_code(Level::Reader);
    }
    let shown = AsksPage { shell: visit.shell("home"), form: Form::new(&visit), asks, levels, words };
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn answer(visit: Visit, Path(structure): Path<StructureId>, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    let accepted = input.get("reponse") == Some("oui");
    let level = input.get("niveau").and_then(level_from_code).unwrap_or(Level::Reader);
    let reason = input.get("raison").unwrap_or_default().chars().take(200).collect();
    let command = AnswerSeat { coordination, structure, level: accepted.then_some(level), reason };
    match answer_seat::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(()) => {
            let key = if accepted { "network-seat-accepted" } else { "network-seat-declined" };
            Ok(visit.lead_to("/coordination/demandes", Notice::done(key)))
        }
        Err(failure) => match refusal(failure)? {
            AnswerRefused::ReasonMissing => {
                Ok(visit.lead_to("/coordination/demandes", Notice::warning("network-reason-missing")))
            }
        },
    }
}

/// A lead asks, from « Ce que nous partageons ».
pub(super) async fn ask(visit: Visit, input: Input) -> Answer {
    let structure = super::own_structure(&visit)?;
    let Some(coordination) = input.get("coordination").and_then(|id| id.parse::<CoordinationId>().ok())
    else {
        return Ok(visit.lead_to("/structure/partage", Notice::warning("network-seat-choose")));
    };
    let key =
        match ask_seat::run(&visit.act(&input), &visit.app.db, AskSeat { coordination, structure }).await {
            Ok(()) => "network-seat-asked",
            Err(failure) => match refusal(failure)? {
                AskRefused::AlreadyIn => "network-already-in",
                AskRefused::AlreadyAsked => "network-seat-already-asked",
            },
        };
    Ok(visit.lead_to("/structure/partage", Notice::info(key)))
}

/// The coordinations a structure could ask to join, and those it has asked.
pub(super) async fn elsewhere(
    conn: &mut store::Conn,
    structure: StructureId,
) -> Result<(Vec<(String, String)>, Vec<String>), Problem> {
    let seated = queries::coordinations_of(conn, structure).await?;
    let asked = queries::seats_asked_by(conn, structure).await?;
    let (mut open, mut waiting) = (Vec::new(), Vec::new());
    for one in queries::coordinations(conn).await? {
        if asked.contains(&one.id) {
            waiting.push(one.name);
        } else if !seated.contains(&one.id) {
            open.push((one.id.to_string(), one.full_name));
        }
    }
    Ok((open, waiting))
}
