//! Requests on real databases of both engines, and their pages as people see them.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: a broken expectation ends the test"
)]

mod ask;
mod life;
mod pages;
mod standing;
mod town;
