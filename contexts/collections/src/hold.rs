//! « Réservation »: the part of a collection that a structure comes to fetch.
//!
//! Invariant: a hold ends once, released, taken over or not taken; what it held goes back to the board unless it was
//! dealt with on the spot.

use chrono::{DateTime, Utc};
use kernel::{Grams, StructureId};
use serde::{Deserialize, Serialize};

use crate::collection::CollectionId;

kernel::id!(
    /// A structure's hold on a part of a collection.
    HoldId
);

network::coded! {
    /// Where a hold is in its life.
    HoldState {
        /// Set aside by the daily allocation, for a structure that has not said yes or no yet.
        Proposed = "proposed",
        /// The structure is expected.
        Held = "held",
        /// Given back before anybody came.
        Released = "released",
        /// Fetched, in whole or part.
        TakenOver = "taken_over",
        /// Nothing of it was taken.
        NotTaken = "not_taken",
    }
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Of which collection.
    pub collection: CollectionId,
    /// Whose.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// Where it is in its life.
    pub state: HoldState,
    /// Why it ended, where a reason was asked.
    pub reason: Option<String>,
    /// When they say they come.
    pub comes_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its version.
    pub version: i64,
}

network::coded! {
    /// Why what was taken differs from what was proposed. Refusing all or part is a right, never a fault.
    Difference {
        /// There was less than announced.
        LessThere = "less_there",
        /// There was more than announced.
        MoreThere = "more_there",
        /// Damaged, or its date is past.
        Damaged = "damaged",
        /// No room, no vehicle, no hands for all of it.
        NoRoom = "no_room",
        /// It was too warm.
        TooWarm = "too_warm",
        /// Something else, said in words.
        Other = "other",
    }
}

impl Difference {
    /// Whether what was left behind is still good for somebody else.
    #[must_use]
    pub fn leaves_good_food(self) -> bool {
        matches!(self, Self::NoRoom | Self::Other)
    }

    /// Whether it can explain this difference: more is only explained by more.
    #[must_use]
    pub fn explains(self, proposed: Grams, accepted: Grams) -> bool {
        match self {
            Self::MoreThere => accepted > proposed,
            Self::Other => accepted != proposed,
            _ => accepted < proposed,
        }
    }
}

/// What was found on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// What was accepted.
    pub accepted: Grams,
    /// Why it differs from what was held.
    pub difference: Option<Difference>,
}

/// Why a taking cannot be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TakingUnfit {
    /// The hold has ended.
    Ended(HoldState),
    /// The figure differs and nothing says why.
    ReasonMissing,
    /// The reason given does not explain this difference.
    ReasonDoesNotExplain,
}

/// What a taking does to its hold and to the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The hold's new state.
    pub state: HoldState,
    /// What goes back to the board.
    pub back: Grams,
}

impl Hold {
    /// Decides a taking.
    ///
    /// # Errors
    /// [`TakingUnfit`].
    pub fn take(&self, taking: Taking) -> Result<Taken, TakingUnfit> {
        if self.state != HoldState::Held {
            return Err(TakingUnfit::Ended(self.state));
        }
        let state = if taking.accepted.is_positive() { HoldState::TakenOver } else { HoldState::NotTaken };
        if taking.accepted == self.grams {
            return Ok(Taken { state, back: Grams::ZERO });
        }
        let why = taking.difference.ok_or(TakingUnfit::ReasonMissing)?;
        if !why.explains(self.grams, taking.accepted) {
            return Err(TakingUnfit::ReasonDoesNotExplain);
        }
        let missing = self.grams - taking.accepted;
        let back = if why.leaves_good_food() && missing.is_positive() { missing } else { Grams::ZERO };
        Ok(Taken { state, back })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hold(grams: i64, state: HoldState) -> Hold {
        Hold {
            id: HoldId(uuid::Uuid::nil()),
            collection: CollectionId(uuid::Uuid::nil()),
            structure: StructureId(uuid::Uuid::nil()),
            grams: Grams(grams),
            state,
            reason: None,
            comes_at: None,
            created_at: DateTime::UNIX_EPOCH,
            ended_at: None,
            version: 1,
        }
    }

    #[test]
    fn what_goes_back_depends_on_why_it_was_left() {
        for (accepted, why, outcome) in [
            (80, None, Ok((HoldState::TakenOver, 0))),
            (60, None, Err(TakingUnfit::ReasonMissing)),
            (60, Some(Difference::NoRoom), Ok((HoldState::TakenOver, 20))),
            (60, Some(Difference::LessThere), Ok((HoldState::TakenOver, 0))),
            (60, Some(Difference::MoreThere), Err(TakingUnfit::ReasonDoesNotExplain)),
            (95, Some(Difference::MoreThere), Ok((HoldState::TakenOver, 0))),
            (95, Some(Difference::Damaged), Err(TakingUnfit::ReasonDoesNotExplain)),
            (0, Some(Difference::Damaged), Ok((HoldState::NotTaken, 0))),
            (0, Some(Difference::NoRoom), Ok((HoldState::NotTaken, 80))),
        ] {
            let taking = Taking { accepted: Grams(accepted), difference: why };
            let decided = hold(80, HoldState::Held).take(taking).map(|taken| (taken.state, taken.back.0));
            assert_eq!(decided, outcome, "{accepted} {why:?}");
        }
        let again = Taking { accepted: Grams(80), difference: None };
        assert_eq!(hold(80, HoldState::Released).take(again), Err(TakingUnfit::Ended(HoldState::Released)));
    }

    proptest! {
        #[test]
        fn nothing_goes_back_that_was_not_held(
            held in 1_i64..1_000,
            accepted in 0_i64..2_000,
            why in proptest::option::of(proptest::sample::select(Difference::ALL)),
        ) {
            let taking = Taking { accepted: Grams(accepted), difference: why };
            if let Ok(taken) = hold(held, HoldState::Held).take(taking) {
                prop_assert!((0..=held).contains(&taken.back.0));
                prop_assert!(taken.back.0 + accepted <= held.max(accepted));
                prop_assert_eq!(taken.state == HoldState::TakenOver, accepted > 0);
                prop_assert!(accepted == held || why.is_some());
            }
        }
    }
}
