//! Instants are UTC to the microsecond; opening hours, pickup windows and meetings are civil times in
//! the territory's own zone.

use std::sync::Mutex;

use chrono::{
    DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeZone, Utc,
};
pub use chrono_tz::Tz;

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    /// The present instant, to the microsecond (what both databases keep).
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that moves only when told to: for tests, and to write history through the use cases of real life.
#[derive(Debug)]
pub struct FrozenClock(Mutex<DateTime<Utc>>);

impl FrozenClock {
    /// A clock standing at `at`.
    #[must_use]
    pub fn at(at: DateTime<Utc>) -> Self {
        Self(Mutex::new(at.trunc_subsecs(6)))
    }

    /// Moves the clock to `at`, forwards or backwards.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = at.trunc_subsecs(6);
    }

    /// Moves the clock on by `step`.
    pub fn advance(&self, step: Duration) {
        let mut held = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *held += step;
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The civil date and time of an instant in a zone.
#[must_use]
pub fn civil(instant: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// The instant of a civil date and time in a zone. In the hour that the change to summer time skips, the
/// next real instant; in the hour that the change to winter time repeats, the first of the two.
#[must_use]
pub fn instant(civil: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => match zone.from_local_datetime(&(civil + Duration::hours(1))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
            LocalResult::None => civil.and_utc(),
        },
    }
}

/// The instant at which a civil day begins.
#[must_use]
pub fn start_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a civil time")
    }

    #[test]
    fn civil_times_survive_the_changes_of_hour() {
        let paris = chrono_tz::Europe::Paris;
        let cases = [
            ("2026-07-01T10:00:00", "2026-07-01T08:00:00+00:00"),
            ("2026-12-01T10:00:00", "2026-12-01T09:00:00+00:00"),
            // 29 March 2026, 02:30 does not exist in Paris.
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
            // 25 October 2026, 02:30 happens twice; the first is still summer time.
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
        ];
        for (civil_time, expected) in cases {
            assert_eq!(instant(at(civil_time), paris).to_rfc3339(), expected, "{civil_time}");
        }
    }

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let clock = FrozenClock::at(at("2026-11-23T16:40:00").and_utc());
        let before = clock.now();
        assert_eq!(before, clock.now());
        clock.advance(Duration::minutes(5));
        assert_eq!(clock.now() - before, Duration::minutes(5));
    }
}
