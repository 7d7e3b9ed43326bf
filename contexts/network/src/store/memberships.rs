//! The writes to the places structures have in coordinations, and these places as a person has them.

use ::store::{Conn, Error, FromRow, Tx};
use chrono::NaiveDate;
use kernel::{CoordinationId, Level, Membership, PersonId, StructureId};

use super::KeptLevel;
use crate::coordination::level_code;

#[derive(FromRow)]
struct SeatRow {
    coordination_id: CoordinationId,
    structure_id: StructureId,
    #[sqlx(try_from = "String")]
    level: KeptLevel,
}

/// The code of the level a structure has or had in a coordination, and the day it left.
pub(crate) async fn membership_held(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Option<(String, Option<NaiveDate>)>, Error> {
    tx.query("SELECT level, left_on FROM membership WHERE coordination_id = $1 AND structure_id = $2")
        .bind(coordination)
        .bind(structure)
        .optional()
        .await
}

/// Gives a structure its place, again where it had left, and says whether it had none.
pub(crate) async fn insert_membership(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    level: Level,
    since: NaiveDate,
) -> Result<bool, Error> {
    let taken = tx
        .query(
            "INSERT INTO membership (coordination_id, structure_id, level, since) VALUES ($1, $2, $3, $4)
             ON CONFLICT (coordination_id, structure_id) DO UPDATE
             SET level = excluded.level, since = excluded.since, left_on = NULL WHERE membership.left_on IS NOT NULL",
        )
        .bind(coordination)
        .bind(structure)
        .bind(level_code(level))
        .bind(since)
        .run()
        .await?;
    Ok(taken > 0)
}

/// Gives a structure's place another level.
pub(crate) async fn update_level(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    level: Level,
) -> Result<(), Error> {
    tx.query("UPDATE membership SET level = $1 WHERE coordination_id = $2 AND structure_id = $3")
        .bind(level_code(level))
        .bind(coordination)
        .bind(structure)
        .run()
        .await?;
    Ok(())
}

/// Ends a structure's place on a day, and says whether it had one.
pub(crate) async fn end_membership(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    left_on: NaiveDate,
) -> Result<bool, Error> {
    let left = tx
        .query(
            "UPDATE membership SET left_on = $1
             WHERE coordination_id = $2 AND structure_id = $3 AND left_on IS NULL",
        )
        .bind(left_on)
        .bind(coordination)
        .bind(structure)
        .run()
        .await?;
    Ok(left > 0)
}

/// Ends the place of a structure that is only listed, and says whether it was.
pub(crate) async fn end_listed_membership(
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
    left_on: NaiveDate,
) -> Result<bool, Error> {
    let left = tx
        .query(
            "UPDATE membership SET left_on = $1
             WHERE coordination_id = $2 AND structure_id = $3 AND left_on IS NULL AND level = 'listed'",
        )
        .bind(left_on)
        .bind(coordination)
        .bind(structure)
        .run()
        .await?;
    Ok(left > 0)
}

/// The places a person's structures have today, longest first.
pub(crate) async fn memberships_of_person(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Vec<Membership>, Error> {
    let rows: Vec<SeatRow> = conn
        .query(
            "SELECT m.coordination_id, m.structure_id, m.level
             FROM membership m JOIN affiliation a ON a.structure_id = m.structure_id
             JOIN structure s ON s.id = m.structure_id
             WHERE a.person_id = $1 AND m.left_on IS NULL AND s.binned_at IS NULL
             ORDER BY m.since, m.coordination_id, m.structure_id",
        )
        .bind(person)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Membership {
            coordination: row.coordination_id,
            structure: row.structure_id,
            level: row.level.0,
        })
        .collect())
}
