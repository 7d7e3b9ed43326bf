//! An import as it is kept: what was read, what was written, what became of it.
//!
//! Invariant: read → written → undone, never back; raw rows are there only while it is read.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Level, SiteId, StructureId};
use network::coded;
use serde::{Deserialize, Serialize};

use crate::import::{Columns, Filled, ImportId, RawRow};

coded! {
    /// Where an import stands.
    ImportState {
        /// Read and looked at; nothing is written.
        Read = "read",
        /// In the directory.
        Written = "written",
        /// Taken back.
        Undone = "undone",
    }
}

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The import.
    pub id: ImportId,
    /// For which directory.
    pub coordination: CoordinationId,
    /// The name of the file.
    pub file_name: String,
    /// Its columns.
    pub columns: Columns,
    /// Its rows; none once they are written.
    pub rows: Vec<RawRow>,
    /// Where it stands.
    pub state: ImportState,
    /// What it created.
    pub created: Vec<Created>,
    /// When it was read.
    pub created_at: DateTime<Utc>,
    /// Goes up with each change.
    pub version: i64,
}

/// A structure that an import wrote down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The structure.
    pub structure: StructureId,
    /// Its name in the file.
    pub name: String,
    /// The line of the file.
    pub line: usize,
    /// Whether it was only listed here, being known elsewhere.
    pub only_listed: bool,
    /// Whether it was kept when the import was undone, because somebody had touched it.
    pub kept: bool,
    /// The level it was given; nothing says listed.
    #[serde(default)]
    pub level: Option<Level>,
    /// What was filled in, where the structure was known already.
    #[serde(default)]
    pub completed: Option<Completed>,
}

/// What an import filled in on the card of a structure that was known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// The cells of its card.
    pub card: Vec<Filled>,
    /// The card's version afterwards.
    pub card_version: i64,
    /// The place that was completed or added, the cells filled on it (none where it was added) and its version
    /// afterwards.
    pub site: Option<(SiteId, Vec<Filled>, i64)>,
}

/// A line of the list of imports.
#[derive(Clone, Debug)]
pub struct PastImport {
    /// The import.
    pub id: ImportId,
    /// The name of the file.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// When it was read.
    pub created_at: DateTime<Utc>,
}
