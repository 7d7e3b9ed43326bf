//! The zip container of XLSX and ODS files.
//!
//! Invariant: nothing is handed to a format's reader before everything it will read has been decompressed
//! here under [`Limits::unpacked`], so no small file unpacks into a large one behind our back.

use std::io::{Cursor, Read as _, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Limits, Refusal, Sheet, opendocument, workbook};

/// A workbook of 200 sheets has some 500 parts.
const PARTS: usize = 2_000;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let parts = unpack(bytes, limits)?;
    let has = |end: &str| parts.iter().any(|part| part.name.to_ascii_lowercase().ends_with(end));
    let sheets = if let Some(content) = parts.iter().find(|part| part.name == "content.xml") {
        if parts.iter().any(|part| part.name == "META-INF/manifest.xml" && part.says(b"encryption-data")) {
            return Err(Refusal::Encrypted);
        }
        opendocument::read(&content.bytes, limits)?
    } else if has("workbook.xml") {
        workbook::read(repack(&parts)?, limits)?
    } else if has("workbook.bin") {
        return Err(Refusal::OldExcel);
    } else {
        return Err(Refusal::NotASpreadsheet);
    };
    if sheets.is_empty() { Err(Refusal::Empty) } else { Ok(sheets) }
}

/// One file of the container.
struct Part {
    name: String,
    bytes: Vec<u8>,
}

impl Part {
    fn says(&self, word: &[u8]) -> bool {
        self.bytes.windows(word.len()).any(|window| window == word)
    }
}

fn refused(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Refusal::Encrypted
        }
        _ => Refusal::Damaged,
    }
}

/// Only what tables are made of is unpacked: pictures, previews and macros stay closed.
fn wanted(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    (lower.ends_with(".xml") || lower.ends_with(".rels") || lower.ends_with("workbook.bin"))
        && !lower.starts_with("thumbnails/")
        && !lower.starts_with("xl/drawings/")
        && !lower.starts_with("xl/charts/")
        && !lower.starts_with("docprops/")
}

fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
    if archive.len() > PARTS {
        return Err(Refusal::Damaged);
    }
    let mut left = limits.unpacked;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(refused)?;
        let name = file.name().map_err(refused)?.replace('\\', "/");
        if !wanted(&name) {
            continue;
        }
        let mut content = Vec::new();
        let budget = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(budget).read_to_end(&mut content).map_err(|_truncated_or_corrupt| Refusal::Damaged)?;
        left = left.checked_sub(content.len()).ok_or(Refusal::TooLarge { limit: limits.unpacked })?;
        parts.push(Part { name, bytes: content });
    }
    Ok(parts)
}

/// Writes the vetted parts into a plain container for the workbook reader.
///
/// That reader reserves memory for as many shared texts as `uniqueCount` announces, which a hostile file
/// sets to a number that ends the process; the attribute is only a hint and is renamed away.
fn repack(parts: &[Part]) -> Result<Vec<u8>, Refusal> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in parts {
        // Two-byte encodings would hide the attribute; no spreadsheet program writes them here.
        if part.bytes.starts_with(b"\xFF\xFE")
            || part.bytes.starts_with(b"\xFE\xFF")
            || part.bytes.contains(&0)
        {
            return Err(Refusal::Damaged);
        }
        writer.start_file(part.name.as_str(), plain).map_err(refused)?;
        let mut rest = part.bytes.as_slice();
        while let Some((before, after)) = split_at_hint(rest) {
            writer.write_all(before).and_then(|()| writer.write_all(b"ignoredHint")).map_err(in_memory)?;
            rest = after;
        }
        writer.write_all(rest).map_err(in_memory)?;
    }
    Ok(writer.finish().map_err(refused)?.into_inner())
}

fn in_memory(_error: std::io::Error) -> Refusal {
    Refusal::Damaged
}

/// Cuts around the next `uniqueCount` that is used as an attribute (a cell may well say the word).
fn split_at_hint(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const HINT: &[u8] = b"uniqueCount";
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.windows(HINT.len()).position(|window| window == HINT)?;
        let (before, after) = (bytes.get(..at)?, bytes.get(at + HINT.len()..)?);
        if after.trim_ascii_start().starts_with(b"=") {
            return Some((before, after));
        }
        from = at + HINT.len();
    }
}
