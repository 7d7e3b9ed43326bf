//! The preparation list: what to put aside for whom, on a screen and on paper.

use ::store::Conn;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use documents::paper::Paper;
use documents::pdf::Fonts;
use i18n::Words;
use kernel::Grams;
use web::{Answer, Problem, Shell, Visit, page};

use super::shown::{self, ShownLine, Speaking};
use crate::papers::{self, Issuer, RowToPrepare, ToPrepare};
use crate::queries;
use crate::run::{Run, RunId};

struct Part {
    structure: String,
    remise: String,
    lines: Vec<ShownLine>,
    total: String,
}

#[derive(Template)]
#[template(path = "allocation/preparation.html")]
struct PreparationPage {
    shell: Shell,
    words: Words,
    title: String,
    reference: String,
    back: String,
    pdf: String,
    parts_list: Vec<Part>,
}

/// The list.
pub(super) async fn show(visit: Visit, Path(id): Path<RunId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (run, parts) = load(&mut conn, &visit, id).await?;
    let template = PreparationPage {
        shell: visit.shell("allocation"),
        title: visit.words.t1("allocation-preparation-of", "day", visit.words.date(run.day)),
        reference: run.reference,
        back: format!("/attributions/{id}"),
        pdf: format!("/attributions/{id}/preparation.pdf"),
        parts_list: parts,
        words: visit.words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The list on paper.
pub(super) async fn pdf(visit: Visit, Path(id): Path<RunId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (run, parts) = load(&mut conn, &visit, id).await?;
    let issuer = issuer(&mut conn, &visit, &run).await?;
    drop(conn);
    let parts: Vec<ToPrepare> = parts
        .into_iter()
        .map(|part| ToPrepare {
            structure: part.structure,
            total: part.total,
            rows: part
                .lines
                .into_iter()
                .map(|line| RowToPrepare {
                    product: line.lot.product,
                    lot: line.lot.reference,
                    date: line.lot.date,
                    cold: line.lot.temperature_text,
                    crates: line.crates,
                    mass: line.mass,
                    is_unanswered: line.is_unanswered,
                })
                .collect(),
        })
        .collect();
    let paper =
        papers::preparation(&visit.words, issuer, &run.reference, visit.words.date_figures(run.day), &parts);
    print(paper, &format!("preparation-{}.pdf", run.reference)).await
}

/// The lines whose goods are held, by structure; for those who keep a hub of the run and those who facilitate.
async fn load(conn: &mut Conn, visit: &Visit, id: RunId) -> Result<(Run, Vec<Part>), Problem> {
    let run = shown::seen_run(conn, visit, id).await?;
    let speaking = Speaking::open(conn, visit, &run).await?;
    let viewer = &visit.cx.viewer;
    if !viewer.facilitates(run.coordination)
        && !speaking.inputs.lots.iter().any(|lot| lot.offer.is_none() && viewer.belongs_to(lot.holder))
    {
        return Err(Problem::FORBIDDEN);
    }
    let lines = queries::lines(conn, id).await?;
    let names = shown::named(conn, lines.iter().map(|line| line.structure)).await?;
    let mut parts = Vec::new();
    for (structure, name) in names {
        let held: Vec<_> = lines
            .iter()
            .filter(|line| line.structure == structure)
            .filter(|line| line.state.holds_goods() && line.grams.is_positive() && line.offer.is_none())
            .collect();
        if held.is_empty() {
            continue;
        }
        let total: Grams = held.iter().map(|line| line.grams).sum();
        parts.push(Part {
            structure: name,
            remise: format!("/attributions/{id}/remise/{structure}"),
            lines: held.into_iter().filter_map(|line| speaking.line(line)).collect(),
            total: visit.words.mass(total),
        });
    }
    shown::alphabetical(&mut parts, |part| &part.structure);
    Ok((run, parts))
}

/// Who issues papers of a run.
pub(super) async fn issuer(conn: &mut Conn, visit: &Visit, run: &Run) -> Result<Issuer, Problem> {
    let coordination = network::queries::coordination(conn, run.coordination).await?;
    Ok(Issuer {
        name: coordination.map(|coordination| coordination.full_name).unwrap_or_default(),
        note: visit.words.t1(
            "allocation-paper-printed",
            "moment",
            visit.words.moment_in_full(visit.cx.now()),
        ),
    })
}

/// Lays a paper out off the reactor and sends it.
pub(super) async fn print(paper: Paper, file_name: &str) -> Answer {
    let bytes = tokio::task::spawn_blocking(move || paper.to_pdf(&Fonts::new(web::assets::fonts())))
        .await
        .map_err(Problem::fault)?
        .map_err(Problem::fault)?;
    let disposition = format!("inline; filename=\"{file_name}\"");
    let headers = [(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition)];
    let response: Response = (StatusCode::OK, headers, bytes).into_response();
    Ok(response)
}
