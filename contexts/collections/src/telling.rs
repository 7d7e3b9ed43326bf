//! Who is told of an offer, and how soon: urgent goods at once to the nearest who can take them, the rest in the digest.
//!
//! Invariant: nobody is told at once of goods they said they do not want or cannot keep; twelve structures at most are.

use std::collections::BTreeSet;

use goods::{FamilyCode, TemperatureClass};
use kernel::geo::Point;
use kernel::{Grams, Metres, StructureId};

/// How many structures are told at once of urgent goods.
pub const NEAREST: usize = 12;

/// What a structure said of itself that matters here.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The structure.
    pub structure: StructureId,
    /// The families it wants; none said means any.
    pub wanted: BTreeSet<FamilyCode>,
    /// The families it does not take.
    pub excluded: BTreeSet<FamilyCode>,
    /// What it can keep dry.
    pub dry: Grams,
    /// What it can keep chilled.
    pub chilled: Grams,
    /// What it can keep frozen.
    pub frozen: Grams,
    /// Where it is.
    pub point: Option<Point>,
}

impl Candidate {
    /// What it can keep of a temperature class.
    #[must_use]
    pub fn storage(&self, class: TemperatureClass) -> Grams {
        storage(class, self.dry, self.chilled, self.frozen)
    }

    /// Whether it wants the family and has the cold for it. Dry goods need no declared storage: a table is enough.
    #[must_use]
    pub fn is_eligible(&self, family: &FamilyCode, class: TemperatureClass) -> bool {
        let wants = self.wanted.is_empty() || self.wanted.contains(family);
        let keeps = class == TemperatureClass::Dry || self.storage(class).is_positive();
        wants && keeps && !self.excluded.contains(family)
    }
}

/// What of a structure's storage serves a temperature class.
#[must_use]
pub fn storage(class: TemperatureClass, dry: Grams, chilled: Grams, frozen: Grams) -> Grams {
    match class {
        TemperatureClass::Dry => dry,
        TemperatureClass::Chilled | TemperatureClass::ChilledSensitive => chilled,
        TemperatureClass::Frozen => frozen,
    }
}

/// Who is told, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Told at once.
    pub at_once: Vec<StructureId>,
    /// Told in their digest.
    pub in_digest: Vec<StructureId>,
}

/// Chooses among the candidates. Those whose place is unknown come after those who are known to be near, in the
/// order of their ids, so that the choice is the same each time.
#[must_use]
pub fn choose(
    candidates: &[Candidate],
    family: &FamilyCode,
    class: TemperatureClass,
    from: Option<Point>,
    urgent: bool,
) -> Told {
    let mut eligible: Vec<(Metres, StructureId)> = candidates
        .iter()
        .filter(|candidate| candidate.is_eligible(family, class))
        .map(|candidate| {
            let distance = from.zip(candidate.point).map_or(Metres(u32::MAX), |(a, b)| a.distance(b));
            (distance, candidate.structure)
        })
        .collect();
    eligible.sort();
    let mut all: Vec<StructureId> = eligible.into_iter().map(|(_, structure)| structure).collect();
    if !urgent {
        return Told { at_once: Vec::new(), in_digest: all };
    }
    let in_digest = all.split_off(all.len().min(NEAREST));
    Told { at_once: all, in_digest }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidate(id: u128, chilled: i64, wanted: &[&str], excluded: &[&str], north: f64) -> Candidate {
        let set = |codes: &[&str]| codes.iter().map(|code| FamilyCode::from(*code)).collect();
        Candidate {
            structure: StructureId(uuid::Uuid::from_u128(id)),
            wanted: set(wanted),
            excluded: set(excluded),
            dry: Grams::kg(100),
            chilled: Grams::kg(chilled),
            frozen: Grams::ZERO,
            point: Some(Point { latitude: 48.86 + north, longitude: 2.44 }),
        }
    }

    #[test]
    fn the_nearest_who_want_it_and_can_keep_it() {
        let here = Some(Point { latitude: 48.86, longitude: 2.44 });
        let town = [
            candidate(1, 50, &[], &[], 0.03),
            candidate(2, 0, &[], &[], 0.001),
            candidate(3, 50, &["dairy"], &[], 0.01),
            candidate(4, 50, &["starches"], &[], 0.001),
            candidate(5, 50, &[], &["dairy"], 0.001),
        ];
        let told = choose(&town, &"dairy".into(), TemperatureClass::Chilled, here, true);
        assert_eq!(told.at_once, [town[2].structure, town[0].structure]);
        assert!(told.in_digest.is_empty());
        let later = choose(&town, &"dairy".into(), TemperatureClass::Chilled, here, false);
        assert!(later.at_once.is_empty() && later.in_digest.len() == 2);
    }

    proptest! {
        #[test]
        fn twelve_at_most_and_everybody_once(
            places in proptest::collection::vec((0_i64..2, -0.2_f64..0.2, any::<bool>()), 0..40),
            urgent: bool,
        ) {
            let town: Vec<_> = places
                .iter()
                .enumerate()
                .map(|(at, (chilled, north, known))| {
                    let mut one = candidate(u128::try_from(at).expect("a small index"), *chilled, &[], &[], *north);
                    if !known { one.point = None; }
                    one
                })
                .collect();
            let here = Some(Point { latitude: 48.86, longitude: 2.44 });
            let told = choose(&town, &"dairy".into(), TemperatureClass::Chilled, here, urgent);
            prop_assert!(told.at_once.len() <= NEAREST);
            prop_assert!(urgent || told.at_once.is_empty());
            let mut all: Vec<_> = told.at_once.iter().chain(&told.in_digest).copied().collect();
            let count = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), count);
            prop_assert_eq!(count, town.iter().filter(|one| one.chilled.is_positive()).count());
        }
    }
}
