//! A pickup that comes back each week is put in the calendar.

use audit::Act;
use chrono::{NaiveDate, NaiveTime};
use goods::{FamilyCode, TemperatureClass};
use kernel::{Cx, Failure, Grams, Level, SiteId, StructureId};
use network::queries as net;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{name_of, spawn_pickups, tell, tell_on_behalf};
use crate::offer::MOST;
use crate::recurrence::{Pickup, PickupId};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct SchedulePickup {
    /// Who gives.
    pub donor: StructureId,
    /// Who comes; nobody in particular where it goes on the board each time.
    pub partner: Option<StructureId>,
    /// At which of the donor's places.
    pub site: Option<SiteId>,
    /// Monday = 1 … Sunday = 7.
    pub weekday: i64,
    /// From this civil time.
    pub from: NaiveTime,
    /// Until this civil time.
    pub until: NaiveTime,
    /// What is usually there.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// How much there usually is.
    pub usual: Grams,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
}

/// What was scheduled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// The recurring pickup.
    pub pickup: PickupId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleRefused {
    /// No words for what is there.
    NoProduct,
    /// Nothing, or too much to be true.
    Quantity,
    /// It ends before it begins, or the weekday is none.
    Times,
    /// A structure does not fetch from itself.
    SameStructure,
}

/// Schedules a pickup; its first collections are made at once.
///
/// # Errors
/// [`ScheduleRefused`]; forbidden to whoever acts neither for the donor nor for the partner, nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: SchedulePickup) -> Result<Scheduled, Failure<ScheduleRefused>> {
    let mut tx = match db.begin(cx, "collections.schedule_pickup", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let scheduled = within(cx, &mut tx, &command).await?;
    Ok(tx.done(scheduled).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &SchedulePickup,
) -> Result<Scheduled, Failure<ScheduleRefused>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    for side in [Some(command.donor), command.partner].into_iter().flatten() {
        net::member(tx, coordination, side).await?.ok_or(Failure::NotFound)?;
    }
    let by_partner = command.partner.is_some_and(|partner| cx.viewer.acts_for(partner));
    let behalf = if by_partner && !cx.viewer.acts_for(command.donor) {
        // The partner writes down what it agreed with the shop, which is told.
        access::taking_part(cx, Level::Contributor)?;
        Some(command.donor)
    } else {
        access::acting(cx, command.donor)?
    };
    check(command).map_err(Failure::Refused)?;
    let pickup = Pickup {
        id: PickupId::new(cx),
        coordination,
        donor: command.donor,
        partner: command.partner,
        site: command.site,
        weekday: command.weekday,
        from: command.from,
        until: command.until,
        product: command.product.clone(),
        family: command.family.clone(),
        temperature: command.temperature,
        usual: command.usual,
        starts_on: command.starts_on.max(cx.today()),
        ends_on: command.ends_on,
        version: 1,
    };
    rows::insert_pickup(tx, cx, &pickup).await?;
    let act = Act::new("collections.schedule_pickup", "pickup", pickup.id.uuid())
        .detail(json!({ "weekday": pickup.weekday, "usual": pickup.usual, "partner": pickup.partner }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let args = vec![
        ("product".to_owned(), pickup.product.clone().into()),
        ("donor".to_owned(), name_of(tx, pickup.donor).await?.into()),
    ];
    if let Some(partner) = pickup.partner.filter(|_| !by_partner) {
        tell(cx, tx, &[partner], true, "collections-told-pickup", args.clone(), "/ramasses".to_owned())
            .await?;
    }
    tell_on_behalf(cx, tx, behalf, "collections-told-pickup-for", args, "/ramasses".to_owned()).await?;
    spawn_pickups::of(cx, tx, &pickup).await?;
    Ok(Scheduled { pickup: pickup.id })
}

fn check(command: &SchedulePickup) -> Result<(), ScheduleRefused> {
    if command.product.trim().is_empty() {
        return Err(ScheduleRefused::NoProduct);
    }
    if !command.usual.is_positive() || command.usual > MOST {
        return Err(ScheduleRefused::Quantity);
    }
    let ends_early = command.ends_on.is_some_and(|end| end < command.starts_on);
    if command.from >= command.until || ends_early || !(1..=7).contains(&command.weekday) {
        return Err(ScheduleRefused::Times);
    }
    if command.partner == Some(command.donor) {
        return Err(ScheduleRefused::SameStructure);
    }
    Ok(())
}
