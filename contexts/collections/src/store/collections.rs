//! Collections.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, PersonId, SiteId, StructureId};
use store::{Conn, Error, FromRow, Json, Tx};
use uuid::Uuid;

use crate::agreement::Ask;
use crate::collection::{Collection, CollectionId, Holds, Kind, OfferScope, State};
use crate::recurrence::PickupId;

#[derive(FromRow)]
pub(crate) struct CollectionRow {
    id: CollectionId,
    reference: String,
    coordination_id: CoordinationId,
    #[sqlx(try_from = "String")]
    kind: Kind,
    donor_id: StructureId,
    site_id: Option<SiteId>,
    pickup_id: Option<PickupId>,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    animal_origin: bool,
    prepackaged: bool,
    grams: Grams,
    taken_grams: Grams,
    estimated: bool,
    packages: Option<i64>,
    packaging: Option<String>,
    crate_grams: Grams,
    lot_number: Option<String>,
    #[sqlx(try_from = "String")]
    date_kind: DateKind,
    date: Option<NaiveDate>,
    short_date_reason: Option<String>,
    pickup_from: DateTime<Utc>,
    pickup_until: DateTime<Utc>,
    pickup_address: String,
    note: String,
    photo_id: Option<Uuid>,
    urgent: bool,
    partner_id: Option<StructureId>,
    partner_until: Option<DateTime<Utc>>,
    #[sqlx(try_from = "String")]
    scope: OfferScope,
    named: Json<Vec<StructureId>>,
    #[sqlx(try_from = "String")]
    state: State,
    state_reason: Option<String>,
    posted_by: Option<PersonId>,
    posted_for: bool,
    created_at: DateTime<Utc>,
    version: i64,
}

/// Every column of a collection, in a statement.
macro_rules! collection_columns {
    () => {
        "id, reference, coordination_id, kind, donor_id, site_id, pickup_id, product, family, temperature_class,
         animal_origin, prepackaged, grams, taken_grams, estimated, packages, packaging, crate_grams, lot_number,
         date_kind, date, short_date_reason, pickup_from, pickup_until, pickup_address, note, photo_id, urgent,
         partner_id, partner_until, scope, named, state, state_reason, posted_by, posted_for, created_at, version"
    };
}
pub(crate) use collection_columns;

impl From<CollectionRow> for Collection {
    fn from(row: CollectionRow) -> Self {
        Self {
            id: row.id,
            reference: row.reference,
            coordination: row.coordination_id,
            kind: row.kind,
            donor: row.donor_id,
            site: row.site_id,
            pickup: row.pickup_id,
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            animal_origin: row.animal_origin,
            prepackaged: row.prepackaged,
            grams: row.grams,
            taken: row.taken_grams,
            estimated: row.estimated,
            packages: row.packages,
            packaging: row.packaging,
            crate_grams: row.crate_grams,
            lot_number: row.lot_number,
            date_kind: row.date_kind,
            date: row.date,
            short_date_reason: row.short_date_reason,
            pickup_from: row.pickup_from,
            pickup_until: row.pickup_until,
            pickup_address: row.pickup_address,
            note: row.note,
            photo: row.photo_id,
            urgent: row.urgent,
            first_ask: row.partner_id.map(|partner| Ask { partner, until: row.partner_until }),
            scope: row.scope,
            named: row.named.0,
            state: row.state,
            state_reason: row.state_reason,
            posted_by: row.posted_by,
            posted_for: row.posted_for,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Writes a new collection. `pickup_day` is the recurring pickup's own day, which makes spawning repeatable: `false`
/// comes back where that day's collection exists.
pub(crate) async fn insert_collection(
    tx: &mut Tx,
    collection: &Collection,
    pickup_day: Option<NaiveDate>,
) -> Result<bool, Error> {
    let written = tx
        .query(
            "INSERT INTO collection (id, reference, coordination_id, kind, donor_id, site_id, pickup_id, pickup_day,
                 product, family, temperature_class, animal_origin, prepackaged, grams, taken_grams, estimated,
                 packages, packaging, crate_grams, lot_number, date_kind, date, short_date_reason, pickup_from,
                 pickup_until, pickup_address, note, photo_id, urgent, partner_id, partner_until, scope, named,
                 state, state_reason, posted_by, posted_for, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                 $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)
             ON CONFLICT (pickup_id, pickup_day) DO NOTHING",
        )
        .bind(collection.id)
        .bind(collection.reference.clone())
        .bind(collection.coordination)
        .bind(collection.kind.code())
        .bind(collection.donor)
        .bind(collection.site)
        .bind(collection.pickup)
        .bind(pickup_day)
        .bind(collection.product.clone())
        .bind(collection.family.clone())
        .bind(collection.temperature.code())
        .bind(collection.animal_origin)
        .bind(collection.prepackaged)
        .bind(collection.grams)
        .bind(collection.taken)
        .bind(collection.estimated)
        .bind(collection.packages)
        .bind(collection.packaging.clone())
        .bind(collection.crate_grams)
        .bind(collection.lot_number.clone())
        .bind(collection.date_kind.code())
        .bind(collection.date)
        .bind(collection.short_date_reason.clone())
        .bind(collection.pickup_from)
        .bind(collection.pickup_until)
        .bind(collection.pickup_address.clone())
        .bind(collection.note.clone())
        .bind(collection.photo)
        .bind(collection.urgent)
        .bind(collection.first_ask.map(|ask| ask.partner))
        .bind(collection.first_ask.and_then(|ask| ask.until))
        .bind(collection.scope.code())
        .bind(Json(collection.named.clone()))
        .bind(collection.state.code())
        .bind(collection.state_reason.clone())
        .bind(collection.posted_by)
        .bind(collection.posted_for)
        .bind(collection.created_at)
        .bind(collection.version)
        .run()
        .await?;
    Ok(written == 1)
}

/// Locks a collection and gives it as it stands, its new version included.
pub(crate) async fn lock_collection(tx: &mut Tx, id: CollectionId) -> Result<Option<Collection>, Error> {
    let row: Option<CollectionRow> = tx
        .query(concat!(
            "UPDATE collection SET version = version + 1 WHERE id = $1 RETURNING ",
            collection_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Collection::from))
}

/// A collection as it stands, unlocked.
pub(crate) async fn collection(conn: &mut Conn, id: CollectionId) -> Result<Option<Collection>, Error> {
    let row: Option<CollectionRow> = conn
        .query(concat!("SELECT ", collection_columns!(), " FROM collection WHERE id = $1"))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Collection::from))
}

/// Saves what is spoken for, the state and its reason of a locked collection.
pub(crate) async fn save_state(
    tx: &mut Tx,
    id: CollectionId,
    taken: Grams,
    state: State,
    reason: Option<String>,
) -> Result<(), Error> {
    tx.query("UPDATE collection SET taken_grams = $1, state = $2, state_reason = $3 WHERE id = $4")
        .bind(taken)
        .bind(state.code())
        .bind(reason)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Saves the facts of a locked collection that its owner may edit.
pub(crate) async fn save_facts(tx: &mut Tx, collection: &Collection) -> Result<(), Error> {
    tx.query(
        "UPDATE collection SET kind = $1, site_id = $2, product = $3, family = $4, temperature_class = $5,
             animal_origin = $6, prepackaged = $7, grams = $8, estimated = $9, packages = $10, packaging = $11,
             crate_grams = $12, lot_number = $13, date_kind = $14, date = $15, short_date_reason = $16,
             pickup_from = $17, pickup_until = $18, pickup_address = $19, note = $20, photo_id = $21, urgent = $22,
             scope = $23, named = $24
         WHERE id = $25",
    )
    .bind(collection.kind.code())
    .bind(collection.site)
    .bind(collection.product.clone())
    .bind(collection.family.clone())
    .bind(collection.temperature.code())
    .bind(collection.animal_origin)
    .bind(collection.prepackaged)
    .bind(collection.grams)
    .bind(collection.estimated)
    .bind(collection.packages)
    .bind(collection.packaging.clone())
    .bind(collection.crate_grams)
    .bind(collection.lot_number.clone())
    .bind(collection.date_kind.code())
    .bind(collection.date)
    .bind(collection.short_date_reason.clone())
    .bind(collection.pickup_from)
    .bind(collection.pickup_until)
    .bind(collection.pickup_address.clone())
    .bind(collection.note.clone())
    .bind(collection.photo)
    .bind(collection.urgent)
    .bind(collection.scope.code())
    .bind(Json(collection.named.clone()))
    .bind(collection.id)
    .run()
    .await?;
    Ok(())
}

/// Ends the partner's delay: the others see the offer, and nothing waits for an hour any more.
pub(crate) async fn open_to_others(tx: &mut Tx, id: CollectionId) -> Result<(), Error> {
    tx.query("UPDATE collection SET partner_until = NULL WHERE id = $1").bind(id).run().await?;
    Ok(())
}

/// How many of a collection's holds are held and taken over.
pub(crate) async fn holds_of(conn: &mut Conn, id: CollectionId) -> Result<Holds, Error> {
    let (held, taken_over): (i64, i64) = conn
        .query(
            "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0) AS BIGINT),
                 CAST(COALESCE(SUM(CASE WHEN state = 'taken_over' THEN 1 ELSE 0 END), 0) AS BIGINT)
             FROM collection_reservation WHERE collection_id = $1",
        )
        .bind(id)
        .one()
        .await?;
    Ok(Holds { held, taken_over })
}
