//! Both sides sign: what was accepted, at what temperature, by whom. The one legal moment of a hand-over.

use audit::Act;
use chrono::{DateTime, Utc};
use kernel::{Cx, Failure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stock::LotId;
use stock::usecases::note_temperature::{self, NoteTemperature};
use store::{Begin, Db, Tx};

use crate::handover::{
    Accepted, Handover, HandoverId, PaperKind, PaperState, Reading, Signature, Unsignable,
};
use crate::store as rows;

/// What a link to sign one paper is for; its subject is the paper.
pub const SIGN: &str = "collections.sign";

/// Who signs and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signing {
    /// Signed with a pen on the printed paper.
    pub on_paper: bool,
    /// Who signs for the giver.
    pub giver_name: Option<String>,
    /// What they drew.
    pub giver_signature: Option<Signature>,
    /// Who signs for the receiver.
    pub receiver_name: Option<String>,
    /// What they drew.
    pub receiver_signature: Option<Signature>,
}

impl Signing {
    /// Whether both sides signed: on paper, or each with a name. A drawing is welcome and never required, for not
    /// everybody can draw on a screen.
    #[must_use]
    pub fn is_by_both(&self) -> bool {
        let named = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.trim().is_empty());
        self.on_paper || (named(&self.giver_name) && named(&self.receiver_name))
    }
}

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Sign {
    /// Which paper.
    pub handover: HandoverId,
    /// The version it was read at; the act that prepares and signs at once gives 1.
    pub version: i64,
    /// What was accepted of each line.
    pub accepted: Vec<Accepted>,
    /// Who signs.
    pub signing: Signing,
    /// The temperatures read.
    pub readings: Vec<Reading>,
    /// When the goods changed hands, where that was not now.
    pub handed_at: Option<DateTime<Utc>>,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The paper.
    pub handover: HandoverId,
    /// Its number.
    pub reference: String,
}

/// Signs a paper that was prepared before.
///
/// # Errors
/// [`Unsignable`]; conflict where it changed since `version`; forbidden to whoever belongs to neither side, holds no link
/// to sign it and does not facilitate, and to everybody for a delivery note: what it lists moves in the same act, which is
/// the allocation's.
pub async fn run(cx: &Cx, db: &Db, command: Sign) -> Result<Signed, Failure<Unsignable>> {
    let mut tx = match db.begin(cx, "collections.sign_handover", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let paper = rows::handover(&mut tx, command.handover).await?.ok_or(Failure::NotFound)?;
    if paper.kind == PaperKind::DeliveryNote {
        return Err(Failure::Forbidden);
    }
    let signed = within(cx, &mut tx, &command).await?;
    Ok(tx.done(signed).await?)
}

/// The same within another act.
///
/// # Errors
/// As [`run`].
pub async fn within(cx: &Cx, tx: &mut Tx, command: &Sign) -> Result<Signed, Failure<Unsignable>> {
    let mut paper = rows::lock_handover(tx, command.handover).await?.ok_or(Failure::NotFound)?;
    let part = cx.viewer.belongs_to(paper.giver) || cx.viewer.belongs_to(paper.receiver);
    let facilitates = cx.viewer.is_machine() || cx.viewer.facilitates(paper.coordination);
    if !part && !facilitates && !cx.viewer.holds_link(SIGN, paper.id.uuid()) {
        return Err(Failure::Forbidden);
    }
    if paper.state == PaperState::Prepared && paper.version != command.version + 1 {
        return Err(Failure::Conflict);
    }
    paper
        .may_sign(&command.accepted, &command.readings, command.signing.is_by_both())
        .map_err(Failure::Refused)?;
    let handed_at = command.handed_at.filter(|at| *at <= cx.now()).unwrap_or_else(|| cx.now());
    sign(&mut paper, command, handed_at);
    rows::save_signed(tx, &paper).await?;
    for reading in &command.readings {
        note(cx, tx, &paper, reading).await?;
    }
    let behalf = (!part && cx.viewer.facilitates(paper.coordination)).then_some(paper.receiver);
    let act = Act::new("collections.sign_handover", "handover", paper.id.uuid())
        .detail(json!({
            "reference": paper.reference, "proposed": paper.proposed(), "accepted": paper.accepted(),
            "on_paper": paper.on_paper, "readings": command.readings,
        }))
        .on_behalf_of(behalf);
    audit::record(tx, cx, act).await?;
    Ok(Signed { handover: paper.id, reference: paper.reference })
}

/// Keeps a reading with its lot. What was left on the spot has no lot; its reading stays in the trail.
async fn note(cx: &Cx, tx: &mut Tx, paper: &Handover, reading: &Reading) -> Result<(), Failure<Unsignable>> {
    let lot = paper.lines.iter().find(|line| line.rank == reading.rank).and_then(|line| line.lot);
    let Some(lot) = lot else { return Ok(()) };
    let command = NoteTemperature {
        lot: LotId(lot),
        subject: paper.id.uuid(),
        moment: reading.moment,
        tenths: reading.tenths,
        reason: reading.reason.clone(),
    };
    match note_temperature::within(cx, tx, &command).await {
        Ok(_noted) => Ok(()),
        Err(failure) => {
            Err(failure.map_refusal(|_too_hot| Unsignable::TooWarm { rank: reading.rank, threshold: 0 }))
        }
    }
}

fn sign(paper: &mut Handover, command: &Sign, handed_at: DateTime<Utc>) {
    for line in &mut paper.lines {
        if let Some(said) = command.accepted.iter().find(|said| said.rank == line.rank) {
            line.accepted = Some(said.grams);
            line.difference_reason = said.reason.clone().filter(|_| said.grams != line.proposed);
        }
    }
    paper.state = PaperState::Signed;
    paper.handed_at = Some(handed_at);
    paper.on_paper = command.signing.on_paper;
    paper.giver_name = command.signing.giver_name.clone();
    paper.giver_signature = command.signing.giver_signature.clone();
    paper.receiver_name = command.signing.receiver_name.clone();
    paper.receiver_signature = command.signing.receiver_signature.clone();
}
