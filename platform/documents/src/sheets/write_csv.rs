//! Tables as CSV for French spreadsheet programs.
//!
//! Invariant: no cell of ours can start a formula in the program that opens the file.

use super::table::{Cell, Table, plain_number};

/// Writes a table as CSV: UTF-8 with byte mark, `;`, decimal comma, CRLF, the way Excel in French opens it by
/// a double click. Dates are written `2026-03-05`.
///
/// Texts that a spreadsheet program would run as a formula get a leading apostrophe, which
/// [`super::read`] takes away again. Source: OWASP, "CSV injection".
pub fn write_csv(table: &Table) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    push_line(&mut text, table.columns.iter().map(|column| guarded(&column.name)));
    for row in &table.rows {
        push_line(&mut text, table.cells(row).map(|(_, cell)| shown(cell)));
    }
    text.into_bytes()
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(';');
        }
        if cell.contains([';', '"', '\n', '\r', ',', '\t', '|']) || cell.starts_with([' ', '\'']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => guarded(words),
        Cell::Decimal { .. } => plain_number(cell).replace('.', ","),
        other => plain_number(other),
    }
}

fn guarded(words: &str) -> String {
    if guardable(words) { format!("'{words}") } else { words.to_owned() }
}

/// Whether a text gets a guard: it may pass for a formula, or for a text that we guarded.
pub(super) fn guardable(words: &str) -> bool {
    needs_guard(words.trim_start_matches('\''))
}

/// Whether a spreadsheet program may take the text for a formula. A sign followed by nothing but figures,
/// blanks, points and commas is a number or a telephone number, and computes nothing.
fn needs_guard(words: &str) -> bool {
    let mut characters = words.chars();
    match characters.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => {
            let rest = characters.as_str();
            let figure = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '\u{a0}' | '\u{202f}');
            !rest.contains(|c: char| c.is_ascii_digit()) || !rest.chars().all(figure)
        }
        // Some programs also accept the wide forms of the same signs.
        Some('＝' | '＋' | '－' | '＠') => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for words in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "+", "＝1"] {
            assert!(guarded(words).starts_with('\''), "{words:?}");
        }
        for words in ["-12,5", "+33 6 12 34 56 78", "12", "a=b", "l’épicerie", ""] {
            assert_eq!(guarded(words), words);
        }
        assert_eq!(guarded("'=1"), "''=1");
    }
}
