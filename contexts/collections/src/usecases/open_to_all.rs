//! The partner's delay is over: the others are told of what is left.

use audit::Act;
use kernel::{Cx, Failure, Never};
use store::Db;

use super::announce;
use crate::collection::{CollectionId, State};
use crate::store as rows;

/// Opens an offer to the others, once its partner's delay is over or the partner let go. Done by the machine; twice does
/// nothing more than once, for what was opened waits for nobody any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn run(cx: &Cx, db: &Db, id: CollectionId) -> Result<bool, Failure<Never>> {
    let mut tx = db.write().await?;
    let Some(collection) = rows::lock_collection(&mut tx, id).await? else { return Ok(false) };
    let waits = collection.first_ask.is_some_and(|ask| ask.holds_others(cx.now()));
    if waits || collection.state != State::Published || !collection.free().is_positive() {
        tx.rollback().await?;
        return Ok(false);
    }
    let mut cx = cx.clone();
    cx.coordination = Some(collection.coordination);
    announce::everybody(&cx, &mut tx, &collection).await?;
    audit::record(&mut tx, &cx, Act::new("collections.open_to_all", "collection", id.uuid())).await?;
    tx.commit().await?;
    Ok(true)
}
