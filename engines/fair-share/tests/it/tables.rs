//! Small cases worked out by hand.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use fair_share::generator::{Size, generate};
use fair_share::{
    Breach, Candidate, Cause, CrateShare, Exclusion, Fault, Limited, Lot, Need, Outcome, Problem, Ratio,
    Rayon, Reason, Share, Structure, USUAL_METRE_PRICE, check, check_shares, outcome, pour_urgent, solve,
    story,
};

/// One rayon, one temperature; `classes` expiry classes.
fn problem(classes: usize, structures: Vec<Structure>, lots: Vec<Lot>) -> Problem {
    let rayons = vec![Rayon { temperature: 0 }];
    Problem { temperatures: 1, classes, rayons, structures, lots, tolerance_permille: 0 }
}

fn structure(past_grams: i64, weight: i64, storage: i64, caps: &[i64]) -> Structure {
    let needs = vec![Need { rayon: 0, caps: caps.to_vec() }];
    Structure { past_grams, weight, storage: vec![storage], needs }
}

fn lot(class: usize, grams: i64, crate_grams: i64, candidates: &[u32]) -> Lot {
    let candidates = candidates.iter().map(|&structure| Candidate { structure, metres: 1000 }).collect();
    Lot { rayon: 0, class, grams, crate_grams, candidates, exclusions: vec![] }
}

fn shares(problem: &Problem) -> Vec<i64> {
    let plan = solve(problem).unwrap();
    assert_eq!(check(problem, &plan), vec![]);
    plan.levels.iter().map(|level| level.fractional_grams).collect()
}

#[test]
fn one_lot_is_shared_in_proportion_to_the_weights() {
    let two = vec![structure(0, 100, 9_000, &[9_000]), structure(0, 300, 9_000, &[9_000])];
    assert_eq!(shares(&problem(1, two, vec![lot(0, 1000, 0, &[0, 1])])), [250, 750]);
}

#[test]
fn who_has_received_before_receives_less_today() {
    let two = vec![structure(200, 1000, 9_000, &[9_000]), structure(0, 1000, 9_000, &[9_000])];
    let problem = problem(1, two, vec![lot(0, 1000, 0, &[0, 1])]);
    assert_eq!(shares(&problem), [400, 600]);
    let plan = solve(&problem).unwrap();
    let past: Vec<i64> = plan.explanations.iter().map(|why| why.past.advance_grams).collect();
    assert_eq!(past, [100, -100], "what today's shares give back");
    assert_eq!(plan.explanations[0].cause, Cause::Shared { group: 0 });
    assert_eq!(plan.groups[0].level, Ratio::new(600, 1000));
}

#[test]
fn who_is_far_ahead_receives_nothing() {
    let two = vec![structure(5_000, 1000, 9_000, &[9_000]), structure(0, 1000, 9_000, &[9_000])];
    assert_eq!(shares(&problem(1, two, vec![lot(0, 1000, 0, &[0, 1])])), [0, 1000]);
}

#[test]
fn storage_limits_one_and_the_other_gets_the_rest() {
    let two = vec![structure(0, 100, 120, &[9_000]), structure(0, 100, 9_000, &[9_000])];
    let problem = problem(1, two, vec![lot(0, 1000, 0, &[0, 1])]);
    assert_eq!(shares(&problem), [120, 880]);
    let why = solve(&problem).unwrap().explanations.swap_remove(0);
    assert_eq!(why.cause, Cause::Limited);
    assert_eq!(why.limits[0].place, Limited::Storage { temperature: 0 });
    assert_eq!((why.limits[0].grams, why.limits[0].unmet_grams), (120, 8_880));
}

#[test]
fn no_more_is_given_than_can_be_handed_out_before_expiry() {
    let one = vec![structure(0, 100, 9_000, &[100, 300])];
    let problem = problem(2, one, vec![lot(0, 200, 0, &[0]), lot(1, 500, 0, &[0])]);
    let plan = solve(&problem).unwrap();
    let given = |lot, grams| Share { lot, structure: 0, grams };
    assert_eq!(plan.fractional, [given(0, 100), given(1, 200)]);
    let left: Vec<i64> = plan.unallocated.iter().map(|left| left.fractional_grams).collect();
    assert_eq!(left, [100, 300]);
    assert_eq!(plan.explanations[0].cause, Cause::NeedMet);
}

#[test]
fn an_early_cap_is_named_as_the_limit() {
    let one = vec![structure(0, 100, 9_000, &[100, 300])];
    let problem = problem(2, one, vec![lot(0, 200, 0, &[0])]);
    let why = solve(&problem).unwrap().explanations.swap_remove(0);
    assert_eq!(why.cause, Cause::Limited);
    assert_eq!(why.limits[0].place, Limited::Expiry { rayon: 0, class: 0 });
    assert!(why.limits[0].binding);
}

#[test]
fn the_urgent_lot_is_used_first_wherever_it_stands() {
    let one = vec![structure(0, 100, 9_000, &[100, 100])];
    let lots = vec![lot(1, 100, 0, &[0]), lot(0, 100, 0, &[0])];
    let plan = solve(&problem(2, one, lots)).unwrap();
    assert_eq!(plan.fractional, [Share { lot: 1, structure: 0, grams: 100 }]);
}

#[test]
fn two_groups_at_two_levels() {
    let three = vec![
        structure(0, 100, 9_000, &[9_000]),
        structure(0, 100, 9_000, &[9_000]),
        structure(0, 100, 9_000, &[9_000]),
    ];
    let lots = vec![lot(0, 100, 0, &[0]), lot(0, 900, 0, &[1, 2]), lot(0, 50, 0, &[0, 1])];
    let problem = problem(1, three, lots);
    assert_eq!(shares(&problem), [150, 450, 450]);
    let plan = solve(&problem).unwrap();
    assert_eq!(plan.groups.len(), 2);
    assert_eq!(
        (plan.groups[0].structures.as_slice(), plan.groups[0].lots.as_slice()),
        (&[0][..], &[0, 2][..])
    );
    assert_eq!(plan.groups[1].level, Ratio::new(450, 100));
}

#[test]
fn the_odd_crate_goes_to_the_lower_index_and_is_no_envy() {
    let two = vec![structure(0, 100, 9_000, &[9_000]), structure(0, 100, 9_000, &[9_000])];
    let plan = solve(&problem(1, two, vec![lot(0, 3_000, 1_000, &[0, 1])])).unwrap();
    let given = |structure, crates| CrateShare { lot: 0, structure, crates, grams: crates * 1000 };
    assert_eq!(plan.crates, [given(0, 2), given(1, 1)]);
}

#[test]
fn the_last_smaller_crate_is_given_too() {
    let two = vec![structure(0, 100, 9_000, &[9_000]), structure(0, 100, 9_000, &[9_000])];
    let problem = problem(1, two, vec![lot(0, 2_400, 1_000, &[0, 1])]);
    let plan = solve(&problem).unwrap();
    assert_eq!(check(&problem, &plan), vec![]);
    assert_eq!(plan.unallocated[0].crate_grams, 0);
    assert_eq!(plan.crates.iter().map(|share| share.crates).sum::<i64>(), 3);
}

#[test]
fn goods_without_crates_level_what_the_crates_have_left_uneven() {
    let two = vec![structure(0, 100, 9_000, &[9_000]), structure(0, 100, 9_000, &[9_000])];
    let problem = problem(1, two, vec![lot(0, 3_000, 1_000, &[0, 1]), lot(0, 2_000, 0, &[0, 1])]);
    let plan = solve(&problem).unwrap();
    assert_eq!(check(&problem, &plan), vec![]);
    let got: Vec<i64> = plan.levels.iter().map(|level| level.crate_grams).collect();
    assert_eq!(got.iter().sum::<i64>(), 5_000);
    assert!((got[0] - got[1]).abs() <= 1_000, "one crate apart at most: {got:?}");
}

#[test]
fn a_crate_larger_than_the_room_stays() {
    let one = vec![structure(0, 100, 700, &[9_000])];
    let plan = solve(&problem(1, one, vec![lot(0, 1_000, 1_000, &[0])])).unwrap();
    assert_eq!(plan.certificate.total_grams, 700, "the exact optimum opens crates");
    assert_eq!(plan.crates, []);
    assert_eq!(plan.unallocated[0].crate_grams, 1_000);
}

#[test]
fn identical_lots_are_dealt_out_one_after_the_other() {
    let two = vec![structure(0, 100, 9_000, &[9_000]), structure(0, 100, 9_000, &[9_000])];
    let problem = problem(1, two, vec![lot(0, 300, 0, &[0, 1]), lot(0, 100, 0, &[0, 1])]);
    assert_eq!(shares(&problem), [200, 200]);
    let plan = solve(&problem).unwrap();
    assert_eq!(plan.fractional.len(), 3);
    assert_eq!(plan.groups[0].lots, [0, 1]);
}

#[test]
fn nothing_to_do_is_a_certified_empty_plan() {
    let cases = [
        Problem::default(),
        problem(1, vec![], vec![lot(0, 1_000, 100, &[])]),
        problem(1, vec![structure(0, 100, 9_000, &[9_000])], vec![]),
        problem(1, vec![structure(0, 100, 9_000, &[0])], vec![lot(0, 1_000, 100, &[0])]),
        problem(1, vec![structure(0, 0, 9_000, &[9_000])], vec![lot(0, 1_000, 100, &[0])]),
        problem(1, vec![structure(0, 100, 0, &[9_000])], vec![lot(0, 1_000, 100, &[0])]),
        problem(1, vec![structure(0, 100, 9_000, &[9_000])], vec![lot(0, 0, 100, &[0])]),
    ];
    for problem in cases {
        let plan = solve(&problem).unwrap();
        assert_eq!(check(&problem, &plan), vec![]);
        assert!(
            plan.certificate.holds && plan.fractional.is_empty() && plan.crates.is_empty(),
            "{problem:?}"
        );
    }
}

#[test]
fn a_million_tonnes_do_not_overflow() {
    let tera = 1_000_000_000_000;
    let many = |past: i64| structure(past, tera - past, 3 * tera, &[2 * tera, 3 * tera]);
    let structures = vec![many(0), many(tera / 3), many(tera / 2), structure(tera, 1, tera, &[tera, tera])];
    let lots = (0..40).map(|l| lot(l % 2, tera - l as i64, 1 + (l as i64 * 7_919_123) % tera, &[0, 1, 2, 3]));
    let problem = problem(2, structures, lots.collect());
    assert_eq!(shares(&problem), [3 * tera, 3 * tera, 3 * tera, tera]);
    let scarce = Problem { lots: problem.lots[..2].to_vec(), ..problem };
    assert_eq!(shares(&scarce).iter().sum::<i64>(), 2 * tera - 1);
}

#[test]
fn the_wrong_field_is_named() {
    let fine = problem(2, vec![structure(0, 1, 1, &[1, 1])], vec![lot(0, 1, 1, &[0]), lot(0, 1, 1, &[0])]);
    type Spoil = fn(&mut Problem);
    let cases: [(&str, Fault, Spoil); 13] = [
        ("lots[1].grams", Fault::Negative, |p| p.lots[1].grams = -1),
        ("lots[0].grams", Fault::TooLarge, |p| p.lots[0].grams = i64::MAX),
        ("lots[1].crate_grams", Fault::Negative, |p| p.lots[1].crate_grams = -5),
        ("lots[1].rayon", Fault::OutOfRange, |p| p.lots[1].rayon = 1),
        ("lots[1].class", Fault::OutOfRange, |p| p.lots[1].class = 2),
        ("lots[1].candidates[0].structure", Fault::OutOfRange, |p| p.lots[1].candidates[0].structure = 1),
        ("lots[0].exclusions[0].structure", Fault::Repeated, |p| {
            p.lots[0].exclusions.push(Exclusion { structure: 0, reason: Reason::Diet });
        }),
        ("rayons[0].temperature", Fault::OutOfRange, |p| p.rayons[0].temperature = 1),
        ("structures[0].past_grams", Fault::Negative, |p| p.structures[0].past_grams = -1),
        ("structures[0].weight", Fault::TooLarge, |p| p.structures[0].weight = i64::MAX),
        ("structures[0].storage", Fault::WrongLength, |p| p.structures[0].storage.push(1)),
        ("structures[0].needs[0].caps", Fault::WrongLength, |p| p.structures[0].needs[0].caps.push(1)),
        ("structures[0].needs[1].rayon", Fault::Repeated, |p| {
            let again = p.structures[0].needs[0].clone();
            p.structures[0].needs.push(again);
        }),
    ];
    for (path, fault, spoil) in cases {
        let mut spoiled = fine.clone();
        spoil(&mut spoiled);
        let refused = solve(&spoiled).unwrap_err();
        assert_eq!((refused.path.as_str(), refused.fault), (path, fault));
        assert!(refused.to_string().starts_with(path));
    }
    let huge = lot(0, 1_000_000_000_000_000, 0, &[0]);
    let all = problem(2, fine.structures, vec![huge; 1001]);
    assert_eq!(solve(&all).unwrap_err().fault, Fault::TotalTooLarge);
}

#[test]
fn every_outcome_of_a_lot_has_its_reason() {
    let mut structures = vec![
        structure(0, 1_000, 9_000, &[9_000]),
        structure(9_000, 1_000, 9_000, &[9_000]),
        structure(0, 1_000, 0, &[9_000]),
        structure(0, 1_000, 9_000, &[9_000]),
        structure(0, 1_000, 9_000, &[9_000]),
        structure(0, 1_000, 500, &[9_000]),
        structure(0, 1_000, 9_000, &[400]),
        structure(0, 0, 9_000, &[9_000]),
        structure(0, 1_000, 9_000, &[9_000]),
    ];
    structures[8].needs.clear();
    let mut given = lot(0, 1_000, 1_000, &[0, 1, 2, 4, 5, 6, 7, 8]);
    given.exclusions.push(Exclusion { structure: 3, reason: Reason::Refused });
    let lots = vec![given, lot(0, 400, 400, &[4])];
    let problem = problem(1, structures, lots);
    let plan = solve(&problem).unwrap();
    assert_eq!(check(&problem, &plan), vec![]);
    let ratio = |grams| Ratio::new(grams, 1_000).unwrap();
    let expected = [
        Outcome::Receives { grams: 1_000 },
        Outcome::BetterServed { its: ratio(9_000), receivers: ratio(1_000) },
        Outcome::Barred(Reason::NoStorage),
        Outcome::Barred(Reason::Refused),
        Outcome::WithinOneCrate { its: ratio(400), receivers: ratio(1_000) },
        Outcome::StorageFull { temperature: 0 },
        Outcome::NeedMet,
        Outcome::Barred(Reason::NoWeight),
        Outcome::Barred(Reason::NotRequested),
    ];
    let told: Vec<Outcome> = story(&problem, &plan, 0).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(told, expected);
    assert_eq!(outcome(&problem, &plan, 1, 0), Some(Outcome::Barred(Reason::OutOfReach)));
    assert_eq!(outcome(&problem, &plan, 2, 0), None);
    let barred = &plan.explanations[3].barred;
    let reasons: Vec<(Reason, usize)> = barred.iter().map(|barred| (barred.reason, barred.lots)).collect();
    assert_eq!(reasons, [(Reason::OutOfReach, 1), (Reason::Refused, 1)]);
    assert_eq!(plan.explanations[3].cause, Cause::NoLot);
}

#[test]
fn the_second_opinion_sees_what_is_wrong() {
    let problem = generate(Size { structures: 12, lots: 40, supply_percent: 60 }, 3);
    let plan = solve(&problem).unwrap();
    let sees = |spoil: &dyn Fn(&mut fair_share::Plan), expected: &dyn Fn(&Breach) -> bool| {
        let mut spoiled = plan.clone();
        spoil(&mut spoiled);
        let breaches = check(&problem, &spoiled);
        assert!(breaches.iter().any(expected), "{breaches:?}");
    };
    sees(&|p| p.fractional[0].grams += 1_000_000_000, &|b| matches!(b, Breach::LotExceeded { .. }));
    sees(&|p| p.fractional[0].grams += 1_000_000_000, &|b| matches!(b, Breach::StorageExceeded { .. }));
    sees(&|p| p.fractional[0].grams += 1_000_000_000, &|b| matches!(b, Breach::NeedExceeded { .. }));
    sees(&|p| p.fractional[0].grams = 0, &|b| matches!(b, Breach::BadShare { .. }));
    sees(&|p| p.crates[0].grams += 1, &|b| matches!(b, Breach::BrokenCrate { .. }));
    sees(&|p| p.levels[0].fractional_grams += 1, &|b| matches!(b, Breach::WrongLevel { structure: 0 }));
    sees(&|p| p.unallocated[0].crate_grams += 1, &|b| matches!(b, Breach::WrongLeftover { lot: 0 }));
    sees(&|p| p.haul.kilogram_metres += 1, &|b| matches!(b, Breach::WrongHaul));
    sees(&|p| p.fractional[0].grams = i64::MAX, &|b| matches!(b, Breach::LotExceeded { .. }));
    sees(&|p| p.crates[0].crates = i64::MAX, &|b| matches!(b, Breach::BrokenCrate { .. }));
    sees(&|p| p.certificate.holds = false, &|b| matches!(b, Breach::WrongCertificate));
}

#[test]
fn the_second_opinion_sees_an_unfair_an_incomplete_and_an_envied_plan() {
    let two = vec![structure(0, 100, 9_000, &[9_000, 9_000]), structure(0, 100, 9_000, &[9_000, 9_000])];
    let problem = problem(2, two, vec![lot(0, 4_000, 1_000, &[0, 1]), lot(1, 4_000, 100, &[0])]);
    let honest = solve(&problem).unwrap();
    assert_eq!(check(&problem, &honest), vec![]);
    let claim = |exact: [(usize, usize, i64); 3], crates: [(usize, usize, i64); 3]| {
        let mut plan = honest.clone();
        let some = |(_, _, grams): &(usize, usize, i64)| *grams > 0;
        let exact: Vec<Share> = exact
            .into_iter()
            .filter(some)
            .map(|(lot, structure, grams)| Share { lot, structure, grams })
            .collect();
        let size = |lot: usize| problem.lots[lot].crate_grams;
        let crates: Vec<CrateShare> = crates
            .into_iter()
            .filter(some)
            .map(|(lot, structure, grams)| CrateShare { lot, structure, crates: grams / size(lot), grams })
            .collect();
        for a in 0..2 {
            let level = &mut plan.levels[a];
            level.fractional_grams = exact.iter().filter(|s| s.structure == a).map(|s| s.grams).sum();
            level.crate_grams = crates.iter().filter(|s| s.structure == a).map(|s| s.grams).sum();
            level.after = Ratio::new(level.fractional_grams, 100);
        }
        for (l, left) in plan.unallocated.iter_mut().enumerate() {
            left.fractional_grams =
                problem.lots[l].grams - exact.iter().filter(|s| s.lot == l).map(|s| s.grams).sum::<i64>();
            left.crate_grams =
                problem.lots[l].grams - crates.iter().filter(|s| s.lot == l).map(|s| s.grams).sum::<i64>();
        }
        plan.certificate.total_grams = exact.iter().map(|s| s.grams).sum();
        plan.certificate.max_flow_grams = plan.certificate.total_grams;
        (plan.fractional, plan.crates, plan.haul) = (exact, crates, fair_share::Haul::default());
        check(&problem, &plan)
    };
    let good = [(0, 1, 4_000), (1, 0, 4_000), (0, 0, 0)];
    assert_eq!(claim(good, good), vec![]);
    let unfair = claim([(0, 0, 1_000), (0, 1, 3_000), (1, 0, 4_000)], good);
    assert_eq!(unfair, vec![Breach::NotLeximin { from: 0, to: 1 }]);
    let short = claim([(0, 1, 4_000), (1, 0, 3_000), (0, 0, 0)], good);
    assert!(short.contains(&Breach::NotMaximum { structure: 0 }), "{short:?}");
    let late = claim([(0, 1, 3_000), (1, 0, 4_000), (0, 0, 0)], good);
    assert!(late.contains(&Breach::NotUrgentFirst { left: 0, used: 1 }), "{late:?}");
    let envied = claim(good, [(0, 0, 1_000), (0, 1, 3_000), (1, 0, 4_000)]);
    assert_eq!(envied, vec![Breach::Envy { lot: 0, from: 0, to: 1 }]);
}

#[test]
fn shares_from_elsewhere_are_checked_on_their_own() {
    let problem = generate(Size { structures: 12, lots: 40, supply_percent: 60 }, 3);
    let plan = solve(&problem).unwrap();
    assert_eq!(check_shares(&problem, Some(&plan.fractional), Some(&plan.crates)), vec![]);
    let short = check_shares(&problem, None, Some(&plan.crates[1..]));
    assert!(short.iter().any(|breach| matches!(breach, Breach::Unplaced { .. })), "{short:?}");
    let short = check_shares(&problem, Some(&plan.fractional[1..]), None);
    assert!(short.iter().any(|breach| matches!(breach, Breach::NotMaximum { .. })), "{short:?}");
}

#[test]
fn an_urgent_lot_is_poured_crate_by_crate() {
    let two = vec![structure(0, 1_000, 9_000, &[9_000]), structure(250, 1_000, 9_000, &[9_000])];
    let mut problem = problem(1, two, vec![lot(0, 540, 100, &[0, 1])]);
    let given = |problem: &Problem| -> Vec<(usize, i64, i64)> {
        let shares = pour_urgent(problem, 0, USUAL_METRE_PRICE).unwrap();
        shares.iter().map(|share| (share.structure, share.crates, share.grams)).collect()
    };
    assert_eq!(given(&problem), [(0, 4, 400), (1, 2, 140)], "400, then 350 and the small one on top");
    problem.lots[0].candidates[0].metres = 101_000;
    assert_eq!(given(&problem), [(0, 3, 300), (1, 3, 240)], "100 km further counts 20 points");
    problem.structures[1].storage = vec![150];
    assert_eq!(given(&problem), [(0, 4, 400), (1, 2, 140)], "one full crate fits, and the small one");
    problem.structures[0].storage = vec![0];
    assert_eq!(given(&problem), [(1, 2, 140)]);
    assert_eq!(pour_urgent(&problem, 1, 2).unwrap_err().path, "lot");
}

#[test]
fn an_urgent_lot_of_a_million_tonnes_is_poured_at_once() {
    let tera = 1_000_000_000_000;
    let two = vec![structure(0, tera, tera, &[tera]), structure(0, tera, tera, &[tera])];
    for crate_grams in [0, 1, 7_000] {
        let problem = problem(1, two.clone(), vec![lot(0, tera, crate_grams, &[0, 1])]);
        let shares = pour_urgent(&problem, 0, USUAL_METRE_PRICE).unwrap();
        assert_eq!(shares.iter().map(|share| share.grams).sum::<i64>(), tera);
        assert!((shares[0].grams - shares[1].grams).abs() <= tera / 10_000, "{shares:?}");
    }
}

#[test]
fn a_plan_survives_being_written_down() {
    let problem = generate(Size { structures: 5, lots: 12, supply_percent: 80 }, 9);
    let plan = solve(&problem).unwrap();
    let problem_text = serde_json::to_string(&problem).unwrap();
    assert_eq!(serde_json::from_str::<Problem>(&problem_text).unwrap(), problem);
    let plan_text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<fair_share::Plan>(&plan_text).unwrap(), plan);
}
