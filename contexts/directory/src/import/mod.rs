//! The import of a coordinator's own spreadsheet: « importer mon tableur ».
//!
//! ```text
//! file ─► read (columns guessed) ─► looked at, columns corrected ─► written, all rows in one transaction ─► undone
//! ```
//!
//! Invariant: nothing is written before somebody has seen the verdict of every row, and what a structure that is known
//! already says of itself is never changed by an import: at most its empty cells are filled, where somebody asked for it.

mod capacity;
mod column_names;
mod columns;
mod fill;
mod kept;
mod kinds;
mod rows;
mod verdict;

pub use columns::{ColumnKind, guess};
pub use fill::{Filled, blank_card, blank_site, fill_card, fill_site};
pub use kept::{Completed, Created, Import, ImportState, PastImport};
pub use rows::{Draft, Note, RowRefused, read_row};
pub use verdict::{Doubt, Judged, Verdict};

use documents::sheets::Limits;
use serde::{Deserialize, Serialize};

kernel::id!(
    /// An import.
    ImportId
);

/// What a spreadsheet may ask of the machine: a territory's list, not a country's.
#[must_use]
pub fn limits() -> Limits {
    Limits { rows: 5_000, text: 5_000_000, ..Limits::default() }
}

/// The columns of a sheet and what each was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The names in the file.
    pub header: Vec<String>,
    /// What each is; none is left out.
    pub mapping: Vec<Option<ColumnKind>>,
}

/// A row as it was in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}
