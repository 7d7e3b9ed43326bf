//! Whoever holds an invitation's link comes in: the link is used up, a session opens.

use audit::Act;
use kernel::secret::Token;
use kernel::{Cx, Failure, Never, PersonId};
use store::Db;

use crate::usecases::invite_person::PURPOSE;

/// Opens a session for the person the link is about.
///
/// # Errors
/// Forbidden to whoever does not hold that link; not found where the person is no more.
pub async fn run(cx: &Cx, db: &Db, person: PersonId, shared_computer: bool) -> Result<Token, Failure<Never>> {
    if !cx.viewer.holds_link(PURPOSE, person.uuid()) {
        return Err(Failure::Forbidden);
    }
    let mut tx = db.write().await?;
    accounts::people::person(&mut tx, person).await?.ok_or(Failure::NotFound)?;
    // Two presses of the button at once: only one finds the link still good.
    if accounts::links::revoke(&mut tx, cx, PURPOSE, person.uuid()).await? == 0 {
        return Err(Failure::Forbidden);
    }
    let token = accounts::sessions::open(&mut tx, cx, person, shared_computer).await?;
    audit::record(&mut tx, cx, Act::new("network.accept_invitation", "person", person.uuid())).await?;
    tx.commit().await?;
    Ok(token)
}
