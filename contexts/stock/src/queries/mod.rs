//! What other rooms and pages read of the stock.
//!
//! Invariant: nothing here decides who may see; pages put what they show through `access::Gate`, and what another
//! room reads for the machine ([`available`]) stays with the machine.

mod available;
mod shelf;
mod trace;
mod verify;

pub(crate) use available::hub_zones;
pub use available::{Available, available};
pub use shelf::{After, OnShelf, ShelfFilter, shelf, shelf_of};
pub use trace::{Holding, Reading, Step, Trace, Turnover, trace, turnover};
pub use verify::verify;

use std::collections::BTreeMap;

use kernel::{CoordinationId, Grams, StructureId};
use network::ids;
use network::many::{AT_ONCE, bind_ids};
use store::{Conn, Error, FromRow};

use crate::store::{LotRow, PlaceRow};
use crate::{Lot, LotId, MovementId, Place, PlaceId, Reservation, ReservationId, store as rows};

/// A lot by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn lot(conn: &mut Conn, id: LotId) -> Result<Option<Lot>, Error> {
    let row: Option<LotRow> = conn
        .query(
            "SELECT id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date,
                 donor_id, collection_id, parent_id, crate_grams, estimated, state, state_reason, created_at, version
             FROM lot WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Lot::from))
}

/// What lies of a lot at one place inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Balance {
    /// The place.
    pub place_id: PlaceId,
    /// All of it.
    pub grams: Grams,
    /// What of it is promised.
    pub reserved: Grams,
}

impl Balance {
    /// What is neither promised nor gone.
    #[must_use]
    pub fn free(&self) -> Grams {
        self.grams - self.reserved
    }
}

/// What lies of a lot at each place inside, empty places left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn balances_of(conn: &mut Conn, lot: LotId) -> Result<Vec<Balance>, Error> {
    conn.query(
        "SELECT place_id, grams, reserved FROM balance WHERE lot_id = $1 AND NOT outside AND grams > 0
         ORDER BY place_id LIMIT 1000",
    )
    .bind(lot)
    .all()
    .await
}

/// A place by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn place(conn: &mut Conn, id: PlaceId) -> Result<Option<Place>, Error> {
    rows::place(conn, id).await
}

/// Places by their ids.
///
/// # Errors
/// When the database cannot be read.
pub async fn places(conn: &mut Conn, wanted: &[PlaceId]) -> Result<BTreeMap<PlaceId, Place>, Error> {
    let mut places = BTreeMap::new();
    for chunk in wanted.chunks(AT_ONCE) {
        let query = conn.query(concat!(
            "SELECT id, coordination_id, structure_id, site_id, kind, temperature_class, closed FROM place WHERE id IN ",
            ids!()
        ));
        let found: Vec<PlaceRow> = bind_ids(query, chunk).all().await?;
        places.extend(found.into_iter().map(Place::from).map(|place| (place.id, place)));
    }
    Ok(places)
}

/// The open zones of a structure in a coordination's ledger, by site and temperature.
///
/// # Errors
/// When the database cannot be read.
pub async fn zones_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<Place>, Error> {
    let found: Vec<PlaceRow> = conn
        .query(
            "SELECT id, coordination_id, structure_id, site_id, kind, temperature_class, closed FROM place
             WHERE coordination_id = $1 AND structure_id = $2 AND kind = 'zone' AND NOT closed
             ORDER BY site_id, temperature_class LIMIT 200",
        )
        .bind(coordination)
        .bind(structure)
        .all()
        .await?;
    Ok(found.into_iter().map(Place::from).collect())
}

/// A reservation by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn reservation(conn: &mut Conn, id: ReservationId) -> Result<Option<Reservation>, Error> {
    rows::reservation(conn, id).await
}

/// The structures that hold some of a lot now: whom a recall concerns.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders_of(conn: &mut Conn, lot: LotId) -> Result<Vec<StructureId>, Error> {
    rows::holders(conn, lot).await
}

/// The lots that a movement moved.
///
/// # Errors
/// When the database cannot be read.
pub async fn lots_of_movement(conn: &mut Conn, movement: MovementId) -> Result<Vec<LotId>, Error> {
    Ok(rows::entries(conn, movement).await?.into_iter().map(|entry| entry.lot).collect())
}

/// The lots that came by a collection, in the order of their papers.
///
/// # Errors
/// When the database cannot be read.
pub async fn lots_of_collection(conn: &mut Conn, collection: uuid::Uuid) -> Result<Vec<Lot>, Error> {
    let found: Vec<LotRow> = conn
        .query(
            "SELECT id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date,
                 donor_id, collection_id, parent_id, crate_grams, estimated, state, state_reason, created_at, version
             FROM lot WHERE collection_id = $1 ORDER BY reference LIMIT 500",
        )
        .bind(collection)
        .all()
        .await?;
    Ok(found.into_iter().map(Lot::from).collect())
}
