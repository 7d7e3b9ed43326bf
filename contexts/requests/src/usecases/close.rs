//! Takes a request back. What was already handed over stays written; the rest is no longer asked for.

use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};
use store::{Begin, Db, Tx};

use super::{Refused, tell_on_behalf};
use crate::request::{CloseReason, Request, RequestId};
use crate::store as rows;

/// Which request is taken back.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Close {
    /// The request.
    pub request: RequestId,
}

/// It is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Its number on paper.
    pub reference: String,
}

/// Takes it back, once per command key.
///
/// # Errors
/// [`Refused::Over`] where it is over already.
pub async fn run(cx: &Cx, db: &Db, command: Close) -> Result<Closed, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.close", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let closed = within(cx, &mut tx, command).await?;
    Ok(tx.done(closed).await?)
}

/// Takes it back, in somebody's transaction.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: Close) -> Result<Closed, Failure<Refused>> {
    let before = rows::lock(tx, command.request).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of = access::acting_in(cx, before.structure, before.coordination)?;
    if before.closed.is_some() {
        return Err(Failure::Refused(Refused::Over));
    }
    let after = Request { closed: Some(CloseReason::Withdrawn), ..before.clone() };
    rows::save(tx, &after).await?;
    let act = audit::Act::new("requests.close", "request", before.id.uuid()).on_behalf_of(on_behalf_of);
    audit::record(tx, cx, act).await?;
    let link = format!("/demandes/{}", before.id);
    tell_on_behalf(cx, tx, on_behalf_of, "requests-told-closed-for", &before.reference, link).await?;
    Ok(Closed { reference: before.reference })
}
