//! The kinds of file a table is taken away in.

use super::{Table, WriteError, write_csv, write_ods, write_xlsx};

/// A kind of file, by the ending people know it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text that every program opens.
    Csv,
    /// Excel.
    Xlsx,
    /// LibreOffice.
    Ods,
}

impl Format {
    /// The format of a file's ending.
    #[must_use]
    pub fn from_ending(ending: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx, Self::Ods].into_iter().find(|format| format.ending() == ending)
    }

    /// The file's ending, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    /// The media type it is sent as.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// The whole file of one table.
    ///
    /// # Errors
    /// [`WriteError`] when the table passes what the format holds.
    pub fn write(self, table: &Table) -> Result<Vec<u8>, WriteError> {
        match self {
            Self::Csv => Ok(write_csv(table)),
            Self::Xlsx => write_xlsx(std::slice::from_ref(table)),
            Self::Ods => write_ods(std::slice::from_ref(table)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_names_its_format_and_no_other() {
        for format in [Format::Csv, Format::Xlsx, Format::Ods] {
            assert_eq!(Format::from_ending(format.ending()), Some(format));
        }
        for unknown in ["", "pdf", "CSV", "xls"] {
            assert_eq!(Format::from_ending(unknown), None, "{unknown}");
        }
    }
}
