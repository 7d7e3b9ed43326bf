//! How each leg ended, and the last lines.

use std::time::Duration;

use super::tally::Tally;
use crate::terminal::spoken;

/// How a leg ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All well; the tests it counted, none for a check.
    Passed(Tally),
    /// Something is wrong; the tests it counted before or while failing.
    Failed(Tally),
    /// It could not be had, and why.
    Skipped(String),
}

impl Outcome {
    /// A check that ends well or not.
    pub fn of_check(well: bool) -> Self {
        if well { Self::Passed(Tally::default()) } else { Self::Failed(Tally::default()) }
    }

    /// Tests that were counted; `well` is what the runner's exit status said.
    pub fn of_tests(well: bool, tally: Tally) -> Self {
        if well && tally.failed == 0 { Self::Passed(tally) } else { Self::Failed(tally) }
    }

    /// Something is missing.
    pub fn skipped(why: impl Into<String>) -> Self {
        Self::Skipped(why.into())
    }

    /// PASS, FAIL or SKIP.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "PASS",
            Self::Failed(_) => "FAIL",
            Self::Skipped(_) => "SKIP",
        }
    }
}

/// The legs so far.
pub struct Summary {
    strict: bool,
    rows: Vec<(&'static str, Duration, Outcome)>,
    left_out: Vec<&'static str>,
}

impl Summary {
    /// Nothing yet; `strict` makes a skip a failure (`CI=true`).
    pub fn new(strict: bool) -> Self {
        Self { strict, rows: Vec::new(), left_out: Vec::new() }
    }

    /// Keeps a leg's end.
    pub fn add(&mut self, name: &'static str, took: Duration, outcome: Outcome) {
        self.rows.push((name, took, outcome));
    }

    /// Keeps that the person did not ask for a leg.
    pub fn left_out(&mut self, name: &'static str) {
        self.left_out.push(name);
    }

    /// Whether a leg of this name failed.
    pub fn failed(&self, name: &str) -> bool {
        self.rows.iter().any(|(row, _, outcome)| *row == name && matches!(outcome, Outcome::Failed(_)))
    }

    /// All tests of all legs. A check that failed counts as one failed test, a missing leg as one skipped: a bad end
    /// is never behind "0 failed".
    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for (_, _, outcome) in &self.rows {
            match outcome {
                Outcome::Passed(tally) => total.add(*tally),
                Outcome::Failed(tally) => {
                    total.add(*tally);
                    total.failed += u64::from(tally.failed == 0);
                }
                Outcome::Skipped(_) => total.skipped += 1,
            }
        }
        total
    }

    /// Whether the whole run may be called good.
    fn well(&self) -> bool {
        self.rows.iter().all(|(_, _, outcome)| match outcome {
            Outcome::Passed(_) => true,
            Outcome::Failed(_) => false,
            Outcome::Skipped(_) => !self.strict,
        })
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, took, outcome) in &self.rows {
            let detail = match outcome {
                Outcome::Passed(tally) | Outcome::Failed(tally) if *tally == Tally::default() => {
                    String::new()
                }
                Outcome::Passed(tally) | Outcome::Failed(tally) => tally.to_string(),
                Outcome::Skipped(why) if self.strict => format!("{why} (with CI=true this is a failure)"),
                Outcome::Skipped(why) => why.clone(),
            };
            lines.push(
                format!("{}  {name:<10} {:>9}  {detail}", outcome.word(), spoken(*took))
                    .trim_end()
                    .to_owned(),
            );
        }
        if !self.left_out.is_empty() {
            lines.push(format!("not asked for: {}", self.left_out.join(", ")));
        }
        lines.push(self.total().to_string());
        lines
    }

    /// Shows it; whether the whole run is good.
    pub fn print(&self) -> bool {
        for line in self.lines() {
            println!("{line}");
        }
        self.well()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(strict: bool) -> Summary {
        let mut summary = Summary::new(strict);
        summary.add("fmt", Duration::from_secs(1), Outcome::of_check(true));
        summary.add("tests", Duration::from_secs(90), Outcome::of_tests(true, Tally::new(7, 0, 1)));
        summary.add("journeys", Duration::ZERO, Outcome::skipped("no Chromium"));
        summary
    }

    #[test]
    fn a_skip_is_loud_and_counted_and_fails_only_in_ci() {
        assert!(summary(false).well());
        assert!(!summary(true).well());
        let lines = summary(false).lines();
        assert!(lines.iter().any(|line| line.starts_with("SKIP  journeys") && line.ends_with("no Chromium")));
        assert_eq!(lines.last().unwrap(), "7 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn a_failed_check_is_one_failed_test_and_failed_tests_are_not_counted_twice() {
        let mut summary = summary(false);
        summary.add("clippy", Duration::ZERO, Outcome::of_check(false));
        summary.add("doc", Duration::ZERO, Outcome::of_tests(false, Tally::new(1, 2, 0)));
        assert_eq!(summary.lines().last().unwrap(), "8 passed, 3 failed, 2 skipped");
        assert!(!summary.well());
        assert!(summary.failed("clippy"));
    }

    #[test]
    fn a_runner_that_fails_without_a_failed_test_still_failed() {
        assert_eq!(Outcome::of_tests(false, Tally::new(3, 0, 0)).word(), "FAIL");
    }
}
