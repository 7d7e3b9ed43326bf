//! A person becomes co-facilitator of a coordination: named by one who is, or by the operator for the first.

use accounts::Note;
use audit::Act;
use kernel::{CoordinationId, Cx, Failure, Level, PersonId, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::facilitators::insert_facilitator;
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct NameFacilitator {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The person.
    pub person: PersonId,
    /// The structure they come from.
    pub structure: StructureId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRefused {
    /// They do not belong to that structure.
    NotOfStructure,
    /// The structure does not take part, or is only listed.
    StructureNotIn,
    /// They are one already.
    Already,
}

/// Names the co-facilitator.
///
/// # Errors
/// [`NameRefused`]; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: NameFacilitator) -> Result<(), Failure<NameRefused>> {
    let mut tx = match db.begin(cx, "network.name_facilitator", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &NameFacilitator) -> Result<(), Failure<NameRefused>> {
    usecases::facilitating(cx, command.coordination)?;
    let coordination = queries::coordination(tx, command.coordination).await?.ok_or(Failure::NotFound)?;
    let member = queries::member(tx, command.coordination, command.structure).await?;
    if member.is_none_or(|member| member.level == Level::Listed) {
        return Err(Failure::Refused(NameRefused::StructureNotIn));
    }
    if queries::role_in(tx, command.structure, command.person).await?.is_none() {
        return Err(Failure::Refused(NameRefused::NotOfStructure));
    }
    if queries::facilitator_people(tx, command.coordination).await?.contains(&command.person) {
        return Err(Failure::Refused(NameRefused::Already));
    }
    insert_facilitator(tx, command.coordination, command.person, command.structure, cx.today()).await?;
    let act = Act::new("network.name_facilitator", "coordination", command.coordination.uuid())
        .detail(json!({ "person": command.person, "structure": command.structure }))
        .facilitation();
    audit::record(tx, cx, act).await?;
    let note = Note {
        direct: true,
        key: if cx.person().is_some() {
            "network-told-facilitator"
        } else {
            "network-told-facilitator-first"
        },
        args: vec![
            ("coordination".to_owned(), coordination.name.into()),
            ("who".to_owned(), usecases::actor_name(cx, tx).await?.into()),
        ],
        link: "/coordination".to_owned(),
    };
    accounts::notify(tx, cx, &[command.person], note).await?;
    Ok(())
}
