//! A structure takes part more, or less. Its lead may always step down to a lighter level; up goes with a facilitator.

use audit::Act;
use kernel::{CoordinationId, Cx, Failure, Level, Never, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::coordination::level_code;
use crate::store::memberships::update_level;
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLevel {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure.
    pub structure: StructureId,
    /// How far it will take part.
    pub level: Level,
}

/// Changes the level; nothing happens where it is the same.
///
/// # Errors
/// Not found where the structure does not take part; forbidden to others than facilitators and a lead who steps down.
pub async fn run(cx: &Cx, db: &Db, command: ChangeLevel) -> Result<(), Failure<Never>> {
    let mut tx = match db.begin(cx, "network.change_level", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &ChangeLevel) -> Result<(), Failure<Never>> {
    let member =
        queries::member(tx, command.coordination, command.structure).await?.ok_or(Failure::NotFound)?;
    if member.level == command.level {
        return Ok(());
    }
    let by_itself = cx.viewer.leads(command.structure) && command.level < member.level;
    if !by_itself {
        usecases::facilitating(cx, command.coordination)?;
    }
    update_level(tx, command.coordination, command.structure, command.level).await?;
    let mut act = Act::new("network.change_level", "structure", command.structure.uuid()).detail(json!({
        "coordination": command.coordination,
        "from": level_code(member.level),
        "level": level_code(command.level),
    }));
    if !by_itself {
        act = act.facilitation();
        let names =
            queries::coordination(tx, command.coordination).await?.map(|c| c.name).unwrap_or_default();
        let args = vec![("coordination".to_owned(), names.into())];
        usecases::tell_leads(cx, tx, command.structure, "network-told-level", args, "/structure/partage")
            .await?;
    }
    audit::record(tx, cx, act).await?;
    Ok(())
}
