//! Random sequences of acts against a model in memory: the ledger does what the model says, refuses what it refuses,
//! and adds up at the end.

use std::collections::BTreeMap;

use chrono::Duration;
use goods::TemperatureClass;
use kernel::{Cx, Grams};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use stock::usecases::correct::{self, Correct};
use stock::usecases::count::{self, Count, Counted};
use stock::usecases::hand_out::{self, HandOut};
use stock::usecases::hand_over::{self, HandOver};
use stock::usecases::move_lot::{self, MoveLot};
use stock::usecases::split::{self, Part, Split};
use stock::usecases::waste::{self, Waste};
use stock::usecases::withdraw::{self, Withdraw};
use stock::usecases::{block, lift, quarantine, release};
use stock::{Entry, LotId, LotState, MovementId, NewLot, PlaceId, ReservationId, StateChange};
use testkit::{Engine, Town};

use crate::scene::{Scene, refused, yoghurts};

#[derive(Clone, Copy, Debug)]
enum Op {
    Receive { grams: i64, days: u8 },
    Reserve { lot: usize, zone: usize, grams: i64 },
    Release { reservation: usize },
    Split { lot: usize, zone: usize, parts: [i64; 2] },
    Move { lot: usize, from: usize, to: usize, grams: i64 },
    HandOver { lot: usize, from: usize, grams: i64 },
    HandOverReserved { reservation: usize, grams: i64 },
    HandOut { lot: usize, zone: usize, grams: i64 },
    Waste { lot: usize, zone: usize, grams: i64 },
    Count { lot: usize, zone: usize, found: i64 },
    Correct { movement: usize },
    State { lot: usize, change: u8 },
    Withdraw { lot: usize, zone: usize },
    NextDay,
}

/// Hub chilled, hub frozen, the pantry's chilled zone.
const ZONES: usize = 3;
const PANTRY: usize = 2;

fn op() -> impl Strategy<Value = Op> {
    let grams = || 0_i64..40;
    prop_oneof![
        3 => (1_i64..60, 0_u8..9).prop_map(|(grams, days)| Op::Receive { grams, days }),
        4 => (0..8_usize, 0..ZONES, grams()).prop_map(|(lot, zone, grams)| Op::Reserve { lot, zone, grams }),
        2 => (0..8_usize).prop_map(|reservation| Op::Release { reservation }),
        2 => (0..8_usize, 0..ZONES, [0_i64..20, 1_i64..20]).prop_map(|(lot, zone, parts)| Op::Split { lot, zone, parts }),
        3 => (0..8_usize, 0..ZONES, 0..ZONES, grams())
            .prop_map(|(lot, from, to, grams)| Op::Move { lot, from, to, grams }),
        3 => (0..8_usize, 0..ZONES, grams()).prop_map(|(lot, from, grams)| Op::HandOver { lot, from, grams }),
        3 => (0..8_usize, grams()).prop_map(|(reservation, grams)| Op::HandOverReserved { reservation, grams }),
        2 => (0..8_usize, 0..ZONES, grams()).prop_map(|(lot, zone, grams)| Op::HandOut { lot, zone, grams }),
        2 => (0..8_usize, 0..ZONES, grams()).prop_map(|(lot, zone, grams)| Op::Waste { lot, zone, grams }),
        2 => (0..8_usize, 0..ZONES, grams()).prop_map(|(lot, zone, found)| Op::Count { lot, zone, found }),
        3 => (0..12_usize).prop_map(|movement| Op::Correct { movement }),
        2 => (0..8_usize, 0_u8..4).prop_map(|(lot, change)| Op::State { lot, change }),
        1 => (0..8_usize, 0..ZONES).prop_map(|(lot, zone)| Op::Withdraw { lot, zone }),
        1 => Just(Op::NextDay),
    ]
}

struct ModelLot {
    id: LotId,
    state: LotState,
    /// The last civil day on which it may be given, counted from the start of the sequence.
    last_day: i64,
    /// All and promised grams, by zone.
    at: [(i64, i64); ZONES],
}

struct ModelReservation {
    id: ReservationId,
    lot: usize,
    zone: usize,
    grams: i64,
    active: bool,
}

/// Lot, change of grams in each zone.
type Changes = Vec<(usize, [i64; ZONES])>;

struct Model {
    lots: Vec<ModelLot>,
    reservations: Vec<ModelReservation>,
    movements: Vec<(MovementId, Changes, bool)>,
    day: i64,
}

fn change(zone: usize, grams: i64) -> [i64; ZONES] {
    let mut change = [0; ZONES];
    change[zone] = grams;
    change
}

impl Model {
    fn may_give(&self, lot: usize) -> bool {
        self.lots[lot].state == LotState::Available && self.day <= self.lots[lot].last_day
    }

    fn free(&self, lot: usize, zone: usize) -> i64 {
        let (grams, reserved) = self.lots[lot].at[zone];
        grams - reserved
    }

    fn apply(&mut self, movement: MovementId, changes: Changes) {
        for (lot, change) in &changes {
            for (zone, grams) in change.iter().enumerate() {
                self.lots[*lot].at[zone].0 += grams;
            }
        }
        self.movements.push((movement, changes, false));
    }
}

struct Play<'s> {
    scene: &'s Scene,
    zones: [PlaceId; ZONES],
    model: Model,
}

impl Play<'_> {
    fn cx(&self, zone: usize) -> &Cx {
        if zone == PANTRY { &self.scene.awa } else { &self.scene.keeper }
    }

    fn lot(&self, index: usize) -> Option<usize> {
        (!self.model.lots.is_empty()).then(|| index % self.model.lots.len())
    }

    async fn act(&mut self, op: Op) {
        // Two movements of one instant have no order.
        self.scene.town.clock.advance(Duration::milliseconds(2));
        match op {
            Op::Receive { grams, days } => self.receive(grams, days).await,
            Op::Reserve { lot, zone, grams } => self.reserve(lot, zone, grams).await,
            Op::Release { reservation } => self.release(reservation).await,
            Op::Split { lot, zone, parts } => self.split(lot, zone, parts).await,
            Op::Move { lot, from, to, grams } => self.move_lot(lot, from, to, grams).await,
            Op::HandOver { lot, from, grams } => self.hand_over(lot, from, grams, None).await,
            Op::HandOverReserved { reservation, grams } => {
                if self.model.reservations.is_empty() {
                    return;
                }
                let index = reservation % self.model.reservations.len();
                let (lot, zone) = (self.model.reservations[index].lot, self.model.reservations[index].zone);
                self.hand_over(lot, zone, grams, Some(index)).await;
            }
            Op::HandOut { lot, zone, grams } => self.leave(lot, zone, grams, true).await,
            Op::Waste { lot, zone, grams } => self.leave(lot, zone, grams, false).await,
            Op::Count { lot, zone, found } => self.count(lot, zone, found).await,
            Op::Correct { movement } => self.correct(movement).await,
            Op::State { lot, change } => self.change_state(lot, change).await,
            Op::Withdraw { lot, zone } => self.withdraw(lot, zone).await,
            Op::NextDay => {
                self.scene.town.clock.advance(Duration::days(1));
                self.model.day += 1;
            }
        }
    }

    async fn receive(&mut self, grams: i64, days: u8) {
        let date = self.scene.keeper.today() + Duration::days(i64::from(days));
        let id = self.scene.receive(NewLot { date: Some(date), ..yoghurts() }, Grams(grams)).await;
        let index = self.model.lots.len();
        let last_day = self.model.day + i64::from(days);
        self.model.lots.push(ModelLot { id, state: LotState::Available, last_day, at: [(0, 0); ZONES] });
        let movement = self.movements_of(id).await[0];
        self.model.apply(movement, vec![(index, change(0, grams))]);
    }

    async fn movements_of(&self, lot: LotId) -> Vec<MovementId> {
        let mut conn = self.scene.town.db.read().await.unwrap();
        let trace = stock::queries::trace(&mut conn, lot).await.unwrap().unwrap();
        trace.steps.iter().map(|step| step.movement).collect()
    }

    async fn reserve(&mut self, lot: usize, zone: usize, grams: i64) {
        let Some(lot) = self.lot(lot) else { return };
        let expected = grams > 0 && self.model.may_give(lot) && self.model.free(lot, zone) >= grams;
        let done = self.scene.reserve_at(self.model.lots[lot].id, self.zones[zone], Grams(grams)).await;
        assert_eq!(done.is_ok(), expected, "reserve {done:?}");
        if let Ok(id) = done {
            self.model.lots[lot].at[zone].1 += grams;
            self.model.reservations.push(ModelReservation { id, lot, zone, grams, active: true });
        }
    }

    async fn release(&mut self, index: usize) {
        if self.model.reservations.is_empty() {
            return;
        }
        let index = index % self.model.reservations.len();
        let reservation = &mut self.model.reservations[index];
        let mut tx = self.scene.town.db.write().await.unwrap();
        let done = refused(release::within(&self.scene.keeper, &mut tx, reservation.id).await);
        assert_eq!(done.is_ok(), reservation.active, "release {done:?}");
        if done.is_ok() {
            tx.commit().await.unwrap();
            reservation.active = false;
            self.model.lots[reservation.lot].at[reservation.zone].1 -= reservation.grams;
        }
    }

    async fn split(&mut self, lot: usize, zone: usize, parts: [i64; 2]) {
        let Some(lot) = self.lot(lot) else { return };
        let expected =
            parts.iter().all(|part| *part > 0) && parts.iter().sum::<i64>() <= self.model.free(lot, zone);
        let command = Split {
            lot: self.model.lots[lot].id,
            place: self.zones[zone],
            parts: parts.map(|grams| Part { grams: Grams(grams), lot_number: None, date: None }).to_vec(),
            occurred_at: None,
        };
        let done = refused(split::run(self.cx(zone), &self.scene.town.db, command).await);
        assert_eq!(done.is_ok(), expected, "split {done:?}");
        let Ok(born) = done else { return };
        let (state, last_day) = (self.model.lots[lot].state, self.model.lots[lot].last_day);
        let mut changes = vec![(lot, change(zone, -parts.iter().sum::<i64>()))];
        for (id, grams) in born.iter().zip(parts) {
            changes.push((self.model.lots.len(), change(zone, grams)));
            self.model.lots.push(ModelLot { id: *id, state, last_day, at: [(0, 0); ZONES] });
        }
        let movement = *self.movements_of(born[0]).await.last().unwrap();
        self.model.apply(movement, changes);
    }

    async fn move_lot(&mut self, lot: usize, from: usize, to: usize, grams: i64) {
        let Some(lot) = self.lot(lot) else { return };
        let same_holder = (from == PANTRY) == (to == PANTRY);
        let expected = same_holder && from != to && grams > 0 && self.model.free(lot, from) >= grams;
        let command = MoveLot {
            lot: self.model.lots[lot].id,
            from: self.zones[from],
            to: self.zones[to],
            grams: Grams(grams),
            occurred_at: None,
        };
        let done = refused(move_lot::run(self.cx(from), &self.scene.town.db, command).await);
        assert_eq!(done.is_ok(), expected, "move {done:?}");
        if let Ok(movement) = done {
            let mut changes = change(from, -grams);
            changes[to] += grams;
            self.model.apply(movement, vec![(lot, changes)]);
        }
    }

    async fn hand_over(&mut self, lot: usize, from: usize, grams: i64, reserved: Option<usize>) {
        let Some(lot) = self.lot(lot) else { return };
        let promised = reserved.map_or(0, |index| self.model.reservations[index].grams);
        let active = reserved.is_none_or(|index| self.model.reservations[index].active);
        let expected = active
            && from != PANTRY
            && grams > 0
            && self.model.may_give(lot)
            && self.model.free(lot, from) + promised >= grams;
        let command = HandOver {
            reservation: reserved.map(|index| self.model.reservations[index].id),
            lot: self.model.lots[lot].id,
            from: self.zones[from],
            to_structure: self.scene.pantry,
            grams: Grams(grams),
            occurred_at: None,
        };
        let mut tx = self.scene.town.db.write().await.unwrap();
        let done = refused(hand_over::within(&self.scene.keeper, &mut tx, &command).await);
        assert_eq!(done.is_ok(), expected, "hand over {done:?}");
        let Ok(movement) = done else { return };
        tx.commit().await.unwrap();
        if let Some(index) = reserved {
            self.model.reservations[index].active = false;
            self.model.lots[lot].at[from].1 -= promised;
        }
        let mut changes = change(from, -grams);
        changes[PANTRY] += grams;
        self.model.apply(movement, vec![(lot, changes)]);
    }

    async fn leave(&mut self, lot: usize, zone: usize, grams: i64, to_people: bool) {
        let Some(lot) = self.lot(lot) else { return };
        let expected =
            grams > 0 && self.model.free(lot, zone) >= grams && (!to_people || self.model.may_give(lot));
        let (cx, db) = (self.cx(zone), &self.scene.town.db);
        let (id, from) = (self.model.lots[lot].id, self.zones[zone]);
        let done = if to_people {
            refused(
                hand_out::run(cx, db, HandOut { lot: id, from, grams: Grams(grams), occurred_at: None })
                    .await,
            )
        } else {
            let reason = "abîmé".to_owned();
            refused(
                waste::run(cx, db, Waste { lot: id, from, grams: Grams(grams), reason, occurred_at: None })
                    .await,
            )
        };
        assert_eq!(done.is_ok(), expected, "leave {done:?}");
        if let Ok(movement) = done {
            self.model.apply(movement, vec![(lot, change(zone, -grams))]);
        }
    }

    async fn count(&mut self, lot: usize, zone: usize, found: i64) {
        let Some(lot) = self.lot(lot) else { return };
        let (grams, reserved) = self.model.lots[lot].at[zone];
        let command = Count {
            place: self.zones[zone],
            lots: vec![Counted {
                lot: self.model.lots[lot].id,
                found: Grams(found),
                seen: Some(Grams(grams)),
            }],
            occurred_at: None,
        };
        let done = count::run(self.cx(zone), &self.scene.town.db, command).await;
        assert_eq!(done.is_ok(), found >= reserved, "count {done:?}");
        if let Ok(outcome) = done {
            assert_eq!(outcome.movement.is_some(), found != grams);
            if let Some(movement) = outcome.movement {
                self.model.apply(movement, vec![(lot, change(zone, found - grams))]);
            }
        }
    }

    async fn correct(&mut self, index: usize) {
        if self.model.movements.is_empty() {
            return;
        }
        let index = index % self.model.movements.len();
        let (movement, changes, corrected) = self.model.movements[index].clone();
        let possible = changes.iter().all(|(lot, change)| {
            (0..ZONES).all(|zone| change[zone] <= 0 || self.model.free(*lot, zone) >= change[zone])
        });
        // The hub received, split, moved and gave; the pantry did what began in its zone.
        let by_pantry = changes.iter().all(|(_, change)| change[0] == 0 && change[1] == 0);
        let cx = self.cx(if by_pantry { PANTRY } else { 0 });
        let command = Correct { movement, reason: "annulé".into() };
        let done = refused(correct::run(cx, &self.scene.town.db, command).await);
        assert_eq!(done.is_ok(), possible && !corrected, "correct {done:?} of {changes:?}");
        if let Ok(correction) = done {
            self.model.movements[index].2 = true;
            let reversed =
                changes.into_iter().map(|(lot, change)| (lot, change.map(|grams| -grams))).collect();
            self.model.apply(correction, reversed);
        }
    }

    async fn change_state(&mut self, lot: usize, change: u8) {
        let Some(lot) = self.lot(lot) else { return };
        let (id, reason) = (self.model.lots[lot].id, "contrôle".to_owned());
        let job = self.scene.town.job();
        let db = &self.scene.town.db;
        let (change, done) = match change {
            0 => (
                StateChange::Quarantine,
                refused(quarantine::run(&job, db, quarantine::Quarantine { lot: id, reason }).await),
            ),
            1 => (StateChange::Block, refused(block::run(&job, db, block::Block { lot: id, reason }).await)),
            _ => (StateChange::Lift, refused(lift::run(&job, db, lift::Lift { lot: id, reason }).await)),
        };
        let expected = self.model.lots[lot].state.after(change);
        assert_eq!(done.is_ok(), expected.is_ok(), "{change:?} {done:?}");
        if let Ok(state) = expected {
            self.model.lots[lot].state = state;
        }
    }

    async fn withdraw(&mut self, lot: usize, zone: usize) {
        let Some(lot) = self.lot(lot) else { return };
        let grams = self.model.lots[lot].at[zone].0;
        let expected = grams > 0 && self.model.lots[lot].state.after(StateChange::Withdraw).is_ok();
        let command = Withdraw {
            lot: self.model.lots[lot].id,
            place: self.zones[zone],
            reason: "rappel".into(),
            occurred_at: None,
        };
        let done = refused(withdraw::run(self.cx(zone), &self.scene.town.db, command).await);
        assert_eq!(done.is_ok(), expected, "withdraw {done:?}");
        let Ok(withdrawn) = done else { return };
        let mut ended = Vec::new();
        for reservation in &mut self.model.reservations {
            if reservation.active && (reservation.lot, reservation.zone) == (lot, zone) {
                reservation.active = false;
                self.model.lots[lot].at[zone].1 -= reservation.grams;
                ended.push(reservation.id);
            }
        }
        let mut released = withdrawn.released;
        released.sort_unstable();
        ended.sort_unstable();
        assert_eq!(released, ended);
        self.model.apply(withdrawn.movement, vec![(lot, change(zone, -grams))]);
        if self.model.lots[lot].at.iter().all(|(grams, _)| *grams == 0) {
            self.model.lots[lot].state = LotState::Withdrawn;
        }
    }

    async fn compare(&self) {
        let mut conn = self.scene.town.db.read().await.unwrap();
        for lot in &self.model.lots {
            let kept: BTreeMap<PlaceId, (i64, i64)> = stock::queries::balances_of(&mut conn, lot.id)
                .await
                .unwrap()
                .into_iter()
                .map(|balance| (balance.place_id, (balance.grams.0, balance.reserved.0)))
                .collect();
            let expected: BTreeMap<PlaceId, (i64, i64)> = (0..ZONES)
                .filter(|zone| lot.at[*zone].0 > 0)
                .map(|zone| (self.zones[zone], lot.at[zone]))
                .collect();
            assert_eq!(kept, expected, "lot {}", lot.id);
            let state = stock::queries::lot(&mut conn, lot.id).await.unwrap().unwrap().state;
            assert_eq!(state, lot.state);
        }
        drop(conn);
        self.scene.assert_sound().await;
    }
}

fn run(engine: Engine, cases: u32, most: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(scene) = runtime.block_on(async {
        match Town::found(engine).await {
            Some(town) => Some(Scene::set(town).await),
            None => None,
        }
    }) else {
        return;
    };
    let pantry = runtime.block_on(scene.zone_of(scene.pantry, TemperatureClass::Chilled));
    let zones = [scene.chilled, scene.frozen, pantry];
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&prop::collection::vec(op(), 10..most), |ops| {
        runtime.block_on(async {
            let model = Model { lots: Vec::new(), reservations: Vec::new(), movements: Vec::new(), day: 0 };
            let mut play = Play { scene: &scene, zones, model };
            for op in ops {
                play.act(op).await;
            }
            play.compare().await;
        });
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn any_sequence_of_acts_adds_up_sqlite() {
    run(Engine::Sqlite, 60, 60);
}

#[test]
fn any_sequence_of_acts_adds_up_postgres() {
    run(Engine::Postgres, 12, 50);
}

#[test]
fn an_entry_reversed_twice_is_itself() {
    let id = |n: u128| uuid::Uuid::from_u128(n);
    let entry = Entry { lot: LotId(id(1)), from: PlaceId(id(2)), to: PlaceId(id(3)), grams: Grams(5) };
    assert_eq!(entry.reversed().reversed(), entry);
    assert_eq!((entry.reversed().from, entry.reversed().to), (entry.to, entry.from));
}
