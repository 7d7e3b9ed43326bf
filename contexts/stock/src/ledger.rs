//! « Le stock tombe juste »: what it means that nothing was created or lost, and how it is said when something was.
//!
//! Invariant: balances are what the entries say, promises are what the active reservations say. Every movement goes
//! through one function that writes both sides; [`verify`] recomputes one from the other.

use kernel::Grams;

use crate::{LotId, MovementId, PlaceId};

pub use crate::queries::verify;

/// Where the kept figures and the entries part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discrepancy {
    /// A balance that its entries do not add up to.
    Balance {
        /// The lot.
        lot: LotId,
        /// The place.
        place: PlaceId,
        /// What is kept.
        kept: Grams,
        /// What the entries say.
        entries: Grams,
    },
    /// A promise that its reservations do not add up to.
    Reserved {
        /// The lot.
        lot: LotId,
        /// The place.
        place: PlaceId,
        /// What is kept.
        kept: Grams,
        /// What the active reservations say.
        reservations: Grams,
    },
    /// A movement without entries.
    Empty(MovementId),
}

impl std::fmt::Display for Discrepancy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Balance { lot, place, kept, entries } => {
                write!(f, "lot {lot} at {place}: balance {} g, entries {} g", kept.0, entries.0)
            }
            Self::Reserved { lot, place, kept, reservations } => {
                write!(f, "lot {lot} at {place}: reserved {} g, reservations {} g", kept.0, reservations.0)
            }
            Self::Empty(movement) => write!(f, "movement {movement} has no entries"),
        }
    }
}
