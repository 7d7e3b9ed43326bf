//! « Emplacement »: where goods are, and the outside from which they come and into which they go.
//!
//! Invariant: only the outside may owe; nothing inside goes below zero.

use goods::{TemperatureClass, UnknownCode};
use kernel::{CoordinationId, SiteId, StructureId};
use serde::{Deserialize, Serialize};

use crate::PlaceId;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A zone of a structure, at one temperature, at a site or at the structure at large.
    Zone,
    /// A vehicle on its way.
    Vehicle,
    /// Where gifts come from.
    Donor,
    /// Where goods go that people took home.
    HandedOut,
    /// Where goods go that nobody will eat.
    Waste,
    /// Where goods go that went back to the donor.
    Returned,
    /// What counts found missing or in excess.
    Variance,
    /// Where a lot becomes another when it is split.
    Resplit,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Zone,
        Self::Vehicle,
        Self::Donor,
        Self::HandedOut,
        Self::Waste,
        Self::Returned,
        Self::Variance,
        Self::Resplit,
    ];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Vehicle => "vehicle",
            Self::Donor => "donor",
            Self::HandedOut => "handed_out",
            Self::Waste => "waste",
            Self::Returned => "returned",
            Self::Variance => "variance",
            Self::Resplit => "resplit",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it lies outside, where a balance may be below zero.
    #[must_use]
    pub fn is_outside(self) -> bool {
        !matches!(self, Self::Zone | Self::Vehicle)
    }
}

impl TryFrom<String> for PlaceKind {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::from_code(&code).ok_or(UnknownCode(code))
    }
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// The coordination in whose ledger it is.
    pub coordination: CoordinationId,
    /// Who holds what is there; nobody for the outside.
    pub structure: Option<StructureId>,
    /// At which site, where it is one.
    pub site: Option<SiteId>,
    /// What it is.
    pub kind: PlaceKind,
    /// How cold it is, for a zone.
    pub temperature: Option<TemperatureClass>,
    /// Whether nothing may enter any more.
    pub closed: bool,
}

impl Place {
    /// Whether goods of this class keep their cold here: a zone is never warmer than what it holds.
    #[must_use]
    pub fn keeps(&self, class: TemperatureClass) -> bool {
        self.temperature.is_none_or(|zone| zone >= class)
    }
}
