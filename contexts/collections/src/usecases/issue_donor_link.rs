//! A donor gets a link of its own: whoever holds it posts for that donor, without an account, and nothing else.

use accounts::links::{self, NewLink};
use audit::Act;
use chrono::Duration;
use kernel::{Cx, Failure, Never, StructureId};
use network::queries as net;
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::POST_FOR_DONOR;

/// How long a donor's link lives: a year, after which somebody asks whether it still serves.
const VALID_FOR: Duration = Duration::days(365);

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct IssueDonorLink {
    /// For which donor.
    pub donor: StructureId,
}

/// Issues the link and gives its path. Links given before stop working, so that one lost paper opens nothing. Sent
/// twice, the same act gives no path the second time: it was shown once and is not kept.
///
/// # Errors
/// Forbidden to whoever neither acts for the donor nor facilitates.
pub async fn run(cx: &Cx, db: &Db, command: IssueDonorLink) -> Result<Option<String>, Failure<Never>> {
    let mut tx = match db.begin::<()>(cx, "collections.issue_donor_link", &command).await? {
        Begin::Again(()) => return Ok(None),
        Begin::First(tx) => tx,
    };
    let path = within(cx, &mut tx, &command).await?;
    tx.done(()).await?;
    Ok(Some(path))
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &IssueDonorLink) -> Result<String, Failure<Never>> {
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let behalf = access::speaking(cx, command.donor)?;
    let member = net::member(tx, coordination, command.donor).await?.ok_or(Failure::NotFound)?;
    links::revoke(tx, cx, POST_FOR_DONOR, command.donor.uuid()).await?;
    let link = NewLink {
        purpose: POST_FOR_DONOR,
        subject: command.donor.uuid(),
        structure: Some(command.donor),
        person: None,
        label: member.name,
        valid_for: VALID_FOR,
    };
    let path = links::issue(tx, cx, link).await?;
    let act =
        Act::new("collections.issue_donor_link", "structure", command.donor.uuid()).on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(path)
}
