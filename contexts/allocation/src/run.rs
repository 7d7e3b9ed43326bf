//! A run (« une répartition »): one day's proposal, validated by a human, answered by each structure, handed over.
//!
//! Invariant: a run whose proof failed is never stored; nothing leaves the stock for a run no human validated.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{CoordinationId, PersonId};

kernel::id!(
    /// A run.
    RunId
);

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// Computed, its goods reserved, waiting for a human.
    Proposed,
    /// A human said yes; structures answer.
    Validated,
    /// Every line came to its end.
    Executed,
    /// Given up; its goods went back.
    Cancelled,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Validated, Self::Executed, Self::Cancelled];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Validated => "validated",
            Self::Executed => "executed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word kept in the database.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it may become `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Proposed, Self::Validated | Self::Cancelled)
                | (Self::Validated, Self::Executed | Self::Cancelled)
        )
    }

    /// The key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Proposed => "allocation-state-proposed",
            Self::Validated => "allocation-state-validated",
            Self::Executed => "allocation-state-executed",
            Self::Cancelled => "allocation-state-cancelled",
        }
    }
}

/// A run, without its inputs and plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The run.
    pub id: RunId,
    /// Its number on paper, e.g. `A-26-012`.
    pub reference: String,
    /// Where.
    pub coordination: CoordinationId,
    /// The civil day it was computed for.
    pub day: NaiveDate,
    /// SHA-256 of its frozen inputs.
    pub inputs_hash: String,
    /// Where it stands.
    pub state: RunState,
    /// Who had it prepared; the machine where nobody.
    pub prepared_by: Option<PersonId>,
    /// Who validated it.
    pub validated_by: Option<PersonId>,
    /// When.
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was computed.
    pub created_at: DateTime<Utc>,
    /// Its version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forward() {
        use RunState::{Cancelled, Executed, Proposed, Validated};
        let allowed =
            [(Proposed, Validated), (Proposed, Cancelled), (Validated, Executed), (Validated, Cancelled)];
        for from in RunState::ALL {
            assert_eq!(RunState::from_code(from.code()), Some(from));
            for to in RunState::ALL {
                assert_eq!(from.may_become(to), allowed.contains(&(from, to)), "{from:?} to {to:?}");
            }
        }
    }
}
