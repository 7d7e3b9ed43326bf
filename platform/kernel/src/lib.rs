//! The words every room shares: ids, time, quantities, who is asking, what can go wrong.
//!
//! Invariant: nothing here reads a clock, a random source or a global by itself; all of it comes in
//! through [`Cx`], so a test can freeze the world and a replay can repeat it.

mod cx;
mod failure;
pub mod geo;
mod ids;
mod locale;
mod quantity;
pub mod secret;
pub mod text;
pub mod time;
mod viewer;

pub use cx::{Chance, CommandKey, Cx, World};
pub use failure::{Failure, Fault, Never, Remedy};
pub use ids::{CoordinationId, LinkId, PersonId, SiteId, StructureId, TerritoryId};
pub use locale::Locale;
pub use quantity::{Cents, Grams, Metres, Minutes, QuantityUnreadable};
pub use time::{Clock, FrozenClock, SystemClock};
pub use viewer::{Affiliation, Level, Membership, Role, Via, Viewer};

#[doc(hidden)]
pub use {serde, sqlx, uuid};
