//! Drives: announced with a day, hours and a place; shown as an event; noted on one screen once they are over.

use access::{FieldGroup, Gate};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use goods::labels;
use i18n::Words;
use kernel::text::one_line;
use kernel::{Failure, Grams, Level, SiteId, StructureId, time};
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::{facilitates, new};
use crate::address_of;
use crate::drive::{Drive, DriveId, DriveState, DriveUnfit};
use crate::offer::usual_temperature;
use crate::queries;
use crate::usecases::announce_drive::{self, AnnounceDrive};
use crate::usecases::cancel_drive::{self, CancelDrive};
use crate::usecases::record_drive::{self, Collected, RecordDrive, RecordRefused};

/// One drive of a list.
pub(super) struct ShownDrive {
    pub(super) url: String,
    pub(super) title: String,
    pub(super) when: String,
    pub(super) address: String,
    pub(super) organiser: String,
    pub(super) state: String,
    /// Whether what it brought may be told.
    tells: bool,
    /// Where what it brought is written down, for those who may and where it is time.
    pub(super) record: String,
}

/// Drives as a list shows them: an invitation is for everybody in the coordination; who sends it, and what it brought,
/// go as far as the organiser lets them.
pub(super) async fn shown(
    conn: &mut Conn,
    gate: &mut Gate,
    visit: &Visit,
    drives: &[Drive],
) -> Result<Vec<ShownDrive>, Problem> {
    let organisers: Vec<StructureId> = drives.iter().map(|one| one.organiser).collect();
    let names = network::queries::seen_names(conn, gate, &organisers).await?;
    let figures = network::queries::scopes_of(conn, &organisers, FieldGroup::Figures).await?;
    let words = &visit.words;
    let mut list = Vec::with_capacity(drives.len());
    for drive in drives {
        let brought = (drive.state == DriveState::Recorded).then_some(drive.grams);
        let brought = brought.and_then(|grams| {
            let of = figures.get(&drive.organiser)?;
            gate.reveal(of, FieldGroup::Figures, grams).shown().copied()
        });
        list.push(ShownDrive {
            url: format!("/collectes/publiques/{}", drive.id),
            title: drive.title.clone(),
            when: words.window(drive.begins_at, drive.ends_at),
            address: drive.address.clone(),
            organiser: names.say(words, drive.organiser),
            state: state_in_words(visit, drive, brought),
            tells: brought.is_some(),
            record: if drive.waits_for_record(visit.cx.now()) && may_act(visit, drive) {
                record_page(drive)
            } else {
                String::new()
            },
        });
    }
    Ok(list)
}

fn may_act(visit: &Visit, drive: &Drive) -> bool {
    visit.cx.viewer.acts_for(drive.organiser) || facilitates(visit)
}

/// The page on which a drive is noted.
pub(super) fn record_page(drive: &Drive) -> String {
    format!("/collectes/publiques/{}/noter", drive.id)
}

fn state_in_words(visit: &Visit, drive: &Drive, brought: Option<Grams>) -> String {
    let words = &visit.words;
    match drive.state {
        DriveState::Announced if drive.waits_for_record(visit.cx.now()) => {
            words.t("collections-drive-to-record")
        }
        DriveState::Announced => words.t("collections-drive-announced"),
        DriveState::Recorded => match brought {
            Some(grams) if grams.is_positive() => {
                words.t1("collections-drive-recorded-of", "kg", words.mass(grams))
            }
            Some(_) => words.t("collections-drive-recorded-nothing"),
            None => words.t("collections-drive-over"),
        },
        DriveState::Cancelled => words.t("collections-drive-cancelled-state"),
    }
}

#[derive(Template)]
#[template(path = "collections/drive-new.html")]
struct NewPage {
    shell: Shell,
    words: Words,
    form: Form,
}

async fn new_form(visit: &Visit) -> Result<Form, Problem> {
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let donors = new::donors(&mut conn, &mut gate, visit, coordination).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let first = donors.first().map(|(id, _)| id.to_string()).ok_or(Problem::FORBIDDEN)?;
    let words = &visit.words;
    let several = donors.len() > 1;
    let choices = donors.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let who = if several { Kind::Select } else { Kind::Hidden };
    Ok(Form::new(visit)
        .with(
            Field::new(who, "organisateur", words.t("collections-drive-organiser"))
                .options(choices)
                .value(first),
        )
        .with(
            Field::text("nom", words.t("collections-drive-name"))
                .hint(words.t("collections-drive-name-hint"))
                .required(),
        )
        .with(Field::new(Kind::Date, "jour", words.t("collections-day")).required())
        .with(Field::new(Kind::Time, "de", words.t("collections-from")).value("09:00").required())
        .with(Field::new(Kind::Time, "a", words.t("collections-until")).value("18:00").required())
        .with(
            Field::new(Kind::Date, "dernier", words.t("collections-last-day"))
                .hint(words.t("collections-drive-last-hint")),
        )
        .with(
            Field::text("adresse", words.t("collections-place"))
                .hint(words.t("collections-drive-place-hint"))
                .required(),
        )
        .with(
            Field::new(Kind::Area, "note", words.t("collections-drive-note"))
                .hint(words.t("collections-drive-note-hint")),
        ))
}

pub(super) async fn ask(visit: Visit) -> Answer {
    let form = new_form(&visit).await?;
    new_page(&visit, form, StatusCode::OK)
}

fn new_page(visit: &Visit, form: Form, status: StatusCode) -> Answer {
    let template = NewPage { shell: visit.shell("collections"), words: visit.words.clone(), form };
    Ok(page(status, &template))
}

pub(super) async fn announce(visit: Visit, input: Input) -> Answer {
    let mut form = new_form(&visit).await?;
    form.fill(&input);
    let organiser = form.choice("organisateur").and_then(|id| id.parse::<StructureId>().ok());
    let title = form.free_text("nom", 120);
    let (day, from, until, last) = (form.date("jour"), form.time("de"), form.time("a"), form.date("dernier"));
    let (address, note) = (form.free_text("adresse", 200), form.free_text("note", 500));
    let (Some(organiser), Some(title), Some(day), Some(from), Some(until), Some(address), true) =
        (organiser, title, day, from, until, address, form.is_sound())
    else {
        return new_page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = AnnounceDrive {
        organiser,
        title: one_line(&title),
        begins_at: time::instant(day.and_time(from), visit.cx.zone),
        ends_at: time::instant(last.unwrap_or(day).and_time(until), visit.cx.zone),
        address: one_line(&address),
        note: note.unwrap_or_default(),
    };
    match announce_drive::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(done) => {
            let at = format!("/collectes/publiques/{}", done.drive);
            let notice = Notice::done("collections-drive-done")
                .with("reference", done.reference)
                .undo(format!("{at}/annuler"));
            Ok(visit.lead_to(&at, notice))
        }
        Err(failure) => {
            match web::refusal(failure)? {
                DriveUnfit::Unnamed => form.refuse("nom", visit.words.t("collections-drive-unnamed")),
                _ => form.refuse("jour", visit.words.t("collections-drive-window")),
            }
            new_page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

#[derive(Template)]
#[template(path = "collections/drive.html")]
struct DrivePage {
    shell: Shell,
    words: Words,
    reference: String,
    drive: ShownDrive,
    note: String,
    may_cancel: bool,
    may_record: bool,
    trail: Vec<(String, String, String)>,
    key: String,
}

async fn seen(visit: &Visit, id: DriveId) -> Result<Drive, Problem> {
    visit.known()?;
    let coordination = visit.coordination()?;
    access::taking_part(&visit.cx, Level::Reader).map_err(|failure: Failure| Problem::from(failure))?;
    let mut conn = visit.app.db.read().await?;
    queries::drive(&mut conn, coordination, id).await?.ok_or(Problem::NOT_FOUND)
}

pub(super) async fn show(visit: Visit, Path(id): Path<DriveId>) -> Answer {
    let drive = seen(&visit, id).await?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "page");
    let list = shown(&mut conn, &mut gate, &visit, std::slice::from_ref(&drive)).await?;
    let shown = list.into_iter().next().ok_or(Problem::NOT_FOUND)?;
    let trail = trail(&mut conn, &mut gate, &visit, &drive, shown.tells).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let template = DrivePage {
        shell: visit.shell("collections"),
        words: words.clone(),
        reference: drive.reference.clone(),
        drive: shown,
        note: drive.note.clone(),
        may_cancel: may_act(&visit, &drive) && drive.may_end().is_ok(),
        may_record: may_act(&visit, &drive) && drive.may_record(visit.cx.now()).is_ok(),
        trail,
        key: visit.new_key(),
    };
    Ok(page(StatusCode::OK, &template))
}

/// What happened to it, oldest first: when, what, and more.
async fn trail(
    conn: &mut Conn,
    gate: &mut Gate,
    visit: &Visit,
    drive: &Drive,
    tells: bool,
) -> Result<Vec<(String, String, String)>, Problem> {
    let words = &visit.words;
    let acts = audit::history_of(conn, drive.id.uuid()).await?;
    let structures: Vec<StructureId> = acts.iter().filter_map(|act| act.structure_id).collect();
    let names = network::queries::seen_names(conn, gate, &structures).await?;
    Ok(acts
        .into_iter()
        .filter_map(|act| {
            let verb = act.action.strip_prefix("collections.")?.replace('_', "-");
            let who = act.structure_id.map(|id| names.say(words, id)).unwrap_or_default();
            let line = |lot: &serde_json::Value| {
                let grams = Grams(lot.get("grams")?.as_i64()?);
                Some(format!("{}\u{a0}: {}", lot.get("product")?.as_str()?, words.mass(grams)))
            };
            let lots = act.detail.0.get("lots").filter(|_| tells).and_then(serde_json::Value::as_array);
            let lines: Vec<String> = lots.into_iter().flatten().filter_map(line).collect();
            let more = act.reason.unwrap_or_else(|| lines.join(", "));
            Some((words.moment(act.at), words.t1(&format!("collections-trail-{verb}"), "who", who), more))
        })
        .collect())
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<DriveId>, input: Input) -> Answer {
    visit.known()?;
    let mut form = Form::new(&visit).with(Field::text("raison", visit.words.t("collections-cancel-reason")));
    form.fill(&input);
    let reason = form.free_text("raison", 300);
    let at = format!("/collectes/publiques/{id}");
    if !form.is_sound() {
        return Ok(visit.lead_to(&at, Notice::warning("collections-reason-names-somebody")));
    }
    match cancel_drive::run(&visit.act(&input), &visit.app.db, CancelDrive { drive: id, reason }).await {
        Ok(()) => Ok(visit.lead_to(&at, Notice::done("collections-drive-cancelled"))),
        Err(failure) => {
            web::refusal(failure)?;
            Ok(visit.lead_to(&at, Notice::info("collections-over")))
        }
    }
}

#[derive(Template)]
#[template(path = "collections/drive-record.html")]
struct RecordPage {
    shell: Shell,
    words: Words,
    url: String,
    title: String,
    when: String,
    form: Form,
    /// The names of the fields, one per family.
    families: Vec<String>,
}

/// What the page of a drive to be noted is made from.
struct Ground {
    drive: Drive,
    families: Vec<goods::Family>,
    form: Form,
}

async fn ground(visit: &Visit, id: DriveId) -> Result<Ground, Problem> {
    let drive = seen(visit, id).await?;
    access::acting(&visit.cx, drive.organiser).map_err(|failure: Failure| Problem::from(failure))?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let families = goods::queries::families(&mut conn, drive.coordination).await?;
    let sites = directory::queries::sites_of(&mut conn, drive.organiser).await?;
    let mut form = Form::new(visit).with(
        Field::new(Kind::Cards, "pesee", words.t("collections-weighed"))
            .options(vec![
                Choice::new("estime", words.t("collections-estimated")),
                Choice::new("pese", words.t("collections-on-scale")),
            ])
            .value("estime"),
    );
    for family in &families {
        let name = labels::family(&families, &family.code, words.locale());
        form = form.with(Field::new(Kind::Number, &field_of(family), name).suffix("kg"));
    }
    let first = sites.first().map(|site| site.id.to_string()).unwrap_or_default();
    let places = sites.iter().map(|site| Choice::new(site.id.to_string(), address_of(site))).collect();
    let kept = if sites.len() > 1 { Kind::Select } else { Kind::Hidden };
    form = form
        .with(Field::new(kept, "lieu", words.t("collections-kept-at")).options(places).value(first))
        .with(Field::new(Kind::Check, "rien", words.t("collections-drive-nothing")));
    Ok(Ground { drive, families, form })
}

fn field_of(family: &goods::Family) -> String {
    format!("kg-{}", family.code)
}

pub(super) async fn ask_record(visit: Visit, Path(id): Path<DriveId>) -> Answer {
    let ground = ground(&visit, id).await?;
    if ground.drive.may_record(visit.cx.now()).is_err() {
        return Ok(
            visit.lead_to(&format!("/collectes/publiques/{id}"), Notice::info("collections-drive-not-now"))
        );
    }
    record_form(&visit, ground, StatusCode::OK)
}

fn record_form(visit: &Visit, ground: Ground, status: StatusCode) -> Answer {
    let template = RecordPage {
        shell: visit.shell("collections"),
        words: visit.words.clone(),
        url: record_page(&ground.drive),
        title: ground.drive.title.clone(),
        when: visit.words.window(ground.drive.begins_at, ground.drive.ends_at),
        families: ground.families.iter().map(field_of).collect(),
        form: ground.form,
    };
    Ok(page(status, &template))
}

pub(super) async fn record(visit: Visit, Path(id): Path<DriveId>, input: Input) -> Answer {
    let mut ground = ground(&visit, id).await?;
    let words = &visit.words;
    ground.form.fill(&input);
    let mut lines = Vec::new();
    for family in &ground.families {
        let Some(grams) = ground.form.mass(&field_of(family)).filter(|grams| grams.is_positive()) else {
            continue;
        };
        let name = labels::family(&ground.families, &family.code, words.locale());
        let product =
            words.t2("collections-drive-lot", "family", name, "reference", ground.drive.reference.as_str());
        let temperature = usual_temperature(&family.code);
        lines.push(Collected { family: family.code.clone(), product, temperature, grams });
    }
    if lines.is_empty() && !ground.form.checked("rien") {
        ground.form.refuse("rien", words.t("collections-drive-how-much"));
    }
    if !ground.form.is_sound() {
        return record_form(&visit, ground, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let command = RecordDrive {
        drive: id,
        site: ground.form.choice("lieu").and_then(|id| id.parse::<SiteId>().ok()),
        weighed: ground.form.choice("pesee").as_deref() == Some("pese"),
        lines,
    };
    let at = format!("/collectes/publiques/{id}");
    match record_drive::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(recorded) => {
            let key =
                if recorded.lots > 0 { "collections-drive-recorded" } else { "collections-nothing-noted" };
            let notice =
                Notice::done(key).with("kg", words.mass(recorded.grams)).with("count", recorded.lots);
            Ok(visit.lead_to(&at, notice))
        }
        Err(failure) => {
            let key = match web::refusal(failure)? {
                RecordRefused::Unfit(_) => "collections-over",
                RecordRefused::Stock(_) => "collections-drive-stock",
            };
            Ok(visit.lead_to(&at, Notice::info(key)))
        }
    }
}

/// What the organiser is asked on their home page: each of their drives that is over and not noted.
pub(super) fn to_note(drives: &[Drive], now: chrono::DateTime<chrono::Utc>) -> Vec<&Drive> {
    drives.iter().filter(|drive| drive.waits_for_record(now)).collect()
}
