//! The network's pages.

mod choose;
mod coordination;
mod facilitation;
mod invitation;
mod level;
mod meetings;
mod people;
mod seats;
mod sharing;
mod waits;

pub(crate) use waits::waiting;

use std::sync::Arc;

use axum::routing::{get, post};
use kernel::StructureId;
use web::{Problem, Routes, Visit};

use self::people::of_structure;
use crate::Exporter;

pub(crate) fn routes(exporters: Vec<Exporter>) -> Routes {
    Routes::new()
        .route("/coordination", get(coordination::show))
        .route("/coordination/co-animation", get(facilitation::ask).post(facilitation::name))
        .route("/coordination/co-animation/{person}/fin", get(facilitation::ask_end).post(facilitation::end))
        .route("/coordination/membres/{structure}/niveau", get(level::ask).post(level::set))
        .route("/coordination/reunions/nouvelle", get(meetings::ask).post(meetings::call))
        .route("/coordination/reunions/{id}", get(meetings::show))
        .route("/coordination/reunions/{id}/reunion.ics", get(meetings::calendar))
        .route("/coordination/reunions/{id}/annuler", post(meetings::cancel))
        .route("/coordination/sans-personne", get(seats::without_people))
        .route("/coordination/demandes", get(seats::asks))
        .route("/coordination/demandes/{structure}", post(seats::answer))
        .route("/structures/{id}/membres", get(of_structure::show).post(of_structure::invite))
        .route("/structures/{id}/membres/{person}", get(of_structure::ask).post(of_structure::set))
        .route("/structures/{id}/membres/{person}/retirer", post(of_structure::remove))
        .route("/structures/{id}/membres/{person}/remettre", post(of_structure::put_back))
        .route("/structure", get(choose::card))
        .route("/structure/choisir", get(choose::show).post(choose::choose))
        .route("/structure/partage", get(sharing::show))
        .route("/structure/partage/donnees.zip", get(sharing::export))
        .route("/structure/partage/rejoindre", post(seats::ask))
        .route("/structure/partage/quitter", post(sharing::leave))
        .route("/structure/partage/revenir", post(sharing::come_back))
        .route("/structure/partage/{group}", get(sharing::ask).post(sharing::set))
        .route("/structure/membres", get(people::show).post(people::invite))
        .route("/structure/membres/{person}", get(people::ask).post(people::set))
        .route("/structure/membres/{person}/retirer", post(people::remove))
        .route("/structure/membres/{person}/remettre", post(people::put_back))
        .route("/invitation/{person}", get(invitation::show).post(invitation::enter))
        .carrying(Arc::new(exporters))
}

/// The structure the visitor acts for.
fn own_structure(visit: &Visit) -> Result<StructureId, Problem> {
    visit.known()?;
    let structure = visit.cx.structure().ok_or(Problem::NOT_FOUND)?;
    if visit.cx.viewer.belongs_to(structure) { Ok(structure) } else { Err(Problem::NOT_FOUND) }
}
