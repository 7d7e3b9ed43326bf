//! Who may see what: five scopes, one gate, and a log that the owner can read.
//!
//! Invariant (domain rules 3 and 4): a value with a scope leaves the store only through [`Gate::reveal`], so
//! pages, search, exports, mails and the API cannot differ; and each time another structure's non-public value is
//! shown, the owner can read which structure saw it.

mod gate;
mod reading;
mod scope;

pub use gate::{Gate, Seen};
pub use reading::{Reading, readings_of};
pub use scope::{
    FieldGroup, Scope, ScopeOf, acting, acting_in, facilitating, may_see, speaking, taking_part,
};
