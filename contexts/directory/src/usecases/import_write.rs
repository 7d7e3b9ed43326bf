//! Every row that is new, and every doubtful one that somebody let through, is written in one transaction or not at all.

use audit::Act;
use kernel::{Cx, Failure, Level, Never};
use network::usecases::join::{self, Join};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::import::{Created, Draft, ImportId, Judged, Verdict};
use crate::queries::judge;
use crate::store::imports;
use crate::usecases::add_structure::{self, AddStructure};
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
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Structures added.
    pub added: usize,
    /// Structures known elsewhere that are listed here now.
    pub listed: usize,
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
    let mut written = Written { added: 0, listed: 0, left_out: 0 };
    for Judged { line, name, verdict } in judged {
        let structure = match verdict {
            Verdict::New(draft) => Some((add(cx, tx, *draft).await?, false)),
            Verdict::ToCheck(_, draft) if command.let_through.contains(&line) => {
                Some((add(cx, tx, *draft).await?, false))
            }
            Verdict::KnownElsewhere(known) => {
                let seat = Join { coordination: held.coordination, structure: known, level: Level::Listed };
                join::within(cx, tx, &seat)
                    .await
                    .map_err(|failure| failure.map_refusal(|_in| WriteRefused::NothingToWrite))?;
                Some((known, true))
            }
            Verdict::ToCheck(..) | Verdict::Known(_) | Verdict::Refused(_) => None,
        };
        match structure {
            Some((structure, only_listed)) => {
                if only_listed {
                    written.listed += 1;
                } else {
                    written.added += 1;
                }
                created.push(Created { structure, name, line, only_listed, kept: false });
            }
            None => written.left_out += 1,
        }
    }
    if created.is_empty() {
        return Err(Failure::Refused(WriteRefused::NothingToWrite));
    }
    imports::keep_created(tx, command.import, &created).await?;
    let act = Act::new("directory.import_write", "import", command.import.uuid())
        .detail(json!({ "file": held.file_name, "added": written.added, "listed": written.listed }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    Ok(written)
}

/// A draft was read so that the use case takes it; what it refuses is a fault of ours, not of the file.
async fn add(cx: &Cx, tx: &mut Tx, draft: Draft) -> Result<kernel::StructureId, Failure<WriteRefused>> {
    let command = AddStructure { facts: draft.facts, site: draft.site, level: Level::Listed };
    let added: Result<_, Failure<Never>> =
        add_structure::within(cx, tx, &command).await.map_err(|failure| match failure {
            Failure::Refused(refused) => {
                Failure::fault(format!("a row that was read is refused: {refused:?}"))
            }
            Failure::NotFound => Failure::NotFound,
            Failure::Forbidden => Failure::Forbidden,
            Failure::Conflict => Failure::Conflict,
            Failure::Fault(fault) => Failure::Fault(fault),
        });
    added.map_err(Failure::widen)
}
