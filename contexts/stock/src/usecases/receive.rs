//! Takes goods in from a donor: a new lot, and its first movement.

use audit::Act;
use chrono::{DateTime, Datelike as _, Utc};
use goods::DateGate;
use kernel::{CoordinationId, Cx, Failure, Grams, StructureId, time};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, happened, held, in_place_of, post, tell_on_behalf};
use crate::{Cause, Entry, Lot, LotId, MovementId, NewLot, PlaceId, PlaceKind, Refusal, store as rows};

/// What comes in.
#[derive(Clone, Debug, Serialize)]
pub struct Receive {
    /// The coordination in whose ledger it is written.
    pub coordination: CoordinationId,
    /// Who receives.
    pub structure: StructureId,
    /// Into which zone of theirs.
    pub place: PlaceId,
    /// What it is.
    pub lot: NewLot,
    /// How much.
    pub grams: Grams,
    /// When it came, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The new lot.
    pub lot: LotId,
    /// Its first movement.
    pub movement: MovementId,
}

/// Receives as an act of its own.
///
/// # Errors
/// [`Refusal`]; forbidden to whoever does not act for the structure.
pub async fn run(cx: &Cx, db: &Db, command: Receive) -> Result<Received, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.receive", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let held = held(cx, &mut tx, command.place).await?;
    if held.structure != command.structure || held.place.coordination != command.coordination {
        return Err(Failure::Refused(Refusal::OtherStructure));
    }
    let received = within(cx, &mut tx, &command).await?;
    Ok(tx.done(received).await?)
}

/// Receives within a bigger act, which authorises.
///
/// # Errors
/// [`Refusal`]: nothing weighed, past its DLC when it came, a zone too warm or of another structure.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Receive) -> Result<Received, Failure<Refusal>> {
    let new = &command.lot;
    new.check().map_err(Failure::Refused)?;
    let came = time::civil(happened(cx, command.occurred_at), cx.zone);
    if goods::dates::gate(new.date_kind, new.date, came) == DateGate::Never {
        return Err(Failure::Refused(Refusal::PastUseBy));
    }
    let place = rows::place(tx, command.place).await?.ok_or(Failure::NotFound)?;
    if place.structure != Some(command.structure) || place.coordination != command.coordination {
        return Err(Failure::Refused(Refusal::OtherStructure));
    }
    if !place.keeps(new.temperature) {
        return Err(Failure::Refused(Refusal::TooWarm));
    }
    let reference = network::next_reference(tx, command.coordination, "L", came.date().year()).await?;
    let lot = rows::insert_lot(cx, tx, command.coordination, &reference, new, None).await?;
    let donor = ensure_outside::within(cx, tx, command.coordination, PlaceKind::Donor)
        .await
        .map_err(Failure::widen)?;
    let posting = post::Posting {
        coordination: command.coordination,
        cause: Cause::Received,
        structure: Some(command.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: None,
    };
    let entry = Entry { lot, from: donor, to: command.place, grams: command.grams };
    let movement = post::post(cx, tx, posting, &[entry]).await?;
    let on_behalf = in_place_of(cx, command.structure);
    let detail = json!({ "grams": command.grams, "place": command.place, "estimated": new.estimated });
    audit::record(
        tx,
        cx,
        Act::new("stock.receive", "lot", lot.uuid()).detail(detail).on_behalf_of(on_behalf),
    )
    .await?;
    let written: Lot = rows::lock_lot(tx, lot).await?;
    tell_on_behalf(cx, tx, on_behalf, &written).await?;
    Ok(Received { lot, movement })
}
