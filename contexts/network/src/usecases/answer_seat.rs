//! A facilitator answers a structure that asked for a seat: in, at a level, or not, with a reason.

use accounts::Note;
use audit::Act;
use kernel::text::one_line;
use kernel::{CoordinationId, Cx, Failure, Level, Role, StructureId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::join::{self, Join};
use crate::store::meetings::delete_seat_ask;
use crate::{queries, usecases};

/// What is answered.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerSeat {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The structure that asked.
    pub structure: StructureId,
    /// The level it gets; `None` where it gets no seat.
    pub level: Option<Level>,
    /// Why not, where it gets none.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerRefused {
    /// A refusal says why.
    ReasonMissing,
}

/// Answers.
///
/// # Errors
/// [`AnswerRefused`]; not found where nothing was asked; forbidden to whoever does not facilitate the coordination.
pub async fn run(cx: &Cx, db: &Db, command: AnswerSeat) -> Result<(), Failure<AnswerRefused>> {
    let mut tx = match db.begin(cx, "network.answer_seat", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &AnswerSeat) -> Result<(), Failure<AnswerRefused>> {
    usecases::facilitating(cx, command.coordination)?;
    let reason = one_line(&command.reason);
    if command.level.is_none() && reason.is_empty() {
        return Err(Failure::Refused(AnswerRefused::ReasonMissing));
    }
    if !delete_seat_ask(tx, command.coordination, command.structure).await? {
        return Err(Failure::NotFound);
    }
    if let Some(level) = command.level {
        let seat = Join { coordination: command.coordination, structure: command.structure, level };
        return match join::seat(cx, tx, &seat, true).await {
            // Somebody let it in meanwhile: what was wanted is so.
            Ok(()) | Err(Failure::Refused(join::JoinRefused::AlreadyIn)) => Ok(()),
            Err(failure) => Err(failure.map_refusal(|_| AnswerRefused::ReasonMissing)),
        };
    }
    let coordination = queries::coordination(tx, command.coordination).await?.ok_or(Failure::NotFound)?;
    let act = Act::new("network.refuse_seat", "structure", command.structure.uuid())
        .detail(json!({ "coordination": command.coordination }))
        .reason(Some(reason.clone()));
    audit::record(tx, cx, act).await?;
    let leads = queries::people_of(tx, command.structure, &[Role::Lead]).await?;
    let note = Note {
        direct: true,
        key: "network-told-seat-refused",
        args: vec![
            ("coordination".to_owned(), coordination.name.into()),
            ("reason".to_owned(), reason.into()),
        ],
        link: "/structure/partage".to_owned(),
    };
    accounts::notify(tx, cx, &leads, note).await?;
    Ok(())
}
