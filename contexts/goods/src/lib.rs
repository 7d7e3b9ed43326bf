//! What food is called, how it is counted, how cold it is kept and until when it may be given.
//!
//! ```text
//! denrée ──► family (of the coordination, with a norm per person and week)
//!        ──► packaging (of the coordination, an explicit factor to grams)
//!        ──► temperature class, date kind ──► gates: may it be given now, by this donor?
//! ```
//!
//! A family is born active, may be renamed and given another norm, and is set aside rather than deleted:
//! lots and requests of the past keep their family's code.
//!
//! Invariants: every conversion to grams is an integer factor that people can read and change; a gate never
//! blocks silently, it says what it wants (a reason, an intact packaging) or that the law says never.

pub mod dates;
mod family;
pub mod labels;
pub mod origin;
mod packaging;
mod pages;
pub mod queries;
mod store;
mod temperature;
pub mod usecases;

pub use dates::{DateGate, DateKind};
pub use family::{Family, FamilyCode};
pub use origin::OriginGate;
pub use packaging::Packaging;
pub use temperature::TemperatureClass;

use i18n::Source;
use kernel::Locale;

/// What this room brings to the house.
#[must_use]
pub fn room() -> web::Room {
    web::Room { routes: pages::routes(), words: sources().into(), ..web::Room::default() }
}

/// This crate's words.
#[must_use]
pub fn sources() -> [Source; 2] {
    [
        Source { locale: Locale::Fr, text: include_str!("../locales/fr.ftl") },
        Source { locale: Locale::En, text: include_str!("../locales/en.ftl") },
    ]
}

/// A word in a row that this program does not know: the row was written by another version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(pub String);

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown code {:?}", self.0)
    }
}

impl std::error::Error for UnknownCode {}
