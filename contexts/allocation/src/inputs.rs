//! What a run knows, frozen: lots, structures, requests, rule, memory; kept as JSON with its SHA-256.
//!
//! Invariant: a plan is a function of its inputs alone, so anybody can compute it again and find the same.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use collections::CollectionId;
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Grams, SiteId, StructureId};
use requests::RequestLineId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stock::{LotId, PlaceId};

use crate::memory::Past;
use crate::rule::Rule;

/// Everything a plan depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The civil day.
    pub day: NaiveDate,
    /// The rule in force that day.
    pub rule: Rule,
    /// Grams per person and week that all families' norms make together.
    pub norm_per_person: i64,
    /// What is to be given, first to expire first.
    pub lots: Vec<FrozenLot>,
    /// Who asks, by id.
    pub structures: Vec<FrozenStructure>,
    /// What is asked, the day needed first.
    pub lines: Vec<FrozenLine>,
}

/// An offer of the board, which lies at its donor's until somebody fetches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenOffer {
    /// The collection.
    pub collection: CollectionId,
    /// Where it is fetched, in words.
    pub address: String,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// The civil day of that end.
    pub last_day: NaiveDate,
}

/// A lot at a place of the common stock, or an offer of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLot {
    /// The lot; an offer is no lot yet, and goes by its collection's id.
    pub lot: LotId,
    /// Where it lies; nowhere of ours for an offer.
    pub place: PlaceId,
    /// The structure that keeps the hub; for an offer its donor.
    pub holder: StructureId,
    /// The hub; for an offer the donor's place.
    pub site: Option<SiteId>,
    /// Its number on our papers.
    pub reference: String,
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// What can be given.
    pub free: Grams,
    /// What a crate weighs; zero where it has none.
    pub crate_grams: Grams,
    /// Whether its mass is estimated.
    pub estimated: bool,
    /// Who refused it before.
    pub refused_by: Vec<StructureId>,
    /// Where and when it is fetched, for an offer; runs from before offers were shared keep their hash without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<FrozenOffer>,
}

/// Where the number of persons came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonsFrom {
    /// The structure's card.
    Card,
    /// Its requests, where the card says nothing.
    Request,
    /// The middle of the others, where neither does.
    Middle,
}

/// A structure that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenStructure {
    /// The structure.
    pub structure: StructureId,
    /// Persons served.
    pub persons: i64,
    /// Where that number came from.
    pub persons_from: PersonsFrom,
    /// Its voted weight, in thousandths.
    pub weight_permille: i64,
    /// What it needs in a day, weighted, in grams.
    pub need_of_a_day: Grams,
    /// What is remembered of it; where it is new, where the middle one stands.
    pub past: Past,
    /// Whether nothing was remembered of it.
    pub is_new: bool,
    /// What was proposed to it or accepted by it, and not handed over yet.
    pub promised: Grams,
    /// Room for dry, chilled and frozen goods, what is promised taken off.
    pub room: [Grams; 3],
    /// Families it cannot take.
    pub excluded: Vec<FamilyCode>,
    /// The next day on which it takes deliveries.
    pub opens_on: NaiveDate,
    /// How far it is from each hub, in metres, where both are known.
    pub metres: BTreeMap<SiteId, u32>,
}

/// A line of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLine {
    /// The line.
    pub line: RequestLineId,
    /// Whose.
    pub structure: StructureId,
    /// The family.
    pub family: FamilyCode,
    /// At which temperature only.
    pub temperature: Option<TemperatureClass>,
    /// What is still wanted and not promised yet.
    pub left: Grams,
    /// The day it is needed.
    pub needed_on: NaiveDate,
}

impl Inputs {
    /// The SHA-256 of their JSON, in hexadecimal.
    ///
    /// # Errors
    /// When they have no JSON form, which only a fault of the program can cause.
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        let json = serde_json::to_vec(self)?;
        Ok(Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// What a structure needs in a day: persons × the week's norms ÷ 7 × its voted weight, at least one gram. Never what
/// it asks for: asking for more cannot buy more.
#[must_use]
pub fn need_of_a_day(persons: i64, norm_per_person: i64, weight_permille: i64) -> Grams {
    let grams =
        i128::from(persons.max(0)) * i128::from(norm_per_person.max(0)) * i128::from(weight_permille.max(0));
    Grams(i64::try_from(grams / 7_000).unwrap_or(i64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn need_follows_people_norms_and_weight() {
        assert_eq!(need_of_a_day(70, 7_000, 1_000), Grams(70_000));
        assert_eq!(need_of_a_day(70, 7_000, 1_500), Grams(105_000));
        assert_eq!(need_of_a_day(0, 7_000, 1_000), Grams(1), "somebody who asks is never weightless");
    }
}
