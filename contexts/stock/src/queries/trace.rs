//! « Traçabilité »: where a lot comes from, what became of it, who holds what of it now.
//!
//! Invariant: upstream and downstream are read in one statement each, from the entries themselves. `CROSS JOIN` keeps
//! both engines from starting at the whole ledger instead of at the few lots it is about.

use chrono::{DateTime, Utc};
use kernel::{Grams, PersonId, StructureId};
use store::{Conn, Error, FromRow};

use super::lot;
use crate::store::LotRow;
use crate::{Cause, Lot, LotId, MovementId, PlaceId, PlaceKind};

/// Movements of one lot and its parts that a page shows at most; the rest is in the export.
const MOST_STEPS: i64 = 500;

/// One entry of a movement, with what its places are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The movement.
    pub movement: MovementId,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// Why.
    pub cause: Cause,
    /// Whose act it was.
    pub structure: Option<StructureId>,
    /// Who wrote it down.
    pub person: Option<PersonId>,
    /// The movement it reverses.
    pub corrects: Option<MovementId>,
    /// The movement that reverses it.
    pub corrected_by: Option<MovementId>,
    /// The reason given.
    pub reason: Option<String>,
    /// The lot it moved: this one or one of its parts.
    pub lot: LotId,
    /// That lot's number on our papers.
    pub reference: String,
    /// The place it left.
    pub from: PlaceId,
    /// What that place is.
    pub from_kind: PlaceKind,
    /// Who holds what is there.
    pub from_structure: Option<StructureId>,
    /// The place it entered.
    pub to: PlaceId,
    /// What that place is.
    pub to_kind: PlaceKind,
    /// Who holds what is there.
    pub to_structure: Option<StructureId>,
    /// How much.
    pub grams: Grams,
}

/// One movement at a structure's places: what came in counts up, what went out down.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Turnover {
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// Why.
    #[sqlx(try_from = "String")]
    pub cause: Cause,
    /// The reason given.
    pub reason: Option<String>,
    /// The lot's number on our papers.
    pub reference: String,
    /// What it is.
    pub product: String,
    /// How much, signed.
    pub grams: Grams,
}

/// Every movement at a structure's places, oldest first; moves from one of them to another cancel out. For the structure's
/// own export.
///
/// # Errors
/// When the database cannot be read.
pub async fn turnover(conn: &mut Conn, structure: StructureId) -> Result<Vec<Turnover>, Error> {
    conn.query(
        "SELECT m.occurred_at, m.cause, m.reason, l.reference, l.product, CAST(SUM(s.grams) AS BIGINT) AS grams
         FROM stock_side s JOIN place p ON p.id = s.place_id JOIN movement m ON m.id = s.movement_id
             JOIN lot l ON l.id = s.lot_id
         WHERE p.structure_id = $1
         GROUP BY m.id, m.occurred_at, m.cause, m.reason, l.id, l.reference, l.product
         HAVING SUM(s.grams) <> 0
         ORDER BY m.occurred_at, m.id, l.id",
    )
    .bind(structure)
    .all()
    .await
}

/// What somebody holds of a lot or of one of its parts.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Holding {
    /// The lot or part.
    pub lot_id: LotId,
    /// Its number on our papers.
    pub reference: String,
    /// Where.
    pub place_id: PlaceId,
    /// Who.
    pub structure_id: Option<StructureId>,
    /// All of it there.
    pub grams: Grams,
    /// What of it is promised.
    pub reserved: Grams,
}

/// A temperature read on the lot.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Reading {
    /// `pickup`, `arrival` or `storage`.
    pub moment: String,
    /// Tenths of a degree Celsius.
    pub tenths_celsius: i64,
    /// The threshold then.
    pub threshold_tenths: Option<i64>,
    /// Why it was above.
    pub reason: Option<String>,
    /// When.
    pub read_at: DateTime<Utc>,
}

/// A lot's whole life.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The lot.
    pub lot: Lot,
    /// The lots it was split from, first one first.
    pub upstream: Vec<Lot>,
    /// The lots split from it, parents before their parts.
    pub downstream: Vec<Lot>,
    /// What happened to it and its parts, and how the lots it was split from came in; oldest first, 500 at most.
    pub steps: Vec<Step>,
    /// Who holds what of it and its parts now.
    pub holdings: Vec<Holding>,
    /// The temperatures read on it.
    pub readings: Vec<Reading>,
}

#[derive(FromRow)]
struct StepRow {
    movement_id: MovementId,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    #[sqlx(try_from = "String")]
    cause: Cause,
    structure_id: Option<StructureId>,
    person_id: Option<PersonId>,
    corrects_id: Option<MovementId>,
    corrected_by: Option<MovementId>,
    reason: Option<String>,
    lot_id: LotId,
    reference: String,
    from_id: PlaceId,
    #[sqlx(try_from = "String")]
    from_kind: PlaceKind,
    from_structure: Option<StructureId>,
    to_id: PlaceId,
    #[sqlx(try_from = "String")]
    to_kind: PlaceKind,
    to_structure: Option<StructureId>,
    grams: Grams,
}

impl From<StepRow> for Step {
    fn from(row: StepRow) -> Self {
        Self {
            movement: row.movement_id,
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            cause: row.cause,
            structure: row.structure_id,
            person: row.person_id,
            corrects: row.corrects_id,
            corrected_by: row.corrected_by,
            reason: row.reason,
            lot: row.lot_id,
            reference: row.reference,
            from: row.from_id,
            from_kind: row.from_kind,
            from_structure: row.from_structure,
            to: row.to_id,
            to_kind: row.to_kind,
            to_structure: row.to_structure,
            grams: row.grams,
        }
    }
}

/// Traces a lot upstream and downstream.
///
/// # Errors
/// When the database cannot be read.
pub async fn trace(conn: &mut Conn, id: LotId) -> Result<Option<Trace>, Error> {
    let Some(lot) = lot(conn, id).await? else { return Ok(None) };
    let upstream: Vec<LotRow> = conn
        .query(
            "WITH RECURSIVE up (id, parent_id, depth) AS (
                 SELECT id, parent_id, 0 FROM lot WHERE id = $1
                 UNION ALL SELECT lot.id, lot.parent_id, up.depth + 1 FROM lot JOIN up ON lot.id = up.parent_id
             )
             SELECT lot.id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date,
                 donor_id, collection_id, lot.parent_id, crate_grams, estimated, state, state_reason, created_at, version
             FROM up CROSS JOIN lot WHERE lot.id = up.id AND up.depth > 0 ORDER BY up.depth DESC",
        )
        .bind(id)
        .all()
        .await?;
    let downstream: Vec<LotRow> = conn
        .query(
            "WITH RECURSIVE down (id, depth) AS (
                 SELECT id, 0 FROM lot WHERE id = $1
                 UNION ALL SELECT lot.id, down.depth + 1 FROM lot JOIN down ON lot.parent_id = down.id
             )
             SELECT lot.id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date,
                 donor_id, collection_id, parent_id, crate_grams, estimated, state, state_reason, created_at, version
             FROM down CROSS JOIN lot WHERE lot.id = down.id AND down.depth > 0
             ORDER BY down.depth, lot.reference LIMIT 500",
        )
        .bind(id)
        .all()
        .await?;
    Ok(Some(Trace {
        lot,
        upstream: upstream.into_iter().map(Lot::from).collect(),
        downstream: downstream.into_iter().map(Lot::from).collect(),
        steps: steps(conn, id).await?,
        holdings: holdings(conn, id).await?,
        readings: readings(conn, id).await?,
    }))
}

async fn steps(conn: &mut Conn, id: LotId) -> Result<Vec<Step>, Error> {
    let rows: Vec<StepRow> = conn
        .query(
            "WITH RECURSIVE up (id, parent_id) AS (
                 SELECT id, parent_id FROM lot WHERE id = $1
                 UNION ALL SELECT lot.id, lot.parent_id FROM lot JOIN up ON lot.id = up.parent_id
             ), down (id) AS (
                 SELECT id FROM lot WHERE id = $1
                 UNION ALL SELECT lot.id FROM lot JOIN down ON lot.parent_id = down.id
             ), told (lot_id, whole) AS (
                 SELECT id, TRUE FROM down UNION ALL SELECT id, FALSE FROM up WHERE id <> $1
             )
             SELECT entry.movement_id, movement.occurred_at, movement.recorded_at, movement.cause, movement.structure_id,
                 movement.person_id, movement.corrects_id,
                 (SELECT later.id FROM movement later WHERE later.corrects_id = movement.id) AS corrected_by,
                 movement.reason, entry.lot_id, lot.reference, entry.from_id, origin.kind AS from_kind,
                 origin.structure_id AS from_structure, entry.to_id, target.kind AS to_kind,
                 target.structure_id AS to_structure, entry.grams
             FROM told CROSS JOIN entry
             JOIN movement ON movement.id = entry.movement_id
             JOIN lot ON lot.id = entry.lot_id
             JOIN place origin ON origin.id = entry.from_id
             JOIN place target ON target.id = entry.to_id
             WHERE entry.lot_id = told.lot_id AND (told.whole OR movement.cause = 'received')
             ORDER BY movement.occurred_at, movement.recorded_at,
                 CASE movement.cause WHEN 'received' THEN 0 WHEN 'split' THEN 1 WHEN 'corrected' THEN 3 ELSE 2 END,
                 movement.id, lot.reference, entry.from_id, entry.to_id LIMIT $2",
        )
        .bind(id)
        .bind(MOST_STEPS)
        .all()
        .await?;
    Ok(rows.into_iter().map(Step::from).collect())
}

async fn holdings(conn: &mut Conn, id: LotId) -> Result<Vec<Holding>, Error> {
    conn.query(
        "WITH RECURSIVE down (id) AS (
             SELECT id FROM lot WHERE id = $1
             UNION ALL SELECT lot.id FROM lot JOIN down ON lot.parent_id = down.id
         )
         SELECT balance.lot_id, lot.reference, balance.place_id, place.structure_id, balance.grams, balance.reserved
         FROM down CROSS JOIN balance
         JOIN place ON place.id = balance.place_id
         JOIN lot ON lot.id = balance.lot_id
         WHERE balance.lot_id = down.id AND NOT balance.outside AND balance.grams > 0
         ORDER BY lot.reference, balance.place_id LIMIT 500",
    )
    .bind(id)
    .all()
    .await
}

async fn readings(conn: &mut Conn, id: LotId) -> Result<Vec<Reading>, Error> {
    conn.query(
        "SELECT moment, tenths_celsius, threshold_tenths, reason, read_at FROM temperature_reading
         WHERE lot_id = $1 ORDER BY read_at, id LIMIT 200",
    )
    .bind(id)
    .all()
    .await
}
