//! Rule 1: who may depend on whom. Cargo forbids cycles; this forbids edges nobody drew.

use std::collections::BTreeSet;

use crate::packages::{Package, Use, shelf};
use crate::terminal::Finding;

/// The drawn edges, from ARCHITECTURE.md section 3: a context and those directly to its left. What they may use, it
/// may use too.
const LEFT_OF: &[(&str, &[&str])] = &[
    ("network", &[]),
    ("goods", &["network"]),
    // A card says which families a structure is glad of.
    ("directory", &["network", "goods"]),
    ("inventory", &["directory"]),
    ("orientation", &["directory"]),
    ("needs", &["directory"]),
    ("pooling", &["directory"]),
    ("practices", &["directory"]),
    ("objectives", &["needs"]),
    ("meetings", &["objectives"]),
    ("stock", &["goods", "directory"]),
    ("collections", &["stock"]),
    ("requests", &["stock"]),
    ("allocation", &["collections", "requests"]),
    ("purchasing", &["requests", "stock"]),
    ("rounds", &["allocation", "pooling"]),
];

/// Reads all contexts; nobody but the binary reads it.
const READS_ALL: &str = "reports";

/// Every edge of the workspace that the rule does not allow.
pub fn check(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in packages {
        let manifest = format!("{}/Cargo.toml", package.folder);
        if package.shelf() == "contexts" && package.name != READS_ALL && left_of(&package.name).is_none() {
            let message = "this context is not in the drawing of rule 1: add it to ARCHITECTURE.md and to \
                           xtask/src/arch/edges.rs";
            findings.push(Finding::new(&manifest, 0, message));
        }
        for used in &package.uses {
            if let Some(why) = refused(package, used) {
                let message = format!("{} may not depend on {}: {why} (rule 1)", package.name, used.name);
                findings.push(Finding::new(&manifest, 0, message));
            }
        }
    }
    findings
}

/// Why an edge is not allowed, if it is not.
fn refused(package: &Package, used: &Use) -> Option<&'static str> {
    let (from, to) = (package.shelf(), shelf(&used.folder));
    // The test town stands on contexts; every crate's tests may stand on the test town.
    if used.in_tests && to == "testkit" && from != "engines" {
        return None;
    }
    match (from, to) {
        ("tablee", "xtask") | ("testkit", "tablee" | "xtask") => Some("only people start commands"),
        ("tablee" | "testkit" | "bench", _) => None,
        ("xtask", _) => Some("xtask must compile in seconds, before anything of ours"),
        ("engines", "platform") if used.name == "kernel" => None,
        ("engines", _) => Some("engines use nothing of ours but kernel"),
        ("platform", "platform") => None,
        ("platform", "engines") => Some("the machinery knows nothing of the field, engines included"),
        ("platform", _) => Some("the machinery knows nothing of the contexts"),
        ("contexts", "platform" | "engines") => None,
        ("contexts", "contexts") if package.name == READS_ALL => None,
        ("contexts", "contexts") if reachable(&package.name).contains(used.name.as_str()) => None,
        ("contexts", "contexts") => Some("it is not to its left in the drawing"),
        ("contexts", _) => Some("contexts are below the binary and the test town"),
        _ => Some("this shelf is not in ARCHITECTURE.md"),
    }
}

fn left_of(context: &str) -> Option<&'static [&'static str]> {
    LEFT_OF.iter().find(|(name, _)| *name == context).map(|(_, left)| *left)
}

/// Whether a context may use another.
pub fn may_use(context: &str, other: &str) -> bool {
    reachable(context).contains(other)
}

/// Everything to the left of a context.
fn reachable(context: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<_> = left_of(context).unwrap_or_default().to_vec();
    while let Some(name) = waiting.pop() {
        if found.insert(name) {
            waiting.extend(left_of(name).unwrap_or_default());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(folder: &str, uses: &[(&str, bool)]) -> Package {
        let name = |folder: &str| folder.rsplit('/').next().unwrap().to_owned();
        let uses = uses
            .iter()
            .map(|(folder, in_tests)| Use {
                name: name(folder),
                folder: (*folder).to_owned(),
                in_tests: *in_tests,
            })
            .collect();
        Package { name: name(folder), folder: folder.to_owned(), uses }
    }

    fn broken(folder: &str, uses: &[(&str, bool)]) -> usize {
        check(&[package(folder, uses)]).len()
    }

    #[test]
    fn the_drawn_edges_and_what_they_reach_are_allowed() {
        assert_eq!(
            broken("contexts/allocation", &[("contexts/stock", false), ("contexts/network", false)]),
            0
        );
        assert_eq!(
            broken("contexts/rounds", &[("contexts/collections", false), ("contexts/pooling", false)]),
            0
        );
        assert_eq!(broken("contexts/goods", &[("contexts/network", false), ("platform/web", false)]), 0);
        assert_eq!(broken("contexts/reports", &[("contexts/rounds", false)]), 0);
        assert_eq!(broken("engines/fair-share", &[("platform/kernel", false)]), 0);
        assert_eq!(broken("tablee", &[("contexts/reports", false), ("engines/fair-share", false)]), 0);
        assert_eq!(broken("platform/store", &[("testkit", true)]), 0);
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        assert_eq!(broken("contexts/stock", &[("contexts/requests", false)]), 1);
        assert_eq!(broken("contexts/requests", &[("contexts/collections", false)]), 1);
        assert_eq!(broken("contexts/stock", &[("contexts/reports", false)]), 1);
        assert_eq!(broken("platform/web", &[("contexts/network", false)]), 1);
        assert_eq!(broken("platform/web", &[("contexts/network", true)]), 1);
        assert_eq!(broken("engines/fair-share", &[("platform/store", false)]), 1);
        assert_eq!(broken("xtask", &[("platform/kernel", false)]), 1);
        assert_eq!(broken("contexts/stock", &[("testkit", false)]), 1);
        assert_eq!(broken("contexts/gossip", &[]), 1);
        let finding = check(&[package("contexts/network", &[("contexts/stock", false)])]).remove(0);
        assert_eq!(finding.file, "contexts/network/Cargo.toml");
        assert!(finding.message.contains("network may not depend on stock"), "{}", finding.message);
    }
}
