//! The SQL that writes the ledger, and the rows it loads to decide.
//!
//! Invariant: every act on a lot begins with [`lock_lot`], so what is read afterwards does not change before it is
//! written.

mod balances;
mod lots;
mod movements;
mod places;
mod reservations;

pub(crate) use balances::*;
pub(crate) use lots::*;
pub(crate) use movements::*;
pub(crate) use places::*;
pub(crate) use reservations::*;
