//! Paper and spreadsheets: what people hand in, and what they take away.
//!
//! * [`sheets`] reads a person's own spreadsheet (CSV, XLSX, ODS) whatever program wrote it, and writes tables.
//! * [`pdf`] lays out a tagged PDF from a template and data that is never mixed into the template.
//! * [`paper`] is the one generic paper of the house: slip, record, sign-in sheet.
//!
//! Invariant: this crate knows nothing of the field and holds no word of any language; callers hand in every
//! text already translated, and receive refusals as plain data that they put into words themselves.

#[cfg(feature = "pdf")]
pub mod paper;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod sheets;
