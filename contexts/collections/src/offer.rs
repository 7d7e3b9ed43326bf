//! What somebody offers, before it is a collection: the figures and the legal gates.
//!
//! Invariant: an offer that passed here could be given today; what the law merely wants said was said in one sentence.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateGate, DateKind, FamilyCode, OriginGate, TemperatureClass};
use kernel::time::{self, Tz};
use kernel::{Grams, SiteId};
use serde::Serialize;

use crate::collection::{Kind, OfferScope};
use kernel::StructureId;

/// The most that one offer holds: a hundred tonnes. Beyond, somebody typed a comma too few.
pub const MOST: Grams = Grams::kg(100_000);
/// The longest window, in days: a drive over a long week-end and its week.
pub const LONGEST_WINDOW_DAYS: i64 = 14;
/// How far ahead a window may begin, in days.
pub const FURTHEST_DAYS: i64 = 120;

/// How much, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Packed {
    /// How many packages.
    pub count: i64,
    /// What one weighs.
    pub each: Grams,
}

impl Packed {
    /// What they weigh together, or `None` beyond what can be counted.
    #[must_use]
    pub fn grams(self) -> Option<Grams> {
        self.each.times(self.count)
    }
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What sort of collection.
    pub kind: Kind,
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// Whether it is of animal origin.
    pub animal_origin: bool,
    /// Whether it is prepackaged.
    pub prepackaged: bool,
    /// How much.
    pub grams: Grams,
    /// Whether that is an estimate.
    pub estimated: bool,
    /// In how many packages of which code, where it was said so.
    pub packages: Option<(i64, String)>,
    /// What one package weighs, zero where it is loose.
    pub crate_grams: Grams,
    /// The lot number printed on it.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// The earliest date among it.
    pub date: Option<NaiveDate>,
    /// How it will be handed out in time although its DLC is near, or why the sanitary plan covers it.
    pub reason: Option<String>,
    /// Whether the packaging of goods past their DDM is intact.
    pub intact: bool,
    /// At which of the donor's places.
    pub site: Option<SiteId>,
    /// Where, in words.
    pub address: String,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// What one should know on the spot.
    pub note: String,
    /// How far it is shown.
    pub scope: OfferScope,
    /// Whom it names.
    pub named: Vec<StructureId>,
}

/// What stops an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum OfferStopped {
    /// No words for what it is.
    NoProduct,
    /// Nothing, or too much to be true.
    Quantity,
    /// A date that means something, without the date.
    DateMissing,
    /// The window ends before it begins, is past, too long or too far away.
    Window,
    /// Fewer than 48 hours to the DLC: a sentence is wanted.
    ShortDate {
        /// Whole hours left at the end of the window.
        hours_left: i64,
    },
    /// Past its DLC at the end of the window: never.
    PastUseBy,
    /// Past its DDM: the packaging must be said to be intact.
    NotIntact,
    /// This donor gives animal-origin food only prepackaged.
    OnlyPrepackaged,
    /// A sentence about the sanitary plan is wanted.
    SanitaryPlan,
    /// This kind of donor gives no food of animal origin.
    NotFromThisDonor,
    /// It names nobody.
    NobodyNamed,
}

impl Offer {
    /// Checks an offer of a donor of this kind. The date is judged at the end of the window: whoever comes at its last
    /// minute must still be allowed to take the goods.
    ///
    /// # Errors
    /// [`OfferStopped`], the first in the order of the form.
    pub fn check(&self, donor_kind: &str, now: DateTime<Utc>, zone: Tz) -> Result<(), OfferStopped> {
        self.stops(donor_kind, now, zone).into_iter().next().map_or(Ok(()), Err)
    }

    /// Everything that stops it, in the order of the form: whoever corrects one thing should not meet the next only then.
    #[must_use]
    pub fn stops(&self, donor_kind: &str, now: DateTime<Utc>, zone: Tz) -> Vec<OfferStopped> {
        let mut stops = Vec::new();
        let said = self.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        if self.product.trim().is_empty() {
            stops.push(OfferStopped::NoProduct);
        }
        if !self.grams.is_positive() || self.grams > MOST {
            stops.push(OfferStopped::Quantity);
        }
        if (self.date_kind == DateKind::None) != self.date.is_none() {
            stops.push(OfferStopped::DateMissing);
        }
        let (length, ahead) = (self.until - self.from, self.from - now);
        if self.until <= now
            || length <= chrono::Duration::zero()
            || length > chrono::Duration::days(LONGEST_WINDOW_DAYS)
            || ahead > chrono::Duration::days(FURTHEST_DAYS)
        {
            stops.push(OfferStopped::Window);
        }
        match goods::dates::gate(self.date_kind, self.date, time::civil(self.until, zone)) {
            DateGate::Never => stops.push(OfferStopped::PastUseBy),
            DateGate::AsksReason { hours_left } if !said => {
                stops.push(OfferStopped::ShortDate { hours_left });
            }
            DateGate::IntactOnly if !self.intact => stops.push(OfferStopped::NotIntact),
            _ => {}
        }
        match goods::origin::gate(donor_kind, self.animal_origin, self.prepackaged) {
            OriginGate::Free => {}
            OriginGate::OnlyPrepackaged => stops.push(OfferStopped::OnlyPrepackaged),
            OriginGate::AsksSanitaryPlan if said => {}
            OriginGate::AsksSanitaryPlan => stops.push(OfferStopped::SanitaryPlan),
            OriginGate::NotFromThisDonor => stops.push(OfferStopped::NotFromThisDonor),
        }
        if self.scope == OfferScope::Named && self.named.is_empty() {
            stops.push(OfferStopped::NobodyNamed);
        }
        stops
    }
}

/// How cold a family is usually kept, for whoever does not choose.
#[must_use]
pub fn usual_temperature(family: &FamilyCode) -> TemperatureClass {
    match family.as_str() {
        "dairy" => TemperatureClass::Chilled,
        "meat_fish_eggs" | "ready_meals" => TemperatureClass::ChilledSensitive,
        _ => TemperatureClass::Dry,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARIS: Tz = Tz::Europe__Paris;

    fn at(text: &str) -> DateTime<Utc> {
        time::instant(text.parse().expect("a civil time"), PARIS)
    }

    fn yoghurts() -> Offer {
        Offer {
            kind: Kind::Gift,
            product: "Yaourts nature".into(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            animal_origin: true,
            prepackaged: true,
            grams: Grams::kg(120),
            estimated: true,
            packages: None,
            crate_grams: Grams::ZERO,
            lot_number: None,
            date_kind: DateKind::UseBy,
            date: "2026-11-26".parse().ok(),
            reason: None,
            intact: false,
            site: None,
            address: "12 rue de Paris".into(),
            from: at("2026-11-23T16:40:00"),
            until: at("2026-11-23T19:00:00"),
            note: String::new(),
            scope: OfferScope::Coordination,
            named: Vec::new(),
        }
    }

    #[test]
    fn what_the_law_wants_said() {
        let now = at("2026-11-23T16:40:00");
        let by = |date: &str| Offer { date: date.parse().ok(), ..yoghurts() };
        assert_eq!(yoghurts().check("commerce", now, PARIS), Ok(()));
        assert_eq!(
            by("2026-11-24").check("commerce", now, PARIS),
            Err(OfferStopped::ShortDate { hours_left: 29 })
        );
        let said = Offer { reason: Some("distribué ce soir".into()), ..by("2026-11-24") };
        assert_eq!(said.check("commerce", now, PARIS), Ok(()));
        let past = Offer { reason: Some("distribué ce soir".into()), ..by("2026-11-22") };
        assert_eq!(past.check("commerce", now, PARIS), Err(OfferStopped::PastUseBy));
        let tomorrow = Offer { until: at("2026-11-27T09:00:00"), ..yoghurts() };
        assert_eq!(tomorrow.check("commerce", now, PARIS), Err(OfferStopped::PastUseBy));
        let loose = Offer { prepackaged: false, ..yoghurts() };
        assert_eq!(loose.check("commerce", now, PARIS), Err(OfferStopped::OnlyPrepackaged));
        assert_eq!(yoghurts().check("entreprise", now, PARIS), Err(OfferStopped::SanitaryPlan));
        assert_eq!(yoghurts().check("collectif", now, PARIS), Err(OfferStopped::NotFromThisDonor));
        let ddm = Offer { date_kind: DateKind::BestBefore, ..by("2026-11-01") };
        assert_eq!(ddm.check("commerce", now, PARIS), Err(OfferStopped::NotIntact));
        assert_eq!(Offer { intact: true, ..ddm }.check("commerce", now, PARIS), Ok(()));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let now = at("2026-11-23T16:40:00");
        let offer = Offer {
            product: String::new(),
            date: "2026-11-24".parse().ok(),
            prepackaged: false,
            scope: OfferScope::Named,
            ..yoghurts()
        };
        assert_eq!(
            offer.stops("commerce", now, PARIS),
            [
                OfferStopped::NoProduct,
                OfferStopped::ShortDate { hours_left: 29 },
                OfferStopped::OnlyPrepackaged,
                OfferStopped::NobodyNamed,
            ]
        );
        assert!(yoghurts().stops("commerce", now, PARIS).is_empty());
    }

    #[test]
    fn figures_and_windows() {
        let now = at("2026-11-23T16:40:00");
        for (offer, stopped) in [
            (Offer { product: " ".into(), ..yoghurts() }, OfferStopped::NoProduct),
            (Offer { grams: Grams::ZERO, ..yoghurts() }, OfferStopped::Quantity),
            (Offer { grams: Grams::kg(100_001), ..yoghurts() }, OfferStopped::Quantity),
            (Offer { date: None, ..yoghurts() }, OfferStopped::DateMissing),
            (Offer { until: at("2026-11-23T16:40:00"), ..yoghurts() }, OfferStopped::Window),
            (Offer { from: at("2026-11-23T20:00:00"), ..yoghurts() }, OfferStopped::Window),
            (Offer { scope: OfferScope::Named, ..yoghurts() }, OfferStopped::NobodyNamed),
        ] {
            assert_eq!(offer.check("commerce", now, PARIS), Err(stopped));
        }
    }

    proptest! {
        #[test]
        fn nothing_past_its_dlc_passes(days in -10_i64..10, hours in 1_i64..200, sentence: bool) {
            let now = at("2026-11-23T16:40:00");
            let date = "2026-11-23".parse::<NaiveDate>().expect("a day") + chrono::Duration::days(days);
            let until = now + chrono::Duration::hours(hours);
            let offer = Offer {
                date: Some(date),
                from: now,
                until,
                reason: sentence.then(|| "ce soir".to_owned()),
                ..yoghurts()
            };
            if offer.check("commerce", now, PARIS).is_ok() {
                prop_assert!(time::civil(until, PARIS).date() <= date);
            }
        }
    }
}
