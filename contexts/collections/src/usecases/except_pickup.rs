//! One date of a recurring pickup is cancelled, moved, or back as it was.

use audit::Act;
use chrono::NaiveDate;
use kernel::{Cx, Failure, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{cancel, name_of, spawn_pickups, tell};
use crate::collection::State;
use crate::recurrence::{Exception, ExceptionKind, Pickup, PickupId};
use crate::store as rows;

/// What happens to the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Change {
    /// Nobody comes.
    Cancelled,
    /// They come that day instead.
    MovedTo(NaiveDate),
    /// As usual after all.
    AsUsual,
}

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ExceptPickup {
    /// Which pickup.
    pub pickup: PickupId,
    /// Which of its own days.
    pub day: NaiveDate,
    /// What happens to it.
    pub change: Change,
    /// Why.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptRefused {
    /// It is not one of the pickup's days.
    NotADay,
    /// The day, or where it would move to, is past.
    Past,
    /// Its goods have been taken over.
    TakenOver,
}

/// Changes one date.
///
/// # Errors
/// [`ExceptRefused`]; forbidden to whoever acts neither for the donor nor for the partner, nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: ExceptPickup) -> Result<(), Failure<ExceptRefused>> {
    let mut tx = match db.begin(cx, "collections.except_pickup", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &ExceptPickup) -> Result<(), Failure<ExceptRefused>> {
    let pickup = rows::lock_pickup(tx, command.pickup).await?.ok_or(Failure::NotFound)?;
    let behalf = minding(cx, &pickup)?;
    let past = |day: NaiveDate| day < cx.today();
    if !pickup.falls_on(command.day) {
        return Err(Failure::Refused(ExceptRefused::NotADay));
    }
    if past(command.day) || matches!(command.change, Change::MovedTo(to) if past(to)) {
        return Err(Failure::Refused(ExceptRefused::Past));
    }
    // The collection that the day had given is taken back; where the day moves or comes back it is made anew.
    if let Some(id) = rows::spawned(tx, pickup.id, command.day).await? {
        let collection = rows::lock_collection(tx, id).await?.ok_or(Failure::NotFound)?;
        if rows::holds_of(tx, id).await?.taken_over > 0 {
            return Err(Failure::Refused(ExceptRefused::TakenOver));
        }
        if !collection.state.is_over() {
            cancel::end(cx, tx, &collection, State::Cancelled, &command.reason).await?;
        }
        rows::forget_day(tx, id).await?;
    }
    let (kind, moved_to) = match command.change {
        Change::AsUsual => (None, None),
        Change::Cancelled => (Some(ExceptionKind::Cancelled), None),
        Change::MovedTo(to) => (Some(ExceptionKind::Moved), Some(to)),
    };
    match kind {
        None => drop(rows::drop_exception(tx, pickup.id, command.day).await?),
        Some(kind) => {
            let exception = Exception { day: command.day, kind, moved_to, reason: command.reason.clone() };
            rows::save_exception(tx, pickup.id, &exception).await?;
        }
    }
    let act = Act::new("collections.except_pickup", "pickup", pickup.id.uuid())
        .detail(json!({ "day": command.day, "change": command.change }))
        .reason(Some(command.reason.clone()).filter(|reason| !reason.is_empty()))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    spawn_pickups::of(cx, tx, &pickup).await?;
    told(cx, tx, &pickup).await?;
    Ok(())
}

/// Whoever minds a pickup: its donor's and its partner's people, a facilitator on the donor's behalf.
pub(super) fn minding<R>(cx: &Cx, pickup: &Pickup) -> Result<Option<StructureId>, Failure<R>> {
    if pickup.partner.is_some_and(|partner| cx.viewer.acts_for(partner)) {
        return Ok(None);
    }
    if cx.coordination != Some(pickup.coordination) && !cx.viewer.is_machine() {
        return Err(Failure::NotFound);
    }
    access::acting(cx, pickup.donor)
}

/// Tells both sides, but whoever did it, that the calendar of a pickup changed.
pub(super) async fn told(cx: &Cx, tx: &mut Tx, pickup: &Pickup) -> Result<(), store::Error> {
    let sides: Vec<StructureId> = [Some(pickup.donor), pickup.partner].into_iter().flatten().collect();
    let args = vec![
        ("product".to_owned(), pickup.product.clone().into()),
        ("donor".to_owned(), name_of(tx, pickup.donor).await?.into()),
    ];
    tell(cx, tx, &sides, true, "collections-told-pickup-changed", args, "/ramasses".to_owned()).await
}
