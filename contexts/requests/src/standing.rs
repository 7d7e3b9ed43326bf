//! A standing request (« demande permanente »): the same need every week or every few weeks, on one weekday.
//!
//! Invariant: a standing request makes at most one request for a day, however often its job runs.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use kernel::{CoordinationId, SiteId, StructureId};

use crate::Wanted;
use crate::request::{CONFIRM_AFTER, CONFIRM_WITHIN};

kernel::id!(
    /// A standing request.
    StandingId
);

/// How many days ahead a standing request becomes a request.
pub const SPAWN_AHEAD: Duration = Duration::days(7);
/// The widest rhythm: every eight weeks.
pub const MOST_WEEKS: i64 = 8;

/// On which weekday, every how many weeks, from when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Monday = 1 … Sunday = 7.
    pub weekday: i64,
    /// Every week = 1 … every eight weeks = 8.
    pub every_weeks: i64,
    /// The first day it may fall on.
    pub starts_on: NaiveDate,
    /// The last day it may fall on.
    pub ends_on: Option<NaiveDate>,
}

impl Rhythm {
    /// Whether it can be kept: a weekday, one to eight weeks, an end that is not before the start.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (1..=7).contains(&self.weekday)
            && (1..=MOST_WEEKS).contains(&self.every_weeks)
            && self.ends_on.is_none_or(|end| end >= self.starts_on)
    }

    /// The first day it falls on.
    fn first(&self) -> NaiveDate {
        let ahead = (self.weekday - i64::from(self.starts_on.weekday().number_from_monday())).rem_euclid(7);
        self.starts_on + Duration::days(ahead)
    }

    /// The first day it falls on that is not before `day`; `None` when it has ended by then.
    #[must_use]
    pub fn next(&self, day: NaiveDate) -> Option<NaiveDate> {
        let first = self.first();
        let step = self.every_weeks.max(1) * 7;
        let behind = (day - first).num_days().max(0);
        let steps = behind.div_euclid(step) + i64::from(behind.rem_euclid(step) > 0);
        let next = first + Duration::days(steps * step);
        self.ends_on.is_none_or(|end| next <= end).then_some(next)
    }

    /// Every day it falls on from `day` to `until`, both included.
    pub fn days(self, day: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        std::iter::successors(self.next(day), move |last| self.next(*last + Duration::days(1)))
            .take_while(move |next| *next <= until)
    }
}

/// Whether it makes requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingState {
    /// It does.
    Active,
    /// Not for now: paused by its structure, or left unconfirmed.
    Paused,
    /// Never again.
    Closed,
}

impl StandingState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Closed];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it may become `next`: a closed one stays closed.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self != Self::Closed && self != next
    }
}

/// A standing request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The standing request.
    pub id: StandingId,
    /// Where it was made.
    pub coordination: CoordinationId,
    /// Whose it is.
    pub structure: StructureId,
    /// Where it is wanted.
    pub site: Option<SiteId>,
    /// When it falls.
    pub rhythm: Rhythm,
    /// What is wanted each time.
    pub lines: Vec<Wanted>,
    /// For how many households.
    pub households: Option<i64>,
    /// For how many persons.
    pub persons: Option<i64>,
    /// A note that names nobody.
    pub note: String,
    /// When it was last said to be right.
    pub confirmed_at: DateTime<Utc>,
    /// Whether it makes requests.
    pub state: StandingState,
    /// Its version.
    pub version: i64,
}

impl Standing {
    /// Whether the structure is to be asked if it is still right.
    #[must_use]
    pub fn asks_confirmation(&self, now: DateTime<Utc>) -> bool {
        self.state == StandingState::Active && now - self.confirmed_at > CONFIRM_AFTER
    }

    /// Whether it was asked about long enough ago without an answer.
    #[must_use]
    pub fn rests(&self, now: DateTime<Utc>) -> bool {
        self.state == StandingState::Active && now - self.confirmed_at > CONFIRM_AFTER + CONFIRM_WITHIN
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn every_other_tuesday() {
        let rhythm = Rhythm {
            weekday: 2,
            every_weeks: 2,
            starts_on: day("2026-11-23"),
            ends_on: Some(day("2026-12-31")),
        };
        assert!(rhythm.is_sound());
        let days: Vec<_> = rhythm.days(day("2026-11-01"), day("2027-06-01")).collect();
        assert_eq!(days, [day("2026-11-24"), day("2026-12-08"), day("2026-12-22")]);
        assert_eq!(rhythm.next(day("2026-11-25")), Some(day("2026-12-08")));
        assert_eq!(rhythm.next(day("2026-12-23")), None);
    }

    #[test]
    fn a_closed_one_stays_closed() {
        for next in StandingState::ALL {
            assert!(!StandingState::Closed.may_become(next));
            assert!(!next.may_become(next));
            assert_eq!(StandingState::from_code(next.code()), Some(next));
        }
        assert!(StandingState::Active.may_become(StandingState::Paused));
        assert!(StandingState::Paused.may_become(StandingState::Active));
    }

    proptest! {
        #[test]
        fn it_falls_on_its_weekday_at_its_pace(
            weekday in 1_i64..=7, every in 1_i64..=8, start in 0_i64..2_000, from in -400_i64..2_400, length in 0_i64..800,
        ) {
            let epoch = day("2024-01-01");
            let starts_on = epoch + Duration::days(start);
            let rhythm = Rhythm { weekday, every_weeks: every, starts_on, ends_on: Some(starts_on + Duration::days(length)) };
            let asked = epoch + Duration::days(from);
            let mut last: Option<NaiveDate> = None;
            for falls in rhythm.days(asked, asked + Duration::days(120)) {
                prop_assert_eq!(i64::from(falls.weekday().number_from_monday()), weekday);
                prop_assert!(falls >= asked && falls >= starts_on && Some(falls) <= rhythm.ends_on);
                prop_assert_eq!((falls - rhythm.first()).num_days() % (every * 7), 0);
                if let Some(last) = last {
                    prop_assert_eq!((falls - last).num_days(), every * 7);
                }
                last = Some(falls);
            }
        }
    }
}
