//! Makes the delivery notes (« bons de livraison ») of one structure: one for each hub its goods lie in.

use ::store::{Begin, Db, Tx};
use collections::PaperKind;
use collections::usecases::prepare_handover::{self, NewLine, PrepareHandover};
use kernel::{Cx, Failure, StructureId};
use requests::usecases::answer::Step;
use serde::{Deserialize, Serialize};

use super::{Refused, tell_requests};
use crate::line::{Line, LineState};
use crate::run::{Run, RunId, RunState};
use crate::store as rows;

/// For whom the notes are made.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PrepareNote {
    /// The run.
    pub run: RunId,
    /// The structure.
    pub structure: StructureId,
}

/// The notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesPrepared {
    /// How many were made; none where they were there already.
    pub notes: usize,
}

/// Makes them, once per command key, from what was accepted and from what was not answered: whoever comes to fetch has
/// accepted by coming.
///
/// # Errors
/// [`Refused`]; forbidden to whoever neither keeps the hub nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: PrepareNote) -> Result<NotesPrepared, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.prepare_note", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let run = rows::hold(&mut tx, command.run).await?.ok_or(Failure::NotFound)?;
    if run.state != RunState::Validated {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    let mut lines: Vec<Line> = rows::lines_for(&mut tx, run.id, command.structure)
        .await?
        .into_iter()
        .filter(|line| matches!(line.state, LineState::Proposed | LineState::Accepted))
        // An offer is fetched at its donor's, with a slip signed there.
        .filter(|line| line.grams.is_positive() && line.offer.is_none())
        .collect();
    let mut givers: Vec<StructureId> = Vec::new();
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    let giver_of = |line: &Line| inputs.lots.iter().find(|lot| lot.lot == line.lot).map(|lot| lot.holder);
    for line in &lines {
        if let Some(giver) = giver_of(line).filter(|giver| !givers.contains(giver)) {
            givers.push(giver);
        }
    }
    // Where nothing is left to give, whoever facilitates may learn so; it is nobody else's business.
    if givers.is_empty() && !cx.viewer.is_machine() && !cx.viewer.facilitates(run.coordination) {
        return Err(Failure::Forbidden);
    }
    for giver in &givers {
        may_give(cx, &run, *giver)?;
    }
    for giver in &givers {
        let of_giver: Vec<usize> = (0..lines.len())
            .filter(|i| lines.get(*i).is_some_and(|line| giver_of(line) == Some(*giver)))
            .collect();
        let mut listed = Vec::new();
        for line in of_giver.iter().filter_map(|i| lines.get(*i)) {
            listed.push(listed_line(&mut tx, line).await?);
        }
        let note = prepare_handover::within(
            cx,
            &mut tx,
            &PrepareHandover {
                coordination: run.coordination,
                kind: PaperKind::DeliveryNote,
                giver: *giver,
                receiver: command.structure,
                subject: run.id.uuid(),
                lines: listed,
            },
        )
        .await
        .map_err(Failure::widen)?;
        for i in of_giver {
            let Some(line) = lines.get_mut(i) else { continue };
            if line.state == LineState::Proposed {
                line.answered_at = Some(cx.now());
                tell_requests(cx, &mut tx, &run, &inputs, line, Step::Accepted).await?;
            }
            line.state = LineState::Prepared;
            line.handover = Some(note);
            rows::save_line(&mut tx, line).await?;
        }
    }
    Ok(tx.done(NotesPrepared { notes: givers.len() }).await?)
}

/// Whoever keeps the hub, and whoever facilitates.
pub(super) fn may_give(cx: &Cx, run: &Run, giver: StructureId) -> Result<(), Failure<Refused>> {
    let viewer = &cx.viewer;
    if viewer.is_machine() || viewer.acts_for(giver) || viewer.facilitates(run.coordination) {
        Ok(())
    } else {
        Err(Failure::Forbidden)
    }
}

async fn listed_line(tx: &mut Tx, line: &Line) -> Result<NewLine, Failure<Refused>> {
    let lot = stock::queries::lot(tx, line.lot).await?.ok_or(Failure::NotFound)?;
    Ok(NewLine {
        lot: Some(line.lot.uuid()),
        reservation: line.reservation.map(stock::ReservationId::uuid),
        product: lot.product,
        family: lot.family,
        temperature: lot.temperature,
        lot_number: lot.lot_number.or(Some(lot.reference)),
        date_kind: lot.date_kind,
        date: lot.date,
        proposed: line.grams,
    })
}
