//! Splits a lot: parts of it become lots of their own, which remember where they come from.

use audit::Act;
use chrono::{DateTime, NaiveDate, Utc};
use goods::DateKind;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, held, post, tell_on_behalf};
use crate::{Cause, Entry, LotId, NewLot, PlaceId, PlaceKind, Refusal, store as rows};

/// A part that becomes a lot. What its own label says replaces what the whole's said.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// How much.
    pub grams: Grams,
    /// The maker's lot number on this part, where it differs.
    pub lot_number: Option<String>,
    /// The date on this part, where it differs; the kind of date stays.
    pub date: Option<NaiveDate>,
}

/// What is split.
#[derive(Clone, Debug, Serialize)]
pub struct Split {
    /// The lot.
    pub lot: LotId,
    /// Where it lies, and its parts will.
    pub place: PlaceId,
    /// The parts; what is not in them stays in the lot.
    pub parts: Vec<Part>,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Splits as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: Split) -> Result<Vec<LotId>, Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.split", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let parts = within(cx, &mut tx, &command).await?;
    Ok(tx.done(parts).await?)
}

/// Splits; answers the new lots in the order of the parts. A part of a lot that is set aside is set aside too.
///
/// # Errors
/// [`Refusal`]: parts that weigh nothing or more than is free; forbidden to whoever does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Split) -> Result<Vec<LotId>, Failure<Refusal>> {
    let held = held(cx, tx, command.place).await?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let free = rows::free(tx, command.lot, command.place).await?;
    let total: Grams = command.parts.iter().map(|part| part.grams).sum();
    if command.parts.iter().any(|part| !part.grams.is_positive()) || !total.is_positive() {
        return Err(Failure::Refused(Refusal::NothingWeighed));
    }
    if total > free {
        return Err(Failure::Refused(Refusal::PartsTooHeavy { free }));
    }
    let coordination = held.place.coordination;
    let resplit =
        ensure_outside::within(cx, tx, coordination, PlaceKind::Resplit).await.map_err(Failure::widen)?;
    let born = rows::parts_of(tx, lot.id).await?;
    let mut entries = vec![Entry { lot: lot.id, from: command.place, to: resplit, grams: total }];
    let mut parts = Vec::new();
    for (number, part) in (born + 1..).zip(&command.parts) {
        let new = NewLot {
            product: lot.product.clone(),
            family: lot.family.clone(),
            temperature: lot.temperature,
            lot_number: part.lot_number.clone().or_else(|| lot.lot_number.clone()),
            date_kind: lot.date_kind,
            date: part.date.filter(|_| lot.date_kind != DateKind::None).or(lot.date),
            donor: lot.donor,
            collection: lot.collection,
            crate_grams: lot.crate_grams,
            estimated: lot.estimated,
        };
        let reference = format!("{}.{number}", lot.reference);
        let id = rows::insert_lot(cx, tx, coordination, &reference, &new, Some(lot.id)).await?;
        if lot.state != crate::LotState::Available {
            rows::set_state(tx, id, lot.state, lot.state_reason.as_deref()).await?;
        }
        entries.push(Entry { lot: id, from: resplit, to: command.place, grams: part.grams });
        parts.push(id);
    }
    let posting = post::Posting {
        coordination,
        cause: Cause::Split,
        structure: Some(held.structure),
        occurred_at: command.occurred_at,
        corrects: None,
        reason: None,
    };
    let movement = post::post(cx, tx, posting, &entries).await?;
    for (id, part) in parts.iter().zip(&command.parts) {
        let detail = json!({ "grams": part.grams, "from": lot.id, "movement": movement });
        let act = Act::new("stock.split", "lot", id.uuid()).detail(detail).on_behalf_of(held.on_behalf);
        audit::record(tx, cx, act).await?;
    }
    let detail = json!({ "grams": total, "into": parts, "movement": movement });
    let act = Act::new("stock.split", "lot", lot.id.uuid()).detail(detail).on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    Ok(parts)
}
