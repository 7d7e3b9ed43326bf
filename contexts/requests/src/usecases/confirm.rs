//! Says that a request, or a standing request, is still right: by its structure, or by the holder of its link.

use kernel::uuid::Uuid;
use kernel::{Cx, Failure, Never};
use serde::{Deserialize, Serialize};
use store::{Begin, Db, Tx};

use crate::request::{Request, RequestId};
use crate::standing::{Standing, StandingId, StandingState};
use crate::store as rows;

/// The purpose of the personal link that confirms.
pub const PURPOSE: &str = "requests.confirm";

/// What is still right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// A request's id or a standing request's: the link names one thing and the person need not know which.
    pub subject: Uuid,
}

/// Confirms, once per command key.
///
/// # Errors
/// Not found where it is neither, or over; forbidden to whoever neither acts for the structure nor holds the link.
pub async fn run(cx: &Cx, db: &Db, command: Confirm) -> Result<(), Failure<Never>> {
    let mut tx = match db.begin(cx, "requests.confirm", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, command).await?;
    Ok(tx.done(()).await?)
}

/// Confirms, in somebody's transaction.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: Confirm) -> Result<(), Failure<Never>> {
    let held = cx.viewer.holds_link(PURPOSE, command.subject);
    if let Some(standing) = rows::hold_standing(tx, StandingId(command.subject)).await? {
        let on_behalf_of =
            if held { None } else { access::acting_in(cx, standing.structure, standing.coordination)? };
        if standing.state == StandingState::Closed {
            return Err(Failure::NotFound);
        }
        let version = standing.version;
        let after = Standing { confirmed_at: cx.now(), state: StandingState::Active, ..standing };
        rows::save_standing(tx, &after, version).await?;
        let act = audit::Act::new("requests.confirm", "standing_request", command.subject)
            .on_behalf_of(on_behalf_of);
        audit::record(tx, cx, act).await?;
        return Ok(());
    }
    let request = rows::lock(tx, RequestId(command.subject)).await?.ok_or(Failure::NotFound)?;
    let on_behalf_of =
        if held { None } else { access::acting_in(cx, request.structure, request.coordination)? };
    if request.closed.is_some() {
        return Err(Failure::NotFound);
    }
    rows::save(tx, &Request { confirmed_at: cx.now(), ..request }).await?;
    let act = audit::Act::new("requests.confirm", "request", command.subject).on_behalf_of(on_behalf_of);
    audit::record(tx, cx, act).await?;
    Ok(())
}
