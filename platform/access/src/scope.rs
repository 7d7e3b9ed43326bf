//! The five scopes and the one function that reads them.

use kernel::{CoordinationId, Cx, Failure, Level, StructureId, Viewer};
use serde::{Deserialize, Serialize};

/// How far a group of fields may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The leads of the structure only.
    Me,
    /// Everybody in the structure.
    Structure,
    /// The structure and those it names.
    Named,
    /// Every structure that takes part in a coordination with it, from the level of reader.
    Coordination,
    /// Anybody.
    Public,
}

impl Scope {
    /// Every scope, narrowest first.
    pub const ALL: [Self; 5] = [Self::Me, Self::Structure, Self::Named, Self::Coordination, Self::Public];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Structure => "structure",
            Self::Named => "named",
            Self::Coordination => "coordination",
            Self::Public => "public",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// The groups of fields that a structure shares or keeps, each with a scope of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// Name, kind, sector, places.
    Identity,
    /// Whom to call or write to.
    Contact,
    /// Storage, dock, receiving hours.
    Capacity,
    /// How many households and persons, as counts.
    PublicServed,
    /// Families wanted and excluded.
    Wishes,
    /// What is in stock.
    Stock,
    /// What was received and handed out.
    Figures,
}

impl FieldGroup {
    /// Every group.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Contact,
        Self::Capacity,
        Self::PublicServed,
        Self::Wishes,
        Self::Stock,
        Self::Figures,
    ];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Capacity => "capacity",
            Self::PublicServed => "public_served",
            Self::Wishes => "wishes",
            Self::Stock => "stock",
            Self::Figures => "figures",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// What holds until the structure chooses: identity is public, figures and stock stay at home, the rest is
    /// shared with the coordination.
    #[must_use]
    pub fn default_scope(self) -> Scope {
        match self {
            Self::Identity => Scope::Public,
            Self::Contact | Self::Capacity | Self::PublicServed | Self::Wishes => Scope::Coordination,
            Self::Stock | Self::Figures => Scope::Structure,
        }
    }
}

/// A scope as it stands on a value: whose it is, how far it goes, whom it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeOf {
    /// The structure the value belongs to.
    pub owner: StructureId,
    /// How far it goes.
    pub scope: Scope,
    /// The structures named, for [`Scope::Named`].
    pub named: Vec<StructureId>,
    /// The coordinations the owner takes part in.
    pub coordinations: Vec<CoordinationId>,
}

/// Whether the viewer may see a value of this scope. Facilitators, the town and the operator of the
/// installation pass here like anybody else; only the machine's own jobs are not people and see all.
#[must_use]
pub fn may_see(viewer: &Viewer, of: &ScopeOf) -> bool {
    if viewer.is_machine() {
        return true;
    }
    match of.scope {
        Scope::Public => true,
        Scope::Me => viewer.leads(of.owner),
        Scope::Structure => viewer.belongs_to(of.owner),
        Scope::Named => viewer.belongs_to(of.owner) || of.named.iter().any(|named| viewer.belongs_to(*named)),
        Scope::Coordination => {
            viewer.belongs_to(of.owner)
                || of.coordinations.iter().any(|coordination| {
                    viewer.facilitates(*coordination)
                        || viewer.level_in(*coordination).is_some_and(|level| level >= Level::Reader)
                })
        }
    }
}

/// Whether the viewer may do the day's work for a structure, and in whose place: `None` for their own structure, the structure
/// itself where a facilitator of the present coordination acts on its behalf (« saisi par X pour Y »), which the
/// use case writes in the trail and tells the structure.
///
/// # Errors
/// [`Failure::Forbidden`] for everybody else.
pub fn acting<R>(cx: &Cx, structure: StructureId) -> Result<Option<StructureId>, Failure<R>> {
    own_or_behalf(cx, structure, cx.viewer.acts_for(structure))
}

/// The same for what commits a structure beyond a day, its card or a link for others: a volunteer may not.
///
/// # Errors
/// [`Failure::Forbidden`] for everybody else.
pub fn speaking<R>(cx: &Cx, structure: StructureId) -> Result<Option<StructureId>, Failure<R>> {
    own_or_behalf(cx, structure, cx.viewer.speaks_for(structure))
}

fn own_or_behalf<R>(cx: &Cx, structure: StructureId, own: bool) -> Result<Option<StructureId>, Failure<R>> {
    if cx.viewer.is_machine() || own {
        return Ok(None);
    }
    match cx.coordination {
        Some(coordination) if cx.viewer.facilitates(coordination) => Ok(Some(structure)),
        _ => Err(Failure::Forbidden),
    }
}

/// The same for a thing that is written down in one coordination: a facilitator acts on behalf in that one and in no
/// other, whichever they facilitate.
///
/// # Errors
/// [`Failure::Forbidden`] for everybody else.
pub fn acting_in<R>(
    cx: &Cx,
    structure: StructureId,
    coordination: CoordinationId,
) -> Result<Option<StructureId>, Failure<R>> {
    let behalf = acting(cx, structure)?;
    if behalf.is_some() && cx.coordination != Some(coordination) {
        Err(Failure::Forbidden)
    } else {
        Ok(behalf)
    }
}

/// Lets through whoever helps to facilitate the present coordination, and the machine.
///
/// # Errors
/// [`Failure::Forbidden`] for everybody else.
pub fn facilitating<R>(cx: &Cx) -> Result<(), Failure<R>> {
    let facilitates = cx.coordination.is_some_and(|coordination| cx.viewer.facilitates(coordination));
    if facilitates || cx.viewer.is_machine() { Ok(()) } else { Err(Failure::Forbidden) }
}

/// Lets through whoever's structure takes part in the present coordination at `least` or above, its
/// facilitators, and the machine.
///
/// # Errors
/// [`Failure::Forbidden`] for everybody else.
pub fn taking_part<R>(cx: &Cx, least: Level) -> Result<CoordinationId, Failure<R>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let level = cx.viewer.level_in(coordination);
    if cx.viewer.is_machine()
        || cx.viewer.facilitates(coordination)
        || level.is_some_and(|level| level >= least)
    {
        return Ok(coordination);
    }
    Err(Failure::Forbidden)
}
