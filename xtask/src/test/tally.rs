//! Counting tests from what their runners print.

use std::fmt;

/// How many tests passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ended well.
    pub passed: u64,
    /// Ended badly, timed out or could not start.
    pub failed: u64,
    /// Not run.
    pub skipped: u64,
}

impl Tally {
    /// The three counts.
    #[cfg(test)]
    pub fn new(passed: u64, failed: u64, skipped: u64) -> Self {
        Self { passed, failed, skipped }
    }

    /// Adds another run's counts.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Reads nextest's summary: `Summary [ 1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 0 skipped`.
    pub fn hear_nextest(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once(" tests run: ").or_else(|| line.split_once(" test run: "))
        else {
            return;
        };
        self.hear_counts(&without_parentheses(counts), ',');
    }

    /// Reads cargo test's summary: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; …`.
    pub fn hear_cargo(&mut self, line: &str) {
        let result = line.trim_start().strip_prefix("test result: ");
        if let Some((_, counts)) = result.and_then(|rest| rest.split_once(". ")) {
            self.hear_counts(counts, ';');
        }
    }

    /// Reads one line of node's summary: `ℹ pass 3` (spec) or `# pass 3` (tap).
    pub fn hear_node(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else { return };
        let Some((what, count)) = rest.trim_end().split_once(' ') else { return };
        let Ok(count) = count.parse::<u64>() else { return };
        match what {
            "pass" => self.passed += count,
            "fail" | "cancelled" => self.failed += count,
            "skipped" | "todo" => self.skipped += count,
            _ => {}
        }
    }

    fn hear_counts(&mut self, counts: &str, separator: char) {
        for part in counts.split(separator) {
            let Some((count, what)) = part.trim().split_once(' ') else { continue };
            let Ok(count) = count.parse::<u64>() else { continue };
            match what.trim() {
                "passed" => self.passed += count,
                "failed" | "timed out" | "exec failed" => self.failed += count,
                "skipped" | "ignored" => self.skipped += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|char| match char {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_summaries_are_counted() {
        let mut tally = Tally::default();
        tally.hear_nextest("     Summary [   0.005s] 5 tests run: 5 passed, 0 skipped");
        tally.hear_nextest("     Summary [   1.2s] 1 test run: 1 passed, 3 skipped");
        tally.hear_nextest(
            "     Summary [   9s] 8/9 tests run: 4 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 1 exec failed, 2 skipped",
        );
        tally.hear_nextest("        PASS [   0.005s] xtask tests run: nothing");
        assert_eq!(tally, Tally::new(10, 4, 5));
    }

    #[test]
    fn cargo_summaries_are_summed_over_binaries() {
        let mut tally = Tally::default();
        tally.hear_cargo(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
        );
        tally.hear_cargo(
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s",
        );
        tally.hear_cargo("running 3 tests");
        assert_eq!(tally, Tally::new(6, 2, 1));
    }

    #[test]
    fn node_summaries_are_read_in_both_reporters() {
        let mut tally = Tally::default();
        for line in
            ["ℹ tests 9", "ℹ suites 2", "ℹ pass 5", "ℹ fail 1", "ℹ cancelled 1", "ℹ skipped 1", "ℹ todo 1"]
        {
            tally.hear_node(line);
        }
        for line in ["# pass 2", "# fail 0", "ℹ duration_ms 12.5", "# Subtest: pass 7 gates"] {
            tally.hear_node(line);
        }
        assert_eq!(tally, Tally::new(7, 2, 2));
    }
}
