//! « Mouvement »: what happened to goods, as entries that leave one place and enter another.
//!
//! Invariant: a movement is never changed or removed; a mistake is put right by another movement that says why.

use chrono::{DateTime, Utc};
use goods::UnknownCode;
use kernel::{CoordinationId, Grams, PersonId, StructureId};
use serde::{Deserialize, Serialize};

use crate::{LotId, MovementId, PlaceId};

/// Why goods moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// They came in from a donor.
    Received,
    /// They changed zone in the same structure.
    Moved,
    /// One lot became several.
    Split,
    /// They went to another structure.
    HandedOver,
    /// People took them home.
    HandedOut,
    /// They were thrown away or composted.
    Wasted,
    /// They went back to the hub or the donor.
    Returned,
    /// A count found more or less.
    Counted,
    /// An earlier movement was reversed.
    Corrected,
    /// They were taken out after a recall.
    Withdrawn,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 10] = [
        Self::Received,
        Self::Moved,
        Self::Split,
        Self::HandedOver,
        Self::HandedOut,
        Self::Wasted,
        Self::Returned,
        Self::Counted,
        Self::Corrected,
        Self::Withdrawn,
    ];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::HandedOver => "handed_over",
            Self::HandedOut => "handed_out",
            Self::Wasted => "wasted",
            Self::Returned => "returned",
            Self::Counted => "counted",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

impl TryFrom<String> for Cause {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::from_code(&code).ok_or(UnknownCode(code))
    }
}

/// A movement's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Its id.
    pub id: MovementId,
    /// The coordination in whose ledger it is.
    pub coordination: CoordinationId,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// Why.
    pub cause: Cause,
    /// Whose act it was.
    pub structure: Option<StructureId>,
    /// Who wrote it down.
    pub person: Option<PersonId>,
    /// The movement it reverses.
    pub corrects: Option<MovementId>,
    /// The reason given.
    pub reason: Option<String>,
}

/// One entry: so many grams of a lot leave a place and enter another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The lot.
    pub lot: LotId,
    /// The place they leave.
    pub from: PlaceId,
    /// The place they enter.
    pub to: PlaceId,
    /// How much, above zero.
    pub grams: Grams,
}

impl Entry {
    /// The entry that undoes it.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { from: self.to, to: self.from, ..self }
    }
}
