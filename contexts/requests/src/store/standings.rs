//! The SQL of standing requests.
//!
//! Invariant: an edit is written only over the version it was made from.

use ::store::{Conn, Error, FromRow, Json, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{CoordinationId, SiteId, StructureId};

use crate::request::Wanted;
use crate::standing::{Rhythm, Standing, StandingId, StandingState};

#[derive(FromRow)]
struct StandingRow {
    id: StandingId,
    coordination_id: CoordinationId,
    structure_id: StructureId,
    site_id: Option<SiteId>,
    weekday: i64,
    every_weeks: i64,
    lines: Json<Vec<Wanted>>,
    households: Option<i64>,
    persons: Option<i64>,
    note: String,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    confirmed_at: DateTime<Utc>,
    state: String,
    version: i64,
}

impl From<StandingRow> for Standing {
    fn from(row: StandingRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            structure: row.structure_id,
            site: row.site_id,
            rhythm: Rhythm {
                weekday: row.weekday,
                every_weeks: row.every_weeks,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
            },
            lines: row.lines.0,
            households: row.households,
            persons: row.persons,
            note: row.note,
            confirmed_at: row.confirmed_at,
            // An unknown word rests rather than makes requests.
            state: StandingState::from_code(&row.state).unwrap_or(StandingState::Paused),
            version: row.version,
        }
    }
}

/// A standing request, without locking it.
pub(crate) async fn standing(conn: &mut Conn, id: StandingId) -> Result<Option<Standing>, Error> {
    let row: Option<StandingRow> = conn
        .query(
            "SELECT id, coordination_id, structure_id, site_id, weekday, every_weeks, lines, households, persons, note,
                 starts_on, ends_on, confirmed_at, state, version
             FROM standing_request WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Standing::from))
}

/// A standing request, locked. The version stays: making its requests is no edit of it.
pub(crate) async fn hold_standing(tx: &mut Tx, id: StandingId) -> Result<Option<Standing>, Error> {
    let touched =
        tx.query("UPDATE standing_request SET version = version WHERE id = $1").bind(id).run().await?;
    if touched == 0 { Ok(None) } else { standing(tx, id).await }
}

/// The standing requests of a structure that are not closed, or of everybody's in a coordination.
pub(crate) async fn standings(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: Option<StructureId>,
) -> Result<Vec<Standing>, Error> {
    let query = match structure {
        Some(structure) => conn
            .query(
                "SELECT id, coordination_id, structure_id, site_id, weekday, every_weeks, lines, households, persons, note,
                     starts_on, ends_on, confirmed_at, state, version
                 FROM standing_request WHERE structure_id = $2 AND coordination_id = $1 AND state <> 'closed'
                 ORDER BY structure_id, weekday, id LIMIT 500",
            )
            .bind(coordination)
            .bind(structure),
        None => conn
            .query(
                "SELECT id, coordination_id, structure_id, site_id, weekday, every_weeks, lines, households, persons, note,
                     starts_on, ends_on, confirmed_at, state, version
                 FROM standing_request WHERE coordination_id = $1 AND state <> 'closed'
                 ORDER BY structure_id, weekday, id LIMIT 500",
            )
            .bind(coordination),
    };
    let rows: Vec<StandingRow> = query.all().await?;
    Ok(rows.into_iter().map(Standing::from).collect())
}

/// The standing requests that make requests.
pub(crate) async fn active_standings(conn: &mut Conn) -> Result<Vec<StandingId>, Error> {
    let rows: Vec<(StandingId,)> = conn
        .query("SELECT id FROM standing_request WHERE state = 'active' ORDER BY id LIMIT 20000")
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Writes a new standing request.
pub(crate) async fn insert_standing(
    tx: &mut Tx,
    standing: &Standing,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO standing_request (id, coordination_id, structure_id, site_id, weekday, every_weeks, lines,
             households, persons, note, starts_on, ends_on, confirmed_at, state, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)",
    )
    .bind(standing.id)
    .bind(standing.coordination)
    .bind(standing.structure)
    .bind(standing.site)
    .bind(standing.rhythm.weekday)
    .bind(standing.rhythm.every_weeks)
    .bind(Json(standing.lines.clone()))
    .bind(standing.households)
    .bind(standing.persons)
    .bind(standing.note.clone())
    .bind(standing.rhythm.starts_on)
    .bind(standing.rhythm.ends_on)
    .bind(standing.confirmed_at)
    .bind(standing.state.code())
    .bind(at)
    .run()
    .await?;
    Ok(())
}

/// Writes a standing request that was read at `version`; `false` when somebody else wrote in between.
pub(crate) async fn save_standing(tx: &mut Tx, standing: &Standing, version: i64) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE standing_request SET site_id = $3, weekday = $4, every_weeks = $5, lines = $6, households = $7,
                 persons = $8, note = $9, starts_on = $10, ends_on = $11, confirmed_at = $12, state = $13,
                 version = version + 1
             WHERE id = $1 AND version = $2",
        )
        .bind(standing.id)
        .bind(version)
        .bind(standing.site)
        .bind(standing.rhythm.weekday)
        .bind(standing.rhythm.every_weeks)
        .bind(Json(standing.lines.clone()))
        .bind(standing.households)
        .bind(standing.persons)
        .bind(standing.note.clone())
        .bind(standing.rhythm.starts_on)
        .bind(standing.rhythm.ends_on)
        .bind(standing.confirmed_at)
        .bind(standing.state.code())
        .run()
        .await?;
    Ok(touched == 1)
}
