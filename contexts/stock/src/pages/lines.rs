//! A lot on a list, in the reader's words.

use goods::{Family, labels};
use i18n::Words;
use kernel::StructureId;
use std::collections::BTreeMap;

use crate::queries::OnShelf;
use crate::{LotState, Place};

/// A line of a list of lots.
pub(super) struct Line {
    pub(super) url: String,
    pub(super) product: String,
    pub(super) reference: String,
    pub(super) lot_number: String,
    pub(super) family: String,
    pub(super) temperature_code: &'static str,
    pub(super) temperature: String,
    pub(super) date: String,
    pub(super) date_figures: String,
    pub(super) days_left: i64,
    pub(super) donor: String,
    /// Where it lies, when that is colder than it asks.
    pub(super) zone: String,
    pub(super) free: String,
    pub(super) reserved: String,
    pub(super) grams: String,
    pub(super) is_reserved: bool,
    pub(super) is_weighed: bool,
    pub(super) is_expired: bool,
    pub(super) state: LotState,
    pub(super) state_label: String,
}

/// The word for a state, empty for a lot that may be given.
pub(super) fn state_label(words: &Words, state: LotState) -> String {
    match state {
        LotState::Available => String::new(),
        LotState::Expected => words.t("stock-state-expected"),
        LotState::Quarantined => words.t("stock-state-quarantined"),
        LotState::Blocked => words.t("stock-state-blocked"),
        LotState::Withdrawn => words.t("stock-state-withdrawn"),
    }
}

impl Line {
    pub(super) fn of(
        words: &Words,
        families: &[Family],
        donors: &BTreeMap<StructureId, String>,
        zones: &[Place],
        lot: &OnShelf,
    ) -> Self {
        let is_expired = lot.is_expired(words.today());
        let may_leave = lot.state == LotState::Available && !is_expired && lot.free().is_positive();
        let zone = zones.iter().find(|zone| zone.id == lot.place).and_then(|zone| zone.temperature);
        let zone = zone.filter(|zone| *zone != lot.temperature);
        Self {
            zone: zone
                .map(|zone| words.t1("stock-in-zone", "zone", labels::temperature(words, zone)))
                .unwrap_or_default(),
            url: format!("/stock/lots/{}", lot.lot),
            product: lot.product.clone(),
            reference: lot.reference.clone(),
            lot_number: lot.lot_number.clone().unwrap_or_default(),
            family: labels::family(families, &lot.family, words.locale()),
            temperature_code: lot.temperature.code(),
            temperature: labels::temperature(words, lot.temperature),
            date: labels::date(words, lot.date_kind, lot.date),
            date_figures: lot.date.map(|date| words.date_figures(date)).unwrap_or_default(),
            days_left: labels::days_left(words, lot.date_kind, lot.date),
            donor: lot.donor.and_then(|donor| donors.get(&donor).cloned()).unwrap_or_default(),
            free: if may_leave { words.mass(lot.free()) } else { words.t("stock-none") },
            reserved: words.mass(lot.reserved),
            grams: words.mass(lot.grams),
            is_reserved: lot.reserved.is_positive(),
            is_weighed: !lot.estimated,
            is_expired,
            state: lot.state,
            state_label: state_label(words, lot.state),
        }
    }

    /// Whether it may not be given.
    pub(super) fn is_aside(&self) -> bool {
        self.state != LotState::Available
    }
}
