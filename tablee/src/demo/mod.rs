//! The demonstration: a fictitious territory on real geography, entered as anybody in one click.
//!
//! Invariant: none of these routes exists outside demo mode; the history is written through the same use cases as
//! real life.

mod mailbox;
mod pages;
mod personas;
pub mod seed;

pub use pages::room;
pub use personas::{PERSONAS, Persona};
