//! Maximum flow by blocking flows (Dinic), without recursion, inside one part of the network.
//!
//! Invariant: a search never leaves its part, so what crosses between parts stays as it is. After [`Search::fill`]
//! the nodes that the last search reached are the source side of a minimum cut.

use crate::network::Network;
use crate::tree::NONE;

/// A part of the network: sources and tree nodes, both in increasing order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) sources: Vec<u32>,
    pub(crate) nodes: Vec<u32>,
}

/// How a path goes on from one place.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// From a source along an arc.
    Feed { source: u32, arc: u32 },
    /// From a node to its parent.
    Up(u32),
    /// From a node to the child named here, taking back what the child has sent.
    Down { node: u32, child: u32 },
    /// From a node to a source, taking back what an arc has brought.
    Back { node: u32, arc: u32 },
}

/// The working memory of the searches.
#[derive(Debug)]
pub(crate) struct Search {
    /// What each structure may receive; `limit[node]` is meaningful for the top nodes only.
    pub(crate) limit: Vec<i64>,
    /// The part each tree node lives in.
    pub(crate) home: Vec<u32>,
    /// Distance from the sources; tree nodes first, sources after them.
    level: Vec<u32>,
    cursor: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<Step>,
    nodes: u32,
}

impl Search {
    /// Working memory for a network, all in part 0 and without limits.
    pub(crate) fn new(network: &Network) -> Self {
        let nodes = network.tree.len();
        let places = nodes + network.grams.len();
        Self {
            limit: network.tree.cap.clone(),
            home: vec![0; nodes],
            level: vec![NONE; places],
            cursor: vec![0; places],
            queue: Vec::new(),
            path: Vec::new(),
            nodes: nodes as u32,
        }
    }

    /// Whether the last search reached a tree node.
    pub(crate) fn reached_node(&self, node: u32) -> bool {
        self.level[node as usize] != NONE
    }

    /// Whether the last search reached a source.
    pub(crate) fn reached_source(&self, source: u32) -> bool {
        self.level[(self.nodes + source) as usize] != NONE
    }

    /// Sends as much as possible from the given sources to the structures of their part.
    pub(crate) fn fill(&mut self, network: &mut Network, starts: &[u32]) {
        while let Some(depth) = self.survey(network, starts) {
            self.block(network, starts, depth);
        }
    }

    fn visit(&mut self, place: u32, level: u32) {
        let slot = &mut self.level[place as usize];
        if *slot == NONE {
            *slot = level;
            self.cursor[place as usize] = 0;
            self.queue.push(place);
        }
    }

    /// Breadth first from the sources that have something left; the distance of the nearest structure with room.
    fn survey(&mut self, network: &mut Network, starts: &[u32]) -> Option<u32> {
        for &place in &self.queue {
            self.level[place as usize] = NONE;
        }
        self.queue.clear();
        for &source in starts {
            if network.used[source as usize] < network.grams[source as usize] {
                self.visit(self.nodes + source, 0);
            }
        }
        let (mut head, mut depth) = (0, NONE);
        while let Some(&place) = self.queue.get(head) {
            head += 1;
            let level = self.level[place as usize] + 1;
            if level > depth {
                break;
            }
            if place >= self.nodes {
                for arc in network.arcs((place - self.nodes) as usize) {
                    self.visit(network.target[arc], level);
                }
            } else if self.expand(network, place, level) {
                depth = level;
            }
        }
        (depth != NONE).then_some(depth)
    }

    /// Visits what a tree node leads to; true if it is a structure with room.
    fn expand(&mut self, network: &mut Network, node: u32, level: u32) -> bool {
        let v = node as usize;
        let home = self.home[v];
        let parent = network.tree.parent[v];
        if parent == NONE {
            if network.carried[v] < self.limit[v] {
                return true;
            }
        } else if self.home[parent as usize] == home && network.carried[v] < network.tree.cap[v] {
            self.visit(parent, level);
        }
        for &child in network.tree.children(node) {
            if network.carried[child as usize] > 0 && self.home[child as usize] == home {
                self.visit(child, level);
            }
        }
        let mut i = 0;
        while let Some(&feed) = network.feeds[v].get(i) {
            if network.flow[feed.arc as usize] > 0 {
                self.visit(self.nodes + feed.source, level);
                i += 1;
            } else {
                network.unlist(node, i);
            }
        }
        false
    }

    /// One blocking flow along the shortest paths.
    fn block(&mut self, network: &mut Network, starts: &[u32], depth: u32) {
        for &source in starts {
            self.path.clear();
            let mut place = self.nodes + source;
            while network.used[source as usize] < network.grams[source as usize] {
                let level = self.level[place as usize];
                let arrived = level + 1 == depth
                    && place < self.nodes
                    && network.tree.parent[place as usize] == NONE
                    && network.carried[place as usize] < self.limit[place as usize];
                if arrived {
                    place = self.augment(network, source, place);
                } else if let Some((step, next)) = self.advance(network, place, level + 1) {
                    self.path.push(step);
                    place = next;
                } else if let Some(step) = self.path.pop() {
                    place = self.tail(step);
                    self.cursor[place as usize] += 1;
                } else {
                    break;
                }
            }
        }
    }

    /// The next admissible step from a place, if any.
    fn advance(&mut self, network: &mut Network, place: u32, level: u32) -> Option<(Step, u32)> {
        if place >= self.nodes {
            let source = place - self.nodes;
            let arcs = network.arcs(source as usize);
            let from = arcs.start + self.cursor[place as usize] as usize;
            let found = (from..arcs.end).find(|&arc| self.level[network.target[arc] as usize] == level);
            self.cursor[place as usize] = (found.unwrap_or(arcs.end) - arcs.start) as u32;
            return found.map(|arc| (Step::Feed { source, arc: arc as u32 }, network.target[arc]));
        }
        let v = place as usize;
        let home = self.home[v];
        let children = network.tree.children(place).len() as u32;
        loop {
            let cursor = self.cursor[v];
            if cursor == 0 {
                let parent = network.tree.parent[v];
                if parent != NONE
                    && self.level[parent as usize] == level
                    && self.home[parent as usize] == home
                    && network.carried[v] < network.tree.cap[v]
                {
                    return Some((Step::Up(place), parent));
                }
            } else if cursor <= children {
                let child = network.tree.children(place)[cursor as usize - 1];
                if self.level[child as usize] == level
                    && network.carried[child as usize] > 0
                    && self.home[child as usize] == home
                {
                    return Some((Step::Down { node: place, child }, child));
                }
            } else {
                let i = (cursor - children) as usize - 1;
                let &feed = network.feeds[v].get(i)?;
                if network.flow[feed.arc as usize] == 0 {
                    network.unlist(place, i);
                    continue;
                }
                let next = self.nodes + feed.source;
                if self.level[next as usize] == level {
                    return Some((Step::Back { node: place, arc: feed.arc }, next));
                }
            }
            self.cursor[v] += 1;
        }
    }

    fn tail(&self, step: Step) -> u32 {
        match step {
            Step::Feed { source, .. } => self.nodes + source,
            Step::Up(node) | Step::Down { node, .. } | Step::Back { node, .. } => node,
        }
    }

    fn room(network: &Network, step: Step) -> i64 {
        match step {
            Step::Feed { .. } => i64::MAX,
            Step::Up(node) => network.tree.cap[node as usize] - network.carried[node as usize],
            Step::Down { child, .. } => network.carried[child as usize],
            Step::Back { arc, .. } => network.flow[arc as usize],
        }
    }

    /// Sends what the path can carry; returns the place to go on from.
    fn augment(&mut self, network: &mut Network, start: u32, top: u32) -> u32 {
        let left = network.grams[start as usize] - network.used[start as usize];
        let most = left.min(self.limit[top as usize] - network.carried[top as usize]);
        let grams = self.path.iter().fold(most, |least, &step| least.min(Self::room(network, step)));
        network.used[start as usize] += grams;
        network.carried[top as usize] += grams;
        let mut full = None;
        for (i, &step) in self.path.iter().enumerate() {
            match step {
                Step::Feed { source, arc } => network.feed(source, arc, grams),
                Step::Up(node) => network.carried[node as usize] += grams,
                Step::Down { child, .. } => network.carried[child as usize] -= grams,
                Step::Back { arc, .. } => network.flow[arc as usize] -= grams,
            }
            if full.is_none() && Self::room(network, step) == 0 {
                full = Some(i);
            }
        }
        match full {
            Some(i) => {
                let place = self.tail(self.path[i]);
                self.path.truncate(i);
                place
            }
            None => top,
        }
    }
}
