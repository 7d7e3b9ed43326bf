//! What one more cubic metre, ten kilometres or one more opening day would change.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use fair_share::generator::{Size, generate};
use fair_share::{
    Candidate, Change, Exclusion, Lot, Need, Problem, Ratio, Rayon, Reason, Structure, solve, suppose,
};
use proptest::prelude::*;

fn now(problem: &Problem) -> Vec<i64> {
    solve(problem).unwrap().levels.iter().map(|level| level.fractional_grams).collect()
}

/// Two structures of one need; the second has little room, opens late, and one lot is too far for it.
fn two() -> Problem {
    let structure = |room, caps: [i64; 2]| Structure {
        past_grams: 0,
        weight: 10_000,
        storage: vec![room],
        needs: vec![Need { rayon: 0, caps: caps.to_vec() }],
    };
    let near = |structure| Candidate { structure, metres: 1_000 };
    let late = vec![Exclusion { structure: 1, reason: Reason::ClosedBeforeExpiry }];
    Problem {
        temperatures: 1,
        classes: 2,
        rayons: vec![Rayon { temperature: 0 }],
        structures: vec![structure(9_000, [9_000, 9_000]), structure(1_000, [0, 9_000])],
        lots: vec![
            Lot { class: 1, grams: 4_000, candidates: vec![near(0), near(1)], ..Lot::default() },
            Lot { class: 0, grams: 2_000, candidates: vec![near(0)], exclusions: late, ..Lot::default() },
        ],
        tolerance_permille: 0,
    }
}

#[test]
fn room_distance_and_opening_days_have_their_worth() {
    let problem = two();
    assert_eq!(now(&problem), [5_000, 1_000]);
    let asked = |change: &Change| suppose(&problem, &now(&problem), 1, change).unwrap();
    let room = asked(&Change { storage: vec![(0, 500)], ..Change::default() });
    assert_eq!((room.gain_grams, room.total_gain_grams, room.others_lower), (500, 0, 1));
    assert_eq!((room.lowest_before, room.lowest_after), (Ratio::new(1, 10), Ratio::new(15, 100)));
    let alone = asked(&Change { sooner: true, ways: vec![(1, 9_000)], ..Change::default() });
    assert_eq!(alone.gain_grams, 0, "without room, opening sooner brings nothing");
    let both = asked(&Change { storage: vec![(0, 9_000)], sooner: true, ways: vec![(1, 9_000)] });
    assert_eq!((both.gain_grams, both.others_lower), (2_000, 1));
    assert_eq!(asked(&Change::default()).gain_grams, 0);
}

#[test]
fn a_question_about_nobody_is_refused() {
    let problem = two();
    let path =
        |now: &[i64], structure, change: &Change| suppose(&problem, now, structure, change).unwrap_err().path;
    assert_eq!(path(&[0, 0], 2, &Change::default()), "structure");
    assert_eq!(path(&[0], 0, &Change::default()), "now");
    assert_eq!(path(&[0, 0], 0, &Change { storage: vec![(1, 1)], ..Change::default() }), "storage");
    assert_eq!(path(&[0, 0], 0, &Change { ways: vec![(2, 1)], ..Change::default() }), "ways");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn more_room_never_costs_the_structure_or_the_territory(
        structures in 1_usize..20, lots in 0_usize..60, supply_percent in 20_i64..120, seed in any::<u64>(),
        who in any::<prop::sample::Index>(), temperature in 0_usize..3,
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let change = Change { storage: vec![(temperature, 250_000)], ..Change::default() };
        let effect = suppose(&problem, &now(&problem), who.index(structures), &change).unwrap();
        prop_assert!(effect.gain_grams >= -(structures as i64), "{:?}", effect);
        prop_assert!(effect.total_gain_grams >= 0);
    }
}
