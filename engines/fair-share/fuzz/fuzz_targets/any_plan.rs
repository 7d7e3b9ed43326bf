//! Any plan handed in is judged or refused.
#![no_main]

use fair_share::json::check;
use libfuzzer_sys::fuzz_target;

const PROBLEM: &str = include_str!("../../../../docs/allocation/example.problem.json");

fuzz_target!(|text: &str| {
    if let Ok(verdict) = check(PROBLEM, text) {
        assert_eq!(verdict.sound, verdict.breaches.is_empty());
    }
});
