//! « Lot »: the unit of traceability, one product with its number, date, origin and cold.
//!
//! Invariant: what a label says (number, date) is written once, at reception or at a split; only the state and
//! the place of a lot change afterwards. Reserved, expired and used up are derived, never stored.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass, UnknownCode};
use kernel::{CoordinationId, Grams, StructureId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{LotId, Refusal};

/// Whether a lot may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotState {
    /// Announced, not here yet.
    Expected,
    /// May be reserved and given.
    Available,
    /// Set aside until somebody has looked.
    Quarantined,
    /// Stopped by a recall.
    Blocked,
    /// Taken out for good.
    Withdrawn,
}

/// What changes a lot's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateChange {
    /// It came.
    Arrive,
    /// It is set aside.
    Quarantine,
    /// It is stopped by a recall.
    Block,
    /// It was looked at and is sound.
    Lift,
    /// What was left of it is taken out.
    Withdraw,
}

impl LotState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Expected, Self::Available, Self::Quarantined, Self::Blocked, Self::Withdrawn];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Available => "available",
            Self::Quarantined => "quarantined",
            Self::Blocked => "blocked",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state after a change; the same change twice leaves it as it is.
    ///
    /// # Errors
    /// [`Refusal::NotFromThisState`] where the change is out of reach: a withdrawn lot stays withdrawn, a
    /// blocked lot is not quarantined, a lot that was never set aside is not lifted.
    pub fn after(self, change: StateChange) -> Result<Self, Refusal> {
        match (self, change) {
            (Self::Expected | Self::Available, StateChange::Arrive) => Ok(Self::Available),
            (Self::Expected | Self::Available | Self::Quarantined, StateChange::Quarantine) => {
                Ok(Self::Quarantined)
            }
            (Self::Withdrawn, StateChange::Withdraw) => Ok(Self::Withdrawn),
            (Self::Withdrawn, _) => Err(Refusal::NotFromThisState(self)),
            (_, StateChange::Block) => Ok(Self::Blocked),
            (Self::Quarantined | Self::Blocked, StateChange::Lift) => Ok(Self::Available),
            (Self::Quarantined | Self::Blocked, StateChange::Withdraw) => Ok(Self::Withdrawn),
            _ => Err(Refusal::NotFromThisState(self)),
        }
    }
}

impl TryFrom<String> for LotState {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, UnknownCode> {
        Self::from_code(&code).ok_or(UnknownCode(code))
    }
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Its id.
    pub id: LotId,
    /// The coordination in whose ledger it is.
    pub coordination: CoordinationId,
    /// Its number on our papers, e.g. `L-26-041`.
    pub reference: String,
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// The maker's lot number, from the label.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date, from the label.
    pub date: Option<NaiveDate>,
    /// Who gave it, where known.
    pub donor: Option<StructureId>,
    /// The collection it came by, where there was one.
    pub collection: Option<Uuid>,
    /// The lot it was split from.
    pub parent: Option<LotId>,
    /// What a crate of it weighs; zero where it has none.
    pub crate_grams: Grams,
    /// Whether its mass was estimated rather than weighed.
    pub estimated: bool,
    /// Whether it may be given.
    pub state: LotState,
    /// Why it may not.
    pub state_reason: Option<String>,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// Grows with each act on it.
    pub version: i64,
}

impl Lot {
    /// Whether its DLC is past on a civil day.
    #[must_use]
    pub fn is_expired(&self, today: NaiveDate) -> bool {
        goods::dates::is_expired(self.date_kind, self.date, today)
    }

    /// Whether it may be promised or given on a civil day: the one gate of planning and of execution.
    ///
    /// # Errors
    /// [`Refusal::NotAvailable`] for a lot set aside, [`Refusal::PastUseBy`] past its DLC.
    pub fn may_be_given(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.state != LotState::Available {
            return Err(Refusal::NotAvailable(self.state));
        }
        if self.is_expired(today) {
            return Err(Refusal::PastUseBy);
        }
        Ok(())
    }
}

/// What is known of a lot when it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLot {
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// The maker's lot number, from the label.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date, from the label; none exactly where the kind is [`DateKind::None`].
    pub date: Option<NaiveDate>,
    /// Who gave it, where known.
    pub donor: Option<StructureId>,
    /// The collection it came by, where there was one.
    pub collection: Option<Uuid>,
    /// What a crate of it weighs; zero where it has none.
    pub crate_grams: Grams,
    /// Whether its mass is estimated rather than weighed.
    pub estimated: bool,
}

impl NewLot {
    /// Whether it holds together.
    ///
    /// # Errors
    /// [`Refusal::ProductMissing`], [`Refusal::DateMissing`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.product.trim().is_empty() {
            return Err(Refusal::ProductMissing);
        }
        if self.date.is_none() != (self.date_kind == DateKind::None) {
            return Err(Refusal::DateMissing);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_from_every_state() {
        use LotState::{Available, Blocked, Expected, Quarantined, Withdrawn};
        use StateChange::{Arrive, Block, Lift, Quarantine, Withdraw};
        let table = [
            (Expected, [Some(Available), Some(Quarantined), Some(Blocked), None, None]),
            (Available, [Some(Available), Some(Quarantined), Some(Blocked), None, None]),
            (Quarantined, [None, Some(Quarantined), Some(Blocked), Some(Available), Some(Withdrawn)]),
            (Blocked, [None, None, Some(Blocked), Some(Available), Some(Withdrawn)]),
            (Withdrawn, [None, None, None, None, Some(Withdrawn)]),
        ];
        for (from, expected) in table {
            for (change, to) in [Arrive, Quarantine, Block, Lift, Withdraw].into_iter().zip(expected) {
                assert_eq!(from.after(change).ok(), to, "{from:?} after {change:?}");
            }
        }
    }

    #[test]
    fn only_an_available_lot_before_its_date_may_be_given() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let lot = Lot {
            id: LotId(Uuid::nil()),
            coordination: CoordinationId(Uuid::nil()),
            reference: "L-26-001".into(),
            product: "Yaourts".into(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            lot_number: None,
            date_kind: DateKind::UseBy,
            date: Some(day("2026-11-26")),
            donor: None,
            collection: None,
            parent: None,
            crate_grams: Grams::ZERO,
            estimated: false,
            state: LotState::Available,
            state_reason: None,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
        };
        assert_eq!(lot.may_be_given(day("2026-11-26")), Ok(()));
        assert_eq!(lot.may_be_given(day("2026-11-27")), Err(Refusal::PastUseBy));
        for state in LotState::ALL.into_iter().filter(|state| *state != LotState::Available) {
            let aside = Lot { state, ..lot.clone() };
            assert_eq!(aside.may_be_given(day("2026-11-24")), Err(Refusal::NotAvailable(state)));
        }
    }
}
