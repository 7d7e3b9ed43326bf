//! The people of a structure: who they are in it, inviting, changing a role, taking somebody out. At `/structure/membres`
//! for one's own, at `/structures/{id}/membres` for a structure that a facilitator looks after.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{PersonId, Role, StructureId};
use store::Conn;
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
    /// Where its forms are sent.
    url: String,
    people: Vec<PersonRow>,
    manages: bool,
    /// Whether it is the viewer's own structure.
    own: bool,
    /// « Saisi par X pour Y », where a facilitator acts.
    behalf: String,
}

/// The structure whose people are looked at, from the viewer's side.
pub(super) struct Roster {
    id: StructureId,
    url: String,
    own: bool,
    /// Whether they may change it: its leads, and facilitators of a coordination it takes part in.
    manages: bool,
    behalf: bool,
}

impl Roster {
    fn own(visit: &Visit) -> Result<Self, Problem> {
        let id = super::own_structure(visit)?;
        let manages = visit.cx.viewer.leads(id);
        Ok(Self { id, url: "/structure/membres".to_owned(), own: true, manages, behalf: false })
    }

    async fn of(visit: &Visit, id: StructureId) -> Result<Self, Problem> {
        visit.known()?;
        let viewer = &visit.cx.viewer;
        let leads = viewer.leads(id);
        let looks_after = queries::coordinations_of(&mut visit.app.db.read().await?, id)
            .await?
            .iter()
            .any(|coordination| viewer.facilitates(*coordination));
        if !leads && !looks_after {
            return Err(Problem::FORBIDDEN);
        }
        let url = format!("/structures/{id}/membres");
        Ok(Self { id, url, own: viewer.belongs_to(id), manages: true, behalf: !leads })
    }

    async fn name(&self, conn: &mut Conn) -> Result<String, Problem> {
        let found = queries::structure(conn, self.id).await?;
        Ok(found.filter(|one| one.binned_at.is_none()).ok_or(Problem::NOT_FOUND)?.name)
    }

    /// « Saisi par X pour Y », before it is written.
    fn mark(&self, visit: &Visit, name: &str) -> String {
        if !self.behalf {
            return String::new();
        }
        let who = visit.arrival.person_name.clone().unwrap_or_default();
        visit.words.t2("network-people-behalf", "who", who, "structure", name)
    }
}

fn invite_form(visit: &Visit, first: bool) -> Form {
    let words = &visit.words;
    let role = if first { Role::Lead } else { Role::Member };
    Form::new(visit)
        .with(Field::text("nom", words.t("network-person-name")).autocomplete("off").required())
        .with(Field::new(Kind::Email, "email", words.t("network-email")).required())
        .with(
            Field::new(Kind::Cards, "role", words.t("network-role"))
                .options(labels::role_choices(words))
                .value(role_code(role))
                .required(),
        )
}

async fn people_page(visit: &Visit, roster: Roster, status: StatusCode, form: Option<Form>) -> Answer {
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let structure = roster.name(&mut conn).await?;
    let leads = visit.cx.viewer.leads(roster.id);
    let mut people = Vec::new();
    for one in queries::colleagues(&mut conn, roster.id).await? {
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
        form: form.unwrap_or_else(|| invite_form(visit, people.is_empty())),
        behalf: roster.mark(visit, &structure),
        structure,
        structure_id: roster.id,
        url: roster.url,
        people,
        manages: roster.manages,
        own: roster.own,
        words,
    };
    Ok(page(status, &shown))
}

async fn invite_into(visit: Visit, roster: Roster, input: Input) -> Answer {
    if !roster.manages {
        return Err(Problem::FORBIDDEN);
    }
    let mut form = invite_form(&visit, false);
    form.fill(&input);
    let name = form.text("nom", 80);
    let email = form.email("email");
    let role = form.choice("role").and_then(|code| role_from_code(&code));
    if let (Some(name), Some(email), Some(role)) = (name, email, role) {
        let command = InvitePerson { structure: roster.id, name: name.clone(), email, role };
        match invite_person::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(_) => {
                let notice = Notice::done("network-invited").with("name", name);
                return Ok(visit.lead_to(&roster.url, notice));
            }
            Err(failure) => match refusal(failure)? {
                InviteRefused::Nameless => form.refuse("nom", visit.words.t("network-person-nameless")),
                InviteRefused::AlreadyIn => form.refuse("email", visit.words.t("network-person-already")),
            },
        }
    }
    people_page(&visit, roster, StatusCode::UNPROCESSABLE_ENTITY, Some(form)).await
}

async fn role_page(visit: &Visit, roster: &Roster, person: PersonId) -> Result<(Form, FormPage), Problem> {
    let words = visit.words.clone();
    let mut conn = visit.app.db.read().await?;
    let held = queries::role_in(&mut conn, roster.id, person).await?.ok_or(Problem::NOT_FOUND)?;
    let name = accounts::names(&mut conn, &[person]).await?.remove(&person).ok_or(Problem::NOT_FOUND)?;
    let structure = roster.name(&mut conn).await?;
    let form = Form::new(visit).with(
        Field::new(Kind::Cards, "role", words.t("network-role"))
            .options(labels::role_choices(&words))
            .value(role_code(held.role))
            .required(),
    );
    let mut lead = words.t("network-role-page-lead");
    if roster.behalf {
        lead = format!("{lead} {}", roster.mark(visit, &structure));
    }
    let shown = FormPage {
        shell: visit.shell("directory"),
        title: words.t1("network-role-of", "name", name),
        lead,
        button: words.t("network-save"),
        back: roster.url.clone(),
        form: form.clone(),
        words,
    };
    Ok((form, shown))
}

async fn ask_role(visit: Visit, roster: Roster, person: PersonId) -> Answer {
    if !roster.manages {
        return Err(Problem::FORBIDDEN);
    }
    let (_, shown) = role_page(&visit, &roster, person).await?;
    Ok(page(StatusCode::OK, &shown))
}

async fn set_role(visit: Visit, roster: Roster, person: PersonId, input: Input) -> Answer {
    let (mut form, mut shown) = role_page(&visit, &roster, person).await?;
    form.fill(&input);
    if let Some(role) = form.choice("role").and_then(|code| role_from_code(&code)) {
        let command = ChangeRole { structure: roster.id, person, role };
        match change_role::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => return Ok(visit.lead_to(&roster.url, Notice::done("network-role-changed"))),
            Err(failure) => match refusal(failure)? {
                RoleRefused::LastLead => form.refuse("role", visit.words.t("network-last-lead")),
            },
        }
    }
    shown.form = form;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
}

async fn take_out(visit: Visit, roster: Roster, person: PersonId, input: Input) -> Answer {
    let url = roster.url;
    let command = RemovePerson { structure: roster.id, person };
    match remove_person::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(role) => {
            let mut notice = Notice::done("network-person-removed");
            // Whoever took themself out is no longer there to put themself back.
            if visit.cx.person() != Some(person) {
                notice = notice.undo(format!("{url}/{person}/remettre?role={}", role_code(role)));
            }
            Ok(visit.lead_to(&url, notice))
        }
        Err(failure) => match refusal(failure)? {
            RemoveRefused::LastLead => Ok(visit.lead_to(&url, Notice::warning("network-last-lead"))),
        },
    }
}

async fn take_back(
    visit: Visit,
    roster: Roster,
    person: PersonId,
    query: Option<&str>,
    input: &Input,
) -> Answer {
    let role = query
        .and_then(|query| query.strip_prefix("role="))
        .and_then(role_from_code)
        .ok_or(Problem::NOT_FOUND)?;
    remove_person::undo(
        &visit.act(input),
        &visit.app.db,
        RemovePerson { structure: roster.id, person },
        role,
    )
    .await?;
    Ok(visit.lead_to(&roster.url, Notice::done("network-person-back")))
}

pub(super) async fn show(visit: Visit) -> Answer {
    let roster = Roster::own(&visit)?;
    people_page(&visit, roster, StatusCode::OK, None).await
}

pub(super) async fn invite(visit: Visit, input: Input) -> Answer {
    let roster = Roster::own(&visit)?;
    invite_into(visit, roster, input).await
}

pub(super) async fn ask(visit: Visit, Path(person): Path<PersonId>) -> Answer {
    let roster = Roster::own(&visit)?;
    ask_role(visit, roster, person).await
}

pub(super) async fn set(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    let roster = Roster::own(&visit)?;
    set_role(visit, roster, person, input).await
}

pub(super) async fn remove(visit: Visit, Path(person): Path<PersonId>, input: Input) -> Answer {
    let roster = Roster::own(&visit)?;
    take_out(visit, roster, person, input).await
}

pub(super) async fn put_back(
    visit: Visit,
    Path(person): Path<PersonId>,
    asked: axum::extract::RawQuery,
    input: Input,
) -> Answer {
    let roster = Roster::own(&visit)?;
    take_back(visit, roster, person, asked.0.as_deref(), &input).await
}

/// The same pages for a structure named in the address.
pub(super) mod of_structure {
    use super::{Answer, Input, Path, PersonId, Roster, StatusCode, StructureId, Visit};

    pub(in crate::pages) async fn show(visit: Visit, Path(id): Path<StructureId>) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::people_page(&visit, roster, StatusCode::OK, None).await
    }

    pub(in crate::pages) async fn invite(visit: Visit, Path(id): Path<StructureId>, input: Input) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::invite_into(visit, roster, input).await
    }

    pub(in crate::pages) async fn ask(
        visit: Visit,
        Path((id, person)): Path<(StructureId, PersonId)>,
    ) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::ask_role(visit, roster, person).await
    }

    pub(in crate::pages) async fn set(
        visit: Visit,
        Path((id, person)): Path<(StructureId, PersonId)>,
        input: Input,
    ) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::set_role(visit, roster, person, input).await
    }

    pub(in crate::pages) async fn remove(
        visit: Visit,
        Path((id, person)): Path<(StructureId, PersonId)>,
        input: Input,
    ) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::take_out(visit, roster, person, input).await
    }

    pub(in crate::pages) async fn put_back(
        visit: Visit,
        Path((id, person)): Path<(StructureId, PersonId)>,
        asked: axum::extract::RawQuery,
        input: Input,
    ) -> Answer {
        let roster = Roster::of(&visit, id).await?;
        super::take_back(visit, roster, person, asked.0.as_deref(), &input).await
    }
}
