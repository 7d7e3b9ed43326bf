//! « Collecte »: goods that somebody gives at a place during a window.
//!
//! Invariant: what is spoken for never exceeds what is offered, and a collection that has ended is never reopened but
//! by undoing its cancellation while its window is still open.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, PersonId, SiteId, StructureId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::agreement::Ask;
use crate::recurrence::PickupId;

kernel::id!(
    /// A collection.
    CollectionId
);

network::coded! {
    /// What sort of collection it is.
    Kind {
        /// A gift by a shop, a company, a farm, an association.
        Gift = "don",
        /// A recurring pickup at a shop (« ramasse »).
        Pickup = "ramasse",
        /// A drive among individuals.
        Drive = "collecte_publique",
        /// Gleaning in a field or after a market.
        Gleaning = "glanage",
        /// A purchase that is shared.
        Purchase = "achat",
        /// Goods that pass from one structure to another.
        Transfer = "transfert",
    }
}

network::coded! {
    /// Where a collection is in its life. Reserved in part or whole is derived, see [`Collection::free`].
    State {
        /// Not yet shown to anybody else.
        Draft = "draft",
        /// On the board.
        Published = "published",
        /// Everything that was there has been taken over.
        TakenOver = "taken_over",
        /// Nothing more happens to it.
        Closed = "closed",
        /// Whoever came took nothing.
        Refused = "refused",
        /// Its window passed and nobody came.
        Expired = "expired",
        /// The donor took it back.
        Cancelled = "cancelled",
        /// There was nothing there.
        NothingToCollect = "nothing_to_collect",
    }
}

network::coded! {
    /// How far an offer is shown.
    OfferScope {
        /// The donor alone.
        Structure = "structure",
        /// The structures it names.
        Named = "named",
        /// The coordination.
        Coordination = "coordination",
    }
}

impl State {
    /// Whether nothing more can be reserved or changed.
    #[must_use]
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Draft | Self::Published)
    }
}

/// A collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Its id.
    pub id: CollectionId,
    /// What people quote on the telephone: `C-26-041`.
    pub reference: String,
    /// Where it was posted.
    pub coordination: CoordinationId,
    /// What sort it is.
    pub kind: Kind,
    /// Who gives.
    pub donor: StructureId,
    /// At which of the donor's places, where it is one.
    pub site: Option<SiteId>,
    /// The recurring pickup it came from.
    pub pickup: Option<PickupId>,
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
    /// How much was offered.
    pub grams: Grams,
    /// How much of it is reserved or was taken.
    pub taken: Grams,
    /// Whether the figure is an estimate.
    pub estimated: bool,
    /// In how many packages it comes.
    pub packages: Option<i64>,
    /// In what packaging.
    pub packaging: Option<String>,
    /// What one crate weighs, zero where unknown.
    pub crate_grams: Grams,
    /// The lot number printed on it.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// The earliest date among it.
    pub date: Option<NaiveDate>,
    /// Why a short DLC is given all the same.
    pub short_date_reason: Option<String>,
    /// From when it can be fetched.
    pub pickup_from: DateTime<Utc>,
    /// Until when.
    pub pickup_until: DateTime<Utc>,
    /// Where, in words.
    pub pickup_address: String,
    /// What one should know on the spot.
    pub note: String,
    /// Its photo.
    pub photo: Option<Uuid>,
    /// Whether it cannot wait for the daily allocation.
    pub urgent: bool,
    /// Who is asked first, until when.
    pub first_ask: Option<Ask>,
    /// How far it is shown.
    pub scope: OfferScope,
    /// Whom it names.
    pub named: Vec<StructureId>,
    /// Where it is in its life.
    pub state: State,
    /// Why, where it ended early.
    pub state_reason: Option<String>,
    /// Who posted it.
    pub posted_by: Option<PersonId>,
    /// Whether that was on the donor's behalf.
    pub posted_for: bool,
    /// When.
    pub created_at: DateTime<Utc>,
    /// The version to compare before an edit.
    pub version: i64,
}

/// Why an act does not fit the state a collection is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unfit {
    /// It is over: nothing more happens to it.
    Over(State),
    /// Its window is past.
    WindowPast,
    /// Less than that is left.
    OnlyLeft(Grams),
    /// Somebody holds a part of it.
    Held,
    /// Its window is not past yet.
    NotYet,
    /// It was not cancelled.
    NotCancelled,
}

impl Collection {
    /// What is still to be had.
    #[must_use]
    pub fn free(&self) -> Grams {
        self.grams - self.taken
    }

    /// Whether a part may be reserved now.
    ///
    /// # Errors
    /// [`Unfit`], in the order in which a person would notice.
    pub fn may_reserve(&self, grams: Grams, now: DateTime<Utc>) -> Result<(), Unfit> {
        if self.state != State::Published {
            return Err(Unfit::Over(self.state));
        }
        if now >= self.pickup_until {
            return Err(Unfit::WindowPast);
        }
        if grams > self.free() {
            return Err(Unfit::OnlyLeft(self.free()));
        }
        Ok(())
    }

    /// Whether the donor may take it back, or say that there is nothing to collect. What is reserved is then
    /// released; what was taken over stays taken.
    ///
    /// # Errors
    /// [`Unfit::Over`].
    pub fn may_end(&self) -> Result<(), Unfit> {
        if self.state.is_over() { Err(Unfit::Over(self.state)) } else { Ok(()) }
    }

    /// Whether a cancellation may be undone.
    ///
    /// # Errors
    /// [`Unfit::NotCancelled`] or [`Unfit::WindowPast`].
    pub fn may_restore(&self, now: DateTime<Utc>) -> Result<(), Unfit> {
        if self.state != State::Cancelled {
            return Err(Unfit::NotCancelled);
        }
        if now >= self.pickup_until {
            return Err(Unfit::WindowPast);
        }
        Ok(())
    }

    /// Whether the offer may be edited to hold `grams`: never below what is spoken for.
    ///
    /// # Errors
    /// [`Unfit::Over`], or [`Unfit::Held`] where more than that is reserved or taken.
    pub fn may_edit(&self, grams: Grams) -> Result<(), Unfit> {
        self.may_end()?;
        if grams < self.taken { Err(Unfit::Held) } else { Ok(()) }
    }

    /// The state after its holds changed: over when nothing is free and nobody is expected any more.
    #[must_use]
    pub fn settled(&self, taken: Grams, holds: Holds) -> State {
        if self.state != State::Published || taken < self.grams || holds.held > 0 {
            return self.state;
        }
        if holds.taken_over > 0 { State::TakenOver } else { State::Refused }
    }

    /// What becomes of it once its window is past: what nobody fetched expires, what was fetched in part is
    /// closed; while somebody who reserved has not said what they took, it waits for [`RECORDING_GRACE`].
    #[must_use]
    pub fn lapsed(&self, holds: Holds, now: DateTime<Utc>) -> Option<Lapse> {
        if self.state == State::TakenOver && now >= self.pickup_until + CLOSES_AFTER {
            return Some(Lapse { state: State::Closed, drop_holds: false });
        }
        if self.state != State::Published || now < self.pickup_until {
            return None;
        }
        if holds.held > 0 && now < self.pickup_until + RECORDING_GRACE {
            return None;
        }
        let state = if holds.taken_over > 0 { State::Closed } else { State::Expired };
        Some(Lapse { state, drop_holds: holds.held > 0 })
    }
}

/// How long after the window a take-over may still be written down by whoever fetched the goods.
pub const RECORDING_GRACE: chrono::Duration = chrono::Duration::days(3);
/// How long a collection that was taken over stays open to corrections of its trail.
pub const CLOSES_AFTER: chrono::Duration = chrono::Duration::days(7);

/// What becomes of a collection by the passing of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// Its new state.
    pub state: State,
    /// Whether its holds end as not taken.
    pub drop_holds: bool,
}

/// How many of a collection's holds are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Still expected.
    pub held: i64,
    /// Taken over.
    pub taken_over: i64,
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;
    use crate::hold::{Difference, Hold, HoldId, HoldState, Taking};

    fn offered(kg: i64) -> Collection {
        let begins = DateTime::UNIX_EPOCH;
        Collection {
            id: CollectionId(Uuid::nil()),
            reference: "C-26-001".into(),
            coordination: CoordinationId(Uuid::nil()),
            kind: Kind::Gift,
            donor: StructureId(Uuid::nil()),
            site: None,
            pickup: None,
            product: "Yaourts".into(),
            family: "dairy".into(),
            temperature: TemperatureClass::Chilled,
            animal_origin: true,
            prepackaged: true,
            grams: Grams(kg),
            taken: Grams::ZERO,
            estimated: true,
            packages: None,
            packaging: None,
            crate_grams: Grams::ZERO,
            lot_number: None,
            date_kind: DateKind::None,
            date: None,
            short_date_reason: None,
            pickup_from: begins,
            pickup_until: begins + Duration::hours(3),
            pickup_address: String::new(),
            note: String::new(),
            photo: None,
            urgent: true,
            first_ask: None,
            scope: OfferScope::Coordination,
            named: Vec::new(),
            state: State::Published,
            state_reason: None,
            posted_by: None,
            posted_for: false,
            created_at: begins,
            version: 1,
        }
    }

    /// A collection and its holds, moved by the same rules as the use cases.
    struct Model {
        collection: Collection,
        holds: Vec<Hold>,
        now: DateTime<Utc>,
    }

    #[derive(Clone, Debug)]
    enum Step {
        Reserve(i64),
        Release(usize),
        Take(usize, i64, Option<Difference>),
        Cancel,
        Restore,
        Wait(i64),
    }

    impl Model {
        fn counts(&self) -> Holds {
            let count = |state| {
                i64::try_from(self.holds.iter().filter(|hold| hold.state == state).count())
                    .expect("few holds")
            };
            Holds { held: count(HoldState::Held), taken_over: count(HoldState::TakenOver) }
        }

        fn end_holds(&mut self, state: HoldState) {
            for hold in self.holds.iter_mut().filter(|hold| hold.state == HoldState::Held) {
                hold.state = state;
                self.collection.taken -= hold.grams;
            }
        }

        fn step(&mut self, step: &Step) {
            match step {
                Step::Reserve(grams) => {
                    if self.collection.may_reserve(Grams(*grams), self.now).is_ok() {
                        self.collection.taken += Grams(*grams);
                        self.holds.push(Hold {
                            id: HoldId(Uuid::nil()),
                            collection: self.collection.id,
                            structure: StructureId(Uuid::nil()),
                            grams: Grams(*grams),
                            state: HoldState::Held,
                            reason: None,
                            comes_at: None,
                            created_at: self.now,
                            ended_at: None,
                            version: 1,
                        });
                    }
                }
                Step::Release(at) => {
                    if let Some(hold) = self.holds.get_mut(*at).filter(|hold| hold.state == HoldState::Held) {
                        hold.state = HoldState::Released;
                        self.collection.taken -= hold.grams;
                    }
                }
                Step::Take(at, accepted, difference) => {
                    let taking = Taking { accepted: Grams(*accepted), difference: *difference };
                    if self.collection.state.is_over() {
                        return;
                    }
                    if let Some(hold) = self.holds.get_mut(*at)
                        && let Ok(taken) = hold.take(taking)
                    {
                        hold.state = taken.state;
                        self.collection.taken -= taken.back;
                        self.collection.state = self.collection.settled(self.collection.taken, self.counts());
                    }
                }
                Step::Cancel => {
                    if self.collection.may_end().is_ok() {
                        self.end_holds(HoldState::Released);
                        let fetched = self.counts().taken_over > 0;
                        self.collection.state = if fetched { State::Closed } else { State::Cancelled };
                    }
                }
                Step::Restore => {
                    if self.collection.may_restore(self.now).is_ok() {
                        self.collection.state = State::Published;
                    }
                }
                Step::Wait(hours) => {
                    self.now += Duration::hours(*hours);
                    if let Some(lapse) = self.collection.lapsed(self.counts(), self.now) {
                        if lapse.drop_holds {
                            self.end_holds(HoldState::NotTaken);
                        }
                        self.collection.state = lapse.state;
                    }
                }
            }
        }
    }

    fn steps() -> impl Strategy<Value = Step> {
        prop_oneof![
            (1_i64..130).prop_map(Step::Reserve),
            (0_usize..6).prop_map(Step::Release),
            (0_usize..6, 0_i64..150, proptest::option::of(proptest::sample::select(Difference::ALL)))
                .prop_map(|(at, accepted, why)| Step::Take(at, accepted, why)),
            Just(Step::Cancel),
            Just(Step::Restore),
            (0_i64..60).prop_map(Step::Wait),
        ]
    }

    proptest! {
        #[test]
        fn never_more_spoken_for_than_offered(steps in proptest::collection::vec(steps(), 0..40)) {
            let mut model = Model { collection: offered(120), holds: Vec::new(), now: DateTime::UNIX_EPOCH };
            for step in &steps {
                let before = model.collection.state;
                model.step(step);
                let (collection, counts) = (&model.collection, model.counts());
                prop_assert!((0..=collection.grams.0).contains(&collection.taken.0), "{:?}", step);
                let held: Grams = model
                    .holds
                    .iter()
                    .filter(|hold| hold.state == HoldState::Held)
                    .map(|hold| hold.grams)
                    .sum();
                prop_assert!(held <= collection.taken);
                // What has ended stays ended, but for a cancellation that is undone and what is closed in time.
                if before.is_over() && collection.state != before {
                    prop_assert!(matches!(
                        (before, collection.state),
                        (State::Cancelled, State::Published) | (State::TakenOver, State::Closed)
                    ));
                }
                if collection.state.is_over() {
                    prop_assert_eq!(counts.held, 0);
                }
                if collection.state == State::Cancelled || collection.state == State::Expired {
                    prop_assert_eq!(counts.taken_over, 0);
                }
            }
        }

        #[test]
        fn with_time_everything_ends(steps in proptest::collection::vec(steps(), 0..40)) {
            let mut model = Model { collection: offered(120), holds: Vec::new(), now: DateTime::UNIX_EPOCH };
            for step in &steps {
                model.step(step);
            }
            model.step(&Step::Wait(24 * 30));
            prop_assert!(model.collection.state.is_over() && model.counts().held == 0);
        }
    }
}
