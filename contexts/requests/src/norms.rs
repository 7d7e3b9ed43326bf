//! How much a group of households needs of a family in a week: the « pour N foyers » helper.
//!
//! Invariant: a norm is a help to fill a form, never a limit; what is typed wins.

use goods::Family;
use kernel::Grams;

/// Persons per household where the structure has not said: 22 for ten households, the French mean
/// (INSEE, population census 2021: 2.17 persons per household).
const PERSONS_PER_TEN_HOUSEHOLDS: i64 = 22;

/// How many persons a count stands for: persons where given, else households at the structure's own mean size
/// where its card gives both counts, else at the French mean; rounded up, because half a person eats too.
#[must_use]
pub fn persons(persons: Option<i64>, households: Option<i64>, card: Option<(i64, i64)>) -> Option<i64> {
    if let Some(persons) = persons {
        return Some(persons);
    }
    let households = households?;
    let (for_persons, for_households) = match card {
        Some((persons, households)) if persons > 0 && households > 0 => (persons, households),
        _ => (PERSONS_PER_TEN_HOUSEHOLDS, 10),
    };
    Some(households.saturating_mul(for_persons).saturating_add(for_households - 1) / for_households)
}

/// What so many persons need of a family in a week, rounded up to the kilogram.
#[must_use]
pub fn weekly(family: &Family, persons: i64) -> Grams {
    let grams = persons.max(0).saturating_mul(family.norm_grams.0);
    Grams(grams.saturating_add(999) / 1_000 * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households_become_persons() {
        assert_eq!(persons(Some(7), Some(40), None), Some(7));
        assert_eq!(persons(None, Some(40), None), Some(88));
        assert_eq!(persons(None, Some(1), None), Some(3));
        assert_eq!(persons(None, Some(40), Some((300, 100))), Some(120));
        assert_eq!(persons(None, Some(40), Some((300, 0))), Some(88));
        assert_eq!(persons(None, None, Some((300, 100))), None);
    }
}
