//! A line of a run: so much of one lot for one structure, and its life until it is handed over.
//!
//! Invariant: a line that holds goods holds a reservation of exactly its grams; a line that ended without a hand-over
//! holds none.

use chrono::{DateTime, Utc};
use collections::{CollectionId, HandoverId, HoldId};
use kernel::{Grams, StructureId};
use requests::RequestLineId;
use stock::{LotId, PlaceId, ReservationId};

use crate::RunId;

kernel::id!(
    /// A line of a run.
    LineId
);

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Waiting for the structure's answer.
    Proposed,
    /// The structure said yes.
    Accepted,
    /// The structure said no, which is its right and never a fault.
    Refused,
    /// On a delivery note.
    Prepared,
    /// Handed over.
    HandedOver,
    /// It came to nothing: set to zero, unanswered, cancelled, or left at the hub.
    NotHandedOver,
}

impl LineState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Accepted,
        Self::Refused,
        Self::Prepared,
        Self::HandedOver,
        Self::NotHandedOver,
    ];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Prepared => "prepared",
            Self::HandedOver => "handed_over",
            Self::NotHandedOver => "not_handed_over",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it may become `next`. Whoever comes to fetch without having answered has accepted by coming; whoever
    /// accepted may still refuse until the delivery note is made.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Proposed => {
                matches!(next, Self::Accepted | Self::Refused | Self::Prepared | Self::NotHandedOver)
            }
            // Part of an offer is fetched at its donor's, without a note of ours.
            Self::Accepted => {
                matches!(next, Self::Refused | Self::Prepared | Self::HandedOver | Self::NotHandedOver)
            }
            Self::Prepared => matches!(next, Self::HandedOver | Self::NotHandedOver),
            Self::Refused | Self::HandedOver | Self::NotHandedOver => false,
        }
    }

    /// Whether its goods are still held for it.
    #[must_use]
    pub fn holds_goods(self) -> bool {
        matches!(self, Self::Proposed | Self::Accepted | Self::Prepared)
    }

    /// The key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Proposed => "allocation-line-proposed",
            Self::Accepted => "allocation-line-accepted",
            Self::Refused => "allocation-line-refused",
            Self::Prepared => "allocation-line-prepared",
            Self::HandedOver => "allocation-line-handed-over",
            Self::NotHandedOver => "allocation-line-not-handed-over",
        }
    }
}

/// Why a structure does not take a line: words to choose from, so that nobody has to justify anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// No wish to say.
    Unsaid,
    /// No room.
    NoRoom,
    /// More than can be handed out.
    TooMuch,
    /// Its date is too close.
    ShortDate,
    /// Not for the people served.
    Unsuited,
    /// Nobody to fetch or receive it.
    Nobody,
}

impl RefusalReason {
    /// Every reason, in the order offered.
    pub const ALL: [Self; 6] =
        [Self::Unsaid, Self::NoRoom, Self::TooMuch, Self::ShortDate, Self::Unsuited, Self::Nobody];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsaid => "unsaid",
            Self::NoRoom => "no_room",
            Self::TooMuch => "too_much",
            Self::ShortDate => "short_date",
            Self::Unsuited => "unsuited",
            Self::Nobody => "nobody",
        }
    }

    /// Reads the word kept in the database or sent by the form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unsaid => "allocation-refusal-unsaid",
            Self::NoRoom => "allocation-refusal-no-room",
            Self::TooMuch => "allocation-refusal-too-much",
            Self::ShortDate => "allocation-refusal-short-date",
            Self::Unsuited => "allocation-refusal-unsuited",
            Self::Nobody => "allocation-refusal-nobody",
        }
    }
}

/// A line of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub id: LineId,
    /// Its run.
    pub run: RunId,
    /// The lot; for an offer its collection's id, as in the run's inputs.
    pub lot: LotId,
    /// Where it lies; nowhere of ours for an offer.
    pub place: PlaceId,
    /// The offer, where it is one of the board.
    pub offer: Option<CollectionId>,
    /// For whom.
    pub structure: StructureId,
    /// The request it answers first.
    pub request_line: Option<RequestLineId>,
    /// What the computation proposed.
    pub computed: Grams,
    /// What is proposed after a human looked.
    pub grams: Grams,
    /// Why a human changed it.
    pub adjust_reason: Option<String>,
    /// Where it stands.
    pub state: LineState,
    /// Why it came to nothing.
    pub answer_reason: Option<String>,
    /// When the structure answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// The reservation that holds its goods.
    pub reservation: Option<ReservationId>,
    /// The part of the offer that is set aside for it.
    pub hold: Option<HoldId>,
    /// The delivery note it is on; for an offer the slip that was signed.
    pub handover: Option<HandoverId>,
    /// What the receiver says it received, where that is something else, and why.
    pub received: Option<(Grams, String)>,
    /// Its version.
    pub version: i64,
}

/// Spreads grams over what several lines of requests still want, in their order; what is beyond goes to the last.
#[must_use]
pub fn spread(grams: Grams, wants: &mut [(RequestLineId, Grams)]) -> Vec<(RequestLineId, Grams)> {
    let mut left = grams;
    let mut spread: Vec<(RequestLineId, Grams)> = Vec::new();
    for (line, want) in wants.iter_mut() {
        let part = Grams(left.0.min(want.0).max(0));
        if part.is_positive() {
            spread.push((*line, part));
            *want -= part;
            left -= part;
        }
    }
    if left.is_positive() {
        match (spread.last_mut(), wants.last()) {
            (Some(last), _) => last.1 += left,
            (None, Some((line, _))) => spread.push((*line, left)),
            (None, None) => {}
        }
    }
    spread
}

#[cfg(test)]
mod tests {
    use kernel::uuid::Uuid;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_ends_once() {
        for from in LineState::ALL {
            assert_eq!(LineState::from_code(from.code()), Some(from));
            let ends = LineState::ALL.into_iter().all(|to| !from.may_become(to));
            assert_eq!(ends, !from.holds_goods(), "{from:?}: what ended holds nothing, what holds can end");
            assert!(!from.may_become(from) && !from.may_become(LineState::Proposed));
        }
        assert!(LineState::Accepted.may_become(LineState::Refused));
        assert!(!LineState::Prepared.may_become(LineState::Refused));
        for reason in RefusalReason::ALL {
            assert_eq!(RefusalReason::from_code(reason.code()), Some(reason));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_spreading(
            grams in 0_i64..100_000, wants in proptest::collection::vec(0_i64..30_000, 1..8),
        ) {
            let mut asked: Vec<_> =
                (1_u128..).zip(&wants).map(|(n, want)| (RequestLineId(Uuid::from_u128(n)), Grams(*want))).collect();
            let parts = spread(Grams(grams), &mut asked);
            prop_assert_eq!(parts.iter().map(|(_, part)| part.0).sum::<i64>(), grams);
            prop_assert!(parts.iter().all(|(_, part)| part.is_positive()));
            prop_assert!(asked.iter().all(|(_, want)| want.0 >= 0));
        }
    }
}
