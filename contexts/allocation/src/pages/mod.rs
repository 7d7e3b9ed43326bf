//! The pages of the allocation: runs, one run, its preparation list, a structure's answer, why, the rule, the hand-over.
//!
//! Invariant: who facilitates sees what each structure is proposed; everybody else sees their own share, totals, and
//! levels of groups of three structures or more.

mod adjust;
mod answer;
mod fetch;
mod handover;
mod preparation;
mod receipt;
mod rule;
mod run;
mod runs;
mod shown;
mod waits;
mod why;

use axum::routing::{get, post};
use web::Routes;

pub(crate) use waits::waiting;

/// Every address of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/attributions", get(runs::show))
        .route("/attributions/preparer", post(runs::prepare))
        .route("/attributions/regle", get(rule::show).post(rule::post))
        .route("/attributions/lignes/{id}", get(adjust::show).post(adjust::post))
        .route("/attributions/lignes/{id}/donner", post(adjust::give))
        .route("/attributions/reponse/{id}/recu", post(answer::receipt))
        .route("/attributions/reponse/{id}", get(answer::show).post(answer::post))
        .route("/attributions/pourquoi/{id}", get(why::show))
        .route("/attributions/{id}", get(run::show))
        .route("/attributions/{id}/valider", post(run::validate))
        .route("/attributions/{id}/annuler", post(run::cancel))
        .route("/attributions/{id}/ajouter", get(adjust::new).post(adjust::add))
        .route("/attributions/{id}/preparation", get(preparation::show))
        .route("/attributions/{id}/preparation.pdf", get(preparation::pdf))
        .route("/attributions/{id}/remise/{structure}", get(handover::show).post(handover::post))
        .route("/attributions/{id}/remise/{structure}/preparer", post(handover::prepare))
        .route("/attributions/{id}/bons/{note}", get(handover::pdf))
}
