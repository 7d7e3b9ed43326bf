//! Who is there: structure cards and places, what each says of itself, and the import of the list a coordinator
//! already keeps in a spreadsheet.
//!
//! ```text
//! spreadsheet ─► read ─► looked at, columns corrected ─► written whole ─► undone whole (rows untouched since)
//! card: added ─► edited (by its own people, or on their behalf: told) ─► binned (30 days) ─► back, or gone from view
//! place: registered ─► edited ─► closed ─► open again
//! ```
//!
//! Invariants: a value with a scope reaches a page, a list, an export or a form's choices only through
//! [`seen`]; a second editor never overwrites a first; nobody who is helped is described anywhere.

mod card;
pub mod import;
mod pages;
pub mod queries;
mod receiving;
mod site;
mod store;
pub mod usecases;

pub use card::{Card, Contact, Served, Wishes, phone, website};
pub use queries::seen;
pub use receiving::{Receiving, Unreadable, Window};
pub use site::{Site, point, postcode};

use ::store::Conn;
use i18n::{Source, Words};
use kernel::{Cx, Locale, StructureId};
use queue::{Every, Handler, Schedule};
use usecases::empty_bin::EMPTY_BIN;
use web::{NavEntry, Room};

/// What this room brings to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: pages::routes(),
        words: sources().to_vec(),
        nav: vec![NavEntry {
            url: "/structures",
            also: &["/import", "/lieux"],
            label: "directory-nav",
            icon: "people",
            rank: 60,
            shown: |viewer| !viewer.memberships.is_empty() || !viewer.facilitates.is_empty(),
        }],
        jobs: vec![Handler::new(
            EMPTY_BIN,
            |cx, db, _| async move { usecases::empty_bin::run(&cx, &db).await },
        )],
        schedules: vec![Schedule {
            kind: EMPTY_BIN,
            every: Every::DayAt(chrono::NaiveTime::MIN + chrono::Duration::hours(3)),
        }],
        ..Room::default()
    }
}

/// What this room knows of a structure, for `network::room_with`.
pub fn exporter<'a>(
    conn: &'a mut Conn,
    _cx: &'a Cx,
    words: &'a Words,
    structure: StructureId,
) -> network::Tables<'a> {
    Box::pin(seen::own_tables(conn, words, structure))
}

/// This room's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
