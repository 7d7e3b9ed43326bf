//! « Inventaire »: counts what lies at a place; the ledger follows what was found, for the counted lots only.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure, Grams};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{ensure_outside, held, post, tell_on_behalf};
use crate::{Cause, Entry, LotId, MovementId, PlaceId, PlaceKind, Refusal, store as rows};

/// One lot as counted.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// The lot.
    pub lot: LotId,
    /// What was found; zero where there was none.
    pub found: Grams,
    /// What the sheet said was there when it was printed or shown; none where nobody looked it up.
    pub seen: Option<Grams>,
}

/// A count.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// The place.
    pub place: PlaceId,
    /// The lots that were counted; the others stay as they are.
    pub lots: Vec<Counted>,
    /// When, where that was not now.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A difference that a count found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variance {
    /// The lot.
    pub lot: LotId,
    /// What was found less what the ledger said; below zero where some was missing.
    pub grams: Grams,
}

/// What a count changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The movement; none where everything was as the ledger said.
    pub movement: Option<MovementId>,
    /// The differences.
    pub variances: Vec<Variance>,
}

/// One refused line of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRefused {
    /// The lot; none where the whole count is refused.
    pub lot: Option<LotId>,
    /// Why.
    pub why: Refusal,
}

/// Counts as an act of its own.
///
/// # Errors
/// As [`within`].
pub async fn run(cx: &Cx, db: &Db, command: Count) -> Result<Outcome, Failure<CountRefused>> {
    let mut tx = match db.begin(cx, "stock.count", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let outcome = within(cx, &mut tx, &command).await?;
    Ok(tx.done(outcome).await?)
}

/// Counts.
///
/// # Errors
/// [`CountRefused`]: fewer found than are promised, or stock that moved since the sheet was made; forbidden to
/// whoever does not act for the holder.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Count) -> Result<Outcome, Failure<CountRefused>> {
    let held = held(cx, tx, command.place).await?;
    let coordination = held.place.coordination;
    let variance =
        ensure_outside::within(cx, tx, coordination, PlaceKind::Variance).await.map_err(Failure::widen)?;
    let mut counted: Vec<&Counted> = command.lots.iter().collect();
    counted.sort_unstable_by_key(|line| line.lot);
    counted.dedup_by_key(|line| line.lot);
    let mut entries = Vec::new();
    let mut variances = Vec::new();
    let mut last = None;
    for line in counted {
        let lot = rows::lock_lot(tx, line.lot).await?;
        let (grams, reserved) =
            rows::balance(tx, line.lot, command.place).await?.unwrap_or((Grams::ZERO, Grams::ZERO));
        let refused = |why| Failure::Refused(CountRefused { lot: Some(line.lot), why });
        if line.found < Grams::ZERO {
            return Err(refused(Refusal::NothingWeighed));
        }
        if line.seen.is_some_and(|seen| seen != grams) {
            return Err(refused(Refusal::MovedSince { now: grams }));
        }
        if line.found < reserved {
            return Err(refused(Refusal::CountedBelowReserved { reserved }));
        }
        let difference = line.found - grams;
        if difference > Grams::ZERO {
            entries.push(Entry { lot: line.lot, from: variance, to: command.place, grams: difference });
        } else if difference < Grams::ZERO {
            entries.push(Entry { lot: line.lot, from: command.place, to: variance, grams: -difference });
        }
        if difference != Grams::ZERO {
            variances.push(Variance { lot: line.lot, grams: difference });
            let act = Act::new("stock.count", "lot", line.lot.uuid())
                .detail(json!({ "found": line.found, "ledger": grams, "place": command.place }))
                .on_behalf_of(held.on_behalf);
            audit::record(tx, cx, act).await?;
        }
        last = Some(lot);
    }
    let movement = if entries.is_empty() {
        None
    } else {
        let posting = post::Posting {
            coordination,
            cause: Cause::Counted,
            structure: Some(held.structure),
            occurred_at: command.occurred_at,
            corrects: None,
            reason: None,
        };
        let posted = post::post(cx, tx, posting, &entries).await;
        Some(posted.map_err(|failure| failure.map_refusal(|why| CountRefused { lot: None, why }))?)
    };
    let act = Act::new("stock.count", "place", command.place.uuid())
        .detail(json!({ "lots": command.lots.len(), "differences": variances.len(), "movement": movement }))
        .on_behalf_of(held.on_behalf);
    audit::record(tx, cx, act).await?;
    if let Some(lot) = last {
        tell_on_behalf(cx, tx, held.on_behalf, &lot).await?;
    }
    Ok(Outcome { movement, variances })
}
