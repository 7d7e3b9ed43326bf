//! The people of my structure: who they are in it, inviting, changing a role, taking somebody out.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{PersonId, Role, StructureId};
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::facilitation::FormPage;
use crate::coordination::{role_code, role_from_code};
use crate::usecases::change_role::{self, ChangeRole, RoleRefused};
use crate::usecases::invite_person::{self, InvitePerson, InviteRefused};
use crate::usecases::remove_person::{self, RemovePerson, RemoveRefused};
use crate::{labels, queries};

struct PersonRow {
    id: PersonId,
    name: String,
    email: String,
    role: String,
    since: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    shell: Shell,
    words: Words,
    form: Form,
    structure: String,
    structure_id: StructureId,
    people: Vec<PersonRow>,
    leads: bool,
}

fn invite_form(visit: &Visit) -> Form {
    let words = &visit.words;
    Form::new(visit)
        .with(Field::text("nom", words.t("network-person-name")).autocomplete("off").required())
        .with(Field::new(Kind::Email, "email", words.t("network-email")).required())
        .with(
            Field::new(Kind::Cards, "role", words.t("network-role"))
                .options(labels::role_choices(words))
                .value(role_code(Role::Member))
                .required(),
        )
}

async fn people_page(visit: &Visit, id: StructureId, status: StatusCode, form: Form) -> Answer {
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let structure = queries::structure(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let leads = visit.cx.viewer.leads(id);
    let mut people = Vec::new();
    for one in queries::colleagues(&mut conn, id).await? {
        if let Some(person) = accounts::people::person(&mut conn, one.person).await? {
            people.push(PersonRow {
                id: one.person,
                name: person.name,
                // Addresses are for the lead, who invites; the others see names and roles.
                email: if leads { person.email.unwrap_or_default() } else { String::new() },
                role: labels::role(&words, one.role),
                since: words.date(one.since),
                own: visit.cx.person() == Some(one.person),
            });
        }
    }
    let shown = PeoplePage {
        shell: visit.shell("directory"),
        form,
        structure: structure.name,
        structure_id: id,
        people,
        leads,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn show(visit: Visit) -> Answer {
    let id = super::own_structure(&visit)?;
    let form = invite_form(&visit);
    people_page(&visit, id, StatusCode::OK, form).await
}

pub(super) async fn invite(visit: Visit, input: Input) -> Answer {
    let id = super::own_structure(&visit)?;
    if !visit.cx.viewer.leads(id) {
        return Err(Problem::FORBIDDEN);
    }
    let mut form = invite_form(&visit);
    form.fill(&input);
    let name = form.text("nom", 80);
    let email = form.email("email");
    let role = form.choice("role").and_then(|code| role_from_code(&code));
    if let (Some(name), Some(email), Some(role)) = (name, email, role) {
        let command = InvitePerson { structure: id, name: name.clone(), email, role };
        match invite_person::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(_) => {
                let notice = Notice::done("network-invited").with("name", name);
                return Ok(visit.lead_to("/structure/membres", notice));
            }
            Err(failure) => match refusal(failure)? {
                InviteRefused::Nameless => form.refuse("nom", visit.words.t("network-person-nameless")),
                InviteRefused::AlreadyIn => form.refuse("email", visit.words.t("network-person-already")),
            },
        }
    }
    people_page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, form).await
}

async fn role_page(visit: &Visit, id: StructureId, person: PersonId) -> Result<(Form, FormPage), Problem> {
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let held = queries::role_in(&mut conn, id, person).await?.ok_or(Problem::NOT_FOUND)?;
    let name = accounts::names(&mut conn, &[person]).await?.remove(&person).ok_or(Problem::NOT_FOUND)?;
    let form = Form::new(visit).with(
        Field::new(Kind::Cards, "role", words.t("network-role"))
            .options(labels::role_choices(&words))
            .value(role_code(held.role))
            .required(),
    );
    let shown = FormPage {
        shell: visit.shell("directory"),
        title: words.t1("network-role-of", "name", name),
        lead: words.t("network-role-page-lead"),
        button: words.t("network-save"),
        back: "/structure/membres",
        form: form.clone(),
        words,
    };
    Ok((form, shown))
}

pub(super) async fn ask(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    let id = super::own_structure(&visit)?;
    if !visit.cx.viewer.leads(id) {
        return Err(Problem::FORBIDDEN);
    }
    let (_, shown) = role_page(&visit, id, person).await?;
    Ok(page(StatusCode::OK, &shown))
}

pub(super) async fn set(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    let id = super::own_structure(&visit)?;
    if !visit.cx.viewer.leads(id) {
        return Err(Problem::FORBIDDEN);
    }
    let (mut form, mut shown) = role_page(&visit, id, person).await?;
    form.fill(&input);
    if let Some(role) = form.choice("role").and_then(|code| role_from_code(&code)) {
        let command = ChangeRole { structure: id, person, role };
        match change_role::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => return Ok(visit.lead_to("/structure/membres", Notice::done("network-role-changed"))),
            Err(failure) => match refusal(failure)? {
                RoleRefused::LastLead => form.refuse("role", visit.words.t("network-last-lead")),
            },
        }
    }
    shown.form = form;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
}

pub(super) async fn remove(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    let id = super::own_structure(&visit)?;
    let command = RemovePerson { structure: id, person };
    match remove_person::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(role) => {
            let mut notice = Notice::done("network-person-removed");
            // Whoever took themself out is no longer there to put themself back.
            if visit.cx.person() != Some(person) {
                notice =
                    notice.undo(format!("/structure/membres/{person}/remettre?role={}", role_code(role)));
            }
            Ok(visit.lead_to("/structure/membres", notice))
        }
        Err(failure) => match refusal(failure)? {
            RemoveRefused::LastLead => {
                Ok(visit.lead_to("/structure/membres", Notice::warning("network-last-lead")))
            }
        },
    }
}

pub(super) async fn put_back(
    visit: Visit,
    Path(person): Path<PersonId>,
    asked: axum::extract::RawQuery,
    input: Input,
) -> Answer {
    let id = super::own_structure(&visit)?;
    let role = asked
        .0
        .as_deref()
        .and_then(|query| query.strip_prefix("role="))
        .and_then(role_from_code)
        .ok_or(Problem::NOT_FOUND)?;
    remove_person::undo(&visit.act(&input), &visit.app.db, RemovePerson { structure: id, person }, role).await?;
    Ok(visit.lead_to("/structure/membres", Notice::done("network-person-back")))
}
