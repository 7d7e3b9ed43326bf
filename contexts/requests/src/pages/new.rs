//! « Nouvelle demande »: one screen, one button; « calculer » fills the kilograms from the households.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Duration;
use i18n::Words;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::form::{self, For};
use crate::usecases::post;

#[derive(Template)]
#[template(path = "requests/new.html")]
struct NewPage {
    shell: Shell,
    words: Words,
    form: Form,
    families: Vec<Field>,
    others: Vec<(String, String)>,
    behalf: String,
    storage: String,
    reckoned: String,
}

/// The empty form.
pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    let Some(of) = whose(&visit, &input).await? else { return Err(Problem::FORBIDDEN) };
    let form = blank(&visit, &of.0);
    render(&visit, StatusCode::OK, form, &of, None)
}

/// Asks, or fills the kilograms where « calculer » was pressed.
pub(super) async fn post(visit: Visit, input: Input) -> Answer {
    let Some(of) = whose(&visit, &input).await? else { return Err(Problem::FORBIDDEN) };
    let mut form = blank(&visit, &of.0);
    form.fill(&input);
    if input.get("calculer").is_some() {
        let persons = of.0.reckon(&mut form, &visit.words);
        if persons.is_none() && form.is_sound() {
            form.refuse("foyers", visit.words.t("requests-reckon-needs-count"));
        }
        let status = if form.is_sound() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return render(&visit, status, form, &of, persons);
    }
    let needed_on = form.date("jour");
    let read = form::read(&mut form, &of.0, &[]);
    let (Some(needed_on), true) = (needed_on, form.is_sound()) else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, None);
    };
    let command = post::Post {
        structure: of.0.structure,
        site: read.site,
        needed_on,
        households: read.households,
        persons: read.persons,
        note: read.note,
        lines: read.lines,
    };
    match post::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(posted) => {
            let key = if posted.beyond_storage.is_empty() {
                "requests-notice-posted"
            } else {
                "requests-notice-posted-big"
            };
            let notice = Notice::done(key).with("reference", posted.reference.clone());
            let undo = format!("/demandes/{}/retirer", posted.request);
            Ok(visit.lead_to(&format!("/demandes/{}", posted.request), notice.undo(undo)))
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let first = of.0.line_names(&visit.words, &[]).first().cloned().unwrap_or_default();
            form::refuse(&mut form, &visit.words, &refused, &first);
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, None)
        }
    }
}

type Whose = (For, Vec<(String, String)>);

/// The structure the form is for, and the others it could be for.
async fn whose(visit: &Visit, input: &Input) -> Result<Option<Whose>, Problem> {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let may = form::speaks_for(&mut conn, &mut gate, visit, coordination).await?;
    let Some(structure) = form::chosen(visit, input.get("structure"), &may) else { return Ok(None) };
    let of = For::load(&mut conn, &mut gate, visit, coordination, structure).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let Some(of) = of else { return Ok(None) };
    let others =
        may.into_iter().filter(|(id, _)| *id != structure).map(|(id, name)| (id.to_string(), name)).collect();
    Ok(Some((of, others)))
}

fn blank(visit: &Visit, of: &For) -> Form {
    let in_two_days = visit.cx.today() + Duration::days(2);
    of.form(visit, &[]).with(
        Field::new(Kind::Date, "jour", visit.words.t("requests-field-day"))
            .required()
            .value(in_two_days.format("%Y-%m-%d").to_string()),
    )
}

fn render(visit: &Visit, status: StatusCode, form: Form, of: &Whose, persons: Option<i64>) -> Answer {
    let words = visit.words.clone();
    let families = of.0.line_names(&words, &[]).iter().map(|name| form.f(name)).collect();
    let behalf = if of.0.on_behalf {
        words.t1("requests-on-behalf-of", "structure", of.0.name.clone())
    } else {
        String::new()
    };
    let reckoned =
        persons.map(|persons| words.t1("requests-reckoned", "persons", persons)).unwrap_or_default();
    let template = NewPage {
        shell: visit.shell("requests"),
        families,
        others: of.1.clone(),
        behalf,
        storage: of.0.storage_text(&words),
        reckoned,
        form,
        words,
    };
    let response: Response = page(status, &template);
    Ok(response)
}
