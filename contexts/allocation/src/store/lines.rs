//! Lines of runs, what they promise, and what was refused.

use ::store::{Conn, Error, FromRow, Tx};
use chrono::{DateTime, Utc};
use collections::{CollectionId, HandoverId, HoldId};
use kernel::uuid::Uuid;
use kernel::{CoordinationId, Grams, StructureId};
use requests::RequestLineId;
use stock::{LotId, PlaceId, ReservationId};

use crate::line::{Line, LineId, LineState};
use crate::run::RunId;

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
