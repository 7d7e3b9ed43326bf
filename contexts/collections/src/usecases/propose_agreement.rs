//! A donor or an association proposes an agreement; the proposer's side has then accepted it.

use audit::Act;
use chrono::NaiveDate;
use kernel::{CoordinationId, Cx, Failure, StructureId};
use network::queries as net;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Begin, Db, Tx};

use super::{name_of, tell};
use crate::agreement::{Agreement, AgreementId, LONGEST_ASK_MINUTES, Standing};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct ProposeAgreement {
    /// Who gives.
    pub donor: StructureId,
    /// Who is asked first.
    pub partner: StructureId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// For how long the partner is asked before the others, in minutes.
    pub first_ask_minutes: i64,
    /// What else was agreed.
    pub notes: String,
}

/// What was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// The agreement.
    pub agreement: AgreementId,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementRefused {
    /// A structure agrees with somebody else.
    SameStructure,
    /// It ends before it begins, or is past.
    Dates,
    /// The delay is not between zero and two days.
    Delay,
    /// The two have one already.
    ThereAlready,
}

/// Proposes an agreement.
///
/// # Errors
/// [`AgreementRefused`]; forbidden to whoever acts for neither side; not found where one of them takes no part in the
/// coordination.
pub async fn run(cx: &Cx, db: &Db, command: ProposeAgreement) -> Result<Proposed, Failure<AgreementRefused>> {
    let mut tx = match db.begin(cx, "collections.propose_agreement", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let proposed = within(cx, &mut tx, &command).await?;
    Ok(tx.done(proposed).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(
    cx: &Cx,
    tx: &mut Tx,
    command: &ProposeAgreement,
) -> Result<Proposed, Failure<AgreementRefused>> {
    let coordination: CoordinationId = cx.coordination.ok_or(Failure::Forbidden)?;
    for side in [command.donor, command.partner] {
        net::member(tx, coordination, side).await?.ok_or(Failure::NotFound)?;
    }
    let (donor, partner) = (cx.viewer.leads(command.donor), cx.viewer.leads(command.partner));
    // A facilitator may write the proposal down, and neither side has accepted anything by that.
    if !donor && !partner {
        access::facilitating(cx)?;
    }
    check(cx, command).map_err(Failure::Refused)?;
    let known = rows::agreements_of_donor(tx, coordination, command.donor).await?;
    let today = cx.today();
    if known.iter().any(|one| one.partner == command.partner && one.standing(today) != Standing::Ended) {
        return Err(Failure::Refused(AgreementRefused::ThereAlready));
    }
    let agreement = Agreement {
        id: AgreementId::new(cx),
        coordination,
        donor: command.donor,
        partner: command.partner,
        starts_on: command.starts_on,
        ends_on: command.ends_on,
        first_ask_minutes: command.first_ask_minutes,
        notes: command.notes.clone(),
        donor_accepted_at: donor.then(|| cx.now()),
        partner_accepted_at: partner.then(|| cx.now()),
        ended_at: None,
        version: 1,
    };
    rows::insert_agreement(tx, &agreement, cx.now()).await?;
    let mut act = Act::new("collections.propose_agreement", "agreement", agreement.id.uuid()).detail(
        json!({ "donor": command.donor, "partner": command.partner, "minutes": command.first_ask_minutes }),
    );
    if !donor && !partner {
        act = act.facilitation();
    }
    audit::record(tx, cx, act).await?;
    let asked: Vec<StructureId> =
        [command.donor, command.partner].into_iter().filter(|side| agreement.awaits(*side, today)).collect();
    let args = vec![
        ("donor".to_owned(), name_of(tx, command.donor).await?.into()),
        ("partner".to_owned(), name_of(tx, command.partner).await?.into()),
    ];
    tell(cx, tx, &asked, true, "collections-told-agreement", args, "/conventions".to_owned()).await?;
    Ok(Proposed { agreement: agreement.id })
}

fn check(cx: &Cx, command: &ProposeAgreement) -> Result<(), AgreementRefused> {
    if command.donor == command.partner {
        return Err(AgreementRefused::SameStructure);
    }
    if command.ends_on.is_some_and(|end| end < command.starts_on || end < cx.today()) {
        return Err(AgreementRefused::Dates);
    }
    if !(0..=LONGEST_ASK_MINUTES).contains(&command.first_ask_minutes) {
        return Err(AgreementRefused::Delay);
    }
    Ok(())
}
