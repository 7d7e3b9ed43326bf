//! Who receives what today: an exact, certified and explained division of food lots between structures.
//!
//! # The model in plain words
//!
//! There are **lots** to give: each is of one **rayon** (a family of food at one temperature), expires in one of a
//! few **classes** (0 is the most urgent), weighs some grams, and can be taken by some structures and not by others.
//! There are **structures** that ask: each says how much it needs per rayon, how much of it it can hand out before
//! each class expires, and how much it can store per temperature.
//!
//! What is fair is measured by one number per structure, its **level**: everything it has received over everything
//! it should have received, (H + t) / N. H is the past (discounted day by day), t what it receives today, N its need,
//! past and today, weighted as the network has voted. A structure that was poorly served last week stands low, and
//! rises first today.
//!
//! The engine raises the lowest level as high as it can go, then the next lowest, and so on: the **leximin**
//! division. Nobody can be raised without lowering somebody who stands no higher.
//!
//! ```
//! use fair_share::{Candidate, Lot, Need, Problem, Rayon, Structure, check, solve};
//!
//! // Two structures of the same need; the first has received 20 kg before, the second nothing.
//! let structure = |past_grams| Structure {
//!     past_grams,
//!     weight: 100_000,
//!     storage: vec![500_000],
//!     needs: vec![Need { rayon: 0, caps: vec![80_000] }],
//! };
//! let candidates = vec![Candidate { structure: 0, metres: 900 }, Candidate { structure: 1, metres: 4_000 }];
//! let problem = Problem {
//!     temperatures: 1,
//!     classes: 1,
//!     rayons: vec![Rayon { temperature: 0 }],
//!     structures: vec![structure(20_000), structure(0)],
//!     lots: vec![Lot { grams: 100_000, crate_grams: 10_000, candidates, ..Lot::default() }],
//!     tolerance_permille: 10,
//! };
//! let plan = solve(&problem)?;
//!
//! // 100 kg: 40 for the first, 60 for the second, and both have then had 60 % of their need.
//! let grams: Vec<i64> = plan.levels.iter().map(|level| level.crate_grams).collect();
//! assert_eq!(grams, [40_000, 60_000]);
//! assert!(plan.certificate.holds);
//! assert!(check(&problem, &plan).is_empty());
//! # Ok::<(), fair_share::Invalid>(())
//! ```
//!
//! # Why there is nothing to tune
//!
//! The constraints form a flow network in which every structure's part is a tree (a laminar family of caps), with
//! the gram as the only unit. Four theorems follow.
//!
//! * **Fairness costs nothing.** The shares that flows can reach form a polymatroid, all of whose maximal points have
//!   the same sum (Megiddo 1974). The leximin division is maximal, so it gives away as many grams as any division.
//! * **Which fairness does not matter.** The leximin point of such a base minimises the sum of N·φ(level) for every
//!   convex φ (Fujishige 1980): it is also the division of the largest Nash product, and of least squares.
//! * **Urgent first costs nothing either.** By the linkage theorem (Perfect 1968, Pym 1969, after Mendelsohn and
//!   Dulmage 1958), a best choice of lots and a best choice of shares are realised by one flow. The engine uses as
//!   much of class 0 as any division could, then of classes 0 and 1, and so on.
//! * **It can be proved in one search.** A maximum flow is leximin if and only if no residual path leads from a
//!   structure to one that stands lower. Every plan carries this [`Certificate`], beside a cut that shows that no
//!   division gives more.
//!
//! All of this is in whole grams, and exact: grams are ordered by (level before the gram, weight, index), levels are
//! compared as fractions in 128 bits, and there is no floating-point number in the engine. The same problem always
//! has the same plan.
//!
//! # How it is found
//!
//! Divide and conquer on minimum cuts (Fujishige 1980; Groenevelt 1991; flows by Dinic 1970): guess the common level
//! of a part, send the maximum flow below it, and if some lots cannot be used up, the minimum cut separates a poorer
//! and a richer side, which go on alone. Identical lots are merged, and only arcs that carry something are walked
//! backwards.
//!
//! Of all divisions of that fairness and urgency, the one of the shortest ways (and of the most even rayons, see
//! [`Options`]) is found by the network simplex; [`Haul`] states the proven distance to the minimum.
//!
//! # What the theorems do not cover
//!
//! * **Whole crates.** The exact optimum opens crates; [`Plan::crates`] does not. Rounding keeps every cap, and leaves
//!   no envy of more than one crate plus the tolerance, but may place a little less.
//! * **Other units.** Needs stated across temperatures, or kilograms, volume and portions at once, leave the laminar
//!   world: the first three theorems fail there.
//!
//! # The way around
//!
//! [`solve`] makes a [`Plan`] of a [`Problem`]; [`check`] is a second opinion that shares no code with it;
//! [`outcome`] and [`story`] tell why a lot went where it did; [`pour_urgent`] places one urgent lot between two
//! batches, and a [`Desk`] keeps what was accepted and refused; [`solve_gathered`] leaves out deliveries that are not
//! worth the way; [`Memory`] carries the past from day to day; [`suppose`] tells what one more cubic metre or one more
//! opening day would change, and [`replay`] what another [`Rule`] would have done; [`in_equivalents`] weighs rayons by
//! voted coefficients; [`simulator`] plays eight weeks under a policy; [`generator`] makes territories for tests and measures.

#![expect(clippy::indexing_slicing, reason = "indices are validated on entry, then compact and internal")]

mod certificate;
mod check;
mod crates;
mod desk;
mod equivalent;
mod explain;
mod gather;
pub mod generator;
#[cfg(feature = "json")]
pub mod json;
mod level;
mod leximin;
mod maxflow;
mod memory;
mod network;
mod online;
mod outcome;
mod plan;
mod problem;
mod ratio;
mod replay;
mod rule;
pub mod simulator;
mod solve;
mod suppose;
mod transport;
mod tree;
mod urgent;
mod validate;

pub use check::{Breach, Stage, check, check_shares};
pub use desk::Desk;
pub use equivalent::{Equivalent, MAX_COEFFICIENT, in_equivalents};
pub use explain::{Barred, Cause, Limit, Limited, Past, Why};
pub use gather::{Gathered, Waiting, hold_back, solve_gathered};
pub use memory::{Memory, USUAL_KEPT_PERMILLE};
pub use online::{USUAL_METRE_PRICE, pour_urgent};
pub use outcome::{Outcome, outcome, story};
pub use plan::{Certificate, CrateShare, Group, Leftover, Level, Plan, Share};
pub use problem::{
    Candidate, Exclusion, Lot, MAX_CLASSES, MAX_QUANTITY, MAX_TOLERANCE, MAX_TOTAL, Need, Problem, Rayon,
    Reason, Structure,
};
pub use ratio::Ratio;
pub use replay::{PastDay, Record, Replay, ReplayDay, replay};
pub use rule::{Rule, kept_permille};
pub use solve::{Options, level, solve, solve_with};
pub use suppose::{Change, Effect, suppose};
pub use transport::{Haul, gram_metres};
pub use validate::{Fault, Invalid, validate};
