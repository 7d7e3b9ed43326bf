//! Spreadsheets: reading the one a person already has, writing the one she takes away.
//!
//! Reading decides what a file is from its content, never from its name, and answers with rows of text the
//! way a French reader sees them. Invariant: no input whatever makes [`read`] panic, hang or take memory
//! beyond [`Limits`].

mod archive;
mod delimited;
mod format;
mod grid;
mod opendocument;
mod table;
mod workbook;
mod write_csv;
mod write_ods;
mod write_xlsx;

pub use format::Format;
pub use table::{Cell, Column, Kind, Table};
pub use write_csv::write_csv;
pub use write_ods::write_ods;
pub use write_xlsx::write_xlsx;

/// How much a handed-in file may ask of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file as received, in bytes.
    pub bytes: usize,
    /// Size of the texts and tables inside an XLSX or ODS file once decompressed, in bytes.
    pub unpacked: usize,
    /// Rows that carry something, the header included, in one sheet.
    pub rows: usize,
    /// Columns in one sheet.
    pub columns: usize,
    /// Characters in one cell.
    pub cell: usize,
    /// Characters in all cells of all sheets together.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10_000_000,
            unpacked: 80_000_000,
            rows: 20_000,
            columns: 200,
            cell: 10_000,
            text: 20_000_000,
        }
    }
}

/// One sheet of a file: a header and the rows under it.
///
/// Blank rows, and title lines above the header, are left out; every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the tab; empty for a CSV file.
    pub name: String,
    /// Column names, blanks tidied; a column without a name is an empty text.
    pub header: Vec<String>,
    /// The rows under the header.
    pub rows: Vec<Row>,
}

/// One row of a [`Sheet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file, or row number of the sheet, counted from 1 as the person's program shows it.
    pub line: usize,
    /// Cells, trimmed; as many as the header has names.
    pub cells: Vec<String>,
}

/// Why a file could not be read; plain data that the caller puts into words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The file, or what it unpacks to, is larger than allowed.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit passed, in bytes (or characters for the sum of all cells).
        limit: usize,
    },
    /// The content is neither text nor a spreadsheet: a picture, a PDF, a web page…
    #[error("the file is not a spreadsheet")]
    NotASpreadsheet,
    /// The old binary Excel formats (.xls, .xlsb): to be saved again as .xlsx.
    ///
    /// Refused rather than read because their only reader allocates the full rectangle that the file
    /// announces: a file of a few hundred bytes may claim four thousand million cells.
    #[error("the file is in an old Excel format")]
    OldExcel,
    /// The file is protected by a password.
    #[error("the file is protected by a password")]
    Encrypted,
    /// Nothing in it, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// More rows than allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit passed.
        limit: usize,
    },
    /// More columns than allowed.
    #[error("more than {limit} columns")]
    TooManyColumns {
        /// The limit passed.
        limit: usize,
    },
    /// A cell too long; in a CSV file it is often a quotation mark that is never closed.
    #[error("line {line}: a cell of more than {limit} characters")]
    CellTooLong {
        /// Line of the file or row number, from 1.
        line: usize,
        /// The limit passed, in characters.
        limit: usize,
    },
    /// The file says that it is a spreadsheet but its inside cannot be followed.
    #[error("the file is damaged")]
    Damaged,
}

/// Why a table could not be written: it passes what the format holds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// More than 1 048 576 rows, 16 384 columns or 32 767 characters in a cell.
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A part of the container beyond four gigabytes.
    #[error("ods: {0}")]
    Ods(#[from] zip::result::ZipError),
    /// The container could not be filled.
    #[error("ods: {0}")]
    Io(#[from] std::io::Error),
}

/// Reads every visible sheet that holds something, in the file's order.
///
/// # Errors
/// A [`Refusal`]; there is always at least one sheet in a success.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge { limit: limits.bytes });
    }
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return archive::read(bytes, limits);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(ole_refusal(bytes));
    }
    Ok(vec![delimited::read(bytes, limits)?])
}

/// A modern workbook with a password travels inside the old container, under a stream of this name.
fn ole_refusal(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        Refusal::Encrypted
    } else {
        Refusal::OldExcel
    }
}
