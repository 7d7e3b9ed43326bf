//! Standing requests: the list, the form, and the buttons that pause, take up again and end.

use access::{FieldGroup, Gate};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use i18n::Words;
use kernel::{Failure, SiteId, StructureId};
use web::{Answer, Choice, Field, Form, Input, Kind, Notice, Problem, Shell, Visit, page};

use super::form::{self, For};
use crate::queries;
use crate::request::Wanted;
use crate::standing::{MOST_WEEKS, Rhythm, Standing, StandingId, StandingState};
use crate::usecases::{edit_standing, post_standing};

/// A rhythm in words: « le mardi, toutes les 2 semaines ».
pub(super) fn rhythm(words: &Words, rhythm: &Rhythm) -> String {
    words.t2("requests-rhythm", "weekday", rhythm.weekday, "weeks", rhythm.every_weeks)
}

struct Row {
    url: String,
    structure: String,
    order: String,
    rhythm: String,
    content: String,
    next: String,
    paused: bool,
    confirm: String,
}

#[derive(Template)]
#[template(path = "requests/standings.html")]
struct ListPage {
    shell: Shell,
    words: Words,
    rows: Vec<Row>,
    facilitates: bool,
    /// Whether the viewer may ask for somebody; readers read.
    asks: bool,
}

/// The viewer's structures' standing requests; every one that may be read for a facilitator.
pub(super) async fn list(visit: Visit) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let viewer = &visit.cx.viewer;
    let facilitates = viewer.facilitates(coordination);
    let mut conn = visit.app.db.read().await?;
    let mut found: Vec<Standing> = Vec::new();
    if facilitates {
        found = queries::standings(&mut conn, coordination, None).await?;
    } else {
        for place in &viewer.affiliations {
            found.extend(queries::standings(&mut conn, coordination, Some(place.structure)).await?);
        }
    }
    let structures: Vec<StructureId> = found.iter().map(|standing| standing.structure).collect();
    let wishes = network::queries::scopes_of(&mut conn, &structures, FieldGroup::Wishes).await?;
    let mut gate = Gate::new(&visit.cx, "list");
    found.retain(|standing| {
        let of = wishes.get(&standing.structure);
        of.is_some_and(|of| gate.reveal(of, FieldGroup::Wishes, ()).shown().is_some())
    });
    let structures: Vec<StructureId> = found.iter().map(|standing| standing.structure).collect();
    let names = network::queries::seen_names(&mut conn, &mut gate, &structures).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let words = visit.words.clone();
    let mut rows: Vec<Row> = found
        .iter()
        .map(|standing| {
            let structure = names.say(&words, standing.structure);
            let content: Vec<String> = standing
                .lines
                .iter()
                .map(|line| {
                    let family = goods::labels::family(&families, &line.family, words.locale());
                    words.t2("requests-theirs-line", "family", family, "mass", words.mass(line.grams))
                })
                .collect();
            let next =
                standing.rhythm.next(visit.cx.today()).filter(|_| standing.state == StandingState::Active);
            Row {
                url: format!("/demandes/permanentes/{}", standing.id),
                order: kernel::text::fold(&structure),
                structure,
                rhythm: rhythm(&words, &standing.rhythm),
                content: content.join(", "),
                next: next.map(|day| words.t1("requests-next", "day", words.day(day))).unwrap_or_default(),
                paused: standing.state == StandingState::Paused,
                confirm: if standing.asks_confirmation(visit.cx.now()) {
                    format!("/demandes/confirmer/{}", standing.id)
                } else {
                    String::new()
                },
            }
        })
        .collect();
    rows.sort_by(|a, b| a.order.cmp(&b.order));
    let template = ListPage {
        shell: visit.shell("requests"),
        rows,
        asks: super::board::sees_all(&visit, coordination),
        facilitates,
        words,
    };
    Ok(page(StatusCode::OK, &template))
}

#[derive(Template)]
#[template(path = "requests/standing.html")]
struct StandingPage {
    shell: Shell,
    words: Words,
    form: Form,
    title: String,
    action: String,
    families: Vec<Field>,
    behalf: String,
    storage: String,
    theirs: Vec<String>,
    /// Where the buttons are sent, where there is one already.
    turn: String,
    turn_key: String,
    active: bool,
    others: Vec<(String, String)>,
}

/// The empty form.
pub(super) async fn new(visit: Visit, input: Input) -> Answer {
    let (of, others) = whose(&visit, &input).await?;
    let mut form = with_rhythm(of.form(&visit, &[]), &visit);
    if let Some(field) = form.fields.iter_mut().find(|field| field.name == "debut") {
        *field = field.clone().value(visit.cx.today().format("%Y-%m-%d").to_string());
    }
    render(&visit, StatusCode::OK, form, &of, &[], Extra { others, ..Extra::default() })
}

/// Asks.
pub(super) async fn post(visit: Visit, input: Input) -> Answer {
    let (of, others) = whose(&visit, &input).await?;
    let mut form = with_rhythm(of.form(&visit, &[]), &visit);
    form.fill(&input);
    let extra = Extra { others, ..Extra::default() };
    let Some(content) = content(&mut form, &of, &[], None) else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, &[], extra);
    };
    match post_standing::run(&visit.act(&input), &visit.app.db, content).await {
        Ok(_) => Ok(visit.lead_to("/demandes/permanentes", Notice::done("requests-notice-standing"))),
        Err(failure) => {
            let refused = web::refusal(failure)?;
            form::refuse(&mut form, &visit.words, &refused, "debut");
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, &[], extra)
        }
    }
}

/// The form of one that is there.
pub(super) async fn show(visit: Visit, Path(id): Path<StandingId>) -> Answer {
    let (standing, of) = load(&visit, id).await?;
    let form = filled(&visit, &standing, &of);
    render(
        &visit,
        StatusCode::OK,
        form,
        &of,
        &standing.lines,
        Extra { standing: Some(&standing), ..Extra::default() },
    )
}

/// Changes it.
pub(super) async fn edit(visit: Visit, Path(id): Path<StandingId>, input: Input) -> Answer {
    let (standing, of) = load(&visit, id).await?;
    let mut form = filled(&visit, &standing, &of);
    form.fill(&input);
    let mut extra = Extra { standing: Some(&standing), ..Extra::default() };
    let held = Some((standing.households, standing.persons, standing.site));
    let Some(content) = content(&mut form, &of, &standing.lines, held) else {
        return render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, &standing.lines, extra);
    };
    let command = edit_standing::EditStanding { standing: id, version: form.version, content };
    match edit_standing::run(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to("/demandes/permanentes", Notice::done("requests-notice-standing"))),
        Err(Failure::Conflict) => {
            extra.theirs = told(&visit.words, &standing, &of);
            form.version = standing.version;
            render(&visit, StatusCode::CONFLICT, form, &of, &standing.lines, extra)
        }
        Err(failure) => {
            let refused = web::refusal(failure)?;
            form::refuse(&mut form, &visit.words, &refused, "debut");
            render(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, &of, &standing.lines, extra)
        }
    }
}

/// Pauses it, takes it up again, ends it. A pause can be undone where it is made.
pub(super) async fn turn(visit: Visit, Path(id): Path<StandingId>, input: Input) -> Answer {
    visit.known()?;
    let (to, notice) = match input.get("vers") {
        Some("pause") => ("paused", "requests-notice-paused"),
        Some("reprise") => ("active", "requests-notice-resumed"),
        Some("fin") => ("closed", "requests-notice-ended"),
        _ => return Err(Problem::BAD_REQUEST),
    };
    let command = edit_standing::Turn { standing: id, to };
    match edit_standing::turn(&visit.act(&input), &visit.app.db, command).await {
        Ok(_) => Ok(visit.lead_to("/demandes/permanentes", Notice::done(notice))),
        Err(failure) => {
            web::refusal(failure)?;
            Ok(visit.lead_to("/demandes/permanentes", Notice::warning("requests-refused-over")))
        }
    }
}

async fn whose(visit: &Visit, input: &Input) -> Result<(For, Vec<(String, String)>), Problem> {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "form");
    let may = form::speaks_for(&mut conn, &mut gate, visit, coordination).await?;
    let structure = form::chosen(visit, input.get("structure"), &may).ok_or(Problem::FORBIDDEN)?;
    let of = For::load(&mut conn, &mut gate, visit, coordination, structure).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let of = of.ok_or(Problem::NOT_FOUND)?;
    let others =
        may.into_iter().filter(|(id, _)| *id != structure).map(|(id, name)| (id.to_string(), name)).collect();
    Ok((of, others))
}

async fn load(visit: &Visit, id: StandingId) -> Result<(Standing, For), Problem> {
    visit.known()?;
    let mut conn = visit.app.db.read().await?;
    let standing = queries::standing(&mut conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let acting = access::acting_in::<kernel::Never>(&visit.cx, standing.structure, standing.coordination);
    if acting.is_err() || standing.state == StandingState::Closed {
        return Err(Problem::NOT_FOUND);
    }
    let mut gate = Gate::new(&visit.cx, "form");
    form::readable(&mut conn, &mut gate, standing.structure).await?;
    let of = For::load(&mut conn, &mut gate, visit, standing.coordination, standing.structure).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    Ok((standing, of.ok_or(Problem::NOT_FOUND)?))
}

fn with_rhythm(form: Form, visit: &Visit) -> Form {
    let words = &visit.words;
    let weekdays = (1..=7).map(|day| Choice::new(day.to_string(), words.weekday(day))).collect();
    let weeks = (1..=MOST_WEEKS)
        .map(|weeks| Choice::new(weeks.to_string(), words.t1("requests-every", "weeks", weeks)))
        .collect();
    form.with(
        Field::new(Kind::Select, "jour-semaine", words.t("requests-field-weekday"))
            .required()
            .options(weekdays)
            .value("1"),
    )
    .with(
        Field::new(Kind::Select, "rythme", words.t("requests-field-rhythm"))
            .required()
            .options(weeks)
            .value("1"),
    )
    .with(Field::new(Kind::Date, "debut", words.t("requests-field-starts")).required())
    .with(
        Field::new(Kind::Date, "fin", words.t("requests-field-ends"))
            .hint(words.t("requests-field-ends-hint")),
    )
}

fn filled(visit: &Visit, standing: &Standing, of: &For) -> Form {
    let mut form = with_rhythm(of.form(visit, &standing.lines), visit).of_version(standing.version);
    let counts = of.counts((standing.households, standing.persons));
    form::put(&mut form, &visit.words, &standing.lines, counts, standing.site, &standing.note);
    let day = |day: chrono::NaiveDate| day.format("%Y-%m-%d").to_string();
    for (name, value) in [
        ("jour-semaine", standing.rhythm.weekday.to_string()),
        ("rythme", standing.rhythm.every_weeks.to_string()),
        ("debut", day(standing.rhythm.starts_on)),
        ("fin", standing.rhythm.ends_on.map(day).unwrap_or_default()),
    ] {
        if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
            *field = field.clone().value(value);
        }
    }
    form
}

/// Households, persons and place of a standing request that is there already.
type Held = (Option<i64>, Option<i64>, Option<SiteId>);

fn content(
    form: &mut Form,
    of: &For,
    before: &[Wanted],
    held: Option<Held>,
) -> Option<post_standing::PostStanding> {
    let weekday = form.whole("jour-semaine", 1, 7);
    let every_weeks = form.whole("rythme", 1, MOST_WEEKS);
    let starts_on = form.date("debut");
    let ends_on = form.date("fin");
    let mut read = form::read(form, of, before);
    if let Some((households, persons, site)) = held {
        read = of.kept(read, (households, persons), site);
    }
    let (Some(weekday), Some(every_weeks), Some(starts_on), true) =
        (weekday, every_weeks, starts_on, form.is_sound())
    else {
        return None;
    };
    Some(post_standing::PostStanding {
        structure: of.structure,
        site: read.site,
        weekday,
        every_weeks,
        starts_on,
        ends_on,
        households: read.households,
        persons: read.persons,
        note: read.note,
        lines: read.lines,
    })
}

fn told(words: &Words, standing: &Standing, of: &For) -> Vec<String> {
    let mut told = vec![rhythm(words, &standing.rhythm)];
    for line in &standing.lines {
        let family = goods::labels::family(&of.families, &line.family, words.locale());
        told.push(words.t2("requests-theirs-line", "family", family, "mass", words.mass(line.grams)));
    }
    told
}

/// What the page shows beside the form.
#[derive(Default)]
struct Extra<'a> {
    standing: Option<&'a Standing>,
    theirs: Vec<String>,
    others: Vec<(String, String)>,
}

fn render(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    of: &For,
    lines: &[Wanted],
    extra: Extra<'_>,
) -> Answer {
    let words = visit.words.clone();
    let families = of.line_names(&words, lines).iter().map(|name| form.f(name)).collect();
    let behalf = if of.on_behalf {
        words.t1("requests-on-behalf-of", "structure", of.name.clone())
    } else {
        String::new()
    };
    let (action, turn, active) = match extra.standing {
        Some(standing) => (
            format!("/demandes/permanentes/{}", standing.id),
            format!("/demandes/permanentes/{}/suite", standing.id),
            standing.state == StandingState::Active,
        ),
        None => ("/demandes/permanentes/nouvelle".to_owned(), String::new(), false),
    };
    let title = match extra.standing {
        Some(standing) => {
            words.t1("requests-standing-edit-title", "rhythm", rhythm(&words, &standing.rhythm))
        }
        None => words.t("requests-standing-new-title"),
    };
    let template = StandingPage {
        shell: visit.shell("requests"),
        title,
        action,
        families,
        behalf,
        storage: of.storage_text(&words),
        theirs: extra.theirs,
        turn,
        turn_key: visit.new_key(),
        active,
        others: extra.others,
        form,
        words,
    };
    Ok(page(status, &template))
}
