//! A structure will come and fetch all or part of an offer.

use audit::Act;
use chrono::{DateTime, Utc};
use directory::queries as cards;
use kernel::{Cx, Failure, Grams, Level, StructureId};
use network::queries as net;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{announce, args_of, come, kilos, locked, name_of, page_of, tell, tell_on_behalf, waits_until};
use crate::collection::{Collection, CollectionId, Unfit};
use crate::hold::{Hold, HoldId, HoldState};
use crate::visibility::{self, NotYet};
use crate::{store as rows, telling};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Reserve {
    /// Of which collection.
    pub collection: CollectionId,
    /// Who comes.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// When they think they come.
    pub comes_at: Option<DateTime<Utc>>,
    /// How it will be kept, where it is more than the structure's declared storage.
    pub beyond_storage: Option<String>,
}

/// What was reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// The hold.
    pub hold: HoldId,
    /// What is left for others.
    pub left: Grams,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveRefused {
    /// Nothing was asked for.
    Nothing,
    /// The collection is not in a state for it, or holds less.
    Unfit(Unfit),
    /// Not this structure, or not yet.
    NotYet(NotYet),
    /// More than the structure says it can keep; a sentence says how it will.
    BeyondStorage {
        /// What it can still keep at that temperature.
        room: Grams,
    },
}

/// Reserves.
///
/// # Errors
/// [`ReserveRefused`]; forbidden to whoever does not act for the structure.
pub async fn run(cx: &Cx, db: &Db, command: Reserve) -> Result<Reserved, Failure<ReserveRefused>> {
    let mut tx = match db.begin(cx, "collections.reserve", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let reserved = within(cx, &mut tx, &command).await?;
    Ok(tx.done(reserved).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Reserve) -> Result<Reserved, Failure<ReserveRefused>> {
    let behalf = come::coming(cx, command.collection, command.structure)?;
    let eyes = come::eyes(cx, command.collection, command.structure);
    let collection = locked(&eyes, tx, command.collection).await?;
    let member =
        net::member(tx, collection.coordination, command.structure).await?.ok_or(Failure::Forbidden)?;
    if member.level < Level::Contributor {
        return Err(Failure::Forbidden);
    }
    check(cx, tx, command, &collection).await?;
    let hold = Hold {
        id: HoldId::new(cx),
        collection: collection.id,
        structure: command.structure,
        grams: command.grams,
        state: HoldState::Held,
        reason: None,
        comes_at: command.comes_at,
        created_at: cx.now(),
        ended_at: None,
        version: 1,
    };
    rows::insert_hold(tx, &hold).await?;
    let taken = collection.taken + command.grams;
    rows::save_state(tx, collection.id, taken, collection.state, None).await?;
    let act = Act::new("collections.reserve", "collection", collection.id.uuid())
        .detail(json!({ "hold": hold.id, "grams": hold.grams, "for": hold.structure }))
        .reason(command.beyond_storage.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    let mut args = args_of(tx, &collection).await?;
    args.push(("held".to_owned(), kilos(hold.grams).into()));
    args.push(("structure".to_owned(), name_of(tx, hold.structure).await?.into()));
    let link = page_of(collection.id);
    tell(cx, tx, &[collection.donor], true, "collections-told-reserved", args.clone(), link.clone()).await?;
    tell_on_behalf(cx, tx, behalf, "collections-told-reserved-for", args, link).await?;
    let now = Collection { taken, ..collection };
    announce::answered(cx, tx, &now, hold.structure).await?;
    Ok(Reserved { hold: hold.id, left: now.free() })
}

async fn check(
    cx: &Cx,
    tx: &mut Tx,
    command: &Reserve,
    collection: &Collection,
) -> Result<(), Failure<ReserveRefused>> {
    let no = |why| Err(Failure::Refused(why));
    if !command.grams.is_positive() {
        return no(ReserveRefused::Nothing);
    }
    if let Err(unfit) = collection.may_reserve(command.grams, cx.now()) {
        return no(ReserveRefused::Unfit(unfit));
    }
    let hubs = cards::hub_sites(tx, collection.coordination).await?;
    let has_hub = hubs.iter().any(|hub| hub.structure == command.structure);
    // Waiting for an allocation that no hub prepares would be waiting for nothing.
    let waits = if hubs.is_empty() { None } else { waits_until(cx, collection) };
    if let Err(why) = visibility::may_reserve(collection, command.structure, has_hub, waits, cx.now()) {
        return no(ReserveRefused::NotYet(why));
    }
    if command.beyond_storage.as_deref().is_some_and(|reason| !reason.trim().is_empty()) {
        return Ok(());
    }
    let profile = cards::profiles(tx, &[command.structure]).await?.remove(&command.structure);
    let storage = profile.map_or(Grams::ZERO, |profile| {
        telling::storage(collection.temperature, profile.dry, profile.chilled, profile.frozen)
    });
    let expected = rows::expected_at(tx, command.structure, collection.temperature).await?;
    let room = (storage - expected).max(Grams::ZERO);
    // A structure that declared no dry storage has not said that it has none; without declared cold there is none.
    let declared = storage.is_positive() || collection.temperature != goods::TemperatureClass::Dry;
    if declared && command.grams > room {
        return no(ReserveRefused::BeyondStorage { room });
    }
    Ok(())
}
