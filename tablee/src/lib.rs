//! The house put together: every room, one front door, one worker, and the commands of whoever runs it.
//!
//! Invariant: this is the only crate that knows all the rooms; the rooms know each other only along the arrows of
//! ARCHITECTURE.md.

pub mod allocation_files;
pub mod demo;
pub mod doctor;
pub mod home;
pub mod house;
pub mod keep;
pub mod open;
mod patient;
pub mod restore;
pub mod serve;
pub mod settings;

use i18n::Source;
use kernel::Locale;

/// This crate's own words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
