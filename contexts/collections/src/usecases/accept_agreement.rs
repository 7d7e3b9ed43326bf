//! The lead of one side accepts an agreement as it is written.

use audit::Act;
use kernel::{Cx, Failure};
use serde::Serialize;
use store::{Begin, Db, Tx};

use super::{name_of, tell};
use crate::agreement::{AgreementId, Standing};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptAgreement {
    /// Which agreement.
    pub agreement: AgreementId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptRefused {
    /// It is over.
    Ended,
}

/// Accepts; an agreement that this side has accepted already stays as it is.
///
/// # Errors
/// [`AcceptRefused`]; forbidden to whoever leads neither side: nobody accepts in somebody's place.
pub async fn run(cx: &Cx, db: &Db, command: AcceptAgreement) -> Result<(), Failure<AcceptRefused>> {
    let mut tx = match db.begin(cx, "collections.accept_agreement", &command).await? {
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
pub async fn within(cx: &Cx, tx: &mut Tx, command: &AcceptAgreement) -> Result<(), Failure<AcceptRefused>> {
    let mut agreement = rows::lock_agreement(tx, command.agreement).await?.ok_or(Failure::NotFound)?;
    let (donor, partner) = (cx.viewer.leads(agreement.donor), cx.viewer.leads(agreement.partner));
    if !donor && !partner {
        let part = cx.viewer.belongs_to(agreement.donor) || cx.viewer.belongs_to(agreement.partner);
        return Err(if part { Failure::Forbidden } else { Failure::NotFound });
    }
    if agreement.standing(cx.today()) == Standing::Ended {
        return Err(Failure::Refused(AcceptRefused::Ended));
    }
    if donor {
        agreement.donor_accepted_at.get_or_insert(cx.now());
    }
    if partner {
        agreement.partner_accepted_at.get_or_insert(cx.now());
    }
    rows::save_agreement(tx, &agreement).await?;
    audit::record(tx, cx, Act::new("collections.accept_agreement", "agreement", agreement.id.uuid())).await?;
    let other = if donor { agreement.partner } else { agreement.donor };
    let args = vec![
        ("donor".to_owned(), name_of(tx, agreement.donor).await?.into()),
        ("partner".to_owned(), name_of(tx, agreement.partner).await?.into()),
    ];
    tell(cx, tx, &[other], true, "collections-told-agreement-accepted", args, "/conventions".to_owned())
        .await?;
    Ok(())
}
