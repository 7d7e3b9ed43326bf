//! The languages of the staff interface.

use serde::{Deserialize, Serialize};

/// A language of the interface; French is the one people get unless they choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Every language there is.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag, as in `<html lang>`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `fr`, `fr-FR` or `en_GB`; anything else is `None`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::from_tag(part.trim()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_language_we_speak() {
        for (header, expected) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Some(Locale::Fr)),
            ("de, en_GB;q=0.7", Some(Locale::En)),
            ("EN", Some(Locale::En)),
            ("de,es", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(Locale::from_accept_language(header), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_header_names_a_language_or_none(header in "(?s).{0,60}") {
            let _ = (Locale::from_accept_language(&header), Locale::from_tag(&header));
        }
    }
}
