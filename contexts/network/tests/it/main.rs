//! The network on real databases of both engines, and through its pages.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests: a broken expectation ends the test"
)]

mod looked_after;
mod pages;
mod people;
mod seats;
mod sharing;
