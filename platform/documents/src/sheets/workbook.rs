//! XLSX workbooks, through calamine.
//!
//! Invariant: cells are streamed, never laid out in the rectangle that a file announces, which may hold
//! seventeen thousand million cells.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::grid::{Grid, Weight};
use super::{Limits, Refusal, Sheet};

/// Reads the visible sheets of a container that the archive module has vetted.
pub(super) fn read(container: Vec<u8>, limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    // calamine subtracts the ends of `<dimension ref="C9:A1"/>` without checking, which panics in a build
    // with overflow checks (a test keeps such a file). Nothing is shared with the closure, so nothing is
    // left half-changed.
    catch_unwind(AssertUnwindSafe(|| read_sheets(container, limits))).unwrap_or(Err(Refusal::Damaged))
}

fn read_sheets(container: Vec<u8>, limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(container)).map_err(refused)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut weight = Weight::default();
    let mut sheets = Vec::new();
    for name in names {
        let mut grid = Grid::new(limits, &mut weight);
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(refused)?;
        while let Some(cell) = cells.next_cell().map_err(refused)? {
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            grid.put(row as usize + 1, column as usize, &text)?;
        }
        sheets.extend(grid.into_sheet(name));
    }
    Ok(sheets)
}

fn refused(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged,
    }
}

/// The text a French reader sees in the cell, dates in ISO order so that they stay unambiguous.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        // A formula that failed carries no value.
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shown_number(*number),
        DataRef::Bool(truth) => shown_truth(*truth).to_owned(),
        DataRef::DateTime(moment) => shown_moment(*moment),
    }
}

/// What Excel and LibreOffice show in French, hence what a CSV export of the same cell says.
pub(super) fn shown_truth(truth: bool) -> &'static str {
    if truth { "VRAI" } else { "FAUX" }
}

/// Fifteen significant digits, as spreadsheet programs show; decimal comma; no trailing zero.
pub(super) fn shown_number(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // `-0` is only how a rounded formula writes zero.
    (rounded + 0.0).to_string().replace('.', ",")
}

fn shown_moment(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let serial = moment.as_f64();
    if moment.is_duration() {
        let minutes = (serial * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs());
    }
    let time = if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    };
    let has_time = (hour, minute, second) != (0, 0, 0);
    if serial < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if has_time { format!("{date} {time}") } else { date }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_spreadsheet_shows_them() {
        for (number, text) in [
            (12.0, "12"),
            (12.5, "12,5"),
            (0.1 + 0.2, "0,3"),
            (-3.25, "-3,25"),
            (-0.0, "0"),
            (612_345_678.0, "612345678"),
            (1e15, "1000000000000000"),
            (f64::NAN, ""),
        ] {
            assert_eq!(shown_number(number), text);
        }
    }

    #[test]
    fn dates_are_iso_and_hours_short() {
        let moment = |serial, kind| shown_moment(ExcelDateTime::new(serial, kind, false));
        use calamine::ExcelDateTimeType::{DateTime, TimeDelta};
        assert_eq!(moment(46_086.0, DateTime), "2026-03-05");
        assert_eq!(moment(46_086.604_166_666_67, DateTime), "2026-03-05 14:30");
        assert_eq!(moment(0.375, DateTime), "09:00");
        assert_eq!(moment(1.5, TimeDelta), "36:00");
        assert!(!moment(f64::MAX, DateTime).is_empty());
        assert!(!moment(f64::NEG_INFINITY, TimeDelta).is_empty());
    }
}
