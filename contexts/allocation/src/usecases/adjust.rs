//! Changes one line of a proposal, with a reason that its structure will read.

use ::store::{Begin, Db, Tx};
use kernel::{Cx, Failure, Grams};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Refused, reserve};
use crate::line::{Line, LineId, LineState};
use crate::run::RunState;
use crate::store as rows;

/// What is to change.
#[derive(Clone, Debug, Serialize)]
pub struct Adjust {
    /// Which line.
    pub line: LineId,
    /// The version the form was filled from.
    pub version: i64,
    /// How much it is to be; none gives it up.
    pub grams: Grams,
    /// Why, in one sentence.
    pub reason: String,
}

/// It is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    /// The version the line has now.
    pub version: i64,
}

/// Changes it, once per command key. What is taken off is free at once; what is added must be free.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed the line since `version`.
pub async fn run(cx: &Cx, db: &Db, command: Adjust) -> Result<Adjusted, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.adjust", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (run, mut line) = super::line_to_change(cx, &mut tx, command.line, command.version).await?;
    if run.state != RunState::Proposed {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    if line.state != LineState::Proposed {
        return Err(Failure::Refused(Refused::LineNotFromHere(line.state)));
    }
    let reason = command.reason.trim();
    if command.grams != line.computed && reason.is_empty() {
        return Err(Failure::Refused(Refused::ReasonMissing));
    }
    let before = line.grams;
    change(cx, &mut tx, &mut line, command.grams, reason).await?;
    let act = audit::Act::new("allocation.adjust", "allocation_run", run.id.uuid())
        .detail(json!({ "line": line.id, "structure": line.structure, "from": before, "to": line.grams }))
        .reason(line.adjust_reason.clone())
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(Adjusted { version: line.version + 1 }).await?)
}

/// Sets a proposed line to so much, and holds exactly that.
pub(super) async fn change(
    cx: &Cx,
    tx: &mut Tx,
    line: &mut Line,
    grams: Grams,
    reason: &str,
) -> Result<(), Failure<Refused>> {
    if let Some(reservation) = line.reservation.take() {
        stock::usecases::release::within(cx, tx, reservation)
            .await
            .map_err(|failure| failure.map_refusal(Refused::Stock))?;
    }
    if let Some(hold) = line.hold.take() {
        collections::usecases::put_back::within(cx, tx, hold).await.map_err(Failure::widen)?;
    }
    line.grams = grams;
    line.adjust_reason = (grams != line.computed).then(|| reason.to_owned());
    if line.grams.is_positive() {
        reserve(cx, tx, line).await?;
    }
    rows::save_line(tx, line).await?;
    Ok(())
}
