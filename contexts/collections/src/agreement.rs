//! « Convention »: a donor and the association that is asked first, for a delay that both have accepted.
//!
//! Invariant: an agreement changes nothing until both sides have accepted it, and never longer than its dates say.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::{CoordinationId, StructureId};

kernel::id!(
    /// An agreement between a donor and a partner.
    AgreementId
);

/// The longest time a partner can be asked before the others: two days.
pub const LONGEST_ASK_MINUTES: i64 = 2_880;

/// Who is asked first, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The partner.
    pub partner: StructureId,
    /// Until when the others wait; `None` where the partner merely usually comes.
    pub until: Option<DateTime<Utc>>,
}

impl Ask {
    /// Whether the others still wait.
    #[must_use]
    pub fn holds_others(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Where it was made.
    pub coordination: CoordinationId,
    /// Who gives.
    pub donor: StructureId,
    /// Who is asked first.
    pub partner: StructureId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// For how long the partner is asked before the others, in minutes.
    pub first_ask_minutes: i64,
    /// What else was agreed: days, sorting, transport.
    pub notes: String,
    /// When the donor accepted.
    pub donor_accepted_at: Option<DateTime<Utc>>,
    /// When the partner accepted.
    pub partner_accepted_at: Option<DateTime<Utc>>,
    /// When one of them ended it.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its version.
    pub version: i64,
}

/// Where an agreement stands; derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One side has not accepted yet.
    Proposed,
    /// Both have accepted; it begins later.
    Ahead,
    /// In force.
    InForce,
    /// Over, by its date or by one side's wish.
    Ended,
}

impl Agreement {
    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        if self.ended_at.is_some() || self.ends_on.is_some_and(|end| end < today) {
            Standing::Ended
        } else if self.donor_accepted_at.is_none() || self.partner_accepted_at.is_none() {
            Standing::Proposed
        } else if today < self.starts_on {
            Standing::Ahead
        } else {
            Standing::InForce
        }
    }

    /// Whether this structure still has to accept it.
    #[must_use]
    pub fn awaits(&self, structure: StructureId, today: NaiveDate) -> bool {
        self.standing(today) == Standing::Proposed
            && ((structure == self.donor && self.donor_accepted_at.is_none())
                || (structure == self.partner && self.partner_accepted_at.is_none()))
    }

    /// The ask it gives an offer made now. It ends before the window does: a partner who does not answer must
    /// leave the others time to come, so at most half of what is left until the window closes is theirs alone.
    #[must_use]
    pub fn ask(&self, now: DateTime<Utc>, pickup_until: DateTime<Utc>, today: NaiveDate) -> Option<Ask> {
        if self.standing(today) != Standing::InForce {
            return None;
        }
        let half = (pickup_until - now) / 2;
        let agreed = Duration::minutes(self.first_ask_minutes.clamp(0, LONGEST_ASK_MINUTES));
        Some(Ask { partner: self.partner, until: Some(now + agreed.min(half).max(Duration::zero())) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn agreement() -> Agreement {
        let now = day("2026-11-01").and_hms_opt(9, 0, 0).expect("a time").and_utc();
        Agreement {
            id: AgreementId(uuid::Uuid::nil()),
            coordination: CoordinationId(uuid::Uuid::nil()),
            donor: StructureId(uuid::Uuid::from_u128(1)),
            partner: StructureId(uuid::Uuid::from_u128(2)),
            starts_on: day("2026-11-15"),
            ends_on: Some(day("2026-12-31")),
            first_ask_minutes: 60,
            notes: String::new(),
            donor_accepted_at: Some(now),
            partner_accepted_at: Some(now),
            ended_at: None,
            version: 1,
        }
    }

    #[test]
    fn both_sides_and_both_dates_count() {
        let whole = agreement();
        for (today, standing) in [
            ("2026-11-14", Standing::Ahead),
            ("2026-11-15", Standing::InForce),
            ("2026-12-31", Standing::InForce),
            ("2027-01-01", Standing::Ended),
        ] {
            assert_eq!(whole.standing(day(today)), standing, "{today}");
        }
        let half = Agreement { partner_accepted_at: None, ..agreement() };
        assert_eq!(half.standing(day("2026-11-20")), Standing::Proposed);
        assert!(half.awaits(half.partner, day("2026-11-20")) && !half.awaits(half.donor, day("2026-11-20")));
        let ended = Agreement { ended_at: whole.donor_accepted_at, ..agreement() };
        assert_eq!(ended.standing(day("2026-11-20")), Standing::Ended);
    }

    proptest! {
        #[test]
        fn the_others_always_keep_half_of_the_time(minutes in 0_i64..=LONGEST_ASK_MINUTES, left in 1_i64..10_000) {
            let agreement = Agreement { first_ask_minutes: minutes, ..agreement() };
            let now = day("2026-11-20").and_hms_opt(9, 0, 0).expect("a time").and_utc();
            let until = now + Duration::minutes(left);
            let ask = agreement.ask(now, until, day("2026-11-20")).expect("in force");
            let asked_until = ask.until.expect("a delay");
            prop_assert!(asked_until >= now && asked_until - now <= Duration::minutes(minutes));
            prop_assert!((until - asked_until) * 2 >= until - now);
        }
    }
}
