//! Who is there: structure cards and places, what each says of itself, and the import of the list a coordinator
//! already keeps in a spreadsheet.
//!
//! ```text
//! spreadsheet ─► read ─► looked at, columns corrected ─► written whole ─► undone whole (rows untouched since)
//! card: added ─► edited (by its own people, or on their behalf: told) ─► binned (30 days) ─► back, or gone from view
//! place: registered ─► edited ─► closed ─► open again
//! ```
//!
//! Invariants: a value with a scope reaches a page, a list, an export or a form's choices only through
//! [`seen`]; a second editor never overwrites a first; nobody who is helped is described anywhere.

mod card;
pub mod queries;
mod receiving;
mod site;
mod store;
pub mod usecases;

pub use card::{Card, Contact, Served, Wishes, phone, website};
pub use receiving::{Receiving, Unreadable, Window};
pub use site::{Site, point, postcode};
