//! A spreadsheet is read and kept to be looked at; its columns are guessed, then corrected. Nothing else is written.

use audit::Act;
use kernel::text::one_line;
use kernel::{CoordinationId, Cx, Failure, Never};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Conn, Db, FromRow, Json, Tx};

use crate::import::{ColumnKind, Columns, ImportId, RawRow, guess};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ImportRead {
    /// The name of the file, to be shown.
    pub file_name: String,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its rows.
    pub rows: Vec<RawRow>,
}

/// An import as it is kept.
#[derive(Clone, Debug)]
pub struct Import {
    /// The import.
    pub id: ImportId,
    /// For which directory.
    pub coordination: CoordinationId,
    /// The name of the file.
    pub file_name: String,
    /// Its columns.
    pub columns: Columns,
    /// Its rows; none once they are written.
    pub rows: Vec<RawRow>,
    /// `read`, `written` or `undone`.
    pub state: String,
    /// What it created.
    pub created: Vec<Created>,
    /// When it was read.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// Goes up with each change.
    pub version: i64,
}

/// A structure that an import wrote down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Created {
    /// The structure.
    pub structure: kernel::StructureId,
    /// Its name in the file.
    pub name: String,
    /// The line of the file.
    pub line: usize,
    /// Whether it was only listed here, being known elsewhere.
    pub only_listed: bool,
    /// Whether it was kept when the import was undone, because somebody had touched it.
    pub kept: bool,
}

#[derive(FromRow)]
struct ImportRow {
    id: ImportId,
    coordination_id: CoordinationId,
    file_name: String,
    columns: Json<Columns>,
    rows: Json<Vec<RawRow>>,
    state: String,
    created: Json<Vec<Created>>,
    created_at: chrono::DateTime<chrono::Utc>,
    version: i64,
}

/// One import.
///
/// # Errors
/// When the database cannot be read.
pub async fn import(conn: &mut Conn, id: ImportId) -> Result<Option<Import>, store::Error> {
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

/// A line of the list of imports.
#[derive(Clone, Debug, FromRow)]
pub struct Past {
    /// The import.
    pub id: ImportId,
    /// The name of the file.
    pub file_name: String,
    /// `read`, `written` or `undone`.
    pub state: String,
    /// When it was read.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

/// The imports of a coordination, latest first, 20 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn past(conn: &mut Conn, coordination: CoordinationId) -> Result<Vec<Past>, store::Error> {
    conn.query(
        "SELECT id, file_name, state, created_at FROM sheet_import
         WHERE coordination_id = $1 ORDER BY created_at DESC, id LIMIT 20",
    )
    .bind(coordination)
    .all()
    .await
}

/// Keeps the spreadsheet to be looked at.
///
/// # Errors
/// Forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: ImportRead) -> Result<ImportId, Failure<Never>> {
    access::facilitating::<Never>(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let person = cx.person().ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "directory.import_read", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let sample: Vec<&[String]> = command.rows.iter().map(|row| row.cells.as_slice()).collect();
    let mapping = guess(&command.header, &sample);
    let id = ImportId::new(cx);
    tx.query(
        "INSERT INTO sheet_import (id, coordination_id, person_id, file_name, columns, rows, state, created, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'read', $7, $8)",
    )
    .bind(id)
    .bind(coordination)
    .bind(person)
    .bind(one_line(&command.file_name).chars().take(120).collect::<String>())
    .bind(Json(Columns { header: command.header, mapping }))
    .bind(Json(command.rows))
    .bind(Json(Vec::<Created>::new()))
    .bind(cx.now())
    .run()
    .await?;
    audit::record(&mut tx, cx, Act::new("directory.import_read", "import", id.uuid())).await?;
    Ok(tx.done(id).await?)
}

/// Corrects what the columns are.
///
/// # Errors
/// Conflict where it was corrected or written in between; forbidden to whoever does not facilitate.
pub async fn map_columns(
    cx: &Cx,
    db: &Db,
    id: ImportId,
    version: i64,
    mapping: Vec<Option<ColumnKind>>,
) -> Result<(), Failure<Never>> {
    access::facilitating::<Never>(cx)?;
    let mut tx = db.write().await?;
    let held = of_coordination(cx, &mut tx, id).await?;
    let mut columns = held.columns;
    columns.mapping = mapping;
    columns.mapping.resize(columns.header.len(), None);
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
    if touched == 0 {
        return Err(Failure::Conflict);
    }
    let act = Act::new("directory.import_columns", "import", id.uuid()).detail(json!({}));
    audit::record(&mut tx, cx, act).await?;
    tx.commit().await?;
    Ok(())
}

/// The import, if it is one of the present coordination.
pub(crate) async fn of_coordination<R>(cx: &Cx, tx: &mut Tx, id: ImportId) -> Result<Import, Failure<R>> {
    import(tx, id)
        .await?
        .filter(|import| Some(import.coordination) == cx.coordination)
        .ok_or(Failure::NotFound)
}
