//! A table to take away: typed columns and cells, no words of its own.
//!
//! Invariant: quantities are exact; a decimal is a whole number of hundredths, thousandths…, never a float.

use chrono::NaiveDate;

/// A table for one sheet or one CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Name of the sheet; shortened and cleaned to what spreadsheet programs accept.
    pub title: String,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// Rows; a row shorter than the columns is completed with empty cells, a longer one is cut.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading, already in the reader's language.
    pub name: String,
    /// What the column holds, for its alignment and number format.
    pub kind: Kind,
}

impl Column {
    /// A column of that name and kind.
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, and numbers that are names: telephone, SIRET, post code.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Decimal,
    /// Civil dates.
    Date,
}

/// A cell of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `units` divided by ten to the power of `places`: 12 500 grams in kilograms is `units: 12500, places: 3`.
    Decimal {
        /// The number without its decimal mark.
        units: i64,
        /// How many of its digits are decimals.
        places: u8,
    },
    /// A civil date.
    Date(NaiveDate),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Table {
    /// The cells of a row, exactly as many as there are columns.
    pub(super) fn cells<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        const NOTHING: &Cell = &Cell::Empty;
        self.columns.iter().enumerate().map(|(at, column)| (column, row.get(at).unwrap_or(NOTHING)))
    }

    /// Width of a column in characters: that of its longest cell, kept readable.
    pub(super) fn width(&self, at: usize) -> usize {
        let heading = self.columns.get(at).map_or(0, |column| column.name.chars().count() + 3);
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| match cell {
            Cell::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
            other => plain_number(other).len().max(10),
        });
        cells.max().unwrap_or(0).max(heading).clamp(8, 50) + 1
    }

    /// A sheet name that Excel accepts: at most 31 characters, none of `[]:*?/\`, never blank.
    pub(super) fn sheet_name(&self, number: usize) -> String {
        let clean: String = self
            .title
            .chars()
            .map(|c| {
                if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c }
            })
            .collect();
        let mut name = String::new();
        for c in clean.trim_matches(|c: char| c.is_whitespace() || c == '\'').chars() {
            if name.encode_utf16().count() + c.len_utf16() > 31 {
                break;
            }
            name.push(c);
        }
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || c == '\'');
        // Excel keeps the name "History" for itself.
        if name.is_empty() || name.eq_ignore_ascii_case("history") {
            format!("{number}")
        } else {
            name.to_owned()
        }
    }
}

/// Names of several sheets, each different whatever the case.
pub(super) fn sheet_names(tables: &[Table]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(tables.len());
    for (at, table) in tables.iter().enumerate() {
        let wanted = table.sheet_name(at + 1);
        let mut name = wanted.clone();
        let mut copy = 1;
        while names.iter().any(|taken| taken.to_lowercase() == name.to_lowercase()) {
            copy += 1;
            let kept: String = wanted.chars().take(24).collect();
            name = format!("{kept} {copy}");
        }
        names.push(name);
    }
    names
}

/// A decimal with a point, whatever the language: `12500, 3` to `12.500`.
pub(super) fn plain_decimal(units: i64, places: u8) -> String {
    let places = usize::from(places);
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if units < 0 { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Numbers and dates as machines write them.
pub(super) fn plain_number(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Text(_) => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal { units, places } => plain_decimal(*units, *places),
        Cell::Date(date) => date.format("%Y-%m-%d").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_every_digit() {
        for (units, places, text) in [
            (12_500, 3, "12.500"),
            (-5, 2, "-0.05"),
            (7, 0, "7"),
            (0, 2, "0.00"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ] {
            assert_eq!(plain_decimal(units, places), text);
        }
    }

    #[test]
    fn sheet_names_are_short_clean_and_different() {
        let table = |title: &str| Table { title: title.to_owned(), ..Table::default() };
        let long = "Répartition du mardi : frais / sec, semaine 12";
        let names = sheet_names(&[table(long), table(long), table("'a'"), table(""), table("A")]);
        assert_eq!(names.len(), 5);
        assert!(names.iter().all(|name| name.chars().count() <= 31 && !name.contains([':', '/'])));
        assert_eq!(names[2..], ["a", "4", "A 2"]);
        assert_ne!(names[0], names[1]);
    }
}
