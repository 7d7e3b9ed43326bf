//! The simulator: repeatable, complete, and on it the engine does what it is for.

use fair_share::simulator::{Figures, Policy, Settings, reference, simulate};

const ALL: [Policy; 7] = [
    Policy::NearestFirst,
    Policy::ProRata,
    Policy::WaterToday,
    Policy::WaterMemory,
    Policy::UrgentThenBatch,
    Policy::Batch,
    Policy::Gathered { minimum_permille: 150 },
];

fn small() -> Settings {
    Settings { structures: 30, lots_per_day: 18, days: 28, ..Settings::default() }
}

#[test]
fn the_engine_serves_the_worst_off_better_for_no_less_food() {
    let figures = |policy| simulate(&small(), policy, 3).unwrap();
    let (nearest, batch) = (figures(Policy::NearestFirst), figures(Policy::UrgentThenBatch));
    assert!(batch.gini * 2 < nearest.gini, "{batch:?} {nearest:?}");
    assert!(batch.worst >= nearest.worst);
    assert!(batch.given >= nearest.given - 50);
    let (today, memory) = (figures(Policy::WaterToday), figures(Policy::WaterMemory));
    assert!(memory.gini < today.gini, "memory is what makes it fair over time: {memory:?} {today:?}");
    let gathered = figures(Policy::Gathered { minimum_permille: 300 });
    assert!(gathered.receptions < batch.receptions);
    let best = reference(&small(), 3).unwrap();
    assert!(best.given >= batch.given);
}

#[test]
fn every_policy_is_repeatable_and_its_figures_make_sense() {
    let settings = Settings { structures: 12, lots_per_day: 6, days: 15, ..Settings::default() };
    for policy in ALL {
        let figures = simulate(&settings, policy, 8).unwrap();
        assert_eq!(figures, simulate(&settings, policy, 8).unwrap(), "{policy:?}");
        let Figures { given, waiting, worst, tenth, gini, receptions, receivers, .. } = figures;
        assert!(given > 0 && given + waiting <= 10_000, "{policy:?} {figures:?}");
        assert!(worst <= tenth && (0..10_000).contains(&gini), "{policy:?} {figures:?}");
        assert!((0..=700).contains(&receptions) && receivers >= 100, "{policy:?} {figures:?}");
    }
}

#[test]
fn an_empty_territory_or_no_days_are_no_trouble() {
    for (structures, lots_per_day, days) in [(0, 3, 3), (3, 0, 3), (3, 3, 0)] {
        let settings = Settings { structures, lots_per_day, days, ..Settings::default() };
        for policy in ALL {
            assert_eq!(simulate(&settings, policy, 1).unwrap().given, 0);
        }
        assert_eq!(reference(&settings, 1).unwrap().given, 0);
    }
}
