//! What people do with families and packagings. Facilitators change them, with the change readable by every member;
//! what was recorded under a family or weighed by a packaging stays as it was.

pub mod add_family;
pub mod add_packaging;
pub mod edit_family;
pub mod edit_packaging;
pub mod install_defaults;
pub mod remove_packaging;

use kernel::{Grams, text};
use serde::Serialize;

/// Characters of a name at most.
pub const LONGEST_NAME: usize = 60;
/// Grams per person and week at most: no convention reaches 50 kg.
pub const MOST_NORM: Grams = Grams::kg(50);
/// Grams of one packaging at most: a lorry's load.
pub const MOST_PACKAGING: Grams = Grams::kg(40_000);

/// Why a family or a packaging is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has no French name.
    NameMissing,
    /// Another one is called the same.
    NameTaken,
    /// The norm is below zero or beyond [`MOST_NORM`].
    NormOutOfBounds,
    /// One weighs nothing, or more than [`MOST_PACKAGING`].
    WeightOutOfBounds,
}

/// A name in both languages; the English one is the French one where nobody gave it.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    /// In French.
    pub fr: String,
    /// In English; may be empty.
    pub en: String,
}

impl Names {
    /// Both, on one line each.
    pub(crate) fn read(&self) -> Result<(String, String), Refused> {
        let fr = text::one_line(&self.fr);
        let en = text::one_line(&self.en);
        if fr.is_empty() {
            return Err(Refused::NameMissing);
        }
        Ok(if en.is_empty() { (fr.clone(), fr) } else { (fr, en) })
    }
}

/// A code made of a name, that none of the others has: `cafe_the`, `cafe_the_2`.
pub(crate) fn code_of<'c>(name: &str, taken: impl Iterator<Item = &'c str> + Clone) -> String {
    let folded = text::fold(name).replace(' ', "_");
    let base: String = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
    let base = if base.trim_matches('_').is_empty() { "famille".to_owned() } else { base };
    let mut code = base.clone();
    let mut number = 1;
    while taken.clone().any(|other| other == code) {
        number += 1;
        code = format!("{base}_{number}");
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_plain_and_new() {
        assert_eq!(code_of("Café & thé", [].into_iter()), "cafe_the");
        assert_eq!(code_of("Café, thé", ["cafe_the", "cafe_the_2"].into_iter()), "cafe_the_3");
        assert_eq!(code_of("…", [].into_iter()), "famille");
    }
}
