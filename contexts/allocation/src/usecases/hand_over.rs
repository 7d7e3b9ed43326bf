//! The goods change hands: the delivery note is signed, the stock moves, requests are served and the memory counts what
//! was accepted, all in one transaction.

use ::store::{Begin, Db, Tx};
use collections::handover::{Accepted, Reading};
use collections::usecases::sign_handover::{self, Sign, Signing};
use collections::{Handover, HandoverId};
use kernel::{Cx, Failure, Grams};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::prepare_note::may_give;
use super::{Refused, end_line, wants_of};
use crate::inputs::Inputs;
use crate::line::{Line, LineState, spread};
use crate::run::RunId;
use crate::run::{Run, RunState};
use crate::store as rows;

/// What changed hands.
#[derive(Clone, Debug, Serialize)]
pub struct HandOver {
    /// The run.
    pub run: RunId,
    /// The delivery note.
    pub note: HandoverId,
    /// The version it was read at.
    pub version: i64,
    /// What was accepted of each of its lines.
    pub accepted: Vec<Accepted>,
    /// Who signs.
    pub signing: Signing,
    /// The temperatures read.
    pub readings: Vec<Reading>,
    /// Goods kept cold that nobody measured: the line's rank, and why.
    pub unread: Vec<(i64, String)>,
}

/// It changed hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The note's number.
    pub reference: String,
    /// What was handed over, in all.
    pub grams: Grams,
}

/// Hands over, once per command key.
///
/// # Errors
/// [`Refused`]: a difference without its reason, goods kept cold with neither a temperature nor a word, one too high, more than was proposed, what the
/// ledger refuses; a conflict where the note changed since `version`.
pub async fn run(cx: &Cx, db: &Db, command: HandOver) -> Result<HandedOver, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.hand_over", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let run = rows::hold(&mut tx, command.run).await?.ok_or(Failure::NotFound)?;
    let note = collections::queries::handover(&mut tx, command.note).await?.ok_or(Failure::NotFound)?;
    if note.subject != run.id.uuid() {
        return Err(Failure::NotFound);
    }
    may_give(cx, &run, note.giver)?;
    if run.state != RunState::Validated {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    for said in &command.accepted {
        let proposed = note.lines.iter().find(|line| line.rank == said.rank).map(|line| line.proposed);
        if proposed.is_some_and(|proposed| said.grams > proposed) || said.grams < Grams::ZERO {
            return Err(Failure::Refused(Refused::MoreThanProposed));
        }
    }
    if let Some(rank) = unmeasured(&note, &command) {
        return Err(Failure::Refused(Refused::TemperatureMissing { rank }));
    }
    let sign = Sign {
        handover: command.note,
        version: command.version,
        accepted: command.accepted.clone(),
        signing: command.signing.clone(),
        readings: command.readings.clone(),
        handed_at: None,
    };
    let signed = sign_handover::within(cx, &mut tx, &sign)
        .await
        .map_err(|failure| failure.map_refusal(Refused::Paper))?;
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    let lines = rows::lines_for(&mut tx, run.id, note.receiver).await?;
    let mut total = Grams::ZERO;
    for mut line in lines.into_iter().filter(|line| line.handover == Some(command.note)) {
        if line.state != LineState::Prepared {
            return Err(Failure::Refused(Refused::LineNotFromHere(line.state)));
        }
        let rank = note
            .lines
            .iter()
            .find(|listed| listed.reservation == line.reservation.map(stock::ReservationId::uuid))
            .map(|listed| listed.rank);
        let said = command.accepted.iter().find(|said| Some(said.rank) == rank);
        let grams = said.map_or(Grams::ZERO, |said| said.grams);
        hand(cx, &mut tx, &run, &inputs, &mut line, grams).await?;
        total += grams;
    }
    rows::remember_received(&mut tx, run.coordination, note.receiver, cx.today(), total).await?;
    let act = audit::Act::new("allocation.hand_over", "allocation_run", run.id.uuid()).detail(json!({
        "note": signed.reference, "structure": note.receiver, "grams": total, "unread": command.unread,
    }));
    audit::record(&mut tx, cx, act).await?;
    super::close_if_done(cx, &mut tx, &run).await?;
    Ok(tx.done(HandedOver { reference: signed.reference, grams: total }).await?)
}

/// The first line kept cold that is handed over without a temperature or a word; what is left behind is nobody's care.
fn unmeasured(note: &Handover, command: &HandOver) -> Option<i64> {
    let cold = note.lines.iter().filter(|line| line.temperature.threshold_tenths().is_some());
    let handed =
        |rank: i64| command.accepted.iter().any(|said| said.rank == rank && said.grams.is_positive());
    let read = |rank: i64| command.readings.iter().any(|reading| reading.rank == rank);
    let said =
        |rank: i64| command.unread.iter().any(|(unread, why)| *unread == rank && !why.trim().is_empty());
    cold.map(|line| line.rank).find(|rank| handed(*rank) && !read(*rank) && !said(*rank))
}

/// One line: the stock moves and the requests are served, or its goods go back.
async fn hand(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    inputs: &Inputs,
    line: &mut Line,
    grams: Grams,
) -> Result<(), Failure<Refused>> {
    if !grams.is_positive() {
        return end_line(cx, tx, line, LineState::NotHandedOver).await;
    }
    let hand_over = stock::usecases::hand_over::HandOver {
        reservation: line.reservation,
        lot: line.lot,
        from: line.place,
        to_structure: line.structure,
        grams,
        occurred_at: None,
    };
    stock::usecases::hand_over::within(cx, tx, &hand_over)
        .await
        .map_err(|failure| failure.map_refusal(Refused::Stock))?;
    let mut wants = wants_of(tx, run, inputs, line).await?;
    for (request_line, part) in spread(grams, &mut wants) {
        requests::usecases::serve::within(cx, tx, request_line, part).await.map_err(Failure::widen)?;
    }
    line.state = LineState::HandedOver;
    rows::save_line(tx, line).await?;
    Ok(())
}
