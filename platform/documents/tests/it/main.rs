//! Papers and spreadsheets, from the outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "pdf")]
mod papers;
mod reading;
mod writing;
