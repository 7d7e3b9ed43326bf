//! From a problem to a certified plan.
//!
//! Invariant: the steps are those of the model, in order: the largest flow with urgent lots first, the levelling,
//! the shorter ways, the whole crates, the reasons; each keeps what the one before has reached.

use serde::{Deserialize, Serialize};

use crate::certificate::certify;
use crate::crates;
use crate::explain;
use crate::leximin::{self, Cluster};
use crate::network::Network;
use crate::plan::{Group, Leftover, Level, Plan, Share};
use crate::problem::Problem;
use crate::ratio::Ratio;
use crate::transport::{self, Budget};
use crate::tree::NONE;
use crate::validate::{Invalid, validate};

/// What a plan of the fairest allocation should look like besides. None of it changes what a structure receives in
/// the exact optimum, nor how much of an expiry class is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Family balance: how many metres of detour a kilogram is worth in a rayon of which the structure has received
    /// nothing rather than in one of which it has received all. 0: only the metres count.
    pub balance_metres: u32,
    /// How many steps the search for shorter ways may take. The division is as fair after any number of them, and
    /// [`crate::Haul`] says how far from the shortest it can be.
    pub transport_steps: u64,
}

impl Default for Options {
    /// One kilometre for balance, and more steps than the largest territories measured have needed.
    fn default() -> Self {
        Self { balance_metres: 1_000, transport_steps: 5_000_000 }
    }
}

/// Finds the fairest allocation, proves it, rounds it to whole crates and explains it, with the usual [`Options`].
///
/// # Errors
/// [`Invalid`], with the path of the first wrong field, if the problem is not well formed.
pub fn solve(problem: &Problem) -> Result<Plan, Invalid> {
    solve_with(problem, &Options::default(), &mut || true)
}

/// As [`solve`], with options. `go_on` is asked now and then during the search for shorter ways, the only part that
/// may be cut short: a caller with a clock answers false when its time is up. The engine itself has no clock, so a
/// plan can be repeated only if `go_on` always says true.
///
/// # Errors
/// [`Invalid`], with the path of the first wrong field, if the problem is not well formed.
pub fn solve_with(
    problem: &Problem,
    options: &Options,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Plan, Invalid> {
    validate(problem)?;
    let mut network = Network::build(problem);
    let (clusters, parts) = leximin::share(problem, &mut network);
    let mut fractional = deal(problem, &network);
    let mut budget = Budget::new(options.transport_steps, go_on);
    let haul = transport::haul(problem, &network.tree, &mut fractional, options.balance_metres, &mut budget);
    network.load(problem, &fractional);
    let certificate = certify(problem, &network);
    let crates = crates::round(problem, &network.tree, &fractional);
    let (groups, member_of) = group(problem, &network, clusters);
    let mut levels: Vec<Level> = (0..problem.structures.len())
        .map(|a| {
            let structure = &problem.structures[a];
            let top = network.tree.root[a];
            let grams = if top == NONE { 0 } else { network.carried[top as usize] };
            Level {
                fractional_grams: grams,
                crate_grams: 0,
                before: Ratio::new(structure.past_grams, structure.weight),
                after: Ratio::new(structure.past_grams + grams, structure.weight),
                group: member_of[a],
            }
        })
        .collect();
    let whole = |lot: &crate::problem::Lot| Leftover { fractional_grams: lot.grams, crate_grams: lot.grams };
    let mut unallocated: Vec<Leftover> = problem.lots.iter().map(whole).collect();
    for share in &fractional {
        unallocated[share.lot].fractional_grams -= share.grams;
    }
    for share in &crates {
        unallocated[share.lot].crate_grams -= share.grams;
        levels[share.structure].crate_grams += share.grams;
    }
    let explanations = explain::reasons(problem, &network, &parts, &groups, &levels);
    Ok(Plan { fractional, crates, levels, groups, certificate, explanations, unallocated, haul })
}

/// The exact optimum alone, with its proof: no shorter ways, no crates, no reasons. What a simulation needs.
///
/// # Errors
/// [`Invalid`], with the path of the first wrong field, if the problem is not well formed.
pub fn level(problem: &Problem) -> Result<(Vec<Share>, crate::plan::Certificate), Invalid> {
    validate(problem)?;
    let mut network = Network::build(problem);
    leximin::share(problem, &mut network);
    Ok((deal(problem, &network), certify(problem, &network)))
}

/// Deals the flow of each source out to the lots that it stands for.
pub(crate) fn deal(problem: &Problem, network: &Network) -> Vec<Share> {
    let mut shares = Vec::new();
    for (s, members) in network.members.iter().enumerate() {
        let mut lots = members.iter().map(|&l| l as usize);
        let (mut lot, mut left) = (0, 0);
        let range = network.first[s] as usize..network.first[s + 1] as usize;
        let mut arcs: Vec<usize> = range.filter(|&arc| network.flow[arc] > 0).collect();
        arcs.sort_unstable_by_key(|&arc| network.target[arc]);
        for arc in arcs {
            let structure = network.tree.owner[network.target[arc] as usize] as usize;
            let mut grams = network.flow[arc];
            while grams > 0 {
                if left == 0 {
                    let Some(next) = lots.next() else { break };
                    (lot, left) = (next, problem.lots[next].grams);
                }
                let part = grams.min(left);
                shares.push(Share { lot, structure, grams: part });
                grams -= part;
                left -= part;
            }
        }
    }
    shares.sort_unstable();
    shares
}

/// The groups, poorest first, and the group of each structure.
fn group(problem: &Problem, network: &Network, clusters: Vec<Cluster>) -> (Vec<Group>, Vec<Option<usize>>) {
    let mut groups: Vec<Group> = clusters
        .into_iter()
        .filter(|cluster| !cluster.structures.is_empty())
        .map(|cluster| {
            let open = cluster.structures.iter().filter_map(|&a| {
                let top = network.tree.root[a as usize] as usize;
                let structure = &problem.structures[a as usize];
                let grams = network.carried[top];
                if cluster.saturated || grams >= network.tree.cap[top] {
                    return None;
                }
                Ratio::new(structure.past_grams + grams, structure.weight)
            });
            let lots = cluster.sources.iter().flat_map(|&s| &network.members[s as usize]);
            let mut lots: Vec<usize> = lots.map(|&l| l as usize).collect();
            lots.sort_unstable();
            let structures = cluster.structures.iter().map(|&a| a as usize).collect();
            Group { level: open.min(), structures, lots }
        })
        .collect();
    groups.sort_by(|a, b| {
        let last = |group: &Group| group.level.is_none();
        last(a).cmp(&last(b)).then(a.level.cmp(&b.level)).then(a.structures.cmp(&b.structures))
    });
    let mut member_of = vec![None; problem.structures.len()];
    for (g, group) in groups.iter().enumerate() {
        for &a in &group.structures {
            member_of[a] = Some(g);
        }
    }
    (groups, member_of)
}
