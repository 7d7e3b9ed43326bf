//! The partner's delay is over: the others are told of what is left.

use audit::Act;
use kernel::{Cx, Failure, Never};
use store::Db;

use super::announce;
use crate::collection::{CollectionId, State};
use crate::store as rows;

/// Opens an offer to the others, once its partner's delay is over. Done by the machine; what the partner's own answer
/// has opened, or what was opened already, waits for nobody any more and is not announced again.
///
/// # Errors
/// When the database cannot be written.
pub async fn run(cx: &Cx, db: &Db, id: CollectionId) -> Result<bool, Failure<Never>> {
    let mut tx = db.write().await?;
    let Some(collection) = rows::lock_collection(&mut tx, id).await? else { return Ok(false) };
    let over = collection.first_ask.and_then(|ask| ask.until).is_some_and(|until| until <= cx.now());
    if !over || collection.state != State::Published || !collection.free().is_positive() {
        tx.rollback().await?;
        return Ok(false);
    }
    let mut cx = cx.clone();
    cx.coordination = Some(collection.coordination);
    rows::open_to_others(&mut tx, id).await?;
    announce::everybody(&cx, &mut tx, &collection).await?;
    audit::record(&mut tx, &cx, Act::new("collections.open_to_all", "collection", id.uuid())).await?;
    tx.commit().await?;
    Ok(true)
}
