//! `tablee restore`: a copy takes the place of the database, and what was there is kept whole beside it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use store::{Db, OpenOptions};

use crate::doctor;

/// The files that SQLite keeps beside a database: what was written last may still be in them.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Checks the copy before anything is replaced. Says where what was there is kept.
///
/// # Errors
/// On PostgreSQL, which has its own tool; when the copy is missing, damaged or not of Tablée; when a file cannot be moved.
pub async fn run(address: &str, from: &Path) -> anyhow::Result<Option<PathBuf>> {
    if address.starts_with("postgres") {
        bail!(
            "PostgreSQL has its own tool: pg_restore --clean --dbname=\"$TABLEE_DATABASE_URL\" {}",
            from.display()
        );
    }
    if !from.is_file() {
        bail!("{} is not a file", from.display());
    }
    let copy = Db::open(&from.display().to_string(), OpenOptions::default())
        .await
        .context("this file is not a copy of Tablée's database")?;
    let findings = doctor::examine(&copy).await.context("this file is not a copy of Tablée's database")?;
    copy.close().await;
    if let Some(finding) = findings.iter().find(|finding| finding.text.contains("damaged")) {
        bail!("the copy is not restored: {}", finding.text);
    }
    let to = PathBuf::from(address.strip_prefix("sqlite://").unwrap_or(address));
    let aside = to.exists().then(|| free_name(&to));
    if let Some(aside) = &aside {
        std::fs::rename(&to, aside)?;
    }
    for suffix in BESIDE {
        let beside = beside(&to, suffix);
        match &aside {
            Some(aside) if beside.exists() => std::fs::rename(&beside, self::beside(aside, suffix))?,
            _ => {
                let _ = std::fs::remove_file(beside);
            }
        }
    }
    std::fs::copy(from, &to)?;
    Ok(aside)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", path.display()))
}

/// A name that no file has: a second restoration does not lose what the first one kept.
fn free_name(of: &Path) -> PathBuf {
    let named = |count: u32| match count {
        1 => of.with_extension("before-restore"),
        more => of.with_extension(format!("before-restore-{more}")),
    };
    (1..).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(1))
}
