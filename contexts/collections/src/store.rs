//! Rows of this context, by noun: how they are written, read back and locked.
//!
//! Invariant: whoever decides on a collection, a hold or a paper has locked its row first, by touching its version.

mod agreements;
mod collections;
pub(crate) mod drives;
mod handovers;
mod holds;
mod photos;
mod pickups;

pub(crate) use agreements::*;
pub(crate) use collections::*;
pub(crate) use handovers::*;
pub(crate) use holds::*;
pub(crate) use photos::*;
pub(crate) use pickups::*;
