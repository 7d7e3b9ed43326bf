//! Shares: what a structure is asked about in a run.

use ::store::{Conn, Error, FromRow, Json, Tx};
use chrono::{DateTime, Utc};
use kernel::{CoordinationId, StructureId};

use crate::reasons::Reasons;
use crate::run::RunId;
use crate::share::{Share, ShareId};

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
