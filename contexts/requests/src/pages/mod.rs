//! The pages of requests: the list, one request, the form on one screen, standing requests, « toujours exact ? ».
//!
//! Invariant: a page shows another structure's request only through [`access::Gate`], under the scope of its wishes.

mod board;
mod confirm;
mod edit;
mod export;
mod form;
mod new;
mod one;
mod standing;
mod waits;

use axum::routing::{get, post};
use web::Routes;

pub(crate) use export::own_tables;
pub(crate) use waits::waiting;

/// Every address of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/demandes", get(board::show))
        .route("/demandes/export", get(export::download))
        .route("/demandes/nouvelle", get(new::show).post(new::post))
        .route("/demandes/permanentes", get(standing::list))
        .route("/demandes/permanentes/nouvelle", get(standing::new).post(standing::post))
        .route("/demandes/permanentes/{id}", get(standing::show).post(standing::edit))
        .route("/demandes/permanentes/{id}/suite", post(standing::turn))
        .route("/demandes/confirmer/{id}", get(confirm::show).post(confirm::post))
        .route("/demandes/{id}", get(one::show))
        .route("/demandes/{id}/modifier", get(edit::show).post(edit::post))
        .route("/demandes/{id}/retirer", post(edit::withdraw))
        .route("/demandes/{id}/remettre", post(edit::restore))
}
