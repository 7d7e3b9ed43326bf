//! The writes to what people are in their structures, and what a person is in each.

use ::store::{Conn, Error, FromRow, Tx};
use chrono::NaiveDate;
use kernel::{Affiliation, PersonId, Role, StructureId};

use super::KeptRole;
use crate::coordination::role_code;

#[derive(FromRow)]
struct PlaceRow {
    structure_id: StructureId,
    #[sqlx(try_from = "String")]
    role: KeptRole,
    name: String,
}

/// Takes a person into a structure, and says whether they were not in it.
pub(crate) async fn insert_affiliation(
    tx: &mut Tx,
    structure: StructureId,
    person: PersonId,
    role: Role,
    since: NaiveDate,
) -> Result<bool, Error> {
    let written = tx
        .query(
            "INSERT INTO affiliation (person_id, structure_id, role, since) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, structure_id) DO NOTHING",
        )
        .bind(person)
        .bind(structure)
        .bind(role_code(role))
        .bind(since)
        .run()
        .await?;
    Ok(written > 0)
}

/// Gives a person another role in a structure.
pub(crate) async fn update_role(
    tx: &mut Tx,
    structure: StructureId,
    person: PersonId,
    role: Role,
) -> Result<(), Error> {
    tx.query("UPDATE affiliation SET role = $1 WHERE structure_id = $2 AND person_id = $3")
        .bind(role_code(role))
        .bind(structure)
        .bind(person)
        .run()
        .await?;
    Ok(())
}

/// Takes a person out of a structure.
pub(crate) async fn delete_affiliation(
    tx: &mut Tx,
    structure: StructureId,
    person: PersonId,
) -> Result<(), Error> {
    tx.query("DELETE FROM affiliation WHERE structure_id = $1 AND person_id = $2")
        .bind(structure)
        .bind(person)
        .run()
        .await?;
    Ok(())
}

/// A person's structures that are not in the bin, their role in each and what each is called, longest first.
pub(crate) async fn affiliations_of_person(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Vec<(Affiliation, String)>, Error> {
    let rows: Vec<PlaceRow> = conn
        .query(
            "SELECT a.structure_id, a.role, s.name FROM affiliation a JOIN structure s ON s.id = a.structure_id
             WHERE a.person_id = $1 AND s.binned_at IS NULL ORDER BY a.since, a.structure_id",
        )
        .bind(person)
        .all()
        .await?;
    let named = |row: PlaceRow| (Affiliation { structure: row.structure_id, role: row.role.0 }, row.name);
    Ok(rows.into_iter().map(named).collect())
}
