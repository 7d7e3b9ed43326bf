//! What a drive brought is written down by family: the lots come into the organiser's stock, and the drive is over.

use audit::Act;
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{Cx, Failure, Grams, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stock::NewLot;
use store::{Begin, Db, Tx};

use crate::drive::{DriveId, DriveState, DriveUnfit};
use crate::store::drives as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct RecordDrive {
    /// Which drive.
    pub drive: DriveId,
    /// At which of the organiser's places it is kept; at the structure at large without one.
    pub site: Option<SiteId>,
    /// Whether it was weighed.
    pub weighed: bool,
    /// What was collected; nothing where nothing was.
    pub lines: Vec<Collected>,
}

/// What was collected of one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collected {
    /// The family.
    pub family: FamilyCode,
    /// What it is, in words.
    pub product: String,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// How much.
    pub grams: Grams,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// How many lots it makes.
    pub lots: usize,
    /// What they weigh.
    pub grams: Grams,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordRefused {
    /// It has not begun, or is over already.
    Unfit(DriveUnfit),
    /// The ledger says no.
    Stock(stock::Refusal),
}

/// Records a drive.
///
/// # Errors
/// [`RecordRefused`]; forbidden to whoever does not act for its organiser.
pub async fn run(cx: &Cx, db: &Db, command: RecordDrive) -> Result<Recorded, Failure<RecordRefused>> {
    let mut tx = match db.begin(cx, "collections.record_drive", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let recorded = within(cx, &mut tx, &command).await?;
    Ok(tx.done(recorded).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &RecordDrive) -> Result<Recorded, Failure<RecordRefused>> {
    let drive = rows::lock(tx, command.drive)
        .await?
        .filter(|drive| cx.viewer.is_machine() || cx.coordination == Some(drive.coordination))
        .ok_or(Failure::NotFound)?;
    let behalf = access::acting(cx, drive.organiser)?;
    drive.may_record(cx.now()).map_err(|why| Failure::Refused(RecordRefused::Unfit(why)))?;
    if let Some(site) = command.site {
        let kept = directory::queries::site(tx, site).await?;
        if kept.is_none_or(|site| site.structure != drive.organiser) {
            return Err(Failure::Refused(RecordRefused::Stock(stock::Refusal::OtherStructure)));
        }
    }
    let came = drive.ends_at.min(cx.now());
    let mut lots = Vec::new();
    for line in command.lines.iter().filter(|line| line.grams.is_positive()) {
        let place = stock::usecases::ensure_zone::within(
            cx,
            tx,
            drive.coordination,
            drive.organiser,
            command.site,
            line.temperature,
        )
        .await
        .map_err(Failure::widen)?;
        // Individuals gave it: there is no donor to name, and no offer that it comes from.
        let lot = NewLot {
            product: line.product.clone(),
            family: line.family.clone(),
            temperature: line.temperature,
            lot_number: None,
            date_kind: DateKind::None,
            date: None,
            donor: None,
            collection: None,
            crate_grams: Grams::ZERO,
            estimated: !command.weighed,
        };
        let receive = stock::usecases::receive::Receive {
            coordination: drive.coordination,
            structure: drive.organiser,
            place,
            lot,
            grams: line.grams,
            occurred_at: Some(came),
        };
        let received = stock::usecases::receive::within(cx, tx, &receive)
            .await
            .map_err(|failure| failure.map_refusal(RecordRefused::Stock))?;
        lots.push(json!({ "lot": received.lot, "product": line.product, "grams": line.grams }));
    }
    let grams: Grams = command.lines.iter().map(|line| line.grams).sum();
    rows::save_state(tx, drive.id, DriveState::Recorded, grams).await?;
    let recorded = Recorded { lots: lots.len(), grams };
    let act = Act::new("collections.record_drive", "drive", drive.id.uuid())
        .detail(json!({ "grams": grams, "weighed": command.weighed, "lots": lots }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(recorded)
}
