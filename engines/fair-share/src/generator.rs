//! Made-up territories for tests and measures: towns, structures of all sizes, lots of all kinds.
//!
//! Follows the instance generator described with the model: clusters and scattered positions, people by a skewed
//! law (median about 180), 13 rayons, 15 % without chilled and 45 % without frozen storage, 30 % without pork,
//! openings in 0 to 4 days, a longest travel of 2.5 to 9 km (40 km for one in ten), few large lots, crates of 5 to
//! 15 kg, expiry dates by rayon. Invariant: the same size and seed give the same problem on every machine; there is
//! no floating-point number here.

use crate::problem::{Candidate, Exclusion, Lot, Need, Problem, Rayon, Reason, Structure};

/// Per rayon: grams per person and week, temperature, shortest and longest life in days, and whether it is pork.
const RAYONS: [(i64, usize, i64, i64, bool); 13] = [
    (1_750, 0, 1, 6, false),
    (1_540, 0, 60, 300, false),
    (1_050, 0, 60, 300, false),
    (840, 0, 0, 3, false),
    (420, 0, 60, 300, false),
    (280, 0, 60, 300, false),
    (350, 0, 30, 120, false),
    (1_400, 1, 2, 25, false),
    (770, 1, 0, 6, false),
    (420, 1, 1, 10, true),
    (910, 1, 0, 4, false),
    (630, 2, 60, 300, false),
    (280, 2, 60, 300, true),
];

/// The last day of expiry classes 0 to 4; class 5 is longer.
const CLASS_DAYS: [i64; 5] = [1, 3, 7, 14, 30];

/// How large a made-up territory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of structures.
    pub structures: usize,
    /// Number of lots.
    pub lots: usize,
    /// All lots together, in hundredths of all needs.
    pub supply_percent: i64,
}

/// A small, fixed source of numbers that look random (xorshift, Marsaglia 2003).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall in the same way for the same seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from `low` to `high`, both included; `low` if the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let span = (high - low + 1).max(1) as u64;
        low + ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 20) % span) as i64
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// How large a lot is beside others: few are large.
    pub(crate) fn lot_weight(&mut self) -> i64 {
        if self.chance(6) { self.between(600, 2_400) } else { self.between(20, 200) }
    }

    /// A number around `middle`, mostly within ± `spread` × 2 (sum of twelve draws).
    fn around(&mut self, middle: i64, spread: i64) -> i64 {
        let sum: i64 = (0..12).map(|_| self.between(-500, 500)).sum();
        middle + sum * spread / 1000
    }

    /// A number whose logarithm is spread around that of `median`.
    fn skewed(&mut self, median: i64) -> i64 {
        let mut value = median * 1000;
        for _ in 0..8 {
            value = if self.chance(50) { value * 4 / 3 } else { value * 3 / 4 };
        }
        (value / 1000).max(1)
    }
}

/// Makes a territory.
#[must_use]
pub fn generate(size: Size, seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let map = Map::draw(&mut dice, size.structures);
    let mut structures = Vec::with_capacity(size.structures);
    let mut homes = Vec::with_capacity(size.structures);
    let mut needed = 0;
    for _ in 0..size.structures {
        let home = map.home(&mut dice);
        let structure = make_structure(&mut dice, home.opening, home.no_pork);
        needed += structure.needs.iter().filter_map(|need| need.caps.last()).sum::<i64>();
        structures.push(structure);
        homes.push(home);
    }
    let weights: Vec<i64> = (0..size.lots).map(|_| dice.lot_weight()).collect();
    let all: i64 = weights.iter().sum::<i64>().max(1);
    let make = |weight: i64| {
        let arrival = map.arrival(&mut dice);
        let share = i128::from(needed) * i128::from(size.supply_percent * weight) / 100 / i128::from(all);
        arrival.offer(share as i64, arrival.days, &homes)
    };
    let lots = weights.into_iter().map(make).collect();
    Problem {
        temperatures: 3,
        classes: CLASS_DAYS.len() + 1,
        rayons: rayons(),
        structures,
        lots,
        tolerance_permille: 10,
    }
}

/// The 13 rayons.
pub(crate) fn rayons() -> Vec<Rayon> {
    RAYONS.iter().map(|&(_, temperature, ..)| Rayon { temperature }).collect()
}

/// The expiry class of what lasts so many more days.
pub(crate) fn class_of(days: i64) -> usize {
    CLASS_DAYS.iter().position(|&last| days <= last).unwrap_or(CLASS_DAYS.len())
}

/// Where people live and give.
#[derive(Clone, Debug)]
pub(crate) struct Map {
    radius: i64,
    towns: Vec<(i64, i64)>,
}

/// Where a structure is, and its ways.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    at: (i64, i64),
    /// In how many days it opens next.
    pub(crate) opening: i64,
    pub(crate) no_pork: bool,
    reach: i64,
}

/// A lot before anybody has been asked.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    at: (i64, i64),
    pub(crate) rayon: usize,
    /// How many days it lasts.
    pub(crate) days: i64,
    crate_grams: i64,
}

impl Map {
    pub(crate) fn draw(dice: &mut Dice, structures: usize) -> Self {
        let radius = 380 * i64::try_from(structures.isqrt()).unwrap_or(1).max(1);
        let town = |_| (dice.between(-radius, radius), dice.between(-radius, radius));
        Self { radius, towns: (0..1 + structures / 25).map(town).collect() }
    }

    fn place(&self, dice: &mut Dice) -> (i64, i64) {
        if dice.chance(60) {
            let (x, y) = self.towns[dice.between(0, self.towns.len() as i64 - 1) as usize];
            (dice.around(x, 1_500), dice.around(y, 1_500))
        } else {
            (dice.between(-self.radius, self.radius), dice.between(-self.radius, self.radius))
        }
    }

    pub(crate) fn home(&self, dice: &mut Dice) -> Home {
        let at = self.place(dice);
        let opening = dice.between(0, 4);
        let no_pork = dice.chance(30);
        let reach = if dice.chance(10) { 40_000 } else { dice.between(2_500, 9_000) };
        Home { at, opening, no_pork, reach }
    }

    pub(crate) fn arrival(&self, dice: &mut Dice) -> Arrival {
        let at = self.place(dice);
        let rayon = pick_rayon(dice);
        let days = dice.between(RAYONS[rayon].2, RAYONS[rayon].3);
        Arrival { at, rayon, days, crate_grams: 1_000 * dice.between(5, 15) }
    }
}

impl Arrival {
    /// The lot of about so many grams (one crate at least), lasting `days` more days, as the homes see it today.
    pub(crate) fn offer(&self, grams: i64, days: i64, homes: &[Home]) -> Lot {
        let &Self { rayon, crate_grams, .. } = self;
        let grams = (grams / crate_grams).max(1) * crate_grams;
        let mut lot = Lot { rayon, class: class_of(days), grams, crate_grams, ..Lot::default() };
        for (structure, home) in (0_u32..).zip(homes) {
            let (dx, dy) = (self.at.0 - home.at.0, self.at.1 - home.at.1);
            let metres = (dx * dx + dy * dy).isqrt() * 135 / 100;
            if metres > home.reach {
                continue;
            }
            let reason = if RAYONS[rayon].4 && home.no_pork {
                Some(Reason::Diet)
            } else if home.opening > days {
                Some(Reason::ClosedBeforeExpiry)
            } else {
                None
            };
            match reason {
                Some(reason) => lot.exclusions.push(Exclusion { structure, reason }),
                None => lot.candidates.push(Candidate { structure, metres: metres as u32 }),
            }
        }
        lot
    }
}

/// What a structure can take before each class expires, of a need that it hands out in four days from its opening,
/// some of which it has already.
pub(crate) fn caps(need: i64, opening: i64, stock: i64) -> Vec<i64> {
    let left = (need - stock).max(0);
    let before = |&last: &i64| if last < opening { 0 } else { need * (1 + last - opening) / 4 - stock };
    CLASS_DAYS.iter().map(before).map(|grams| grams.clamp(0, left)).chain([left]).collect()
}

pub(crate) fn make_structure(dice: &mut Dice, opening: i64, no_pork: bool) -> Structure {
    let people = dice.skewed(180);
    let mut needs = Vec::new();
    let mut wanted = [0_i64; 3];
    for (rayon, &(grams, temperature, _, _, pork)) in RAYONS.iter().enumerate() {
        if (pork && no_pork) || dice.chance(15) {
            continue;
        }
        let need = people * grams * dice.between(60, 140) / 100;
        wanted[temperature] += need;
        needs.push(Need { rayon, caps: caps(need, opening, 0) });
    }
    let mut storage = |temperature: usize, absent: i64| {
        if dice.chance(absent) { 0 } else { wanted[temperature] * dice.between(50, 180) / 100 }
    };
    let storage = vec![storage(0, 0), storage(1, 15), storage(2, 45)];
    let today: i64 = wanted.iter().sum::<i64>();
    let past = today * dice.between(5, 30);
    let fill = dice.around(600, 150).clamp(0, 1_500);
    Structure { past_grams: past * fill / 1000, weight: past + today, storage, needs }
}

fn pick_rayon(dice: &mut Dice) -> usize {
    let all: i64 = RAYONS.iter().map(|rayon| rayon.0).sum();
    let mut draw = dice.between(0, all - 1);
    for (r, rayon) in RAYONS.iter().enumerate() {
        if draw < rayon.0 {
            return r;
        }
        draw -= rayon.0;
    }
    0
}
