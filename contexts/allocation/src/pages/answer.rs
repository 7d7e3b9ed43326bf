//! A structure's answer: what is proposed, take it all in one tap, or say line by line; with or without an account.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use web::{Answer, Choice, Form, Input, Notice, Problem, Shell, Visit, page};

use super::fetch::{self, Fetch};
use super::receipt::{self, ReceiptLine};
use super::shown::{self, ShownLine, Speaking};
use crate::line::{LineState, RefusalReason};
use crate::queries;
use crate::run::{Run, RunState};
use crate::share::{Share, ShareId};
use crate::usecases::answer::{self, PURPOSE};
use crate::usecases::note_receipt;

#[derive(Template)]
#[template(path = "allocation/answer.html")]
struct AnswerPage {
    shell: Shell,
    words: Words,
    structure: String,
    title: String,
    until: String,
    action: String,
    receipt_action: String,
    why: String,
    key: String,
    waiting: Vec<ShownLine>,
    answered: Vec<ShownLine>,
    /// Lines already taken that may still be refused.
    changeable: Vec<ShownLine>,
    /// Where and when what was taken is fetched.
    fetches: Vec<Fetch>,
    /// Whether the facilitator who reads this may still adjust each line.
    adjustable: bool,
    run: String,
    run_name: String,
    open: bool,
    reasons: Vec<Choice>,
    total: String,
    /// What the receiver may say of what was handed over.
    receipt: Option<Form>,
    receipt_lines: Vec<ReceiptLine>,
    /// Whether some of it is kept cold, so that the temperature on arrival is asked.
    arrives_cold: bool,
}

/// The share, where the viewer may see it: its structure's people, its link's holder, those who facilitate.
pub(super) async fn seen(
    conn: &mut ::store::Conn,
    visit: &Visit,
    id: ShareId,
) -> Result<(Share, Run), Problem> {
    let share = queries::share(conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let run = queries::run(conn, share.run).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    if viewer.holds_link(PURPOSE, id.uuid()) {
        return Ok((share, run));
    }
    visit.known()?;
    let told = run.state != RunState::Proposed;
    if (viewer.belongs_to(share.structure) && told) || viewer.facilitates(run.coordination) {
        return Ok((share, run));
    }
    Err(Problem::NOT_FOUND)
}

/// What is proposed.
pub(super) async fn show(visit: Visit, Path(id): Path<ShareId>) -> Answer {
    render(&visit, id, StatusCode::OK, None).await
}

async fn render(visit: &Visit, id: ShareId, status: StatusCode, sent: Option<Form>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (share, run) = seen(&mut conn, visit, id).await?;
    let speaking = Speaking::open(&mut conn, visit, &run).await?;
    let lines = queries::lines_for(&mut conn, run.id, share.structure).await?;
    let mut gate = access::Gate::new(&visit.cx, "page");
    let structure = shown::name_of_share(&mut conn, &mut gate, visit, &share).await?;
    let words = visit.words.clone();
    let open = run.state == RunState::Validated;
    let total = lines
        .iter()
        .filter(|line| !matches!(line.state, LineState::Refused | LineState::NotHandedOver))
        .map(|line| line.grams)
        .sum();
    let handed = receipt::handed(&mut conn, &lines).await?;
    let receipt = sent.or_else(|| receipt::form(visit, &speaking, &lines, &handed));
    let (waiting, answered): (Vec<_>, Vec<_>) = lines
        .iter()
        .filter(|line| line.grams.is_positive())
        .partition(|line| line.state == LineState::Proposed && open);
    let facilitates = visit.cx.viewer.facilitates(run.coordination);
    let changeable = answered.iter().filter(|line| open && line.state == LineState::Accepted);
    let changeable = changeable.filter_map(|line| speaking.line(line)).collect();
    let fetches = fetch::places(&mut conn, &speaking, &lines).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let carried = shown::carried(visit, id.uuid());
    let answered: Vec<ShownLine> = answered
        .into_iter()
        .filter_map(|line| {
            let at = lines.iter().position(|one| one.id == line.id)?;
            let handed = handed.get(at).cloned().flatten().filter(|handed| handed.grams != line.grams);
            let mut shown = speaking.line(line)?;
            if let Some(handed) = handed {
                let mass = words.mass(handed.grams);
                shown.handed = match handed.reason.is_empty() {
                    true => words.t1("allocation-handed-instead", "mass", mass),
                    false => words.t2("allocation-handed-instead-why", "mass", mass, "reason", handed.reason),
                };
            }
            Some(shown)
        })
        .collect();
    let template = AnswerPage {
        shell: visit.shell("allocation"),
        structure,
        title: words.t1("allocation-answer-title", "day", words.date(run.day)),
        until: share
            .answer_until
            .filter(|_| !waiting.is_empty())
            .map(|until| words.t1("allocation-answer-until", "moment", words.moment(until)))
            .unwrap_or_default(),
        action: format!("/attributions/reponse/{id}{carried}"),
        receipt_action: format!("/attributions/reponse/{id}/recu{carried}"),
        why: format!("/attributions/pourquoi/{id}{carried}"),
        key: visit.new_key(),
        waiting: waiting.into_iter().filter_map(|line| speaking.line(line)).collect(),
        receipt_lines: receipt.as_ref().map(|form| receipt::lines_of(form, &answered)).unwrap_or_default(),
        arrives_cold: receipt.as_ref().is_some_and(|form| !form.f("temp").label.is_empty()),
        receipt,
        answered,
        changeable,
        fetches,
        adjustable: run.state == RunState::Proposed && facilitates,
        run: if visit.known().is_ok() && carried.is_empty() {
            format!("/attributions/{}", run.id)
        } else {
            String::new()
        },
        run_name: words.t1("allocation-run-title", "day", words.date(run.day)),
        open,
        reasons: RefusalReason::ALL.into_iter().map(|r| Choice::new(r.code(), words.t(r.key()))).collect(),
        total: words.mass(total),
        words,
    };
    Ok(page(status, &template))
}

/// What the receiver found on arrival.
pub(super) async fn receipt(visit: Visit, Path(id): Path<ShareId>, input: Input) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let (share, run) = seen(&mut conn, &visit, id).await?;
    let speaking = Speaking::open(&mut conn, &visit, &run).await?;
    let lines = queries::lines_for(&mut conn, run.id, share.structure).await?;
    let handed = receipt::handed(&mut conn, &lines).await?;
    drop(conn);
    let mut form = receipt::form(&visit, &speaking, &lines, &handed).ok_or(Problem::NOT_FOUND)?;
    form.fill(&input);
    let command = receipt::read(&visit.words, &mut form, share.id, &lines, &handed);
    if !form.is_sound() {
        return render(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(form)).await;
    }
    let back = format!("/attributions/reponse/{id}{}", shown::carried(&visit, id.uuid()));
    if command.arrived.is_none() && command.received.is_empty() {
        return Ok(visit.lead_to(&back, Notice::info("allocation-notice-nothing-answered")));
    }
    match note_receipt::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(&back, Notice::done("allocation-notice-received"))),
        Err(failure) => {
            let refused = web::refusal(failure)?;
            let field = if form.f("temp").label.is_empty() { "" } else { "froid" };
            form.refuse(field, shown::refusal(&visit.words, &refused));
            render(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(form)).await
        }
    }
}

/// The answer: « tout » takes everything; otherwise each line says `oui` or `non` and why.
pub(super) async fn post(visit: Visit, Path(id): Path<ShareId>, input: Input) -> Answer {
    let (share, lines) = {
        let mut conn = visit.app.db.read().await?;
        let (share, run) = seen(&mut conn, &visit, id).await?;
        let lines = queries::lines_for(&mut conn, run.id, share.structure).await?;
        (share, lines)
    };
    let mut command = answer::Answer { share: share.id, accepted: Vec::new(), refused: Vec::new() };
    let all = input.get("tout").is_some();
    for line in &lines {
        match input.get(&format!("ligne-{}", line.id)) {
            Some("non") if !all => {
                let reason = input.get(&format!("raison-{}", line.id)).and_then(RefusalReason::from_code);
                command.refused.push((line.id, reason.unwrap_or(RefusalReason::Unsaid).code()));
            }
            Some("oui") => command.accepted.push(line.id),
            _ if all && line.state == LineState::Proposed && line.grams.is_positive() => {
                command.accepted.push(line.id);
            }
            _ => {}
        }
    }
    let back = format!("/attributions/reponse/{id}{}", shown::carried(&visit, id.uuid()));
    if command.accepted.is_empty() && command.refused.is_empty() {
        return Ok(visit.lead_to(&back, Notice::info("allocation-notice-nothing-answered")));
    }
    match answer::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(answered) if answered.refused == 0 => {
            Ok(visit.lead_to(&back, Notice::done("allocation-notice-accepted")))
        }
        Ok(_) => Ok(visit.lead_to(&back, Notice::done("allocation-notice-answered"))),
        Err(failure) => {
            let text = shown::refusal(&visit.words, &web::refusal(failure)?);
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-said").with("text", text)))
        }
    }
}
