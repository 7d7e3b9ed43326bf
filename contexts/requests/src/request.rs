//! A request (« demande »): what a structure needs on a day, by family, in grams; households and persons as counts.
//!
//! Invariant: what was asked, suggested, accepted and served are four figures; none is ever written over another.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use goods::{FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, PersonId, SiteId, StructureId};
use serde::{Deserialize, Serialize};

use crate::StandingId;

kernel::id!(
    /// A request.
    RequestId
);
kernel::id!(
    /// One family of a request.
    RequestLineId
);

/// One family and how much of it is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The family, by its code in the coordination.
    pub family: FamilyCode,
    /// At which temperature only; `None` takes any that the structure can keep.
    pub temperature: Option<TemperatureClass>,
    /// How much, in grams.
    pub grams: Grams,
}

/// The most one line may ask for: more than a lorry brings is a slip of the finger.
pub const MOST_PER_LINE: Grams = Grams::kg(25_000);
/// The most lines of a request: every family at every temperature, and to spare.
pub const MOST_LINES: usize = 60;
/// How far ahead something may be asked for.
pub const HORIZON: Duration = Duration::days(180);
/// After how long a structure is asked whether what it asked for is still right.
pub const CONFIRM_AFTER: Duration = Duration::weeks(8);
/// How long it then has to answer before the request rests.
pub const CONFIRM_WITHIN: Duration = Duration::weeks(2);
/// The most persons or households a count may hold.
pub const MOST_PEOPLE: i64 = 100_000;

/// What is wrong with the lines or the counts of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// Nothing is asked for.
    NothingAsked,
    /// A line asks for none, or for more than [`MOST_PER_LINE`].
    Quantity(FamilyCode),
    /// The same family at the same temperature twice.
    Twice(FamilyCode),
    /// Below zero or beyond [`MOST_PEOPLE`].
    Count,
    /// The day is past.
    DayPast,
    /// The day is further away than [`HORIZON`].
    DayTooFar,
}

/// Whether the lines can be asked for.
///
/// # Errors
/// The first fault, in the order of the lines.
pub fn check_lines(lines: &[Wanted]) -> Result<(), Unsound> {
    if lines.is_empty() || lines.len() > MOST_LINES {
        return Err(Unsound::NothingAsked);
    }
    for (rank, line) in lines.iter().enumerate() {
        if !line.grams.is_positive() || line.grams > MOST_PER_LINE {
            return Err(Unsound::Quantity(line.family.clone()));
        }
        let same = |other: &Wanted| other.family == line.family && other.temperature == line.temperature;
        if lines.iter().take(rank).any(same) {
            return Err(Unsound::Twice(line.family.clone()));
        }
    }
    Ok(())
}

/// Whether the counts are counts.
///
/// # Errors
/// [`Unsound::Count`].
pub fn check_counts(households: Option<i64>, persons: Option<i64>) -> Result<(), Unsound> {
    let sound = |count: Option<i64>| count.is_none_or(|count| (0..=MOST_PEOPLE).contains(&count));
    if sound(households) && sound(persons) { Ok(()) } else { Err(Unsound::Count) }
}

/// Whether something may be asked for that day.
///
/// # Errors
/// [`Unsound::DayPast`] or [`Unsound::DayTooFar`].
pub fn check_day(needed_on: NaiveDate, today: NaiveDate) -> Result<(), Unsound> {
    if needed_on < today {
        Err(Unsound::DayPast)
    } else if needed_on > today + HORIZON {
        Err(Unsound::DayTooFar)
    } else {
        Ok(())
    }
}

/// One family of a request and its four figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestLine {
    /// The line.
    pub id: RequestLineId,
    /// The family.
    pub family: FamilyCode,
    /// At which temperature only.
    pub temperature: Option<TemperatureClass>,
    /// What was asked.
    pub wanted: Grams,
    /// What allocations have suggested for it.
    pub suggested: Grams,
    /// What the structure accepted of that.
    pub accepted: Grams,
    /// What was handed over.
    pub served: Grams,
}

impl RequestLine {
    /// What is still wanted; none where more was served than asked.
    #[must_use]
    pub fn left(&self) -> Grams {
        Grams((self.wanted - self.served).0.max(0))
    }
}

/// Why a request is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// Everything asked was handed over.
    Served,
    /// The structure took it back.
    Withdrawn,
    /// Its day passed, or nobody said it was still right.
    Expired,
}

impl CloseReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Served, Self::Withdrawn, Self::Expired];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Where a request stands; only open and closed are stored, the rest follows from the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Nothing was handed over yet.
    Open,
    /// Part of it was.
    PartlyServed,
    /// It is over.
    Closed(CloseReason),
}

impl RequestState {
    /// The key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "requests-state-open",
            Self::PartlyServed => "requests-state-partly-served",
            Self::Closed(CloseReason::Served) => "requests-state-served",
            Self::Closed(CloseReason::Withdrawn) => "requests-state-withdrawn",
            Self::Closed(CloseReason::Expired) => "requests-state-expired",
        }
    }
}

/// A request with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// Its number on paper, e.g. `D-26-041`.
    pub reference: String,
    /// Where it was made.
    pub coordination: CoordinationId,
    /// Whose it is.
    pub structure: StructureId,
    /// Where it is wanted, when the structure has several places.
    pub site: Option<SiteId>,
    /// The standing request it came from.
    pub standing: Option<StandingId>,
    /// The day it is needed.
    pub needed_on: NaiveDate,
    /// For how many households.
    pub households: Option<i64>,
    /// For how many persons.
    pub persons: Option<i64>,
    /// A note that names nobody.
    pub note: String,
    /// Why it is over; `None` while it is open.
    pub closed: Option<CloseReason>,
    /// When it was last said to be right.
    pub confirmed_at: DateTime<Utc>,
    /// Who wrote it down.
    pub posted_by: Option<PersonId>,
    /// Whether somebody else wrote it down for the structure.
    pub posted_for: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Its version.
    pub version: i64,
    /// Its lines, in order.
    pub lines: Vec<RequestLine>,
}

impl Request {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> RequestState {
        match self.closed {
            Some(reason) => RequestState::Closed(reason),
            None if self.lines.iter().any(|line| line.served.is_positive()) => RequestState::PartlyServed,
            None => RequestState::Open,
        }
    }

    /// Whether nothing is left to hand over.
    #[must_use]
    pub fn is_served(&self) -> bool {
        self.lines.iter().all(|line| line.left() == Grams::ZERO)
    }

    /// Whether it lapses: its day is past, or it was asked about and nobody answered.
    #[must_use]
    pub fn lapses(&self, today: NaiveDate, now: DateTime<Utc>) -> bool {
        self.closed.is_none()
            && (self.needed_on < today || now - self.confirmed_at > CONFIRM_AFTER + CONFIRM_WITHIN)
    }

    /// Whether the structure is to be asked if it is still right.
    #[must_use]
    pub fn asks_confirmation(&self, now: DateTime<Utc>) -> bool {
        self.closed.is_none() && now - self.confirmed_at > CONFIRM_AFTER
    }

    /// What is asked in all.
    #[must_use]
    pub fn wanted(&self) -> Grams {
        self.lines.iter().map(|line| line.wanted).sum()
    }

    /// What was handed over in all.
    #[must_use]
    pub fn served(&self) -> Grams {
        self.lines.iter().map(|line| line.served).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(family: &str, grams: i64) -> Wanted {
        Wanted { family: FamilyCode(family.to_owned()), temperature: None, grams: Grams(grams) }
    }

    #[test]
    fn lines_that_cannot_be_asked_for_say_why() {
        let family = |code: &str| FamilyCode(code.to_owned());
        assert_eq!(check_lines(&[]), Err(Unsound::NothingAsked));
        assert_eq!(check_lines(&[wanted("laitiers", 0)]), Err(Unsound::Quantity(family("laitiers"))));
        assert_eq!(
            check_lines(&[wanted("laitiers", MOST_PER_LINE.0 + 1)]),
            Err(Unsound::Quantity(family("laitiers")))
        );
        assert_eq!(
            check_lines(&[wanted("laitiers", 1), wanted("feculents", 1), wanted("laitiers", 2)]),
            Err(Unsound::Twice(family("laitiers")))
        );
        assert_eq!(check_lines(&[wanted("laitiers", 1), wanted("feculents", 1)]), Ok(()));
        let chilled = Wanted { temperature: Some(TemperatureClass::Chilled), ..wanted("laitiers", 5) };
        assert_eq!(check_lines(&[wanted("laitiers", 1), chilled]), Ok(()));
    }

    #[test]
    fn a_request_is_for_a_day_that_can_still_come() {
        let today: NaiveDate = "2026-11-23".parse().expect("a day");
        assert_eq!(check_day(today, today), Ok(()));
        assert_eq!(check_day(today - Duration::days(1), today), Err(Unsound::DayPast));
        assert_eq!(check_day(today + HORIZON, today), Ok(()));
        assert_eq!(check_day(today + HORIZON + Duration::days(1), today), Err(Unsound::DayTooFar));
    }

    #[test]
    fn counts_are_counts() {
        assert_eq!(check_counts(None, Some(0)), Ok(()));
        assert_eq!(check_counts(Some(-1), None), Err(Unsound::Count));
        assert_eq!(check_counts(None, Some(MOST_PEOPLE + 1)), Err(Unsound::Count));
    }

    proptest! {
        #[test]
        fn what_is_left_is_never_below_zero(wanted in 0_i64..1_000_000, served in 0_i64..2_000_000) {
            let line = RequestLine {
                id: RequestLineId(kernel::uuid::Uuid::nil()),
                family: FamilyCode("laitiers".to_owned()),
                temperature: None,
                wanted: Grams(wanted),
                suggested: Grams::ZERO,
                accepted: Grams::ZERO,
                served: Grams(served),
            };
            prop_assert!(line.left().0 >= 0);
            prop_assert!(line.left().0 + served >= wanted);
        }
    }
}
