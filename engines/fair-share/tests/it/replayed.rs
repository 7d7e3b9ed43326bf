//! Past days again, under another rule.

use fair_share::generator::{Size, generate};
use fair_share::{Memory, Options, PastDay, Problem, Record, ReplayDay, Rule, kept_permille, replay, solve};

fn day(seed: u64) -> Problem {
    generate(Size { structures: 12, lots: 30, supply_percent: 60 }, seed)
}

fn record(days: u64) -> Record {
    let people = vec![100; 12];
    let past = PastDay { received_grams: (0..12).map(|a| a * 10_000).collect(), people: people.clone() };
    let days = (0..days).map(|seed| ReplayDay { problem: day(seed), people: people.clone() }).collect();
    Record { before: vec![past; 10], days }
}

#[test]
fn a_day_under_the_rule_of_that_day_is_the_plan_of_that_day() {
    let (record, rule) = (record(1), Rule::default());
    let mut memories = [Memory::default(); 12];
    for past in &record.before {
        for (memory, &grams) in memories.iter_mut().zip(&past.received_grams) {
            *memory = memory.after_day(grams, 150_000, rule.kept_permille);
        }
    }
    let mut problem = record.days[0].problem.clone();
    for (structure, memory) in problem.structures.iter_mut().zip(memories) {
        structure.past_grams = memory.received_grams;
        structure.weight = memory.needed_grams + 150_000;
    }
    let plan = solve(&problem).unwrap();
    let replayed = replay(&record, &rule, &Options::default()).unwrap();
    let grams: Vec<i64> = plan.levels.iter().map(|level| level.crate_grams).collect();
    assert_eq!(replayed.totals(), grams);
    assert_eq!(replayed.days, [grams]);
    assert!(replayed.certified);
}

#[test]
fn a_heavier_weight_brings_more_and_the_past_counts_less_when_it_fades() {
    let record = record(5);
    let with = |rule: Rule| replay(&record, &rule, &Options::default()).unwrap();
    let plain = with(Rule::default());
    let mut weights = vec![1_000; 12];
    weights[11] = 2_000;
    let heavier = with(Rule { weights_permille: weights, ..Rule::default() });
    assert!(heavier.totals()[11] > plain.totals()[11], "{:?} {:?}", heavier.totals(), plain.totals());
    let forgetful = with(Rule { kept_permille: kept_permille(1), ..Rule::default() });
    let spread = |grams: &[i64]| grams[6..].iter().sum::<i64>() - grams[..6].iter().sum::<i64>();
    assert!(spread(&forgetful.days[0]) > spread(&plain.days[0]), "those ahead before wait less");
    assert_eq!(with(Rule::default()), plain);
}

#[test]
fn coefficients_change_what_counts_and_stay_certified() {
    let record = record(2);
    let mut coefficients = vec![1_000; 13];
    coefficients[8] = 3_000;
    let rule = Rule { coefficients_permille: coefficients, ..Rule::default() };
    let replayed = replay(&record, &rule, &Options::default()).unwrap();
    assert!(replayed.certified);
    let plain = replay(&record, &Rule::default(), &Options::default()).unwrap();
    assert_ne!(replayed.days, plain.days);
    let short = Rule { coefficients_permille: vec![1_000], ..Rule::default() };
    assert_eq!(replay(&record, &short, &Options::default()).unwrap_err().path, "coefficients");
}

#[test]
fn a_newcomer_starts_in_the_middle() {
    let mut record = record(1);
    record.before.iter_mut().for_each(|day| day.people[3] = 0);
    let replayed = replay(&record, &Rule::default(), &Options::default()).unwrap();
    let others: Vec<i64> = (0..12).filter(|&a| a != 3).map(|a| replayed.memories[a].needed_grams).collect();
    assert!(others.contains(&replayed.memories[3].needed_grams), "as many days of past need as the others");
    assert!(replayed.memories[3].received_grams > replayed.days[0][3], "and a past that was met in part");
}

#[test]
fn the_wrong_day_is_named() {
    let wrong = |spoil: &dyn Fn(&mut Record)| {
        let mut spoiled = record(2);
        spoil(&mut spoiled);
        replay(&spoiled, &Rule::default(), &Options::default()).unwrap_err().path
    };
    assert_eq!(wrong(&|r| r.before[4].people.truncate(3)), "before[4].people");
    assert_eq!(wrong(&|r| r.days[1].problem.lots[2].grams = -1), "days[1].problem.lots[2].grams");
    assert_eq!(wrong(&|r| r.days[1].problem.structures.truncate(3)), "days[1].problem.structures");
}
