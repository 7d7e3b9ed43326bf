//! `cargo xtask licences`: every dependency may be used in a work under EUPL-1.2, and none is banned.
//!
//! `deny.toml` says the same for cargo-deny, which needs a database from the network and is run on a schedule.

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process::{cargo, json};
use crate::project::Project;
use crate::terminal::{Finding, Report};

const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    // File by file: what is used as it is, as webauthn-rs is (adr/0006), asks nothing of ours.
    "MPL-2.0",
    // Of fonts: they are served beside the work, not sold alone.
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Licences accepted in one package only.
const ALLOWED_IN: &[(&str, &str)] = &[("ring", "OpenSSL")];

/// One TLS is enough, and it needs no C library of the system's.
const BANNED: &[&str] = &["openssl", "openssl-sys", "native-tls"];

const NPM_LOCKS: &[&str] = &["web/package-lock.json", "e2e/package-lock.json"];

/// Every package that cargo or npm may fetch for this project, on any platform.
pub fn check(project: &Project) -> Result<Report> {
    let mut command = cargo(project);
    command.args(["metadata", "--format-version", "1"]);
    let metadata = json(command)?;
    let packages =
        metadata.get("packages").and_then(Value::as_array).context("cargo metadata has no packages")?;
    let mut findings: Vec<_> = packages.iter().flat_map(cargo_package).collect();
    let mut count = packages.len();
    for lock in NPM_LOCKS {
        let Ok(text) = std::fs::read_to_string(project.path(lock)) else { continue };
        let value: Value = serde_json::from_str(&text).with_context(|| format!("{lock} is not JSON"))?;
        let entries =
            value.get("packages").and_then(Value::as_object).with_context(|| format!("{lock} is too old"))?;
        count += entries.len();
        findings.extend(entries.iter().filter_map(|(name, entry)| npm_package(lock, name, entry)));
    }
    Ok(Report { findings, examined: format!("{count} packages") })
}

fn cargo_package(package: &Value) -> Vec<Finding> {
    let field = |key: &str| package.get(key).and_then(Value::as_str);
    let name = field("name").unwrap_or("?");
    let shown = format!("{name} {}", field("version").unwrap_or("?"));
    let mut findings = Vec::new();
    if BANNED.contains(&name) {
        findings.push(Finding::new(&shown, 0, "this package is banned: TLS is rustls with ring"));
    }
    if let Some(wrong) = wrong(name, field("license")) {
        findings.push(Finding::new(&shown, 0, wrong));
    }
    findings
}

fn npm_package(lock: &str, name: &str, entry: &Value) -> Option<Finding> {
    let name = name.rsplit_once("node_modules/")?.1;
    let licence = entry.get("license").and_then(Value::as_str);
    wrong(name, licence).map(|wrong| Finding::new(lock, 0, format!("{name}: {wrong}")))
}

/// What is wrong with a package's licence, if anything.
fn wrong(package: &str, licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else { return Some("it declares no licence".to_owned()) };
    match Expression::read(licence) {
        None => Some(format!("its licence `{licence}` is not understood")),
        Some(expression) => (!expression.holds(&|name| allowed(package, name)))
            .then(|| format!("its licence `{licence}` is not in the list of xtask/src/licences.rs")),
    }
}

fn allowed(package: &str, licence: &str) -> bool {
    ALLOWED.contains(&licence) || ALLOWED_IN.contains(&(package, licence))
}

/// A licence expression of SPDX, with the `/` of old manifests as OR.
#[derive(Debug, PartialEq)]
enum Expression {
    Licence(String),
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

impl Expression {
    fn read(text: &str) -> Option<Self> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut words = words.as_slice();
        let read = Self::any(&mut words)?;
        words.is_empty().then_some(read)
    }

    fn any(words: &mut &[&str]) -> Option<Self> {
        let mut parts = vec![Self::all(words)?];
        while take(words, "OR") {
            parts.push(Self::all(words)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Self::Any(parts)) }
    }

    fn all(words: &mut &[&str]) -> Option<Self> {
        let mut parts = vec![Self::one(words)?];
        while take(words, "AND") {
            parts.push(Self::one(words)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Self::All(parts)) }
    }

    fn one(words: &mut &[&str]) -> Option<Self> {
        if take(words, "(") {
            let inside = Self::any(words)?;
            return take(words, ")").then_some(inside);
        }
        let (name, rest) = words.split_first()?;
        if ["AND", "OR", "WITH", ")"].contains(name) {
            return None;
        }
        *words = rest;
        let mut name = (*name).to_owned();
        if take(words, "WITH") {
            let (exception, rest) = words.split_first()?;
            *words = rest;
            name = format!("{name} WITH {exception}");
        }
        Some(Self::Licence(name))
    }

    fn holds(&self, allowed: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Licence(name) => allowed(name),
            Self::All(parts) => parts.iter().all(|part| part.holds(allowed)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(allowed)),
        }
    }
}

fn take(words: &mut &[&str], word: &str) -> bool {
    match words.split_first() {
        Some((first, rest)) if *first == word => {
            *words = rest;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_needs_one_allowed_licence_and_a_sum_needs_all() {
        for fine in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR GPL-2.0-only) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "0BSD OR MIT OR Apache-2.0",
        ] {
            assert_eq!(wrong("x", Some(fine)), None, "{fine}");
        }
        for bad in
            ["GPL-3.0-only", "MIT AND GPL-3.0-only", "OpenSSL", "MIT OR", "(MIT", "GPL-2.0-only WITH x"]
        {
            assert!(wrong("x", Some(bad)).is_some(), "{bad}");
        }
        assert!(wrong("x", None).is_some());
    }

    #[test]
    fn a_licence_may_be_accepted_in_one_package() {
        assert_eq!(wrong("ring", Some("MIT AND ISC AND OpenSSL")), None);
        assert!(wrong("other", Some("MIT AND ISC AND OpenSSL")).is_some());
    }

    #[test]
    fn banned_packages_are_named() {
        let package = serde_json::json!({ "name": "openssl-sys", "version": "0.9.1", "license": "MIT" });
        let findings = cargo_package(&package);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().starts_with("openssl-sys 0.9.1: this package is banned"));
    }

    #[test]
    fn npm_packages_are_named_by_their_last_folder() {
        let entry = serde_json::json!({ "license": "SSPL-1.0" });
        let finding =
            npm_package("web/package-lock.json", "node_modules/a/node_modules/@b/c", &entry).unwrap();
        assert!(finding.message.starts_with("@b/c: "));
        assert_eq!(npm_package("l", "", &entry), None);
    }
}
