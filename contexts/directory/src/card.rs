//! The structure card: « fiche ». What a structure says of itself beyond its identity, in groups with a scope each.
//!
//! Invariant: whom it serves is a count of households and persons; there is no field in which a person helped could
//! be described.

use chrono::{DateTime, Utc};
use goods::FamilyCode;
use kernel::StructureId;
use serde::{Deserialize, Serialize};

/// Whom to call or write to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who answers.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
}

impl Contact {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.phone.is_none()
    }
}

/// Whom it serves, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// Households in an ordinary week.
    pub households: Option<i64>,
    /// Persons in an ordinary week.
    pub persons: Option<i64>,
}

/// What it wants and what it cannot take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Families it is glad of.
    pub wanted: Vec<FamilyCode>,
    /// Families it cannot take.
    pub excluded: Vec<FamilyCode>,
}

/// A structure's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whose card it is.
    pub structure: StructureId,
    /// What it does, in its own words.
    pub description: String,
    /// Its site on the web.
    pub website: Option<String>,
    /// Whom to call or write to.
    pub contact: Contact,
    /// Whom it serves.
    pub served: Served,
    /// What it wants.
    pub wishes: Wishes,
    /// When the structure last said that all of it is right.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Goes up with each change; 0 while nothing has been written.
    pub version: i64,
}

impl Card {
    /// The card of a structure that has said nothing yet.
    #[must_use]
    pub fn blank(structure: StructureId) -> Self {
        Self {
            structure,
            description: String::new(),
            website: None,
            contact: Contact::default(),
            served: Served::default(),
            wishes: Wishes::default(),
            confirmed_at: None,
            version: 0,
        }
    }
}

/// A web address as people type it, made whole: `lilas.exemple.fr` becomes `https://lilas.exemple.fr`.
#[must_use]
pub fn website(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.unwrap_or(text).split('/').next().unwrap_or_default();
    let sound = host.contains('.')
        && text.len() <= 300
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(['@', '"', '<', '>'])
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control())
        && (rest.is_some() || !text.contains(':'));
    if !sound {
        return None;
    }
    Some(if rest.is_some() { text.to_owned() } else { format!("https://{text}") })
}

/// A French telephone number as people type it, in pairs: `0148700000` becomes `01 48 70 00 00`. Other countries'
/// numbers keep their digits behind `+`.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let mut kept: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if text.chars().any(|c| c.is_alphabetic()) {
        return None;
    }
    if let Some(rest) = kept.strip_prefix("0033").or_else(|| kept.strip_prefix("+33")) {
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        kept = format!("0{rest}");
    } else if let Some(rest) = kept.strip_prefix("00") {
        kept = format!("+{rest}");
    }
    // A spreadsheet that took the number for a figure has lost its first zero.
    if kept.len() == 9 && !kept.starts_with(['0', '+']) {
        kept = format!("0{kept}");
    }
    if let Some(rest) = kept.strip_prefix('+') {
        let sound = (8..=15).contains(&rest.len())
            && !rest.starts_with('0')
            && rest.bytes().all(|b| b.is_ascii_digit());
        return sound.then_some(kept);
    }
    let short = kept.len() == 4 && kept.starts_with('3');
    let long = kept.len() == 10 && kept.starts_with('0') && !kept.starts_with("00");
    if !kept.bytes().all(|b| b.is_ascii_digit()) || !(short || long) {
        return None;
    }
    let digits: Vec<char> = kept.chars().collect();
    Some(digits.chunks(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn web_addresses_as_people_type_them() {
        assert_eq!(website("lilas.exemple.fr/contact").as_deref(), Some("https://lilas.exemple.fr/contact"));
        assert_eq!(website("http://lilas.exemple.fr").as_deref(), Some("http://lilas.exemple.fr"));
        for text in
            ["", "non", "javascript:alert(1)", "javascript:a.b", "a@b.fr", "un site .fr", "https://", "\"a.b"]
        {
            assert_eq!(website(text), None, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_as_people_type_them() {
        for (typed, read) in [
            ("0148700000", "01 48 70 00 00"),
            ("01.48.70.00.00", "01 48 70 00 00"),
            ("+33 (0)1 48 70 00 00", "01 48 70 00 00"),
            ("0033148700000", "01 48 70 00 00"),
            ("148700000", "01 48 70 00 00"),
            ("3949", "39 49"),
            ("+32 2 512 34 56", "+3225123456"),
        ] {
            assert_eq!(phone(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["", "01 48", "voir accueil", "01 48 70 00 00 poste 12", "00", "0000000000"] {
            assert_eq!(phone(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_number_read_twice_is_the_same(text in "[0-9 .+()-]{0,20}") {
            if let Some(once) = phone(&text) {
                prop_assert_eq!(phone(&once), Some(once));
            }
        }

        #[test]
        fn an_address_never_runs_a_script(text in ".{0,30}") {
            if let Some(address) = website(&text) {
                prop_assert!(address.starts_with("http://") || address.starts_with("https://"));
            }
        }
    }
}
