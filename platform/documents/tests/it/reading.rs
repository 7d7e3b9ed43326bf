//! Reading a person's own spreadsheet, whatever it is.

use std::io::{Cursor, Write as _};

use documents::sheets::{Limits, Refusal, Sheet, read};
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn one(bytes: &[u8]) -> Sheet {
    let mut sheets = read(bytes, &Limits::default()).unwrap();
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn refusal(bytes: &[u8]) -> Refusal {
    read(bytes, &Limits::default()).unwrap_err()
}

fn cells(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

pub(crate) fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    container(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn ods(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c"><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    container(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ])
}

const SHEET: &str = concat!(
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>Ouvert</t></is></c></row>"#,
    r#"<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4"><v>12.50</v></c><c r="C4" t="b"><v>1</v></c></row>"#,
    r#"</sheetData></worksheet>"#
);
const STRINGS: &str = concat!(
    r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3">"#,
    r#"<si><t>Nom</t></si><si><t>Kilos</t></si><si><t>uniqueCount, l’&amp;pi</t></si></sst>"#
);

#[test]
fn csv_of_every_separator_and_encoding_reads_the_same() {
    let text = "Nom{}Adresse{}Note\r\nÉpicerie{}\"12, rue; de | l'Été\t\nBât. A\"{}\"dit \"\"oui\"\"\"\r\nŒuvre{}{}à\r\n";
    for separator in [";", ",", "\t", "|"] {
        let text = text.replace("{}", separator);
        let utf16 = |unit: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            ["\u{feff}", &text].concat().into_bytes(),
            utf16(u16::to_le_bytes, [0xFF, 0xFE]),
            utf16(u16::to_be_bytes, [0xFE, 0xFF]),
            WINDOWS_1252.encode(&text).0.into_owned(),
            text.replace("\r\n", "\n").into_bytes(),
        ] {
            let sheet = one(&bytes);
            assert_eq!(sheet.header, ["Nom", "Adresse", "Note"], "{separator:?}");
            assert_eq!(
                cells(&sheet),
                [vec!["Épicerie", "12, rue; de | l'Été\t\nBât. A", "dit \"oui\""], vec!["Œuvre", "", "à"]]
            );
            assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        }
    }
}

#[test]
fn lines_are_numbered_as_an_editor_shows_them() {
    let sheet = one(b"sep=,\r\n\r\nTitre\r\n\r\na,b\r\n\r\n\r\n1,\"x\r\ny\"\r\n2,3\r\n");
    assert_eq!(sheet.header, ["a", "b"]);
    assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [8, 10]);
    assert_eq!(one(b"a;b\r\r1;2\r3;4").rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn decimal_commas_do_not_pass_for_separators() {
    let sheet = one(b"denree;poids\nPain;12,5\nRiz, long;3,25\n");
    assert_eq!(sheet.header, ["denree", "poids"]);
    assert_eq!(cells(&sheet)[1], ["Riz, long", "3,25"]);
}

#[test]
fn a_single_column_is_a_table_too() {
    let sheet = one("Courriel\na@b.fr\nc@d.fr\n".as_bytes());
    assert_eq!(sheet.header, ["Courriel"]);
    assert_eq!(sheet.rows.len(), 2);
}

#[test]
fn an_xlsx_workbook_reads_with_its_own_row_numbers() {
    let sheet = one(&xlsx(SHEET, STRINGS));
    assert_eq!(sheet.name, "Liste");
    assert_eq!(sheet.header, ["Nom", "Kilos", "Ouvert"]);
    assert_eq!(cells(&sheet), [["uniqueCount, l’&pi", "12,5", "VRAI"]]);
    assert_eq!(sheet.rows[0].line, 4);
}

#[test]
fn an_ods_document_reads_with_repetitions_types_and_asides() {
    let sheet = one(&ods(concat!(
        r#"<table:table table:name="caché" table:style-name="h"><table:table-row><table:table-cell office:value-type="string"><text:p>secret</text:p></table:table-cell></table:table-row></table:table>"#,
        r#"<table:table table:name="Liste"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        r#"<table:table-header-rows><table:table-row><table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Le</text:p></table:table-cell><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>N</text:p></table:table-cell></table:table-row></table:table-header-rows>"#,
        r#"<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>A<text:s text:c="2"/>&amp; <text:span>B</text:span></text:p><text:p>C&#233;</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-05T14:30:00"><text:p>05/03/26</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12.50"><text:p>12,50</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT09H05M00S"><text:p>9:05</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#
    )));
    assert_eq!(sheet.name, "Liste");
    assert_eq!(sheet.header, ["Nom", "Le", "N", "N"]);
    assert_eq!(cells(&sheet), [["A  & B\nCé", "2026-03-05 14:30", "12,5", "09:05"]]);
    assert_eq!(sheet.rows[0].line, 4);
}

#[test]
fn what_is_no_table_is_refused_for_what_it_is() {
    let encrypted: Vec<u8> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
        .iter()
        .copied()
        .chain([0; 64])
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let locked = container(&[("META-INF/manifest.xml", "<m:encryption-data/>"), ("content.xml", "¤")]);
    for (bytes, expected) in [
        (b"".to_vec(), Refusal::Empty),
        (b" \r\n;;\r\n".to_vec(), Refusal::Empty),
        (b"%PDF-1.7 x".to_vec(), Refusal::NotASpreadsheet),
        (b"<!DOCTYPE html><table>".to_vec(), Refusal::NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Refusal::NotASpreadsheet),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), Refusal::OldExcel),
        (encrypted, Refusal::Encrypted),
        (locked, Refusal::Encrypted),
        (container(&[("word/document.xml", "<w/>")]), Refusal::NotASpreadsheet),
        (container(&[("xl/workbook.bin", "")]), Refusal::OldExcel),
        (b"PK\x03\x04 and nothing".to_vec(), Refusal::Damaged),
        (ods(""), Refusal::Empty),
        (xlsx("<worksheet><sheetData/></worksheet>", "<sst></sst>"), Refusal::Empty),
    ] {
        assert_eq!(refusal(&bytes), expected);
    }
}

#[test]
fn limits_hold_in_every_format() {
    let small = Limits { rows: 3, columns: 3, cell: 5, ..Limits::default() };
    let csv = |text: &str| read(text.as_bytes(), &small).unwrap_err();
    assert_eq!(csv("a;b\n1;2\n3;4\n5;6\n"), Refusal::TooManyRows { limit: 3 });
    assert_eq!(csv("a;b;c;d\n"), Refusal::TooManyColumns { limit: 3 });
    assert_eq!(csv("a;b\n1;longer\n"), Refusal::CellTooLong { line: 2, limit: 5 });
    assert_eq!(read(b"abc", &Limits { bytes: 2, ..small }), Err(Refusal::TooLarge { limit: 2 }));
    assert_eq!(read(b"ab;cd\n", &Limits { text: 3, ..small }), Err(Refusal::TooLarge { limit: 3 }));
    let row = r#"<table:table-row table:number-rows-repeated="1000000000"><table:table-cell office:value-type="string" X><text:p>a</text:p></table:table-cell></table:table-row>"#;
    let table = |row: &str| ods(&format!(r#"<table:table table:name="a">{row}</table:table>"#));
    assert_eq!(read(&table(&row.replace(" X", "")), &small), Err(Refusal::TooManyRows { limit: 3 }));
    let wide = row.replace('X', r#"table:number-columns-repeated="1000000000""#);
    assert_eq!(read(&table(&wide), &small), Err(Refusal::TooManyColumns { limit: 3 }));
    let far = r#"<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    assert_eq!(read(&xlsx(far, "<sst></sst>"), &small), Err(Refusal::TooManyColumns { limit: 3 }));
}

#[test]
fn hostile_containers_are_refused_quickly() {
    let bomb = container(&[("xl/workbook.xml", &" ".repeat(90_000_000))]);
    assert!(bomb.len() < 200_000);
    assert_eq!(refusal(&bomb), Refusal::TooLarge { limit: Limits::default().unpacked });
    // Announces more shared texts than any memory holds.
    let greedy = STRINGS.replace(r#"uniqueCount="3""#, r#"uniqueCount = "99999999999999""#);
    assert_eq!(one(&xlsx(SHEET, &greedy)).rows.len(), 1);
    // Says that it ends before it starts.
    let reversed = SHEET.replace("<sheetData>", r#"<dimension ref="C9:A1"/><sheetData>"#);
    let read_or_refused = read(&xlsx(&reversed, STRINGS), &Limits::default());
    assert!(read_or_refused.is_ok() || read_or_refused == Err(Refusal::Damaged));
    // Cut in the middle of a table, and a run of blanks longer than any memory.
    for body in [
        r#"<table:table table:name="a"><table:table-row>"#,
        r#"<table:table table:name="a">"#,
        r#"<table:table table:name="a"><table:table-row><table:table-cell><office:annotation>"#,
    ] {
        assert_eq!(refusal(&container(&[("content.xml", body)])), Refusal::Damaged, "{body}");
    }
    let blanks = r#"<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="99999999999999"/>b</text:p></table:table-cell></table:table-row></table:table>"#;
    assert_eq!(refusal(&ods(blanks)), Refusal::CellTooLong { line: 1, limit: 10_000 });
}

/// One edit of a text: some bytes replaced, removed or doubled.
fn mangled(source: &'static str) -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((0..source.len(), 0..4_usize, "[<>/\"=&;#a-zA-Z0-9:. -]{0,6}"), 1..4);
    edits.prop_map(move |edits| {
        let mut text = source.to_owned();
        for (at, cut, put) in edits {
            let mut start = at.min(text.len());
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + cut).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(start..end, &put);
        }
        text
    })
}

const ODS_BODY: &str = r#"<table:table table:name="L"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>A<text:s text:c="2"/>&amp;</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="date" office:date-value="2026-03-05T14:30:00"/><table:table-cell office:value-type="time" office:time-value="PT09H05M00S"/></table:table-row></table:table>"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000), start in 0..6_usize) {
        let starts: [&[u8]; 6] =
            [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xEF\xBB\xBF", b"a;b\n\""];
        let bytes = [starts[start], &bytes].concat();
        if let Ok(sheets) = read(&bytes, &Limits::default()) {
            prop_assert!(!sheets.is_empty());
            for sheet in sheets {
                prop_assert!(sheet.rows.iter().all(|row| row.cells.len() == sheet.header.len()));
            }
        }
    }

    #[test]
    fn broken_containers_are_read_or_refused(at in 0.0..1.0_f64, byte in any::<u8>(), keep in 0.0..1.0_f64, cut in any::<bool>()) {
        let mut bytes = xlsx(SHEET, STRINGS);
        let place = |share: f64, len: usize| ((share * len as f64) as usize).min(len - 1);
        let at = place(at, bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(place(keep, bytes.len()));
        }
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn mangled_workbooks_are_read_or_refused(sheet in mangled(SHEET), strings in mangled(STRINGS), body in mangled(ODS_BODY)) {
        let _ = read(&xlsx(&sheet, &strings), &Limits::default());
        let _ = read(&ods(&body), &Limits::default());
    }
}
