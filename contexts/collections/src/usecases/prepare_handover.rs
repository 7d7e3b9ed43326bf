//! A paper is made ready: who gives what to whom. Used here for slips and by the allocation for delivery notes.

use audit::Act;
use chrono::{Datelike as _, NaiveDate};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Failure, Grams, Never, StructureId};
use serde::Serialize;
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use crate::handover::{Handover, HandoverId, Line, PaperKind, PaperState};
use crate::store as rows;

/// What is asked.
#[derive(Clone, Debug, Serialize)]
pub struct PrepareHandover {
    /// In which coordination.
    pub coordination: CoordinationId,
    /// What paper.
    pub kind: PaperKind,
    /// Who gives.
    pub giver: StructureId,
    /// Who receives.
    pub receiver: StructureId,
    /// What it is about: a hold, an allocation run.
    pub subject: Uuid,
    /// What it lists, in order.
    pub lines: Vec<NewLine>,
}

/// One line to be.
#[derive(Clone, Debug, Serialize)]
pub struct NewLine {
    /// The lot, where it is one.
    pub lot: Option<Uuid>,
    /// The reservation it fulfils.
    pub reservation: Option<Uuid>,
    /// What it is, in words.
    pub product: String,
    /// Its family.
    pub family: FamilyCode,
    /// How cold it is kept.
    pub temperature: TemperatureClass,
    /// The lot number printed on it.
    pub lot_number: Option<String>,
    /// What its date means.
    pub date_kind: DateKind,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// How much is proposed.
    pub proposed: Grams,
}

/// Prepares a paper within the act that moves the goods, and gives its id and number.
///
/// # Errors
/// Forbidden to whoever belongs to neither side and does not facilitate.
pub async fn within(cx: &Cx, tx: &mut Tx, command: &PrepareHandover) -> Result<HandoverId, Failure<Never>> {
    let part = cx.viewer.belongs_to(command.giver) || cx.viewer.belongs_to(command.receiver);
    let facilitates = cx.viewer.is_machine() || cx.viewer.facilitates(command.coordination);
    if !part && !facilitates {
        return Err(Failure::Forbidden);
    }
    let prefix = match command.kind {
        PaperKind::Slip => "B",
        PaperKind::DeliveryNote => "BL",
    };
    let reference = network::next_reference(tx, command.coordination, prefix, cx.today().year()).await?;
    let paper = Handover {
        id: HandoverId::new(cx),
        reference,
        coordination: command.coordination,
        kind: command.kind,
        giver: command.giver,
        receiver: command.receiver,
        subject: command.subject,
        state: PaperState::Prepared,
        handed_at: None,
        giver_name: None,
        giver_signature: None,
        receiver_name: None,
        receiver_signature: None,
        on_paper: false,
        created_at: cx.now(),
        version: 1,
        lines: (1..)
            .zip(&command.lines)
            .map(|(rank, line)| Line {
                rank,
                lot: line.lot,
                reservation: line.reservation,
                product: line.product.clone(),
                family: line.family.clone(),
                temperature: line.temperature,
                lot_number: line.lot_number.clone(),
                date_kind: line.date_kind,
                date: line.date,
                proposed: line.proposed,
                accepted: None,
                difference_reason: None,
            })
            .collect(),
    };
    rows::insert_handover(tx, &paper).await?;
    let act = Act::new("collections.prepare_handover", "handover", paper.id.uuid())
        .detail(json!({ "reference": paper.reference, "proposed": paper.proposed() }));
    audit::record(tx, cx, act).await?;
    Ok(paper.id)
}
