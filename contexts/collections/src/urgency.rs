//! What cannot wait: goods whose DLC is near, or whose pickup window closes on the day of the next allocation, for what
//! is shared out at 18:00 leaves the hub on another day.
//!
//! Invariant: urgent goods may be reserved by anybody eligible at once; the others wait for the allocation, where a hub
//! can bring them, and are open to all once it has passed.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use goods::DateKind;
use kernel::time::{self, Tz};

/// When the day's stock is shared out, unless the coordination says otherwise: 18:00, civil time.
pub const DAILY_ALLOCATION: NaiveTime = match NaiveTime::from_hms_opt(18, 0, 0) {
    Some(six_in_the_evening) => six_in_the_evening,
    None => NaiveTime::MIN,
};

/// The first daily allocation strictly after `now`.
#[must_use]
pub fn next_allocation(now: DateTime<Utc>, zone: Tz, at: NaiveTime) -> DateTime<Utc> {
    let today = time::civil(now, zone).date();
    let moment = time::instant(today.and_time(at), zone);
    if moment > now { moment } else { time::instant((today + Duration::days(1)).and_time(at), zone) }
}

/// Whether goods are urgent: a DLC of tomorrow or sooner, or a window that closes before the next allocation has passed
/// its day. At 16:40, what must be fetched by 19:00 cannot wait for 18:00.
#[must_use]
pub fn is_urgent(
    kind: DateKind,
    date: Option<NaiveDate>,
    pickup_until: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    allocation: NaiveTime,
) -> bool {
    let today = time::civil(now, zone).date();
    let dies_tomorrow = kind == DateKind::UseBy && date.is_some_and(|date| date <= today + Duration::days(1));
    let shared_out = time::civil(next_allocation(now, zone, allocation), zone).date();
    dies_tomorrow || time::civil(pickup_until, zone).date() <= shared_out
}

/// Until when an offer waits for the allocation: `None` when it does not wait.
#[must_use]
pub fn waits_until(
    urgent: bool,
    created_at: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    allocation: NaiveTime,
) -> Option<DateTime<Utc>> {
    let opens = next_allocation(created_at, zone, allocation);
    (!urgent && now < opens).then_some(opens)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARIS: Tz = Tz::Europe__Paris;

    fn at(text: &str) -> DateTime<Utc> {
        time::instant(text.parse().expect("a civil time"), PARIS)
    }

    #[test]
    fn what_cannot_wait() {
        let now = at("2026-11-23T16:40:00");
        for (kind, date, until, urgent) in [
            (DateKind::UseBy, Some("2026-11-26"), "2026-11-24T12:00:00", false),
            (DateKind::UseBy, Some("2026-11-26"), "2026-11-23T17:30:00", true),
            (DateKind::UseBy, Some("2026-11-24"), "2026-11-24T12:00:00", true),
            (DateKind::BestBefore, Some("2026-11-24"), "2026-11-24T12:00:00", false),
            (DateKind::UseBy, Some("2026-11-26"), "2026-11-23T19:00:00", true),
            (DateKind::None, None, "2026-11-23T18:00:00", true),
            (DateKind::None, None, "2026-11-23T23:59:00", true),
            (DateKind::None, None, "2026-11-24T09:00:00", false),
        ] {
            let date = date.map(|date| date.parse().expect("a day"));
            assert_eq!(
                is_urgent(kind, date, at(until), now, PARIS, DAILY_ALLOCATION),
                urgent,
                "{kind:?} {until}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_next_allocation_is_within_a_day_and_an_hour(minutes in 0_i64..2_000_000) {
            let now = at("2026-01-01T00:00:00") + Duration::minutes(minutes);
            let next = next_allocation(now, PARIS, DAILY_ALLOCATION);
            prop_assert!(next > now && next - now <= Duration::hours(25));
            prop_assert_eq!(time::civil(next, PARIS).time(), DAILY_ALLOCATION);
        }

        #[test]
        fn a_later_window_is_never_more_urgent(minutes in 1_i64..5_000, more in 0_i64..5_000) {
            let now = at("2026-11-23T16:40:00");
            let until = now + Duration::minutes(minutes);
            let sooner = is_urgent(DateKind::None, None, until, now, PARIS, DAILY_ALLOCATION);
            let later = is_urgent(DateKind::None, None, until + Duration::minutes(more), now, PARIS, DAILY_ALLOCATION);
            prop_assert!(sooner || !later);
        }

        #[test]
        fn nobody_waits_longer_than_a_day_and_an_hour(minutes in 0_i64..5_000, urgent: bool) {
            let created = at("2026-11-23T16:40:00");
            let now = created + Duration::minutes(minutes);
            let waits = waits_until(urgent, created, now, PARIS, DAILY_ALLOCATION);
            if minutes > 25 * 60 || urgent {
                prop_assert_eq!(waits, None);
            }
        }
    }

    #[test]
    fn what_the_form_suggests_never_waits_for_an_hour_at_which_nobody_can_come() {
        for (now, until) in [
            ("2026-11-23T08:00:00", "2026-11-23T19:00:00"),
            ("2026-11-23T12:00:00", "2026-11-23T19:00:00"),
            ("2026-11-23T16:40:00", "2026-11-23T19:00:00"),
            ("2026-11-23T17:59:00", "2026-11-23T19:00:00"),
            ("2026-11-23T22:00:00", "2026-11-24T12:00:00"),
        ] {
            let by = "2026-11-26".parse().ok();
            assert!(is_urgent(DateKind::UseBy, by, at(until), at(now), PARIS, DAILY_ALLOCATION), "{now}");
        }
        let next_year = "2027-11-26".parse().ok();
        let (now, week) = (at("2026-11-23T16:40:00"), at("2026-11-30T12:00:00"));
        assert!(!is_urgent(DateKind::BestBefore, next_year, week, now, PARIS, DAILY_ALLOCATION));
    }
}
