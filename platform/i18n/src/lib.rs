//! The interface's words: Fluent catalogues, and figures and dates as each language writes them.
//!
//! Invariant: no text that a person reads is written in Rust or in a template; both name a key, and every key
//! exists in French and in English (`cargo xtask i18n` checks).

mod catalogue;
mod figures;
mod words;

pub use catalogue::{Arg, Catalogue, Source};
pub use figures::{Days, number};
pub use words::Words;

use kernel::Locale;

/// This crate's own words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}
