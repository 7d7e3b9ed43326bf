//! `cargo xtask arch`: the layout and dependency rules of ARCHITECTURE.md, checked from cargo's own metadata and
//! from the sources as text. A finding names file, line and rule.

mod edges;
pub use edges::may_use;
mod everywhere;
mod known;
mod rooms;

use anyhow::Result;

use crate::files::texts;
use crate::project::Project;
use crate::terminal::Report;
use crate::{packages, source};

/// A Rust source, prepared once for all rules.
pub struct Source {
    /// From the root.
    pub path: String,
    /// Without comments and insides of literals.
    pub code: String,
    /// Without test modules too; blank when the whole file is tests.
    pub product: String,
}

impl Source {
    /// Prepares a file.
    pub fn new(path: &str, text: &str) -> Self {
        let code = source::code_only(text);
        let product = if source::is_test_file(path) { String::new() } else { source::without_tests(&code) };
        Self { path: path.to_owned(), code, product }
    }
}

/// Every rule over the whole workspace.
pub fn check(project: &Project) -> Result<Report> {
    let packages = packages::of_workspace(project)?;
    let files = texts(project, everywhere::COUNTED_ENDINGS)?;
    let sources: Vec<_> = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| Source::new(&file.path, &file.text))
        .collect();

    let mut findings = edges::check(&packages);
    for source in &sources {
        findings.extend(rooms::check(source));
        findings.extend(everywhere::unfinished(source));
    }
    findings.extend(everywhere::dialects(&sources));
    findings.extend(everywhere::lengths(&files, known::LONG_FILES));
    let examined = format!("{} packages, {} Rust files", packages.len(), sources.len());
    Ok(Report { findings, examined })
}
