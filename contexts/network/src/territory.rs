//! Territories: « territoire » and « échelon ». A tree from the quartier to the département.
//!
//! Invariant: a territory's parent is of a wider level, so the tree has no cycle.

use kernel::TerritoryId;
use kernel::time::Tz;

use crate::coded;

coded! {
    /// The « échelon », narrowest first.
    TerritoryLevel {
        /// A quartier.
        Quartier = "quartier",
        /// An arrondissement.
        Arrondissement = "arrondissement",
        /// A commune.
        Commune = "commune",
        /// An « établissement public territorial », or another EPCI.
        Ept = "ept",
        /// A métropole.
        Metropole = "metropole",
        /// A département.
        Departement = "departement",
    }
}

impl TerritoryLevel {
    /// Whether a territory of this level may lie in one of `parent`'s. A département may lie in a métropole and a
    /// métropole in a département: Greater Paris spans four of them, Lyon's replaces one.
    #[must_use]
    pub fn lies_in(self, parent: Self) -> bool {
        parent > self || (self == Self::Departement && parent == Self::Metropole)
    }
}

/// A territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Territory {
    /// Its id.
    pub id: TerritoryId,
    /// The wider territory it lies in.
    pub parent: Option<TerritoryId>,
    /// Its level.
    pub level: TerritoryLevel,
    /// Its name.
    pub name: String,
    /// Its INSEE code, where it has one.
    pub code_insee: Option<String>,
    /// Its time zone.
    pub zone: Tz,
}
