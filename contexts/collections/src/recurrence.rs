//! « Ramasse »: a pickup that comes back each week, with its single-date exceptions.
//!
//! Invariant: a pickup gives at most one collection for each of its own weekdays, however often it is asked; a cancelled
//! day gives none, a moved day gives its collection on the day it was moved to.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Utc};
use goods::{FamilyCode, TemperatureClass};
use kernel::time::{self, Tz};
use kernel::{CoordinationId, Grams, SiteId, StructureId};

kernel::id!(
    /// A recurring pickup.
    PickupId
);

/// How many days ahead the dated collections are made.
pub const AHEAD_DAYS: i64 = 3;

/// A recurring pickup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pickup {
    /// Its id.
    pub id: PickupId,
    /// Where it was agreed.
    pub coordination: CoordinationId,
    /// Who gives.
    pub donor: StructureId,
    /// Who usually comes.
    pub partner: Option<StructureId>,
    /// At which of the donor's places.
    pub site: Option<SiteId>,
    /// Monday = 1 … Sunday = 7.
    pub weekday: i64,
    /// From this civil time.
    pub from: NaiveTime,
    /// Until this civil time.
    pub until: NaiveTime,
    /// What is usually there.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// How much there usually is.
    pub usual: Grams,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Its version.
    pub version: i64,
}

network::coded! {
    /// What happens to one date of a pickup.
    ExceptionKind {
        /// Nobody comes that day.
        Cancelled = "cancelled",
        /// They come another day.
        Moved = "moved",
    }
}

/// One date that is not like the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The pickup's own day.
    pub day: NaiveDate,
    /// What happens to it.
    pub kind: ExceptionKind,
    /// Where it was moved to.
    pub moved_to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// One occurrence: the pickup's own day, which names it for ever, and the day on which it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The pickup's own day.
    pub day: NaiveDate,
    /// The day on which somebody comes.
    pub on: NaiveDate,
}

impl Pickup {
    /// Whether a day is one of its own.
    #[must_use]
    pub fn falls_on(&self, day: NaiveDate) -> bool {
        i64::from(day.weekday().number_from_monday()) == self.weekday
            && day >= self.starts_on
            && self.ends_on.is_none_or(|end| day <= end)
    }

    /// Its own next day, from `today` on.
    #[must_use]
    pub fn next_day(&self, today: NaiveDate) -> Option<NaiveDate> {
        let from = today.max(self.starts_on);
        (0..7).map(|ahead| from + Duration::days(ahead)).find(|day| self.falls_on(*day))
    }

    /// What takes place from `from` to `until` (both included), in order. A day moved here from further away is
    /// among them, which is why the exceptions decide and not the calendar alone.
    #[must_use]
    pub fn occurrences(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        exceptions: &[Exception],
    ) -> Vec<Occurrence> {
        let days = (until - from).num_days().clamp(-1, 366);
        let mut found: Vec<Occurrence> = (0..=days)
            .map(|ahead| from + Duration::days(ahead))
            .filter(|day| self.falls_on(*day) && !exceptions.iter().any(|exception| exception.day == *day))
            .map(|day| Occurrence { day, on: day })
            .collect();
        found.extend(
            exceptions
                .iter()
                .filter(|exception| self.falls_on(exception.day))
                .filter_map(|exception| Some(Occurrence { day: exception.day, on: exception.moved_to? }))
                .filter(|occurrence| (from..=until).contains(&occurrence.on)),
        );
        found.sort_by_key(|occurrence| (occurrence.on, occurrence.day));
        found
    }

    /// The window of one occurrence as instants.
    #[must_use]
    pub fn window(&self, on: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        (time::instant(on.and_time(self.from), zone), time::instant(on.and_time(self.until), zone))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn pickup(weekday: i64) -> Pickup {
        Pickup {
            id: PickupId(uuid::Uuid::nil()),
            coordination: CoordinationId(uuid::Uuid::nil()),
            donor: StructureId(uuid::Uuid::nil()),
            partner: None,
            site: None,
            weekday,
            from: NaiveTime::from_hms_opt(8, 0, 0).expect("a time"),
            until: NaiveTime::from_hms_opt(9, 30, 0).expect("a time"),
            product: "Invendus frais".into(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            usual: Grams::kg(40),
            starts_on: day("2026-11-02"),
            ends_on: None,
            version: 1,
        }
    }

    fn exception(on: &str, moved_to: Option<&str>) -> Exception {
        Exception {
            day: day(on),
            kind: if moved_to.is_some() { ExceptionKind::Moved } else { ExceptionKind::Cancelled },
            moved_to: moved_to.map(day),
            reason: String::new(),
        }
    }

    #[test]
    fn thursdays_with_one_cancelled_and_one_moved() {
        let exceptions = [exception("2026-11-26", None), exception("2026-12-03", Some("2026-12-02"))];
        let days: Vec<_> = pickup(4)
            .occurrences(day("2026-11-19"), day("2026-12-10"), &exceptions)
            .into_iter()
            .map(|occurrence| occurrence.on.to_string())
            .collect();
        assert_eq!(days, ["2026-11-19", "2026-12-02", "2026-12-10"]);
    }

    #[test]
    fn a_day_moved_into_the_window_from_outside_takes_place() {
        let exceptions = [exception("2026-12-03", Some("2026-11-25"))];
        let found = pickup(4).occurrences(day("2026-11-23"), day("2026-11-25"), &exceptions);
        assert_eq!(found, [Occurrence { day: day("2026-12-03"), on: day("2026-11-25") }]);
    }

    proptest! {
        #[test]
        fn each_own_day_takes_place_once_at_most(
            weekday in 1_i64..=7,
            moves in proptest::collection::vec((0_i64..60, proptest::option::of(-5_i64..5)), 0..8),
            length in 0_i64..60,
        ) {
            let pickup = pickup(weekday);
            let from = day("2026-11-02");
            let mut exceptions: Vec<Exception> = moves
                .into_iter()
                .map(|(at, shift)| {
                    let on = from + Duration::days(at);
                    Exception {
                        day: on,
                        kind: if shift.is_some() { ExceptionKind::Moved } else { ExceptionKind::Cancelled },
                        moved_to: shift.map(|shift| on + Duration::days(shift)),
                        reason: String::new(),
                    }
                })
                .collect();
            exceptions.sort_by_key(|exception| exception.day);
            exceptions.dedup_by_key(|exception| exception.day);
            let until = from + Duration::days(length);
            let found = pickup.occurrences(from, until, &exceptions);
            let mut days: Vec<_> = found.iter().map(|occurrence| occurrence.day).collect();
            days.sort();
            let once = days.len();
            days.dedup();
            prop_assert_eq!(days.len(), once);
            for occurrence in &found {
                prop_assert!(pickup.falls_on(occurrence.day));
                prop_assert!((from..=until).contains(&occurrence.on));
                let exception = exceptions.iter().find(|exception| exception.day == occurrence.day);
                prop_assert_eq!(exception.map_or(Some(occurrence.day), |exception| exception.moved_to), Some(occurrence.on));
            }
        }
    }
}
