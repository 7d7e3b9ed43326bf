//! Any problem handed in is solved soundly or refused.
#![no_main]

use fair_share::json::{check, solve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(plan) = solve(text, &mut || true) {
        let verdict = check(text, &plan).expect("a problem that was solved, and its plan, can be read again");
        assert!(verdict.sound, "{}", verdict.json());
    }
});
