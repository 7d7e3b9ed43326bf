//! « Famille de denrées »: the rayons in which a coordination counts needs and gifts.
//!
//! Invariant: a family's code never changes; its names, norm and place in the order do.

use kernel::{Grams, Locale};
use serde::{Deserialize, Serialize};

/// The word by which lots and requests name a family: lower-case letters, digits and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FamilyCode(pub String);

kernel::sql_transparent!(FamilyCode, String);

impl FamilyCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FamilyCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl std::fmt::Display for FamilyCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A family of a coordination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its code.
    pub code: FamilyCode,
    /// Its French name.
    pub name_fr: String,
    /// Its English name.
    pub name_en: String,
    /// Its place in lists, smaller first.
    pub rank: i64,
    /// The share of a weekly need it stands for, in grams per person and week: a convention of the
    /// coordination, not a fact.
    pub norm_grams: Grams,
    /// Whether it is offered in forms; set aside, it still names what was recorded under it.
    pub active: bool,
}

impl Family {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.name_fr,
            Locale::En => &self.name_en,
        }
    }

    /// A mark of everything that can be changed in it: two people who saw the same family hold the same mark.
    #[must_use]
    pub fn mark(&self) -> String {
        let seen = format!("{}\n{}\n{}\n{}", self.name_fr, self.name_en, self.norm_grams.0, self.active);
        kernel::secret::fingerprint(&seen)
    }

    /// Whether its goods are usually of animal origin, for the origin gate.
    #[must_use]
    pub fn is_animal(&self) -> bool {
        is_animal(&self.code)
    }
}

/// Whether a default family's goods are usually of animal origin; a family that a coordination made up is
/// taken to be, so that the question is asked.
#[must_use]
pub fn is_animal(code: &FamilyCode) -> bool {
    DEFAULTS.iter().find(|default| default.code == code.0).is_none_or(|default| default.animal)
}

/// A family every coordination starts with.
pub(crate) struct Default {
    pub(crate) code: &'static str,
    pub(crate) name_fr: &'static str,
    pub(crate) name_en: &'static str,
    /// Grams per person and week.
    pub(crate) norm: i64,
    animal: bool,
}

/// The twelve families every coordination starts with. Their norms are a starting convention to be discussed and
/// changed, not a nutritional fact. Basis: the French public guidance of five portions of fruit and vegetables
/// of about 80 g a day (2 800 g a week), two dairy products a day of about 125 g (1 750 g), one portion of
/// meat, fish or eggs a day of about 100 g (700 g), starches at each meal (1 400 g dry weight and bread), added
/// fats of about 25 g a day (175 g). The others are averages over everybody, children included.
pub(crate) const DEFAULTS: [Default; 12] = [
    Default {
        code: "fruit_vegetables",
        name_fr: "Fruits et légumes",
        name_en: "Fruit and vegetables",
        norm: 2_800,
        animal: false,
    },
    Default { code: "starches", name_fr: "Féculents", name_en: "Starches", norm: 1_400, animal: false },
    Default { code: "dairy", name_fr: "Produits laitiers", name_en: "Dairy", norm: 1_750, animal: true },
    Default {
        code: "meat_fish_eggs",
        name_fr: "Viandes, poissons, œufs",
        name_en: "Meat, fish, eggs",
        norm: 700,
        animal: true,
    },
    Default { code: "fats", name_fr: "Matières grasses", name_en: "Fats", norm: 175, animal: false },
    Default {
        code: "sweet",
        name_fr: "Produits sucrés",
        name_en: "Sweet products",
        norm: 250,
        animal: false,
    },
    Default {
        code: "ready_meals",
        name_fr: "Plats préparés",
        name_en: "Ready meals",
        norm: 500,
        animal: true,
    },
    Default { code: "drinks", name_fr: "Boissons", name_en: "Drinks", norm: 1_000, animal: false },
    Default {
        code: "infant",
        name_fr: "Alimentation infantile",
        name_en: "Infant food",
        norm: 150,
        animal: false,
    },
    Default { code: "hygiene", name_fr: "Hygiène", name_en: "Hygiene", norm: 100, animal: false },
    Default { code: "cleaning", name_fr: "Entretien", name_en: "Cleaning", norm: 100, animal: false },
    Default { code: "other", name_fr: "Autre", name_en: "Other", norm: 100, animal: true },
];
