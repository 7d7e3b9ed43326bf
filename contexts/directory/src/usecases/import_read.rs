//! A spreadsheet is read and kept to be looked at; its columns are guessed, then corrected. Nothing else is written.

use audit::Act;
use kernel::text::one_line;
use kernel::{Cx, Failure, Never};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::import::{ColumnKind, Columns, Import, ImportId, ImportState, RawRow, guess};
use crate::store::imports;

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
    let import = Import {
        id,
        coordination,
        file_name: one_line(&command.file_name).chars().take(120).collect(),
        columns: Columns { header: command.header, mapping },
        rows: command.rows,
        state: ImportState::Read,
        created: Vec::new(),
        created_at: cx.now(),
        version: 1,
    };
    imports::insert(&mut tx, &import, person).await?;
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
    let mut tx = match db.begin(cx, "directory.import_columns", &(id, version, &mapping)).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let held = of_coordination(cx, &mut tx, id).await?;
    let mut columns = held.columns;
    columns.mapping = mapping;
    columns.mapping.resize(columns.header.len(), None);
    if !imports::set_columns(&mut tx, id, version, columns).await? {
        return Err(Failure::Conflict);
    }
    let act = Act::new("directory.import_columns", "import", id.uuid()).detail(json!({}));
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(()).await?)
}

/// The import, if it is one of the present coordination.
pub(crate) async fn of_coordination<R>(cx: &Cx, tx: &mut Tx, id: ImportId) -> Result<Import, Failure<R>> {
    imports::import(tx, id)
        .await?
        .filter(|import| Some(import.coordination) == cx.coordination)
        .ok_or(Failure::NotFound)
}
