//! What the receiver found on arrival: the temperature read at its door, and what it received where that is not what was
//! handed over. Both sides' figures are kept; the delivery note is not touched.

use ::store::{Begin, Db, Tx};
use kernel::{Cx, Failure, Grams, Role, StructureId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stock::usecases::note_temperature::{self, Moment, NoteTemperature};

use super::Refused;
use super::answer::PURPOSE;
use crate::inputs::Inputs;
use crate::line::{Line, LineId, LineState};
use crate::run::{Run, RunState};
use crate::share::ShareId;
use crate::store as rows;

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct NoteReceipt {
    /// The structure's share of the run.
    pub share: ShareId,
    /// The temperature read on arrival, tenths of a degree Celsius, and why it is too warm, where it is.
    pub arrived: Option<(i64, Option<String>)>,
    /// What was received instead of what was handed over, and why.
    pub received: Vec<(LineId, Grams, String)>,
}

/// It is noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// How many lines were received otherwise.
    pub different: usize,
}

/// Notes it, once per command key.
///
/// # Errors
/// [`Refused`]: a line that was not handed over, a temperature too high without a word; forbidden to whoever neither acts
/// for the structure nor holds the link.
pub async fn run(cx: &Cx, db: &Db, command: NoteReceipt) -> Result<Noted, Failure<Refused>> {
    let mut tx = match db.begin(cx, "allocation.note_receipt", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let share = rows::share(&mut tx, command.share).await?.ok_or(Failure::NotFound)?;
    let run = rows::hold(&mut tx, share.run).await?.ok_or(Failure::NotFound)?;
    let mut there = cx.clone();
    there.coordination = Some(run.coordination);
    let held = cx.viewer.holds_link(PURPOSE, share.id.uuid());
    let on_behalf_of = if held { None } else { access::acting(&there, share.structure)? };
    if !matches!(run.state, RunState::Validated | RunState::Executed) {
        return Err(Failure::Refused(Refused::NotFromHere(run.state)));
    }
    let inputs = rows::inputs(&mut tx, run.id).await?.ok_or(Failure::NotFound)?;
    let mut lines = rows::lines_for(&mut tx, run.id, share.structure).await?;
    if let Some((tenths, reason)) = &command.arrived {
        for line in lines.iter().filter(|line| is_cold(line, &inputs)) {
            measured(&there, &mut tx, line, *tenths, reason.clone()).await?;
        }
    }
    let mut givers = Vec::new();
    for (id, grams, reason) in &command.received {
        let line = lines.iter_mut().find(|line| line.id == *id).ok_or(Failure::NotFound)?;
        if line.state != LineState::HandedOver {
            return Err(Failure::Refused(Refused::LineNotFromHere(line.state)));
        }
        line.received = Some((*grams, reason.clone()));
        rows::save_line(&mut tx, line).await?;
        givers.extend(inputs.lots.iter().find(|lot| lot.lot == line.lot).map(|lot| lot.holder));
    }
    let act = audit::Act::new("allocation.note_receipt", "allocation_share", share.id.uuid())
        .detail(json!({ "run": run.id, "arrived": command.arrived, "received": command.received }))
        .on_behalf_of(on_behalf_of);
    audit::record(&mut tx, cx, act).await?;
    tell(&there, &mut tx, &run, share.structure, givers).await?;
    Ok(tx.done(Noted { different: command.received.len() }).await?)
}

/// Whether a line came cold from the common stock; an offer's lot is the receiver's own, measured when it was fetched.
fn is_cold(line: &Line, inputs: &Inputs) -> bool {
    let lot = inputs.lots.iter().find(|lot| lot.lot == line.lot);
    line.state == LineState::HandedOver
        && line.offer.is_none()
        && lot.is_some_and(|lot| lot.temperature.threshold_tenths().is_some())
}

/// Keeps the reading with the lot and its delivery note.
async fn measured(
    cx: &Cx,
    tx: &mut Tx,
    line: &Line,
    tenths: i64,
    reason: Option<String>,
) -> Result<(), Failure<Refused>> {
    let subject = line.handover.map_or(line.lot.uuid(), collections::HandoverId::uuid);
    let reading = NoteTemperature { lot: line.lot, subject, moment: Moment::Arrival, tenths, reason };
    note_temperature::at_receiver(cx, tx, &reading)
        .await
        .map_err(|failure| failure.map_refusal(Refused::Stock))?;
    Ok(())
}

/// Whoever gave is told that the receiver found something else.
async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    structure: StructureId,
    mut givers: Vec<StructureId>,
) -> Result<(), Failure<Refused>> {
    givers.sort_unstable();
    givers.dedup();
    let name =
        network::queries::structure_names(tx, &[structure]).await?.remove(&structure).unwrap_or_default();
    for giver in givers {
        let people = network::queries::people_of(tx, giver, &[Role::Lead, Role::Member]).await?;
        let note = accounts::Note {
            direct: false,
            key: "allocation-told-received-otherwise",
            args: vec![
                ("reference".to_owned(), i18n::Arg::from(run.reference.clone())),
                ("structure".to_owned(), i18n::Arg::from(name.clone())),
            ],
            link: format!("/attributions/{}/remise/{structure}", run.id),
        };
        accounts::notify(tx, cx, &people, note).await?;
    }
    Ok(())
}
