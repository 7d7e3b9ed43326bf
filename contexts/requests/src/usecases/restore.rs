//! Puts back a request that was taken back by mistake, as long as its day has not passed.

use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};
use store::{Begin, Db};

use super::{Refused, tell_on_behalf};
use crate::request::{self, CloseReason, Request, RequestId};
use crate::store as rows;

/// Which request is put back.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Restore {
    /// The request.
    pub request: RequestId,
}

/// It is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Its number on paper.
    pub reference: String,
}

/// Puts it back, once per command key.
///
/// # Errors
/// [`Refused::Over`] where it was not taken back but served or expired; a day that is past.
pub async fn run(cx: &Cx, db: &Db, command: Restore) -> Result<Restored, Failure<Refused>> {
    let mut tx = match db.begin(cx, "requests.restore", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let before = rows::lock(&mut tx, command.request).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of = access::acting_in(cx, before.structure, before.coordination)?;
    if before.closed != Some(CloseReason::Withdrawn) {
        return Err(Failure::Refused(Refused::Over));
    }
    request::check_day(before.needed_on, cx.today())?;
    let after = Request { closed: None, confirmed_at: cx.now(), ..before.clone() };
    rows::save(&mut tx, &after).await?;
    let act = audit::Act::new("requests.restore", "request", before.id.uuid()).on_behalf_of(on_behalf_of);
    audit::record(&mut tx, cx, act).await?;
    let link = format!("/demandes/{}", before.id);
    tell_on_behalf(cx, &mut tx, on_behalf_of, "requests-told-restored-for", &before.reference, link).await?;
    Ok(tx.done(Restored { reference: before.reference }).await?)
}
