//! The writes to the turns of co-facilitators, and the coordinations a person facilitates.

use ::store::{Conn, Error, Tx};
use chrono::NaiveDate;
use kernel::{CoordinationId, PersonId, StructureId};

/// Begins a person's turn. Whoever stepped down this very day takes the same row up again.
pub(crate) async fn insert_facilitator(
    tx: &mut Tx,
    coordination: CoordinationId,
    person: PersonId,
    structure: StructureId,
    since: NaiveDate,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO facilitator (coordination_id, person_id, structure_id, since) VALUES ($1, $2, $3, $4)
         ON CONFLICT (coordination_id, person_id, since) DO UPDATE
         SET until = NULL, structure_id = excluded.structure_id",
    )
    .bind(coordination)
    .bind(person)
    .bind(structure)
    .bind(since)
    .run()
    .await?;
    Ok(())
}

/// Ends a person's turn in a coordination on a day, and says whether they had one.
pub(crate) async fn end_turn(
    tx: &mut Tx,
    coordination: CoordinationId,
    person: PersonId,
    until: NaiveDate,
) -> Result<bool, Error> {
    let ended = tx
        .query(
            "UPDATE facilitator SET until = $1
             WHERE coordination_id = $2 AND person_id = $3 AND until IS NULL",
        )
        .bind(until)
        .bind(coordination)
        .bind(person)
        .run()
        .await?;
    Ok(ended > 0)
}

/// Ends the turns in a coordination of everybody who comes from a structure.
pub(crate) async fn end_turns_of_structure(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    until: NaiveDate,
) -> Result<(), Error> {
    tx.query(
        "UPDATE facilitator SET until = $1
         WHERE coordination_id = $2 AND structure_id = $3 AND until IS NULL",
    )
    .bind(until)
    .bind(coordination)
    .bind(structure)
    .run()
    .await?;
    Ok(())
}

/// Ends the turns a person has for a structure, in every coordination.
pub(crate) async fn end_turns_of_person(
    tx: &mut Tx,
    structure: StructureId,
    person: PersonId,
    until: NaiveDate,
) -> Result<(), Error> {
    tx.query(
        "UPDATE facilitator SET until = $1 WHERE person_id = $2 AND structure_id = $3 AND until IS NULL",
    )
    .bind(until)
    .bind(person)
    .bind(structure)
    .run()
    .await?;
    Ok(())
}

/// The coordinations a person facilitates today, longest first.
pub(crate) async fn facilitated_by(conn: &mut Conn, person: PersonId) -> Result<Vec<CoordinationId>, Error> {
    let rows: Vec<(CoordinationId,)> = conn
        .query(
            "SELECT coordination_id FROM facilitator WHERE person_id = $1 AND until IS NULL
             ORDER BY since, coordination_id",
        )
        .bind(person)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
