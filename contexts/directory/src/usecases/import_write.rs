//! Every row that is new, and every doubtful one that somebody let through, is written in one transaction or not at all.

use audit::Act;
use kernel::{Cx, Failure, Level};
use network::usecases::join::{self, Join};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::import::{Created, Draft, ImportId, Verdict};
use crate::queries::judge;
use crate::store::imports;
use crate::usecases::add_structure::{self, AddStructure};
use crate::usecases::import_complete;
use crate::usecases::import_read::of_coordination;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ImportWrite {
    /// The import.
    pub import: ImportId,
    /// The version that was looked at.
    pub version: i64,
    /// The lines of doubtful rows to be written all the same.
    pub let_through: Vec<usize>,
    /// Whether the empty cells of structures that are known are filled.
    pub complete: bool,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Structures added.
    pub added: usize,
    /// Structures known elsewhere that are listed here now.
    pub listed: usize,
    /// Known structures whose empty cells were filled.
    #[serde(default)]
    pub completed: usize,
    /// Rows left out: known, doubtful, refused.
    pub left_out: usize,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRefused {
    /// Nothing is left to be written.
    NothingToWrite,
    /// No column holds the names.
    NoNameColumn,
}

/// Writes the import.
///
/// # Errors
/// [`WriteRefused`]; conflict where it was changed or written in between; forbidden to whoever does not facilitate.
pub async fn run(cx: &Cx, db: &Db, command: ImportWrite) -> Result<Written, Failure<WriteRefused>> {
    access::facilitating::<WriteRefused>(cx)?;
    let mut tx = match db.begin(cx, "directory.import_write", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let written = within(cx, &mut tx, &command).await?;
    Ok(tx.done(written).await?)
}

async fn within(cx: &Cx, tx: &mut Tx, command: &ImportWrite) -> Result<Written, Failure<WriteRefused>> {
    let taken = imports::take_to_write(tx, command.import, command.version, cx.now()).await?;
    let held = of_coordination(cx, tx, command.import).await?;
    if !taken {
        return Err(Failure::Conflict);
    }
    if !held.columns.mapping.contains(&Some(crate::import::ColumnKind::Name)) {
        return Err(Failure::Refused(WriteRefused::NoNameColumn));
    }
    let judged = judge(tx, held.coordination, &held.columns, &held.rows).await?;
    let mut created = Vec::new();
    let mut written = Written { added: 0, listed: 0, completed: 0, left_out: 0 };
    for row in judged {
        let one = Created {
            structure: kernel::StructureId(uuid::Uuid::nil()),
            name: row.name,
            line: row.line,
            only_listed: false,
            kept: false,
            level: None,
            completed: None,
        };
        match row.verdict {
            Verdict::New(draft) => {
                written.added += 1;
                created.push(add(cx, tx, *draft, one).await?);
            }
            Verdict::ToCheck(_, draft) if command.let_through.contains(&row.line) => {
                written.added += 1;
                created.push(add(cx, tx, *draft, one).await?);
            }
            Verdict::KnownElsewhere(known) => {
                let seat = Join { coordination: held.coordination, structure: known, level: Level::Listed };
                join::within(cx, tx, &seat)
                    .await
                    .map_err(|failure| failure.map_refusal(|_in| WriteRefused::NothingToWrite))?;
                written.listed += 1;
                created.push(Created { structure: known, only_listed: true, ..one });
            }
            Verdict::Known(known) => {
                let says = row.says.filter(|_| command.complete);
                let completed = match says {
                    Some(draft) => import_complete::within(cx, tx, known, &draft).await?,
                    None => None,
                };
                match completed {
                    Some(completed) => {
                        written.completed += 1;
                        created.push(Created { structure: known, completed: Some(completed), ..one });
                    }
                    None => written.left_out += 1,
                }
            }
            Verdict::ToCheck(..) | Verdict::AsksItself(_) | Verdict::Refused(_) => written.left_out += 1,
        }
    }
    if created.is_empty() {
        return Err(Failure::Refused(WriteRefused::NothingToWrite));
    }
    imports::keep_created(tx, command.import, &created).await?;
    let act = Act::new("directory.import_write", "import", command.import.uuid())
        .detail(json!({ "file": held.file_name, "added": written.added, "listed": written.listed,
            "completed": written.completed }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    Ok(written)
}

/// A draft was read so that the use case takes it; what it refuses is a fault of ours, not of the file.
async fn add(cx: &Cx, tx: &mut Tx, draft: Draft, one: Created) -> Result<Created, Failure<WriteRefused>> {
    let level = draft.level;
    let command =
        AddStructure { facts: draft.facts, site: draft.site, level: level.unwrap_or(Level::Listed) };
    let structure = add_structure::within(cx, tx, &command).await.map_err(import_complete::never_refused)?;
    Ok(Created { structure, level, ..one })
}
