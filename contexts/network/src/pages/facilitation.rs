//! Naming a co-facilitator, and the end of a turn.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Level, PersonId, StructureId};
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use crate::queries;
use crate::usecases::name_facilitator::{self, NameFacilitator, NameRefused};
use crate::usecases::step_down::{self, StepDown, StepDownRefused};

#[derive(Template)]
#[template(path = "simple-form.html")]
pub(super) struct FormPage {
    pub shell: Shell,
    pub words: Words,
    pub form: Form,
    pub title: String,
    pub lead: String,
    pub button: String,
    pub back: String,
}

async fn name_form(visit: &Visit) -> Result<Form, Problem> {
    let coordination = visit.coordination()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = access::Gate::new(&visit.cx, "form");
    let structures = queries::visible_members(&mut conn, &mut gate, coordination)
        .await?
        .into_iter()
        .filter(|member| member.level > Level::Listed)
        .map(|member| Choice::new(member.structure.to_string(), member.name));
    let mut options = vec![Choice::new("", visit.words.t("network-choose"))];
    options.extend(structures);
    drop(conn);
    crate::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok(Form::new(visit)
        .with(
            Field::new(Kind::Select, "structure", visit.words.t("network-structure"))
                .options(options)
                .required(),
        )
        .with(
            Field::new(Kind::Email, "email", visit.words.t("network-email"))
                .hint(visit.words.t("network-facilitator-email-hint"))
                .required(),
        ))
}

fn name_page(visit: &Visit, status: StatusCode, form: Form) -> Answer {
    let words = visit.words.clone();
    Ok(page(
        status,
        &FormPage {
            shell: visit.shell("home"),
            title: words.t("network-name-facilitator"),
            lead: words.t("network-name-facilitator-lead"),
            button: words.t("network-name-facilitator-button"),
            back: "/coordination".to_owned(),
            form,
            words,
        },
    ))
}

pub(super) async fn ask(visit: Visit) -> Answer {
    let form = name_form(&visit).await?;
    name_page(&visit, StatusCode::OK, form)
}

pub(super) async fn name(visit: Visit, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    let mut form = name_form(&visit).await?;
    form.fill(&input);
    let structure = form.parsed::<StructureId>("structure");
    let email = form.email("email");
    if let Some((structure, email)) = structure.zip(email) {
        let known = accounts::people::by_email(&mut visit.app.db.read().await?, &email).await?;
        let refused = match known {
            None => Some(NameRefused::NotOfStructure),
            Some(person) => {
                let command = NameFacilitator { coordination, person: person.id, structure };
                match name_facilitator::run(&visit.act(&input), &visit.app.db, command).await {
                    Ok(()) => {
                        let notice = Notice::done("network-facilitator-named").with("name", person.name);
                        return Ok(visit.lead_to("/coordination", notice));
                    }
                    Err(failure) => Some(refusal(failure)?),
                }
            }
        };
        match refused {
            Some(NameRefused::NotOfStructure) => {
                form.refuse("email", visit.words.t("network-not-of-structure"));
            }
            Some(NameRefused::StructureNotIn) => {
                form.refuse("structure", visit.words.t("network-structure-not-in"));
            }
            Some(NameRefused::Already) => form.refuse("email", visit.words.t("network-facilitator-already")),
            None => {}
        }
    }
    name_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form)
}

async fn end_page(visit: &Visit, person: PersonId, status: StatusCode, form: Form) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let name = accounts::names(&mut conn, &[person]).await?.remove(&person).unwrap_or_default();
    let words = visit.words.clone();
    Ok(page(
        status,
        &FormPage {
            shell: visit.shell("home"),
            title: words.t1("network-end-turn-of", "name", name),
            lead: words.t("network-end-turn-lead"),
            button: words.t("network-end-turn"),
            back: "/coordination".to_owned(),
            form,
            words,
        },
    ))
}

fn end_form(visit: &Visit, person: PersonId) -> Form {
    let mut reason =
        Field::text("raison", visit.words.t("network-reason")).hint(visit.words.t("network-reason-hint"));
    if visit.cx.person() != Some(person) {
        reason = reason.required();
    }
    Form::new(visit).with(reason)
}

pub(super) async fn ask_end(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    let coordination = visit.coordination()?;
    facilitates(&visit, coordination, person).await?;
    end_page(&visit, person, StatusCode::OK, end_form(&visit, person)).await
}

/// Both the visitor and whose turn it is about help to facilitate: nobody else's name is said here.
async fn facilitates(
    visit: &Visit,
    coordination: kernel::CoordinationId,
    person: PersonId,
) -> Result<(), Problem> {
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let people = queries::facilitator_people(&mut visit.app.db.read().await?, coordination).await?;
    if people.contains(&person) { Ok(()) } else { Err(Problem::NOT_FOUND) }
}

pub(super) async fn end(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    facilitates(&visit, coordination, person).await?;
    let mut form = end_form(&visit, person);
    form.fill(&input);
    let reason = form.text("raison", 200);
    if form.is_sound() {
        let command = StepDown { coordination, person, reason };
        match step_down::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => return Ok(visit.lead_to("/coordination", Notice::done("network-turn-ended"))),
            Err(failure) => match refusal(failure)? {
                StepDownRefused::ReasonMissing => {
                    form.refuse("raison", visit.words.t("network-reason-missing"));
                }
            },
        }
    }
    end_page(&visit, person, StatusCode::UNPROCESSABLE_ENTITY, form).await
}
