//! « Prise en charge »: the goods change hands. One act writes the signed slip, the receiver's stock and what goes back
//! to the board, or none of them.

use audit::Act;
use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateGate, DateKind};
use kernel::{Cx, Failure, Grams, SiteId, StructureId, time};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stock::usecases::note_temperature::Moment;
use stock::{LotId, NewLot};
use store::{Begin, Db, Tx};

use super::prepare_handover::{self, NewLine, PrepareHandover};
use super::sign_handover::{self, Sign, Signing};
use super::{args_of, kilos, locked, name_of, set_aside, tell, tell_on_behalf};
use crate::collection::{Collection, State, Unfit};
use crate::handover::{Accepted, HandoverId, PaperKind, Reading, Unsignable};
use crate::hold::{Difference, Hold, HoldId, Taking, TakingUnfit};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct TakeOver {
    /// Which hold.
    pub hold: HoldId,
    /// What was accepted, and why it differs.
    pub taking: Taking,
    /// The difference in words, where they add something.
    pub difference_words: Option<String>,
    /// Whether the figure comes from a scale.
    pub weighed: bool,
    /// The temperature read, tenths of a degree Celsius.
    pub temperature: Option<i64>,
    /// Why it was taken although too warm, or why nothing was read.
    pub temperature_reason: Option<String>,
    /// How it will be handed out in time, fewer than 48 hours before the DLC.
    pub date_reason: Option<String>,
    /// The lot number read on the spot, where the offer had none.
    pub lot_number: Option<String>,
    /// The date read on the spot, where the offer had none or another.
    pub date: Option<(DateKind, NaiveDate)>,
    /// Where the receiver keeps it.
    pub site: Option<SiteId>,
    /// Who signs.
    pub signing: Signing,
    /// When it was, where it is written down afterwards.
    pub handed_at: Option<DateTime<Utc>>,
}

/// What was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// The slip.
    pub handover: HandoverId,
    /// Its number.
    pub reference: String,
    /// The lot in the receiver's stock; none where nothing was accepted.
    pub lot: Option<LotId>,
    /// What went back to the board.
    pub back: Grams,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeOverRefused {
    /// The collection is over.
    Unfit(Unfit),
    /// The figure and its reason do not fit the hold.
    Taking(TakingUnfit),
    /// Past its DLC nothing is accepted.
    PastUseBy,
    /// Fewer than 48 hours to the DLC: a sentence is wanted.
    ShortDate {
        /// Whole hours left.
        hours_left: i64,
    },
    /// Goods kept cold, and neither a temperature nor a word.
    TemperatureMissing,
    /// The slip cannot be signed.
    Unsignable(Unsignable),
    /// The ledger says no.
    Stock(stock::Refusal),
}

/// Takes over.
///
/// # Errors
/// [`TakeOverRefused`]; forbidden to whoever belongs to neither side and does not facilitate.
pub async fn run(cx: &Cx, db: &Db, command: TakeOver) -> Result<TakenOver, Failure<TakeOverRefused>> {
    let mut tx = match db.begin(cx, "collections.take_over", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let taken = within(cx, &mut tx, &command).await?;
    Ok(tx.done(taken).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &TakeOver) -> Result<TakenOver, Failure<TakeOverRefused>> {
    let no = |why| Failure::Refused(why);
    let seen = rows::hold(tx, command.hold).await?.ok_or(Failure::NotFound)?;
    let mut collection = locked(cx, tx, seen.collection).await?;
    let hold = rows::lock_hold(tx, command.hold).await?.ok_or(Failure::NotFound)?;
    let behalf = on_the_spot(cx, &collection, &hold)?;
    if collection.state.is_over() {
        return Err(no(TakeOverRefused::Unfit(Unfit::Over(collection.state))));
    }
    let taken = hold.take(command.taking).map_err(|why| no(TakeOverRefused::Taking(why)))?;
    let handed_at = command.handed_at.filter(|at| *at <= cx.now()).unwrap_or_else(|| cx.now());
    read_label(&mut collection, command);
    check(cx, command, &collection, handed_at).map_err(Failure::Refused)?;

    let lot = receive(cx, tx, command, &collection, &hold, handed_at).await?;
    let handover = slip(cx, tx, command, &collection, &hold, lot, handed_at).await?;

    let reason = command.taking.difference.map(|why| why.code().to_owned());
    rows::end_hold(tx, hold.id, taken.state, reason, cx.now()).await?;
    set_aside::ended(cx, tx, hold.id).await?;
    let spoken_for = collection.taken - taken.back;
    let state = collection.settled(spoken_for, rows::holds_of(tx, collection.id).await?);
    let why = (state == State::Refused).then(|| said(command).unwrap_or_default());
    rows::save_state(tx, collection.id, spoken_for, state, why).await?;

    let act = Act::new("collections.take_over", "collection", collection.id.uuid())
        .detail(json!({
            "hold": hold.id, "proposed": hold.grams, "accepted": command.taking.accepted,
            "difference": command.taking.difference, "slip": handover.reference, "back": taken.back,
        }))
        .reason(command.difference_words.clone())
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    told(cx, tx, command, &collection, &hold, &handover, behalf).await?;
    Ok(TakenOver { handover: handover.handover, reference: handover.reference, lot, back: taken.back })
}

/// Whoever is on the spot writes: the receiver's people in any role, the donor's, or a facilitator for the receiver.
fn on_the_spot<R>(cx: &Cx, collection: &Collection, hold: &Hold) -> Result<Option<StructureId>, Failure<R>> {
    if cx.viewer.belongs_to(hold.structure) || cx.viewer.belongs_to(collection.donor) {
        return Ok(None);
    }
    access::acting(cx, hold.structure)
}

/// What the label says on the spot wins over what the offer said.
fn read_label(collection: &mut Collection, command: &TakeOver) {
    if let Some(number) = command.lot_number.as_ref().filter(|number| !number.trim().is_empty()) {
        collection.lot_number = Some(number.clone());
    }
    if let Some((kind, date)) = command.date {
        (collection.date_kind, collection.date) = (kind, Some(date));
    }
}

/// The legal gates at the moment they apply: they concern what is accepted, never what is refused.
fn check(
    cx: &Cx,
    command: &TakeOver,
    collection: &Collection,
    handed_at: DateTime<Utc>,
) -> Result<(), TakeOverRefused> {
    if !command.taking.accepted.is_positive() {
        return Ok(());
    }
    let given = |words: &Option<String>| words.as_deref().is_some_and(|words| !words.trim().is_empty());
    match goods::dates::gate(collection.date_kind, collection.date, time::civil(handed_at, cx.zone)) {
        DateGate::Never => return Err(TakeOverRefused::PastUseBy),
        DateGate::AsksReason { hours_left }
            if !given(&command.date_reason) && !given(&collection.short_date_reason) =>
        {
            return Err(TakeOverRefused::ShortDate { hours_left });
        }
        _ => {}
    }
    let is_cold = collection.temperature.threshold_tenths().is_some();
    if is_cold && command.temperature.is_none() && !given(&command.temperature_reason) {
        return Err(TakeOverRefused::TemperatureMissing);
    }
    Ok(())
}

/// Writes what was accepted into the receiver's stock.
async fn receive(
    cx: &Cx,
    tx: &mut Tx,
    command: &TakeOver,
    collection: &Collection,
    hold: &Hold,
    handed_at: DateTime<Utc>,
) -> Result<Option<LotId>, Failure<TakeOverRefused>> {
    if !command.taking.accepted.is_positive() {
        return Ok(None);
    }
    let place = stock::usecases::ensure_zone::within(
        cx,
        tx,
        collection.coordination,
        hold.structure,
        command.site,
        collection.temperature,
    )
    .await
    .map_err(Failure::widen)?;
    let lot = NewLot {
        product: collection.product.clone(),
        family: collection.family.clone(),
        temperature: collection.temperature,
        lot_number: collection.lot_number.clone(),
        date_kind: collection.date_kind,
        date: collection.date,
        donor: Some(collection.donor),
        collection: Some(collection.id.uuid()),
        crate_grams: collection.crate_grams,
        estimated: !command.weighed,
    };
    let received = stock::usecases::receive::within(
        cx,
        tx,
        &stock::usecases::receive::Receive {
            coordination: collection.coordination,
            structure: hold.structure,
            place,
            lot,
            grams: command.taking.accepted,
            occurred_at: Some(handed_at),
        },
    )
    .await
    .map_err(|failure| failure.map_refusal(TakeOverRefused::Stock))?;
    Ok(Some(received.lot))
}

/// Prepares and signs the slip.
async fn slip(
    cx: &Cx,
    tx: &mut Tx,
    command: &TakeOver,
    collection: &Collection,
    hold: &Hold,
    lot: Option<LotId>,
    handed_at: DateTime<Utc>,
) -> Result<sign_handover::Signed, Failure<TakeOverRefused>> {
    let prepare = PrepareHandover {
        coordination: collection.coordination,
        kind: PaperKind::Slip,
        giver: collection.donor,
        receiver: hold.structure,
        subject: hold.id.uuid(),
        lines: vec![NewLine {
            lot: lot.map(LotId::uuid),
            reservation: Some(hold.id.uuid()),
            product: collection.product.clone(),
            family: collection.family.clone(),
            temperature: collection.temperature,
            lot_number: collection.lot_number.clone(),
            date_kind: collection.date_kind,
            date: collection.date,
            proposed: hold.grams,
        }],
    };
    let handover = prepare_handover::within(cx, tx, &prepare).await.map_err(Failure::widen)?;
    let reading = command.temperature.map(|tenths| Reading {
        rank: 1,
        moment: Moment::Pickup,
        tenths,
        reason: command.temperature_reason.clone(),
    });
    let sign = Sign {
        handover,
        version: 1,
        accepted: vec![Accepted { rank: 1, grams: command.taking.accepted, reason: said(command) }],
        signing: command.signing.clone(),
        readings: reading.into_iter().collect(),
        handed_at: Some(handed_at),
    };
    sign_handover::within(cx, tx, &sign)
        .await
        .map_err(|failure| failure.map_refusal(TakeOverRefused::Unsignable))
}

/// The reason of a difference as the slip keeps it: the code, which is translated where it is read, and the words.
fn said(command: &TakeOver) -> Option<String> {
    let code = command.taking.difference.map(Difference::code)?;
    Some(match command.difference_words.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{code}: {words}"),
        None => code.to_owned(),
    })
}

/// Tells the side that did not write.
async fn told(
    cx: &Cx,
    tx: &mut Tx,
    command: &TakeOver,
    collection: &Collection,
    hold: &Hold,
    slip: &sign_handover::Signed,
    behalf: Option<StructureId>,
) -> Result<(), store::Error> {
    let mut args = args_of(tx, collection).await?;
    args.push(("accepted".to_owned(), kilos(command.taking.accepted).into()));
    args.push(("slip".to_owned(), slip.reference.clone().into()));
    args.push(("structure".to_owned(), name_of(tx, hold.structure).await?.into()));
    let link = format!("/bordereaux/{}", slip.handover);
    let other = if cx.viewer.belongs_to(hold.structure) { collection.donor } else { hold.structure };
    if behalf.is_some() {
        let (donor, own) = (collection.donor, args.clone());
        tell(cx, tx, &[donor], false, "collections-told-taken-over", own, link.clone()).await?;
        return tell_on_behalf(cx, tx, behalf, "collections-told-taken-over-for", args, link).await;
    }
    tell(cx, tx, &[other], false, "collections-told-taken-over", args, link).await
}
