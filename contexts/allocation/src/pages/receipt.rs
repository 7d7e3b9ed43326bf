//! « À la réception »: what was handed over of what was proposed, and what the receiver has to say of it, in two taps.

use ::store::Conn;
use i18n::Words;
use kernel::Grams;
use web::{Choice, Field, Form, Kind, Problem, Visit};

use super::handover::DIFFERENCES;
use super::shown::{ShownLine, Speaking};
use crate::line::{Line, LineState};
use crate::usecases::note_receipt::NoteReceipt;

/// What the papers say of a line: how much was handed over, and why it differs.
#[derive(Clone, Default)]
pub(super) struct Handed {
    pub grams: Grams,
    pub reason: String,
}

/// A line of the form.
pub(super) struct ReceiptLine {
    pub name: String,
    pub kg: Field,
    pub reason: Field,
}

/// What was handed over of each line, off its paper; none while it was not.
pub(super) async fn handed(conn: &mut Conn, lines: &[Line]) -> Result<Vec<Option<Handed>>, Problem> {
    let mut papers: Vec<collections::Handover> = Vec::new();
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(id) = line.handover.filter(|_| line.state == LineState::HandedOver) else {
            found.push(None);
            continue;
        };
        if !papers.iter().any(|paper| paper.id == id)
            && let Some(paper) = collections::queries::handover(conn, id).await?
        {
            papers.push(paper);
        }
        let held =
            line.reservation.map(stock::ReservationId::uuid).or(line.hold.map(collections::HoldId::uuid));
        let of = papers
            .iter()
            .filter(|paper| paper.id == id)
            .flat_map(|paper| &paper.lines)
            .find(|listed| listed.reservation == held);
        found.push(of.map(|listed| Handed {
            grams: listed.accepted.unwrap_or_default(),
            // A slip keeps the code of its reason, which its own page translates.
            reason: listed.difference_reason.clone().filter(|_| line.offer.is_none()).unwrap_or_default(),
        }));
    }
    Ok(found)
}

/// The form; none where nothing was handed over.
pub(super) fn form(
    visit: &Visit,
    speaking: &Speaking,
    lines: &[Line],
    handed: &[Option<Handed>],
) -> Option<Form> {
    let words = &visit.words;
    let mut form = Form::new(visit);
    let mut any = false;
    let mut cold = false;
    for (line, handed) in lines.iter().zip(handed) {
        let Some(handed) = handed else { continue };
        any = true;
        let lot = speaking.inputs.lots.iter().find(|lot| lot.lot == line.lot);
        cold |= line.offer.is_none() && lot.is_some_and(|lot| lot.temperature.threshold_tenths().is_some());
        let grams = line.received.as_ref().map_or(handed.grams, |(grams, _)| *grams);
        let mut reasons = vec![Choice::new("", words.t("allocation-difference-none"))];
        reasons.extend(DIFFERENCES.map(|(code, key)| Choice::new(code, words.t(key))));
        form = form
            .with(
                Field::new(Kind::Number, &format!("kg-{}", line.id), words.t("allocation-field-received"))
                    .required()
                    .suffix(words.t("allocation-kg"))
                    .value(words.mass_for_input(grams)),
            )
            .with(
                Field::new(Kind::Select, &format!("motif-{}", line.id), words.t("allocation-field-why"))
                    .options(reasons)
                    .value(line.received.as_ref().map(|(_, code)| code.clone()).unwrap_or_default()),
            );
    }
    if cold {
        form = form
            .with(Field::new(Kind::Number, "temp", words.t("allocation-field-arrived")).suffix("°C"))
            .with(Field::text("froid", words.t("allocation-field-warm")));
    }
    any.then_some(form)
}

/// The lines of the form, beside what each is.
pub(super) fn lines_of(form: &Form, shown: &[ShownLine]) -> Vec<ReceiptLine> {
    shown
        .iter()
        .map(|line| ReceiptLine {
            name: line.lot.product.clone(),
            kg: form.f(&format!("kg-{}", line.id)),
            reason: form.f(&format!("motif-{}", line.id)),
        })
        .filter(|line| !line.kg.label.is_empty())
        .collect()
}

/// Reads the form: only what differs from what was handed over, or from what was said before, is said.
pub(super) fn read(
    words: &Words,
    form: &mut Form,
    share: crate::ShareId,
    lines: &[Line],
    handed: &[Option<Handed>],
) -> NoteReceipt {
    let mut command = NoteReceipt { share, arrived: None, received: Vec::new() };
    for (line, handed) in lines.iter().zip(handed) {
        let Some(handed) = handed else { continue };
        let name = format!("motif-{}", line.id);
        let Some(grams) = form.mass(&format!("kg-{}", line.id)) else { continue };
        let code = form.choice(&name).filter(|code| !code.is_empty());
        let said = line.received.as_ref().map(|(grams, _)| *grams);
        if grams == said.unwrap_or(handed.grams) && code.is_none() {
            continue;
        }
        match code {
            Some(code) => command.received.push((line.id, grams, code)),
            None => form.refuse(&name, words.t("allocation-unsignable-reason")),
        }
    }
    if !form.f("temp").label.is_empty()
        && let Some(tenths) = form.celsius("temp")
    {
        command.arrived = Some((tenths, form.free_text("froid", 200)));
    }
    command
}
