//! « Toujours exact ? »: one question, one button, with or without an account.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::uuid::Uuid;
use kernel::{CoordinationId, StructureId};
use store::{Conn, Error};
use web::{Answer, Input, Notice, Problem, Shell, Visit, page};

use super::form;
use crate::queries;
use crate::request::{RequestId, Wanted};
use crate::standing::{StandingId, StandingState};
use crate::usecases::confirm::{self, Confirm, PURPOSE};

#[derive(Template)]
#[template(path = "requests/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    words: Words,
    structure: String,
    when: String,
    lines: Vec<String>,
    confirmed: String,
    fresh: bool,
    key: String,
    edit: String,
}

/// What is to be confirmed, whichever of the two it is.
struct Subject {
    structure: StructureId,
    coordination: CoordinationId,
    when: String,
    lines: Vec<Wanted>,
    confirmed_at: chrono::DateTime<chrono::Utc>,
    edit: String,
}

/// The question.
pub(super) async fn show(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let subject = load(&mut conn, &visit, id).await?.ok_or(Problem::NOT_FOUND)?;
    let held = visit.cx.viewer.holds_link(PURPOSE, id);
    let mut gate = access::Gate::new(&visit.cx, "page");
    if !held {
        visit.known()?;
        if let Err(failure) =
            access::acting_in::<kernel::Never>(&visit.cx, subject.structure, subject.coordination)
        {
            return Err(failure.into());
        }
        form::readable(&mut conn, &mut gate, subject.structure).await?;
    }
    // Whoever holds the link is of the structure.
    let structure = if held {
        let names = network::queries::structure_names(&mut conn, &[subject.structure]).await?;
        names.get(&subject.structure).cloned().unwrap_or_default()
    } else {
        let names = network::queries::seen_names(&mut conn, &mut gate, &[subject.structure]).await?;
        names.say(&visit.words, subject.structure)
    };
    let families = goods::queries::families(&mut conn, subject.coordination).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let words = visit.words.clone();
    let lines = subject
        .lines
        .iter()
        .map(|line| {
            let family = goods::labels::family(&families, &line.family, words.locale());
            words.t2("requests-theirs-line", "family", family, "mass", words.mass(line.grams))
        })
        .collect();
    let fresh = visit.cx.now() - subject.confirmed_at < chrono::Duration::days(1);
    let template = ConfirmPage {
        shell: visit.shell("requests"),
        structure,
        when: subject.when,
        lines,
        confirmed: words.t1("requests-confirmed-last", "moment", words.moment(subject.confirmed_at)),
        fresh,
        key: visit.new_key(),
        edit: if held { String::new() } else { subject.edit },
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

/// « Toujours exact ».
pub(super) async fn post(visit: Visit, Path(id): Path<Uuid>, input: Input) -> Answer {
    confirm::run(&visit.act(&input), &visit.app.db, Confirm { subject: id }).await?;
    Ok(visit.lead_to(&visit.path, Notice::done("requests-notice-confirmed")))
}

async fn load(conn: &mut Conn, visit: &Visit, id: Uuid) -> Result<Option<Subject>, Error> {
    let words = &visit.words;
    if let Some(standing) = queries::standing(conn, StandingId(id)).await? {
        if standing.state == StandingState::Closed {
            return Ok(None);
        }
        return Ok(Some(Subject {
            structure: standing.structure,
            coordination: standing.coordination,
            when: super::standing::rhythm(words, &standing.rhythm),
            lines: standing.lines,
            confirmed_at: standing.confirmed_at,
            edit: format!("/demandes/permanentes/{id}"),
        }));
    }
    let request = queries::request(conn, RequestId(id)).await?.filter(|request| request.closed.is_none());
    Ok(request.map(|request| Subject {
        structure: request.structure,
        coordination: request.coordination,
        when: words.t1("requests-theirs-day", "day", words.date(request.needed_on)),
        lines: request
            .lines
            .iter()
            .map(|line| Wanted {
                family: line.family.clone(),
                temperature: line.temperature,
                grams: line.wanted,
            })
            .collect(),
        confirmed_at: request.confirmed_at,
        edit: format!("/demandes/{id}/modifier"),
    }))
}
