//! The stock on both engines: each act, random sequences of acts against a model, many hands on one lot, the pages.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: a broken expectation ends the test"
)]

mod acts;
mod many_hands;
mod pages;
mod properties;
mod scene;
