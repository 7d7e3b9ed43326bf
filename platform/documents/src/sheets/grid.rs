//! The grid that every reader fills, and how a header is found in it.
//!
//! Invariant: all limits that concern cells are enforced here, once, whatever the file format.

use std::collections::BTreeMap;

use super::{Limits, Refusal, Row, Sheet};

/// Rows looked at when searching for the header.
const TOP: usize = 30;

/// Counts the characters of all sheets of one file.
#[derive(Debug, Default)]
pub(super) struct Weight(usize);

/// Cells received so far, by line then column, both in any order.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    limits: &'a Limits,
    weight: &'a mut Weight,
    rows: BTreeMap<usize, Vec<String>>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(limits: &'a Limits, weight: &'a mut Weight) -> Self {
        Self { limits, weight, rows: BTreeMap::new() }
    }

    /// Puts a text at a line (from 1) and column (from 0); a blank one is ignored.
    pub(super) fn put(&mut self, line: usize, column: usize, text: &str) -> Result<(), Refusal> {
        let text = text.trim_matches(blank);
        if text.is_empty() {
            return Ok(());
        }
        if column >= self.limits.columns {
            return Err(Refusal::TooManyColumns { limit: self.limits.columns });
        }
        let length = text.chars().count();
        if length > self.limits.cell {
            return Err(Refusal::CellTooLong { line, limit: self.limits.cell });
        }
        self.weight.0 = self.weight.0.saturating_add(length);
        if self.weight.0 > self.limits.text {
            return Err(Refusal::TooLarge { limit: self.limits.text });
        }
        let row = self.rows.entry(line).or_default();
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(cell) = row.get_mut(column) {
            *cell = plain_breaks(text);
        }
        if self.rows.len() > self.limits.rows {
            return Err(Refusal::TooManyRows { limit: self.limits.rows });
        }
        Ok(())
    }

    /// Finds the header and cuts the sheet; `None` when nothing was put.
    pub(super) fn into_sheet(self, name: String) -> Option<Sheet> {
        let header_line = header_line(&self.rows)?;
        let mut rows = self.rows;
        let body = rows.split_off(&(header_line + 1));
        let header = rows.remove(&header_line)?;
        let width = body.values().map(Vec::len).max().unwrap_or(0).max(header.len());
        let mut header: Vec<String> = header.iter().map(|cell| tidy(cell)).collect();
        header.resize(width, String::new());
        let rows = body
            .into_iter()
            .map(|(line, mut cells)| {
                cells.resize(width, String::new());
                Row { line, cells }
            })
            .collect();
        Some(Sheet { name, header, rows })
    }
}

/// The header is the first row nearly as full as the fullest near the top: a title, a date or a note
/// above a table fills one or two cells.
fn header_line(rows: &BTreeMap<usize, Vec<String>>) -> Option<usize> {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let fullest = rows.values().take(TOP).map(|cells| filled(cells)).max()?;
    let enough = (fullest * 3).div_ceil(5).max(fullest.min(2));
    rows.iter().find(|(_, cells)| filled(cells) >= enough).map(|(line, _)| *line)
}

/// What surrounds words without meaning anything: blanks, no-break ones included, and stray byte marks.
pub(super) fn blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\0')
}

fn plain_breaks(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// Column names are compared by machines: one space between words, no line break.
fn tidy(text: &str) -> String {
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[(usize, &[&str])]) -> Option<Sheet> {
        let limits = Limits::default();
        let mut weight = Weight::default();
        let mut grid = Grid::new(&limits, &mut weight);
        for (line, cells) in rows {
            for (column, cell) in cells.iter().enumerate() {
                grid.put(*line, column, cell).unwrap();
            }
        }
        grid.into_sheet(String::new())
    }

    #[test]
    fn a_title_a_date_and_blank_lines_above_the_header_are_skipped() {
        let found = sheet(&[
            (1, &["Liste des structures"]),
            (3, &["Mise à jour", "05/03/2026"]),
            (5, &["Nom", "Adresse", "Code\n postal", "Ville", ""]),
            (6, &["Épicerie", "", "", "Montreuil", "x"]),
            (9, &["", "", "", "Bagnolet"]),
        ])
        .unwrap();
        assert_eq!(found.header, ["Nom", "Adresse", "Code postal", "Ville", ""]);
        assert_eq!(found.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [6, 9]);
        assert!(found.rows.iter().all(|row| row.cells.len() == 5));
    }

    #[test]
    fn a_single_column_keeps_its_first_line_as_header() {
        let found = sheet(&[(2, &["Courriel"]), (3, &["a@b.fr"])]).unwrap();
        assert_eq!(found.header, ["Courriel"]);
        assert_eq!(found.rows.len(), 1);
    }

    #[test]
    fn nothing_but_blanks_is_no_sheet() {
        assert_eq!(sheet(&[(1, &[" ", "\u{a0}"])]), None);
    }
}
