//! « Fiche de stock »: the list on paper, with room to write what was taken.

use access::Gate;
use askama::Template;
use axum::http::StatusCode;
use i18n::Words;
use web::{Answer, Input, Shell, Visit, page};

use super::ACCENT;
use super::lines::Line;
use super::list::read;
use super::sight::Sight;

/// Lots on a paper list; beyond it the list is printed family by family.
const MOST: usize = 400;

#[derive(Template)]
#[template(path = "stock/sheet.html")]
struct SheetPage {
    shell: Shell,
    words: Words,
    name: String,
    printed: String,
    query: String,
    lots: Vec<Line>,
    is_cut: bool,
}

pub(super) async fn show(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "page");
    let sight = Sight::of(&mut conn, &visit.cx, &mut gate, coordination).await?;
    let asked = read(&mut conn, &mut gate, coordination, &sight, &input, MOST + 1).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let mut lots = asked.lines(&visit.words);
    let is_cut = lots.len() > MOST;
    lots.truncate(MOST);
    let template = SheetPage {
        shell: visit.shell(ACCENT),
        name: asked.shelf.name.clone(),
        printed: visit.words.moment_in_full(visit.cx.now()),
        query: asked.query(),
        lots,
        is_cut,
        words: visit.words.clone(),
    };
    Ok(page(StatusCode::OK, &template))
}
