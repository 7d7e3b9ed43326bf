//! The SQL that writes the ledger, and the rows it loads to decide.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Failure, Grams, PersonId, SiteId, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

use crate::{
    Cause, Entry, Lot, LotId, LotState, Movement, MovementId, NewLot, Place, PlaceId, PlaceKind, Refusal,
    Reservation, ReservationId, ReservationState,
};

#[derive(FromRow)]
pub(crate) struct LotRow {
    id: LotId,
    coordination_id: CoordinationId,
    reference: String,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    lot_number: Option<String>,
    #[sqlx(try_from = "String")]
    date_kind: DateKind,
    date: Option<NaiveDate>,
    donor_id: Option<StructureId>,
    collection_id: Option<Uuid>,
    parent_id: Option<LotId>,
    crate_grams: Grams,
    estimated: bool,
    #[sqlx(try_from = "String")]
    state: LotState,
    state_reason: Option<String>,
    created_at: DateTime<Utc>,
    version: i64,
}

impl From<LotRow> for Lot {
    fn from(row: LotRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            reference: row.reference,
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            lot_number: row.lot_number,
            date_kind: row.date_kind,
            date: row.date,
            donor: row.donor_id,
            collection: row.collection_id,
            parent: row.parent_id,
            crate_grams: row.crate_grams,
            estimated: row.estimated,
            state: row.state,
            state_reason: row.state_reason,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct PlaceRow {
    id: PlaceId,
    coordination_id: CoordinationId,
    structure_id: Option<StructureId>,
    site_id: Option<SiteId>,
    #[sqlx(try_from = "String")]
    kind: PlaceKind,
    temperature_class: Option<String>,
    closed: bool,
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            structure: row.structure_id,
            site: row.site_id,
            kind: row.kind,
            temperature: row.temperature_class.as_deref().and_then(TemperatureClass::from_code),
            closed: row.closed,
        }
    }
}

#[derive(FromRow)]
struct MovementRow {
    id: MovementId,
    coordination_id: CoordinationId,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    #[sqlx(try_from = "String")]
    cause: Cause,
    structure_id: Option<StructureId>,
    person_id: Option<PersonId>,
    corrects_id: Option<MovementId>,
    reason: Option<String>,
}

#[derive(FromRow)]
struct EntryRow {
    lot_id: LotId,
    from_id: PlaceId,
    to_id: PlaceId,
    grams: Grams,
}

#[derive(FromRow)]
struct ReservationRow {
    id: ReservationId,
    lot_id: LotId,
    place_id: PlaceId,
    structure_id: StructureId,
    grams: Grams,
    #[sqlx(try_from = "String")]
    state: ReservationState,
    purpose: String,
    subject_id: Uuid,
}

impl From<ReservationRow> for Reservation {
    fn from(row: ReservationRow) -> Self {
        Self {
            id: row.id,
            lot: row.lot_id,
            place: row.place_id,
            structure: row.structure_id,
            grams: row.grams,
            state: row.state,
            purpose: row.purpose,
            subject: row.subject_id,
        }
    }
}

/// Locks a lot until the end of the transaction: every act on a lot begins here, so two acts on the same lot
/// follow one another. Acts on several lots lock them in the order of their ids.
pub(crate) async fn lock_lot<R>(tx: &mut Tx, lot: LotId) -> Result<Lot, Failure<R>> {
    let row: Option<LotRow> = tx
        .query(
            "UPDATE lot SET version = version + 1 WHERE id = $1
             RETURNING id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date,
                 donor_id, collection_id, parent_id, crate_grams, estimated, state, state_reason, created_at, version",
        )
        .bind(lot)
        .optional()
        .await?;
    row.map(Lot::from).ok_or(Failure::NotFound)
}

pub(crate) async fn place(conn: &mut Conn, place: PlaceId) -> Result<Option<Place>, Error> {
    let row: Option<PlaceRow> = conn
        .query(
            "SELECT id, coordination_id, structure_id, site_id, kind, temperature_class, closed FROM place WHERE id = $1",
        )
        .bind(place)
        .optional()
        .await?;
    Ok(row.map(Place::from))
}

pub(crate) async fn insert_lot(
    cx: &Cx,
    tx: &mut Tx,
    coordination: CoordinationId,
    reference: &str,
    lot: &NewLot,
    parent: Option<LotId>,
) -> Result<LotId, Error> {
    let id = LotId::new(cx);
    tx.query(
        "INSERT INTO lot (id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind,
             date, donor_id, collection_id, parent_id, crate_grams, estimated, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'available', $15)",
    )
    .bind(id)
    .bind(coordination)
    .bind(reference.to_owned())
    .bind(kernel::text::one_line(&lot.product))
    .bind(lot.family.clone())
    .bind(lot.temperature.code())
    .bind(lot.lot_number.clone())
    .bind(lot.date_kind.code())
    .bind(lot.date)
    .bind(lot.donor)
    .bind(lot.collection)
    .bind(parent)
    .bind(lot.crate_grams)
    .bind(lot.estimated)
    .bind(cx.now())
    .run()
    .await?;
    Ok(id)
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    lot: LotId,
    state: LotState,
    reason: Option<&str>,
) -> Result<(), Error> {
    tx.query("UPDATE lot SET state = $2, state_reason = $3 WHERE id = $1")
        .bind(lot)
        .bind(state.code())
        .bind(reason.map(ToOwned::to_owned))
        .run()
        .await?;
    Ok(())
}

/// What lies free of a lot at a place: its balance less what is promised; zero where nothing ever was.
pub(crate) async fn free(conn: &mut Conn, lot: LotId, place: PlaceId) -> Result<Grams, Error> {
    let row = balance(conn, lot, place).await?;
    Ok(row.map_or(Grams::ZERO, |(grams, reserved)| grams - reserved))
}

/// The balance of a lot at a place and what of it is promised.
pub(crate) async fn balance(
    conn: &mut Conn,
    lot: LotId,
    place: PlaceId,
) -> Result<Option<(Grams, Grams)>, Error> {
    conn.query("SELECT grams, reserved FROM balance WHERE lot_id = $1 AND place_id = $2")
        .bind(lot)
        .bind(place)
        .optional()
        .await
}

/// Promises so much of what is free; says whether there was enough.
pub(crate) async fn promise(tx: &mut Tx, lot: LotId, place: PlaceId, grams: Grams) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE balance SET reserved = reserved + $3
             WHERE lot_id = $1 AND place_id = $2 AND NOT outside AND grams - reserved >= $3",
        )
        .bind(lot)
        .bind(place)
        .bind(grams)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes back a promise of so much.
pub(crate) async fn unpromise(tx: &mut Tx, lot: LotId, place: PlaceId, grams: Grams) -> Result<(), Error> {
    tx.query("UPDATE balance SET reserved = reserved - $3 WHERE lot_id = $1 AND place_id = $2")
        .bind(lot)
        .bind(place)
        .bind(grams)
        .run()
        .await?;
    Ok(())
}

pub(crate) async fn insert_reservation(cx: &Cx, tx: &mut Tx, new: &Reservation) -> Result<(), Error> {
    tx.query(
        "INSERT INTO stock_reservation (id, lot_id, place_id, structure_id, grams, state, purpose, subject_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id)
    .bind(new.lot)
    .bind(new.place)
    .bind(new.structure)
    .bind(new.grams)
    .bind(new.state.code())
    .bind(new.purpose.clone())
    .bind(new.subject)
    .bind(cx.now())
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn reservation(conn: &mut Conn, id: ReservationId) -> Result<Option<Reservation>, Error> {
    let row: Option<ReservationRow> = conn
        .query(
            "SELECT id, lot_id, place_id, structure_id, grams, state, purpose, subject_id FROM stock_reservation
             WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Reservation::from))
}

/// Every active reservation of a lot at a place.
pub(crate) async fn active_reservations(
    conn: &mut Conn,
    lot: LotId,
    place: PlaceId,
) -> Result<Vec<Reservation>, Error> {
    let rows: Vec<ReservationRow> = conn
        .query(
            "SELECT id, lot_id, place_id, structure_id, grams, state, purpose, subject_id FROM stock_reservation
             WHERE lot_id = $1 AND place_id = $2 AND state = 'active' ORDER BY id",
        )
        .bind(lot)
        .bind(place)
        .all()
        .await?;
    Ok(rows.into_iter().map(Reservation::from).collect())
}

/// Ends an active reservation, once; says whether this was the once. The caller holds the lot.
pub(crate) async fn end_reservation(
    cx: &Cx,
    tx: &mut Tx,
    id: ReservationId,
    state: ReservationState,
) -> Result<bool, Error> {
    let touched = tx
        .query("UPDATE stock_reservation SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'active'")
        .bind(id)
        .bind(state.code())
        .bind(cx.now())
        .run()
        .await?;
    Ok(touched == 1)
}

pub(crate) async fn movement(conn: &mut Conn, id: MovementId) -> Result<Option<Movement>, Error> {
    let row: Option<MovementRow> = conn
        .query(
            "SELECT id, coordination_id, occurred_at, recorded_at, cause, structure_id, person_id, corrects_id, reason
             FROM movement WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(|row| Movement {
        id: row.id,
        coordination: row.coordination_id,
        occurred_at: row.occurred_at,
        recorded_at: row.recorded_at,
        cause: row.cause,
        structure: row.structure_id,
        person: row.person_id,
        corrects: row.corrects_id,
        reason: row.reason,
    }))
}

pub(crate) async fn entries(conn: &mut Conn, movement: MovementId) -> Result<Vec<Entry>, Error> {
    let rows: Vec<EntryRow> = conn
        .query("SELECT lot_id, from_id, to_id, grams FROM entry WHERE movement_id = $1 ORDER BY lot_id, from_id, to_id")
        .bind(movement)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry { lot: row.lot_id, from: row.from_id, to: row.to_id, grams: row.grams })
        .collect())
}

pub(crate) async fn insert_movement(tx: &mut Tx, head: &Movement, entries: &[Entry]) -> Result<(), Error> {
    tx.query(
        "INSERT INTO movement (id, coordination_id, occurred_at, recorded_at, cause, structure_id, person_id, corrects_id,
             reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(head.id)
    .bind(head.coordination)
    .bind(head.occurred_at)
    .bind(head.recorded_at)
    .bind(head.cause.code())
    .bind(head.structure)
    .bind(head.person)
    .bind(head.corrects)
    .bind(head.reason.clone())
    .run()
    .await?;
    for entry in entries {
        tx.query(
            "INSERT INTO entry (movement_id, lot_id, from_id, to_id, grams) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(head.id)
        .bind(entry.lot)
        .bind(entry.from)
        .bind(entry.to)
        .bind(entry.grams)
        .run()
        .await?;
    }
    Ok(())
}

/// Takes so much of a lot out of a place inside, if so much is free there; says whether it was.
pub(crate) async fn take(tx: &mut Tx, entry: &Entry) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE balance SET grams = grams - $3
             WHERE lot_id = $1 AND place_id = $2 AND NOT outside AND grams - reserved >= $3",
        )
        .bind(entry.lot)
        .bind(entry.from)
        .bind(entry.grams)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Adds so much (below zero only for the outside) of a lot to a place.
pub(crate) async fn add(
    tx: &mut Tx,
    lot: LotId,
    place: PlaceId,
    outside: bool,
    grams: Grams,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO balance (lot_id, place_id, outside, grams) VALUES ($1, $2, $3, $4)
         ON CONFLICT (lot_id, place_id) DO UPDATE SET grams = balance.grams + EXCLUDED.grams",
    )
    .bind(lot)
    .bind(place)
    .bind(outside)
    .bind(grams)
    .run()
    .await?;
    Ok(())
}

/// What is left of a lot in all the places inside.
pub(crate) async fn left_inside(conn: &mut Conn, lot: LotId) -> Result<Grams, Error> {
    conn.query(
        "SELECT CAST(COALESCE(SUM(grams), 0) AS BIGINT) FROM balance WHERE lot_id = $1 AND NOT outside",
    )
    .bind(lot)
    .value()
    .await
}

/// Who holds some of a lot.
pub(crate) async fn holders(conn: &mut Conn, lot: LotId) -> Result<Vec<StructureId>, Error> {
    let rows: Vec<(StructureId,)> = conn
        .query(
            "SELECT DISTINCT place.structure_id FROM balance JOIN place ON place.id = balance.place_id
             WHERE balance.lot_id = $1 AND NOT balance.outside AND balance.grams > 0
                 AND place.structure_id IS NOT NULL ORDER BY place.structure_id LIMIT 500",
        )
        .bind(lot)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(structure,)| structure).collect())
}

/// A movement that came after the check: the engine's own CHECK says no.
pub(crate) fn checked(error: Error, free: Grams) -> Failure<Refusal> {
    if error.kind() == store::Kind::Check {
        Failure::Refused(Refusal::NotEnough { free })
    } else {
        error.into()
    }
}
