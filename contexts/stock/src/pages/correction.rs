//! Putting a movement right: at once with « Annuler », or later with a reason.

use access::Gate;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::ACCENT;
use super::lot::{cause_key, see};
use crate::usecases::correct::{self, Correct};
use crate::{LotId, MovementId};

#[derive(Template)]
#[template(path = "stock/correct.html")]
struct CorrectPage {
    shell: Shell,
    words: Words,
    action: String,
    back: String,
    what: String,
    when: String,
    lines: Vec<String>,
    form: Form,
}

/// Where to go back to: the lot the person came from, or the stock.
fn back(input: &Input) -> String {
    match input.get("lot").and_then(|lot| lot.parse::<LotId>().ok()) {
        Some(lot) => format!("/stock/lots/{lot}"),
        None => "/stock".to_owned(),
    }
}

/// « Annuler », right after: the reason is that it was undone.
pub(super) async fn undo(
    visit: Visit,
    Path(movement): Path<MovementId>,
    query: axum::extract::RawQuery,
    input: Input,
) -> Answer {
    visit.known()?;
    let back = match query.0.as_deref().and_then(|query| query.strip_prefix("lot=")) {
        Some(lot) => back(&Input::new(vec![("lot".to_owned(), lot.to_owned())])),
        None => back(&input),
    };
    let command = Correct { movement, reason: visit.words.t("stock-undone") };
    match correct::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(&back, Notice::done("stock-done-undone"))),
        Err(failure) => {
            let why = refusal(failure)?.in_words(&visit.words);
            Ok(visit.lead_to(&back, Notice::warning("stock-not-undone").with("why", why)))
        }
    }
}

async fn answer(
    visit: &Visit,
    movement: MovementId,
    input: &Input,
    form: Form,
    status: StatusCode,
) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let lot: LotId = input.get("lot").and_then(|lot| lot.parse().ok()).ok_or(Problem::NOT_FOUND)?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let seen = see(&mut conn, visit, &mut gate, coordination, lot).await?;
    drop(conn);
    let steps: Vec<_> = seen.steps.iter().filter(|step| step.movement == movement).collect();
    let Some(first) = steps.first() else { return Err(Problem::NOT_FOUND) };
    let acts = first
        .structure
        .is_some_and(|structure| access::acting::<kernel::Never>(&visit.cx, structure).is_ok());
    if !acts {
        return Err(Problem::FORBIDDEN);
    }
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let words = &visit.words;
    let template = CorrectPage {
        shell: visit.shell(ACCENT),
        action: format!("/stock/mouvements/{movement}/corriger"),
        back: format!("/stock/lots/{lot}"),
        what: words.t(cause_key(first.cause)),
        when: words.moment(first.occurred_at),
        lines: steps
            .iter()
            .map(|step| {
                words.t2("stock-mass-of", "grams", words.mass(step.grams), "reference", &step.reference)
            })
            .collect(),
        form,
        words: words.clone(),
    };
    Ok(page(status, &template))
}

fn form(visit: &Visit, input: &Input) -> Form {
    Form::new(visit)
        .with(Field::new(Kind::Hidden, "lot", "").value(input.get("lot").unwrap_or_default()))
        .with(
            Field::new(Kind::Area, "raison", visit.words.t("stock-field-reason"))
                .required()
                .hint(visit.words.t("stock-correct-hint")),
        )
}

pub(super) async fn show(visit: Visit, Path(movement): Path<MovementId>, input: Input) -> Answer {
    let form = form(&visit, &input);
    answer(&visit, movement, &input, form, StatusCode::OK).await
}

pub(super) async fn post(visit: Visit, Path(movement): Path<MovementId>, input: Input) -> Answer {
    visit.known()?;
    let mut form = form(&visit, &input);
    form.fill(&input);
    let reason = form.free_text("raison", 500);
    let Some(reason) = reason.filter(|_| form.is_sound()) else {
        return answer(&visit, movement, &input, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match correct::run(&visit.act(&input), &visit.app.db, Correct { movement, reason }).await {
        Ok(_) => Ok(visit.lead_to(&back(&input), Notice::done("stock-done-corrected"))),
        Err(failure) => {
            let why = refusal(failure)?;
            form.refuse("raison", why.in_words(&visit.words));
            answer(&visit, movement, &input, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
