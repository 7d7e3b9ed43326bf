//! Proposes some of a lot to a structure that the computation proposed none of it to, with a reason.

use ::store::{Begin, Db};
use kernel::{Cx, Failure, Grams, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stock::LotId;

use super::{Refused, reserve};
use crate::inputs::{FrozenLot, Inputs};
use crate::line::{Line, LineId, LineState};
use crate::run::{RunId, RunState};
use crate::store as rows;

/// What is to be added.
#[derive(Clone, Debug, Serialize)]
pub struct AddLine {
    /// To which run.
    pub run: RunId,
    /// Of which lot of the run's.
    pub lot: LotId,
    /// For which structure of the run's.
    pub structure: StructureId,
    /// How much.
    pub grams: Grams,
    /// Why, in one sentence.
    pub reason: String,
}

/// The new line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The line.
    pub line: LineId,
}

/// Adds it, once per command key.
///
/// # Errors
/// [`Refused`]: the lot is not free enough, the structure has a line of it already, or no reason is given.
pub async fn run(cx: &Cx, db: &Db, command: AddLine) -> Result<Added, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.add_line", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    access::facilitating(cx)?;
    let run = rows::lock(&mut tx, command.run).await?.ok_or(Failure::NotFound)?;
    if cx.coordination != Some(run.coordination) {
        return Err(Failure::NotFound);
    }
    if run.state != RunState::Proposed {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    if command.reason.trim().is_empty() {
        return Err(Failure::Refused(Refused::ReasonMissing));
    }
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    let lot = inputs.lots.iter().find(|lot| lot.lot == command.lot).ok_or(Failure::NotFound)?;
    if !inputs.structures.iter().any(|structure| structure.structure == command.structure) {
        return Err(Failure::NotFound);
    }
    let there = rows::lines_for(&mut tx, run.id, command.structure).await?;
    if there.iter().any(|line| line.lot == command.lot) {
        return Err(Failure::Refused(Refused::LineThere));
    }
    let mut line = blank(cx, &inputs, lot, &command);
    reserve(cx, &mut tx, &mut line).await?;
    rows::insert_line(&mut tx, &line).await?;
    let act = audit::Act::new("allocation.add_line", "allocation_run", run.id.uuid())
        .detail(json!({ "line": line.id, "structure": line.structure, "to": line.grams }))
        .reason(line.adjust_reason.clone())
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(Added { line: line.id }).await?)
}

/// The line as it is before its goods are held.
pub(super) fn blank(cx: &Cx, inputs: &Inputs, lot: &FrozenLot, command: &AddLine) -> Line {
    let request_line = inputs
        .lines
        .iter()
        .find(|line| line.structure == command.structure && line.family == lot.family)
        .map(|line| line.line);
    Line {
        id: LineId::new(cx),
        run: command.run,
        lot: lot.lot,
        place: lot.place,
        offer: lot.offer.as_ref().map(|offer| offer.collection),
        structure: command.structure,
        request_line,
        computed: Grams::ZERO,
        grams: command.grams,
        adjust_reason: Some(command.reason.trim().to_owned()),
        state: LineState::Proposed,
        answer_reason: None,
        answered_at: None,
        reservation: None,
        hold: None,
        handover: None,
        received: None,
        version: 1,
    }
}
