//! Days and times as people type them.

use chrono::{NaiveDate, NaiveTime};

/// A day as people type it; a day without a year is the next one to come.
#[must_use]
pub fn parse_date(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    if let Ok(day) = NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
        return (1900..2200).contains(&day.year()).then_some(day);
    }
    let parts: Vec<u32> = typed.split(['/', '.', '-', ' ']).map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [day, month, year @ 2000..=2199] => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [day, month, year @ 0..=99] => {
            NaiveDate::from_ymd_opt(2000 + i32::try_from(*year).ok()?, *month, *day)
        }
        [day, month] => {
            let this = NaiveDate::from_ymd_opt(today.year(), *month, *day)?;
            if this >= today { Some(this) } else { NaiveDate::from_ymd_opt(today.year() + 1, *month, *day) }
        }
        _ => None,
    }
}

/// A civil time as people type it.
#[must_use]
pub fn parse_time(typed: &str) -> Option<NaiveTime> {
    let compact: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (hour, minute) = compact.split_once([':', 'h', '.']).unwrap_or((&compact, ""));
    let minute = minute.split(':').next().unwrap_or_default();
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn days_as_people_type_them() {
        let today = day("2026-11-23");
        for (typed, expected) in [
            ("2026-11-26", "2026-11-26"),
            ("26/11/2026", "2026-11-26"),
            ("26.11.26", "2026-11-26"),
            ("26/11", "2026-11-26"),
            ("3/1", "2027-01-03"),
        ] {
            assert_eq!(parse_date(typed, today), Some(day(expected)), "{typed}");
        }
        for typed in ["", "demain", "32/01/2026", "1/2/3/4", "26/11/20266"] {
            assert_eq!(parse_date(typed, today), None, "{typed}");
        }
    }

    #[test]
    fn times_as_people_type_them() {
        for (typed, hour, minute) in
            [("16:40", 16, 40), ("16h40", 16, 40), ("16 h", 16, 0), ("8", 8, 0), ("08:30:00", 8, 30)]
        {
            assert_eq!(parse_time(typed), NaiveTime::from_hms_opt(hour, minute, 0), "{typed}");
        }
        for typed in ["", "25h", "midi", "16:75"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_and_a_time_or_not(typed in ".{0,24}") {
            let _ = (parse_date(&typed, day("2026-11-23")), parse_time(&typed));
        }
    }
}
