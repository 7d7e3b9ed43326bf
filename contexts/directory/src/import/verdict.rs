//! What becomes of each row: new, known already, to be checked by a human, or refused.

use kernel::StructureId;

use crate::import::{Draft, RowRefused};

/// Why a human should look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A structure of this name is known, at another place or at none.
    SameName(StructureId),
    /// The file has this structure on an earlier line.
    TwiceInFile(usize),
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It will be added.
    New(Box<Draft>),
    /// It is in the directory already; its card is left as it is.
    Known(StructureId),
    /// It is known elsewhere in the installation and will be listed here too; its card is left as it is.
    KnownElsewhere(StructureId),
    /// It is known elsewhere and has leads of its own: it asks for its place itself.
    AsksItself(StructureId),
    /// It will be added only if somebody says so.
    ToCheck(Doubt, Box<Draft>),
    /// It cannot be taken.
    Refused(RowRefused),
}

/// A row and its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Its line in the file.
    pub line: usize,
    /// The name it gives; empty where it gives none.
    pub name: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What a row says of a structure of this directory that is known: its empty cells can be filled with it.
    pub says: Option<Box<Draft>>,
}
