//! Tables as XLSX workbooks.
//!
//! Invariant: texts are written as texts; only typed cells become numbers or dates, and nothing becomes a formula.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::table::{Cell, Kind, Table, sheet_names};

/// Writes one sheet per table: bold header that stays in view, filter, typed cells, readable widths.
///
/// # Errors
/// [`XlsxError`] when a table passes what the format holds (1 048 576 rows, 16 384 columns, 32 767 characters
/// in a cell).
pub fn write_xlsx(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for (table, name) in tables.iter().zip(sheet_names(tables)) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        fill(sheet, table)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading =
        Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let date = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let integer = Format::new().set_num_format("#,##0").set_align(FormatAlign::Top);
    for (at, column) in table.columns.iter().enumerate() {
        let at = column_number(at)?;
        let numeric = matches!(column.kind, Kind::Integer | Kind::Decimal);
        let format = if numeric { heading.clone().set_align(FormatAlign::Right) } else { heading.clone() };
        sheet.write_string_with_format(0, at, &column.name, &format)?;
        sheet.set_column_width(at, table.width(usize::from(at)) as f64)?;
    }
    for (at, row) in table.rows.iter().enumerate() {
        let line = u32::try_from(at + 1).map_err(|_too_many| XlsxError::RowColumnLimitError)?;
        for (column, (_, cell)) in table.cells(row).enumerate() {
            let column = column_number(column)?;
            match cell {
                Cell::Empty => {}
                Cell::Text(words) => {
                    sheet.write_string_with_format(line, column, words, &wrapped)?;
                }
                // Beyond fifteen digits a spreadsheet program would round: the exact figures go as text.
                Cell::Integer(number) if number.unsigned_abs() >= EXACT => {
                    sheet.write_string(line, column, number.to_string())?;
                }
                Cell::Integer(number) => {
                    sheet.write_number_with_format(line, column, *number as f64, &integer)?;
                }
                Cell::Decimal { units, places } => {
                    let number = *units as f64 / 10_f64.powi(i32::from(*places));
                    sheet.write_number_with_format(line, column, number, &decimal(*places))?;
                }
                Cell::Date(day) => {
                    sheet.write_date_with_format(line, column, day, &date)?;
                }
            }
        }
    }
    if let (Some(last), false) = (table.columns.len().checked_sub(1), table.rows.is_empty()) {
        let last_row = u32::try_from(table.rows.len()).map_err(|_too_many| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, last_row, column_number(last)?)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// First whole number that a spreadsheet's fifteen digits do not hold.
const EXACT: u64 = 1_000_000_000_000_000;

fn column_number(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_too_many| XlsxError::RowColumnLimitError)
}

fn decimal(places: u8) -> Format {
    let places = usize::from(places);
    let pattern = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
    Format::new().set_num_format(pattern).set_align(FormatAlign::Top)
}
