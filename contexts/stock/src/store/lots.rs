//! Lots and what is read on them.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

use crate::{Lot, LotId, LotState, NewLot};

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

/// How many lots were split from a lot.
pub(crate) async fn parts_of(conn: &mut Conn, lot: LotId) -> Result<i64, Error> {
    conn.query("SELECT COUNT(*) FROM lot WHERE parent_id = $1").bind(lot).value().await
}

/// A temperature to write down.
pub(crate) struct NewReading {
    pub(crate) lot: LotId,
    pub(crate) subject: Uuid,
    pub(crate) moment: &'static str,
    pub(crate) tenths: i64,
    pub(crate) threshold: Option<i64>,
    pub(crate) reason: Option<String>,
}

pub(crate) async fn insert_reading(cx: &Cx, tx: &mut Tx, new: NewReading) -> Result<(), Error> {
    tx.query(
        "INSERT INTO temperature_reading (id, lot_id, subject_id, moment, tenths_celsius, threshold_tenths, reason, read_at,
             person_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(cx.new_uuid())
    .bind(new.lot)
    .bind(new.subject)
    .bind(new.moment)
    .bind(new.tenths)
    .bind(new.threshold)
    .bind(new.reason)
    .bind(cx.now())
    .bind(cx.person())
    .run()
    .await?;
    Ok(())
}
