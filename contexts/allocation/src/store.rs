//! The SQL of allocations: runs, shares, lines, rule, memory.
//!
//! Invariant: a run's row is touched first, so that two acts on one run follow each other on both engines.

use ::store::{Conn, Error, FromRow, Json, Tx};
mod memory;

pub(crate) use memory::{
    coordinations_with_runs_due, days, insert_rule, remember_need, remember_received, rules,
};

use chrono::{DateTime, NaiveDate, Utc};
use collections::{CollectionId, HandoverId, HoldId};
use kernel::uuid::Uuid;
use kernel::{CoordinationId, Grams, PersonId, StructureId};
use requests::RequestLineId;
use stock::{LotId, PlaceId, ReservationId};

use crate::inputs::Inputs;
use crate::line::{Line, LineId, LineState};
use crate::reasons::Reasons;
use crate::run::{Run, RunId, RunState};
use crate::share::{Share, ShareId};

#[derive(FromRow)]
struct RunRow {
    id: RunId,
    reference: String,
    coordination_id: CoordinationId,
    day: NaiveDate,
    inputs_hash: String,
    state: String,
    prepared_by: Option<PersonId>,
    validated_by: Option<PersonId>,
    validated_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i64,
}

impl From<RunRow> for Run {
    fn from(row: RunRow) -> Self {
        Self {
            id: row.id,
            reference: row.reference,
            coordination: row.coordination_id,
            day: row.day,
            inputs_hash: row.inputs_hash,
            // A word that this program does not know is taken for the end: nothing more can happen to it.
            state: RunState::from_code(&row.state).unwrap_or(RunState::Cancelled),
            prepared_by: row.prepared_by,
            validated_by: row.validated_by,
            validated_at: row.validated_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
struct LineRow {
    id: LineId,
    run_id: RunId,
    lot_id: Option<LotId>,
    place_id: Option<PlaceId>,
    collection_id: Option<CollectionId>,
    structure_id: StructureId,
    request_line_id: Option<RequestLineId>,
    computed_grams: Grams,
    grams: Grams,
    adjust_reason: Option<String>,
    state: String,
    answer_reason: Option<String>,
    answered_at: Option<DateTime<Utc>>,
    reservation_id: Option<ReservationId>,
    hold_id: Option<HoldId>,
    handover_id: Option<HandoverId>,
    received_grams: Option<Grams>,
    received_reason: Option<String>,
    version: i64,
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        let goods = row.lot_id.or(row.collection_id.map(as_lot));
        Self {
            id: row.id,
            run: row.run_id,
            // A CHECK keeps one of the two.
            lot: goods.unwrap_or(LotId(Uuid::nil())),
            place: row.place_id.unwrap_or(PlaceId(Uuid::nil())),
            offer: row.collection_id,
            structure: row.structure_id,
            request_line: row.request_line_id,
            computed: row.computed_grams,
            grams: row.grams,
            adjust_reason: row.adjust_reason,
            state: LineState::from_code(&row.state).unwrap_or(LineState::NotHandedOver),
            answer_reason: row.answer_reason,
            answered_at: row.answered_at,
            reservation: row.reservation_id,
            hold: row.hold_id,
            handover: row.handover_id,
            received: row.received_grams.map(|grams| (grams, row.received_reason.unwrap_or_default())),
            version: row.version,
        }
    }
}

/// What an offer goes by among the lots of a run.
#[must_use]
pub(crate) fn as_lot(offer: CollectionId) -> LotId {
    LotId(offer.uuid())
}

#[derive(FromRow)]
struct ShareRow {
    id: ShareId,
    run_id: RunId,
    structure_id: StructureId,
    reasons: Json<Reasons>,
    answer_until: Option<DateTime<Utc>>,
    reminded_at: Option<DateTime<Utc>>,
}

impl From<ShareRow> for Share {
    fn from(row: ShareRow) -> Self {
        Self {
            id: row.id,
            run: row.run_id,
            structure: row.structure_id,
            reasons: row.reasons.0,
            answer_until: row.answer_until,
            reminded_at: row.reminded_at,
        }
    }
}

/// A run.
pub(crate) async fn run(conn: &mut Conn, id: RunId) -> Result<Option<Run>, Error> {
    let row: Option<RunRow> = conn
        .query(
            "SELECT id, reference, coordination_id, day, inputs_hash, state, prepared_by, validated_by, validated_at,
                 created_at, version
             FROM allocation_run WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Run::from))
}

/// A run, locked for the rest of the transaction; its version has moved on by one.
pub(crate) async fn lock(tx: &mut Tx, id: RunId) -> Result<Option<Run>, Error> {
    let touched =
        tx.query("UPDATE allocation_run SET version = version + 1 WHERE id = $1").bind(id).run().await?;
    if touched == 0 { Ok(None) } else { run(tx, id).await }
}

/// A run, locked without moving its version: answers and hand-overs are no edits of the proposal.
pub(crate) async fn hold(tx: &mut Tx, id: RunId) -> Result<Option<Run>, Error> {
    let touched =
        tx.query("UPDATE allocation_run SET version = version WHERE id = $1").bind(id).run().await?;
    if touched == 0 { Ok(None) } else { run(tx, id).await }
}

/// The latest runs before a day and id, 30 at most.
pub(crate) async fn runs(
    conn: &mut Conn,
    coordination: CoordinationId,
    before: Option<(NaiveDate, RunId)>,
    most: i64,
) -> Result<Vec<Run>, Error> {
    let (day, id) = match before {
        Some(before) => before,
        None => (NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default(), RunId(Uuid::max())),
    };
    let rows: Vec<RunRow> = conn
        .query(
            "SELECT id, reference, coordination_id, day, inputs_hash, state, prepared_by, validated_by, validated_at,
                 created_at, version
             FROM allocation_run WHERE coordination_id = $1 AND (day < $2 OR (day = $2 AND id < $3))
             ORDER BY day DESC, id DESC LIMIT $4",
        )
        .bind(coordination)
        .bind(day)
        .bind(id)
        .bind(most)
        .all()
        .await?;
    Ok(rows.into_iter().map(Run::from).collect())
}

/// The latest runs of a coordination that were validated and are not over, five at most.
pub(crate) async fn under_way(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Run>, Error> {
    let rows: Vec<RunRow> = conn
        .query(
            "SELECT id, reference, coordination_id, day, inputs_hash, state, prepared_by, validated_by, validated_at,
                 created_at, version
             FROM allocation_run WHERE coordination_id = $1 AND state = 'validated' ORDER BY day DESC, id DESC LIMIT 5",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(Run::from).collect())
}

/// The runs of a coordination that wait for a human.
pub(crate) async fn proposed(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Run>, Error> {
    let rows: Vec<RunRow> = conn
        .query(
            "SELECT id, reference, coordination_id, day, inputs_hash, state, prepared_by, validated_by, validated_at,
                 created_at, version
             FROM allocation_run WHERE coordination_id = $1 AND state = 'proposed' ORDER BY id LIMIT 20",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(Run::from).collect())
}

/// The frozen inputs of a run.
pub(crate) async fn inputs(conn: &mut Conn, id: RunId) -> Result<Option<Inputs>, Error> {
    let row: Option<(Json<Inputs>,)> =
        conn.query("SELECT inputs FROM allocation_run WHERE id = $1").bind(id).optional().await?;
    Ok(row.map(|(Json(inputs),)| inputs))
}

/// The plan of a run.
pub(crate) async fn plan(conn: &mut Conn, id: RunId) -> Result<Option<fair_share::Plan>, Error> {
    let row: Option<(Json<fair_share::Plan>,)> =
        conn.query("SELECT plan FROM allocation_run WHERE id = $1").bind(id).optional().await?;
    Ok(row.map(|(Json(plan),)| plan))
}

/// Writes a new run.
pub(crate) async fn insert_run(
    tx: &mut Tx,
    run: &Run,
    inputs: &Inputs,
    plan: &fair_share::Plan,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO allocation_run (id, reference, coordination_id, day, inputs, inputs_hash, plan, certified, state,
             prepared_by, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)",
    )
    .bind(run.id)
    .bind(run.reference.clone())
    .bind(run.coordination)
    .bind(run.day)
    .bind(Json(inputs.clone()))
    .bind(run.inputs_hash.clone())
    .bind(Json(plan.clone()))
    .bind(plan.certificate.holds)
    .bind(run.state.code())
    .bind(run.prepared_by)
    .bind(run.created_at)
    .run()
    .await?;
    Ok(())
}

/// Moves a run to another state.
pub(crate) async fn set_state(tx: &mut Tx, run: &Run) -> Result<(), Error> {
    tx.query("UPDATE allocation_run SET state = $2, validated_by = $3, validated_at = $4 WHERE id = $1")
        .bind(run.id)
        .bind(run.state.code())
        .bind(run.validated_by)
        .bind(run.validated_at)
        .run()
        .await?;
    Ok(())
}

/// Writes a structure's share.
pub(crate) async fn insert_share(tx: &mut Tx, share: &Share) -> Result<(), Error> {
    tx.query("INSERT INTO allocation_share (id, run_id, structure_id, reasons) VALUES ($1, $2, $3, $4)")
        .bind(share.id)
        .bind(share.run)
        .bind(share.structure)
        .bind(Json(share.reasons.clone()))
        .run()
        .await?;
    Ok(())
}

/// A share.
pub(crate) async fn share(conn: &mut Conn, id: ShareId) -> Result<Option<Share>, Error> {
    let row: Option<ShareRow> = conn
        .query(
            "SELECT id, run_id, structure_id, reasons, answer_until, reminded_at FROM allocation_share WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Share::from))
}

/// The shares of a run.
pub(crate) async fn shares(conn: &mut Conn, run: RunId) -> Result<Vec<Share>, Error> {
    let rows: Vec<ShareRow> = conn
        .query(
            "SELECT id, run_id, structure_id, reasons, answer_until, reminded_at
             FROM allocation_share WHERE run_id = $1 ORDER BY structure_id",
        )
        .bind(run)
        .all()
        .await?;
    Ok(rows.into_iter().map(Share::from).collect())
}

/// A structure's latest shares of runs that were validated, 30 at most.
pub(crate) async fn shares_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<Share>, Error> {
    let rows: Vec<ShareRow> = conn
        .query(
            "SELECT s.id, s.run_id, s.structure_id, s.reasons, s.answer_until, s.reminded_at
             FROM allocation_share s JOIN allocation_run r ON r.id = s.run_id
             WHERE s.structure_id = $1 AND r.coordination_id = $2 AND r.state IN ('validated', 'executed')
             ORDER BY s.id DESC LIMIT 30",
        )
        .bind(structure)
        .bind(coordination)
        .all()
        .await?;
    Ok(rows.into_iter().map(Share::from).collect())
}

/// The shares with lines that nobody answered, of validated runs.
pub(crate) async fn unanswered(conn: &mut Conn) -> Result<Vec<Share>, Error> {
    let rows: Vec<ShareRow> = conn
        .query(
            "SELECT s.id, s.run_id, s.structure_id, s.reasons, s.answer_until, s.reminded_at
             FROM allocation_share s JOIN allocation_run r ON r.id = s.run_id
             WHERE r.state = 'validated' AND s.answer_until IS NOT NULL AND EXISTS (
                 SELECT 1 FROM allocation_line l
                 WHERE l.run_id = s.run_id AND l.structure_id = s.structure_id AND l.state = 'proposed')
             ORDER BY s.id LIMIT 2000",
        )
        .all()
        .await?;
    Ok(rows.into_iter().map(Share::from).collect())
}

/// Sets until when a share may be answered.
pub(crate) async fn set_answer_until(tx: &mut Tx, share: ShareId, until: DateTime<Utc>) -> Result<(), Error> {
    tx.query("UPDATE allocation_share SET answer_until = $2 WHERE id = $1")
        .bind(share)
        .bind(until)
        .run()
        .await?;
    Ok(())
}

/// Notes that a share was reminded; `false` where it had been.
pub(crate) async fn set_reminded(tx: &mut Tx, share: ShareId, at: DateTime<Utc>) -> Result<bool, Error> {
    let touched = tx
        .query("UPDATE allocation_share SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL")
        .bind(share)
        .bind(at)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Writes a new line.
pub(crate) async fn insert_line(tx: &mut Tx, line: &Line) -> Result<(), Error> {
    tx.query(
        "INSERT INTO allocation_line (id, run_id, lot_id, place_id, structure_id, request_line_id, computed_grams,
             grams, adjust_reason, state, reservation_id, collection_id, hold_id, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
    )
    .bind(line.id)
    .bind(line.run)
    .bind(Some(line.lot).filter(|_| line.offer.is_none()))
    .bind(Some(line.place).filter(|_| line.offer.is_none()))
    .bind(line.structure)
    .bind(line.request_line)
    .bind(line.computed)
    .bind(line.grams)
    .bind(line.adjust_reason.clone())
    .bind(line.state.code())
    .bind(line.reservation)
    .bind(line.offer)
    .bind(line.hold)
    .run()
    .await?;
    Ok(())
}

/// The line that a part of an offer is set aside for.
pub(crate) async fn line_of_hold(conn: &mut Conn, hold: HoldId) -> Result<Option<Line>, Error> {
    let id: Option<(LineId,)> =
        conn.query("SELECT id FROM allocation_line WHERE hold_id = $1").bind(hold).optional().await?;
    match id {
        Some((id,)) => line(conn, id).await,
        None => Ok(None),
    }
}

/// The lines of a run.
pub(crate) async fn lines(conn: &mut Conn, run: RunId) -> Result<Vec<Line>, Error> {
    let rows: Vec<LineRow> = conn
        .query(
            "SELECT id, run_id, lot_id, place_id, collection_id, structure_id, request_line_id, computed_grams, grams,
                 adjust_reason, state, answer_reason, answered_at, reservation_id, hold_id, handover_id,
                 received_grams, received_reason, version
             FROM allocation_line WHERE run_id = $1 ORDER BY structure_id, id",
        )
        .bind(run)
        .all()
        .await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// The lines of one structure in a run.
pub(crate) async fn lines_for(
    conn: &mut Conn,
    run: RunId,
    structure: StructureId,
) -> Result<Vec<Line>, Error> {
    let rows: Vec<LineRow> = conn
        .query(
            "SELECT id, run_id, lot_id, place_id, collection_id, structure_id, request_line_id, computed_grams, grams,
                 adjust_reason, state, answer_reason, answered_at, reservation_id, hold_id, handover_id,
                 received_grams, received_reason, version
             FROM allocation_line WHERE run_id = $1 AND structure_id = $2 ORDER BY id",
        )
        .bind(run)
        .bind(structure)
        .all()
        .await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// A line.
pub(crate) async fn line(conn: &mut Conn, id: LineId) -> Result<Option<Line>, Error> {
    let row: Option<LineRow> = conn
        .query(
            "SELECT id, run_id, lot_id, place_id, collection_id, structure_id, request_line_id, computed_grams, grams,
                 adjust_reason, state, answer_reason, answered_at, reservation_id, hold_id, handover_id,
                 received_grams, received_reason, version
             FROM allocation_line WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Line::from))
}

/// Writes what may change on a line; its version moves on by one.
pub(crate) async fn save_line(tx: &mut Tx, line: &Line) -> Result<(), Error> {
    tx.query(
        "UPDATE allocation_line SET grams = $2, adjust_reason = $3, state = $4, answer_reason = $5, answered_at = $6,
             reservation_id = $7, handover_id = $8, hold_id = $9, received_grams = $10, received_reason = $11,
             version = version + 1 WHERE id = $1",
    )
    .bind(line.id)
    .bind(line.grams)
    .bind(line.adjust_reason.clone())
    .bind(line.state.code())
    .bind(line.answer_reason.clone())
    .bind(line.answered_at)
    .bind(line.reservation)
    .bind(line.handover)
    .bind(line.hold)
    .bind(line.received.as_ref().map(|(grams, _)| *grams))
    .bind(line.received.as_ref().map(|(_, reason)| reason.clone()))
    .run()
    .await?;
    Ok(())
}

/// What is proposed, accepted or prepared in runs under way: for whom, of what, for which line of a request, how much.
pub(crate) async fn promised(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Promised>, Error> {
    conn.query(
        "SELECT l.structure_id, l.lot_id, l.collection_id, l.request_line_id, l.grams
         FROM allocation_line l JOIN allocation_run r ON r.id = l.run_id
         WHERE r.coordination_id = $1 AND r.state IN ('proposed', 'validated')
             AND l.state IN ('proposed', 'accepted', 'prepared') AND l.grams > 0
         ORDER BY l.id",
    )
    .bind(coordination)
    .all()
    .await
}

/// Something promised: for whom, of which lot or offer, for which line of a request, how much.
#[derive(FromRow)]
pub(crate) struct Promised {
    pub(crate) structure_id: StructureId,
    pub(crate) lot_id: Option<LotId>,
    pub(crate) collection_id: Option<CollectionId>,
    pub(crate) request_line_id: Option<RequestLineId>,
    pub(crate) grams: Grams,
}

/// Who refused which lot or offer.
pub(crate) async fn refusals(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<(LotId, StructureId)>, Error> {
    conn.query(
        "SELECT DISTINCT COALESCE(l.lot_id, l.collection_id) AS goods, l.structure_id
         FROM allocation_line l JOIN allocation_run r ON r.id = l.run_id
         WHERE r.coordination_id = $1 AND l.state = 'refused' ORDER BY goods, l.structure_id",
    )
    .bind(coordination)
    .all()
    .await
}
