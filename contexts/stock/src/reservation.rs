//! « Réservation »: so much of a lot, at a place, promised to a structure for a purpose.
//!
//! Invariant: an active reservation is covered by its place's balance; it ends once, released or used.

use goods::UnknownCode;
use kernel::{Grams, StructureId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{LotId, PlaceId, ReservationId};

/// Where a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationState {
    /// It holds.
    Active,
    /// It was given up.
    Released,
    /// The goods were handed over.
    Consumed,
}

impl ReservationState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Released, Self::Consumed];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Released => "released",
            Self::Consumed => "consumed",
        }
    }
}

impl TryFrom<String> for ReservationState {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownCode(code))
    }
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Its id.
    pub id: ReservationId,
    /// The lot.
    pub lot: LotId,
    /// The place it is at.
    pub place: PlaceId,
    /// For whom.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// Where it stands.
    pub state: ReservationState,
    /// What for, e.g. `allocation`.
    pub purpose: String,
    /// Which one.
    pub subject: Uuid,
}
