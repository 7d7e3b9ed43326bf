//! Ways in, tried on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken expectation ends the test")]

mod account;
#[cfg(feature = "passkeys")]
mod device;
mod door;
mod letters;
mod notices;
#[cfg(feature = "passkeys")]
mod passkeys;
mod personal_links;
mod twice;
