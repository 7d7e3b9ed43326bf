//! The SQL of the rule and of the memory.
//!
//! Invariant: a day's need is written once a day, what is received adds up.

use ::store::{Conn, Error, FromRow, Json, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{CoordinationId, Grams, PersonId, StructureId};

use crate::memory::Day;
use crate::rule::{Rule, RuleId, Weights};

#[derive(FromRow)]
struct RuleRow {
    starts_on: NaiveDate,
    half_life_days: i64,
    tolerance_permille: i64,
    weights: Json<Weights>,
    decision: String,
}

/// The versions of the rule, latest first, 50 at most.
pub(crate) async fn rules(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Rule>, Error> {
    let rows: Vec<RuleRow> = conn
        .query(
            "SELECT starts_on, half_life_days, tolerance_permille, weights, decision FROM fair_share_rule
             WHERE coordination_id = $1 ORDER BY starts_on DESC, id DESC LIMIT 50",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Rule {
            starts_on: row.starts_on,
            half_life_days: row.half_life_days,
            tolerance_permille: row.tolerance_permille,
            weights: row.weights.0,
            decision: row.decision,
        })
        .collect())
}

/// Writes a version of the rule.
pub(crate) async fn insert_rule(
    tx: &mut Tx,
    id: RuleId,
    coordination: CoordinationId,
    rule: &Rule,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO fair_share_rule (id, coordination_id, starts_on, half_life_days, tolerance_permille, weights,
             decision, decided_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(coordination)
    .bind(rule.starts_on)
    .bind(rule.half_life_days)
    .bind(rule.tolerance_permille)
    .bind(Json(rule.weights.clone()))
    .bind(rule.decision.clone())
    .bind(by)
    .bind(at)
    .run()
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct DayRow {
    structure_id: StructureId,
    day: NaiveDate,
    received_grams: i64,
    need_grams: i64,
}

/// The remembered days of a coordination since `since`.
pub(crate) async fn days(
    conn: &mut Conn,
    coordination: CoordinationId,
    since: NaiveDate,
) -> Result<Vec<Day>, Error> {
    let rows: Vec<DayRow> = conn
        .query(
            "SELECT structure_id, day, received_grams, need_grams FROM fair_share_day
             WHERE coordination_id = $1 AND day >= $2 ORDER BY structure_id, day",
        )
        .bind(coordination)
        .bind(since)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Day {
            structure: row.structure_id,
            day: row.day,
            received: row.received_grams,
            need: row.need_grams,
        })
        .collect())
}

/// Remembers what a structure needs on a day; once a day, however many runs there are.
pub(crate) async fn remember_need(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    day: NaiveDate,
    need: Grams,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO fair_share_day (coordination_id, structure_id, day, need_grams) VALUES ($1, $2, $3, $4)
         ON CONFLICT (coordination_id, structure_id, day) DO UPDATE SET need_grams = $4",
    )
    .bind(coordination)
    .bind(structure)
    .bind(day)
    .bind(need)
    .run()
    .await?;
    Ok(())
}

/// Adds to what a structure received on a day.
pub(crate) async fn remember_received(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    day: NaiveDate,
    received: Grams,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO fair_share_day (coordination_id, structure_id, day, received_grams) VALUES ($1, $2, $3, $4)
         ON CONFLICT (coordination_id, structure_id, day)
         DO UPDATE SET received_grams = fair_share_day.received_grams + $4",
    )
    .bind(coordination)
    .bind(structure)
    .bind(day)
    .bind(received)
    .run()
    .await?;
    Ok(())
}

/// The coordinations that have requests open: those a daily run is for.
pub(crate) async fn coordinations_with_runs_due(conn: &mut Conn) -> Result<Vec<CoordinationId>, Error> {
    Ok(network::queries::coordinations(conn).await?.into_iter().map(|coordination| coordination.id).collect())
}
