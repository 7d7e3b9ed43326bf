//! Where the project lives and where cargo builds it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process::cargo;

/// The root folder of the workspace.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The workspace this command was compiled from, or the one around the current folder if it was moved since.
    pub fn find() -> Result<Self> {
        let compiled = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf);
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let root = here
            .ancestors()
            .find(|folder| is_root(folder))
            .map(Path::to_path_buf)
            .or(compiled.filter(|folder| is_root(folder)))
            .context("run this inside the project: no folder above has both Cargo.toml and xtask/")?;
        Ok(Self { root })
    }

    /// The project's own folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder of the project, by its path from the root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// How a file is named to people: from the root, with forward slashes.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// Where cargo writes; asked from cargo because people move it by environment and configuration.
    pub fn target(&self) -> Result<PathBuf> {
        let mut command = cargo(self);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata = crate::process::json(command)?;
        let target = metadata.get("target_directory").and_then(|value| value.as_str());
        Ok(PathBuf::from(target.context("cargo metadata names no target directory")?))
    }

    /// The binary of the product in a profile's folder (`debug`, `release`), whether or not it is there yet.
    pub fn binary(&self, profile: &str) -> Result<PathBuf> {
        Ok(self.target()?.join(profile).join(format!("tablee{}", std::env::consts::EXE_SUFFIX)))
    }
}

fn is_root(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file()
}
