//! Requests (« demandes »): what structures need, by family and quantity, for a day; standing ones come back by
//! themselves.
//!
//! ```text
//!  standing request ──a week ahead, once per day──┐
//!                                                 ▼
//!  posted ───────────────────────────────────► open ──served in part──► open ──all served──► closed (served)
//!                                               │ ▲
//!                                     withdrawn │ │ put back (undo)
//!                                               ▼ │
//!                                             closed ◄── day passed, or nobody confirmed (expired)
//! ```
//!
//! Invariants: a line keeps four figures (asked, suggested by allocations, accepted, handed over) and none is written
//! over another; a standing request makes at most one request for a day; households and persons are counts and a
//! note names nobody; no page orders structures by a quantity.

mod jobs;
pub mod norms;
mod pages;
pub mod queries;
mod request;
mod standing;
mod storage;
mod store;
pub mod usecases;

pub use request::{
    CONFIRM_AFTER, CONFIRM_WITHIN, CloseReason, HORIZON, Request, RequestId, RequestLine, RequestLineId,
    RequestState, Unsound, Wanted,
};
pub use standing::{Rhythm, SPAWN_AHEAD, Standing, StandingId, StandingState};
pub use usecases::Refused;

use ::store::Conn;
use i18n::{Source, Words};
use kernel::{Cx, Level, Locale, StructureId, Viewer};
use web::{LinkPage, NavEntry, Room};

/// What this room brings to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: pages::routes(),
        words: sources().into(),
        nav: vec![NavEntry {
            url: "/demandes",
            also: &[],
            label: "requests-nav",
            icon: "request",
            rank: 30,
            shown: takes_part,
        }],
        waiting: vec![pages::waiting],
        jobs: jobs::handlers(),
        schedules: jobs::schedules(),
        link_pages: vec![LinkPage {
            purpose: usecases::confirm::PURPOSE,
            path: |subject| format!("/demandes/confirmer/{subject}"),
        }],
    }
}

fn takes_part(viewer: &Viewer) -> bool {
    !viewer.facilitates.is_empty() || viewer.memberships.iter().any(|place| place.level >= Level::Contributor)
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
