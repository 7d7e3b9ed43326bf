//! The rows of imports and the statements of their use cases.

use chrono::{DateTime, Utc};
use kernel::{CoordinationId, PersonId};
use store::{Conn, Error, FromRow, Json, Tx};

use crate::import::{Columns, Created, Import, ImportId, ImportState, PastImport, RawRow};

#[derive(FromRow)]
struct ImportRow {
    id: ImportId,
    coordination_id: CoordinationId,
    file_name: String,
    columns: Json<Columns>,
    rows: Json<Vec<RawRow>>,
    #[sqlx(try_from = "String")]
    state: ImportState,
    created: Json<Vec<Created>>,
    created_at: DateTime<Utc>,
    version: i64,
}

#[derive(FromRow)]
struct PastRow {
    id: ImportId,
    file_name: String,
    #[sqlx(try_from = "String")]
    state: ImportState,
    created_at: DateTime<Utc>,
}

pub(crate) async fn import(conn: &mut Conn, id: ImportId) -> Result<Option<Import>, Error> {
    let row: Option<ImportRow> = conn
        .query(
            "SELECT id, coordination_id, file_name, columns, rows, state, created, created_at, version
             FROM sheet_import WHERE id = $1",
        )
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(|row| Import {
        id: row.id,
        coordination: row.coordination_id,
        file_name: row.file_name,
        columns: row.columns.0,
        rows: row.rows.0,
        state: row.state,
        created: row.created.0,
        created_at: row.created_at,
        version: row.version,
    }))
}

pub(crate) async fn past(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<PastImport>, Error> {
    let rows: Vec<PastRow> = conn
        .query(
            "SELECT id, file_name, state, created_at FROM sheet_import
             WHERE coordination_id = $1 ORDER BY created_at DESC, id LIMIT 20",
        )
        .bind(coordination)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| PastImport {
            id: row.id,
            file_name: row.file_name,
            state: row.state,
            created_at: row.created_at,
        })
        .collect())
}

pub(crate) async fn insert(tx: &mut Tx, import: &Import, person: PersonId) -> Result<(), Error> {
    tx.query(
        "INSERT INTO sheet_import (id, coordination_id, person_id, file_name, columns, rows, state, created,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(import.id)
    .bind(import.coordination)
    .bind(person)
    .bind(import.file_name.clone())
    .bind(Json(import.columns.clone()))
    .bind(Json(import.rows.clone()))
    .bind(import.state.code())
    .bind(Json(import.created.clone()))
    .bind(import.created_at)
    .run()
    .await?;
    Ok(())
}

/// `false` where it was changed or written in between.
pub(crate) async fn set_columns(
    tx: &mut Tx,
    id: ImportId,
    version: i64,
    columns: Columns,
) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE sheet_import SET columns = $1, version = version + 1
             WHERE id = $2 AND version = $3 AND state = 'read'",
        )
        .bind(Json(columns))
        .bind(id)
        .bind(version)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes the import to write it; `false` where it was changed or written in between. Two people who press the button
/// at once are told apart here.
pub(crate) async fn take_to_write(
    tx: &mut Tx,
    id: ImportId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let taken = tx
        .query(
            "UPDATE sheet_import SET state = 'written', written_at = $1, version = version + 1
             WHERE id = $2 AND version = $3 AND state = 'read'",
        )
        .bind(now)
        .bind(id)
        .bind(version)
        .run()
        .await?;
    Ok(taken == 1)
}

/// Takes the import to undo it; `false` where it is not written, or is undone.
pub(crate) async fn take_to_undo(tx: &mut Tx, id: ImportId, now: DateTime<Utc>) -> Result<bool, Error> {
    let taken = tx
        .query(
            "UPDATE sheet_import SET state = 'undone', undone_at = $1, version = version + 1
             WHERE id = $2 AND state = 'written'",
        )
        .bind(now)
        .bind(id)
        .run()
        .await?;
    Ok(taken == 1)
}

/// Keeps what the import created, and forgets the raw rows: they hold names and telephone numbers that nobody needs
/// any more.
pub(crate) async fn keep_created(tx: &mut Tx, id: ImportId, created: &[Created]) -> Result<(), Error> {
    tx.query("UPDATE sheet_import SET created = $1, rows = $2 WHERE id = $3")
        .bind(Json(created.to_vec()))
        .bind(Json(Vec::<RawRow>::new()))
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Forgets spreadsheets that were read before `before` and never written.
pub(crate) async fn forget_read(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), Error> {
    tx.query("DELETE FROM sheet_import WHERE state = 'read' AND created_at < $1").bind(before).run().await?;
    Ok(())
}
