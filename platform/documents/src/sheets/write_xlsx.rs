//! Tables as XLSX workbooks.
//!
//! Invariant: texts are written as texts; only typed cells become numbers or dates, and nothing becomes a formula.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::WriteError;
use super::table::{Cell, Kind, Table, plain_number, sheet_names};

/// Writes one sheet per table: bold header that stays in view, filter, typed cells, readable widths.
///
/// # Errors
/// [`WriteError::Xlsx`] when a table passes what the format holds.
pub fn write_xlsx(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    for (table, name) in tables.iter().zip(sheet_names(tables)) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        fill(sheet, table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    write_heading(sheet, table)?;
    for (at, row) in table.rows.iter().enumerate() {
        let line = row_number(at + 1)?;
        for (column, (_, cell)) in table.cells(row).enumerate() {
            write_cell(sheet, line, column_number(column)?, cell)?;
        }
    }
    if let (Some(last), false) = (table.columns.len().checked_sub(1), table.rows.is_empty()) {
        sheet.autofilter(0, 0, row_number(table.rows.len())?, column_number(last)?)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    // Printed, it is A4 across, all columns on one page, the heading on each.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn write_heading(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (at, column) in table.columns.iter().enumerate() {
        let numeric = matches!(column.kind, Kind::Integer | Kind::Decimal);
        let format = if numeric { heading.clone().set_align(FormatAlign::Right) } else { heading.clone() };
        let width = table.width(at) as f64;
        let at = column_number(at)?;
        sheet.write_string_with_format(0, at, &column.name, &format)?;
        sheet.set_column_width(at, width)?;
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, line: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    let top = Format::new().set_align(FormatAlign::Top);
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(words) => sheet.write_string_with_format(line, column, words, &top.set_text_wrap())?,
        // Beyond fifteen digits a spreadsheet program rounds: the exact figures go as text.
        Cell::Integer(number) | Cell::Decimal { units: number, .. } if number.unsigned_abs() >= EXACT => {
            sheet.write_string_with_format(line, column, plain_number(cell).replace('.', ","), &top)?
        }
        Cell::Integer(number) => {
            sheet.write_number_with_format(line, column, *number as f64, &top.set_num_format("#,##0"))?
        }
        Cell::Decimal { units, places } => {
            let number = *units as f64 / 10_f64.powi(i32::from(*places));
            let pattern = match usize::from(*places) {
                0 => "#,##0".to_owned(),
                places => format!("#,##0.{}", "0".repeat(places)),
            };
            sheet.write_number_with_format(line, column, number, &top.set_num_format(pattern))?
        }
        Cell::Date(day) => {
            sheet.write_date_with_format(line, column, day, &top.set_num_format("dd/mm/yyyy"))?
        }
    };
    Ok(())
}

/// First whole number that a spreadsheet's fifteen digits do not hold.
const EXACT: u64 = 1_000_000_000_000_000;

fn column_number(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_too_many| XlsxError::RowColumnLimitError)
}

fn row_number(at: usize) -> Result<u32, XlsxError> {
    u32::try_from(at).map_err(|_too_many| XlsxError::RowColumnLimitError)
}
