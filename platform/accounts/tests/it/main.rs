//! Ways in, tried on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken expectation ends the test")]

mod door;
mod letters;
mod notices;
mod personal_links;
