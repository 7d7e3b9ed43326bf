//! Receiving hours: « horaires de réception ». When a place takes deliveries, as windows of a civil week.
//!
//! Invariant: windows are in the order of the week, none is empty, none touches or overlaps another.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use kernel::text::fold;
use serde::{Deserialize, Serialize};

/// One window of a day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Window {
    /// Monday is 1, Sunday is 7.
    pub weekday: u8,
    /// From when.
    pub from: NaiveTime,
    /// Until when; midnight at the end of the day is 23:59.
    pub to: NaiveTime,
}

/// The windows of a week. None means that nobody said, not that the place is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Window>", into = "Vec<Window>")]
pub struct Receiving(Vec<Window>);

/// A text that does not say when; holds the words that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not receiving hours: {:?}", self.0)
    }
}

impl std::error::Error for Unreadable {}

impl From<Vec<Window>> for Receiving {
    /// Puts windows in order, joins those that touch, leaves out empty ones and days that do not exist.
    fn from(mut windows: Vec<Window>) -> Self {
        windows.retain(|window| (1..=7).contains(&window.weekday) && window.from < window.to);
        windows.sort_unstable();
        let mut joined: Vec<Window> = Vec::with_capacity(windows.len());
        for window in windows {
            match joined.last_mut() {
                Some(last) if last.weekday == window.weekday && window.from <= last.to => {
                    last.to = last.to.max(window.to);
                }
                _ => joined.push(window),
            }
        }
        Self(joined)
    }
}

impl From<Receiving> for Vec<Window> {
    fn from(receiving: Receiving) -> Self {
        receiving.0
    }
}

impl Receiving {
    /// Every window, in the order of the week.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.0
    }

    /// Whether nobody said.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// The windows of a day of the week, Monday = 1.
    pub fn of_weekday(&self, weekday: u8) -> impl Iterator<Item = Window> + '_ {
        self.0.iter().copied().filter(move |window| window.weekday == weekday)
    }

    /// The windows of a date.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = Window> + '_ {
        self.of_weekday(u8::try_from(day.weekday().number_from_monday()).unwrap_or(1))
    }

    /// Whether the place takes deliveries at a civil moment; a place nobody knows the hours of may.
    #[must_use]
    pub fn takes_at(&self, moment: NaiveDateTime) -> bool {
        self.is_unknown()
            || self.on(moment.date()).any(|window| window.from <= moment.time() && moment.time() < window.to)
    }

    /// Reads a week as people write it: `lundi 9:00-12:00`, `lun-ven 9h-12h et 14h30 à 17h ; samedi fermé`.
    ///
    /// # Errors
    /// The words at which the text stops making sense.
    pub fn parse_week(text: &str) -> Result<Self, Unreadable> {
        let mut windows = Vec::new();
        let mut days: Vec<u8> = Vec::new();
        let mut said = false;
        let mut tokens = tokens(text)?.into_iter().peekable();
        let mut range_from = None;
        while let Some(token) = tokens.next() {
            match token {
                Token::Day(day) => {
                    if said {
                        days.clear();
                        said = false;
                    }
                    match range_from.take() {
                        Some(first) => days.extend(days_between(first, day)),
                        None => days.push(day),
                    }
                }
                Token::To
                    if !said && range_from.is_none() && matches!(tokens.peek(), Some(Token::Day(_))) =>
                {
                    range_from = days.last().copied();
                    if range_from.is_none() {
                        return Err(Unreadable(text.trim().to_owned()));
                    }
                }
                Token::Time(from) => {
                    let Some((Token::To | Token::Slash, Token::Time(to))) = tokens.next().zip(tokens.next())
                    else {
                        return Err(Unreadable(text.trim().to_owned()));
                    };
                    let to = if to == NaiveTime::MIN { LAST } else { to };
                    if days.is_empty() || from >= to {
                        return Err(Unreadable(text.trim().to_owned()));
                    }
                    said = true;
                    windows.extend(days.iter().map(|weekday| Window { weekday: *weekday, from, to }));
                }
                Token::Closed if !days.is_empty() => said = true,
                Token::And | Token::Slash => {}
                Token::To | Token::Closed => return Err(Unreadable(text.trim().to_owned())),
            }
        }
        if (!said && !days.is_empty()) || range_from.is_some() {
            return Err(Unreadable(text.trim().to_owned()));
        }
        Ok(Self::from(windows))
    }

    /// Reads the hours of one day: `9:00-12:00, 14h à 17h`, `fermé`, or nothing.
    ///
    /// # Errors
    /// The words at which the text stops making sense; a day named in it is one.
    pub fn parse_day(weekday: u8, text: &str) -> Result<Vec<Window>, Unreadable> {
        if fold(text).is_empty() {
            return Ok(Vec::new());
        }
        let unreadable = || Unreadable(text.trim().to_owned());
        if tokens(text)?.iter().any(|token| matches!(token, Token::Day(_))) {
            return Err(unreadable());
        }
        let name = DAYS.get(usize::from(weekday.saturating_sub(1))).ok_or_else(unreadable)?;
        Self::parse_week(&format!("{name} {text}")).map(Vec::from).map_err(|_whole| unreadable())
    }

    /// The hours of one day as the form shows them: `9:00-12:00, 14:00-17:00`.
    #[must_use]
    pub fn day_text(&self, weekday: u8) -> String {
        self.of_weekday(weekday)
            .map(|window| format!("{}-{}", clock(window.from), clock(window.to)))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl fmt::Display for Receiving {
    /// `lundi 9:00-12:00, 14:00-17:00; mardi 9:00-12:00`: what [`Receiving::parse_week`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (weekday, name) in (1_u8..).zip(DAYS) {
            let hours = self.day_text(weekday);
            if !hours.is_empty() {
                write!(f, "{}{name} {hours}", if first { "" } else { "; " })?;
                first = false;
            }
        }
        Ok(())
    }
}

/// The names of the days, as the field writes them in its spreadsheets.
const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The last minute of a day.
const LAST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

fn clock(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// The days after `first` up to `last`, over the week's end where it must.
fn days_between(first: u8, last: u8) -> Vec<u8> {
    let mut days = Vec::new();
    let mut day = first;
    while day != last && days.len() < 7 {
        day = day % 7 + 1;
        days.push(day);
    }
    days
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Day(u8),
    Time(NaiveTime),
    To,
    And,
    /// `9h/12h` is a window, `9h-12h / 14h-17h` are two.
    Slash,
    Closed,
}

/// Cuts a text into days, times and the words between them; a word nobody knows ends the reading.
fn tokens(text: &str) -> Result<Vec<Token>, Unreadable> {
    let pieces = pieces(text);
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Number(hour) => {
                let (minute, used) = minutes_after(pieces.get(at..).unwrap_or_default());
                at += used;
                let time = match (*hour, minute) {
                    (24, 0) => Some(LAST),
                    (hour, minute) => NaiveTime::from_hms_opt(hour, minute, 0),
                };
                tokens.push(Token::Time(time.ok_or_else(|| Unreadable(format!("{hour}")))?));
            }
            Piece::Word(word) => match word_token(word) {
                Some(Some(token)) => tokens.push(token),
                Some(None) => {}
                None => return Err(Unreadable(word.clone())),
            },
            Piece::Dash => tokens.push(Token::To),
            Piece::Mark => tokens.push(Token::And),
            Piece::Slash => tokens.push(Token::Slash),
            Piece::Colon => {}
        }
    }
    Ok(tokens)
}

/// The minutes that follow an hour (`:30`, `h30`, ` h 30`) and how many pieces they take.
fn minutes_after(rest: &[Piece]) -> (u32, usize) {
    let is_minutes = |piece: Option<&Piece>, after: Option<&Piece>| match piece {
        Some(Piece::Number(minute)) if *minute < 60 => {
            // `9h 12h` is two times, not 9:12.
            !matches!(after, Some(Piece::Word(h)) if is_hour(h)) && !matches!(after, Some(Piece::Colon))
        }
        _ => false,
    };
    match rest.first() {
        Some(Piece::Colon) if is_minutes(rest.get(1), rest.get(2)) => (number(rest.get(1)), 2),
        Some(Piece::Word(h)) if is_hour(h) => {
            if is_minutes(rest.get(1), rest.get(2)) {
                (number(rest.get(1)), 2)
            } else {
                (0, 1)
            }
        }
        _ => (0, 0),
    }
}

fn number(piece: Option<&Piece>) -> u32 {
    match piece {
        Some(Piece::Number(number)) => *number,
        _ => 0,
    }
}

fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "hr" | "hrs" | "heure" | "heures")
}

/// `Some(None)` is a word that says nothing here.
fn word_token(word: &str) -> Option<Option<Token>> {
    if let Some(day) = (1_u8..).zip(DAYS).find_map(|(number, name)| {
        let plural = word.strip_suffix('s').unwrap_or(word);
        let short = word.len() >= 2 && name.starts_with(word);
        (short || plural == name).then_some(number)
    }) {
        return Some(Some(Token::Day(day)));
    }
    Some(match word {
        "a" | "au" | "jusqu" | "jusque" | "to" => Some(Token::To),
        "et" | "and" | "puis" | "ou" => Some(Token::And),
        "ferme" | "fermee" | "fermes" | "closed" => Some(Token::Closed),
        "midi" => Some(Token::Time(NaiveTime::from_hms_opt(12, 0, 0)?)),
        "minuit" => Some(Token::Time(LAST)),
        "de" | "du" | "le" | "les" | "entre" | "h" | "heures" | "heure" | "matin" | "apres" | "soir"
        | "from" | "reception" | "livraison" | "livraisons" | "ouvert" | "ouverture" | "uniquement"
        | "seulement" => None,
        _ => return None,
    })
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Number(u32),
    Word(String),
    Dash,
    Colon,
    Mark,
    Slash,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut word = String::new();
    let finish = |word: &mut String, pieces: &mut Vec<Piece>| {
        if word.is_empty() {
            return;
        }
        pieces.push(match word.parse::<u32>() {
            Ok(number) if word.len() <= 2 => Piece::Number(number),
            _ => Piece::Word(fold(word)),
        });
        word.clear();
    };
    for c in text.chars() {
        let same_sort =
            word.chars().next_back().is_none_or(|last| last.is_ascii_digit() == c.is_ascii_digit());
        if c.is_alphanumeric() && same_sort {
            word.push(c);
            continue;
        }
        finish(&mut word, &mut pieces);
        match c {
            c if c.is_alphanumeric() => word.push(c),
            '-' | '–' | '—' | '−' | '→' | '>' => pieces.push(Piece::Dash),
            ':' => pieces.push(Piece::Colon),
            '/' => pieces.push(Piece::Slash),
            ',' | ';' | '&' | '+' | '|' | '\n' | '·' => pieces.push(Piece::Mark),
            _ => {}
        }
    }
    finish(&mut word, &mut pieces);
    pieces.retain(|piece| *piece != Piece::Word(String::new()));
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn week(text: &str) -> String {
        Receiving::parse_week(text).unwrap_or_else(|why| panic!("{text}: {why}")).to_string()
    }

    #[test]
    fn weeks_as_people_write_them() {
        for (typed, read) in [
            ("lundi 9:00-12:00", "lundi 9:00-12:00"),
            ("Lundi : 9h - 12h", "lundi 9:00-12:00"),
            ("LUN 9h30 à 12h et 14h-17h", "lundi 9:30-12:00, 14:00-17:00"),
            ("mardi et jeudi de 8h à midi", "mardi 8:00-12:00; jeudi 8:00-12:00"),
            ("du lundi au mercredi 9h-10h", "lundi 9:00-10:00; mardi 9:00-10:00; mercredi 9:00-10:00"),
            ("lun-mar: 8 h 30 – 11 h 45 ; samedi fermé", "lundi 8:30-11:45; mardi 8:30-11:45"),
            ("les mercredis, vendredis 14h/16h", "mercredi 14:00-16:00; vendredi 14:00-16:00"),
            ("lundi 9h/12h / 14h/16h", "lundi 9:00-12:00, 14:00-16:00"),
            ("lundi 9-12\nmardi 9-12", "lundi 9:00-12:00; mardi 9:00-12:00"),
            ("lundi 9h-11h, 10h-12h", "lundi 9:00-12:00"),
            ("dimanche 18h-minuit", "dimanche 18:00-23:59"),
            ("sam au lun 7h-8h", "lundi 7:00-8:00; samedi 7:00-8:00; dimanche 7:00-8:00"),
            ("", ""),
            ("lundi fermé", ""),
        ] {
            assert_eq!(week(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for typed in [
            "sur rendez-vous",
            "lundi",
            "lundi matin",
            "9h-12h",
            "lundi 12h-9h",
            "lundi 25h-26h",
            "lundi 9h",
            "au lundi 9h-12h",
            "lundi 9h-12h sauf vacances",
            "lundi 9:75-10:00",
        ] {
            assert!(Receiving::parse_week(typed).is_err(), "{typed}");
        }
        assert_eq!(Receiving::parse_week("lundi sur appel"), Err(Unreadable("sur".to_owned())));
    }

    #[test]
    fn a_row_of_the_form_is_one_day() {
        assert_eq!(Receiving::parse_day(3, "9-12, 14h à 17h").map(|w| w.len()), Ok(2));
        assert_eq!(Receiving::parse_day(3, " fermé "), Ok(Vec::new()));
        assert_eq!(Receiving::parse_day(3, ""), Ok(Vec::new()));
        assert!(Receiving::parse_day(3, "jeudi 9-12").is_err());
        assert!(Receiving::parse_day(8, "9-12").is_err());
    }

    #[test]
    fn a_place_takes_deliveries_in_its_windows() {
        let hours = Receiving::parse_week("lundi 9h-12h").unwrap();
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        assert!(hours.takes_at(at("2026-11-23T09:00:00")));
        assert!(!hours.takes_at(at("2026-11-23T12:00:00")));
        assert!(!hours.takes_at(at("2026-11-24T10:00:00")));
        assert!(Receiving::default().takes_at(at("2026-11-24T10:00:00")));
    }

    fn any_window() -> impl Strategy<Value = Window> {
        (0_u8..9, 0_u32..1440, 0_u32..1440).prop_map(|(weekday, from, to)| Window {
            weekday,
            from: NaiveTime::from_hms_opt(from / 60, from % 60, 0).unwrap(),
            to: NaiveTime::from_hms_opt(to / 60, to % 60, 0).unwrap(),
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(windows in proptest::collection::vec(any_window(), 0..20)) {
            let hours = Receiving::from(windows);
            prop_assert_eq!(&Receiving::parse_week(&hours.to_string()).unwrap(), &hours);
            let rows = (1..=7).flat_map(|day| Receiving::parse_day(day, &hours.day_text(day)).unwrap());
            prop_assert_eq!(&Receiving::from(rows.collect::<Vec<_>>()), &hours);
            let kept = serde_json::to_string(&hours).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Receiving>(&kept).unwrap(), &hours);
        }

        #[test]
        fn windows_never_overlap(windows in proptest::collection::vec(any_window(), 0..20)) {
            let hours = Receiving::from(windows.clone());
            for pair in hours.windows().windows(2) {
                prop_assert!((pair[0].weekday, pair[0].to) < (pair[1].weekday, pair[1].from));
            }
            for window in windows.iter().filter(|w| (1..=7).contains(&w.weekday) && w.from < w.to) {
                prop_assert!(hours.of_weekday(window.weekday).any(|w| w.from <= window.from && window.to <= w.to));
            }
        }

        #[test]
        fn any_text_is_hours_or_not(text in ".{0,60}", words in proptest::collection::vec(
            prop::sample::select(vec!["lundi", "mar", "9h", "12:30", "-", "à", "et", ";", "fermé", "midi", "24h", ":"]), 0..14)) {
            let _ = Receiving::parse_week(&text);
            let _ = Receiving::parse_week(&words.join(" "));
        }
    }
}
