//! A co-facilitator steps down; another co-facilitator may end somebody's turn, with a reason all members read.

use accounts::Note;
use audit::Act;
use kernel::text::one_line;
use kernel::{CoordinationId, Cx, Failure, PersonId};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use crate::store::facilitators::end_turn;
use crate::{queries, usecases};

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct StepDown {
    /// The coordination.
    pub coordination: CoordinationId,
    /// The person.
    pub person: PersonId,
    /// Why, where it is not the person's own act.
    pub reason: Option<String>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepDownRefused {
    /// Somebody else's turn ends with a reason.
    ReasonMissing,
}

/// Ends the turn.
///
/// # Errors
/// [`StepDownRefused`]; not found where the person is no co-facilitator; forbidden to others than co-facilitators.
pub async fn run(cx: &Cx, db: &Db, command: StepDown) -> Result<(), Failure<StepDownRefused>> {
    let mut tx = match db.begin(cx, "network.step_down", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &StepDown) -> Result<(), Failure<StepDownRefused>> {
    usecases::facilitating(cx, command.coordination)?;
    let own_act = cx.person() == Some(command.person);
    let reason = command.reason.as_deref().map(one_line).filter(|reason| !reason.is_empty());
    if !own_act && reason.is_none() {
        return Err(Failure::Refused(StepDownRefused::ReasonMissing));
    }
    if !end_turn(tx, command.coordination, command.person, cx.today()).await? {
        return Err(Failure::NotFound);
    }
    let act = Act::new("network.step_down", "coordination", command.coordination.uuid())
        .detail(json!({ "person": command.person }))
        .reason(reason)
        .facilitation();
    audit::record(tx, cx, act).await?;
    let coordination = queries::coordination(tx, command.coordination).await?;
    let note = Note {
        direct: true,
        key: "network-told-stepped-down",
        args: vec![("coordination".to_owned(), coordination.map(|c| c.name).unwrap_or_default().into())],
        link: "/coordination".to_owned(),
    };
    accounts::notify(tx, cx, &[command.person], note).await?;
    Ok(())
}
