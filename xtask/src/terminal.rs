//! How the commands speak: headings, durations, and what a check found.

use std::fmt;
use std::time::Duration;

/// Announces the next piece of work.
pub fn heading(text: &str) {
    if crate::process::watched() {
        println!("\n\u{1b}[1m── {text}\u{1b}[0m");
    } else {
        println!("\n── {text}");
    }
}

/// A duration as people say it: `0.4 s`, `12 s`, `3 min 05`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02}", seconds / 60, seconds % 60),
    }
}

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the project's root.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    /// A finding at one line.
    pub fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.file, self.message),
            line => write!(formatter, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// What a check looked at and what it found.
#[derive(Debug, Default)]
pub struct Report {
    /// Broken rules; empty when all is well.
    pub findings: Vec<Finding>,
    /// What was examined, in words, shown when all is well.
    pub examined: String,
}

impl Report {
    /// Shows it, in the order of files and lines; whether all is well.
    pub fn print(mut self, name: &str) -> bool {
        self.findings.sort();
        self.findings.dedup();
        for finding in &self.findings {
            println!("{finding}");
        }
        match self.findings.len() {
            0 => println!("{name}: fine ({})", self.examined),
            count => println!("{name}: {count} broken rule(s)"),
        }
        self.findings.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(spoken(Duration::from_millis(430)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(185)), "3 min 05");
    }

    #[test]
    fn a_finding_names_file_line_and_rule() {
        assert_eq!(Finding::new("a/b.rs", 7, "no").to_string(), "a/b.rs:7: no");
        assert_eq!(Finding::new("a/b.rs", 0, "no").to_string(), "a/b.rs: no");
    }
}
