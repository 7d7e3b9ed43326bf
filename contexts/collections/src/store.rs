//! Rows of this context: how they are written, read back and locked.
//!
//! Invariant: whoever decides on a collection, a hold or a paper has locked its row first, by touching its version.

pub(crate) mod drives;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Grams, PersonId, SiteId, StructureId};
use store::{Conn, Error, FromRow, Json, Tx};
use uuid::Uuid;

use crate::agreement::{Agreement, AgreementId, Ask};
use crate::collection::{Collection, CollectionId, Holds, Kind, OfferScope, State};
use crate::handover::{Handover, HandoverId, Line, PaperKind, PaperState, Signature};
use crate::hold::{Hold, HoldId, HoldState};
use crate::photo::Photo;
use crate::recurrence::{Exception, ExceptionKind, Pickup, PickupId};

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

#[derive(FromRow)]
pub(crate) struct HoldRow {
    id: HoldId,
    collection_id: CollectionId,
    structure_id: StructureId,
    grams: Grams,
    #[sqlx(try_from = "String")]
    state: HoldState,
    reason: Option<String>,
    comes_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    version: i64,
    answer_pending: bool,
}

impl From<HoldRow> for Hold {
    fn from(row: HoldRow) -> Self {
        // What is set aside is held like the rest, so that sums need not know it; only its structure has to answer.
        let pending = row.answer_pending && row.state == HoldState::Held;
        Self {
            id: row.id,
            collection: row.collection_id,
            structure: row.structure_id,
            grams: row.grams,
            state: if pending { HoldState::Proposed } else { row.state },
            reason: row.reason,
            comes_at: row.comes_at,
            created_at: row.created_at,
            ended_at: row.ended_at,
            version: row.version,
        }
    }
}

pub(crate) async fn insert_hold(tx: &mut Tx, hold: &Hold) -> Result<(), Error> {
    tx.query(
        "INSERT INTO collection_reservation (id, collection_id, structure_id, grams, state, comes_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(hold.id)
    .bind(hold.collection)
    .bind(hold.structure)
    .bind(hold.grams)
    .bind(hold.state.code())
    .bind(hold.comes_at)
    .bind(hold.created_at)
    .run()
    .await?;
    Ok(())
}

/// Keeps a hold as one that the daily allocation set aside, and what for.
pub(crate) async fn set_aside(tx: &mut Tx, id: HoldId, subject: Uuid) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET subject_id = $1, answer_pending = TRUE WHERE id = $2")
        .bind(subject)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// What was set aside is expected from now on.
pub(crate) async fn confirm_hold(tx: &mut Tx, id: HoldId) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET answer_pending = FALSE WHERE id = $1").bind(id).run().await?;
    Ok(())
}

/// What a hold was set aside for, where the daily allocation made it.
pub(crate) async fn subject_of(conn: &mut Conn, id: HoldId) -> Result<Option<Uuid>, Error> {
    let row: Option<(Option<Uuid>,)> =
        conn.query("SELECT subject_id FROM collection_reservation WHERE id = $1").bind(id).optional().await?;
    Ok(row.and_then(|(subject,)| subject))
}

/// Locks a hold. Lock its collection first: everybody takes the two in that order.
pub(crate) async fn lock_hold(tx: &mut Tx, id: HoldId) -> Result<Option<Hold>, Error> {
    let row: Option<HoldRow> = tx
        .query(
            "UPDATE collection_reservation SET version = version + 1 WHERE id = $1
             RETURNING id, collection_id, structure_id, grams, state, reason, comes_at, created_at, ended_at, version,
                 answer_pending",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Hold::from))
}

/// A hold as it stands, unlocked.
pub(crate) async fn hold(conn: &mut Conn, id: HoldId) -> Result<Option<Hold>, Error> {
    let row: Option<HoldRow> = conn
        .query(
            "SELECT id, collection_id, structure_id, grams, state, reason, comes_at, created_at, ended_at, version,
                 answer_pending
             FROM collection_reservation WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Hold::from))
}

/// Every hold of a collection, in the order they were made.
pub(crate) async fn holds(conn: &mut Conn, id: CollectionId) -> Result<Vec<Hold>, Error> {
    let rows: Vec<HoldRow> = conn
        .query(
            "SELECT id, collection_id, structure_id, grams, state, reason, comes_at, created_at, ended_at, version,
                 answer_pending
             FROM collection_reservation WHERE collection_id = $1 ORDER BY created_at, id LIMIT 500",
        )
        .bind(id)
        .all()
        .await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}

/// What a structure holds and has not fetched, in the order they were made.
pub(crate) async fn held_holds(conn: &mut Conn, structure: StructureId) -> Result<Vec<Hold>, Error> {
    let rows: Vec<HoldRow> = conn
        .query(
            "SELECT id, collection_id, structure_id, grams, state, reason, comes_at, created_at, ended_at, version,
                 answer_pending
             FROM collection_reservation WHERE structure_id = $1 AND state = 'held' AND NOT answer_pending
             ORDER BY created_at, id LIMIT 500",
        )
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(Hold::from).collect())
}

/// What a structure still has to fetch of a temperature class, in a coordination.
pub(crate) async fn expected_at(
    conn: &mut Conn,
    structure: StructureId,
    class: TemperatureClass,
) -> Result<Grams, Error> {
    conn.query(
        "SELECT CAST(COALESCE(SUM(r.grams), 0) AS BIGINT) FROM collection_reservation r
         JOIN collection c ON c.id = r.collection_id
         WHERE r.structure_id = $1 AND r.state = 'held' AND c.temperature_class = $2",
    )
    .bind(structure)
    .bind(class.code())
    .value()
    .await
}

pub(crate) async fn end_hold(
    tx: &mut Tx,
    id: HoldId,
    state: HoldState,
    reason: Option<String>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query("UPDATE collection_reservation SET state = $1, reason = $2, ended_at = $3 WHERE id = $4")
        .bind(state.code())
        .bind(reason)
        .bind(at)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Keeps a photo.
pub(crate) async fn insert_photo(
    tx: &mut Tx,
    id: Uuid,
    owner: StructureId,
    photo: &Photo,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query("INSERT INTO photo (id, owner_id, media_type, bytes, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(owner)
        .bind(photo.kind().media_type())
        .bind(photo.bytes().to_vec())
        .bind(at)
        .run()
        .await?;
    Ok(())
}

/// A photo's media type and bytes.
pub(crate) async fn photo(conn: &mut Conn, id: Uuid) -> Result<Option<(String, Vec<u8>)>, Error> {
    conn.query("SELECT media_type, bytes FROM photo WHERE id = $1").bind(id).optional().await
}

#[derive(FromRow)]
pub(crate) struct HandoverRow {
    id: HandoverId,
    reference: String,
    coordination_id: CoordinationId,
    #[sqlx(try_from = "String")]
    kind: PaperKind,
    giver_id: StructureId,
    receiver_id: StructureId,
    subject_id: Uuid,
    #[sqlx(try_from = "String")]
    state: PaperState,
    handed_at: Option<DateTime<Utc>>,
    giver_name: Option<String>,
    giver_signature: Option<String>,
    receiver_name: Option<String>,
    receiver_signature: Option<String>,
    on_paper: bool,
    created_at: DateTime<Utc>,
    version: i64,
}

/// Every column of a hand-over, in a statement.
macro_rules! handover_columns {
    () => {
        "id, reference, coordination_id, kind, giver_id, receiver_id, subject_id, state, handed_at, giver_name,
         giver_signature, receiver_name, receiver_signature, on_paper, created_at, version"
    };
}
pub(crate) use handover_columns;

#[derive(FromRow)]
struct LineRow {
    rank: i64,
    lot_id: Option<Uuid>,
    reservation_id: Option<Uuid>,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    lot_number: Option<String>,
    #[sqlx(try_from = "String")]
    date_kind: DateKind,
    date: Option<NaiveDate>,
    proposed_grams: Grams,
    accepted_grams: Option<Grams>,
    difference_reason: Option<String>,
}

impl HandoverRow {
    /// The paper with its lines. A path that is none (a row written by hand) is left out rather than printed.
    pub(crate) fn with(self, lines: Vec<Line>) -> Handover {
        let drawn = |path: Option<String>| path.and_then(|path| Signature::parse(&path).ok().flatten());
        Handover {
            id: self.id,
            reference: self.reference,
            coordination: self.coordination_id,
            kind: self.kind,
            giver: self.giver_id,
            receiver: self.receiver_id,
            subject: self.subject_id,
            state: self.state,
            handed_at: self.handed_at,
            giver_name: self.giver_name,
            giver_signature: drawn(self.giver_signature),
            receiver_name: self.receiver_name,
            receiver_signature: drawn(self.receiver_signature),
            on_paper: self.on_paper,
            created_at: self.created_at,
            version: self.version,
            lines,
        }
    }

    pub(crate) fn id(&self) -> HandoverId {
        self.id
    }
}

pub(crate) async fn insert_handover(tx: &mut Tx, paper: &Handover) -> Result<(), Error> {
    tx.query(
        "INSERT INTO handover (id, reference, coordination_id, kind, giver_id, receiver_id, subject_id, state,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(paper.id)
    .bind(paper.reference.clone())
    .bind(paper.coordination)
    .bind(paper.kind.code())
    .bind(paper.giver)
    .bind(paper.receiver)
    .bind(paper.subject)
    .bind(paper.state.code())
    .bind(paper.created_at)
    .run()
    .await?;
    for line in &paper.lines {
        tx.query(
            "INSERT INTO handover_line (handover_id, rank, lot_id, reservation_id, product, family,
                 temperature_class, lot_number, date_kind, date, proposed_grams)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(paper.id)
        .bind(line.rank)
        .bind(line.lot)
        .bind(line.reservation)
        .bind(line.product.clone())
        .bind(line.family.clone())
        .bind(line.temperature.code())
        .bind(line.lot_number.clone())
        .bind(line.date_kind.code())
        .bind(line.date)
        .bind(line.proposed)
        .run()
        .await?;
    }
    Ok(())
}

/// Locks a paper and gives it with its lines, its new version included.
pub(crate) async fn lock_handover(tx: &mut Tx, id: HandoverId) -> Result<Option<Handover>, Error> {
    let row: Option<HandoverRow> = tx
        .query(concat!(
            "UPDATE handover SET version = version + 1 WHERE id = $1 RETURNING ",
            handover_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let lines = lines_of(tx, id).await?;
    Ok(Some(row.with(lines)))
}

/// A paper with its lines.
pub(crate) async fn handover(conn: &mut Conn, id: HandoverId) -> Result<Option<Handover>, Error> {
    let row: Option<HandoverRow> = conn
        .query(concat!("SELECT ", handover_columns!(), " FROM handover WHERE id = $1"))
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let lines = lines_of(conn, id).await?;
    Ok(Some(row.with(lines)))
}

/// The lines of a paper, in order.
pub(crate) async fn lines_of(conn: &mut Conn, id: HandoverId) -> Result<Vec<Line>, Error> {
    let rows: Vec<LineRow> = conn
        .query(
            "SELECT rank, lot_id, reservation_id, product, family, temperature_class, lot_number, date_kind, date,
                 proposed_grams, accepted_grams, difference_reason
             FROM handover_line WHERE handover_id = $1 ORDER BY rank LIMIT 500",
        )
        .bind(id)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            rank: row.rank,
            lot: row.lot_id,
            reservation: row.reservation_id,
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            lot_number: row.lot_number,
            date_kind: row.date_kind,
            date: row.date,
            proposed: row.proposed_grams,
            accepted: row.accepted_grams,
            difference_reason: row.difference_reason,
        })
        .collect())
}

/// Writes what signing decided onto a locked paper.
pub(crate) async fn save_signed(tx: &mut Tx, paper: &Handover) -> Result<(), Error> {
    tx.query(
        "UPDATE handover SET state = $1, handed_at = $2, giver_name = $3, giver_signature = $4, receiver_name = $5,
             receiver_signature = $6, on_paper = $7 WHERE id = $8",
    )
    .bind(paper.state.code())
    .bind(paper.handed_at)
    .bind(paper.giver_name.clone())
    .bind(paper.giver_signature.as_ref().map(|drawn| drawn.path().to_owned()))
    .bind(paper.receiver_name.clone())
    .bind(paper.receiver_signature.as_ref().map(|drawn| drawn.path().to_owned()))
    .bind(paper.on_paper)
    .bind(paper.id)
    .run()
    .await?;
    for line in &paper.lines {
        tx.query(
            "UPDATE handover_line SET accepted_grams = $1, difference_reason = $2, lot_id = $3
             WHERE handover_id = $4 AND rank = $5",
        )
        .bind(line.accepted)
        .bind(line.difference_reason.clone())
        .bind(line.lot)
        .bind(paper.id)
        .bind(line.rank)
        .run()
        .await?;
    }
    Ok(())
}

#[derive(FromRow)]
pub(crate) struct AgreementRow {
    id: AgreementId,
    coordination_id: CoordinationId,
    donor_id: StructureId,
    partner_id: StructureId,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    first_ask_minutes: i64,
    notes: String,
    donor_accepted_at: Option<DateTime<Utc>>,
    partner_accepted_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    version: i64,
}

/// Every column of an agreement, in a statement.
macro_rules! agreement_columns {
    () => {
        "id, coordination_id, donor_id, partner_id, starts_on, ends_on, first_ask_minutes, notes,
         donor_accepted_at, partner_accepted_at, ended_at, version"
    };
}
pub(crate) use agreement_columns;

impl From<AgreementRow> for Agreement {
    fn from(row: AgreementRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            donor: row.donor_id,
            partner: row.partner_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            first_ask_minutes: row.first_ask_minutes,
            notes: row.notes,
            donor_accepted_at: row.donor_accepted_at,
            partner_accepted_at: row.partner_accepted_at,
            ended_at: row.ended_at,
            version: row.version,
        }
    }
}

pub(crate) async fn insert_agreement(
    tx: &mut Tx,
    agreement: &Agreement,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO agreement (id, coordination_id, donor_id, partner_id, starts_on, ends_on, first_ask_minutes,
             notes, donor_accepted_at, partner_accepted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(agreement.id)
    .bind(agreement.coordination)
    .bind(agreement.donor)
    .bind(agreement.partner)
    .bind(agreement.starts_on)
    .bind(agreement.ends_on)
    .bind(agreement.first_ask_minutes)
    .bind(agreement.notes.clone())
    .bind(agreement.donor_accepted_at)
    .bind(agreement.partner_accepted_at)
    .bind(at)
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn lock_agreement(tx: &mut Tx, id: AgreementId) -> Result<Option<Agreement>, Error> {
    let row: Option<AgreementRow> = tx
        .query(concat!(
            "UPDATE agreement SET version = version + 1 WHERE id = $1 RETURNING ",
            agreement_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Agreement::from))
}

pub(crate) async fn save_agreement(tx: &mut Tx, agreement: &Agreement) -> Result<(), Error> {
    tx.query(
        "UPDATE agreement SET donor_accepted_at = $1, partner_accepted_at = $2, ended_at = $3 WHERE id = $4",
    )
    .bind(agreement.donor_accepted_at)
    .bind(agreement.partner_accepted_at)
    .bind(agreement.ended_at)
    .bind(agreement.id)
    .run()
    .await?;
    Ok(())
}

/// The agreements of a donor that have not ended, oldest first.
pub(crate) async fn agreements_of_donor(
    conn: &mut Conn,
    coordination: CoordinationId,
    donor: StructureId,
) -> Result<Vec<Agreement>, Error> {
    let rows: Vec<AgreementRow> = conn
        .query(concat!(
            "SELECT ",
            agreement_columns!(),
            " FROM agreement WHERE coordination_id = $1 AND donor_id = $2 AND ended_at IS NULL
              ORDER BY created_at, id LIMIT 50"
        ))
        .bind(coordination)
        .bind(donor)
        .all()
        .await?;
    Ok(rows.into_iter().map(Agreement::from).collect())
}

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
