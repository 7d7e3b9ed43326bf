//! Takes a delivery in at a hub or at a structure's own door: several lots at once, each weighed, dated, measured,
//! and set aside where somebody doubts.

use chrono::{DateTime, Utc};
use goods::DateGate;
use kernel::{CoordinationId, Cx, Failure, Grams, SiteId, StructureId, time};
use serde::{Deserialize, Serialize};
use store::{Begin, Db, Tx};

use super::note_temperature::{Moment, NoteTemperature};
use super::quarantine::Quarantine;
use super::receive::{Receive, Received};
use super::{ensure_zone, happened, note_temperature, quarantine, receive};
use crate::{NewLot, Refusal};

/// One lot of a delivery.
#[derive(Clone, Debug, Serialize)]
pub struct Arriving {
    /// What it is.
    pub lot: NewLot,
    /// How much.
    pub grams: Grams,
    /// The temperature read on arrival, in tenths of a degree Celsius.
    pub tenths: Option<i64>,
    /// What explains a short date or a high temperature.
    pub reason: Option<String>,
    /// Why it is set aside at once, where it is.
    pub quarantine: Option<String>,
}

/// A delivery.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiveDelivery {
    /// The coordination in whose ledger it is written.
    pub coordination: CoordinationId,
    /// Who receives.
    pub structure: StructureId,
    /// At which site; none for the structure at large.
    pub site: Option<SiteId>,
    /// What comes in.
    pub lots: Vec<Arriving>,
    /// When it came, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Why a delivery is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRefused {
    /// The lot's place in the delivery, from zero.
    pub line: usize,
    /// Why.
    pub why: Refusal,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// The lots, in order.
    pub lots: Vec<Received>,
    /// How many of them were set aside.
    pub quarantined: usize,
}

/// Takes the delivery in, whole or not at all.
///
/// # Errors
/// [`DeliveryRefused`] with the first lot that is refused; forbidden to whoever does not act for the structure.
pub async fn run(cx: &Cx, db: &Db, command: ReceiveDelivery) -> Result<Delivered, Failure<DeliveryRefused>> {
    let mut tx = match db.begin(cx, "stock.receive_delivery", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let on_behalf = access::acting(cx, command.structure)?;
    if on_behalf.is_some() && cx.coordination != Some(command.coordination) {
        return Err(Failure::Forbidden);
    }
    let mut delivered = Delivered { lots: Vec::new(), quarantined: 0 };
    for (line, arriving) in command.lots.iter().enumerate() {
        let taken = take_in(cx, &mut tx, &command, arriving).await;
        let (received, aside) =
            taken.map_err(|failure| failure.map_refusal(|why| DeliveryRefused { line, why }))?;
        delivered.lots.push(received);
        delivered.quarantined += usize::from(aside);
    }
    if delivered.lots.is_empty() {
        return Err(Failure::Refused(DeliveryRefused { line: 0, why: Refusal::NothingWeighed }));
    }
    Ok(tx.done(delivered).await?)
}

async fn take_in(
    cx: &Cx,
    tx: &mut Tx,
    command: &ReceiveDelivery,
    arriving: &Arriving,
) -> Result<(Received, bool), Failure<Refusal>> {
    let came = time::civil(happened(cx, command.occurred_at), cx.zone);
    let said = arriving.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    if let DateGate::AsksReason { hours_left } =
        goods::dates::gate(arriving.lot.date_kind, arriving.lot.date, came)
        && !said
    {
        return Err(Failure::Refused(Refusal::ShortDate { hours_left }));
    }
    let temperature = arriving.lot.temperature;
    let place =
        ensure_zone::within(cx, tx, command.coordination, command.structure, command.site, temperature)
            .await
            .map_err(Failure::widen)?;
    let receive = Receive {
        coordination: command.coordination,
        structure: command.structure,
        place,
        lot: arriving.lot.clone(),
        grams: arriving.grams,
        occurred_at: command.occurred_at,
    };
    let received = receive::within(cx, tx, &receive).await?;
    if said {
        let act = audit::Act::new("stock.explain_arrival", "lot", received.lot.uuid())
            .reason(arriving.reason.clone());
        audit::record(tx, cx, act).await?;
    }
    let mut aside = false;
    if let Some(tenths) = arriving.tenths {
        let reading = NoteTemperature {
            lot: received.lot,
            subject: received.lot.uuid(),
            moment: Moment::Arrival,
            tenths,
            reason: arriving.reason.clone(),
        };
        aside = note_temperature::within(cx, tx, &reading).await?.quarantined;
    }
    if let Some(doubt) = arriving.quarantine.as_deref().filter(|_| !aside) {
        quarantine::within(cx, tx, &Quarantine { lot: received.lot, reason: doubt.to_owned() }).await?;
        aside = true;
    }
    Ok((received, aside))
}
