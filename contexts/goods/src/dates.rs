//! « DLC » and « DDM »: until when a product may be given, and what must be said before.
//!
//! Invariant: after its DLC a product is never given, whatever anybody says; before it, a short delay asks for
//! a sentence and never blocks.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::UnknownCode;

/// What the date printed on a product means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// « DLC », use-by: imperative.
    UseBy,
    /// « DDM », best-before: indicative.
    BestBefore,
    /// No date: fruit, vegetables, bread, hygiene.
    None,
}

impl DateKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::UseBy, Self::BestBefore, Self::None];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UseBy => "use_by",
            Self::BestBefore => "best_before",
            Self::None => "none",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl TryFrom<String> for DateKind {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::from_code(&code).ok_or(UnknownCode(code))
    }
}

/// Hours that must be left before the DLC when goods are taken over: article D541-310 of the « code de
/// l’environnement ». A shorter delay is allowed where the association can show that it hands the goods out
/// in time; that is the sentence asked for.
pub const HOURS_BEFORE_USE_BY: i64 = 48;

/// Whether goods may be taken over or handed out at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateGate {
    /// Nothing to say.
    Free,
    /// The DDM is past: allowed while the packaging is intact; the person ticks that it is.
    IntactOnly,
    /// Fewer than 48 hours are left: one sentence says how the goods will be handed out in time.
    AsksReason {
        /// Whole hours until the end of the DLC's day.
        hours_left: i64,
    },
    /// The DLC is past.
    Never,
}

/// What the date says at a civil moment `at` in the territory. A DLC holds until the end of its day, so a
/// take-over on any hour of the 23rd with a DLC on the 25th leaves 48 hours, and on the 24th does not.
#[must_use]
pub fn gate(kind: DateKind, date: Option<NaiveDate>, at: NaiveDateTime) -> DateGate {
    let Some(date) = date else { return DateGate::Free };
    match kind {
        DateKind::None => DateGate::Free,
        DateKind::BestBefore if date < at.date() => DateGate::IntactOnly,
        DateKind::BestBefore => DateGate::Free,
        DateKind::UseBy => {
            let end = (date + Duration::days(1)).and_time(NaiveTime::MIN);
            let left = end - at;
            if left <= Duration::zero() {
                DateGate::Never
            } else if left < Duration::hours(HOURS_BEFORE_USE_BY) {
                DateGate::AsksReason { hours_left: left.num_hours() }
            } else {
                DateGate::Free
            }
        }
    }
}

/// Whether the DLC is past at a civil moment: derived each time, never stored.
#[must_use]
pub fn is_expired(kind: DateKind, date: Option<NaiveDate>, today: NaiveDate) -> bool {
    kind == DateKind::UseBy && date.is_some_and(|date| date < today)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a civil time")
    }

    #[test]
    fn the_rule_of_48_hours() {
        let now = at("2026-11-23T16:40:00");
        for (kind, date, expected) in [
            (DateKind::UseBy, Some("2026-11-22"), DateGate::Never),
            (DateKind::UseBy, Some("2026-11-23"), DateGate::AsksReason { hours_left: 7 }),
            (DateKind::UseBy, Some("2026-11-24"), DateGate::AsksReason { hours_left: 31 }),
            (DateKind::UseBy, Some("2026-11-25"), DateGate::Free),
            (DateKind::BestBefore, Some("2026-11-01"), DateGate::IntactOnly),
            (DateKind::BestBefore, Some("2026-11-23"), DateGate::Free),
            (DateKind::None, None, DateGate::Free),
        ] {
            let date = date.map(|date| date.parse().expect("a day"));
            assert_eq!(gate(kind, date, now), expected, "{kind:?} {date:?}");
        }
    }

    proptest! {
        #[test]
        fn past_its_dlc_a_product_is_never_given(days in -400_i64..400, hour in 0_u32..24) {
            let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
            let day = date + Duration::days(days);
            let moment = day.and_hms_opt(hour, 0, 0).expect("an hour");
            let never = gate(DateKind::UseBy, Some(date), moment) == DateGate::Never;
            prop_assert_eq!(never, day > date);
            prop_assert_eq!(never, is_expired(DateKind::UseBy, Some(date), day));
        }
    }
}
