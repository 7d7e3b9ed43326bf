//! From frozen inputs to the engine's problem: rayons, expiry classes, caps, who can take what and why not.
//!
//! Invariant: the parts a line is cut into add up to what the line still wants, and a lot that expires before a line's
//! day is never counted towards that line.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fair_share::{Candidate, Exclusion, Lot, Need, Problem, Rayon, Reason, Structure};
use goods::{DateKind, FamilyCode, TemperatureClass};

use crate::inputs::{FrozenLine, FrozenLot, FrozenStructure, Inputs};

/// Expiry classes: DLC today, tomorrow, … in seven days, and everything later or without a DLC.
pub const CLASSES: usize = 9;
/// The class of what does not expire within the week: DDM, no date, a later DLC.
pub const LATER: usize = CLASSES - 1;

/// Where goods are kept: dry, chilled, frozen. The two chilled classes share a cold room.
pub const STORAGES: usize = 3;

/// The storage of a temperature class.
#[must_use]
pub fn storage(class: TemperatureClass) -> usize {
    match class {
        TemperatureClass::Dry => 0,
        TemperatureClass::Chilled | TemperatureClass::ChilledSensitive => 1,
        TemperatureClass::Frozen => 2,
    }
}

/// The expiry class of a lot on a day: only a DLC presses; a lot past its DLC has none.
#[must_use]
pub fn class_of(kind: DateKind, date: Option<NaiveDate>, today: NaiveDate) -> Option<usize> {
    match (kind, date) {
        (DateKind::UseBy, Some(date)) => {
            let days = (date - today).num_days();
            usize::try_from(days).ok().map(|days| days.min(LATER))
        }
        _ => Some(LATER),
    }
}

/// A family in one storage: what a need and a lot have in common.
pub type RayonKey = (FamilyCode, usize);

/// The problem, and what its indices stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The engine's problem.
    pub problem: Problem,
    /// Its rayons, in order.
    pub rayons: Vec<RayonKey>,
    /// For each of its lots, the index in [`Inputs::lots`].
    pub lots: Vec<usize>,
}

/// Builds the problem. Lots past their DLC are left out: the law says never.
#[must_use]
pub fn build(inputs: &Inputs) -> Built {
    let given: Vec<(usize, &FrozenLot, usize)> = inputs
        .lots
        .iter()
        .enumerate()
        .filter(|(_, lot)| lot.free.is_positive())
        .filter_map(|(i, lot)| class_of(lot.date_kind, lot.date, inputs.day).map(|class| (i, lot, class)))
        .collect();
    let mut supply: BTreeMap<RayonKey, i64> = BTreeMap::new();
    for (_, lot, _) in &given {
        *supply.entry((lot.family.clone(), storage(lot.temperature))).or_default() += lot.free.0;
    }
    let rayons: Vec<RayonKey> = supply.keys().cloned().collect();
    let index: BTreeMap<&RayonKey, usize> = rayons.iter().zip(0..).collect();
    let structures: Vec<Structure> =
        inputs.structures.iter().map(|structure| asks(inputs, structure, &supply, &index)).collect();
    let lots: Vec<Lot> = given
        .iter()
        .map(|(_, lot, class)| {
            let rayon =
                index.get(&(lot.family.clone(), storage(lot.temperature))).copied().unwrap_or_default();
            offers(inputs, lot, *class, rayon)
        })
        .collect();
    let problem = Problem {
        temperatures: STORAGES,
        classes: CLASSES,
        rayons: rayons.iter().map(|(_, storage)| Rayon { temperature: *storage }).collect(),
        structures,
        lots,
        tolerance_permille: u32::try_from(inputs.rule.tolerance_permille).unwrap_or_default(),
    };
    Built { problem, rayons, lots: given.iter().map(|(i, _, _)| *i).collect() }
}

/// One structure: its memory, its room, its needs by rayon and expiry class.
fn asks(
    inputs: &Inputs,
    structure: &FrozenStructure,
    supply: &BTreeMap<RayonKey, i64>,
    index: &BTreeMap<&RayonKey, usize>,
) -> Structure {
    let mut caps: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for line in inputs.lines.iter().filter(|line| line.structure == structure.structure) {
        // What expires before the line's day does not serve it.
        let first =
            usize::try_from((line.needed_on - inputs.day).num_days().max(0)).unwrap_or(LATER).min(LATER);
        for (key, grams) in cut(line, structure, supply) {
            let Some(rayon) = index.get(&key) else { continue };
            let caps = caps.entry(*rayon).or_insert_with(|| vec![0; CLASSES]);
            for cap in caps.iter_mut().skip(first) {
                *cap += grams;
            }
        }
    }
    Structure {
        past_grams: structure.past.received.saturating_add(structure.promised.0),
        weight: structure.past.need.saturating_add(structure.need_of_a_day.0),
        storage: structure.room.iter().map(|room| room.0.max(0)).collect(),
        needs: caps.into_iter().map(|(rayon, caps)| Need { rayon, caps }).collect(),
    }
}

/// Cuts a line over the rayons that could serve it. A line for one temperature goes whole to its storage; a line for
/// any temperature is cut in proportion to what there is today in the storages its structure has, the last part taking
/// what rounding leaves.
#[must_use]
pub fn cut(
    line: &FrozenLine,
    structure: &FrozenStructure,
    supply: &BTreeMap<RayonKey, i64>,
) -> Vec<(RayonKey, i64)> {
    if let Some(class) = line.temperature {
        return vec![((line.family.clone(), storage(class)), line.left.0)];
    }
    let mut there: Vec<(RayonKey, i64)> = (0..STORAGES)
        .filter(|storage| structure.room.get(*storage).is_some_and(|room| room.is_positive()))
        .map(|storage| (line.family.clone(), storage))
        .filter_map(|key| supply.get(&key).map(|grams| (key, *grams)))
        .collect();
    if there.is_empty() {
        // No room at all for what there is: the engine then says so, for the page that explains.
        there = (0..STORAGES)
            .map(|storage| (line.family.clone(), storage))
            .filter_map(|key| supply.get(&key).map(|grams| (key, *grams)))
            .collect();
    }
    let total: i128 = there.iter().map(|(_, grams)| i128::from(*grams)).sum();
    let last = there.len().saturating_sub(1);
    let mut left = line.left.0;
    there
        .into_iter()
        .enumerate()
        .map(|(i, (key, grams))| {
            let part = if i == last {
                left
            } else {
                let part = i128::from(line.left.0) * i128::from(grams) / total.max(1);
                i64::try_from(part).unwrap_or_default()
            };
            left -= part;
            (key, part)
        })
        .collect()
}

/// One lot: who could take it, who cannot and why.
fn offers(inputs: &Inputs, lot: &FrozenLot, class: usize, rayon: usize) -> Lot {
    let mut candidates = Vec::new();
    let mut exclusions = Vec::new();
    for (i, structure) in (0_u32..).zip(&inputs.structures) {
        match barrier(lot, structure) {
            Some(reason) => exclusions.push(Exclusion { structure: i, reason }),
            None => {
                let metres =
                    lot.site.and_then(|site| structure.metres.get(&site)).copied().unwrap_or_default();
                candidates.push(Candidate { structure: i, metres });
            }
        }
    }
    Lot { rayon, class, grams: lot.free.0, crate_grams: lot.crate_grams.0.max(0), candidates, exclusions }
}

/// Why a structure cannot take a lot, whatever it asks for.
#[must_use]
pub fn barrier(lot: &FrozenLot, structure: &FrozenStructure) -> Option<Reason> {
    if lot.offer.is_some() && lot.holder == structure.structure {
        // One does not receive one's own gift.
        return Some(Reason::OutOfReach);
    }
    if structure.excluded.contains(&lot.family) {
        return Some(Reason::Diet);
    }
    if lot.refused_by.contains(&structure.structure) {
        return Some(Reason::Refused);
    }
    if lot.date_kind == DateKind::UseBy && lot.date.is_some_and(|date| structure.opens_on > date) {
        return Some(Reason::ClosedBeforeExpiry);
    }
    if lot.offer.as_ref().is_some_and(|offer| structure.opens_on > offer.last_day) {
        return Some(Reason::PickupWindow);
    }
    None
}

#[cfg(test)]
mod tests {
    use goods::DateKind;
    use kernel::uuid::Uuid;
    use kernel::{Grams, StructureId};
    use proptest::prelude::*;
    use requests::RequestLineId;
    use stock::{LotId, PlaceId};

    use super::*;
    use crate::inputs::PersonsFrom;
    use crate::memory::Past;
    use crate::rule::Rule;

    fn day(offset: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day") + chrono::Duration::days(offset)
    }

    fn structure(n: u128) -> FrozenStructure {
        FrozenStructure {
            structure: StructureId(Uuid::from_u128(n)),
            persons: 100,
            persons_from: PersonsFrom::Card,
            weight_permille: 1_000,
            need_of_a_day: Grams::kg(100),
            past: Past::default(),
            is_new: false,
            promised: Grams::ZERO,
            room: [Grams::kg(500), Grams::kg(200), Grams::kg(100)],
            excluded: Vec::new(),
            opens_on: day(0),
            metres: BTreeMap::new(),
        }
    }

    fn lot(n: u128, family: &str, temperature: TemperatureClass, kg: i64, dlc: Option<i64>) -> FrozenLot {
        FrozenLot {
            lot: LotId(Uuid::from_u128(n)),
            place: PlaceId(Uuid::from_u128(n)),
            holder: StructureId(Uuid::from_u128(99)),
            site: None,
            reference: format!("L-{n}"),
            product: "Yaourts".to_owned(),
            family: FamilyCode::from(family),
            temperature,
            date_kind: if dlc.is_some() { DateKind::UseBy } else { DateKind::None },
            date: dlc.map(day),
            free: Grams::kg(kg),
            crate_grams: Grams::kg(6),
            estimated: false,
            refused_by: Vec::new(),
            offer: None,
        }
    }

    fn line(of: &FrozenStructure, family: &str, kg: i64, in_days: i64) -> FrozenLine {
        FrozenLine {
            line: RequestLineId(Uuid::from_u128(7)),
            structure: of.structure,
            family: FamilyCode::from(family),
            temperature: None,
            left: Grams::kg(kg),
            needed_on: day(in_days),
        }
    }

    fn inputs(lots: Vec<FrozenLot>, structures: Vec<FrozenStructure>, lines: Vec<FrozenLine>) -> Inputs {
        Inputs { day: day(0), rule: Rule::initial(), norm_per_person: 7_000, lots, structures, lines }
    }

    #[test]
    fn a_lot_that_expires_before_the_day_needed_does_not_serve_it() {
        let one = structure(1);
        let lines = vec![line(&one, "dairy", 20, 3), line(&one, "dairy", 10, 1)];
        let built =
            build(&inputs(vec![lot(1, "dairy", TemperatureClass::Chilled, 120, Some(2))], vec![one], lines));
        let caps = &built.problem.structures[0].needs[0].caps;
        assert_eq!(caps, &[0, 10_000, 10_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
        let plan = fair_share::solve(&built.problem).expect("a sound problem");
        assert_eq!(plan.levels[0].fractional_grams, 10_000);
    }

    #[test]
    fn past_its_dlc_nothing_is_offered() {
        let one = structure(1);
        let lines = vec![line(&one, "dairy", 20, 3)];
        let built =
            build(&inputs(vec![lot(1, "dairy", TemperatureClass::Chilled, 120, Some(-1))], vec![one], lines));
        assert!(built.problem.lots.is_empty() && built.lots.is_empty());
    }

    #[test]
    fn who_cannot_take_it_and_why() {
        let yoghurts = lot(1, "dairy", TemperatureClass::Chilled, 120, Some(3));
        let mut one = structure(1);
        assert_eq!(barrier(&yoghurts, &one), None);
        one.opens_on = day(4);
        assert_eq!(barrier(&yoghurts, &one), Some(Reason::ClosedBeforeExpiry));
        let refused = FrozenLot { refused_by: vec![one.structure], ..yoghurts.clone() };
        assert_eq!(barrier(&refused, &one), Some(Reason::Refused));
        one.excluded = vec![FamilyCode::from("dairy")];
        assert_eq!(barrier(&refused, &one), Some(Reason::Diet));
        let mut offered = FrozenLot { date_kind: DateKind::None, date: None, ..yoghurts.clone() };
        offered.offer = Some(crate::inputs::FrozenOffer {
            collection: collections::CollectionId(Uuid::from_u128(1)),
            address: String::new(),
            from: chrono::DateTime::UNIX_EPOCH,
            until: chrono::DateTime::UNIX_EPOCH,
            last_day: day(3),
        });
        let late = FrozenStructure { opens_on: day(4), excluded: Vec::new(), ..one.clone() };
        assert_eq!(barrier(&offered, &late), Some(Reason::PickupWindow), "it opens after the window");
        let donor = FrozenStructure { structure: offered.holder, ..structure(1) };
        assert_eq!(barrier(&offered, &donor), Some(Reason::OutOfReach), "no gift comes back to its donor");
        let rice = lot(2, "starches", TemperatureClass::Dry, 50, None);
        assert_eq!(barrier(&rice, &one), None, "what does not expire waits for the door to open");
    }

    #[test]
    fn the_more_one_asks_does_not_buy_more() {
        let (one, two) = (structure(1), structure(2));
        let lines = vec![line(&one, "dairy", 100, 1), line(&two, "dairy", 1_000, 1)];
        let yoghurts = lot(1, "dairy", TemperatureClass::Chilled, 120, Some(3));
        let built = build(&inputs(vec![yoghurts], vec![one, two], lines));
        let plan = fair_share::solve(&built.problem).expect("a sound problem");
        assert_eq!(plan.levels[0].crate_grams, 60_000);
        assert_eq!(plan.levels[1].crate_grams, 60_000);
    }

    #[test]
    fn all_that_was_asked_for_is_not_all_that_there_is() {
        use crate::reasons::{self, Decided};
        let (one, two, three) = (structure(1), structure(2), structure(3));
        let lines = vec![
            line(&one, "dairy", 24, 1),
            line(&two, "dairy", 24, 1),
            line(&two, "starches", 300, 1),
            line(&three, "starches", 300, 1),
        ];
        let yoghurts = lot(1, "dairy", TemperatureClass::Chilled, 120, Some(3));
        let inputs = inputs(vec![yoghurts], vec![one, two, three], lines);
        let built = build(&inputs);
        let plan = fair_share::solve(&built.problem).expect("a sound problem");
        let why: Vec<_> = reasons::of(&inputs, &built, &plan)
            .into_iter()
            .map(|why| (why.decided, why.proposed, why.asked))
            .collect();
        let kg = Grams::kg;
        assert_eq!(
            why,
            [
                (Decided::AllMet, kg(24), kg(24)),
                (Decided::AllThereIs, kg(24), kg(324)),
                (Decided::Nothing, kg(0), kg(300)),
            ]
        );
    }

    proptest! {
        #[test]
        fn a_line_is_cut_without_loss(
            kg in 1_i64..5_000, dry in 0_i64..900, chilled in 0_i64..900, frozen in 0_i64..900, rooms in 0_u8..8,
        ) {
            let mut one = structure(1);
            for (bit, room) in one.room.iter_mut().enumerate() {
                if rooms & (1 << bit) == 0 {
                    *room = Grams::ZERO;
                }
            }
            let supply: BTreeMap<RayonKey, i64> = [dry, chilled, frozen]
                .into_iter()
                .enumerate()
                .filter(|(_, kg)| *kg > 0)
                .map(|(storage, kg)| ((FamilyCode::from("dairy"), storage), kg * 1_000))
                .collect();
            let parts = cut(&line(&one, "dairy", kg, 1), &one, &supply);
            prop_assert!(parts.iter().all(|(_, grams)| *grams >= 0));
            let whole: i64 = parts.iter().map(|(_, grams)| grams).sum();
            prop_assert_eq!(whole, if supply.is_empty() { 0 } else { kg * 1_000 });
        }

        #[test]
        fn every_problem_built_is_sound_and_its_plan_holds(
            asked in proptest::collection::vec(
                (0_usize..3, 1_i64..300, 0_i64..9, 1_i64..400, 0_i64..200, 0_u8..8, 0_i64..4), 1..12),
            given in proptest::collection::vec((0_usize..3, 0_usize..4, 1_i64..400, -1_i64..10, 0_i64..15), 1..10),
        ) {
            let families = ["dairy", "starches", "fruit_vegetables"];
            let mut structures = Vec::new();
            let mut lines = Vec::new();
            for (n, (family, kg, in_days, persons, received, rooms, opens)) in (1_u128..).zip(asked) {
                let mut one = structure(n);
                one.need_of_a_day = Grams(persons * 1_000);
                one.past = Past { received: received * 1_000, need: persons * 7_000 };
                one.opens_on = day(opens);
                for (bit, room) in one.room.iter_mut().enumerate() {
                    if rooms & (1 << bit) == 0 {
                        *room = Grams::ZERO;
                    }
                }
                lines.push(line(&one, families[family], kg, in_days));
                lines.push(line(&one, families[(family + 1) % 3], kg, (in_days + 3) % 9));
                structures.push(one);
            }
            let lots = (1_u128..).zip(given).map(|(n, (family, class, kg, dlc, crate_kg))| FrozenLot {
                crate_grams: Grams::kg(crate_kg),
                ..lot(n, families[family], TemperatureClass::ALL[class], kg, (dlc < 9).then_some(dlc))
            }).collect();
            let inputs = inputs(lots, structures, lines);
            let built = build(&inputs);
            let plan = fair_share::solve(&built.problem).expect("a sound problem");
            prop_assert!(plan.certificate.holds);
            prop_assert_eq!(fair_share::check(&built.problem, &plan), Vec::new());
            let again = build(&inputs);
            prop_assert_eq!(&again, &built, "the same inputs, the same problem");
            for share in &plan.crates {
                let (lot, to) = (&inputs.lots[built.lots[share.lot]], &inputs.structures[share.structure]);
                prop_assert_eq!(barrier(lot, to), None);
                prop_assert!(class_of(lot.date_kind, lot.date, inputs.day).is_some(), "never past its DLC");
                // Never more than asked for days at which it is still good.
                let good: i64 = inputs.lines.iter()
                    .filter(|line| line.structure == to.structure && line.family == lot.family)
                    .filter(|line| lot.date_kind != DateKind::UseBy || lot.date.is_some_and(|d| line.needed_on <= d) )
                    .map(|line| line.left.0).sum();
                prop_assert!(share.grams <= good);
            }
        }
    }
}
