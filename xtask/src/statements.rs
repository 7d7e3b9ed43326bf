//! Rule 7: every SQL statement is executed by a test on both engines. The store writes down the place of each statement
//! that a test executes (`TABLEE_SQL_LOG`, see platform/store/src/reached.rs); here those places are held against every
//! call in the sources.
//!
//! Invariant: one call is one statement, written where it is called, so a place reached is a statement executed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::arch::Source;
use crate::files::{TextFile, texts};
use crate::project::Project;
use crate::source::{line_of, mentions};
use crate::terminal::{Finding, Report};

/// Names the folder in which the store writes.
pub const LOG: &str = "TABLEE_SQL_LOG";
/// The seam itself passes statements on.
const SEAM: &str = "platform/store/src/conn.rs";

/// Where a test run's places are kept.
pub fn folder(project: &Project) -> Result<PathBuf> {
    Ok(project.target()?.join("statements"))
}

/// An empty folder for a run of tests.
pub fn begin(project: &Project) -> Result<PathBuf> {
    let folder = folder(project)?;
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => std::fs::create_dir_all(&folder)?,
    }
    Ok(folder)
}

/// What the last run of tests did not execute, on SQLite and, unless only that was tested, on PostgreSQL.
pub fn check(project: &Project, sqlite_only: bool) -> Result<Report> {
    let path = folder(project)?.join("reached.txt");
    let log = std::fs::read_to_string(&path)
        .with_context(|| format!("{} cannot be read: run the leg `tests` before", path.display()))?;
    let reached = log.lines().collect();
    let engines: &[&str] = if sqlite_only { &["Sqlite"] } else { &["Sqlite", "Postgres"] };
    let mut findings = Vec::new();
    let mut count = 0;
    for file in texts(project, &[".rs"])?.iter().filter(|file| is_product(&file.path)) {
        for statement in statements(file) {
            count += 1;
            findings.extend(statement.missed(&reached, engines));
        }
    }
    Ok(Report { findings, examined: format!("{count} statements on {}", engines.join(" and ")) })
}

fn is_product(path: &str) -> bool {
    let shelf = ["contexts/", "platform/", "tablee/"].iter().any(|shelf| path.starts_with(shelf));
    shelf && path.contains("/src/") && path != SEAM
}

/// One call that runs a statement.
struct Statement<'file> {
    path: &'file str,
    line: usize,
    /// How the statement begins, to know it by.
    text: String,
    /// Whether only one engine can read it.
    sqlite_only: bool,
    /// Whether the statement stands elsewhere and may be one of several.
    elsewhere: bool,
}

impl Statement<'_> {
    fn missed(&self, reached: &BTreeSet<&str>, engines: &[&str]) -> Option<Finding> {
        if self.elsewhere {
            let message =
                "a statement is written where it is called, or run by a `for` over a table of statements";
            return Some(Finding::new(self.path, self.line, message));
        }
        let on = |engine: &&&str| {
            let place = format!("{engine} {}:{}", self.path, self.line);
            let readable = !self.sqlite_only || **engine == "Sqlite";
            readable && !reached.contains(place.as_str())
        };
        let missed: Vec<_> = engines.iter().filter(on).copied().collect();
        if missed.is_empty() {
            return None;
        }
        let message = format!("no test executes it on {}: {}", missed.join(" or "), self.text);
        Some(Finding::new(self.path, self.line, message))
    }
}

fn statements(file: &TextFile) -> Vec<Statement<'_>> {
    let source = Source::new(&file.path, &file.text);
    let code = source.product.as_str();
    let mut found = Vec::new();
    for call in [".query(", ".dialect("] {
        for at in mentions(code, call) {
            let begins = at + call.len();
            let arguments = code.get(begins..).unwrap_or_default();
            // A call without arguments is somebody else's (`uri.query()`).
            if arguments.starts_with(')') {
                continue;
            }
            let whole = file.text.get(begins..begins + length(arguments)).unwrap_or_default();
            let text = whole.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
            let written = ["\"", "r\"", "r#\"", "concat!("];
            let written_here = written.iter().any(|start| arguments.trim_start().starts_with(start));
            found.push(Statement {
                path: &file.path,
                line: line_of(code, at),
                sqlite_only: whole.contains("PRAGMA ") || whole.contains("pragma_"),
                elsewhere: !written_here && !is_of_a_loop(code.get(..at).unwrap_or_default(), arguments),
                text,
            });
        }
    }
    found
}

/// How long the arguments of a call are.
fn length(arguments: &str) -> usize {
    let mut depth = 0_u32;
    for (at, char) in arguments.char_indices() {
        match char {
            '(' | '[' => depth += 1,
            ')' if depth == 0 => return at,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    arguments.len()
}

/// Whether the argument is what the nearest `for` goes through: then every statement of its table is run.
fn is_of_a_loop(before: &str, arguments: &str) -> bool {
    let argument: String =
        arguments.trim_start().chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
    let head = before.rfind("for ").and_then(|at| before.get(at..)).unwrap_or_default();
    let pattern = head.split(" in ").next().unwrap_or_default();
    !argument.is_empty() && mentions(pattern, &argument).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: &[&str] = &["Sqlite", "Postgres"];

    fn missed(text: &str, log: &str, engines: &[&str]) -> Vec<(usize, String)> {
        let file = TextFile { path: "contexts/x/src/store.rs".into(), text: text.into() };
        let reached = log.lines().collect();
        statements(&file)
            .iter()
            .filter_map(|statement| statement.missed(&reached, engines))
            .map(|finding| (finding.line, finding.message))
            .collect()
    }

    #[test]
    fn a_statement_is_wanted_on_each_engine_that_can_read_it() {
        let text = "fn a() {\n tx\n  .query(\n  \"SELECT 1\")\n}\nconn.query(\"PRAGMA x\");\nuri.query();";
        let one = "Sqlite contexts/x/src/store.rs:3";
        assert_eq!(missed(text, "", BOTH).len(), 2);
        let left = missed(text, one, BOTH);
        assert_eq!(left.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 6]);
        assert!(left[0].1.contains("on Postgres: \"SELECT 1\""), "{left:?}");
        let pragma = format!("{one}\nSqlite contexts/x/src/store.rs:6");
        assert_eq!(missed(text, &pragma, &["Sqlite"]), []);
        assert_eq!(missed(text, &format!("{pragma}\nPostgres contexts/x/src/store.rs:3"), BOTH), []);
    }

    #[test]
    fn tests_are_not_the_product() {
        assert_eq!(missed("#[cfg(test)]\nmod tests { fn a() { tx.query(\"SELECT 1\"); } }", "", BOTH), []);
        assert!(is_product("tablee/src/doctor.rs") && !is_product("contexts/stock/tests/it/main.rs"));
    }

    #[test]
    fn a_statement_stands_at_its_call_or_in_the_table_of_a_loop() {
        let log = "Sqlite contexts/x/src/store.rs:1";
        let table = "for (what, sql) in TABLE { conn.query(sql); }";
        assert_eq!(missed(table, log, &["Sqlite"]), []);
        assert_eq!(missed("conn.query(concat!(\"SELECT \", columns!()))", log, &["Sqlite"]), []);
        assert_eq!(missed("fn a(sql: &'static str) { conn.query(sql); }", log, &["Sqlite"]).len(), 1);
        assert_eq!(missed("conn.query(match a { _ => \"SELECT 1\" })", log, &["Sqlite"]).len(), 1);
    }
}
