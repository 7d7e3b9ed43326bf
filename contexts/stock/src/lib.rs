//! The stock: a double-entry ledger of lots and places, and the pages that keep it.
//!
//! ```text
//!  donor ─received─► zone ─moved─► zone ─handed over─► another structure's zone ─handed out─► people
//!                     │ ▲                                                    └──returned──► hub or donor
//!                     │ └─counted (variance)      lot ─split─► lots (through « resplit »)
//!                     └─wasted / withdrawn─► waste
//!
//!  lot: expected ─► available ◄─► quarantined ─► withdrawn
//!                       └───────► blocked (recall) ─► withdrawn        expired, reserved, used up: derived
//! ```
//!
//! Invariants, held by the database and checked by [`ledger::verify`]: nothing is created or lost (each entry is
//! one row with its two places); nothing inside goes below zero; free = balance − reserved, never below zero. A
//! lot that is set aside, blocked, withdrawn or past its DLC is never reserved or handed on, when planned nor
//! when done.

mod ids;
pub mod ledger;
mod lot;
mod movement;
mod pages;
mod place;
pub mod queries;
mod refusal;
mod reservation;
mod store;
pub mod usecases;

pub use ids::{LotId, MovementId, PlaceId, ReservationId};
pub use lot::{Lot, LotState, NewLot, StateChange};
pub use movement::{Cause, Entry, Movement};
pub use place::{Place, PlaceKind};
pub use refusal::Refusal;
pub use reservation::{Reservation, ReservationState};

use ::store::Conn;
use i18n::{Source, Words};
use kernel::{Cx, Locale, StructureId};

/// What this room brings to the house.
#[must_use]
pub fn room() -> web::Room {
    web::Room {
        routes: pages::routes(),
        words: sources().into(),
        nav: vec![web::NavEntry {
            url: "/stock",
            also: &[],
            label: "stock-nav",
            icon: "stock",
            rank: 40,
            shown: |viewer| !viewer.affiliations.is_empty() || !viewer.facilitates.is_empty(),
        }],
        waiting: vec![|conn, cx, words| Box::pin(pages::waiting(conn, cx, words))],
        ..web::Room::default()
    }
}

/// What this room knows of a structure, for `network::room_with`.
pub fn exporter<'a>(
    conn: &'a mut Conn,
    _cx: &'a Cx,
    words: &'a Words,
    structure: StructureId,
) -> network::Tables<'a> {
    Box::pin(pages::own_tables(conn, words, structure))
}

/// This crate's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
