//! The pages of collections: the board, one offer, the form on one screen, the take-over, papers, pickups, agreements.
//!
//! Invariant: a page shows an offer only through [`crate::visibility`], and another structure's name or place only through
//! [`access::Gate`].

mod agreements;
mod board;
mod cards;
mod come;
mod donor;
mod drives;
mod edit;
mod form;
mod new;
mod one;
mod pickups;
mod slips;
mod taking;
mod waits;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use kernel::{Level, StructureId, Via};
use web::{Routes, Visit};

use crate::photo;

pub(crate) use one::difference_in_words;
pub(crate) use waits::waiting;

/// What a form with a photo may weigh: the photo, its texts and the seams between them.
const WITH_PHOTO: usize = photo::LARGEST + 256 * 1024;

/// Every address of this room.
pub(crate) fn routes() -> Routes {
    let large = || DefaultBodyLimit::max(WITH_PHOTO);
    Routes::new()
        .route("/collectes", get(board::show))
        .route("/collectes/nouvelle", get(new::show).post(new::post).layer(large()))
        .route("/collectes/donateurs/{structure}", get(donor::show))
        .route("/collectes/donateurs/{structure}/lien", post(donor::issue))
        .route("/collectes/donateurs/{structure}/lien/retirer", post(donor::revoke))
        .route("/collectes/publiques/nouvelle", get(drives::ask).post(drives::announce))
        .route("/collectes/publiques/{id}", get(drives::show))
        .route("/collectes/publiques/{id}/annuler", post(drives::cancel))
        .route("/collectes/publiques/{id}/noter", get(drives::ask_record).post(drives::record))
        .route("/collectes/{id}", get(one::show))
        .route("/collectes/{id}/venir", get(come::show).post(come::reserve))
        .route("/collectes/{id}/venir/{hold}/annuler", post(come::release))
        .route("/collectes/{id}/photo", get(one::photo))
        .route("/collectes/{id}/modifier", get(edit::show).post(edit::post).layer(large()))
        .route("/collectes/{id}/reserver", post(one::reserve))
        .route("/collectes/{id}/annuler", post(one::cancel))
        .route("/collectes/{id}/retablir", post(one::restore))
        .route("/collectes/{id}/rien", post(one::nothing))
        .route("/collectes/{id}/pas-cette-fois", post(one::decline))
        .route("/collectes/{id}/reservations/{hold}/annuler", post(one::release))
        .route("/collectes/{id}/reservations/{hold}/reprendre", post(one::hold_again))
        .route("/collectes/{id}/prise-en-charge/{hold}", get(taking::show).post(taking::post))
        .route("/bordereaux", get(slips::list))
        .route("/bordereaux/export/{format}", get(slips::export))
        .route("/bordereaux/{id}", get(slips::one))
        .route("/ramasses", get(pickups::show).post(pickups::schedule))
        .route("/ramasses/{id}/date", post(pickups::except))
        .route("/ramasses/{id}/date/{day}/comme-avant", post(pickups::as_usual))
        .route("/ramasses/{id}/arreter", post(pickups::end))
        .route("/ramasses/{id}/reprendre", post(pickups::resume))
        .route("/conventions", get(agreements::show).post(agreements::propose))
        .route("/conventions/{id}/accepter", post(agreements::accept))
        .route("/conventions/{id}/terminer", post(agreements::end))
}

/// The query that keeps the holder of a link known on the next page: `?jeton=…`, or nothing.
fn with_token(visit: &Visit, path: &str) -> String {
    let token = visit.path.split_once('?').and_then(|(_, query)| {
        query.split('&').find(|pair| pair.starts_with("jeton=")).filter(|pair| pair.len() < 200)
    });
    match (&visit.cx.viewer.via, token) {
        (Via::Link { .. }, Some(token)) => format!("{path}?{token}"),
        _ => path.to_owned(),
    }
}

/// The structures for which the viewer may act by themself, in the order of their affiliations.
fn own_structures(visit: &Visit) -> Vec<StructureId> {
    let viewer = &visit.cx.viewer;
    let mut own: Vec<StructureId> =
        viewer.affiliations.iter().map(|one| one.structure).filter(|one| viewer.acts_for(*one)).collect();
    // The structure chosen last comes first.
    if let Some(at) = own.iter().position(|one| Some(*one) == viewer.structure) {
        own.swap(0, at);
    }
    own
}

/// Those of them that give and take in the coordination the viewer is in: readers read.
fn contributing(visit: &Visit) -> Vec<StructureId> {
    let seats = &visit.cx.viewer.memberships;
    let mut own = own_structures(visit);
    own.retain(|one| {
        seats.iter().any(|seat| {
            Some(seat.coordination) == visit.cx.coordination
                && seat.structure == *one
                && seat.level >= Level::Contributor
        })
    });
    own
}

/// Whether the viewer helps to facilitate the coordination they are in.
fn facilitates(visit: &Visit) -> bool {
    visit.cx.coordination.is_some_and(|coordination| visit.cx.viewer.facilitates(coordination))
}
