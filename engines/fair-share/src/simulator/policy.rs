//! Ways of sharing, from the telephone to the engine.
//!
//! Invariant: every policy gives whole crates within the limits of the day.

use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::gather::solve_gathered;
use crate::online::{self, USUAL_METRE_PRICE};
use crate::plan::CrateShare;
use crate::problem::Problem;
use crate::solve::Options;
use crate::validate::Invalid;

/// Who decides, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Each lot to the nearest that can take some: telephone calls.
    NearestFirst,
    /// Each lot in proportion to what each needs in a day, rounded down to crates.
    ProRata,
    /// Each crate to whoever has received least today for its need.
    WaterToday,
    /// Each crate to whoever has received least for its need, past included.
    WaterMemory,
    /// Urgent lots crate by crate as they come, everything else in the daily batch.
    UrgentThenBatch,
    /// Everything in the daily batch.
    Batch,
    /// The daily batch, without deliveries below so many thousandths of the need of a week.
    Gathered {
        /// The smallest delivery, in thousandths of what the structure needs in a week.
        minimum_permille: u32,
    },
}

impl Policy {
    /// Shares the lots of a day; `needs` is what each structure needs in a day.
    pub(super) fn share(
        self,
        problem: &Problem,
        needs: &[i64],
        options: &Options,
    ) -> Result<Vec<CrateShare>, Invalid> {
        match self {
            Self::NearestFirst => lot_by_lot(problem.clone(), nearest),
            Self::ProRata => lot_by_lot(problem.clone(), |problem, lot| Ok(pro_rata(problem, lot, needs))),
            Self::WaterToday => {
                let mut today = problem.clone();
                for (structure, &need) in today.structures.iter_mut().zip(needs) {
                    (structure.past_grams, structure.weight) = (0, need);
                }
                lot_by_lot(today, |problem, lot| online::pour_lot(problem, lot, 0))
            }
            Self::WaterMemory => {
                lot_by_lot(problem.clone(), |problem, lot| online::pour_lot(problem, lot, 0))
            }
            Self::UrgentThenBatch => {
                let mut desk = Desk::open(problem.clone())?;
                let mut shares = Vec::new();
                for lot in (0..problem.lots.len()).filter(|&l| problem.lots[l].class == 0) {
                    for share in desk.pour(lot, USUAL_METRE_PRICE)? {
                        desk.accept(lot, share.structure, share.grams)?;
                        shares.push(share);
                    }
                }
                shares.extend(desk.batch(options)?.crates);
                Ok(shares)
            }
            Self::Batch => Ok(Desk::open(problem.clone())?.batch(options)?.crates),
            Self::Gathered { minimum_permille } => {
                let least = |&need: &i64| need.saturating_mul(7 * i64::from(minimum_permille)) / 1_000;
                let minimum: Vec<i64> = needs.iter().map(least).collect();
                Ok(solve_gathered(problem, &minimum, options, &mut || true)?.plan.crates)
            }
        }
    }
}

/// Shares each lot in turn, each knowing what the ones before have brought.
fn lot_by_lot(
    problem: Problem,
    give: impl Fn(&Problem, usize) -> Result<Vec<CrateShare>, Invalid>,
) -> Result<Vec<CrateShare>, Invalid> {
    let lots = problem.lots.len();
    let mut desk = Desk::open(problem)?;
    let mut shares = Vec::new();
    for lot in 0..lots {
        for share in give(desk.problem(), lot)? {
            desk.accept(lot, share.structure, share.grams)?;
            shares.push(share);
        }
    }
    Ok(shares)
}

#[expect(clippy::unnecessary_wraps, reason = "the other ways can be refused")]
fn nearest(problem: &Problem, lot: usize) -> Result<Vec<CrateShare>, Invalid> {
    let it = &problem.lots[lot];
    let mut near: Vec<(u32, u32)> = it.candidates.iter().map(|c| (c.metres, c.structure)).collect();
    near.sort_unstable();
    let (mut left, mut shares) = (it.grams, Vec::new());
    for (_, a) in near {
        let size = it.crate_grams.max(1);
        let crates = left.min(online::room(problem, it, a as usize)) / size;
        if crates > 0 {
            shares.push(CrateShare { lot, structure: a as usize, crates, grams: crates * size });
            left -= crates * size;
        }
    }
    Ok(shares)
}

fn pro_rata(problem: &Problem, lot: usize, needs: &[i64]) -> Vec<CrateShare> {
    let it = &problem.lots[lot];
    let size = it.crate_grams.max(1);
    let rooms =
        it.candidates.iter().map(|c| (c.structure as usize, online::room(problem, it, c.structure as usize)));
    let able: Vec<(usize, i64)> = rooms.filter(|&(_, room)| room >= size).collect();
    let all: i128 = able.iter().map(|&(a, _)| i128::from(needs[a])).sum();
    let share = |&(structure, room): &(usize, i64)| {
        let part = i128::from(it.grams) * i128::from(needs[structure]) / all.max(1);
        let crates = (part as i64).min(room) / size;
        CrateShare { lot, structure, crates, grams: crates * size }
    };
    able.iter().map(share).filter(|share| share.crates > 0).collect()
}
