//! A day's problem: the lots to give, the structures that ask, what each may take.
//!
//! Invariant: a problem is plain data in integers; nothing is trusted before [`crate::solve`] has validated it.

use serde::{Deserialize, Serialize};

/// Largest quantity or weight accepted in one field: 10^15 (a thousand million tonnes, in grams).
///
/// The limit leaves room for every product and sum of the engine in 128 bits.
pub const MAX_QUANTITY: i64 = 1_000_000_000_000_000;

/// Largest sum of all lots, in grams.
pub const MAX_TOTAL: i64 = 1_000_000_000_000_000_000;

/// Largest tolerance, in thousandths: a thousand times the whole need.
pub const MAX_TOLERANCE: u32 = 1_000_000;

/// Most expiry classes a problem may have.
pub const MAX_CLASSES: usize = 64;

/// Everything that the allocation of one day depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How many temperature classes there are (for instance ambient, chilled, frozen).
    pub temperatures: usize,
    /// How many expiry classes there are; class 0 is the most urgent.
    pub classes: usize,
    /// The rayons (family × temperature); lots and needs name them by their index here.
    pub rayons: Vec<Rayon>,
    /// Who may receive; ties between equals go to the lower index.
    pub structures: Vec<Structure>,
    /// What is to be given.
    pub lots: Vec<Lot>,
    /// Differences of share below this many thousandths are not worth moving a crate (10 = one point).
    pub tolerance_permille: u32,
}

/// A family of food at one temperature: what a need and a lot have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rayon {
    /// The temperature class, below [`Problem::temperatures`].
    pub temperature: usize,
}

/// One structure that receives: an association, an épicerie, a pantry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// H: what it has received before today, discounted, in grams.
    pub past_grams: i64,
    /// N: what it should have received, past (discounted) and today, in grams × the voted priority weight.
    /// A structure with weight 0 receives nothing.
    pub weight: i64,
    /// Free storage per temperature class, in grams.
    pub storage: Vec<i64>,
    /// What it asks for, at most one entry per rayon.
    pub needs: Vec<Need>,
}

/// What a structure can take in one rayon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Index in [`Problem::rayons`].
    pub rayon: usize,
    /// `caps[k]`: most grams of this rayon of expiry classes 0 to k together, i.e. what the structure can hand out
    /// before class k expires. The last one is the need itself (requested minus stock).
    pub caps: Vec<i64>,
}

/// One lot to give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Index in [`Problem::rayons`].
    pub rayon: usize,
    /// Expiry class, below [`Problem::classes`]; 0 expires first.
    pub class: usize,
    /// Quantity, in grams.
    pub grams: i64,
    /// Weight of one crate in grams; 0 for goods that can be divided at will. What does not fill a last crate
    /// travels as one smaller crate.
    #[serde(default)]
    pub crate_grams: i64,
    /// Who could take it as far as people, places and hours go. Whether it is asked for and can be stored is
    /// derived from the structures.
    pub candidates: Vec<Candidate>,
    /// Who cannot take it, each with the reason. A structure in neither list is out of reach.
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
}

/// A structure that could take a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Index in [`Problem::structures`].
    pub structure: u32,
    /// How far the lot has to travel, in metres.
    pub metres: u32,
}

/// A structure that cannot take a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Index in [`Problem::structures`].
    pub structure: u32,
    /// Why not.
    pub reason: Reason,
}

/// Why a structure cannot take a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// It does not ask for this rayon (derived).
    NotRequested,
    /// It has no room at this temperature (derived).
    NoStorage,
    /// It can hand out nothing of this rayon before the lot expires (derived).
    NoThroughput,
    /// Its weight is 0: no need is recorded for it (derived).
    NoWeight,
    /// Neither a candidate nor excluded: beyond the longest travel (derived).
    OutOfReach,
    /// The lot does not fit its dietary rules.
    Diet,
    /// It opens only after the lot's use-by date.
    ClosedBeforeExpiry,
    /// Nobody can fetch the lot in the pickup window.
    PickupWindow,
    /// It has refused this lot.
    Refused,
    /// The coordination has set it aside for another reason.
    SetAside,
}
