//! A structure's share of a run (« la part d’une structure »): its reasons, and until when it may answer.
//!
//! Invariant: every structure that asked has one, also where nothing is proposed to it, so that it can read why.

use chrono::{DateTime, Utc};
use kernel::StructureId;

use crate::RunId;
use crate::reasons::Reasons;

kernel::id!(
    /// A structure's share of a run.
    ShareId
);

/// A structure's share of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The share.
    pub id: ShareId,
    /// Its run.
    pub run: RunId,
    /// Whose.
    pub structure: StructureId,
    /// Why it is what it is.
    pub reasons: Reasons,
    /// Until when its lines may be answered; none before the run is validated.
    pub answer_until: Option<DateTime<Utc>>,
    /// When it was reminded.
    pub reminded_at: Option<DateTime<Utc>>,
}
