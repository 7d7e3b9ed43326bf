//! Time passes: what nobody fetched expires, what was fetched is closed. Done by the machine, as often as one likes.

use audit::Act;
use kernel::{Cx, Failure, Grams, Never};
use serde_json::json;
use store::{Db, Tx};

use super::{args_of, page_of, set_aside, tell};
use crate::collection::{Collection, CollectionId};
use crate::hold::HoldState;
use crate::{queries, store as rows};

/// How many collections one transaction settles: short enough not to keep the writers waiting.
const AT_ONCE: i64 = 50;

/// Settles what is past and says how many collections changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Never>> {
    let mut changed = 0;
    let mut after = None;
    loop {
        let due = queries::due_to_lapse(&mut db.read().await?, cx.now(), after, AT_ONCE).await?;
        let Some(last) = due.last().copied() else { return Ok(changed) };
        let mut tx = db.write().await?;
        for (_, id) in due {
            changed += usize::from(settle(cx, &mut tx, id).await?);
        }
        tx.commit().await?;
        after = Some(last);
    }
}

async fn settle(cx: &Cx, tx: &mut Tx, id: CollectionId) -> Result<bool, store::Error> {
    let Some(seen) = rows::collection(tx, id).await? else { return Ok(false) };
    let holds = rows::holds_of(tx, id).await?;
    if seen.lapsed(holds, cx.now()).is_none() {
        return Ok(false);
    }
    let Some(collection) = rows::lock_collection(tx, id).await? else { return Ok(false) };
    let Some(lapse) = collection.lapsed(rows::holds_of(tx, id).await?, cx.now()) else { return Ok(false) };
    let mut cx = cx.clone();
    cx.coordination = Some(collection.coordination);
    let back = if lapse.drop_holds { drop_holds(&cx, tx, &collection).await? } else { Grams::ZERO };
    rows::save_state(tx, id, collection.taken - back, lapse.state, collection.state_reason.clone()).await?;
    let act = Act::new("collections.lapse", "collection", id.uuid())
        .detail(json!({ "state": lapse.state.code(), "left": collection.free() + back }));
    audit::record(tx, &cx, act).await?;
    if lapse.state == crate::collection::State::Expired {
        let args = args_of(tx, &collection).await?;
        tell(&cx, tx, &[collection.donor], false, "collections-told-expired", args, page_of(id)).await?;
    }
    Ok(true)
}

/// Ends the holds that nobody wrote a take-over for, and gives what they held.
async fn drop_holds(cx: &Cx, tx: &mut Tx, collection: &Collection) -> Result<Grams, store::Error> {
    let mut back = Grams::ZERO;
    let mut silent = Vec::new();
    for hold in rows::holds(tx, collection.id).await? {
        if matches!(hold.state, HoldState::Held | HoldState::Proposed) {
            rows::end_hold(tx, hold.id, HoldState::NotTaken, None, cx.now()).await?;
            set_aside::ended(cx, tx, hold.id).await?;
            back += hold.grams;
            if hold.state == HoldState::Held {
                silent.push(hold.structure);
            }
        }
    }
    let args = args_of(tx, collection).await?;
    tell(cx, tx, &silent, false, "collections-told-not-recorded", args, page_of(collection.id)).await?;
    Ok(back)
}
