//! One side ends an agreement, or declines a proposal; the other is told why.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::{name_of, tell};
use crate::agreement::{AgreementId, Standing};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct EndAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
    /// Why.
    pub reason: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndRefused {
    /// It is over already.
    Ended,
    /// No reason was given.
    ReasonMissing,
}

/// Ends an agreement from today.
///
/// # Errors
/// [`EndRefused`]; forbidden to whoever leads neither side.
pub async fn run(cx: &Cx, db: &Db, command: EndAgreement) -> Result<(), Failure<EndRefused>> {
    let mut tx = match db.begin(cx, "collections.end_agreement", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    within(cx, &mut tx, &command).await?;
    Ok(tx.done(()).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &EndAgreement) -> Result<(), Failure<EndRefused>> {
    let mut agreement = rows::lock_agreement(tx, command.agreement).await?.ok_or(Failure::NotFound)?;
    let (donor, partner) = (cx.viewer.leads(agreement.donor), cx.viewer.leads(agreement.partner));
    if !donor && !partner {
        let part = cx.viewer.belongs_to(agreement.donor) || cx.viewer.belongs_to(agreement.partner);
        return Err(if part { Failure::Forbidden } else { Failure::NotFound });
    }
    if agreement.standing(cx.today()) == Standing::Ended {
        return Err(Failure::Refused(EndRefused::Ended));
    }
    if command.reason.trim().is_empty() {
        return Err(Failure::Refused(EndRefused::ReasonMissing));
    }
    agreement.ended_at = Some(cx.now());
    rows::save_agreement(tx, &agreement).await?;
    let act = Act::new("collections.end_agreement", "agreement", agreement.id.uuid())
        .reason(command.reason.clone());
    audit::record(tx, cx, act).await?;
    let other = if donor { agreement.partner } else { agreement.donor };
    let args = vec![
        ("donor".to_owned(), name_of(tx, agreement.donor).await?.into()),
        ("partner".to_owned(), name_of(tx, agreement.partner).await?.into()),
        ("reason".to_owned(), command.reason.clone().into()),
    ];
    tell(cx, tx, &[other], true, "collections-told-agreement-ended", args, "/conventions".to_owned()).await?;
    Ok(())
}
