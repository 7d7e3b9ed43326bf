//! « Remise »: the goods of one structure change hands. Differences in two taps, temperatures, two signatures.

use ::store::Conn;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use collections::HandoverId;
use collections::handover::{Accepted, Handover, PaperState, Reading, Signature, Unsignable};
use collections::usecases::sign_handover::Signing;
use i18n::Words;
use kernel::{Failure, Grams, StructureId};
use stock::usecases::note_temperature::Moment;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::shown;
use crate::line::LineState;
use crate::papers;
use crate::queries;
use crate::run::{Run, RunId, RunState};
use crate::usecases::{Refused, hand_over, prepare_note};

/// Why less was handed over, in words to tap: what is sent, and its text.
pub(super) const DIFFERENCES: [(&str, &str); 5] = [
    ("missing", "allocation-difference-missing"),
    ("damaged", "allocation-difference-damaged"),
    ("warm", "allocation-difference-warm"),
    ("unwanted", "allocation-difference-unwanted"),
    ("weight", "allocation-difference-weight"),
];

struct NoteLine {
    rank: i64,
    product: String,
    lot: String,
    date: String,
    temperature: &'static str,
    temperature_text: String,
    proposed: String,
    accepted: Field,
    reason: Field,
    read: Option<Field>,
    /// Why it is too warm, or why nobody measured it.
    cold: Option<Field>,
}

struct Done {
    reference: String,
    pdf: String,
    text: String,
}

#[derive(Template)]
#[template(path = "allocation/handover.html")]
struct HandoverPage {
    shell: Shell,
    words: Words,
    title: String,
    giver: String,
    receiver: String,
    back: String,
    action: String,
    prepare: String,
    prepare_key: String,
    to_prepare: String,
    reference: String,
    pdf: String,
    note: String,
    form: Form,
    lines: Vec<NoteLine>,
    done: Vec<Done>,
    /// What the receiver says it received, where that is something else.
    received: Vec<String>,
}

/// What the page is about.
struct Loaded {
    run: Run,
    structure: StructureId,
    receiver: String,
    notes: Vec<Handover>,
    /// What waits to be put on a note.
    to_prepare: Grams,
    received: Vec<String>,
}

/// The page: make the note, print it, sign it.
pub(super) async fn show(visit: Visit, Path((id, structure)): Path<(RunId, StructureId)>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let loaded = load(&mut conn, &visit, id, structure).await?;
    let form = match open_note(&loaded) {
        Some(note) => blank(&visit, note),
        None => Form::new(&visit),
    };
    render(&mut conn, &visit, StatusCode::OK, &loaded, form).await
}

/// Makes the note.
pub(super) async fn prepare(
    visit: Visit,
    Path((id, structure)): Path<(RunId, StructureId)>,
    input: Input,
) -> Answer {
    visit.known()?;
    let back = format!("/attributions/{id}/remise/{structure}");
    let command = prepare_note::PrepareNote { run: id, structure };
    match prepare_note::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to(&back, Notice::done("allocation-notice-note"))),
        Err(failure) => {
            let text = shown::refusal(&visit.words, &web::refusal(failure)?);
            Ok(visit.lead_to(&back, Notice::warning("allocation-notice-said").with("text", text)))
        }
    }
}

/// Signs: the goods change hands.
pub(super) async fn post(
    visit: Visit,
    Path((id, structure)): Path<(RunId, StructureId)>,
    input: Input,
) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let loaded = load(&mut conn, &visit, id, structure).await?;
    let sent: Option<HandoverId> = input.get("bon").and_then(|note| note.parse().ok());
    let note = loaded.notes.iter().find(|note| Some(note.id) == sent).ok_or(Problem::NOT_FOUND)?;
    let mut form = blank(&visit, note);
    form.fill(&input);
    let read = read(&visit, &mut form, note);
    let (Some((accepted, readings, unread, signing)), true) = (read, form.is_sound()) else {
        return render(&mut conn, &visit, StatusCode::UNPROCESSABLE_ENTITY, &loaded, form).await;
    };
    drop(conn);
    let version = form.version;
    let command =
        hand_over::HandOver { run: id, note: note.id, version, accepted, signing, readings, unread };
    match hand_over::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(handed) => {
            let notice = Notice::done("allocation-notice-handed")
                .with("reference", handed.reference)
                .with("mass", visit.words.mass(handed.grams));
            Ok(visit.lead_to(&format!("/attributions/{id}/remise/{structure}"), notice))
        }
        Err(Failure::Refused(refused)) => {
            let field = match &refused {
                Refused::Paper(Unsignable::ReasonMissing { rank }) => format!("motif-{rank}"),
                Refused::Paper(Unsignable::TooWarm { rank, .. }) => format!("froid-{rank}"),
                Refused::TemperatureMissing { rank } => format!("temp-{rank}"),
                Refused::Paper(Unsignable::NamesMissing) => "donneur".to_owned(),
                _ => note.lines.first().map(|line| format!("kg-{}", line.rank)).unwrap_or_default(),
            };
            form.refuse(&field, shown::refusal(&visit.words, &refused));
            let mut conn = visit.app.db.read().await?;
            render(&mut conn, &visit, StatusCode::UNPROCESSABLE_ENTITY, &loaded, form).await
        }
        Err(failure) => match web::refusal(failure) {
            Err(problem) => Err(problem),
            Ok(_) => Err(Problem::CONFLICT),
        },
    }
}

/// The note on paper.
pub(super) async fn pdf(visit: Visit, Path((id, note)): Path<(RunId, HandoverId)>) -> Answer {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let run = queries::run(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let note = collections::queries::handover(&mut conn, note).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    let part = viewer.belongs_to(note.giver) || viewer.belongs_to(note.receiver);
    if note.subject != id.uuid() || !(part || viewer.facilitates(run.coordination)) {
        return Err(Problem::NOT_FOUND);
    }
    let names = shown::named(&mut conn, [note.giver, note.receiver]).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let families = goods::queries::families(&mut conn, run.coordination).await?;
    let issuer = super::preparation::issuer(&mut conn, &visit, &run).await?;
    drop(conn);
    let (giver, receiver) = (name(note.giver), name(note.receiver));
    let paper = papers::delivery_note(&visit.words, issuer, &note, &giver, &receiver, &families);
    super::preparation::print(paper, &format!("{}.pdf", note.reference)).await
}

async fn load(conn: &mut Conn, visit: &Visit, id: RunId, structure: StructureId) -> Result<Loaded, Problem> {
    let run = shown::seen_run(conn, visit, id).await?;
    let inputs = queries::inputs(conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    let gives = inputs.lots.iter().any(|lot| lot.offer.is_none() && viewer.acts_for(lot.holder));
    if !gives && !viewer.facilitates(run.coordination) {
        return Err(Problem::FORBIDDEN);
    }
    let lines = queries::lines_for(conn, id, structure).await?;
    if lines.is_empty() {
        return Err(Problem::NOT_FOUND);
    }
    let to_prepare = lines
        .iter()
        .filter(|line| {
            matches!(line.state, LineState::Proposed | LineState::Accepted) && line.offer.is_none()
        })
        .filter(|_| run.state == RunState::Validated)
        .map(|line| line.grams)
        .sum();
    let notes = collections::queries::handovers_about(conn, id.uuid())
        .await?
        .into_iter()
        .filter(|note| note.receiver == structure)
        .collect();
    let speaking = shown::Speaking::open(conn, visit, &run).await?;
    let received = lines
        .iter()
        .filter_map(|line| speaking.line(line))
        .filter(|line| !line.received.is_empty())
        .map(|line| visit.words.t2("allocation-said", "name", line.lot.product, "value", line.received))
        .collect();
    let names = shown::named(conn, [structure]).await?;
    let receiver = names.get(&structure).cloned().unwrap_or_default();
    Ok(Loaded { run, structure, receiver, notes, to_prepare, received })
}

fn open_note(loaded: &Loaded) -> Option<&Handover> {
    loaded.notes.iter().find(|note| note.state == PaperState::Prepared)
}

fn blank(visit: &Visit, note: &Handover) -> Form {
    let words = &visit.words;
    let mut form = Form::new(visit).of_version(note.version);
    for line in &note.lines {
        let mut reasons = vec![Choice::new("", words.t("allocation-difference-none"))];
        reasons.extend(DIFFERENCES.map(|(code, key)| Choice::new(code, words.t(key))));
        form = form
            .with(
                Field::new(Kind::Number, &format!("kg-{}", line.rank), words.t("allocation-field-handed"))
                    .required()
                    .suffix(words.t("allocation-kg"))
                    .value(words.mass_for_input(line.proposed)),
            )
            .with(
                Field::new(
                    Kind::Select,
                    &format!("motif-{}", line.rank),
                    words.t("allocation-field-difference"),
                )
                .options(reasons)
                .value(""),
            );
        if line.temperature.threshold_tenths().is_some() {
            form = form.with(
                Field::new(
                    Kind::Number,
                    &format!("temp-{}", line.rank),
                    words.t("allocation-field-temperature"),
                )
                .suffix("°C"),
            );
            let cold = format!("froid-{}", line.rank);
            form = form.with(Field::text(&cold, words.t("allocation-field-cold")));
        }
    }
    form.with(
        Field::text("donneur", words.t("allocation-field-giver-name"))
            .value(visit.arrival.person_name.clone().unwrap_or_default()),
    )
    .with(Field::new(Kind::Hidden, "signature-donne", words.t("allocation-field-giver-signature")))
    .with(Field::text("receveur", words.t("allocation-field-receiver-name")))
    .with(Field::new(Kind::Hidden, "signature-recoit", words.t("allocation-field-receiver-signature")))
    .with(Field::new(Kind::Check, "papier", words.t("allocation-field-on-paper")))
}

type ReadForm = (Vec<Accepted>, Vec<Reading>, Vec<(i64, String)>, Signing);

fn read(visit: &Visit, form: &mut Form, note: &Handover) -> Option<ReadForm> {
    let words = &visit.words;
    let mut accepted = Vec::new();
    let mut readings = Vec::new();
    let mut unread = Vec::new();
    for line in &note.lines {
        let grams = form.mass(&format!("kg-{}", line.rank));
        let code = form.choice(&format!("motif-{}", line.rank)).filter(|code| !code.is_empty());
        let said =
            |code: String| DIFFERENCES.iter().find(|(known, _)| *known == code).map(|(_, key)| words.t(key));
        let reason = code.and_then(said);
        if let Some(grams) = grams {
            accepted.push(Accepted { rank: line.rank, grams, reason });
        }
        let name = format!("temp-{}", line.rank);
        if form.f(&name).label.is_empty() {
            continue;
        }
        let cold = form.free_text(&format!("froid-{}", line.rank), 200);
        match (form.celsius(&name), cold) {
            (Some(tenths), reason) => {
                readings.push(Reading { rank: line.rank, moment: Moment::Pickup, tenths, reason });
            }
            (None, Some(why)) => unread.push((line.rank, why)),
            (None, None) => {}
        }
    }
    let drawn = |name: &str, form: &mut Form| match Signature::parse(&form.f(name).value) {
        Ok(signature) => signature,
        Err(_not_drawn) => {
            form.refuse(name, words.t("allocation-refused-signature"));
            None
        }
    };
    let giver_signature = drawn("signature-donne", form);
    let receiver_signature = drawn("signature-recoit", form);
    let signing = Signing {
        on_paper: form.checked("papier"),
        giver_name: form.text("donneur", 80),
        giver_signature,
        receiver_name: form.text("receveur", 80),
        receiver_signature,
    };
    (accepted.len() == note.lines.len()).then_some((accepted, readings, unread, signing))
}

async fn render(conn: &mut Conn, visit: &Visit, status: StatusCode, loaded: &Loaded, form: Form) -> Answer {
    let words = visit.words.clone();
    let here = format!("/attributions/{}/remise/{}", loaded.run.id, loaded.structure);
    let pdf = |note: &Handover| format!("/attributions/{}/bons/{}", loaded.run.id, note.id);
    let open = open_note(loaded);
    let givers = shown::named(conn, loaded.notes.iter().map(|note| note.giver)).await?;
    let lines = open.map(|note| note.lines.iter().map(|line| note_line(&words, &form, line)).collect());
    let template = HandoverPage {
        shell: visit.shell("allocation"),
        title: words.t1("allocation-handover-title", "structure", loaded.receiver.clone()),
        giver: open.and_then(|note| givers.get(&note.giver).cloned()).unwrap_or_default(),
        receiver: loaded.receiver.clone(),
        back: format!("/attributions/{}", loaded.run.id),
        action: here.clone(),
        prepare: if loaded.to_prepare.is_positive() { format!("{here}/preparer") } else { String::new() },
        prepare_key: visit.new_key(),
        to_prepare: words.mass(loaded.to_prepare),
        reference: open.map(|note| note.reference.clone()).unwrap_or_default(),
        pdf: open.map(pdf).unwrap_or_default(),
        note: open.map(|note| note.id.to_string()).unwrap_or_default(),
        lines: lines.unwrap_or_default(),
        done: loaded
            .notes
            .iter()
            .filter(|note| note.state == PaperState::Signed)
            .map(|note| Done {
                reference: note.reference.clone(),
                pdf: pdf(note),
                text: words.t2(
                    "allocation-handed",
                    "mass",
                    words.mass(note.accepted()),
                    "moment",
                    note.handed_at.map(|at| words.moment(at)).unwrap_or_default(),
                ),
            })
            .collect(),
        received: loaded.received.clone(),
        form,
        words,
    };
    Ok(page(status, &template))
}

fn note_line(words: &Words, form: &Form, line: &collections::handover::Line) -> NoteLine {
    let date = line.date.map(|date| {
        format!("{} {}", goods::labels::date_kind(words, line.date_kind), words.date_figures(date))
    });
    let read = form.f(&format!("temp-{}", line.rank));
    let cold = form.f(&format!("froid-{}", line.rank));
    NoteLine {
        rank: line.rank,
        product: line.product.clone(),
        lot: line.lot_number.clone().unwrap_or_default(),
        date: date.unwrap_or_default(),
        temperature: line.temperature.code(),
        temperature_text: goods::labels::temperature(words, line.temperature),
        proposed: words.mass(line.proposed),
        accepted: form.f(&format!("kg-{}", line.rank)),
        reason: form.f(&format!("motif-{}", line.rank)),
        read: Some(read).filter(|field| !field.label.is_empty()),
        cold: Some(cold).filter(|field| !field.label.is_empty()),
    }
}
