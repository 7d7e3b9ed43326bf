//! The territory that is simulated: structures with their stocks and days, and the lots that wait to be given.
//!
//! Invariant: what happens in the town depends on its seed and on what is delivered, never on who decides.

use crate::generator::{Arrival, Dice, Home, Map, caps, make_structure, rayons};
use crate::memory::Memory;
use crate::plan::CrateShare;
use crate::problem::{Lot, Need, Problem, Structure};
use crate::simulator::Settings;

/// A lot that waits.
#[derive(Clone, Debug)]
struct Stored {
    arrival: Arrival,
    grams: i64,
    /// The last day on which it can be given.
    last: i64,
}

/// The territory on one day.
#[derive(Clone, Debug)]
pub(super) struct Town {
    dice: Dice,
    map: Map,
    homes: Vec<Home>,
    /// Every how many days each opens, and on which of them.
    rhythm: Vec<(i64, i64)>,
    /// What each needs in a week, and its whole storage.
    weekly: Vec<Structure>,
    /// Grams in stock, per structure and need.
    stock: Vec<Vec<i64>>,
    memories: Vec<Memory>,
    lots: Vec<Stored>,
    /// Weights of the lots of each day, and grams that a weight stands for (as a fraction).
    lots_per_day: usize,
    grams_per_weight: (i64, i64),
    /// All that has come: what, grams, on which day.
    arrived: Vec<(Arrival, i64, i64)>,
    day: i64,
}

impl Town {
    pub(super) fn found(settings: &Settings, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let map = Map::draw(&mut dice, settings.structures);
        let (mut homes, mut rhythm, mut weekly) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..settings.structures {
            let home = map.home(&mut dice);
            rhythm.push((dice.between(1, 5), home.opening));
            weekly.push(make_structure(&mut dice, 0, home.no_pork));
            homes.push(home);
        }
        let stock: Vec<Vec<i64>> = weekly.iter().map(|structure| vec![0; structure.needs.len()]).collect();
        let needed: i64 = weekly.iter().map(need_of_a_week).sum();
        // A lot weighs about 193 in the mean of its law: a share of the needs of a day for each.
        let parts = 7 * 100 * 193 * i64::try_from(settings.lots_per_day).unwrap_or(1).max(1);
        Self {
            memories: vec![Memory::default(); homes.len()],
            grams_per_weight: (needed.saturating_mul(settings.supply_percent), parts),
            lots_per_day: settings.lots_per_day,
            lots: Vec::new(),
            arrived: Vec::new(),
            day: 0,
            dice,
            map,
            homes,
            rhythm,
            weekly,
            stock,
        }
    }

    /// Goes to a day: who opens when.
    fn turn_to(&mut self, day: i64) {
        self.day = day;
        for (home, &(every, first)) in self.homes.iter_mut().zip(&self.rhythm) {
            home.opening = (first - day).rem_euclid(every);
        }
    }

    /// The morning of a day, and its lots.
    pub(super) fn receive_lots(&mut self, day: usize) {
        self.turn_to(i64::try_from(day).unwrap_or(0));
        for _ in 0..self.lots_per_day {
            let weight = self.dice.lot_weight();
            let arrival = self.map.arrival(&mut self.dice);
            let (grams, parts) = self.grams_per_weight;
            let grams = (i128::from(grams) * i128::from(weight) / i128::from(parts)) as i64;
            let grams = arrival.offer(grams, arrival.days, &[]).grams;
            self.lots.push(Stored { grams, last: self.day + arrival.days, arrival: arrival.clone() });
            self.arrived.push((arrival, grams, self.day));
        }
    }

    /// All that has arrived, in grams.
    pub(super) fn arrived_grams(&self) -> i64 {
        self.arrived.iter().map(|(_, grams, _)| grams).sum()
    }

    /// What has not been given and still keeps, in grams.
    pub(super) fn waiting_grams(&self) -> i64 {
        self.lots.iter().map(|lot| lot.grams).sum()
    }

    /// What each needs in a day.
    pub(super) fn needs_of_a_day(&self) -> Vec<i64> {
        self.weekly.iter().map(|structure| need_of_a_week(structure) / 7).collect()
    }

    /// The problem of the day; its lots are those that wait, in the order in which they came.
    pub(super) fn problem(&self, settings: &Settings) -> Problem {
        let needs = self.needs_of_a_day();
        let structures = (0..self.homes.len()).map(|a| self.structure(a, needs[a])).collect();
        let offer = |lot: &Stored| lot.arrival.offer(lot.grams, lot.last - self.day, &self.homes);
        Problem {
            temperatures: 3,
            classes: crate::generator::class_of(i64::MAX) + 1,
            rayons: rayons(),
            structures,
            lots: self.lots.iter().map(offer).collect(),
            tolerance_permille: settings.tolerance_permille,
        }
    }

    fn structure(&self, a: usize, need_of_a_day: i64) -> Structure {
        let (weekly, rayons) = (&self.weekly[a], rayons());
        let mut storage = weekly.storage.clone();
        let mut needs = Vec::new();
        for (need, &stock) in weekly.needs.iter().zip(&self.stock[a]) {
            let room = &mut storage[rayons[need.rayon].temperature];
            *room = (*room - stock).max(0);
            let week = need.caps.last().copied().unwrap_or(0);
            needs.push(Need { rayon: need.rayon, caps: caps(week, self.homes[a].opening, stock) });
        }
        let memory = self.memories[a];
        let weight = memory.needed_grams + need_of_a_day;
        Structure { past_grams: memory.received_grams, weight, storage, needs }
    }

    /// Delivers, lets those that are open hand out, throws away what has expired, and ends the day.
    pub(super) fn deliver(&mut self, problem: &Problem, shares: &[CrateShare], kept_permille: u32) {
        let mut received = vec![0; self.homes.len()];
        for share in shares {
            self.lots[share.lot].grams -= share.grams;
            received[share.structure] += share.grams;
            let rayon = problem.lots[share.lot].rayon;
            let needs = &self.weekly[share.structure].needs;
            if let Some(i) = needs.iter().position(|need| need.rayon == rayon) {
                self.stock[share.structure][i] += share.grams;
            }
        }
        let needs = self.needs_of_a_day();
        for (a, memory) in self.memories.iter_mut().enumerate() {
            *memory = memory.after_day(received[a], needs[a], kept_permille);
            if self.homes[a].opening == 0 {
                for (need, stock) in self.weekly[a].needs.iter().zip(&mut self.stock[a]) {
                    let week = need.caps.last().copied().unwrap_or(0);
                    *stock -= (*stock).min(week * self.rhythm[a].0 / 7);
                }
            }
        }
        let today = self.day;
        self.lots.retain(|lot| lot.grams > 0 && lot.last > today);
    }

    /// One problem with all lots that ever arrived and the limits of all days together. A storage counts once to
    /// begin with, and once more for each opening.
    pub(super) fn all_at_once(&mut self, settings: &Settings) -> Problem {
        let days = i64::try_from(settings.days).unwrap_or(0);
        let structures = self.weekly.iter().zip(&self.rhythm).map(|(weekly, &(every, _))| {
            let storage = weekly.storage.iter().map(|room| room * (1 + days / every)).collect();
            let all = |need: &Need| need.caps.last().copied().unwrap_or(0) * days / 7;
            let needs = weekly.needs.iter().map(|need| Need { rayon: need.rayon, caps: vec![all(need)] });
            let weight = need_of_a_week(weekly) / 7 * days;
            Structure { past_grams: 0, weight, storage, needs: needs.collect() }
        });
        let structures = structures.collect();
        let mut lots = Vec::with_capacity(self.arrived.len());
        for i in 0..self.arrived.len() {
            self.turn_to(self.arrived[i].2);
            let (arrival, grams, _) = &self.arrived[i];
            lots.push(Lot { class: 0, ..arrival.offer(*grams, arrival.days, &self.homes) });
        }
        Problem {
            temperatures: 3,
            classes: 1,
            structures,
            lots,
            rayons: rayons(),
            tolerance_permille: settings.tolerance_permille,
        }
    }
}

fn need_of_a_week(structure: &Structure) -> i64 {
    structure.needs.iter().filter_map(|need| need.caps.last()).sum()
}
