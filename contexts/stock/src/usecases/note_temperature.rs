//! Writes a temperature down. Above the threshold it asks for a reason; at arrival it sets the lot aside.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};
use uuid::Uuid;

use super::{over_lot, quarantine};
use crate::{LotId, LotState, Refusal, store as rows};

/// When in its journey a product was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At the donor's door.
    Pickup,
    /// At ours.
    Arrival,
    /// In the cold room.
    Storage,
}

impl Moment {
    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pickup => "pickup",
            Self::Arrival => "arrival",
            Self::Storage => "storage",
        }
    }
}

/// A reading.
#[derive(Clone, Debug, Serialize)]
pub struct NoteTemperature {
    /// The lot.
    pub lot: LotId,
    /// What the reading belongs to (a delivery, a slip); the lot itself where there is nothing else.
    pub subject: Uuid,
    /// When in its journey.
    pub moment: Moment,
    /// Tenths of a degree Celsius.
    pub tenths: i64,
    /// Why it is too warm, where it is.
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Whether it was above the threshold.
    pub too_warm: bool,
    /// Whether the lot was set aside for it.
    pub quarantined: bool,
}

/// Notes as an act of its own.
///
/// # Errors
/// As [`within`]; forbidden to whoever neither holds some of the lot nor facilitates its coordination.
pub async fn run(cx: &Cx, db: &Db, command: NoteTemperature) -> Result<Noted, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.note_temperature", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let lot = rows::lock_lot(&mut tx, command.lot).await?;
    over_lot(cx, &mut tx, &lot).await?;
    let noted = within(cx, &mut tx, &command).await?;
    Ok(tx.done(noted).await?)
}

/// Notes within a bigger act, which authorises.
///
/// # Errors
/// [`Refusal::TooHot`] above the threshold without a reason.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &NoteTemperature) -> Result<Noted, Failure<Refusal>> {
    note(cx, tx, command, command.moment == Moment::Arrival).await
}

/// Notes what a receiver read on arrival at theirs, within a bigger act, which authorises. It says nothing of the goods
/// that stayed behind, so the lot is not set aside for it.
///
/// # Errors
/// As [`within`].
pub async fn at_receiver(cx: &Cx, tx: &mut Tx, command: &NoteTemperature) -> Result<Noted, Failure<Refusal>> {
    note(cx, tx, command, false).await
}

async fn note(
    cx: &Cx,
    tx: &mut Tx,
    command: &NoteTemperature,
    sets_aside: bool,
) -> Result<Noted, Failure<Refusal>> {
    let lot = rows::lock_lot(tx, command.lot).await?;
    let threshold = lot.temperature.threshold_tenths();
    let too_warm = lot.temperature.is_breached_by(command.tenths);
    let reason = command.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if too_warm && reason.is_none() {
        return Err(Failure::Refused(Refusal::TooHot { threshold_tenths: threshold.unwrap_or_default() }));
    }
    let reading = rows::NewReading {
        lot: lot.id,
        subject: command.subject,
        moment: command.moment.code(),
        tenths: command.tenths,
        threshold,
        reason: reason.map(ToOwned::to_owned),
    };
    rows::insert_reading(cx, tx, reading).await.map_err(|error| rows::checked(error, Grams::ZERO))?;
    let act = Act::new("stock.note_temperature", "lot", lot.id.uuid())
        .detail(json!({ "tenths": command.tenths, "threshold": threshold, "moment": command.moment }))
        .reason(reason.map(ToOwned::to_owned));
    audit::record(tx, cx, act).await?;
    let sets_aside = sets_aside && too_warm && lot.state == LotState::Available;
    if sets_aside {
        let aside = quarantine::Quarantine { lot: lot.id, reason: reason.unwrap_or_default().to_owned() };
        quarantine::within(cx, tx, &aside).await?;
    }
    Ok(Noted { too_warm, quarantined: sets_aside })
}
