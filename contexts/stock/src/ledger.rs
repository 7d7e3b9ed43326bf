//! The one way to move goods, and the proof that nothing was created or lost.
//!
//! Invariant: balances are what the entries say. [`post`] writes both in one transaction; [`verify`] recomputes
//! one from the other.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::{Cause, Entry, LotId, Movement, MovementId, PlaceId, Refusal, store as rows};

/// The head of a movement to be posted.
pub(crate) struct Posting {
    pub(crate) coordination: CoordinationId,
    pub(crate) cause: Cause,
    pub(crate) structure: Option<StructureId>,
    pub(crate) occurred_at: DateTime<Utc>,
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
    if posting.occurred_at > cx.now() {
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
        occurred_at: posting.occurred_at,
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

/// Where the kept figures and the entries part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discrepancy {
    /// A balance that its entries do not add up to.
    Balance {
        /// The lot.
        lot: LotId,
        /// The place.
        place: PlaceId,
        /// What is kept.
        kept: Grams,
        /// What the entries say.
        entries: Grams,
    },
    /// A promise that its reservations do not add up to.
    Reserved {
        /// The lot.
        lot: LotId,
        /// The place.
        place: PlaceId,
        /// What is kept.
        kept: Grams,
        /// What the active reservations say.
        reservations: Grams,
    },
    /// A movement without entries.
    Empty(MovementId),
}

impl std::fmt::Display for Discrepancy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Balance { lot, place, kept, entries } => {
                write!(f, "lot {lot} at {place}: balance {} g, entries {} g", kept.0, entries.0)
            }
            Self::Reserved { lot, place, kept, reservations } => {
                write!(f, "lot {lot} at {place}: reserved {} g, reservations {} g", kept.0, reservations.0)
            }
            Self::Empty(movement) => write!(f, "movement {movement} has no entries"),
        }
    }
}

#[derive(FromRow)]
struct Sides {
    lot_id: LotId,
    place_id: PlaceId,
    kept: Grams,
    derived: Grams,
}

/// Recomputes every balance and promise from entries and reservations; the first thousand discrepancies of each
/// kind. Nothing found is what `tablee doctor` wants to read.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(conn: &mut Conn) -> Result<Vec<Discrepancy>, Error> {
    let mut found = Vec::new();
    let sides: Vec<Sides> = conn
        .query(
            "SELECT lot_id, place_id, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(derived) AS BIGINT) AS derived
             FROM (SELECT lot_id, place_id, grams AS kept, 0 AS derived FROM balance
                   UNION ALL SELECT lot_id, place_id, 0, grams FROM stock_side) sides
             GROUP BY lot_id, place_id HAVING SUM(kept) <> SUM(derived) ORDER BY lot_id, place_id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(sides.into_iter().map(|side| Discrepancy::Balance {
        lot: side.lot_id,
        place: side.place_id,
        kept: side.kept,
        entries: side.derived,
    }));
    let promises: Vec<Sides> = conn
        .query(
            "SELECT lot_id, place_id, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(derived) AS BIGINT) AS derived
             FROM (SELECT lot_id, place_id, reserved AS kept, 0 AS derived FROM balance
                   UNION ALL SELECT lot_id, place_id, 0, grams FROM stock_reservation WHERE state = 'active') sides
             GROUP BY lot_id, place_id HAVING SUM(kept) <> SUM(derived) ORDER BY lot_id, place_id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(promises.into_iter().map(|side| Discrepancy::Reserved {
        lot: side.lot_id,
        place: side.place_id,
        kept: side.kept,
        reservations: side.derived,
    }));
    let empty: Vec<(MovementId,)> = conn
        .query(
            "SELECT id FROM movement WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.movement_id = movement.id)
             ORDER BY id LIMIT 1000",
        )
        .all()
        .await?;
    found.extend(empty.into_iter().map(|(id,)| Discrepancy::Empty(id)));
    Ok(found)
}
