//! The project's own text files, and fingerprints of them. Invariant: nothing built or fetched is ever listed.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::project::Project;

const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "var", "screenshots"];

/// A text file of the project.
pub struct TextFile {
    /// From the root, with forward slashes.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Every text file under the root whose name ends with one of `endings` (`.rs`), in a stable order.
pub fn texts(project: &Project, endings: &[&str]) -> Result<Vec<TextFile>> {
    let mut found = Vec::new();
    for path in walk(project.root())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            found.push(TextFile { path: project.relative(&path), text });
        }
    }
    Ok(found)
}

/// Every file under a folder that is ours (no hidden folder, nothing built or fetched), sorted.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            if kind.is_dir() && !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
                waiting.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A fingerprint of names and contents, to see whether anything changed (FNV-1a, not a defence against anybody).
pub fn fingerprint(base: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hash = Fnv::default();
    for path in files {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        hash.add(path.strip_prefix(base).unwrap_or(path).to_string_lossy().as_bytes());
        hash.add(&(bytes.len() as u64).to_le_bytes());
        hash.add(&bytes);
    }
    Ok(format!("{:016x}", hash.0))
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_published_one_and_sees_every_byte() {
        let of = |bytes: &[u8]| {
            let mut hash = Fnv::default();
            hash.add(bytes);
            hash.0
        };
        // Test vectors of the FNV authors.
        assert_eq!(of(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(of(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn built_and_fetched_files_are_not_ours() {
        let base = std::env::temp_dir().join(format!("tablee-xtask-walk-{}", std::process::id()));
        for folder in ["src", "node_modules/x", ".git", "dist"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
            std::fs::write(base.join(folder).join("f.rs"), "x").unwrap();
        }
        let found = walk(&base).unwrap();
        assert_eq!(found, [base.join("src/f.rs")]);
        let before = fingerprint(&base, &found).unwrap();
        std::fs::write(base.join("src/f.rs"), "y").unwrap();
        assert_ne!(before, fingerprint(&base, &found).unwrap());
        std::fs::remove_dir_all(&base).unwrap();
    }
}
