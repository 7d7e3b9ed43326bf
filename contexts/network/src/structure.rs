//! Structures: « structure » or « acteur » in the field. Any body or informal group, with or without a legal number.
//!
//! Invariant: a number that is there is well formed ([`Siret`], [`Rna`]); a structure without one is a full structure.

use chrono::{DateTime, Utc};
use kernel::StructureId;
use serde::{Deserialize, Serialize};

use crate::coded;

coded! {
    /// What a structure is.
    StructureKind {
        /// An association under the law of 1901, or a foundation.
        Association = "association",
        /// A « centre communal d’action sociale », or its intercommunal form.
        Ccas = "ccas",
        /// A shop, supermarket or bakery.
        Shop = "commerce",
        /// A company of the social and solidarity economy.
        Ess = "ess",
        /// Another public service: school, hospital, département.
        PublicService = "service_public",
        /// A group of citizens without legal form.
        Collective = "collectif",
        /// A company that is no shop: industry, logistics.
        Company = "entreprise",
        /// A farm, a market gardener, a craft producer.
        Producer = "producteur",
        /// Anything else.
        Other = "autre",
    }
}

coded! {
    /// The part of the territory's life a structure comes from: the seats of the round table.
    Sector {
        /// Food aid.
        FoodAid = "aide_alimentaire",
        /// Social action.
        Social = "social",
        /// Solidarity at large.
        Solidarity = "solidarite",
        /// Health.
        Health = "sante",
        /// Childhood and family.
        Childhood = "enfance",
        /// Older people.
        Seniors = "seniors",
        /// Economic development.
        Economy = "developpement_economique",
        /// Citizens' collectives.
        Citizens = "collectif_citoyen",
        /// Social and solidarity economy.
        Ess = "ess",
        /// Trade.
        Trade = "commerce",
        /// Farming.
        Farming = "agriculture",
        /// Anything else.
        Other = "autre",
    }
}

coded! {
    /// « Habilitation » for public food-aid contributions (CASF L266-2). Matters for nothing else.
    Accreditation {
        /// By a national order.
        National = "nationale",
        /// By the prefect of the region.
        Regional = "regionale",
        /// Not the kind of structure that needs one.
        NotConcerned = "non_concernee",
        /// None.
        Without = "aucune",
        /// Nobody said.
        Unknown = "inconnue",
    }
}

coded! {
    /// Where a structure's card stands: spotted → contacted → validated → to review → closed.
    CardState {
        /// Somebody else said that it exists; not public.
        Spotted = "spotted",
        /// Asked whether the card is right.
        Contacted = "contacted",
        /// The structure itself stands by it.
        Validated = "validated",
        /// It has not been confirmed for long.
        ToReview = "to_review",
        /// The structure is no more.
        Closed = "closed",
    }
}

impl CardState {
    /// Whether a card may go from here to `next`: forward along the line, back from review to validated, and to
    /// closed from anywhere. A closed card may be reviewed again.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use CardState::{Closed, Contacted, Spotted, ToReview, Validated};
        matches!(
            (self, next),
            (Spotted, Contacted | Validated | Closed)
                | (Contacted, Validated | Closed)
                | (Validated, ToReview | Closed)
                | (ToReview, Validated | Closed)
                | (Closed, ToReview)
        )
    }
}

/// A structure's identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Its id.
    pub id: StructureId,
    /// Its name, as it writes it.
    pub name: String,
    /// What it is.
    pub kind: StructureKind,
    /// Where it comes from.
    pub sector: Sector,
    /// The national network it belongs to, if any.
    pub head_network: Option<String>,
    /// Its SIRET, 14 digits.
    pub siret: Option<String>,
    /// Its number in the national register of associations, `W` and nine digits.
    pub rna: Option<String>,
    /// Its accreditation.
    pub accreditation: Accreditation,
    /// Where its card stands.
    pub state: CardState,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it was put in the bin, which keeps it for 30 days.
    pub binned_at: Option<DateTime<Utc>>,
    /// Goes up with each change.
    pub version: i64,
}

/// A SIRET: 14 digits with a Luhn key. La Poste's establishments (SIREN 356 000 000) but its seat have digits that
/// sum to a multiple of five instead (INSEE, Sirene documentation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siret(String);

impl Siret {
    /// Reads a SIRET with or without spaces, points and dashes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = compact(text);
        if digits.len() != 14
            || !digits.bytes().all(|b| b.is_ascii_digit())
            || digits.bytes().all(|b| b == b'0')
        {
            return None;
        }
        let plain: u32 = digits.bytes().map(|b| u32::from(b - b'0')).sum();
        let sound = luhn(&digits) || (digits.starts_with("356000000") && plain.is_multiple_of(5));
        sound.then_some(Self(digits))
    }

    /// The 14 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number in the « répertoire national des associations »: `W` and nine characters, mostly digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rna(String);

impl Rna {
    /// Reads an RNA number, in any case, with or without spaces. Overseas numbers may hold letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let upper = compact(text).to_ascii_uppercase();
        let rest = upper.strip_prefix('W')?;
        let sound = rest.len() == 9
            && rest.bytes().all(|b| b.is_ascii_alphanumeric())
            && rest.bytes().filter(u8::is_ascii_digit).count() >= 8;
        sound.then_some(Self(upper))
    }

    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '_' | '\'' | '’')).collect()
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, b)| {
            let digit = u32::from(b.saturating_sub(b'0'));
            if at % 2 == 0 {
                digit
            } else if digit > 4 {
                digit * 2 - 9
            } else {
                digit * 2
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sirets_as_people_write_them() {
        for text in
            ["73282932000074", "732 829 320 00074", "732.829.320.00074", "35600000000048", "35600000049837"]
        {
            assert!(Siret::parse(text).is_some(), "{text}");
        }
        for text in ["", "73282932000075", "732829320", "00000000000000", "7328293200007A"] {
            assert!(Siret::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn rna_numbers_as_people_write_them() {
        assert_eq!(Rna::parse("w 931 004 512").map(|rna| rna.0), Some("W931004512".to_owned()));
        assert_eq!(Rna::parse("W9R1004512"), Some(Rna("W9R1004512".to_owned())));
        for text in ["931004512", "W93100451", "WABCDEFGHI", ""] {
            assert_eq!(Rna::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_code_reads_back() {
        for kind in StructureKind::ALL {
            assert_eq!(StructureKind::from_code(kind.code()), Some(*kind));
        }
        for sector in Sector::ALL {
            assert_eq!(Sector::try_from(sector.code().to_owned()), Ok(*sector));
        }
        assert_eq!(Sector::try_from("lune".to_owned()), Err(crate::UnknownCode("lune".to_owned())));
        assert_eq!(serde_json::to_string(&Sector::FoodAid).unwrap(), "\"aide_alimentaire\"");
    }

    #[test]
    fn a_closed_card_is_reviewed_before_it_is_valid_again() {
        assert!(CardState::Spotted.may_become(CardState::Validated));
        assert!(!CardState::Closed.may_become(CardState::Validated));
        assert!(CardState::ALL.iter().all(|state| !state.may_become(*state)));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_seen(digits in "[1-9][0-9]{12}", at in 0_usize..13, by in 1_u8..10) {
            let key = (0..10).map(|key| format!("{digits}{key}")).find(|all| luhn(all)).unwrap();
            prop_assume!(!key.starts_with("356000000"));
            prop_assert!(Siret::parse(&key).is_some());
            let mut wrong = key.into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
            prop_assert!(Siret::parse(&String::from_utf8(wrong).unwrap()).is_none());
        }

        #[test]
        fn any_text_is_a_number_or_not(text in ".{0,30}") {
            let _ = (Siret::parse(&text), Rna::parse(&text));
        }
    }
}
