//! Stops a lot everywhere: a recall, a doubt about safety.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{over_lot, reason_given, tell};
use crate::{LotId, Refusal, StateChange, store as rows};

/// Which lot, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Block {
    /// The lot.
    pub lot: LotId,
    /// Why.
    pub reason: String,
}

/// Does it as an act of its own.
///
/// # Errors
/// As [`within`]; forbidden to whoever neither holds some of the lot nor facilitates its coordination.
pub async fn run(cx: &Cx, db: &Db, command: Block) -> Result<(), Failure<Refusal>> {
    let mut tx = match db.begin(cx, "stock.block", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let lot = rows::lock_lot(&mut tx, command.lot).await?;
    over_lot(cx, &mut tx, &lot).await?;
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// Does it within a bigger act, which authorises. Everybody who holds some of the lot is told.
///
/// # Errors
/// [`Refusal`]: no reason, or a state out of which there is no such way.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Block) -> Result<(), Failure<Refusal>> {
    let reason = reason_given(&command.reason)?;
    let lot = rows::lock_lot(tx, command.lot).await?;
    let state = lot.state.after(StateChange::Block).map_err(Failure::Refused)?;
    rows::set_state(tx, lot.id, state, Some(&reason)).await?;
    let holders = rows::holders(tx, lot.id).await?;
    let others: Vec<_> = holders.into_iter().filter(|holder| !cx.viewer.acts_for(*holder)).collect();
    let act = Act::new("stock.block", "lot", lot.id.uuid())
        .detail(json!({ "from": lot.state, "to": state }))
        .reason(Some(reason))
        .on_behalf_of(others.first().copied().filter(|holder| super::in_place_of(cx, *holder).is_some()));
    audit::record(tx, cx, act).await?;
    tell(cx, tx, &others, "stock-told-blocked", &lot, true).await?;
    Ok(())
}
