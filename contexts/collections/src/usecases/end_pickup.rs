//! A recurring pickup ends, or goes on after all.

use audit::Act;
use chrono::{Duration, NaiveDate};
use kernel::{Cx, Failure, Never};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{except_pickup, spawn_pickups};
use crate::recurrence::PickupId;
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct EndPickup {
    /// Which pickup.
    pub pickup: PickupId,
    /// Its last day; none to let it go on.
    pub last_day: Option<NaiveDate>,
}

/// Ends a pickup after a day, or lets it go on. Collections already made stay: they are cancelled one by one.
///
/// # Errors
/// Forbidden to whoever acts neither for the donor nor for the partner, nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: EndPickup) -> Result<(), Failure<Never>> {
    let mut tx = match db.begin(cx, "collections.end_pickup", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &EndPickup) -> Result<(), Failure<Never>> {
    let mut pickup = rows::lock_pickup(tx, command.pickup).await?.ok_or(Failure::NotFound)?;
    let behalf = except_pickup::minding(cx, &pickup)?;
    // It cannot have ended before yesterday: what took place took place.
    let last_day = command.last_day.map(|day| day.max(cx.today() - Duration::days(1)));
    rows::end_pickup(tx, pickup.id, last_day).await?;
    let act = Act::new("collections.end_pickup", "pickup", pickup.id.uuid())
        .detail(json!({ "before": pickup.ends_on, "after": last_day }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    pickup.ends_on = last_day;
    spawn_pickups::of(cx, tx, &pickup).await?;
    except_pickup::told(cx, tx, &pickup).await?;
    Ok(())
}
