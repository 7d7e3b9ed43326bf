//! CSV in all the shapes that spreadsheet programs give it.
//!
//! Invariant: encoding and separator are guessed from the content alone, and the same content always gives
//! the same guess.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::grid::{Grid, Weight, blank};
use super::write_csv::guardable;
use super::{Limits, Refusal, Sheet};

/// Candidates, the likeliest of French files first: it wins a tie.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// Rows looked at to guess the separator.
const SAMPLE: usize = 60;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, Refusal> {
    let text = decode(bytes)?;
    let (announced, text) = announced_separator(&text);
    let separator = announced.unwrap_or_else(|| guess_separator(text));
    let first_line = 1 + usize::from(announced.is_some());
    let mut weight = Weight::default();
    let mut grid = Grid::new(limits, &mut weight);
    let mut lines = LineCount { line: first_line, at: 0 };
    let mut reader = reader(text, separator);
    let mut record = csv::ByteRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if !reader.read_byte_record(&mut record).map_err(|_unreachable_in_memory| Refusal::Damaged)? {
            break;
        }
        let line = lines.of_record(text.as_bytes(), start);
        for (column, field) in record.iter().enumerate() {
            let field = std::str::from_utf8(field).map_err(|_separators_are_ascii| Refusal::Damaged)?;
            grid.put(line, column, unguarded(field.trim_matches(blank)))?;
        }
    }
    grid.into_sheet(String::new()).ok_or(Refusal::Empty)
}

/// Undoes the guard of [`super::write_csv`], so that our own export reads back as it was.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| guardable(rest)).unwrap_or(text)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(64 * 1024)
        .from_reader(text.as_bytes())
}

/// Byte mark if there is one, else UTF-8 if it is valid, else the encoding of French Windows.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        String::from_utf8_lossy(rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        UTF_16LE.decode_without_bom_handling(rest).0
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        UTF_16BE.decode_without_bom_handling(rest).0
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    if looks_like_text(&text) { Ok(text) } else { Err(Refusal::NotASpreadsheet) }
}

/// Tables hold no control characters and do not start like a PDF or a web page.
fn looks_like_text(text: &str) -> bool {
    let strange = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}'))
            || *c == '\u{fffd}'
    };
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        odd += usize::from(strange(&c));
    }
    let start: String = text.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
    let other = ["%pdf-", "<!doctype", "<html", "<?xml", "{\\rtf"];
    // One stray byte per thousand is a bad conversion, more is another kind of file.
    odd <= all / 1000 && !text.contains('\0') && !other.iter().any(|mark| start.starts_with(mark))
}

/// Excel's own first line, `sep=;`, names the separator and is no data.
fn announced_separator(text: &str) -> (Option<u8>, &str) {
    let line_end = text.find(['\n', '\r']).unwrap_or(text.len());
    let (first, rest) = text.split_at(line_end);
    let named = first.trim().trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some([separator]) if SEPARATORS.contains(separator) => {
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or(rest);
            (Some(*separator), rest)
        }
        _ => (None, text),
    }
}

/// The separator that cuts most rows into the same number of cells.
fn guess_separator(text: &str) -> u8 {
    let mut best = (0_usize, b';');
    for separator in SEPARATORS {
        let score = regularity(text, separator);
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// Thousandths of sampled rows that have the commonest width above one, plus a little for wider tables.
fn regularity(text: &str, separator: u8) -> usize {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    let mut all = 0_usize;
    let mut reader = reader(text, separator);
    let mut record = csv::ByteRecord::new();
    while all < SAMPLE && reader.read_byte_record(&mut record).unwrap_or(false) {
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        all += 1;
        *widths.entry(record.len()).or_default() += 1;
    }
    let commonest =
        widths.iter().filter(|(width, _)| **width > 1).max_by_key(|(width, rows)| (**rows, **width));
    commonest.map_or(0, |(width, rows)| rows * 1000 / all.max(1) + (*width).min(40))
}

/// Line numbers as an editor shows them: the CSV reader's own count starts before skipped blank lines.
struct LineCount {
    line: usize,
    at: usize,
}

impl LineCount {
    fn of_record(&mut self, text: &[u8], start: usize) -> usize {
        let breaks = |c: &u8| matches!(c, b'\n' | b'\r');
        let skipped = text.get(start..).map_or(0, |rest| rest.iter().take_while(|c| breaks(c)).count());
        let start = start.saturating_add(skipped).min(text.len());
        let mut previous = self.at.checked_sub(1).and_then(|before| text.get(before)).copied();
        for c in text.get(self.at..start).unwrap_or_default() {
            // \r\n is one line break, \r alone is one too.
            if *c == b'\r' || (*c == b'\n' && previous != Some(b'\r')) {
                self.line += 1;
            }
            previous = Some(*c);
        }
        self.at = self.at.max(start);
        self.line
    }
}
