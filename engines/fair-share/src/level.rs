//! Pouring a quantity over claims so that the levels come out equal, exactly, in whole grams.
//!
//! Invariant: grams are handed out one by one, in thought, in the order (level before that gram, weight, rank);
//! [`pour`] finds where that order stops without walking through it. Every engine module uses this one order, so
//! the optimum in integers is unique.

use std::cmp::Ordering;

/// One structure's claim: its past, its weight, and the bounds on what it gets today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) past: i64,
    pub(crate) weight: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) rank: u32,
}

impl Claim {
    /// The place in the common order of the gram that follows `grams`.
    pub(crate) const fn next(&self, grams: i64) -> Rung {
        Rung { grams: self.past.saturating_add(grams), weight: self.weight, rank: self.rank }
    }
}

/// The place of one gram in the common order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rung {
    grams: i64,
    weight: i64,
    rank: u32,
}

impl Ord for Rung {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.grams) * i128::from(other.weight);
        let right = i128::from(other.grams) * i128::from(self.weight);
        left.cmp(&right).then(self.weight.cmp(&other.weight)).then(self.rank.cmp(&other.rank))
    }
}

impl PartialOrd for Rung {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What each claim gets when `total` grams are poured, or `None` when the claims cannot hold them.
pub(crate) fn pour(claims: &[Claim], total: i128) -> Option<Vec<i64>> {
    if claims.iter().map(|c| i128::from(c.high)).sum::<i128>() < total {
        return None;
    }
    let scale = claims.iter().map(|c| 64 - c.weight.leading_zeros()).max().unwrap_or(0);
    let share = |claim: &Claim, mark: i128| -> i64 {
        let (whole, part) = (mark >> scale, mark & ((1 << scale) - 1));
        let weight = i128::from(claim.weight);
        let below = whole * weight + ((part * weight + (1 << scale) - 1) >> scale) - i128::from(claim.past);
        below.clamp(i128::from(claim.low), i128::from(claim.high.max(claim.low))) as i64
    };
    let poured = |mark: i128| claims.iter().map(|c| i128::from(share(c, mark))).sum::<i128>();
    let top =
        claims.iter().map(|c| (i128::from(c.past) + i128::from(c.high)) / i128::from(c.weight) + 1).max();
    let (mut low, mut high) = (0_i128, (top.unwrap_or(0) + 1) << scale);
    while high - low > 1 {
        let middle = i128::midpoint(low, high);
        if poured(middle) <= total {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut shares: Vec<i64> = claims.iter().map(|c| share(c, low)).collect();
    let rest = total - shares.iter().map(|&s| i128::from(s)).sum::<i128>();
    let mut window: Vec<usize> =
        (0..claims.len()).filter(|&i| share(&claims[i], low + 1) > shares[i]).collect();
    window.sort_unstable_by_key(|&i| claims[i].next(shares[i]));
    for i in window.into_iter().take(usize::try_from(rest).unwrap_or(0)) {
        shares[i] += 1;
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::{Claim, pour};

    fn claim(past: i64, weight: i64, high: i64, rank: u32) -> Claim {
        Claim { past, weight, low: 0, high, rank }
    }

    /// Walks through the order gram by gram.
    fn walk(claims: &[Claim], total: i64) -> Vec<i64> {
        let mut shares: Vec<i64> = claims.iter().map(|c| c.low).collect();
        for _ in 0..total - shares.iter().sum::<i64>() {
            let next = (0..claims.len())
                .filter(|&i| shares[i] < claims[i].high)
                .min_by_key(|&i| claims[i].next(shares[i]))
                .unwrap();
            shares[next] += 1;
        }
        shares
    }

    #[test]
    fn the_odd_gram_goes_to_the_first() {
        assert_eq!(pour(&[claim(0, 1, 9, 0), claim(0, 1, 9, 1)], 3), Some(vec![2, 1]));
    }

    #[test]
    fn too_much_is_refused() {
        assert_eq!(pour(&[claim(0, 1, 9, 0)], 10), None);
        assert_eq!(pour(&[], 0), Some(vec![]));
        assert_eq!(pour(&[], 1), None);
    }

    #[test]
    fn largest_quantities_do_not_overflow() {
        let big = 1_000_000_000_000_000;
        let claims = [claim(big, 1, 1_000_000 * 1_000_000_000, 0), claim(0, big, big, 1)];
        assert_eq!(pour(&claims, i128::from(big) + 5), Some(vec![5, big]));
    }

    #[test]
    fn agrees_with_walking_gram_by_gram() {
        let mut seed = 7_u64;
        let mut draw = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % n) as i64
        };
        for _ in 0..400 {
            let mut claims = Vec::new();
            for rank in 0..1 + draw(6) as u32 {
                let low = draw(5);
                claims.push(Claim { past: draw(12), weight: 1 + draw(9), low, high: low + draw(15), rank });
            }
            let least: i64 = claims.iter().map(|c| c.low).sum();
            let most: i64 = claims.iter().map(|c| c.high).sum();
            let total = least + draw((most - least + 1) as u64);
            assert_eq!(pour(&claims, total.into()), Some(walk(&claims, total)), "{claims:?} {total}");
        }
    }
}
