//! The SQL of allocations: runs, shares, lines, rule, memory.
//!
//! Invariant: a run's row is touched first, so that two acts on one run follow each other on both engines.

mod lines;
mod memory;
mod runs;
mod shares;

pub(crate) use lines::*;
pub(crate) use memory::{
    coordinations_with_runs_due, days, insert_rule, remember_need, remember_received, rules,
};
pub(crate) use runs::*;
pub(crate) use shares::*;
