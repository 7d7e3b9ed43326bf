//! Papers and spreadsheets, from the outside.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says aloud what it skips"
)]

#[cfg(feature = "pdf")]
mod papers;
mod reading;
mod writing;
