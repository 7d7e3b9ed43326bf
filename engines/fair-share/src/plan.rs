//! The proposed allocation, with the proof and the reasons that go with it.
//!
//! Invariant: a plan is a function of the problem alone; shares are sorted by lot, then structure.

use serde::{Deserialize, Serialize};

use crate::explain::Why;
use crate::ratio::Ratio;
use crate::transport::Haul;

/// What the engine proposes for one problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The exact optimum, to the gram, as if crates could be opened.
    pub fractional: Vec<Share>,
    /// The proposal in whole crates.
    pub crates: Vec<CrateShare>,
    /// Where each structure stands, in the order of the problem.
    pub levels: Vec<Level>,
    /// The structures that share the same lots at the same level, poorest first.
    pub groups: Vec<Group>,
    /// Proof that `fractional` is the fairest allocation and gives all that can be given.
    pub certificate: Certificate,
    /// Why each structure receives what it does, in the order of the problem.
    pub explanations: Vec<Why>,
    /// What nobody takes, per lot.
    pub unallocated: Vec<Leftover>,
    /// How far the exact optimum travels, and how far from the shortest ways it can be.
    #[serde(default)]
    pub haul: Haul,
}

/// Grams of one lot for one structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// Index of the lot.
    pub lot: usize,
    /// Index of the structure.
    pub structure: usize,
    /// Quantity in grams, positive.
    pub grams: i64,
}

/// Crates of one lot for one structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CrateShare {
    /// Index of the lot.
    pub lot: usize,
    /// Index of the structure.
    pub structure: usize,
    /// How many crates, the last smaller one included; 0 for goods that are divided at will.
    pub crates: i64,
    /// Quantity in grams, positive.
    pub grams: i64,
}

/// Where one structure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Grams it receives in the exact optimum.
    pub fractional_grams: i64,
    /// Grams it receives in whole crates.
    pub crate_grams: i64,
    /// H / N before today; none if its weight is 0.
    pub before: Option<Ratio>,
    /// (H + t) / N with the exact optimum; none if its weight is 0.
    pub after: Option<Ratio>,
    /// Its group in [`Plan::groups`]; none if no lot can reach it.
    pub group: Option<usize>,
}

/// Structures that share lots at one level, as the minimum cut separates them from the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The level of the least served member that could still take more; none if all are at their limits.
    pub level: Option<Ratio>,
    /// Its structures, by index.
    pub structures: Vec<usize>,
    /// The lots that only these structures (or better served ones, full) can take, by index.
    pub lots: Vec<usize>,
}

/// What is left of one lot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// Grams that even the exact optimum cannot place.
    pub fractional_grams: i64,
    /// Grams not placed in whole crates.
    pub crate_grams: i64,
}

/// Proof that an allocation is the fairest and the largest, found by one search over the residual network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// All the statements below are true.
    pub holds: bool,
    /// Grams given.
    pub total_grams: i64,
    /// Capacity of a cut between lots and structures: no allocation gives more than this.
    pub max_flow_grams: i64,
    /// No gram can pass from a structure to one served less (beyond that gram).
    pub leximin: bool,
    /// No urgent lot left over could replace a less urgent one.
    pub urgent_first: bool,
    /// How many structures and nodes the search has visited.
    pub visited: usize,
}
