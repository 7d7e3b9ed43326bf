//! The daily allocation (« la répartition »): the common stock shared out fairly among those who ask, proposed by the
//! machine, validated by a human, answered by each structure, handed over with a delivery note.
//!
//! ```text
//!  run:   proposed ──a human──► validated ──every line ended──► executed
//!             └──────────────────────┴────► cancelled (goods return)
//!
//!  line:  proposed ─► accepted ─► prepared (delivery note) ─► handed over
//!             │           └─► refused        └─► not handed over
//!             ├─► refused (reason, never a fault; goods return)
//!             └─► not handed over (set to zero, unanswered, cancelled; goods return)
//! ```
//!
//! What is shared is the common stock and what waits on the board: offers that can wait take part as goods that lie at
//! their donors'. Of those a line holds a part of the collection; accepted, it is that structure's reservation, which it
//! fetches and signs for at the donor's; refused, it returns to the board.
//!
//! The need of a day is the persons served × the sum of the families' weekly norms ÷ 7 × the voted weight of the
//! structure's sector. Persons are those of its card; where the card is silent, those of its requests; where these are
//! too, the middle of the others. What it asks for only limits what it gets: asking for more cannot buy more.
//!
//! Invariants: a plan is stored only with its proof, checked twice; its inputs are frozen and hashed, so that anybody
//! can compute it again; every proposed crate is reserved, so that nothing else takes it; only a human validates; what
//! is refused is not counted as received; a page never shows one structure another's figures.

pub mod inputs;
mod jobs;
pub mod line;
pub mod memory;
mod pages;
mod papers;
pub mod problem;
pub mod queries;
pub mod reasons;
pub mod rule;
mod run;
mod share;
mod store;
pub mod usecases;

pub use inputs::Inputs;
pub use line::{Line, LineId, LineState, RefusalReason};
pub use rule::{Rule, RuleId, Weights};
pub use run::{Run, RunId, RunState};
pub use share::{Share, ShareId};
pub use usecases::Refused;

use i18n::Source;
use kernel::{Level, Locale, Viewer};
use web::{LinkPage, NavEntry, Room};

/// What this room brings to the house.
#[must_use]
pub fn room() -> Room {
    Room {
        routes: pages::routes(),
        words: sources().into(),
        nav: vec![NavEntry {
            url: "/attributions",
            also: &[],
            label: "allocation-nav",
            icon: "allocation",
            rank: 50,
            shown: takes_part,
        }],
        waiting: vec![pages::waiting],
        jobs: jobs::handlers(),
        schedules: jobs::schedules(),
        link_pages: vec![LinkPage {
            purpose: usecases::answer::PURPOSE,
            path: |share| format!("/attributions/reponse/{share}"),
        }],
    }
}

/// A place's address on one line.
pub(crate) fn address_of(site: &directory::Site) -> String {
    let town = format!("{} {}", site.postcode, site.city);
    let parts = [site.address.as_str(), town.trim()];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn takes_part(viewer: &Viewer) -> bool {
    !viewer.facilitates.is_empty() || viewer.memberships.iter().any(|place| place.level >= Level::Reader)
}

/// This crate's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
