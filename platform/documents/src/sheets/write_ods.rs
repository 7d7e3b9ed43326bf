//! Tables as ODS, the format of LibreOffice and of French administrations (general interoperability framework).
//!
//! Source of the structure: OpenDocument 1.3, parts 2 (packages: `mimetype` first and stored) and 3 (schema).
//! Invariant: every text goes through [`escaped`], so that the document stays well-formed whatever it holds.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::WriteError;
use super::table::{Cell, Kind, Table, plain_decimal, sheet_names};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:version="1.3" "#,
    r#"manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>"#,
    r#"</manifest:manifest>"#
);

const CONTENT_START: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<office:document-content office:version="1.3""#,
    r#" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0""#,
    r#" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0""#,
    r#" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#,
    r#" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#,
    r#" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0""#,
    r#" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">"#,
    r#"<office:automatic-styles>"#,
    r#"<number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text>"#,
    r#"<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>"#,
    r#"</number:date-style>"#,
    r#"<style:style style:name="heading" style:family="table-cell">"#,
    r#"<style:table-cell-properties fo:border-bottom="0.5pt solid #000000"/>"#,
    r#"<style:text-properties fo:font-weight="bold"/></style:style>"#,
    r#"<style:style style:name="words" style:family="table-cell">"#,
    r#"<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>"#,
    r#"<style:style style:name="date" style:family="table-cell" style:data-style-name="day">"#,
    r#"<style:table-cell-properties style:vertical-align="top"/></style:style>"#
);

/// Writes one sheet per table: bold header that stays in view, filter, typed cells, readable widths.
///
/// # Errors
/// [`WriteError::Ods`] for a content beyond four gigabytes.
pub fn write_ods(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let names = sheet_names(tables);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file("mimetype", stored)?;
    writer.write_all(MIME.as_bytes())?;
    for (name, text) in [
        ("META-INF/manifest.xml", MANIFEST.to_owned()),
        ("content.xml", content(tables, &names)),
        ("settings.xml", settings(&names)),
    ] {
        writer.start_file(name, packed)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn content(tables: &[Table], names: &[String]) -> String {
    let mut xml = String::from(CONTENT_START);
    push_number_styles(&mut xml, tables);
    push_width_styles(&mut xml, tables);
    xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    for (at, (table, name)) in tables.iter().zip(names).enumerate() {
        push_table(&mut xml, at, table, name);
    }
    xml.push_str("<table:database-ranges>");
    for (at, (table, name)) in tables.iter().zip(names).enumerate() {
        if let (Some(last), false) = (table.columns.len().checked_sub(1), table.rows.is_empty()) {
            let quoted = escaped(&name.replace('\'', "''"));
            let (column, line) = (column_letters(last), table.rows.len() + 1);
            xml.push_str(&format!(
                r#"<table:database-range table:name="filter{at}" table:display-filter-buttons="true" table:target-range-address="'{quoted}'.A1:'{quoted}'.{column}{line}"/>"#
            ));
        }
    }
    xml.push_str("</table:database-ranges></office:spreadsheet></office:body></office:document-content>");
    xml
}

fn push_number_styles(xml: &mut String, tables: &[Table]) {
    let mut places: Vec<u8> = tables
        .iter()
        .flat_map(|table| table.rows.iter().flatten())
        .filter_map(|cell| match cell {
            Cell::Decimal { places, .. } => Some(*places),
            Cell::Integer(_) => Some(0),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    for places in places {
        xml.push_str(&format!(
            r#"<number:number-style style:name="n{places}"><number:number number:min-integer-digits="1" number:decimal-places="{places}" number:min-decimal-places="{places}" number:grouping="true"/></number:number-style><style:style style:name="number{places}" style:family="table-cell" style:data-style-name="n{places}"><style:table-cell-properties style:vertical-align="top"/></style:style>"#
        ));
    }
}

fn push_width_styles(xml: &mut String, tables: &[Table]) {
    for (sheet, table) in tables.iter().enumerate() {
        for column in 0..table.columns.len() {
            // About 2.2 mm for a character of the default size.
            let tenths = table.width(column) * 22;
            xml.push_str(&format!(
                r#"<style:style style:name="w{sheet}-{column}" style:family="table-column"><style:table-column-properties style:column-width="{}mm"/></style:style>"#,
                plain_decimal(i64::try_from(tenths).unwrap_or(220), 1)
            ));
        }
    }
}

fn push_table(xml: &mut String, at: usize, table: &Table, name: &str) {
    xml.push_str(&format!(r#"<table:table table:name="{}">"#, escaped(name)));
    for column in 0..table.columns.len() {
        xml.push_str(&format!(r#"<table:table-column table:style-name="w{at}-{column}"/>"#));
    }
    xml.push_str("<table:table-header-rows><table:table-row>");
    for column in &table.columns {
        push_words(xml, "heading", &column.name);
    }
    if table.columns.is_empty() {
        xml.push_str("<table:table-cell/>");
    }
    xml.push_str("</table:table-row></table:table-header-rows>");
    for row in &table.rows {
        xml.push_str("<table:table-row>");
        for (column, cell) in table.cells(row) {
            push_cell(xml, column.kind, cell);
        }
        if table.columns.is_empty() {
            xml.push_str("<table:table-cell/>");
        }
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table>");
}

fn push_cell(xml: &mut String, kind: Kind, cell: &Cell) {
    match cell {
        Cell::Empty => xml.push_str("<table:table-cell/>"),
        Cell::Text(words) => push_words(xml, if kind == Kind::Text { "words" } else { "Default" }, words),
        Cell::Integer(number) => push_number(xml, &number.to_string(), 0),
        Cell::Decimal { units, places } => push_number(xml, &plain_decimal(*units, *places), *places),
        Cell::Date(day) => xml.push_str(&format!(
            r#"<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{}"><text:p>{}</text:p></table:table-cell>"#,
            day.format("%Y-%m-%d"),
            day.format("%d/%m/%Y")
        )),
    }
}

fn push_number(xml: &mut String, number: &str, places: u8) {
    xml.push_str(&format!(
        r#"<table:table-cell table:style-name="number{places}" office:value-type="float" office:value="{number}"><text:p>{}</text:p></table:table-cell>"#,
        number.replace('.', ",")
    ));
}

fn push_words(xml: &mut String, style: &str, words: &str) {
    xml.push_str(&format!(r#"<table:table-cell table:style-name="{style}" office:value-type="string">"#));
    for line in words.replace("\r\n", "\n").split(['\n', '\r']) {
        xml.push_str("<text:p>");
        push_spaced(xml, line);
        xml.push_str("</text:p>");
    }
    xml.push_str("</table:table-cell>");
}

/// Runs of spaces and tabs collapse in OpenDocument unless they are elements.
fn push_spaced(xml: &mut String, line: &str) {
    let mut spaces = 0;
    let flush = |xml: &mut String, spaces: &mut usize, at_start: bool| {
        if *spaces == 1 && !at_start {
            xml.push(' ');
        } else if *spaces > 0 {
            xml.push_str(&format!(r#"<text:s text:c="{spaces}"/>"#));
        }
        *spaces = 0;
    };
    let mut at_start = true;
    for c in line.chars() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        flush(xml, &mut spaces, at_start);
        at_start = false;
        if c == '\t' {
            xml.push_str("<text:tab/>");
        } else {
            push_escaped(xml, c);
        }
    }
    flush(xml, &mut spaces, true);
}

fn push_escaped(xml: &mut String, c: char) {
    match c {
        '&' => xml.push_str("&amp;"),
        '<' => xml.push_str("&lt;"),
        '>' => xml.push_str("&gt;"),
        '"' => xml.push_str("&quot;"),
        // XML 1.0 has no way to write these, not even as references.
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
        c => xml.push(c),
    }
}

fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        push_escaped(&mut xml, c);
    }
    xml
}

/// The header row of every sheet stays in view.
fn settings(names: &[String]) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<office:document-settings office:version="1.3""#,
        r#" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0""#,
        r#" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">"#,
        r#"<office:settings><config:config-item-set config:name="ooo:view-settings">"#,
        r#"<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>"#,
        r#"<config:config-item-map-named config:name="Tables">"#
    ));
    for name in names {
        xml.push_str(&format!(r#"<config:config-item-map-entry config:name="{}">"#, escaped(name)));
        for (item, value) in [("VerticalSplitMode", 2), ("VerticalSplitPosition", 1), ("PositionBottom", 1)] {
            let kind = if item == "VerticalSplitMode" { "short" } else { "int" };
            xml.push_str(&format!(
                r#"<config:config-item config:name="{item}" config:type="{kind}">{value}</config:config-item>"#
            ));
        }
        xml.push_str("</config:config-item-map-entry>");
    }
    xml.push_str(concat!(
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>",
        "</config:config-item-set></office:settings></office:document-settings>"
    ));
    xml
}

/// `0` to `A`, `26` to `AA`.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}
