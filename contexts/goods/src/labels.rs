//! The choices that forms of every room offer: families, packagings, temperatures, kinds of date.

use chrono::NaiveDate;
use i18n::Words;
use kernel::Locale;
use web::Choice;

use crate::{DateKind, Family, FamilyCode, Packaging, TemperatureClass};

/// The name of a temperature class: `Frais (jusqu’à +8 °C)`.
#[must_use]
pub fn temperature(words: &Words, class: TemperatureClass) -> String {
    words.t(match class {
        TemperatureClass::Dry => "goods-dry",
        TemperatureClass::Chilled => "goods-chilled",
        TemperatureClass::ChilledSensitive => "goods-chilled-sensitive",
        TemperatureClass::Frozen => "goods-frozen",
    })
}

/// What a temperature class asks, in a few words: `8 °C au plus`.
#[must_use]
pub fn temperature_limit(words: &Words, class: TemperatureClass) -> String {
    match class.threshold_tenths() {
        None => words.t("goods-no-limit"),
        Some(tenths) => words.t1("goods-at-most", "celsius", words.celsius(tenths)),
    }
}

/// The four classes, for cards or a list.
#[must_use]
pub fn temperature_choices(words: &Words) -> Vec<Choice> {
    TemperatureClass::ALL
        .into_iter()
        .map(|class| {
            Choice::new(class.code(), temperature(words, class))
                .hint(temperature_limit(words, class))
                .icon(class.icon())
        })
        .collect()
}

/// The name of a kind of date: `DLC`, `DDM`, `Sans date`.
#[must_use]
pub fn date_kind(words: &Words, kind: DateKind) -> String {
    words.t(match kind {
        DateKind::UseBy => "goods-use-by",
        DateKind::BestBefore => "goods-best-before",
        DateKind::None => "goods-no-date",
    })
}

/// A product's date in words, with what it means and how near it is: `DLC demain`, `DDM passée depuis 3 jours`.
#[must_use]
pub fn date(words: &Words, kind: DateKind, date: Option<NaiveDate>) -> String {
    let Some(date) = date.filter(|_| kind != DateKind::None) else { return words.t("goods-no-date") };
    let days = words.days_until(date);
    let kind = date_kind(words, kind);
    if days < 0 {
        return words.t2("goods-date-passed", "kind", kind, "days", -days);
    }
    words.t2("goods-date-to-come", "kind", kind, "day", words.day(date))
}

/// Whole days until a product's date for `parts::badge_date`; far away where it has none, and a month further for a
/// DDM, which hurries nobody.
#[must_use]
pub fn days_left(words: &Words, kind: DateKind, date: Option<NaiveDate>) -> i64 {
    match (kind, date) {
        (DateKind::UseBy, Some(date)) => words.days_until(date),
        (DateKind::BestBefore, Some(date)) => words.days_until(date).saturating_add(30),
        _ => 9_999,
    }
}

/// The three kinds of date, for cards or a list.
#[must_use]
pub fn date_kind_choices(words: &Words) -> Vec<Choice> {
    DateKind::ALL
        .into_iter()
        .map(|kind| {
            Choice::new(kind.code(), date_kind(words, kind)).hint(words.t(match kind {
                DateKind::UseBy => "goods-use-by-hint",
                DateKind::BestBefore => "goods-best-before-hint",
                DateKind::None => "goods-no-date-hint",
            }))
        })
        .collect()
}

/// The families offered in forms.
#[must_use]
pub fn family_choices(families: &[Family], locale: Locale) -> Vec<Choice> {
    families
        .iter()
        .filter(|family| family.active)
        .map(|family| Choice::new(family.code.as_str(), family.name(locale)))
        .collect()
}

/// The packagings, each with what one weighs.
#[must_use]
pub fn packaging_choices(words: &Words, packagings: &[Packaging]) -> Vec<Choice> {
    packagings
        .iter()
        .map(|packaging| {
            Choice::new(packaging.code.as_str(), packaging.name(words.locale()))
                .hint(words.mass(packaging.grams))
        })
        .collect()
}

/// The name of a family by its code; the code itself where the coordination has no such family.
#[must_use]
pub fn family(families: &[Family], code: &FamilyCode, locale: Locale) -> String {
    families
        .iter()
        .find(|family| family.code == *code)
        .map_or_else(|| code.0.clone(), |family| family.name(locale).to_owned())
}
