//! ODS, the OpenDocument spreadsheet that LibreOffice writes.
//!
//! Read here rather than through calamine, whose ODS reader loops for ever on a table that is cut off before
//! its end and expands repeated cells before anybody can count them. Source of the element names:
//! OpenDocument 1.3 part 3, chapter 9 (tables) and section 19.690 (repeated columns).
//!
//! Invariant: a repetition is never expanded beyond what [`Limits`] accepts, and blanks are not expanded at all.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::grid::{Grid, Weight};
use super::workbook::{shown_number, shown_truth};
use super::{Limits, Refusal, Sheet};

pub(super) fn read(content: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    let text = std::str::from_utf8(content).map_err(|_not_utf8| Refusal::Damaged)?;
    let mut xml = Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    let mut hidden = HashSet::new();
    let mut style = String::new();
    let mut weight = Weight::default();
    let mut sheets = Vec::new();
    loop {
        match next(&mut xml)? {
            Event::Start(tag) => match tag.name().as_ref() {
                "style:style" => style = attribute(&tag, "style:name").unwrap_or_default(),
                "style:table-properties" if attribute(&tag, "table:display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                "table:table" => {
                    let name = attribute(&tag, "table:name").unwrap_or_default();
                    let shown =
                        attribute(&tag, "table:style-name").is_none_or(|style| !hidden.contains(&style));
                    let mut grid = Grid::new(limits, &mut weight);
                    read_table(&mut xml, &mut grid, limits)?;
                    sheets.extend(grid.into_sheet(name).filter(|_| shown));
                }
                _ => {}
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

type Xml<'a> = Reader<&'a [u8]>;

fn next<'a>(xml: &mut Xml<'a>) -> Result<Event<'a>, Refusal> {
    xml.read_event().map_err(|_malformed| Refusal::Damaged)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn read_table(xml: &mut Xml<'_>, grid: &mut Grid<'_>, limits: &Limits) -> Result<(), Refusal> {
    let mut line = 1_usize;
    // A sub-table inside a cell is passed over with the cell; rows may sit in groups and header blocks.
    loop {
        match next(xml)? {
            Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                let times = repeated(&tag, "table:number-rows-repeated");
                let cells = read_row(xml, limits)?;
                if !cells.is_empty() {
                    for copy in 0..times {
                        for (column, text) in &cells {
                            grid.put(line.saturating_add(copy), *column, text)?;
                        }
                    }
                }
                line = line.saturating_add(times);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(()),
            Event::Eof => return Err(Refusal::Damaged),
            _ => {}
        }
    }
}

fn read_row(xml: &mut Xml<'_>, limits: &Limits) -> Result<Vec<(usize, String)>, Refusal> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    loop {
        match next(xml)? {
            Event::Start(tag)
                if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
            {
                let times = repeated(&tag, "table:number-columns-repeated");
                let text = read_cell(xml, &tag, limits)?;
                if !text.trim().is_empty() {
                    if column.saturating_add(times) > limits.columns {
                        return Err(Refusal::TooManyColumns { limit: limits.columns });
                    }
                    cells.extend((column..column + times).map(|column| (column, text.clone())));
                }
                column = column.saturating_add(times);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(Refusal::Damaged),
            _ => {}
        }
    }
}

/// The typed value where there is one, else the paragraphs of the cell.
fn read_cell(xml: &mut Xml<'_>, tag: &BytesStart<'_>, limits: &Limits) -> Result<String, Refusal> {
    let words = read_paragraphs(xml, tag, limits)?;
    let value = |name| attribute(tag, name);
    let kind = value("office:value-type").unwrap_or_default();
    let typed = match kind.as_str() {
        "float" | "currency" | "percentage" => {
            value("office:value").and_then(|number| number.parse().ok()).map(shown_number)
        }
        "date" => value("office:date-value").map(|moment| shown_moment(&moment)),
        "time" => value("office:time-value").and_then(|duration| shown_duration(&duration)),
        "boolean" => value("office:boolean-value").map(|truth| shown_truth(truth == "true").to_owned()),
        "string" => value("office:string-value"),
        _ => None,
    };
    let failed = value("calcext:value-type").is_some_and(|kind| kind == "error");
    Ok(if failed { String::new() } else { typed.unwrap_or(words) })
}

fn read_paragraphs(xml: &mut Xml<'_>, tag: &BytesStart<'_>, limits: &Limits) -> Result<String, Refusal> {
    let cell = tag.name().as_ref().to_owned();
    let mut text = String::new();
    let (mut depth, mut aside, mut paragraphs) = (0_usize, None, 0_usize);
    let room = limits.cell.saturating_mul(4).saturating_add(4);
    loop {
        match next(xml)? {
            Event::Start(tag) => {
                depth += 1;
                match tag.name().as_ref() {
                    // Comments, drawings and nested tables are beside the cell's own words.
                    "office:annotation" | "draw:frame" | "draw:a" | "table:table" if aside.is_none() => {
                        aside = Some(depth);
                    }
                    _ if aside.is_some() => {}
                    "text:p" => {
                        paragraphs += 1;
                        text.push_str(if paragraphs > 1 { "\n" } else { "" });
                    }
                    "text:line-break" => text.push('\n'),
                    "text:tab" => text.push('\t'),
                    "text:s" => {
                        let spaces = repeated(&tag, "text:c").min(room.saturating_sub(text.len()));
                        text.extend(std::iter::repeat_n(' ', spaces));
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                if depth == 0 {
                    // Names are checked by the reader: this closes the cell itself.
                    return if tag.name().as_ref() == cell { Ok(text) } else { Err(Refusal::Damaged) };
                }
                if aside == Some(depth) {
                    aside = None;
                }
                depth -= 1;
            }
            Event::Text(words) if aside.is_none() && depth > 0 => text.push_str(&words.xml10_content()),
            Event::CData(words) if aside.is_none() && depth > 0 => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if aside.is_none() && depth > 0 => text.extend(character(&entity)?),
            Event::Eof => return Err(Refusal::Damaged),
            _ => {}
        }
    }
}

/// A numbered character, or one of XML's own five names; a document that declares others is no spreadsheet's.
fn character(entity: &BytesRef<'_>) -> Result<Option<char>, Refusal> {
    if let Some(numbered) = entity.resolve_char_ref().map_err(|_no_such_character| Refusal::Damaged)? {
        return Ok(Some(numbered));
    }
    Ok(match &*entity.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    })
}

/// `2026-03-05T14:30:00` to `2026-03-05 14:30`; midnight says nothing.
fn shown_moment(moment: &str) -> String {
    match moment.split_once('T') {
        None => moment.to_owned(),
        Some((date, time)) => {
            let time = time.split(['.', ',', 'Z', '+']).next().unwrap_or_default();
            match time.strip_suffix(":00").unwrap_or(time) {
                "00:00" => date.to_owned(),
                time => format!("{date} {time}"),
            }
        }
    }
}

/// `PT09H05M00S` to `09:05`.
fn shown_duration(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let whole = |text: &str| text.parse::<u32>().ok();
    let seconds =
        whole(seconds.trim_end_matches('S').split(['.', ',']).next().unwrap_or_default()).unwrap_or(0);
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    Some(if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    })
}
