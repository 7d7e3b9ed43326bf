//! Calling a meeting, reading what it is about, taking it into one's calendar, cancelling it.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use i18n::Words;
use kernel::time;
use store::Conn;
use web::{Answer, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page, refusal};

use super::facilitation::FormPage;
use crate::meeting::{AGENDA_MOST, PLACE_MOST};
use crate::usecases::call_meeting::{self, CallMeeting, CallRefused};
use crate::usecases::cancel_meeting::{self, CancelMeeting, CancelRefused};
use crate::{Meeting, MeetingId, queries};

/// A meeting as a list shows it.
pub(super) struct MeetingRow {
    pub id: MeetingId,
    pub when: String,
    pub place: String,
    pub cancelled: bool,
}

impl MeetingRow {
    pub(super) fn of(words: &Words, meeting: &Meeting) -> Self {
        Self {
            id: meeting.id,
            when: words.window(meeting.starts_at, meeting.ends_at),
            place: meeting.place.clone(),
            cancelled: meeting.cancelled_at.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    shell: Shell,
    words: Words,
    form: Form,
    row: MeetingRow,
    agenda: Vec<String>,
    reason: String,
    may_cancel: bool,
}

/// A meeting of the visitor's coordination; anybody else's is not there.
async fn seen(conn: &mut Conn, visit: &Visit, id: MeetingId) -> Result<Meeting, Problem> {
    let coordination = visit.coordination()?;
    let viewer = &visit.cx.viewer;
    let meeting = queries::meeting(conn, id).await?.filter(|one| one.coordination == coordination);
    let sits = viewer.facilitates(coordination) || viewer.level_in(coordination).is_some();
    meeting.filter(|_| sits).ok_or(Problem::NOT_FOUND)
}

async fn meeting_page(visit: &Visit, id: MeetingId, status: StatusCode, form: Option<Form>) -> Answer {
    let meeting = seen(&mut visit.app.db.read().await?, visit, id).await?;
    let words = visit.words.clone();
    let ahead = meeting.is_ahead(visit.cx.now());
    let shown = MeetingPage {
        shell: visit.shell("home"),
        form: form.unwrap_or_else(|| cancel_form(visit)),
        row: MeetingRow::of(&words, &meeting),
        agenda: meeting
            .agenda
            .lines()
            .map(ToOwned::to_owned)
            .filter(|line| !line.trim().is_empty())
            .collect(),
        reason: meeting.cancel_reason.clone().unwrap_or_default(),
        may_cancel: ahead && visit.cx.viewer.facilitates(meeting.coordination),
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn show(visit: Visit, Path(id): Path<MeetingId>) -> Answer {
    meeting_page(&visit, id, StatusCode::OK, None).await
}

pub(super) async fn calendar(visit: Visit, Path(id): Path<MeetingId>) -> Answer {
    let mut conn = visit.app.db.read().await?;
    let meeting = seen(&mut conn, &visit, id).await?;
    let name = queries::coordination(&mut conn, meeting.coordination).await?.ok_or(Problem::NOT_FOUND)?.name;
    drop(conn);
    let title = visit.words.t1("network-meeting-in-calendar", "coordination", name);
    let url = format!("{}{}", visit.app.settings.public_url, call_meeting::page_of(id));
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"reunion.ics\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, meeting.calendar(&title, &url)).into_response())
}

fn call_form(visit: &Visit) -> Form {
    let words = &visit.words;
    Form::new(visit)
        .with(Field::new(Kind::Date, "jour", words.t("network-meeting-day")).required())
        .with(Field::new(Kind::Time, "de", words.t("network-meeting-from")).required())
        .with(Field::new(Kind::Time, "a", words.t("network-meeting-to")).required())
        .with(
            Field::text("lieu", words.t("network-meeting-place"))
                .hint(words.t("network-meeting-place-hint"))
                .required(),
        )
        .with(
            Field::new(Kind::Area, "ordre", words.t("network-meeting-agenda"))
                .hint(words.t("network-meeting-agenda-hint")),
        )
}

fn call_page(visit: &Visit, status: StatusCode, form: Form) -> Answer {
    let words = visit.words.clone();
    let shown = FormPage {
        shell: visit.shell("home"),
        title: words.t("network-meeting-call"),
        lead: words.t("network-meeting-call-lead"),
        button: words.t("network-meeting-call-button"),
        back: "/coordination".to_owned(),
        form,
        words,
    };
    Ok(page(status, &shown))
}

pub(super) async fn ask(visit: Visit) -> Answer {
    visit.coordination()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    call_page(&visit, StatusCode::OK, call_form(&visit))
}

pub(super) async fn call(visit: Visit, input: Input) -> Answer {
    let coordination = visit.coordination()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let mut form = call_form(&visit);
    form.fill(&input);
    let (day, from, to) = (form.date("jour"), form.time("de"), form.time("a"));
    let (place, agenda) = (form.text("lieu", PLACE_MOST), form.free_text("ordre", AGENDA_MOST));
    if let (Some(day), Some(from), Some(to), Some(place), true) = (day, from, to, place, form.is_sound()) {
        let instant = |hour| time::instant(day.and_time(hour), visit.cx.zone);
        let (starts_at, ends_at) = (instant(from), instant(to));
        let command =
            CallMeeting { coordination, starts_at, ends_at, place, agenda: agenda.unwrap_or_default() };
        match call_meeting::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(id) => {
                let notice = Notice::done("network-meeting-called");
                return Ok(visit.lead_to(&call_meeting::page_of(id), notice));
            }
            Err(failure) => match refusal(failure)? {
                CallRefused::EndsFirst => form.refuse("a", visit.words.t("network-meeting-ends-first")),
                CallRefused::Past => form.refuse("jour", visit.words.t("network-meeting-past")),
                CallRefused::Nowhere => form.refuse("lieu", visit.words.t("network-meeting-nowhere")),
            },
        }
    }
    call_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form)
}

fn cancel_form(visit: &Visit) -> Form {
    let label = visit.words.t("network-meeting-cancel-reason");
    Form::new(visit)
        .with(Field::text("raison", label).hint(visit.words.t("network-meeting-cancel-hint")).required())
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<MeetingId>, input: Input) -> Answer {
    visit.known()?;
    access::facilitating::<kernel::Never>(&visit.cx)?;
    let mut form = cancel_form(&visit);
    form.fill(&input);
    if let Some(reason) = form.free_text("raison", 200) {
        let command = CancelMeeting { meeting: id, reason };
        match cancel_meeting::run(&visit.act(&input), &visit.app.db, command).await {
            Ok(()) => {
                let notice = Notice::done("network-meeting-cancelled");
                return Ok(visit.lead_to(&call_meeting::page_of(id), notice));
            }
            Err(failure) => match refusal(failure)? {
                CancelRefused::ReasonMissing => {
                    form.refuse("raison", visit.words.t("network-reason-missing"));
                }
                CancelRefused::NotAhead => {
                    let notice = Notice::info("network-meeting-not-ahead");
                    return Ok(visit.lead_to(&call_meeting::page_of(id), notice));
                }
            },
        }
    }
    meeting_page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(form)).await
}
