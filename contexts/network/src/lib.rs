//! Who sits at the table: territories, coordinations, structures and their people, and how far each shares.
//!
//! ```text
//! structure ── join ──► listed ─► reader ─► contributor ─► signatory     (a facilitator admits, the lead may step down)
//!     ▲                    └───────┴──── leave ────┴───────────┘          (with all of its data; back within 30 days)
//!     └── people: lead, member, volunteer ── named co-facilitator ─► steps down
//! ```
//!
//! What its facilitators call everybody to is here too: the next meetings ([`Meeting`]), until they have a room.
//!
//! Invariants: a structure has one lead at least once it has people; only its leads decide what it shares; a
//! coordination has two co-facilitators from two structures, or its page says that it has not.

mod coded;
mod coordination;
pub mod labels;
pub mod many;
mod meeting;
mod pages;
mod picture;
pub mod queries;
mod store;
mod structure;
mod territory;
pub mod usecases;

pub use self::store::next_reference;
pub use coded::UnknownCode;
pub use coordination::{
    Colleague, Coordination, Facilitation, Facilitator, LEVELS, Member, ROLES, Settings, empty_seats,
    level_code, level_from_code, role_code, role_from_code, slug,
};
pub use meeting::{Meeting, MeetingId};
pub use structure::{Accreditation, CardState, Rna, Sector, Siret, Structure, StructureKind};
pub use territory::{Territory, TerritoryLevel};
pub use usecases::export::{Exporter, Tables};
pub use usecases::recognise::run as recognise;

use i18n::Source;
use kernel::Locale;
use web::{LinkPage, NavEntry, Room};

/// What this room brings to the house, with its own data only in the export.
#[must_use]
pub fn room() -> Room {
    room_with(Vec::new())
}

/// What this room brings to the house; `exporters` are the rooms further up that know something of a structure too.
#[must_use]
pub fn room_with(exporters: Vec<Exporter>) -> Room {
    Room {
        routes: pages::routes(exporters),
        words: sources().to_vec(),
        nav: vec![
            NavEntry {
                url: "/coordination",
                also: &[],
                label: "network-nav-coordination",
                icon: "meeting",
                rank: 70,
                shown: |viewer| !viewer.memberships.is_empty() || !viewer.facilitates.is_empty(),
            },
            NavEntry {
                url: "/structure",
                also: &[],
                label: "network-nav-structure",
                icon: "structure",
                rank: 80,
                shown: |viewer| !viewer.affiliations.is_empty(),
            },
        ],
        waiting: vec![pages::waiting],
        link_pages: vec![LinkPage {
            purpose: usecases::invite_person::PURPOSE,
            path: |person| format!("/invitation/{person}"),
        }],
        ..Room::default()
    }
}

/// This room's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
