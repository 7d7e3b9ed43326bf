//! Says what is wrong with a problem, with the path of the field.
//!
//! Invariant: after [`validate`] succeeds, every index is in range and no sum of the engine can overflow.

use std::fmt;

use crate::problem::{Lot, MAX_CLASSES, MAX_QUANTITY, MAX_TOLERANCE, MAX_TOTAL, Problem, Structure};

/// Most structures × rayons: tables of this size are kept.
const MOST_DOORS: usize = 1 << 24;

/// Why a problem was refused: the field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The path of the field, for instance `lots[3].grams`.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Below zero.
    Negative,
    /// Zero or below.
    NotPositive,
    /// Above [`MAX_QUANTITY`], or above what is there.
    TooLarge,
    /// All lots together are above [`MAX_TOTAL`].
    TotalTooLarge,
    /// Names something that does not exist.
    OutOfRange,
    /// Has another length than the problem says.
    WrongLength,
    /// Says the same thing twice, or a thing and its contrary.
    Repeated,
    /// More entries than the engine can number.
    TooMany,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "must not be negative",
            Self::NotPositive => "must be positive",
            Self::TooLarge => "is too large",
            Self::TotalTooLarge => "must not add up to more than 10^18 grams",
            Self::OutOfRange => "names something that does not exist",
            Self::WrongLength => "does not have the length that the problem announces",
            Self::Repeated => "appears twice",
            Self::TooMany => "are too many",
        })
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.fault)
    }
}

impl std::error::Error for Invalid {}

fn invalid(path: impl Into<String>, fault: Fault) -> Invalid {
    Invalid { path: path.into(), fault }
}

fn quantity(value: i64, path: impl FnOnce() -> String) -> Result<(), Invalid> {
    if value < 0 {
        return Err(invalid(path(), Fault::Negative));
    }
    if value > MAX_QUANTITY {
        return Err(invalid(path(), Fault::TooLarge));
    }
    Ok(())
}

/// Checks every field of a problem.
///
/// # Errors
/// The first field that is wrong, in the order of the problem.
pub fn validate(problem: &Problem) -> Result<(), Invalid> {
    if problem.classes > MAX_CLASSES {
        return Err(invalid("classes", Fault::TooMany));
    }
    if problem.tolerance_permille > MAX_TOLERANCE {
        return Err(invalid("tolerance_permille", Fault::TooLarge));
    }
    let limit = u32::MAX as usize / 8;
    if problem.structures.len() > limit {
        return Err(invalid("structures", Fault::TooMany));
    }
    if problem.lots.len() > limit {
        return Err(invalid("lots", Fault::TooMany));
    }
    if problem.structures.len().saturating_mul(problem.rayons.len()) > MOST_DOORS {
        return Err(invalid("rayons", Fault::TooMany));
    }
    for (r, rayon) in problem.rayons.iter().enumerate() {
        if rayon.temperature >= problem.temperatures {
            return Err(invalid(format!("rayons[{r}].temperature"), Fault::OutOfRange));
        }
    }
    let mut asked = vec![usize::MAX; problem.rayons.len()];
    let mut nodes = 0_usize;
    for (a, structure) in problem.structures.iter().enumerate() {
        validate_structure(problem, a, structure, &mut asked)?;
        nodes = nodes.saturating_add(1 + structure.storage.len() + structure.needs.len() * problem.classes);
    }
    if nodes > limit {
        return Err(invalid("structures", Fault::TooMany));
    }
    let mut named = vec![usize::MAX; problem.structures.len()];
    let (mut total, mut pairs) = (0_i64, 0_usize);
    for (l, lot) in problem.lots.iter().enumerate() {
        validate_lot(problem, l, lot, &mut named)?;
        total = total.saturating_add(lot.grams);
        pairs += lot.candidates.len();
    }
    if total > MAX_TOTAL {
        return Err(invalid("lots", Fault::TotalTooLarge));
    }
    if pairs > u32::MAX as usize / 2 {
        return Err(invalid("lots", Fault::TooMany));
    }
    Ok(())
}

fn validate_structure(
    problem: &Problem,
    a: usize,
    structure: &Structure,
    asked: &mut [usize],
) -> Result<(), Invalid> {
    quantity(structure.past_grams, || format!("structures[{a}].past_grams"))?;
    quantity(structure.weight, || format!("structures[{a}].weight"))?;
    if structure.storage.len() != problem.temperatures {
        return Err(invalid(format!("structures[{a}].storage"), Fault::WrongLength));
    }
    for (i, &grams) in structure.storage.iter().enumerate() {
        quantity(grams, || format!("structures[{a}].storage[{i}]"))?;
    }
    for (i, need) in structure.needs.iter().enumerate() {
        let Some(slot) = asked.get_mut(need.rayon) else {
            return Err(invalid(format!("structures[{a}].needs[{i}].rayon"), Fault::OutOfRange));
        };
        if std::mem::replace(slot, a) == a {
            return Err(invalid(format!("structures[{a}].needs[{i}].rayon"), Fault::Repeated));
        }
        if need.caps.len() != problem.classes {
            return Err(invalid(format!("structures[{a}].needs[{i}].caps"), Fault::WrongLength));
        }
        for (k, &grams) in need.caps.iter().enumerate() {
            quantity(grams, || format!("structures[{a}].needs[{i}].caps[{k}]"))?;
        }
    }
    Ok(())
}

fn validate_lot(problem: &Problem, l: usize, lot: &Lot, named: &mut [usize]) -> Result<(), Invalid> {
    if lot.rayon >= problem.rayons.len() {
        return Err(invalid(format!("lots[{l}].rayon"), Fault::OutOfRange));
    }
    if lot.class >= problem.classes {
        return Err(invalid(format!("lots[{l}].class"), Fault::OutOfRange));
    }
    quantity(lot.grams, || format!("lots[{l}].grams"))?;
    quantity(lot.crate_grams, || format!("lots[{l}].crate_grams"))?;
    let candidates = lot.candidates.iter().map(|c| c.structure).enumerate();
    let exclusions = lot.exclusions.iter().map(|x| x.structure).enumerate();
    let both =
        candidates.map(|(i, s)| ("candidates", i, s)).chain(exclusions.map(|(i, s)| ("exclusions", i, s)));
    for (list, i, structure) in both {
        let Some(slot) = named.get_mut(structure as usize) else {
            return Err(invalid(format!("lots[{l}].{list}[{i}].structure"), Fault::OutOfRange));
        };
        if std::mem::replace(slot, l) == l {
            return Err(invalid(format!("lots[{l}].{list}[{i}].structure"), Fault::Repeated));
        }
    }
    Ok(())
}
