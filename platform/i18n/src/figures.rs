//! Figures as each language writes them.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use kernel::{Cents, Grams, Locale};

/// Narrow no-break space: between thousands in French.
const NARROW: char = '\u{202f}';
/// No-break space: between a figure and its unit.
const NO_BREAK: char = '\u{a0}';

/// A whole number with its thousands apart: `1 234` in French, `1,234` in English.
#[must_use]
pub fn number(locale: Locale, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    if value < 0 {
        grouped.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(if locale == Locale::Fr { NARROW } else { ',' });
        }
        grouped.push(digit);
    }
    grouped
}

/// `value` divided by `10^decimals`, without needless zeros.
fn decimal(locale: Locale, value: i64, decimals: u32, keep_zeros: bool) -> String {
    let scale = 10_i64.pow(decimals);
    let whole = number(locale, value / scale);
    let sign = if value < 0 && value / scale == 0 { "−" } else { "" };
    let rest = (value % scale).abs();
    if rest == 0 && !keep_zeros {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{rest:0width$}", width = decimals as usize);
    let fraction = if keep_zeros { fraction.as_str() } else { fraction.trim_end_matches('0') };
    let mark = if locale == Locale::Fr { ',' } else { '.' };
    format!("{sign}{whole}{mark}{fraction}")
}

pub(crate) fn mass(locale: Locale, grams: Grams) -> String {
    if grams.0.abs() < 1_000 && grams.0 != 0 {
        return format!("{}{NO_BREAK}g", number(locale, grams.0));
    }
    format!("{}{NO_BREAK}kg", decimal(locale, grams.0, 3, false))
}

pub(crate) fn mass_for_input(locale: Locale, grams: Grams) -> String {
    decimal(locale, grams.0, 3, false).replace([NARROW, NO_BREAK], "")
}

pub(crate) fn money(locale: Locale, cents: Cents) -> String {
    let amount = decimal(locale, cents.0, 2, true);
    if locale == Locale::Fr { format!("{amount}{NO_BREAK}€") } else { format!("€{amount}") }
}

pub(crate) fn percent(locale: Locale, permille: i64) -> String {
    let share = decimal(locale, permille, 1, false);
    if locale == Locale::Fr { format!("{share}{NO_BREAK}%") } else { format!("{share}%") }
}

pub(crate) fn celsius(locale: Locale, tenths: i64) -> String {
    format!("{}{NO_BREAK}°C", decimal(locale, tenths, 1, false))
}

pub(crate) fn hour(locale: Locale, time: NaiveTime) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match locale {
        Locale::Fr if minute == 0 => format!("{hour}{NO_BREAK}h"),
        Locale::Fr => format!("{hour}{NO_BREAK}h{NO_BREAK}{minute:02}"),
        Locale::En => format!("{hour:02}:{minute:02}"),
    }
}

/// The names of days and months.
#[derive(Clone, Copy, Debug)]
pub struct Days;

const DAYS: [[&str; 7]; 2] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 2] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

fn row(locale: Locale) -> usize {
    match locale {
        Locale::Fr => 0,
        Locale::En => 1,
    }
}

impl Days {
    /// The name of a day of the week, Monday = 1 … Sunday = 7; empty for any other number.
    #[must_use]
    pub fn name(locale: Locale, weekday: i64) -> &'static str {
        let index = usize::try_from(weekday - 1).unwrap_or(usize::MAX);
        DAYS.get(row(locale)).and_then(|days| days.get(index)).copied().unwrap_or_default()
    }

    fn month(locale: Locale, date: NaiveDate) -> &'static str {
        MONTHS
            .get(row(locale))
            .and_then(|months| months.get(date.month0() as usize))
            .copied()
            .unwrap_or_default()
    }
}

/// `lundi 23 novembre`, with the year where it is not this one's.
pub(crate) fn date(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let weekday = Days::name(locale, i64::from(date.weekday().number_from_monday()));
    let month = Days::month(locale, date);
    let day = match (locale, date.day()) {
        (Locale::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    let year = if date.year() == today.year() { String::new() } else { format!("{NO_BREAK}{}", date.year()) };
    format!("{weekday} {day}{NO_BREAK}{month}{year}")
}

/// `26/11/2026` in both languages' day-first order: for tables, slips and labels.
pub(crate) fn date_figures(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses() {
        for (grams, fr, en) in [
            (0, "0\u{a0}kg", "0\u{a0}kg"),
            (250, "250\u{a0}g", "250\u{a0}g"),
            (120_000, "120\u{a0}kg", "120\u{a0}kg"),
            (12_500, "12,5\u{a0}kg", "12.5\u{a0}kg"),
            (1_234_567, "1\u{202f}234,567\u{a0}kg", "1,234.567\u{a0}kg"),
            (-1_500, "−1,5\u{a0}kg", "−1.5\u{a0}kg"),
        ] {
            assert_eq!(mass(Locale::Fr, Grams(grams)), fr);
            assert_eq!(mass(Locale::En, Grams(grams)), en);
        }
        assert_eq!(celsius(Locale::Fr, -5), "−0,5\u{a0}°C");
        assert_eq!(money(Locale::Fr, Cents(123_405)), "1\u{202f}234,05\u{a0}€");
        assert_eq!(percent(Locale::En, 625), "62.5%");
    }

    #[test]
    fn what_is_shown_in_a_field_is_read_back() {
        for grams in [0, 1, 250, 999, 1_000, 12_500, 1_234_567] {
            for locale in Locale::ALL {
                let shown = mass_for_input(locale, Grams(grams))
                    .replace(',', if locale == Locale::En { "" } else { "," });
                assert_eq!(Grams::parse_kg(&shown), Ok(Grams(grams)), "{shown}");
            }
        }
    }

    #[test]
    fn dates_and_hours() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        assert_eq!(date(Locale::Fr, day, day), "lundi 23\u{a0}novembre");
        assert_eq!(date(Locale::En, day, day), "Monday 23\u{a0}November");
        let first = NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date");
        assert_eq!(date(Locale::Fr, first, day), "vendredi 1er\u{a0}janvier\u{a0}2027");
        let time = NaiveTime::from_hms_opt(16, 40, 0).expect("a time");
        assert_eq!(hour(Locale::Fr, time), "16\u{a0}h\u{a0}40");
        assert_eq!(hour(Locale::En, time), "16:40");
    }
}
