//! « Nous venons »: the page that the letter about an urgent offer opens without an account: what it is, where, until
//! when, how much is left, and how much the structure will fetch.
//!
//! Invariant: the link says for whom. Its holder reads this one offer as a member of that structure would, and acts on it
//! for that structure alone.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::StructureId;
use web::{Answer, Form, Input, Notice, Problem, Shell, Visit, page};

use super::cards::{Card, Viewing};
use super::one::{comes_at, how_much, refuse, suggested};
use super::with_token;
use crate::collection::{Collection, CollectionId, State};
use crate::hold::{Hold, HoldId, HoldState};
use crate::queries;
use crate::usecases::come;
use crate::usecases::release::{self, Release};
use crate::usecases::reserve::{self, Reserve};

#[derive(Template)]
#[template(path = "collections/come.html")]
struct ComePage {
    shell: Shell,
    words: Words,
    card: Card,
    /// For whom the link's holder answers.
    structure: String,
    held: Vec<Held>,
    form: Option<Form>,
    beyond: bool,
    action: String,
    key: String,
}

/// What the structure has reserved of it.
struct Held {
    quantity: String,
    comes: String,
    release: String,
}

/// What the link opens.
struct Opened {
    /// The visit of a member of the structure, to read with and never to act with.
    reader: Visit,
    structure: StructureId,
    collection: Collection,
    holds: Vec<Hold>,
}

async fn opened(visit: &Visit, id: CollectionId) -> Result<Opened, Problem> {
    let coordination = visit.coordination_or_of_link()?;
    let structure = come::told_of(&visit.cx, id).ok_or(Problem::NOT_FOUND)?;
    let mut reader = visit.clone();
    reader.cx = come::reader(&visit.cx, structure, coordination);
    let mut conn = visit.app.db.read().await?;
    let (collection, holds) = queries::seen(&mut conn, &reader.cx, id).await?.ok_or(Problem::NOT_FOUND)?;
    Ok(Opened { reader, structure, collection, holds })
}

pub(super) async fn show(visit: Visit, Path(id): Path<CollectionId>) -> Answer {
    let opened = opened(&visit, id).await?;
    render(&visit, opened, None, false, StatusCode::OK).await
}

async fn form(visit: &Visit, opened: &Opened) -> Result<Form, Problem> {
    let mut conn = visit.app.db.read().await?;
    let suggested = suggested(&mut conn, &opened.collection, &opened.holds, Some(opened.structure)).await?;
    Ok(how_much(Form::new(visit), &visit.words, suggested))
}

async fn render(
    visit: &Visit,
    opened: Opened,
    refused: Option<Form>,
    beyond: bool,
    status: StatusCode,
) -> Answer {
    let Opened { reader, structure, collection, holds } = &opened;
    let words = &visit.words;
    let path = |rest: &str| with_token(visit, &format!("/collectes/{}/venir{rest}", collection.id));
    let mut conn = visit.app.db.read().await?;
    let shown = std::slice::from_ref(collection);
    let mut viewing = Viewing::open(&mut conn, reader, collection.coordination, "page", shown).await?;
    let names = network::queries::structure_names(&mut conn, &[*structure]).await?;
    drop(conn);
    let card = viewing.card(reader, collection);
    viewing.note(reader).await?;
    let open = collection.state == State::Published && visit.cx.now() < collection.pickup_until;
    let form = match refused {
        Some(form) => Some(form),
        None if open && card.may_reserve => Some(form(visit, &opened).await?),
        None => None,
    };
    let held = holds
        .iter()
        .filter(|hold| hold.structure == *structure && hold.state == HoldState::Held)
        .map(|hold| Held {
            quantity: words.mass(hold.grams),
            comes: hold.comes_at.map(|at| words.moment(at)).unwrap_or_default(),
            release: path(&format!("/{}/annuler", hold.id)),
        })
        .collect();
    let template = ComePage {
        shell: visit.shell("collections"),
        structure: names.get(structure).cloned().unwrap_or_default(),
        held,
        form,
        beyond,
        action: path(""),
        key: visit.new_key(),
        card,
        words: words.clone(),
    };
    Ok(page(status, &template))
}

pub(super) async fn reserve(visit: Visit, Path(id): Path<CollectionId>, input: Input) -> Answer {
    let opened = opened(&visit, id).await?;
    let mut form = form(&visit, &opened).await?;
    form.fill(&input);
    let (grams, comes) = (form.mass("quantite"), form.time("vient"));
    let beyond_storage = form.free_text("rangement", 300);
    let (Some(grams), true) = (grams, form.is_sound()) else {
        return render(&visit, opened, Some(form), false, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let command = Reserve {
        collection: id,
        structure: opened.structure,
        grams,
        comes_at: comes.map(|at| comes_at(&visit, at)),
        beyond_storage,
    };
    match reserve::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(reserved) => {
            let undo = format!("/collectes/{id}/venir/{}/annuler", reserved.hold);
            let notice = Notice::done("collections-reserved")
                .with("kg", visit.words.mass(grams))
                .undo(with_token(&visit, &undo));
            Ok(visit.lead_to(&with_token(&visit, &format!("/collectes/{id}/venir")), notice))
        }
        Err(failure) => {
            let beyond = refuse(&mut form, &visit.words, web::refusal(failure)?);
            render(&visit, opened, Some(form), beyond, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub(super) async fn release(
    visit: Visit,
    Path((id, hold)): Path<(CollectionId, HoldId)>,
    input: Input,
) -> Answer {
    opened(&visit, id).await?;
    let back = with_token(&visit, &format!("/collectes/{id}/venir"));
    match release::run(&visit.act(&input), &visit.app.db, Release { hold, reason: None }).await {
        Ok(released) => {
            let kg = visit.words.mass(released.grams);
            Ok(visit.lead_to(&back, Notice::done("collections-released").with("kg", kg)))
        }
        Err(failure) => {
            let release::ReleaseRefused::Ended(_) = web::refusal(failure)?;
            Ok(visit.lead_to(&back, Notice::info("collections-hold-ended")))
        }
    }
}
