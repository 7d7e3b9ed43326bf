//! What each structure can take, as a tree: expiry classes nested in a rayon, rayons in a storage, storages in the
//! structure.
//!
//! Invariant: a node comes before its parent, and the nodes of one structure are contiguous; every node can carry
//! at least one gram and at least one lot can reach it.

use crate::problem::Problem;

/// « No node », in the compact indices of the engine.
pub(crate) const NONE: u32 = u32::MAX;

/// What a node of the tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Goods of one rayon up to an expiry class; `binding` is the class whose cap counts.
    Class { need: u32, binding: u32 },
    /// One storage of the structure.
    Storage { temperature: u32 },
    /// The structure itself.
    Structure,
}

/// The trees of all structures.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// The parent of each node; [`NONE`] for a structure.
    pub(crate) parent: Vec<u32>,
    /// What the arc to the parent can carry, in grams (for a structure: what it can take in all).
    pub(crate) cap: Vec<i64>,
    /// The structure each node belongs to.
    pub(crate) owner: Vec<u32>,
    /// What each node stands for.
    pub(crate) place: Vec<Place>,
    /// The top node of each structure, or [`NONE`] if no lot can reach it.
    pub(crate) root: Vec<u32>,
    child_first: Vec<u32>,
    child: Vec<u32>,
    classes: usize,
    rayons: usize,
    need_at: Vec<u32>,
    leaf: Vec<u32>,
}

impl Tree {
    /// Plants the trees for the lots that exist.
    pub(crate) fn plant(problem: &Problem) -> Self {
        let (classes, rayons) = (problem.classes, problem.rayons.len());
        let mut need_at = vec![NONE; problem.structures.len() * rayons];
        let mut open: Vec<u64> = Vec::new();
        for (a, structure) in problem.structures.iter().enumerate() {
            for need in &structure.needs {
                need_at[a * rayons + need.rayon] = open.len() as u32;
                let roomy = structure.storage[problem.rayons[need.rayon].temperature] > 0;
                let mut mask = 0_u64;
                if structure.weight > 0 && roomy {
                    for (k, _) in need.caps.iter().enumerate().rev().take_while(|&(_, &cap)| cap > 0) {
                        mask |= 1 << k;
                    }
                }
                open.push(mask);
            }
        }
        let mut present = vec![0_u64; open.len()];
        for lot in problem.lots.iter().filter(|lot| lot.grams > 0) {
            for candidate in &lot.candidates {
                let need = need_at[candidate.structure as usize * rayons + lot.rayon];
                if need != NONE {
                    present[need as usize] |= open[need as usize] & (1 << lot.class);
                }
            }
        }
        let mut tree =
            Self { classes, rayons, need_at, leaf: vec![NONE; open.len() * classes], ..Self::default() };
        let mut need = 0;
        for (a, structure) in problem.structures.iter().enumerate() {
            tree.plant_one(problem, a, &present, need);
            need += structure.needs.len();
        }
        tree.link_children();
        tree
    }

    fn plant_one(&mut self, problem: &Problem, a: usize, present: &[u64], first_need: usize) {
        let structure = &problem.structures[a];
        let mut storages: Vec<(u32, i64)> = Vec::new();
        for (temperature, &room) in structure.storage.iter().enumerate() {
            let mut tops: Vec<u32> = Vec::new();
            for (i, need) in structure.needs.iter().enumerate() {
                let mask = present[first_need + i];
                if problem.rayons[need.rayon].temperature != temperature || mask == 0 {
                    continue;
                }
                tops.push(self.plant_chain(a, first_need + i, &need.caps, mask));
            }
            if tops.is_empty() {
                continue;
            }
            let node = self.push(a, room, Place::Storage { temperature: temperature as u32 });
            let mut asked = 0_i64;
            for top in tops {
                self.parent[top as usize] = node;
                asked = asked.saturating_add(self.cap[top as usize]);
            }
            storages.push((node, asked.min(room)));
        }
        let mut top = NONE;
        if !storages.is_empty() {
            // What its needs and its storages allow together, so that the first guesses of the levels are good.
            let most = storages.iter().fold(0_i64, |sum, &(_, most)| sum.saturating_add(most));
            top = self.push(a, most, Place::Structure);
            for (storage, _) in storages {
                self.parent[storage as usize] = top;
            }
        }
        self.root.push(top);
    }

    /// One chain of nested expiry classes; returns its last node. Classes without a lot are folded into the one
    /// before, whose cap becomes the smallest of both.
    fn plant_chain(&mut self, a: usize, need: usize, caps: &[i64], mask: u64) -> u32 {
        let mut last = NONE;
        for (k, &cap) in caps.iter().enumerate() {
            if mask >> k & 1 == 1 {
                let node = self.push(a, cap, Place::Class { need: need as u32, binding: k as u32 });
                if last != NONE {
                    self.parent[last as usize] = node;
                }
                self.leaf[need * self.classes + k] = node;
                last = node;
            } else if last != NONE && cap <= self.cap[last as usize] {
                self.cap[last as usize] = cap;
                self.place[last as usize] = Place::Class { need: need as u32, binding: k as u32 };
            }
        }
        last
    }

    fn push(&mut self, a: usize, cap: i64, place: Place) -> u32 {
        let node = self.parent.len() as u32;
        self.parent.push(NONE);
        self.cap.push(cap);
        self.owner.push(a as u32);
        self.place.push(place);
        node
    }

    fn link_children(&mut self) {
        let nodes = self.parent.len();
        let mut first = vec![0_u32; nodes + 1];
        for &parent in self.parent.iter().filter(|&&p| p != NONE) {
            first[parent as usize + 1] += 1;
        }
        for v in 0..nodes {
            first[v + 1] += first[v];
        }
        let mut next = first.clone();
        self.child = vec![NONE; first[nodes] as usize];
        for (v, &parent) in self.parent.iter().enumerate().filter(|&(_, &p)| p != NONE) {
            let slot = &mut next[parent as usize];
            self.child[*slot as usize] = v as u32;
            *slot += 1;
        }
        self.child_first = first;
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.parent.len()
    }

    /// The nodes directly below a node.
    pub(crate) fn children(&self, node: u32) -> &[u32] {
        &self.child[self.child_first[node as usize] as usize..self.child_first[node as usize + 1] as usize]
    }

    /// Where a lot of this rayon and class enters the tree of a structure, if it can.
    pub(crate) fn entry(&self, structure: usize, rayon: usize, class: usize) -> Option<u32> {
        let need = self.need_at[structure * self.rayons + rayon];
        if need == NONE {
            return None;
        }
        let node = self.leaf[need as usize * self.classes + class];
        (node != NONE).then_some(node)
    }

    /// The nodes from an entry up to the structure.
    pub(crate) fn path(&self, entry: u32) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(entry), |&v| {
            let parent = self.parent[v as usize];
            (parent != NONE).then_some(parent)
        })
        .map(|v| v as usize)
    }
}
