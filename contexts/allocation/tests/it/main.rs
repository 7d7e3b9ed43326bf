//! Allocations on real databases of both engines, and their pages as people see them.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests: a broken expectation ends the test"
)]

mod after;
mod edges;
mod flow;
mod offers;
mod pages;
mod town;
