//! What can be done with the directory, one verb per file.
//!
//! Invariant: whoever writes for a structure that is not theirs is named in the trail and told to its leads.

pub mod add_structure;

pub mod edit_card;
pub mod edit_site;
pub mod empty_bin;
mod import_complete;
pub mod import_read;
pub mod import_undo;
pub mod import_write;
pub mod register_site;

use kernel::text::{PersonTrace, one_line, person_trace};

/// One line, or nothing.
fn line(text: &str) -> Option<String> {
    let line = one_line(text);
    (!line.is_empty()).then_some(line)
}

/// A free text in which nobody who is helped may be described.
fn free_text(text: &str) -> Result<String, PersonTrace> {
    match person_trace(text) {
        Some(trace) => Err(trace),
        None => Ok(text.trim().replace("\r\n", "\n")),
    }
}
