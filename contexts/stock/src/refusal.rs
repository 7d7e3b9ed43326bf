//! Why the ledger says no, in words people can act on. One list serves every act on stock, so that the same
//! thing is said in the same words on every page.

use i18n::Words;
use kernel::Grams;

use crate::LotState;

/// What the ledger refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A mass of zero.
    NothingWeighed,
    /// What a product is was not said.
    ProductMissing,
    /// A dated product without its date, or a date on a product that has none.
    DateMissing,
    /// A reason is asked for and was not given.
    ReasonMissing,
    /// It would have happened later than now.
    InTheFuture,
    /// Less is free than was asked for.
    NotEnough {
        /// What is free: neither reserved nor gone.
        free: Grams,
    },
    /// The lot is set aside.
    NotAvailable(LotState),
    /// The lot's state does not allow this change.
    NotFromThisState(LotState),
    /// Past its DLC a product is never given.
    PastUseBy,
    /// Fewer than 48 hours before the DLC: one sentence says how it will be handed out in time.
    ShortDate {
        /// Whole hours until the end of the DLC's day.
        hours_left: i64,
    },
    /// It is there already.
    SamePlace,
    /// The place takes nothing any more.
    PlaceClosed,
    /// The zone is warmer than the product bears.
    TooWarm,
    /// The place belongs to another structure: that is a hand-over.
    OtherStructure,
    /// The reservation has been released or used.
    ReservationEnded,
    /// The reservation is for another lot, place or structure.
    OtherReservation,
    /// Fewer were counted than are promised.
    CountedBelowReserved {
        /// What is promised.
        reserved: Grams,
    },
    /// The stock moved between the counting and the writing down.
    MovedSince {
        /// What the ledger says now.
        now: Grams,
    },
    /// A movement is corrected once.
    AlreadyCorrected,
    /// What the movement brought has gone on since.
    GoneSince {
        /// What is still free there.
        free: Grams,
    },
    /// The parts weigh nothing, or as much as or more than there is.
    PartsTooHeavy {
        /// What may be split off.
        free: Grams,
    },
    /// A reading above the threshold asks for a reason.
    TooHot {
        /// The threshold, in tenths of a degree Celsius.
        threshold_tenths: i64,
    },
}

impl Refusal {
    /// The sentence shown beside the field.
    #[must_use]
    pub fn in_words(&self, words: &Words) -> String {
        match self {
            Self::NothingWeighed => words.t("stock-refused-nothing-weighed"),
            Self::ProductMissing => words.t("stock-refused-product-missing"),
            Self::DateMissing => words.t("stock-refused-date-missing"),
            Self::ReasonMissing => words.t("stock-refused-reason-missing"),
            Self::InTheFuture => words.t("stock-refused-in-the-future"),
            Self::NotEnough { free } => words.t1("stock-refused-not-enough", "free", words.mass(*free)),
            Self::NotAvailable(state) => words.t(match state {
                LotState::Quarantined => "stock-refused-quarantined",
                LotState::Blocked => "stock-refused-blocked",
                LotState::Withdrawn => "stock-refused-withdrawn",
                LotState::Expected | LotState::Available => "stock-refused-expected",
            }),
            Self::NotFromThisState(state) => words.t(match state {
                LotState::Withdrawn => "stock-refused-from-withdrawn",
                LotState::Blocked => "stock-refused-from-blocked",
                LotState::Quarantined => "stock-refused-from-quarantined",
                LotState::Available | LotState::Expected => "stock-refused-from-available",
            }),
            Self::PastUseBy => words.t("stock-refused-past-use-by"),
            Self::ShortDate { hours_left } => words.t1("stock-refused-short-date", "hours", *hours_left),
            Self::SamePlace => words.t("stock-refused-same-place"),
            Self::PlaceClosed => words.t("stock-refused-place-closed"),
            Self::TooWarm => words.t("stock-refused-too-warm"),
            Self::OtherStructure => words.t("stock-refused-other-structure"),
            Self::ReservationEnded => words.t("stock-refused-reservation-ended"),
            Self::OtherReservation => words.t("stock-refused-other-reservation"),
            Self::CountedBelowReserved { reserved } => {
                words.t1("stock-refused-counted-below-reserved", "reserved", words.mass(*reserved))
            }
            Self::MovedSince { now } => words.t1("stock-refused-moved-since", "now", words.mass(*now)),
            Self::AlreadyCorrected => words.t("stock-refused-already-corrected"),
            Self::GoneSince { free } => words.t1("stock-refused-gone-since", "free", words.mass(*free)),
            Self::PartsTooHeavy { free } => {
                words.t1("stock-refused-parts-too-heavy", "free", words.mass(*free))
            }
            Self::TooHot { threshold_tenths } => {
                words.t1("stock-refused-too-hot", "celsius", words.celsius(*threshold_tenths))
            }
        }
    }
}
