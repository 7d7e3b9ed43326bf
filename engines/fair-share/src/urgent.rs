//! Urgent lots first: what expires soon is used as much as any allocation could use it.
//!
//! The maximum flow is built class by class. An augmenting path never takes a lot back, so each prefix of classes
//! reaches its own maximum (the lots form a gammoid, on which greed is optimal), and by the linkage theorem
//! (Perfect 1968, Pym 1969) the levelling of the structures that follows does not undo it.
//!
//! Invariant: the grams used of each source are final after [`fill`]; later steps only move where they go.

use crate::maxflow::{Part, Search};
use crate::network::Network;

/// Sends the maximum flow, most urgent lots first.
pub(crate) fn fill(network: &mut Network, search: &mut Search, part: &Part) {
    let mut classes: Vec<u32> = part.sources.iter().map(|&s| network.class[s as usize]).collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let starts: Vec<u32> =
            part.sources.iter().copied().filter(|&s| network.class[s as usize] == class).collect();
        search.fill(network, &starts);
    }
    search.fill(network, &part.sources);
}
