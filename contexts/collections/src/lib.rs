//! « Collectes »: what is given on the territory, from the offer to the signed slip.
//!
//! ```text
//!              ┌── reserve / release ──┐
//! post ─► published ─────────────────────┴─ take over ─► taken over ─► closed
//!   ▲        │ ├─► cancelled (undone while its window is open)   every taking: slip signed + stock received,
//!   │        │ ├─► nothing to collect                                in one transaction
//!   │        │ ├─► refused (whoever came took nothing)
//! pickup     │ └─► expired (its window is past and nobody came)
//! (weekly)   └── reserved in part or whole: derived
//!
//! agreement: proposed ─ both sides accept ─► in force ─► ended          paper: prepared ─► signed
//! ```
//!
//! Invariants: what is spoken for never exceeds what is offered (a CHECK and a row lock); goods past their DLC are never
//! posted nor taken over; a recurring pickup gives each of its days once; a paper is signed once; refusing all or part is
//! a right; what is done in somebody's place says so and is told to them.

pub mod agreement;
pub mod collection;
pub mod drive;
pub mod handover;
pub mod hold;
mod jobs;
pub mod offer;
mod pages;
pub mod papers;
pub mod photo;
pub mod picture;
pub mod queries;
pub mod recurrence;
mod store;
pub mod telling;
pub mod urgency;
pub mod usecases;
pub mod visibility;

pub use agreement::{Agreement, AgreementId};
pub use collection::{Collection, CollectionId};
pub use drive::{Drive, DriveId};
pub use handover::{Handover, HandoverId, PaperKind};
pub use hold::{Hold, HoldId};
pub use recurrence::{Pickup, PickupId};

use ::store::Conn;
use i18n::{Source, Words};
use kernel::{Cx, Locale, StructureId};
use web::{LinkPage, NavEntry, Room};

/// What this room brings to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: pages::routes(),
        words: sources().into(),
        nav: vec![NavEntry {
            url: "/collectes",
            also: &["/ramasses", "/bordereaux", "/conventions"],
            label: "collections-nav",
            icon: "offer",
            rank: 20,
            shown: |viewer| !viewer.memberships.is_empty() || !viewer.facilitates.is_empty(),
        }],
        waiting: vec![|conn, cx, words| Box::pin(pages::waiting(conn, cx, words))],
        jobs: jobs::handlers(),
        schedules: jobs::schedules(),
        link_pages: vec![
            LinkPage { purpose: usecases::POST_FOR_DONOR, path: |_donor| "/collectes/nouvelle".to_owned() },
            LinkPage {
                purpose: usecases::come::PURPOSE,
                path: |collection| format!("/collectes/{collection}/venir"),
            },
        ],
    }
}

/// What this room knows of a structure, for `network::room_with`.
pub fn exporter<'a>(
    conn: &'a mut Conn,
    _cx: &'a Cx,
    words: &'a Words,
    structure: StructureId,
) -> network::Tables<'a> {
    Box::pin(papers::own_tables(conn, words, structure))
}

/// This room's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}

/// A place's address on one line, as the board shows it.
pub(crate) fn address_of(site: &directory::Site) -> String {
    let town = format!("{} {}", site.postcode, site.city);
    let parts = [site.name.as_str(), site.address.as_str(), town.trim()];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}
