//! The workspace's own packages as cargo knows them.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process::{cargo, json};
use crate::project::Project;

/// A package of the workspace.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder from the root: `contexts/stock`.
    pub folder: String,
    /// The names of our own packages it depends on, and whether only its tests do.
    pub uses: Vec<Use>,
}

/// A dependency between two of our packages.
#[derive(Debug, Clone)]
pub struct Use {
    /// The package depended on.
    pub name: String,
    /// Its folder from the root.
    pub folder: String,
    /// Whether only tests need it.
    pub in_tests: bool,
}

impl Package {
    /// The first part of its folder: `contexts`, `engines`, `platform`, or its own folder at the root.
    pub fn shelf(&self) -> &str {
        shelf(&self.folder)
    }
}

/// The first part of a folder.
pub fn shelf(folder: &str) -> &str {
    folder.split('/').next().unwrap_or(folder)
}

/// All packages of the workspace.
pub fn of_workspace(project: &Project) -> Result<Vec<Package>> {
    let mut command = cargo(project);
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    from_metadata(project, &json(command)?)
}

fn from_metadata(project: &Project, metadata: &Value) -> Result<Vec<Package>> {
    let packages =
        metadata.get("packages").and_then(Value::as_array).context("cargo metadata has no packages")?;
    packages.iter().map(|package| read(project, package)).collect()
}

fn read(project: &Project, package: &Value) -> Result<Package> {
    let name = text(package, "name").context("a package without a name")?.to_owned();
    let manifest = Path::new(text(package, "manifest_path").context("a package without a manifest")?);
    let folder = project.relative(manifest.parent().unwrap_or(manifest));
    let mut uses = Vec::new();
    for dependency in package.get("dependencies").and_then(Value::as_array).into_iter().flatten() {
        // Only dependencies by path are ours.
        if let (Some(name), Some(path)) = (text(dependency, "name"), text(dependency, "path")) {
            let in_tests = text(dependency, "kind") == Some("dev");
            uses.push(Use { name: name.to_owned(), folder: project.relative(Path::new(path)), in_tests });
        }
    }
    Ok(Package { name, folder, uses })
}

fn text<'value>(value: &'value Value, key: &str) -> Option<&'value str> {
    value.get(key).and_then(Value::as_str)
}
