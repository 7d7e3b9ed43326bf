//! « Répartitions »: the runs, and what waits for the viewer's structures.

use askama::Template;
use axum::http::StatusCode;
use i18n::Words;
use web::{Answer, Input, Notice, Shell, Visit, page};

use super::shown;
use crate::line::LineState;
use crate::queries;
use crate::run::{RunId, RunState};
use crate::usecases::prepare;

/// How many runs a page holds.
const MOST: i64 = 20;

struct Row {
    url: String,
    reference: String,
    day: String,
    state: String,
    open: bool,
}

struct Own {
    url: String,
    why: String,
    structure: String,
    title: String,
    state: String,
    waits: bool,
}

#[derive(Template)]
#[template(path = "allocation/runs.html")]
struct RunsPage {
    shell: Shell,
    words: Words,
    facilitates: bool,
    /// Whether the viewer may ask for something to be shared out; readers read.
    asks: bool,
    key: String,
    rows: Vec<Row>,
    own: Vec<Own>,
    next: String,
}

/// The runs of the coordination and the viewer's own shares.
pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let words = visit.words.clone();
    let before = input.get("avant").and_then(|text| {
        let (day, id) = text.split_once('.')?;
        Some((web::parse_date(day, visit.cx.today())?, id.parse::<RunId>().ok()?))
    });
    let mut conn = visit.app.db.read().await?;
    let mut runs = queries::runs(&mut conn, coordination, before, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = runs.len() > most;
    runs.truncate(most);
    let next = runs.last().filter(|_| more).map(|run| format!("/attributions?avant={}.{}", run.day, run.id));
    let mut own = Vec::new();
    for place in &visit.cx.viewer.affiliations {
        let names = shown::named(&mut conn, [place.structure]).await?;
        let structure = names.get(&place.structure).cloned().unwrap_or_default();
        for share in queries::shares_of(&mut conn, coordination, place.structure).await?.into_iter().take(6) {
            let Some(run) = queries::run(&mut conn, share.run).await? else { continue };
            let lines = queries::lines_for(&mut conn, share.run, place.structure).await?;
            let waits = run.state == RunState::Validated
                && lines.iter().any(|line| line.state == LineState::Proposed);
            let mass: kernel::Grams = lines
                .iter()
                .filter(|line| line.state != LineState::NotHandedOver)
                .map(|line| line.grams)
                .sum();
            own.push(Own {
                url: format!("/attributions/reponse/{}", share.id),
                why: format!("/attributions/pourquoi/{}", share.id),
                structure: structure.clone(),
                title: words.t2("allocation-own", "day", words.day(run.day), "mass", words.mass(mass)),
                state: if waits { words.t("allocation-own-waits") } else { words.t(run.state.key()) },
                waits,
            });
        }
    }
    let rows = runs
        .iter()
        .map(|run| Row {
            url: format!("/attributions/{}", run.id),
            reference: run.reference.clone(),
            day: words.day(run.day),
            state: words.t(run.state.key()),
            open: run.state == RunState::Proposed,
        })
        .collect();
    let template = RunsPage {
        shell: visit.shell("allocation"),
        facilitates: visit.cx.viewer.facilitates(coordination),
        asks: access::taking_part::<kernel::Never>(&visit.cx, kernel::Level::Contributor).is_ok(),
        key: visit.new_key(),
        rows,
        own,
        next: next.unwrap_or_default(),
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

/// « Préparer la répartition du jour ».
pub(super) async fn prepare(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let command = prepare::Prepare { coordination };
    match prepare::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(prepared) => Ok(visit.lead_to(
            &format!("/attributions/{}", prepared.run),
            Notice::done("allocation-notice-prepared").with("reference", prepared.reference),
        )),
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let text = shown::refusal(&visit.words, &refused);
            Ok(visit.lead_to("/attributions", Notice::warning("allocation-notice-said").with("text", text)))
        }
    }
}
