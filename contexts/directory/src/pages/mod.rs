//! The directory's pages.

mod card;
mod edit;
mod forms;
mod import;
mod kept;
mod list;
mod places;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use web::Routes;

/// The most a spreadsheet may weigh, with the form around it.
const SHEET_LIMIT: usize = 11_000_000;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/structures", get(list::show))
        .route("/structures/export/{format}", get(list::export))
        .route("/structures/nouvelle", get(edit::ask_new).post(edit::add))
        .route("/structures/{id}", get(card::show))
        .route("/structures/{id}/historique", get(card::history))
        .route("/structures/{id}/modifier", get(edit::ask).post(edit::save))
        .route("/structures/{id}/entrer", post(edit::let_in))
        .route("/structures/{id}/supprimer", post(edit::bin))
        .route("/structures/{id}/retablir", post(edit::unbin))
        .route("/structures/{id}/lieux/nouveau", get(places::ask_new).post(places::add))
        .route("/lieux/{id}/modifier", get(places::ask).post(places::save))
        .route("/import", get(import::show).post(import::read).layer(DefaultBodyLimit::max(SHEET_LIMIT)))
        .route("/import/{id}", get(import::preview))
        .route("/import/{id}/colonnes", get(import::columns).post(import::map))
        .route("/import/{id}/valider", post(import::write))
        .route("/import/{id}/annuler", post(import::undo))
}
