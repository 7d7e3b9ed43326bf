//! From a request to a use case and back to a page: the shell around every page, forms that keep what was typed,
//! failures mapped to answers in one place.
//!
//! ```text
//! request ─► accounts::arrive (who is it?) ─► Visit ─► use case ─► page | redirect with a notice | Problem
//!                                                                             └─► explain: a page in words
//! ```
//!
//! Invariant: every page is whole without JavaScript, and nothing a person typed is lost by an error.

pub mod assets;
mod explain;
mod field;
mod forbidden;
mod form;
mod headers;
mod input;
mod notice;
mod problem;
mod room;
mod routes;
mod sent;
mod shell;
mod typed;
mod visit;

pub use explain::{explain, explain_alone};
pub use field::{Choice, Field, Kind};
pub use form::Form;
pub use headers::protect;
pub use input::{Input, Upload, UploadRefused, Uploaded};
pub use notice::{Notice, Tone, Undo, cookie};
pub use problem::{Answer, Problem, refusal};
pub use room::{App, LinkPage, NavEntry, Recognise, Recognised, Room, Settings, Waiting, WaitingFor};
pub use routes::Routes;
pub use shell::{DemoBanner, NavItem, Shell, ShownNotice};
pub use typed::{parse_date, parse_time};
pub use visit::{Arrival, Peer, Visit, page, see_other};

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
