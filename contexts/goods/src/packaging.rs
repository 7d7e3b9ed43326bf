//! « Conditionnement »: crate, carton, pallet; what people count in when nobody has weighed.
//!
//! Invariant: the factor to grams is a whole number of grams above zero, readable and editable; what it
//! converts stays « estimé ».

use kernel::{Grams, Locale};
use serde::{Deserialize, Serialize};

/// A packaging of a coordination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packaging {
    /// Its code.
    pub code: String,
    /// Its French name.
    pub name_fr: String,
    /// Its English name.
    pub name_en: String,
    /// Its place in lists, smaller first.
    pub rank: i64,
    /// What one of them weighs.
    pub grams: Grams,
}

impl Packaging {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.name_fr,
            Locale::En => &self.name_en,
        }
    }

    /// A mark of everything that can be changed in it: two people who saw the same packaging hold the same mark.
    #[must_use]
    pub fn mark(&self) -> String {
        kernel::secret::fingerprint(&format!("{}\n{}\n{}", self.name_fr, self.name_en, self.grams.0))
    }

    /// What `count` of them weigh, or `None` beyond what can be counted.
    #[must_use]
    pub fn weigh(&self, count: i64) -> Option<Grams> {
        self.grams.times(count)
    }
}

/// Code, French and English name, grams of one: the packagings every coordination starts with. A crate of fruit
/// or yoghurts is about 8 kg, a pallet about 400 kg; a convention to be changed where the scale says otherwise.
pub(crate) const DEFAULTS: [(&str, &str, &str, i64); 5] = [
    ("crate", "Cagette", "Crate", 8_000),
    ("carton", "Carton", "Carton", 6_000),
    ("bag", "Sac", "Bag", 5_000),
    ("parcel", "Colis", "Parcel", 7_000),
    ("pallet", "Palette", "Pallet", 400_000),
];
