//! The one way to move goods: a movement, its entries and the balances they change, in one transaction. Every other
//! act that moves goods ends here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId};
use store::Tx;

use super::happened;
use crate::{Cause, Entry, Movement, MovementId, PlaceId, Refusal, store as rows};

/// The head of a movement to be posted.
pub(crate) struct Posting {
    pub(crate) coordination: CoordinationId,
    pub(crate) cause: Cause,
    pub(crate) structure: Option<StructureId>,
    pub(crate) occurred_at: Option<DateTime<Utc>>,
    pub(crate) corrects: Option<MovementId>,
    pub(crate) reason: Option<String>,
}

/// Posts a movement: its head, its entries, and the balances they change. The caller holds the lots' locks
/// (`store::lock_lot`), so what is read here does not change before it is written.
pub(crate) async fn post(
    cx: &Cx,
    tx: &mut Tx,
    posting: Posting,
    entries: &[Entry],
) -> Result<MovementId, Failure<Refusal>> {
    if entries.is_empty() || entries.iter().any(|entry| !entry.grams.is_positive()) {
        return Err(Failure::Refused(Refusal::NothingWeighed));
    }
    let occurred_at = happened(cx, posting.occurred_at);
    if occurred_at > cx.now() {
        return Err(Failure::Refused(Refusal::InTheFuture));
    }
    let mut places = BTreeMap::new();
    for id in entries.iter().flat_map(|entry| [entry.from, entry.to]) {
        if let std::collections::btree_map::Entry::Vacant(slot) = places.entry(id) {
            slot.insert(rows::place(tx, id).await?.ok_or(Failure::NotFound)?);
        }
    }
    let is_outside = |id: PlaceId| places.get(&id).is_some_and(|place| place.kind.is_outside());
    for entry in entries {
        if entry.from == entry.to {
            return Err(Failure::Refused(Refusal::SamePlace));
        }
        if posting.cause != Cause::Corrected && places.get(&entry.to).is_some_and(|place| place.closed) {
            return Err(Failure::Refused(Refusal::PlaceClosed));
        }
    }
    let head = Movement {
        id: MovementId::new(cx),
        coordination: posting.coordination,
        occurred_at,
        recorded_at: cx.now(),
        cause: posting.cause,
        structure: posting.structure,
        person: cx.person(),
        corrects: posting.corrects,
        reason: posting.reason,
    };
    rows::insert_movement(tx, &head, entries).await?;
    for entry in entries {
        if is_outside(entry.from) {
            rows::add(tx, entry.lot, entry.from, true, -entry.grams).await?;
        } else {
            let taken = rows::take(tx, entry).await.map_err(|error| rows::checked(error, Grams::ZERO))?;
            if !taken {
                let free = rows::free(tx, entry.lot, entry.from).await?;
                return Err(Failure::Refused(Refusal::NotEnough { free }));
            }
        }
        rows::add(tx, entry.lot, entry.to, is_outside(entry.to), entry.grams).await?;
    }
    Ok(head.id)
}
