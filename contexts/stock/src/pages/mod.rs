//! The stock's pages: what to use first, receiving, a lot's life and what one does with it, counting.

mod act;
mod correction;
mod count;
mod export;
mod lines;
mod list;
mod lot;
mod receive;
mod sheet;
mod sight;
mod verb;
mod waiting;

use axum::routing::{get, post};
use web::Routes;

pub(crate) use export::own_tables;
pub(crate) use waiting::waiting;

/// The rooms' colour in the shell.
const ACCENT: &str = "stock";

/// Every address of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/stock", get(list::show))
        .route("/stock/export", get(export::download))
        .route("/stock/fiche", get(sheet::show))
        .route("/stock/inventaire", get(count::show).post(count::post))
        .route("/stock/recevoir", get(receive::show).post(receive::post))
        .route("/stock/lots/{id}", get(lot::show))
        .route("/stock/lots/{id}/{acte}", get(act::show).post(act::post))
        .route("/stock/mouvements/{id}/annuler", post(correction::undo))
        .route("/stock/mouvements/{id}/corriger", get(correction::show).post(correction::post))
}
