//! Runs, with their frozen inputs and their plan.

use ::store::{Conn, Error, FromRow, Json, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::uuid::Uuid;
use kernel::{CoordinationId, PersonId};

use crate::inputs::Inputs;
use crate::run::{Run, RunId, RunState};

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
