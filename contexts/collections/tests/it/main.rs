//! Collections on both engines: each act, many hands on one offer, the calendar, the links, the pages.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: a broken expectation ends the test"
)]

mod acts;
mod both_sides;
mod calendar;
mod come;
mod drives;
mod lists;
mod many_hands;
mod pages;
mod scene;
mod words;
