//! A whole import is undone: what nobody has touched since goes to the bin, what somebody has is kept and named.

use audit::Act;
use kernel::{Cx, Failure, Never};
use network::usecases::bin_structure::{self, BinRefused, BinStructure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::import::{Created, ImportId};
use crate::queries;
use crate::store::imports;
use crate::usecases::import_complete;
use crate::usecases::import_read::of_coordination;

/// What is asked.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ImportUndo {
    /// The import.
    pub import: ImportId,
}

/// What was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Structures that are gone.
    pub undone: usize,
    /// Structures that somebody has touched since, by name: they are kept.
    pub kept: Vec<String>,
}

/// Undoes the import.
///
/// # Errors
/// Conflict where it is not written or is undone already; forbidden to whoever does not facilitate.
pub async fn run(cx: &Cx, db: &Db, command: ImportUndo) -> Result<Undone, Failure<Never>> {
    access::facilitating::<Never>(cx)?;
    let mut tx = match db.begin(cx, "directory.import_undo", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let undone = within(cx, &mut tx, &command).await?;
    Ok(tx.done(undone).await?)
}

async fn within(cx: &Cx, tx: &mut Tx, command: &ImportUndo) -> Result<Undone, Failure<Never>> {
    let taken = imports::take_to_undo(tx, command.import, cx.now()).await?;
    let held = of_coordination(cx, tx, command.import).await?;
    if !taken {
        return Err(Failure::Conflict);
    }
    let mut undone = Undone { undone: 0, kept: Vec::new() };
    let mut created = held.created;
    for one in &mut created {
        if take_back(cx, tx, held.coordination, one).await? {
            undone.undone += 1;
        } else {
            one.kept = true;
            undone.kept.push(one.name.clone());
        }
    }
    imports::keep_created(tx, command.import, &created).await?;
    let act = Act::new("directory.import_undo", "import", command.import.uuid())
        .detail(json!({ "file": held.file_name, "undone": undone.undone, "kept": undone.kept.len() }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    Ok(undone)
}

/// Takes one structure back; `false` where somebody has touched it since.
async fn take_back(
    cx: &Cx,
    tx: &mut Tx,
    coordination: kernel::CoordinationId,
    one: &Created,
) -> Result<bool, Failure<Never>> {
    if let Some(done) = &one.completed {
        return import_complete::take_back(cx, tx, one.structure, done).await;
    }
    let member = network::queries::member(tx, coordination, one.structure).await?;
    if one.only_listed {
        if member.is_none_or(|member| member.level > kernel::Level::Listed) {
            return Ok(false);
        }
        network::usecases::leave::unlist_within(cx, tx, coordination, one.structure).await?;
        return Ok(true);
    }
    let Some(structure) = network::queries::structure(tx, one.structure).await? else { return Ok(false) };
    if structure.binned_at.is_some() {
        return Ok(true);
    }
    // Untouched is: first versions of everything, and still only listed.
    let card = queries::card(tx, one.structure).await?;
    let sites = queries::sites_of(tx, one.structure).await?;
    let untouched = structure.version == 1
        && card.version == 1
        && sites.len() <= 1
        && sites.iter().all(|site| site.version == 1)
        && member.is_some_and(|member| member.level == one.level.unwrap_or(kernel::Level::Listed));
    if !untouched || acts_since(tx, one).await? {
        return Ok(false);
    }
    match bin_structure::within(cx, tx, &BinStructure { structure: one.structure }).await {
        Ok(()) => Ok(true),
        Err(Failure::Refused(BinRefused::HasPeople | BinRefused::TooLate)) => Ok(false),
        Err(Failure::NotFound) => Err(Failure::NotFound),
        Err(Failure::Forbidden) => Err(Failure::Forbidden),
        Err(Failure::Conflict) => Err(Failure::Conflict),
        Err(Failure::Fault(fault)) => Err(Failure::Fault(fault)),
    }
}

/// Whether the trail knows of an act on the structure beyond the two that wrote it down.
async fn acts_since(tx: &mut Tx, one: &Created) -> Result<bool, store::Error> {
    let acts = audit::history_of(tx, one.structure.uuid()).await?;
    Ok(acts.iter().any(|act| !matches!(act.action.as_str(), "network.register_structure" | "network.join")))
}
