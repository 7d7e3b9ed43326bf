//! Shorter ways for the same shares: who receives how much, and which lots are used, stay as they are.
//!
//! Two shares of the same rayon and expiry class may swap: l to a and m to b become l to b and m to a. Every cap
//! counts the same grams before and after, so the swap keeps the whole proof. Swapping goes on until no pair of
//! shares gains.
//!
//! This is a local improvement, not the minimum: it does not look for longer cycles, nor for exchanges between
//! rayons. Invariant: grams × metres never grow.

use crate::plan::Share;
use crate::problem::Problem;
use crate::tree::Tree;

/// Swaps shares as long as two of them gain.
pub(crate) fn shorten(problem: &Problem, tree: &Tree, shares: &mut Vec<Share>) {
}
