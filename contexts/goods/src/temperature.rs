//! « Classe de température »: how cold a product travels and waits.
//!
//! Invariant: the colder class never has the higher threshold.

use serde::{Deserialize, Serialize};

use crate::UnknownCode;

/// How cold a product must be kept. The thresholds are those of the order of 21 December 2009 (« arrêté du
/// 21 décembre 2009 relatif aux règles sanitaires »), annex I: perishable goods at +8 °C at most, very
/// perishable goods and cooked dishes at +4 °C, deep-frozen goods at −18 °C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemperatureClass {
    /// « Sec »: no cold needed.
    Dry,
    /// « Frais »: at +8 °C or below.
    Chilled,
    /// « Frais très périssable »: at +4 °C or below.
    ChilledSensitive,
    /// « Surgelé »: at −18 °C or below.
    Frozen,
}

impl TemperatureClass {
    /// Every class, warmest first.
    pub const ALL: [Self; 4] = [Self::Dry, Self::Chilled, Self::ChilledSensitive, Self::Frozen];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Dry => "dry",
            Self::Chilled => "chilled",
            Self::ChilledSensitive => "chilled_sensitive",
            Self::Frozen => "frozen",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// The highest temperature allowed, in tenths of a degree Celsius; none for dry goods.
    #[must_use]
    pub fn threshold_tenths(self) -> Option<i64> {
        match self {
            Self::Dry => None,
            Self::Chilled => Some(80),
            Self::ChilledSensitive => Some(40),
            Self::Frozen => Some(-180),
        }
    }

    /// Whether a reading, in tenths of a degree Celsius, is above the threshold: it then asks for a reason.
    #[must_use]
    pub fn is_breached_by(self, tenths: i64) -> bool {
        self.threshold_tenths().is_some_and(|threshold| tenths > threshold)
    }

    /// The icon of the class in the sprite.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Dry => "dry",
            Self::Chilled | Self::ChilledSensitive => "chilled",
            Self::Frozen => "frozen",
        }
    }
}

impl TryFrom<String> for TemperatureClass {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::from_code(&code).ok_or(UnknownCode(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for class in TemperatureClass::ALL {
            assert_eq!(TemperatureClass::try_from(class.code().to_owned()), Ok(class));
        }
        assert!(TemperatureClass::try_from("tiède".to_owned()).is_err());
    }

    #[test]
    fn a_reading_at_the_threshold_is_sound() {
        for (class, tenths, breached) in [
            (TemperatureClass::Dry, 300, false),
            (TemperatureClass::Chilled, 80, false),
            (TemperatureClass::Chilled, 81, true),
            (TemperatureClass::ChilledSensitive, 41, true),
            (TemperatureClass::Frozen, -180, false),
            (TemperatureClass::Frozen, -179, true),
        ] {
            assert_eq!(class.is_breached_by(tenths), breached, "{class:?} at {tenths}");
        }
    }
}
