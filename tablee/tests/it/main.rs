//! The house as a whole: the real binary, killed and started again.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a broken expectation ends the test"
)]

mod acts;
mod commands;
mod crash;
mod export;
mod faults;
mod journeys;
mod keeping;
mod matrix;
mod open;
mod process;
mod scene;
mod walk;
