//! Forms that keep what was typed: fields with their values and errors, and readers that turn text into quantities,
//! dates and choices or write the error beside the field.
//!
//! ```text
//! let mut form = Form::new(&visit).with(Field::text("produit", words.t("…")).required());
//! form.fill(&input);
//! let product = form.text("produit", 120);          // None: the field now carries its error
//! if form.is_sound() { … the use case … } else { 422, the same page }
//! ```

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use i18n::Words;
use kernel::{Grams, QuantityUnreadable, text};

use crate::field::{Field, Kind};
use crate::typed::{parse_date, parse_time};
use crate::{Input, Visit};

/// A form: its fields, its key, what is wrong with it.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// The key of the act, so that sending twice changes once.
    pub key: String,
    /// The version of the row the form was filled from, where it edits one.
    pub version: i64,
    words: Words,
}

impl Form {
    /// An empty form with a new key.
    #[must_use]
    pub fn new(visit: &Visit) -> Self {
        Self { fields: Vec::new(), key: visit.new_key(), version: 0, words: visit.words.clone() }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// The form of a row at this version.
    #[must_use]
    pub fn of_version(mut self, version: i64) -> Self {
        self.version = version;
        self
    }

    /// Puts what was sent into the fields, and keeps the key it was sent with.
    pub fn fill(&mut self, input: &Input) {
        for field in &mut self.fields {
            if field.kind == Kind::Checks {
                for option in &mut field.options {
                    option.selected = input.all(&field.name).any(|value| value == option.value);
                }
            } else if field.kind == Kind::Check {
                field.value = input.get(&field.name).unwrap_or_default().to_owned();
            } else if let Some(value) = input.get(&field.name) {
                field.set(value.to_owned());
            }
        }
        if let Some(key) = input.get("cle") {
            key.clone_into(&mut self.key);
        }
        if let Some(version) = input.get("version").and_then(|version| version.parse().ok()) {
            self.version = version;
        }
    }

    /// A field by its name; an empty field where there is none, so that a template cannot fail.
    #[must_use]
    pub fn f(&self, name: &str) -> Field {
        self.fields.iter().find(|field| field.name == name).cloned().unwrap_or_else(|| Field::text(name, ""))
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.fields.iter().all(|field| field.error.is_none())
    }

    /// What is wrong, as (field name, message), for the summary on top.
    #[must_use]
    pub fn errors(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .filter_map(|field| field.error.clone().map(|error| (field.name.clone(), error)))
            .collect()
    }

    /// Writes an error beside a field, unless it has one already.
    pub fn refuse(&mut self, name: &str, message: impl Into<String>) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.error.get_or_insert(message.into());
        }
    }

    fn refuse_key(&mut self, name: &str, key: &str) {
        let label = self.f(name).label;
        let message = self.words.t1(key, "field", label);
        self.refuse(name, message);
    }

    fn raw(&self, name: &str) -> String {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .map(|f| f.value.trim().to_owned())
            .unwrap_or_default()
    }

    /// The text, or `None` where it is empty; an empty required field gets its error.
    fn given(&mut self, name: &str) -> Option<String> {
        let raw = self.raw(name);
        if !raw.is_empty() {
            return Some(raw);
        }
        if self.f(name).required {
            self.refuse_key(name, "web-field-required");
        }
        None
    }

    /// One line of at most `most` characters.
    pub fn text(&mut self, name: &str, most: usize) -> Option<String> {
        let line = text::one_line(&self.given(name)?);
        if line.chars().count() > most {
            let message = self.words.t1("web-field-too-long", "most", most);
            self.refuse(name, message);
            return None;
        }
        Some(line)
    }

    /// A free text in which nobody who is helped may be named: phone numbers, e-mail addresses and social
    /// security numbers are pointed out and the author is asked to take them out.
    pub fn free_text(&mut self, name: &str, most: usize) -> Option<String> {
        let typed = self.given(name)?;
        if typed.chars().count() > most {
            let message = self.words.t1("web-field-too-long", "most", most);
            self.refuse(name, message);
            return None;
        }
        if let Some(trace) = text::person_trace(&typed) {
            self.refuse_key(
                name,
                match trace {
                    text::PersonTrace::Email => "web-field-holds-email",
                    text::PersonTrace::Phone => "web-field-holds-phone",
                    text::PersonTrace::SocialSecurity => "web-field-holds-nir",
                },
            );
            return None;
        }
        Some(typed)
    }

    /// A mass typed in kilograms (or with its unit).
    pub fn mass(&mut self, name: &str) -> Option<Grams> {
        let typed = self.given(name)?;
        match Grams::parse_kg(&typed) {
            Ok(grams) => Some(grams),
            Err(why) => {
                self.refuse_key(
                    name,
                    match why {
                        QuantityUnreadable::NotANumber => "web-field-not-a-mass",
                        QuantityUnreadable::Negative => "web-field-negative",
                        QuantityUnreadable::TooMuch => "web-field-too-much",
                    },
                );
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn whole(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let typed = self.given(name)?.replace([' ', '\u{a0}', '\u{202f}'], "");
        match typed.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                let message = self.words.t2("web-field-whole-between", "least", least, "most", most);
                self.refuse(name, message);
                None
            }
        }
    }

    /// A temperature in tenths of a degree Celsius, typed as `3,5` or `-18`.
    pub fn celsius(&mut self, name: &str) -> Option<i64> {
        let typed = self.given(name)?.replace("°C", "").replace('°', "");
        let read = tenths(&typed).filter(|tenths| (-500..=600).contains(tenths));
        if read.is_none() {
            self.refuse_key(name, "web-field-not-a-temperature");
        }
        read
    }

    /// A percentage typed as `1` or `1,5`, in thousandths, from nothing up to `most` thousandths.
    pub fn percent(&mut self, name: &str, most: i64) -> Option<i64> {
        let typed = self.given(name)?.replace('%', "");
        let read = tenths(&typed).filter(|permille| (0..=most).contains(permille));
        if read.is_none() {
            let message = self.words.t1("web-field-percent-between", "most", self.words.percent(most));
            self.refuse(name, message);
        }
        read
    }

    /// A day: `2026-11-26` as date fields send it, or `26/11/2026`, `26/11/26`, `26/11`.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let typed = self.given(name)?;
        let day = parse_date(&typed, self.words.today());
        if day.is_none() {
            self.refuse_key(name, "web-field-not-a-date");
        }
        day
    }

    /// A civil time: `16:40`, `16h40`, `16 h`, `16`.
    pub fn time(&mut self, name: &str) -> Option<NaiveTime> {
        let typed = self.given(name)?;
        let time = parse_time(&typed);
        if time.is_none() {
            self.refuse_key(name, "web-field-not-a-time");
        }
        time
    }

    /// One of the field's options; the value sent, checked against them.
    pub fn choice(&mut self, name: &str) -> Option<String> {
        let typed = self.given(name)?;
        if self.f(name).options.iter().any(|option| option.value == typed) {
            return Some(typed);
        }
        self.refuse_key(name, "web-field-not-an-option");
        None
    }

    /// Any of the field's options.
    #[must_use]
    pub fn choices(&self, name: &str) -> Vec<String> {
        self.f(name).options.into_iter().filter(|option| option.selected).map(|option| option.value).collect()
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn checked(&self, name: &str) -> bool {
        !self.raw(name).is_empty()
    }

    /// Anything that can be read from text, such as an id; a text that cannot is not one of ours.
    pub fn parsed<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let typed = self.given(name)?;
        let read = typed.parse().ok();
        if read.is_none() {
            self.refuse_key(name, "web-field-not-an-option");
        }
        read
    }

    /// An e-mail address, folded to lower case.
    pub fn email(&mut self, name: &str) -> Option<String> {
        let typed = self.given(name)?.to_lowercase();
        let sound = typed.len() <= 254
            && !typed.contains(char::is_whitespace)
            && typed.split_once('@').is_some_and(|(user, host)| {
                !user.is_empty()
                    && host.contains('.')
                    && !host.starts_with('.')
                    && !host.ends_with('.')
                    && !host.contains('@')
            });
        if sound {
            return Some(typed);
        }
        self.refuse_key(name, "web-field-not-an-email");
        None
    }
}

/// A decimal number of at most nine digits in tenths, with comma or point, minus or hyphen.
fn tenths(typed: &str) -> Option<i64> {
    let number = typed.trim().replace(',', ".").replace('−', "-").parse::<f64>().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    (number.abs() < 1e9).then(|| (number * 10.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tenths_as_people_type_them() {
        for (typed, expected) in [
            ("3,5", Some(35)),
            ("-18", Some(-180)),
            ("−18,04", Some(-180)),
            (" 4 ", Some(40)),
            ("NaN", None),
            ("inf", None),
            ("1e400", None),
            ("3,5,1", None),
            ("", None),
        ] {
            assert_eq!(tenths(typed), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_figure_in_tenths_or_not(typed in "(?s).{0,40}|[-−+]?[0-9]{0,30}[,.]?[0-9]{0,20}(e[0-9]{1,4})?") {
            if let Some(read) = tenths(&typed) {
                prop_assert!(read.abs() <= 10_000_000_000);
            }
        }
    }
}
