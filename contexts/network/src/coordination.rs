//! Coordinations: the collective in which structures of a territory work together, and who sits at its table.
//!
//! Invariant: a coordination is run by at least two co-facilitators from two different structures; where it is not,
//! the page says so plainly ([`Facilitation`]).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::time::Tz;
use kernel::{CoordinationId, Grams, Level, PersonId, Role, StructureId, TerritoryId};
use serde::{Deserialize, Serialize};

use crate::{Sector, StructureKind};

/// What members of a coordination agreed on, as figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Grams that count as one meal; printed beside every figure in meals. Networks differ: 500 g in Bordeaux and
    /// the Bas-Rhin, 1 kg in Aveyron.
    pub grams_per_meal: i64,
    /// The seats of the round table: sectors the coordination wants to hear.
    pub seats: Vec<Sector>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            grams_per_meal: 500,
            seats: Sector::ALL.iter().copied().filter(|sector| *sector != Sector::Other).collect(),
        }
    }
}

impl Settings {
    /// How many whole meals a mass counts for.
    #[must_use]
    pub fn meals(&self, grams: Grams) -> i64 {
        grams.0.checked_div(self.grams_per_meal).unwrap_or_default()
    }
}

/// A coordination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordination {
    /// Its id.
    pub id: CoordinationId,
    /// The territory it works on.
    pub territory: TerritoryId,
    /// The coordination one level above, if any.
    pub parent: Option<CoordinationId>,
    /// Its name in addresses.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// Its name in full.
    pub full_name: String,
    /// Its civil time.
    pub zone: Tz,
    /// Whom members call when they are lost.
    pub help_phone: Option<String>,
    /// What was agreed.
    pub settings: Settings,
    /// Goes up with each change.
    pub version: i64,
}

/// A structure at the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The structure.
    pub structure: StructureId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: StructureKind,
    /// Where it comes from.
    pub sector: Sector,
    /// How far it takes part.
    pub level: Level,
    /// Since when.
    pub since: NaiveDate,
}

/// A co-facilitator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    /// The person.
    pub person: PersonId,
    /// The structure they come from.
    pub structure: StructureId,
    /// Since when.
    pub since: NaiveDate,
}

/// A person in a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub person: PersonId,
    /// What they are in it.
    pub role: Role,
    /// Since when.
    pub since: NaiveDate,
}

/// Whether the rule of two facilitators from two structures holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facilitation {
    /// It holds.
    Shared,
    /// There are several, all from one structure.
    OneStructure,
    /// There is one.
    OnePerson,
    /// There is nobody.
    Nobody,
}

impl Facilitation {
    /// Reads the rule on the facilitators of today.
    #[must_use]
    pub fn of(facilitators: &[Facilitator]) -> Self {
        let people: BTreeSet<_> = facilitators.iter().map(|one| one.person).collect();
        let structures: BTreeSet<_> = facilitators.iter().map(|one| one.structure).collect();
        match (people.len(), structures.len()) {
            (0, _) => Self::Nobody,
            (1, _) => Self::OnePerson,
            (_, 1) => Self::OneStructure,
            _ => Self::Shared,
        }
    }
}

/// The sectors that have a seat and nobody on it. A structure that is only listed does not sit.
#[must_use]
pub fn empty_seats(settings: &Settings, members: &[Member]) -> Vec<Sector> {
    settings
        .seats
        .iter()
        .copied()
        .filter(|seat| !members.iter().any(|member| member.sector == *seat && member.level > Level::Listed))
        .collect()
}

/// The word kept in the database for a level.
#[must_use]
pub fn level_code(level: Level) -> &'static str {
    match level {
        Level::Listed => "listed",
        Level::Reader => "reader",
        Level::Contributor => "contributor",
        Level::Signatory => "signatory",
    }
}

/// Every level, from the lightest.
pub const LEVELS: [Level; 4] = [Level::Listed, Level::Reader, Level::Contributor, Level::Signatory];

/// Reads the word kept in the database for a level.
#[must_use]
pub fn level_from_code(code: &str) -> Option<Level> {
    LEVELS.into_iter().find(|level| level_code(*level) == code)
}

/// The word kept in the database for a role.
#[must_use]
pub fn role_code(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Member => "member",
        Role::Volunteer => "volunteer",
    }
}

/// Every role, from the one that carries most.
pub const ROLES: [Role; 3] = [Role::Lead, Role::Member, Role::Volunteer];

/// Reads the word kept in the database for a role.
#[must_use]
pub fn role_from_code(code: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_code(*role) == code)
}

/// The name a coordination has in addresses: `CASAAM – Montreuil` becomes `casaam-montreuil`.
#[must_use]
pub fn slug(name: &str) -> String {
    kernel::text::fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facilitator(person: u128, structure: u128) -> Facilitator {
        Facilitator {
            person: PersonId(uuid::Uuid::from_u128(person)),
            structure: StructureId(uuid::Uuid::from_u128(structure)),
            since: "2026-01-05".parse().unwrap(),
        }
    }

    #[test]
    fn two_people_from_two_structures() {
        for (who, expected) in [
            (vec![], Facilitation::Nobody),
            (vec![(1, 1)], Facilitation::OnePerson),
            (vec![(1, 1), (1, 2)], Facilitation::OnePerson),
            (vec![(1, 1), (2, 1)], Facilitation::OneStructure),
            (vec![(1, 1), (2, 2)], Facilitation::Shared),
        ] {
            let who: Vec<_> =
                who.into_iter().map(|(person, structure)| facilitator(person, structure)).collect();
            assert_eq!(Facilitation::of(&who), expected);
        }
    }

    #[test]
    fn settings_of_an_older_installation_read() {
        let settings: Settings = serde_json::from_str("{\"grams_per_meal\": 1000}").unwrap();
        assert_eq!((settings.meals(Grams::kg(42)), settings.seats.len()), (42, 11));
    }

    #[test]
    fn whoever_is_only_listed_does_not_sit() {
        let member = |sector, level| Member {
            structure: StructureId(uuid::Uuid::from_u128(1)),
            name: "x".into(),
            kind: StructureKind::Association,
            sector,
            level,
            since: "2026-01-05".parse().unwrap(),
        };
        let settings = Settings { seats: vec![Sector::Health, Sector::FoodAid], ..Settings::default() };
        let members = [member(Sector::FoodAid, Level::Contributor), member(Sector::Health, Level::Listed)];
        assert_eq!(empty_seats(&settings, &members), [Sector::Health]);
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("CASAAM – Montreuil"), "casaam-montreuil");
        assert_eq!(slug("L’Île-Saint-Denis !"), "l-ile-saint-denis");
    }
}
