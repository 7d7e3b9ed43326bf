//! Who sits at the table: territories, coordinations, structures and their people, and how far each shares.
//!
//! ```text
//! structure ── join ──► listed ─► reader ─► contributor ─► signatory     (a facilitator admits, the lead may step down)
//!     ▲                    └───────┴──── leave ────┴───────────┘          (with all of its data; back within 30 days)
//!     └── people: lead, member, volunteer ── named co-facilitator ─► steps down
//! ```
//!
//! Invariants: a structure has one lead at least once it has people; only its leads decide what it shares; a
//! coordination has two co-facilitators from two structures, or its page says that it has not.

mod coded;
mod coordination;
pub mod many;
pub mod queries;
mod recognise;
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
pub use recognise::recognise;
pub use structure::{Accreditation, CardState, Rna, Sector, Siret, Structure, StructureKind};
pub use territory::{Territory, TerritoryLevel};
