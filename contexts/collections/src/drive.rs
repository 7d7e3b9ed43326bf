//! « Collecte publique »: some hours at a place during which individuals give. An event, not an offer: nothing is there
//! to be reserved, and what was collected is only known when it is over.
//!
//! ```text
//! announce ─► announced ─ its hours have begun ─► record ─► recorded      announced ─► cancelled
//! ```
//!
//! Invariant: a drive is recorded once; what it brought is in its organiser's stock, in the same transaction.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Grams, StructureId};
use serde::{Deserialize, Serialize};

kernel::id!(
    /// A collection drive.
    DriveId
);

network::coded! {
    /// Where a drive is in its life.
    DriveState {
        /// It will take place, or did and nobody wrote down what it brought.
        Announced = "announced",
        /// What it brought is written down, be it nothing.
        Recorded = "recorded",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

/// The longest drive, in days.
pub const LONGEST_DAYS: i64 = 14;
/// How far ahead a drive may begin, in days.
pub const FURTHEST_DAYS: i64 = 365;

/// A collection drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    /// Its id.
    pub id: DriveId,
    /// What people quote on the telephone: `C-26-041`, numbered with the other collections.
    pub reference: String,
    /// In which coordination.
    pub coordination: CoordinationId,
    /// Who organises it, and keeps what it brings.
    pub organiser: StructureId,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub begins_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub address: String,
    /// What one should know.
    pub note: String,
    /// Where it is in its life.
    pub state: DriveState,
    /// What it brought in all.
    pub grams: Grams,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
    /// Its version.
    pub version: i64,
}

/// Why an act does not fit a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DriveUnfit {
    /// It has no name, or no place.
    Unnamed,
    /// It ends before it begins, is past, too long or too far away.
    Window,
    /// It has not begun.
    NotYet,
    /// It was recorded or cancelled before.
    Over(DriveState),
}

impl Drive {
    /// Whether it may be announced at `now`.
    ///
    /// # Errors
    /// [`DriveUnfit::Unnamed`] or [`DriveUnfit::Window`].
    pub fn may_announce(&self, now: DateTime<Utc>) -> Result<(), DriveUnfit> {
        if self.title.trim().is_empty() || self.address.trim().is_empty() {
            return Err(DriveUnfit::Unnamed);
        }
        let length = self.ends_at - self.begins_at;
        let is_fit = self.ends_at > now
            && length > chrono::Duration::zero()
            && length <= chrono::Duration::days(LONGEST_DAYS)
            && self.begins_at - now <= chrono::Duration::days(FURTHEST_DAYS);
        if is_fit { Ok(()) } else { Err(DriveUnfit::Window) }
    }

    /// Whether what it brought may be written down.
    ///
    /// # Errors
    /// [`DriveUnfit`].
    pub fn may_record(&self, now: DateTime<Utc>) -> Result<(), DriveUnfit> {
        self.may_end()?;
        if now < self.begins_at { Err(DriveUnfit::NotYet) } else { Ok(()) }
    }

    /// Whether it may be cancelled.
    ///
    /// # Errors
    /// [`DriveUnfit::Over`].
    pub fn may_end(&self) -> Result<(), DriveUnfit> {
        if self.state == DriveState::Announced { Ok(()) } else { Err(DriveUnfit::Over(self.state)) }
    }

    /// Whether it is over and still waits for what it brought.
    #[must_use]
    pub fn waits_for_record(&self, now: DateTime<Utc>) -> bool {
        self.state == DriveState::Announced && self.ends_at <= now
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use uuid::Uuid;

    use super::*;

    fn drive(state: DriveState) -> Drive {
        let begins_at = DateTime::UNIX_EPOCH;
        Drive {
            id: DriveId(Uuid::nil()),
            reference: "C-26-001".into(),
            coordination: CoordinationId(Uuid::nil()),
            organiser: StructureId(Uuid::nil()),
            title: "Collecte de Noël".into(),
            begins_at,
            ends_at: begins_at + Duration::hours(9),
            address: "12 rue de Paris".into(),
            note: String::new(),
            state,
            grams: Grams::ZERO,
            created_at: begins_at,
            version: 1,
        }
    }

    #[test]
    fn it_is_announced_before_and_recorded_once() {
        let announced = drive(DriveState::Announced);
        let at = |hours| DateTime::UNIX_EPOCH + Duration::hours(hours);
        assert_eq!(announced.may_announce(at(-24)), Ok(()));
        assert_eq!(announced.may_announce(at(9)), Err(DriveUnfit::Window));
        assert_eq!(announced.may_announce(at(-24 * 366)), Err(DriveUnfit::Window));
        let nowhere = Drive { address: " ".into(), ..announced.clone() };
        assert_eq!(nowhere.may_announce(at(-24)), Err(DriveUnfit::Unnamed));
        assert_eq!(announced.may_record(at(-1)), Err(DriveUnfit::NotYet));
        assert_eq!(announced.may_record(at(2)), Ok(()));
        assert!(!announced.waits_for_record(at(8)) && announced.waits_for_record(at(9)));
        for state in [DriveState::Recorded, DriveState::Cancelled] {
            assert_eq!(drive(state).may_record(at(10)), Err(DriveUnfit::Over(state)));
            assert_eq!(drive(state).may_end(), Err(DriveUnfit::Over(state)));
            assert!(!drive(state).waits_for_record(at(10)));
        }
    }
}
