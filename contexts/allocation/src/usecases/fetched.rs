//! A part of an offer that was set aside for a structure was fetched at its donor's, or came to nothing: the line follows
//! its slip, requests are served and the memory counts what was taken over.

use ::store::{Db, Tx};
use collections::HoldId;
use collections::handover::PaperState;
use collections::hold::HoldState;
use kernel::{Cx, Failure, Grams};
use serde_json::json;

use super::{Refused, close_if_done, wants_of};
use crate::line::{Line, LineState, spread};
use crate::run::Run;
use crate::store as rows;

/// Follows a hold that has ended. Done by the machine; a line that has ended already stays as it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn run(cx: &Cx, db: &Db, hold: HoldId) -> Result<bool, Failure<Refused>> {
    let Some(seen) = rows::line_of_hold(&mut db.read().await?, hold).await? else { return Ok(false) };
    let mut tx = db.write().await?;
    let Some(run) = rows::hold(&mut tx, seen.run).await? else { return Ok(false) };
    let mut there = cx.clone();
    there.coordination = Some(run.coordination);
    let ended = collections::queries::hold(&mut tx, hold).await?.map(|hold| hold.state);
    let Some(mut line) = rows::line(&mut tx, seen.id).await?.filter(|line| line.state.holds_goods()) else {
        return Ok(false);
    };
    match ended {
        Some(HoldState::TakenOver) => taken_over(&there, &mut tx, &run, &mut line, hold).await?,
        Some(HoldState::Proposed | HoldState::Held) => return Ok(false),
        Some(HoldState::Released | HoldState::NotTaken) | None => {
            line.state = LineState::NotHandedOver;
            rows::save_line(&mut tx, &line).await?;
        }
    }
    close_if_done(&there, &mut tx, &run).await?;
    tx.commit().await?;
    Ok(true)
}

/// What the slip says was accepted is what was received.
async fn taken_over(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    line: &mut Line,
    hold: HoldId,
) -> Result<(), Failure<Refused>> {
    let slips = collections::queries::handovers_about(tx, hold.uuid()).await?;
    let slip = slips.into_iter().find(|slip| slip.state == PaperState::Signed);
    let grams = slip.as_ref().map_or(Grams::ZERO, |slip| slip.accepted());
    let inputs = rows::inputs(tx, run.id).await?.ok_or(Failure::NotFound)?;
    let mut wants = wants_of(tx, run, &inputs, line).await?;
    for (request_line, part) in spread(grams, &mut wants) {
        requests::usecases::serve::within(cx, tx, request_line, part).await.map_err(Failure::widen)?;
    }
    line.state = LineState::HandedOver;
    line.handover = slip.map(|slip| slip.id);
    rows::save_line(tx, line).await?;
    rows::remember_received(tx, run.coordination, line.structure, cx.today(), grams).await?;
    let act = audit::Act::new("allocation.fetched", "allocation_run", run.id.uuid())
        .detail(json!({ "line": line.id, "structure": line.structure, "grams": grams }));
    audit::record(tx, cx, act).await?;
    Ok(())
}
