//! What came of a simulation, in figures.
//!
//! Invariant: shares are in ten-thousandths, rounded down, from whole sums; nothing is a float.

use serde::{Deserialize, Serialize};

use crate::plan::CrateShare;
use crate::problem::Problem;

/// Ten-thousandths.
const WHOLE: i128 = 10_000;

/// Days in a fortnight.
const FORTNIGHT: usize = 14;

/// The figures of one policy. A level is what a structure received over what it needed, all days together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Grams given, in ten-thousandths of what arrived.
    pub given: i64,
    /// Grams not given at the end that still keep, in ten-thousandths of what arrived; the rest was lost.
    pub waiting: i64,
    /// The lowest level, in ten-thousandths.
    pub worst: i64,
    /// The level that nine in ten structures reach, in ten-thousandths.
    pub tenth: i64,
    /// Gini coefficient of the levels, in ten-thousandths.
    pub gini: i64,
    /// The lowest level within each fortnight, in the mean, in ten-thousandths.
    pub worst_fortnight: i64,
    /// How far a kilogram travels, in metres.
    pub metres: i64,
    /// Receivers per lot and day on which some of it is given, in hundredths.
    pub receivers: i64,
    /// Days of reception per structure and week, in hundredths.
    pub receptions: i64,
}

impl Figures {
    /// The figures that levels alone tell.
    pub(super) fn of_levels(received: &[i64], needs: &[i64], arrived: i64) -> Self {
        let mut levels: Vec<i128> = levels(received, needs, 1_000_000);
        levels.sort_unstable();
        let many = levels.len();
        let sum: i128 = levels.iter().sum();
        // Over sorted levels, the sum of all differences is a weighted sum.
        let weighted = levels.iter().enumerate().map(|(i, level)| (2 * i as i128 + 1 - many as i128) * level);
        let part = |level: Option<&i128>| level.map_or(0, |level| (level / 100) as i64);
        Self {
            given: ratio(received.iter().map(|&g| i128::from(g)).sum(), arrived.into(), WHOLE),
            worst: part(levels.first()),
            tenth: part(levels.get(many / 10)),
            gini: ratio(weighted.sum(), sum * many as i128, WHOLE),
            ..Self::default()
        }
    }
}

fn levels(received: &[i64], needs: &[i64], whole: i128) -> Vec<i128> {
    let both = received.iter().zip(needs).filter(|&(_, &need)| need > 0);
    both.map(|(&grams, &need)| i128::from(grams) * whole / i128::from(need)).collect()
}

fn ratio(part: i128, of: i128, whole: i128) -> i64 {
    i64::try_from(part * whole / of.max(1)).unwrap_or(i64::MAX)
}

/// What is counted day by day.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    received: Vec<i64>,
    needs: Vec<i64>,
    fortnight: (Vec<i64>, Vec<i64>),
    worst_of_fortnights: Vec<i128>,
    days: usize,
    gram_metres: i128,
    lots: i128,
    shares: i128,
    receptions: i128,
}

impl Tally {
    pub(super) fn new(structures: usize) -> Self {
        Self {
            received: vec![0; structures],
            needs: vec![0; structures],
            fortnight: (vec![0; structures], vec![0; structures]),
            worst_of_fortnights: Vec::new(),
            days: 0,
            gram_metres: 0,
            lots: 0,
            shares: 0,
            receptions: 0,
        }
    }

    /// Counts one day.
    pub(super) fn count(&mut self, problem: &Problem, needs: &[i64], shares: &[CrateShare]) {
        let mut today = vec![0; self.received.len()];
        let mut given = vec![false; problem.lots.len()];
        for share in shares {
            today[share.structure] += share.grams;
            given[share.lot] = true;
            let way =
                problem.lots[share.lot].candidates.iter().find(|c| c.structure as usize == share.structure);
            self.gram_metres += i128::from(share.grams) * way.map_or(0, |way| i128::from(way.metres));
        }
        self.shares += shares.len() as i128;
        self.lots += given.iter().filter(|&&given| given).count() as i128;
        self.receptions += today.iter().filter(|&&grams| grams > 0).count() as i128;
        for a in 0..today.len() {
            self.received[a] += today[a];
            self.needs[a] += needs[a];
            self.fortnight.0[a] += today[a];
            self.fortnight.1[a] += needs[a];
        }
        self.days += 1;
        if self.days.is_multiple_of(FORTNIGHT) {
            let worst = levels(&self.fortnight.0, &self.fortnight.1, WHOLE).into_iter().min();
            self.worst_of_fortnights.extend(worst);
            self.fortnight.0.fill(0);
            self.fortnight.1.fill(0);
        }
    }

    /// The figures, of so many grams arrived and so many that still wait.
    pub(super) fn figures(&self, arrived: i64, waiting: i64) -> Figures {
        let given: i128 = self.received.iter().map(|&grams| i128::from(grams)).sum();
        let weeks = (self.days * self.received.len()) as i128;
        let fortnights = self.worst_of_fortnights.len() as i128;
        Figures {
            waiting: ratio(waiting.into(), arrived.into(), WHOLE),
            worst_fortnight: ratio(self.worst_of_fortnights.iter().sum(), fortnights, 1),
            metres: ratio(self.gram_metres, given, 1),
            receivers: ratio(self.shares, self.lots, 100),
            receptions: ratio(self.receptions * 7, weeks, 100),
            ..Figures::of_levels(&self.received, &self.needs, arrived)
        }
    }
}
