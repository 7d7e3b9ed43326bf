//! Changing a request, taking it back, putting it back. Whoever comes second sees both versions.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::Failure;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::form::{self, For};
use crate::queries;
use crate::request::{Request, RequestId, Wanted};
use crate::usecases::{close, edit, restore};

#[derive(Template)]
#[template(path = "requests/edit.html")]
struct EditPage {
    shell: Shell,
    words: Words,
    form: Form,
    action: String,
    families: Vec<Field>,
    title: String,
    behalf: String,
    storage: String,
    /// What somebody else wrote in between, one line each; empty where nobody did.
    theirs: Vec<String>,
}

/// The form, filled from the request.
pub(super) async fn show(visit: Visit, Path(id): Path<RequestId>) -> Answer {
    let (request, of) = load(&visit, id).await?;
    let form = filled(&visit, &request, &of);
    render(&visit, StatusCode::OK, form, &request, &of, Vec::new())
}

/// Changes it.
pub(super) async fn post(visit: Visit, Path(id): Path<RequestId>, input: Input) -> Answer {
    let (request, of) = load(&visit, id).await?;
    let before = wanted_of(&request);
    let mut form = filled(&visit, &request, &of);
    form.fill(&input);
    let needed_on = form.date("jour");
    let read = form::read(&mut form, &of, &before);
    let read = of.kept(read, (request.households, request.persons), request.site);
    let (Some(needed_on), true) = (needed_on, form.is_sound()) else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &request, &of, Vec::new());
    };
    let command = edit::Edit {
        request: id,
        version: form.version,
        site: read.site,
        needed_on,
        households: read.households,
        persons: read.persons,
        note: read.note,
        lines: read.lines,
    };
    match edit::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => {
            let notice = Notice::done("requests-notice-edited").with("reference", request.reference);
            Ok(visit.lead_to(&format!("/demandes/{id}"), notice))
        }
        Err(Failure::Conflict) => {
            let theirs = told(&visit.words, &request, &of);
            form.version = request.version;
            render(&visit, StatusCode::CONFLICT, form, &request, &of, theirs)
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let first = of.line_names(&visit.words, &before).first().cloned().unwrap_or_default();
            form::refuse(&mut form, &visit.words, &refused, &first);
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &request, &of, Vec::new())
        }
    }
}

/// Takes it back, with a way to undo.
pub(super) async fn withdraw(visit: Visit, Path(id): Path<RequestId>, input: Input) -> Answer {
    visit.known()?;
    let back = format!("/demandes/{id}");
    match close::run(&visit.act(&input), &visit.app.db, close::Close { request: id }).await {
        Ok(closed) => {
            let notice = Notice::done("requests-notice-withdrawn").with("reference", closed.reference);
            Ok(visit.lead_to(&back, notice.undo(format!("/demandes/{id}/remettre"))))
        }
        Err(failure) => {
            web::refusal(failure)?;
            Ok(visit.lead_to(&back, Notice::warning("requests-refused-over")))
        }
    }
}

/// Puts it back.
pub(super) async fn restore(visit: Visit, Path(id): Path<RequestId>, input: Input) -> Answer {
    visit.known()?;
    let back = format!("/demandes/{id}");
    match restore::run(&visit.act(&input), &visit.app.db, restore::Restore { request: id }).await {
        Ok(restored) => Ok(visit
            .lead_to(&back, Notice::done("requests-notice-restored").with("reference", restored.reference))),
        Err(failure) => {
            web::refusal(failure)?;
            Ok(visit.lead_to(&back, Notice::warning("requests-refused-over")))
        }
    }
}

async fn load(visit: &Visit, id: RequestId) -> Result<(Request, For), Problem> {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let request = queries::request(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    if access::acting_in::<kernel::Never>(&visit.cx, request.structure, request.coordination).is_err() {
        return Err(Problem::NOT_FOUND);
    }
    let mut gate = access::Gate::new(&visit.cx, "form");
    form::readable(&mut conn, &mut gate, request.structure).await?;
    let of = For::load(&mut conn, &mut gate, visit, request.coordination, request.structure).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok((request, of.ok_or(Problem::NOT_FOUND)?))
}

fn wanted_of(request: &Request) -> Vec<Wanted> {
    request
        .lines
        .iter()
        .map(|line| Wanted { family: line.family.clone(), temperature: line.temperature, grams: line.wanted })
        .collect()
}

fn filled(visit: &Visit, request: &Request, of: &For) -> Form {
    let lines = wanted_of(request);
    let mut form = of
        .form(visit, &lines)
        .with(
            Field::new(Kind::Date, "jour", visit.words.t("requests-field-day"))
                .required()
                .value(request.needed_on.format("%Y-%m-%d").to_string()),
        )
        .of_version(request.version);
    let counts = of.counts((request.households, request.persons));
    form::put(&mut form, &visit.words, &lines, counts, request.site, &request.note);
    form
}

/// What is written now, for whoever typed something else.
fn told(words: &Words, request: &Request, of: &For) -> Vec<String> {
    let mut told = vec![words.t1("requests-theirs-day", "day", words.date(request.needed_on))];
    for line in &request.lines {
        let family = goods::labels::family(&of.families, &line.family, words.locale());
        told.push(words.t2("requests-theirs-line", "family", family, "mass", words.mass(line.wanted)));
    }
    told
}

fn render(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    request: &Request,
    of: &For,
    theirs: Vec<String>,
) -> Answer {
    let words = visit.words.clone();
    let families = of.line_names(&words, &wanted_of(request)).iter().map(|name| form.f(name)).collect();
    let behalf = if of.on_behalf {
        words.t1("requests-on-behalf-of", "structure", of.name.clone())
    } else {
        String::new()
    };
    let template = EditPage {
        shell: visit.shell("requests"),
        action: format!("/demandes/{}/modifier", request.id),
        families,
        title: words.t1("requests-edit-title", "reference", request.reference.clone()),
        behalf,
        storage: of.storage_text(&words),
        theirs,
        form,
        words,
    };
    Ok(page(status, &template))
}
