//! Quantities are integers with their unit in the type; nothing that is weighed, paid or counted is a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// None of it.
            pub const ZERO: Self = Self(0);

            /// Whether there is more than none of it.
            #[must_use]
            pub fn is_positive(self) -> bool {
                self.0 > 0
            }

            /// `count` times this, or `None` where that is more than can be counted.
            #[must_use]
            pub fn times(self, count: i64) -> Option<Self> {
                self.0.checked_mul(count).map(Self)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
                each.fold(Self::ZERO, Add::add)
            }
        }

        crate::sql_transparent!($name, i64);
    };
}

quantity!(
    /// Mass in grams.
    Grams
);
quantity!(
    /// Money in euro cents.
    Cents
);

/// Length in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metres(pub u32);

/// Duration in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub u32);

/// What somebody typed is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityUnreadable {
    /// Not a number we know how to read.
    NotANumber,
    /// Below zero.
    Negative,
    /// More than a territory could ever hold (10^12 g, a million tonnes).
    TooMuch,
}

impl fmt::Display for QuantityUnreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::Negative => "below zero",
            Self::TooMuch => "too much",
        })
    }
}

impl std::error::Error for QuantityUnreadable {}

impl Grams {
    /// The largest mass Tablée takes in one figure.
    pub const MOST: Self = Self(1_000_000_000_000);

    /// Whole kilograms.
    #[must_use]
    pub const fn kg(kilograms: i64) -> Self {
        Self(kilograms.saturating_mul(1_000))
    }

    /// Reads kilograms as people type them: `120`, `12,5`, `12.5 kg`, `1 200`, `800 g`, `1,2 t`.
    ///
    /// # Errors
    /// When the text is not a number, is below zero or is beyond [`Grams::MOST`]. Fractions of a gram round half up.
    pub fn parse_kg(text: &str) -> Result<Self, QuantityUnreadable> {
        let lower = text.trim().to_lowercase();
        let (number, per_unit) = if let Some(rest) = lower.strip_suffix("kg") {
            (rest, 1_000)
        } else if let Some(rest) = lower.strip_suffix('g') {
            (rest, 1)
        } else if let Some(rest) = lower.strip_suffix('t') {
            (rest, 1_000_000)
        } else {
            (lower.as_str(), 1_000)
        };
        parse_decimal(number, per_unit).map(Self)
    }
}

impl Cents {
    /// Reads euros as people type them: `12`, `12,50`, `12.50 €`, `1 200 €`.
    ///
    /// # Errors
    /// As [`Grams::parse_kg`].
    pub fn parse_euros(text: &str) -> Result<Self, QuantityUnreadable> {
        parse_decimal(text.trim().trim_end_matches('€'), 100).map(Self)
    }
}

/// A decimal number with a comma or a point, spaces (of any width) between thousands, times `scale`,
/// rounded half up, without passing through a float.
fn parse_decimal(text: &str, scale: i64) -> Result<i64, QuantityUnreadable> {
    use QuantityUnreadable::{Negative, NotANumber, TooMuch};
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
    if let Some(rest) = compact.strip_prefix(['-', '−']) {
        return if rest.is_empty() { Err(NotANumber) } else { parse_decimal(rest, scale).and(Err(Negative)) };
    }
    let (whole, fraction) = compact.split_once([',', '.']).unwrap_or((&compact, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return Err(NotANumber);
    }
    let scale = i128::from(scale);
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_too_long| TooMuch)? };
    let kept = fraction.get(..fraction.len().min(18)).unwrap_or_default();
    let (numerator, denominator) =
        kept.bytes().fold((0_i128, 1_i128), |(n, d), digit| (n * 10 + i128::from(digit - b'0'), d * 10));
    let fraction = (numerator * scale * 2 + denominator) / (denominator * 2);
    let total = whole.checked_mul(scale).and_then(|w| w.checked_add(fraction)).ok_or(TooMuch)?;
    if total > i128::from(Grams::MOST.0) {
        return Err(TooMuch);
    }
    i64::try_from(total).map_err(|_too_long| TooMuch)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn masses_as_people_type_them() {
        let cases = [
            ("120", 120_000),
            ("12,5", 12_500),
            ("12.5 kg", 12_500),
            ("1 200", 1_200_000),
            ("1\u{202f}200,250 kg", 1_200_250),
            ("800 g", 800),
            ("1,2 t", 1_200_000),
            (",5", 500),
            ("0,0005", 1),
            ("0,0004", 0),
        ];
        for (text, grams) in cases {
            assert_eq!(Grams::parse_kg(text), Ok(Grams(grams)), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_a_mass_says_why() {
        use QuantityUnreadable::{Negative, NotANumber, TooMuch};
        for (text, why) in [
            ("", NotANumber),
            ("kg", NotANumber),
            ("beaucoup", NotANumber),
            ("1,2,3", NotANumber),
            ("-", NotANumber),
            ("-5", Negative),
            ("10000000000000", TooMuch),
            ("99999999999999999999999999999999999999999999999", TooMuch),
        ] {
            assert_eq!(Grams::parse_kg(text), Err(why), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            if let Ok(grams) = Grams::parse_kg(&text) {
                prop_assert!((0..=Grams::MOST.0).contains(&grams.0));
            }
        }

        #[test]
        fn any_text_is_a_price_or_not(text in ".{0,40}|[0-9 ]{0,30}[,.]?[0-9]{0,30} ?€{0,3}") {
            if let Ok(cents) = Cents::parse_euros(&text) {
                prop_assert!((0..=Grams::MOST.0).contains(&cents.0));
            }
        }

        #[test]
        fn any_figure_is_a_mass_or_not(text in "[-−]{0,2}[0-9 \u{a0}\u{202f}]{0,60}[,.]{0,2}[0-9]{0,60} ?(kg|g|t|KG)?") {
            if let Ok(grams) = Grams::parse_kg(&text) {
                prop_assert!((0..=Grams::MOST.0).contains(&grams.0));
            }
        }

        #[test]
        fn every_gram_is_read_back(grams in 0..=Grams::MOST.0) {
            let text = format!("{},{:03} kg", grams / 1000, grams % 1000);
            prop_assert_eq!(Grams::parse_kg(&text), Ok(Grams(grams)));
        }
    }
}
