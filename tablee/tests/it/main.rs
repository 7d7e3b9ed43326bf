//! The house as a whole: the real binary, killed and started again.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a broken expectation ends the test"
)]

mod crash;
mod open;
mod process;
