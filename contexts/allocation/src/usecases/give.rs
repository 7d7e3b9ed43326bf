//! Gives some of one structure's line to another structure, in one act: taken off here, proposed there.

use ::store::{Begin, Db, Tx};
use kernel::{Cx, Failure, Grams, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Refused, add_line, adjust, reserve};
use crate::line::{Line, LineId, LineState};
use crate::run::{Run, RunState};
use crate::store as rows;

/// What is to move.
#[derive(Clone, Debug, Serialize)]
pub struct Give {
    /// Off which line.
    pub line: LineId,
    /// The version the form was filled from.
    pub version: i64,
    /// To which structure of the run's.
    pub to: StructureId,
    /// How much.
    pub grams: Grams,
    /// Why, in one sentence that both read.
    pub reason: String,
}

/// It moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What the first one keeps.
    pub left: Grams,
}

/// Moves it, once per command key.
///
/// # Errors
/// [`Refused`]: no reason, more than the line holds, a run or a line that is no longer a proposal; a conflict where
/// somebody else changed the line since `version`.
pub async fn run(cx: &Cx, db: &Db, command: Give) -> Result<Given, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.give", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (run, mut line) = super::line_to_change(cx, &mut tx, command.line, command.version).await?;
    check(&run, &line, &command).map_err(Failure::Refused)?;
    let reason = command.reason.trim();
    let left = line.grams - command.grams;
    adjust::change(cx, &mut tx, &mut line, left, reason).await?;
    raise(cx, &mut tx, &run, &line, &command).await?;
    let act = audit::Act::new("allocation.give", "allocation_run", run.id.uuid())
        .detail(json!({ "from": line.structure, "to": command.to, "grams": command.grams }))
        .reason(Some(reason.to_owned()))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(Given { left }).await?)
}

fn check(run: &Run, line: &Line, command: &Give) -> Result<(), Refused> {
    if run.state != RunState::Proposed {
        return Err(Refused::NotFromHere(run.state));
    }
    if line.state != LineState::Proposed {
        return Err(Refused::LineNotFromHere(line.state));
    }
    if command.reason.trim().is_empty() {
        return Err(Refused::ReasonMissing);
    }
    if !command.grams.is_positive() || command.grams > line.grams || command.to == line.structure {
        return Err(Refused::MoreThanProposed);
    }
    Ok(())
}

/// Adds to the other structure's line of the same goods, or makes it one.
async fn raise(cx: &Cx, tx: &mut Tx, run: &Run, line: &Line, command: &Give) -> Result<(), Failure<Refused>> {
    let there = rows::lines_for(tx, run.id, command.to).await?;
    if let Some(mut other) = there.into_iter().find(|other| other.lot == line.lot) {
        if other.state != LineState::Proposed {
            return Err(Failure::Refused(Refused::LineNotFromHere(other.state)));
        }
        let more = other.grams + command.grams;
        return adjust::change(cx, tx, &mut other, more, command.reason.trim()).await;
    }
    let inputs = rows::inputs(tx, run.id).await?.ok_or(Failure::NotFound)?;
    let lot = inputs.lots.iter().find(|lot| lot.lot == line.lot).ok_or(Failure::NotFound)?;
    if !inputs.structures.iter().any(|structure| structure.structure == command.to) {
        return Err(Failure::NotFound);
    }
    let add = add_line::AddLine {
        run: run.id,
        lot: line.lot,
        structure: command.to,
        grams: command.grams,
        reason: command.reason.clone(),
    };
    let mut new = add_line::blank(cx, &inputs, lot, &add);
    reserve(cx, tx, &mut new).await?;
    rows::insert_line(tx, &new).await?;
    Ok(())
}
