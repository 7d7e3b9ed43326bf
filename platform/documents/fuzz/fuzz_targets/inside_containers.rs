//! Any texts inside a sound XLSX or ODS container are read or refused.
//!
//! The input is cut at zero bytes into the workbook's parts: sheet, shared texts, styles, workbook, relations.
#![no_main]

use std::io::{Cursor, Write as _};

use documents::sheets::{Limits, read};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const ROOT: &str = r#"<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="L" sheetId="1" r:id="a"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(*name, plain).expect("a fixed name");
        writer.write_all(content).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let limits = Limits { unpacked: 1_000_000, ..Limits::default() };
    let mut parts = bytes.split(|byte| *byte == 0);
    let mut next = |usual: &'static str| match parts.next() {
        Some(part) if !part.is_empty() => part,
        _ => usual.as_bytes(),
    };
    let (sheet, strings, styles) = (next("<worksheet/>"), next("<sst></sst>"), next("<styleSheet/>"));
    let (workbook, relations) = (next(WORKBOOK), next(RELATIONS));
    let _ = read(
        &container(&[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/styles.xml", styles),
            ("xl/sharedStrings.xml", strings),
            ("xl/worksheets/sheet1.xml", sheet),
        ]),
        &limits,
    );
    let _ = read(&container(&[("content.xml", bytes)]), &limits);
});
