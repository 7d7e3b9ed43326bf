//! One reader's words: a language, a zone and a day, ready for templates.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use kernel::time::{self, Tz};
use kernel::{Cents, Cx, Grams, Locale, Metres};

use crate::{Arg, Catalogue, Days, figures};

/// What templates speak with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Words {
    catalogue: Arc<Catalogue>,
    locale: Locale,
    zone: Tz,
    today: NaiveDate,
}

impl Words {
    /// The words of whoever asks.
    #[must_use]
    pub fn new(catalogue: Arc<Catalogue>, cx: &Cx) -> Self {
        Self { catalogue, locale: cx.locale, zone: cx.zone, today: cx.today() }
    }

    /// The same, in another language: for a letter to somebody else.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> Self {
        Self { locale, ..self.clone() }
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// A text without values.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.catalogue.text(self.locale, key, &[])
    }

    /// A text with one value.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        self.catalogue.text(self.locale, key, &[(name, value.into())])
    }

    /// A text with two values.
    #[must_use]
    pub fn t2(&self, key: &str, a: &str, va: impl Into<Arg>, b: &str, vb: impl Into<Arg>) -> String {
        self.catalogue.text(self.locale, key, &[(a, va.into()), (b, vb.into())])
    }

    /// A text with any values.
    #[must_use]
    pub fn tn(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    /// `1 234`.
    #[must_use]
    pub fn number(&self, value: impl Into<i64>) -> String {
        figures::number(self.locale, value.into())
    }

    /// `120 kg`, `250 g`.
    #[must_use]
    pub fn mass(&self, grams: Grams) -> String {
        figures::mass(self.locale, grams)
    }

    /// Kilograms for a form field: `12,5`, read back by `Grams::parse_kg`.
    #[must_use]
    pub fn mass_for_input(&self, grams: Grams) -> String {
        figures::mass_for_input(self.locale, grams)
    }

    /// `12,50 €`.
    #[must_use]
    pub fn money(&self, cents: Cents) -> String {
        figures::money(self.locale, cents)
    }

    /// `62,5 %` of 625 ‰.
    #[must_use]
    pub fn percent(&self, permille: i64) -> String {
        figures::percent(self.locale, permille)
    }

    /// `3,5 °C` of 35 tenths.
    #[must_use]
    pub fn celsius(&self, tenths: i64) -> String {
        figures::celsius(self.locale, tenths)
    }

    /// `800 m`, `2,3 km`.
    #[must_use]
    pub fn distance(&self, metres: Metres) -> String {
        if metres.0 < 1_000 {
            let rounded = metres.0.div_ceil(50) * 50;
            return format!("{rounded}\u{a0}m");
        }
        let tenths = (metres.0 + 50) / 100;
        let mark = if self.locale == Locale::Fr { ',' } else { '.' };
        format!("{}{mark}{}\u{a0}km", tenths / 10, tenths % 10)
    }

    /// `lundi 23 novembre`; the year is added where it is not this one.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        figures::date(self.locale, date, self.today)
    }

    /// `aujourd’hui`, `demain`, `hier`, else the date in words.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> String {
        match (date - self.today).num_days() {
            0 => self.t("i18n-today"),
            1 => self.t("i18n-tomorrow"),
            -1 => self.t("i18n-yesterday"),
            _ => self.date(date),
        }
    }

    /// `26/11/2026`: for tables and papers.
    #[must_use]
    pub fn date_figures(&self, date: NaiveDate) -> String {
        figures::date_figures(date)
    }

    /// `16 h 40` of a civil time.
    #[must_use]
    pub fn hour(&self, time: NaiveTime) -> String {
        figures::hour(self.locale, time)
    }

    /// `aujourd’hui à 16 h 40` of an instant, in the territory's time.
    #[must_use]
    pub fn moment(&self, instant: DateTime<Utc>) -> String {
        let civil = self.civil(instant);
        self.t2("i18n-day-at-hour", "day", self.day(civil.date()), "hour", self.hour(civil.time()))
    }

    /// `27/11/2026 à 22 h 02`: for what is printed and kept, where « aujourd’hui » would be false tomorrow.
    #[must_use]
    pub fn moment_in_full(&self, instant: DateTime<Utc>) -> String {
        let civil = self.civil(instant);
        let day = self.date_figures(civil.date());
        self.t2("i18n-day-at-hour", "day", day, "hour", self.hour(civil.time()))
    }

    /// `demain, de 8 h à 11 h 30`; two days where the window crosses midnight.
    #[must_use]
    pub fn window(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
        let (a, b) = (self.civil(from), self.civil(until));
        if a.date() == b.date() {
            let hours = self.t2("i18n-from-to", "from", self.hour(a.time()), "to", self.hour(b.time()));
            return self.t2("i18n-day-hours", "day", self.day(a.date()), "hours", hours);
        }
        self.t2("i18n-moment-until", "from", self.moment(from), "to", self.moment(until))
    }

    /// The name of a day of the week, Monday = 1.
    #[must_use]
    pub fn weekday(&self, weekday: i64) -> &'static str {
        Days::name(self.locale, weekday)
    }

    /// The civil time of an instant in the territory.
    #[must_use]
    pub fn civil(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        time::civil(instant, self.zone)
    }

    /// How many days from today until the date; negative when it is past.
    #[must_use]
    pub fn days_until(&self, date: NaiveDate) -> i64 {
        (date - self.today).num_days()
    }

    /// Today, in the territory.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The civil year of today, for archives and yearly papers.
    #[must_use]
    pub fn this_year(&self) -> i32 {
        self.today.year()
    }
}
