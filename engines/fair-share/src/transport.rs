//! Shorter ways for the same shares: who receives how much of what, and which lots are used, stay as they are.
//!
//! Lots of one rayon and expiry class enter a structure by the same door, so every cap counts the same grams
//! whichever of them it takes. Each such bucket is a transportation problem (Hitchcock 1941), solved to its minimum
//! of grams × metres by shortest augmenting paths with node prices (Edmonds and Karp 1972).
//!
//! This is the minimum within the buckets, not over all fair divisions: exchanges between rayons or classes that
//! leave every structure's total alone would need a minimum-cost flow over the whole network. Invariant: what each
//! structure receives per rayon and class, and what is used of each lot, never change.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::plan::Share;
use crate::problem::Problem;
use crate::tree::NONE;

/// Arcs that may be looked at in one problem; buckets that come after keep the ways they have.
const MOST_LOOKS: u64 = 4_000_000_000;

/// Grams × metres of a list of shares: what [`crate::solve`] keeps small. A share whose structure is not a candidate of
/// its lot counts nothing.
#[must_use]
pub fn gram_metres(problem: &Problem, shares: &[Share]) -> i128 {
    let metres = |share: &Share| {
        let lot = problem.lots.get(share.lot)?;
        let candidate = lot.candidates.iter().find(|c| c.structure as usize == share.structure)?;
        Some(i128::from(candidate.metres) * i128::from(share.grams))
    };
    shares.iter().filter_map(metres).sum()
}

/// Rearranges shares, sorted by lot and structure, for less transport.
pub(crate) fn shorten(problem: &Problem, shares: &mut Vec<Share>) {
    let mut buckets: BTreeMap<(usize, usize), Vec<Share>> = BTreeMap::new();
    for &share in &*shares {
        let lot = &problem.lots[share.lot];
        buckets.entry((lot.rayon, lot.class)).or_default().push(share);
    }
    let mut looks = MOST_LOOKS;
    shares.clear();
    for bucket in buckets.into_values() {
        match Bucket::new(problem, &bucket).solve(&mut looks) {
            Some(shorter) => shares.extend(shorter),
            None => shares.extend(bucket),
        }
    }
    shares.sort_unstable();
}

/// One transportation problem: lots are rows, structures are columns, both numbered from 0 in this bucket.
struct Bucket {
    lots: Vec<usize>,
    structures: Vec<usize>,
    /// Grams still to send, per row.
    supply: Vec<i64>,
    /// Grams still to receive, per column.
    demand: Vec<i64>,
    /// Metres and columns of each row, nearest first.
    ways: Vec<Vec<(i64, u32)>>,
    /// For each column, the rows that send to it.
    sent: Vec<Vec<Sent>>,
    /// Prices of rows, then of columns: no way is cheaper than the difference of its prices. They never rise above 0.
    price: Vec<i64>,
}

/// What a row sends to a column.
#[derive(Clone, Copy, Debug)]
struct Sent {
    row: u32,
    grams: i64,
    metres: i64,
}

impl Bucket {
    fn new(problem: &Problem, shares: &[Share]) -> Self {
        let mut lots: Vec<usize> = shares.iter().map(|share| share.lot).collect();
        lots.dedup();
        let mut structures: Vec<usize> = shares.iter().map(|share| share.structure).collect();
        structures.sort_unstable();
        structures.dedup();
        let mut column_of = vec![NONE; problem.structures.len()];
        for (column, &a) in structures.iter().enumerate() {
            column_of[a] = column as u32;
        }
        let (mut supply, mut demand) = (vec![0; lots.len()], vec![0; structures.len()]);
        for share in shares {
            if let Ok(row) = lots.binary_search(&share.lot) {
                supply[row] += share.grams;
            }
            demand[column_of[share.structure] as usize] += share.grams;
        }
        let ways = |&lot: &usize| {
            let candidates = problem.lots[lot].candidates.iter();
            let mut ways: Vec<(i64, u32)> = candidates
                .map(|c| (i64::from(c.metres), column_of[c.structure as usize]))
                .filter(|&(_, column)| column != NONE)
                .collect();
            ways.sort_unstable();
            ways
        };
        let ways = lots.iter().map(ways).collect();
        let sent = vec![Vec::new(); structures.len()];
        let price = vec![0; lots.len() + structures.len()];
        Self { lots, structures, supply, demand, ways, sent, price }
    }

    /// The shares of least transport; none if the looks run out.
    fn solve(mut self, looks: &mut u64) -> Option<Vec<Share>> {
        let places = self.price.len();
        let mut search = Search {
            distance: vec![i64::MAX; places],
            from: vec![NONE; places],
            done: Vec::new(),
            touched: Vec::new(),
        };
        for row in 0..self.lots.len() {
            while self.supply[row] > 0 {
                let column = search.nearest(&mut self, row, looks)?;
                self.send(row, column, &search.from);
            }
        }
        let mut shares = Vec::new();
        for (column, rows) in self.sent.iter().enumerate() {
            let structure = self.structures[column];
            let share =
                |sent: &Sent| Share { lot: self.lots[sent.row as usize], structure, grams: sent.grams };
            shares.extend(rows.iter().map(share));
        }
        Some(shares)
    }

    /// Sends what the path to a column allows: forward along ways, backward along what was sent before.
    fn send(&mut self, row: usize, column: usize, from: &[u32]) {
        let rows = self.lots.len();
        let mut grams = self.supply[row].min(self.demand[column]);
        let mut place = column;
        // Walks the path twice: once to see how much it carries, once to carry it.
        loop {
            let before = from[rows + place] as usize;
            if before == row {
                break;
            }
            place = from[before] as usize - rows;
            grams = grams.min(self.sent_by(place, before));
        }
        self.supply[row] -= grams;
        self.demand[column] -= grams;
        place = column;
        loop {
            let before = from[rows + place] as usize;
            self.add(place, before, grams);
            if before == row {
                break;
            }
            place = from[before] as usize - rows;
            self.add(place, before, -grams);
        }
    }

    fn sent_by(&self, column: usize, row: usize) -> i64 {
        self.sent[column].iter().find(|sent| sent.row as usize == row).map_or(0, |sent| sent.grams)
    }

    fn add(&mut self, column: usize, row: usize, grams: i64) {
        let list = &mut self.sent[column];
        match list.iter().position(|sent| sent.row as usize == row) {
            Some(i) => {
                list[i].grams += grams;
                if list[i].grams == 0 {
                    list.swap_remove(i);
                }
            }
            None => {
                let way = self.ways[row].iter().find(|way| way.1 as usize == column);
                let metres = way.map_or(0, |way| way.0);
                list.push(Sent { row: row as u32, grams, metres });
            }
        }
    }
}

type Heap = BinaryHeap<Reverse<(i64, u32)>>;

/// The working memory of the shortest paths.
struct Search {
    distance: Vec<i64>,
    from: Vec<u32>,
    done: Vec<u32>,
    touched: Vec<u32>,
}

impl Search {
    /// The nearest column that still wants something, by prices (Dijkstra 1959); adjusts the prices.
    fn nearest(&mut self, bucket: &mut Bucket, start: usize, looks: &mut u64) -> Option<usize> {
        for &place in &self.touched {
            self.distance[place as usize] = i64::MAX;
        }
        self.touched.clear();
        self.done.clear();
        let rows = bucket.lots.len();
        let mut heap = Heap::new();
        let mut best = i64::MAX;
        self.distance[start] = 0;
        self.touched.push(start as u32);
        heap.push(Reverse((0, start as u32)));
        while let Some(Reverse((distance, place))) = heap.pop() {
            let at = place as usize;
            if distance > self.distance[at] {
                continue;
            }
            if at >= rows && bucket.demand[at - rows] > 0 {
                for &near in &self.done {
                    bucket.price[near as usize] += self.distance[near as usize] - distance;
                }
                return Some(at - rows);
            }
            self.done.push(place);
            if at < rows {
                for &(metres, column) in &bucket.ways[at] {
                    // Prices of columns are at most 0: this way, and all that follow, end beyond the best one.
                    if distance + metres + bucket.price[at] >= best {
                        break;
                    }
                    *looks = looks.checked_sub(1)?;
                    let to = rows + column as usize;
                    self.relax(bucket, &mut heap, (place, to as u32), metres, best);
                    if bucket.demand[column as usize] > 0 {
                        best = best.min(self.distance[to]);
                    }
                }
            } else {
                for sent in &bucket.sent[at - rows] {
                    self.relax(bucket, &mut heap, (place, sent.row), -sent.metres, best);
                }
            }
        }
        None
    }

    fn relax(&mut self, bucket: &Bucket, heap: &mut Heap, (from, to): (u32, u32), metres: i64, best: i64) {
        let (u, v) = (from as usize, to as usize);
        let further = self.distance[u] + metres + bucket.price[u] - bucket.price[v];
        if further < self.distance[v] && further < best {
            if self.distance[v] == i64::MAX {
                self.touched.push(to);
            }
            self.distance[v] = further;
            self.from[v] = from;
            heap.push(Reverse((further, to)));
        }
    }
}
