//! Recurring pickups give their dated collections, three days ahead. Done by the machine; twice makes each once.

use audit::Act;
use chrono::{Datelike as _, Duration};
use directory::queries as cards;
use goods::DateKind;
use kernel::{Cx, Failure, Never};
use serde_json::json;
use store::{Db, Error, Tx};

use super::announce;
use super::post::collection_of;
use crate::agreement::Ask;
use crate::collection::{Collection, Kind, OfferScope};
use crate::hold::{Hold, HoldId, HoldState};
use crate::offer::Offer;
use crate::recurrence::{AHEAD_DAYS, Occurrence, Pickup};
use crate::{queries, store as rows};

/// How many pickups one transaction looks at.
const AT_ONCE: i64 = 50;

/// Makes the collections of the next days and says how many are new.
///
/// # Errors
/// When the database cannot be written.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Never>> {
    let mut made = 0;
    let mut after = None;
    loop {
        let pickups = queries::pickups_in_force(&mut db.read().await?, cx.today(), after, AT_ONCE).await?;
        let Some(last) = pickups.last() else { return Ok(made) };
        after = Some(last.id);
        let mut tx = db.write().await?;
        for pickup in &pickups {
            made += of(cx, &mut tx, pickup).await?;
        }
        tx.commit().await?;
    }
}

/// Makes those of one pickup.
pub(super) async fn of(cx: &Cx, tx: &mut Tx, pickup: &Pickup) -> Result<usize, Error> {
    let mut cx = cx.clone();
    cx.coordination = Some(pickup.coordination);
    if let Some(coordination) = network::queries::coordination(tx, pickup.coordination).await? {
        cx.zone = coordination.zone;
    }
    let today = cx.today();
    let exceptions = rows::exceptions_of(tx, pickup.id, today).await?;
    let mut made = 0;
    for occurrence in pickup.occurrences(today, today + Duration::days(AHEAD_DAYS), &exceptions) {
        let (_, until) = pickup.window(occurrence.on, cx.zone);
        let there = rows::spawned(tx, pickup.id, occurrence.day).await?.is_some();
        if until > cx.now() && !there && spawn(&cx, tx, pickup, occurrence).await? {
            made += 1;
        }
    }
    Ok(made)
}

/// One collection. A partner who comes each week need not press anything: it is held for them, and they release it when
/// they cannot come.
async fn spawn(cx: &Cx, tx: &mut Tx, pickup: &Pickup, occurrence: Occurrence) -> Result<bool, Error> {
    let (from, until) = pickup.window(occurrence.on, cx.zone);
    let address = match pickup.site {
        Some(site) => cards::site(tx, site).await?.map(|site| crate::address_of(&site)),
        None => None,
    };
    let is_animal = queries::is_animal(tx, pickup.coordination, &pickup.family).await?;
    let offer = Offer {
        kind: Kind::Pickup,
        product: pickup.product.clone(),
        family: pickup.family.clone(),
        temperature: pickup.temperature,
        animal_origin: is_animal,
        prepackaged: true,
        grams: pickup.usual,
        estimated: true,
        packages: None,
        crate_grams: kernel::Grams::ZERO,
        lot_number: None,
        date_kind: DateKind::None,
        date: None,
        reason: None,
        intact: false,
        site: pickup.site,
        address: address.unwrap_or_default(),
        from,
        until,
        note: String::new(),
        scope: OfferScope::Coordination,
        named: Vec::new(),
    };
    let made = collection_of(cx, pickup.coordination, pickup.donor, &offer);
    let collection = Collection {
        reference: network::next_reference(tx, pickup.coordination, "C", cx.today().year()).await?,
        pickup: Some(pickup.id),
        first_ask: pickup.partner.map(|partner| Ask { partner, until: None }),
        taken: if pickup.partner.is_some() { pickup.usual } else { kernel::Grams::ZERO },
        posted_by: None,
        ..made
    };
    if !rows::insert_collection(tx, &collection, Some(occurrence.day)).await? {
        return Ok(false);
    }
    if let Some(partner) = pickup.partner {
        let hold = Hold {
            id: HoldId::new(cx),
            collection: collection.id,
            structure: partner,
            grams: pickup.usual,
            state: HoldState::Held,
            reason: None,
            comes_at: None,
            created_at: cx.now(),
            ended_at: None,
            version: 1,
        };
        rows::insert_hold(tx, &hold).await?;
    } else {
        announce::everybody(cx, tx, &collection).await?;
    }
    let act = Act::new("collections.spawn", "collection", collection.id.uuid())
        .detail(json!({ "pickup": pickup.id, "day": occurrence.day, "on": occurrence.on }));
    audit::record(tx, cx, act).await?;
    Ok(true)
}
