//! Recurring pickups, their exceptions, and the collections of their days.

use chrono::{NaiveDate, NaiveTime};
use goods::{FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Grams, SiteId, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::collection::CollectionId;
use crate::recurrence::{Exception, ExceptionKind, Pickup, PickupId};

#[derive(FromRow)]
pub(crate) struct PickupRow {
    id: PickupId,
    coordination_id: CoordinationId,
    donor_id: StructureId,
    partner_id: Option<StructureId>,
    site_id: Option<SiteId>,
    weekday: i64,
    from_time: String,
    until_time: String,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    usual_grams: Grams,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    version: i64,
}

/// Every column of a recurring pickup, in a statement.
macro_rules! pickup_columns {
    () => {
        "id, coordination_id, donor_id, partner_id, site_id, weekday, from_time, until_time, product, family,
         temperature_class, usual_grams, starts_on, ends_on, version"
    };
}
pub(crate) use pickup_columns;

impl From<PickupRow> for Pickup {
    fn from(row: PickupRow) -> Self {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap_or(NaiveTime::MIN);
        Self {
            id: row.id,
            coordination: row.coordination_id,
            donor: row.donor_id,
            partner: row.partner_id,
            site: row.site_id,
            weekday: row.weekday,
            from: time(&row.from_time),
            until: time(&row.until_time),
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            usual: row.usual_grams,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            version: row.version,
        }
    }
}

pub(crate) async fn insert_pickup(tx: &mut Tx, cx: &Cx, pickup: &Pickup) -> Result<(), Error> {
    tx.query(
        "INSERT INTO recurring_pickup (id, coordination_id, donor_id, partner_id, site_id, weekday, from_time,
             until_time, product, family, temperature_class, usual_grams, starts_on, ends_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(pickup.id)
    .bind(pickup.coordination)
    .bind(pickup.donor)
    .bind(pickup.partner)
    .bind(pickup.site)
    .bind(pickup.weekday)
    .bind(pickup.from.format("%H:%M").to_string())
    .bind(pickup.until.format("%H:%M").to_string())
    .bind(pickup.product.clone())
    .bind(pickup.family.clone())
    .bind(pickup.temperature.code())
    .bind(pickup.usual)
    .bind(pickup.starts_on)
    .bind(pickup.ends_on)
    .bind(cx.now())
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn lock_pickup(tx: &mut Tx, id: PickupId) -> Result<Option<Pickup>, Error> {
    let row: Option<PickupRow> = tx
        .query(concat!(
            "UPDATE recurring_pickup SET version = version + 1 WHERE id = $1 RETURNING ",
            pickup_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Pickup::from))
}

pub(crate) async fn end_pickup(tx: &mut Tx, id: PickupId, ends_on: Option<NaiveDate>) -> Result<(), Error> {
    tx.query("UPDATE recurring_pickup SET ends_on = $1 WHERE id = $2").bind(ends_on).bind(id).run().await?;
    Ok(())
}

#[derive(FromRow)]
struct ExceptionRow {
    day: NaiveDate,
    #[sqlx(try_from = "String")]
    kind: ExceptionKind,
    moved_to: Option<NaiveDate>,
    reason: String,
}

/// The exceptions of a pickup that concern days from `since` on.
pub(crate) async fn exceptions_of(
    conn: &mut Conn,
    id: PickupId,
    since: NaiveDate,
) -> Result<Vec<Exception>, Error> {
    let rows: Vec<ExceptionRow> = conn
        .query(
            "SELECT day, kind, moved_to, reason FROM pickup_exception
             WHERE pickup_id = $1 AND (day >= $2 OR moved_to >= $2) ORDER BY day LIMIT 200",
        )
        .bind(id)
        .bind(since)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Exception { day: row.day, kind: row.kind, moved_to: row.moved_to, reason: row.reason })
        .collect())
}

/// Writes an exception, in place of the one that was there.
pub(crate) async fn save_exception(tx: &mut Tx, id: PickupId, exception: &Exception) -> Result<(), Error> {
    tx.query(
        "INSERT INTO pickup_exception (pickup_id, day, kind, moved_to, reason) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (pickup_id, day) DO UPDATE SET kind = excluded.kind, moved_to = excluded.moved_to,
             reason = excluded.reason",
    )
    .bind(id)
    .bind(exception.day)
    .bind(exception.kind.code())
    .bind(exception.moved_to)
    .bind(exception.reason.clone())
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn drop_exception(tx: &mut Tx, id: PickupId, day: NaiveDate) -> Result<u64, Error> {
    tx.query("DELETE FROM pickup_exception WHERE pickup_id = $1 AND day = $2").bind(id).bind(day).run().await
}

/// The collection that a pickup's own day gave, if it gave one.
pub(crate) async fn spawned(
    conn: &mut Conn,
    id: PickupId,
    day: NaiveDate,
) -> Result<Option<CollectionId>, Error> {
    let row: Option<(CollectionId,)> = conn
        .query("SELECT id FROM collection WHERE pickup_id = $1 AND pickup_day = $2")
        .bind(id)
        .bind(day)
        .optional()
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Lets go of the own day of a collection that was taken back, so that the day may give another.
pub(crate) async fn forget_day(tx: &mut Tx, id: CollectionId) -> Result<(), Error> {
    tx.query("UPDATE collection SET pickup_day = NULL WHERE id = $1").bind(id).run().await?;
    Ok(())
}
