//! A structure leaves a coordination with all of its data: from this instant the others no longer read it. Only its
//! lead can do that, and may come back within 30 days ([`crate::usecases::join`]).

use audit::Act;
use kernel::{CoordinationId, Cx, Failure, Level, Never, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::facilitators::end_turns_of_structure;
use crate::store::memberships::{end_listed_membership, end_membership};
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Leave {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure.
    pub structure: StructureId,
}

/// Leaves the coordination; its people who helped to facilitate it no longer do. Says at what level it took part: the
/// level at which it may come back.
///
/// # Errors
/// Not found where the structure does not take part; forbidden to others than its leads.
pub async fn run(cx: &Cx, db: &Db, command: Leave) -> Result<Level, Failure<Never>> {
    let mut tx = match db.begin(cx, "network.leave", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let level = within(cx, &mut tx, &command).await?;
    Ok(tx.done(level).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Leave) -> Result<Level, Failure<Never>> {
    if !cx.viewer.is_machine() && !cx.viewer.leads(command.structure) {
        return Err(Failure::Forbidden);
    }
    let seat = queries::member(tx, command.coordination, command.structure).await?;
    let level = seat.ok_or(Failure::NotFound)?.level;
    if !end_membership(tx, command.coordination, command.structure, cx.today()).await? {
        return Err(Failure::NotFound);
    }
    end_turns_of_structure(tx, command.coordination, command.structure, cx.today()).await?;
    let act = Act::new("network.leave", "structure", command.structure.uuid())
        .detail(json!({ "coordination": command.coordination }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    let facilitators = queries::facilitator_people(tx, command.coordination).await?;
    let name = queries::structure_names(tx, &[command.structure]).await?.remove(&command.structure);
    let note = accounts::Note {
        direct: false,
        key: "network-told-left",
        args: vec![("structure".to_owned(), name.unwrap_or_default().into())],
        link: "/coordination".to_owned(),
    };
    accounts::notify(tx, cx, &facilitators, note).await?;
    Ok(level)
}

/// Takes a structure that was only listed off the list again: an import that is undone.
///
/// # Errors
/// Not found where it takes part at a higher level or not at all; forbidden to whoever does not facilitate.
pub async fn unlist_within(
    cx: &Cx,
    tx: &mut Tx,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<(), Failure<Never>> {
    usecases::facilitating(cx, coordination)?;
    if !end_listed_membership(tx, coordination, structure, cx.today()).await? {
        return Err(Failure::NotFound);
    }
    let act = Act::new("network.unlist", "structure", structure.uuid())
        .detail(json!({ "coordination": coordination }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    Ok(())
}
