//! A structure's lead asks for a seat in another coordination of the installation; its facilitators answer.

use accounts::Note;
use audit::Act;
use kernel::{CoordinationId, Cx, Failure, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::queries;
use crate::store::meetings::insert_seat_ask;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct AskSeat {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure.
    pub structure: StructureId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskRefused {
    /// It takes part already.
    AlreadyIn,
    /// It has asked, and nobody has answered yet.
    AlreadyAsked,
}

/// Asks for the seat.
///
/// # Errors
/// [`AskRefused`]; forbidden to others than the structure's leads.
pub async fn run(cx: &Cx, db: &Db, command: AskSeat) -> Result<(), Failure<AskRefused>> {
    let mut tx = match db.begin(cx, "network.ask_seat", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &AskSeat) -> Result<(), Failure<AskRefused>> {
    if !cx.viewer.leads(command.structure) {
        return Err(Failure::Forbidden);
    }
    let structure = queries::structure(tx, command.structure).await?.ok_or(Failure::NotFound)?;
    let coordination = queries::coordination(tx, command.coordination).await?.ok_or(Failure::NotFound)?;
    if queries::member(tx, command.coordination, command.structure).await?.is_some() {
        return Err(Failure::Refused(AskRefused::AlreadyIn));
    }
    if !insert_seat_ask(tx, command.coordination, command.structure, cx.person(), cx.now()).await? {
        return Err(Failure::Refused(AskRefused::AlreadyAsked));
    }
    let act = Act::new("network.ask_seat", "structure", command.structure.uuid())
        .detail(json!({ "coordination": command.coordination }));
    audit::record(tx, cx, act).await?;
    let facilitators = queries::facilitator_people(tx, command.coordination).await?;
    let note = Note {
        direct: true,
        key: "network-told-seat-asked",
        args: vec![
            ("structure".to_owned(), structure.name.into()),
            ("coordination".to_owned(), coordination.name.into()),
        ],
        link: "/coordination/demandes".to_owned(),
    };
    accounts::notify(tx, cx, &facilitators, note).await?;
    Ok(())
}
