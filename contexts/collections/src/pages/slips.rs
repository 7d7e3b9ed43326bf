//! « Bordereaux »: the papers of a structure, one by one and by period, to print, to export, to keep.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use documents::sheets::Format;
use goods::labels;
use i18n::Words;
use kernel::{StructureId, time};
use store::Conn;
use web::{Answer, Choice, Field, Form, Input, Kind, Problem, Shell, Visit, page};

use super::one::difference_in_words;
use super::own_structures;
use crate::handover::{Handover, HandoverId, PaperKind, PaperState};
use crate::queries::{self, Side};
use crate::{papers, store as rows};

/// Slips on one page, latest first; the export has them all.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "collections/slips.html")]
struct SlipsPage {
    shell: Shell,
    words: Words,
    form: Form,
    slips: Vec<Row>,
    given: bool,
    /// How many of the period are older than those shown.
    hidden: usize,
    total: String,
    query: String,
}

struct Row {
    url: String,
    reference: String,
    day: String,
    other: String,
    products: String,
    proposed: String,
    accepted: String,
}

#[derive(Template)]
#[template(path = "collections/slip.html")]
struct SlipPage {
    shell: Shell,
    words: Words,
    title: String,
    reference: String,
    facts: Vec<(String, String)>,
    lines: Vec<ShownLine>,
    signatures: Vec<(String, String, String)>,
    is_signed: bool,
    on_paper: bool,
    pdf: String,
}

struct ShownLine {
    product: String,
    family: String,
    lot: String,
    date: String,
    temperature: String,
    proposed: String,
    accepted: String,
    why: String,
}

/// What the list is about: whose papers, on which side, from when to when.
struct Asked {
    structure: StructureId,
    side: Side,
    from: NaiveDate,
    until: NaiveDate,
    form: Form,
}

fn asked(visit: &Visit, input: &Input, own: &[(StructureId, String)]) -> Result<Asked, Problem> {
    let words = &visit.words;
    let today = visit.cx.today();
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let structures = own.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let structure = own.first().map(|(id, _)| *id).ok_or(Problem::FORBIDDEN)?;
    let kind = if own.len() > 1 { Kind::Select } else { Kind::Hidden };
    let mut form = Form::new(visit)
        .with(
            Field::new(kind, "structure", words.t("collections-for-whom"))
                .options(structures)
                .value(structure.to_string()),
        )
        .with(
            Field::new(Kind::Select, "sens", words.t("collections-slips-side"))
                .options(vec![
                    Choice::new("recus", words.t("collections-slips-received")),
                    Choice::new("donnes", words.t("collections-slips-given")),
                ])
                .value("recus"),
        )
        .with(Field::new(Kind::Date, "du", words.t("collections-slips-from")).value(first.to_string()))
        .with(Field::new(Kind::Date, "au", words.t("collections-slips-until")).value(today.to_string()));
    form.fill(input);
    let chosen = form.choice("structure").and_then(|id| id.parse().ok()).unwrap_or(structure);
    let side = if form.choice("sens").as_deref() == Some("donnes") { Side::Given } else { Side::Received };
    Ok(Asked {
        structure: chosen,
        side,
        from: form.date("du").unwrap_or(first),
        until: form.date("au").unwrap_or(today),
        form,
    })
}

impl Asked {
    fn bounds(&self, visit: &Visit) -> (DateTime<Utc>, DateTime<Utc>) {
        let after = self.until.succ_opt().unwrap_or(self.until);
        (time::start_of_day(self.from, visit.cx.zone), time::start_of_day(after, visit.cx.zone))
    }
}

/// The structures whose papers the viewer reads: their own, in any role.
async fn own(conn: &mut Conn, visit: &Visit) -> Result<Vec<(StructureId, String)>, store::Error> {
    let mut ids = own_structures(visit);
    ids.extend(visit.cx.viewer.affiliations.iter().map(|one| one.structure));
    let names = network::queries::structure_names(conn, &ids).await?;
    let mut own: Vec<(StructureId, String)> = Vec::new();
    for id in ids {
        if let Some(name) = names.get(&id)
            && !own.iter().any(|(known, _)| *known == id)
        {
            own.push((id, name.clone()));
        }
    }
    Ok(own)
}

pub(super) async fn list(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let own = own(&mut conn, &visit).await?;
    let asked = asked(&visit, &input, &own)?;
    let (from, until) = asked.bounds(&visit);
    let found = queries::signed_papers(&mut conn, asked.structure, asked.side, from, until).await?;
    let others: Vec<StructureId> = found.iter().map(|paper| other(paper, asked.side)).collect();
    let names = network::queries::structure_names(&mut conn, &others).await?;
    drop(conn);
    let slips = found
        .iter()
        .rev()
        .take(SHOWN)
        .map(|paper| Row {
            url: format!("/bordereaux/{}", paper.id),
            reference: paper.reference.clone(),
            day: paper.handed_at.map(|at| words.date(words.civil(at).date())).unwrap_or_default(),
            other: names.get(&other(paper, asked.side)).cloned().unwrap_or_default(),
            products: paper.lines.iter().map(|line| line.product.as_str()).collect::<Vec<_>>().join(", "),
            proposed: words.mass(paper.proposed()),
            accepted: words.mass(paper.accepted()),
        })
        .collect();
    let template = SlipsPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        slips,
        given: asked.side == Side::Given,
        hidden: found.len().saturating_sub(SHOWN),
        total: words.mass(found.iter().map(Handover::accepted).sum()),
        query: format!(
            "structure={}&sens={}&du={}&au={}",
            asked.structure,
            if asked.side == Side::Given { "donnes" } else { "recus" },
            asked.from,
            asked.until
        ),
        form: asked.form,
    };
    Ok(page(StatusCode::OK, &template))
}

fn other(paper: &Handover, side: Side) -> StructureId {
    match side {
        Side::Given => paper.receiver,
        Side::Received => paper.giver,
    }
}

pub(super) async fn export(visit: Visit, Path(format): Path<String>, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let words = &visit.words;
    let mut conn = visit.app.db.read().await?;
    let own = own(&mut conn, &visit).await?;
    let asked = asked(&visit, &input, &own)?;
    let (from, until) = asked.bounds(&visit);
    let found = queries::signed_papers(&mut conn, asked.structure, asked.side, from, until).await?;
    let sides: Vec<StructureId> = found.iter().flat_map(|paper| [paper.giver, paper.receiver]).collect();
    let names = network::queries::structure_names(&mut conn, &sides).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    drop(conn);
    let table = papers::gifts_table(words, &found, &names, &families);
    let format = Format::from_ending(&format).ok_or(Problem::NOT_FOUND)?;
    let bytes = format.write(&table).map_err(Problem::fault)?;
    let file = words.t("collections-slips-file");
    let name = format!("{file}-{}-{}.{}", asked.from, asked.until, format.ending());
    download(format.media_type(), &name, bytes)
}

fn download(media_type: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let media_type = HeaderValue::from_str(media_type).map_err(Problem::fault)?;
    let disposition =
        HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Problem::fault)?;
    Ok(([(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// A paper for those who are on it, and for whoever wrote it down in somebody's place.
async fn readable(conn: &mut Conn, visit: &Visit, id: HandoverId) -> Result<Handover, Problem> {
    let paper = rows::handover(conn, id).await?.ok_or(Problem::NOT_FOUND)?;
    let viewer = &visit.cx.viewer;
    if viewer.belongs_to(paper.giver) || viewer.belongs_to(paper.receiver) {
        return Ok(paper);
    }
    let me = viewer.person.ok_or(Problem::NOT_FOUND)?;
    let acts = audit::history_of(conn, id.uuid()).await?;
    if acts.iter().any(|act| act.person_id == Some(me)) { Ok(paper) } else { Err(Problem::NOT_FOUND) }
}

/// `/bordereaux/{id}` is the page, `/bordereaux/{id}.pdf` the paper.
pub(super) async fn one(visit: Visit, Path(name): Path<String>) -> Answer {
    visit.known()?;
    let (id, is_pdf) = match name.strip_suffix(".pdf") {
        Some(id) => (id, true),
        None => (name.as_str(), false),
    };
    let id: HandoverId = id.parse().map_err(|_not_an_id| Problem::NOT_FOUND)?;
    let mut conn = visit.app.db.read().await?;
    let paper = readable(&mut conn, &visit, id).await?;
    if is_pdf {
        let bytes = papers::handover_pdf(&mut conn, &visit.words, id).await?;
        return inline_pdf(&paper.reference, bytes);
    }
    let coordination = paper.coordination;
    let names = network::queries::structure_names(&mut conn, &[paper.giver, paper.receiver]).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    let readings = papers::readings(&mut conn, id).await?;
    drop(conn);
    let words = &visit.words;
    let name = |id: StructureId| names.get(&id).cloned().unwrap_or_default();
    let lines = paper
        .lines
        .iter()
        .map(|line| ShownLine {
            product: line.product.clone(),
            family: labels::family(&families, &line.family, words.locale()),
            lot: line.lot_number.clone().unwrap_or_default(),
            date: line
                .date
                .map(|date| {
                    format!("{} {}", labels::date_kind(words, line.date_kind), words.date_figures(date))
                })
                .unwrap_or_default(),
            temperature: readings
                .iter()
                .find(|reading| reading.rank == line.rank)
                .map(|reading| words.celsius(reading.tenths))
                .unwrap_or_default(),
            proposed: words.mass(line.proposed),
            accepted: line.accepted.map(|grams| words.mass(grams)).unwrap_or_default(),
            why: line
                .difference_reason
                .as_deref()
                .map(|why| difference_in_words(words, why))
                .unwrap_or_default(),
        })
        .collect();
    let drawn = |signature: &Option<crate::handover::Signature>| {
        signature.as_ref().map(|drawn| drawn.path().to_owned()).unwrap_or_default()
    };
    let template = SlipPage {
        shell: visit.shell("collections"),
        words: words.clone(),
        title: words.t(match paper.kind {
            PaperKind::Slip => "collections-paper-slip",
            PaperKind::DeliveryNote => "collections-paper-note",
        }),
        facts: vec![
            (words.t("collections-paper-giver"), name(paper.giver)),
            (words.t("collections-paper-receiver"), name(paper.receiver)),
            (
                words.t("collections-paper-when"),
                paper.handed_at.map(|at| words.moment_in_full(at)).unwrap_or_default(),
            ),
        ],
        lines,
        signatures: vec![
            (
                words.t("collections-paper-for-giver"),
                paper.giver_name.clone().unwrap_or_default(),
                drawn(&paper.giver_signature),
            ),
            (
                words.t("collections-paper-for-receiver"),
                paper.receiver_name.clone().unwrap_or_default(),
                drawn(&paper.receiver_signature),
            ),
        ],
        is_signed: paper.state == PaperState::Signed,
        on_paper: paper.on_paper,
        pdf: format!("/bordereaux/{}.pdf", paper.id),
        reference: paper.reference,
    };
    Ok(page(StatusCode::OK, &template))
}

fn inline_pdf(reference: &str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let disposition =
        HeaderValue::from_str(&format!("inline; filename=\"{reference}.pdf\"")).map_err(Problem::fault)?;
    let media_type = HeaderValue::from_static("application/pdf");
    Ok(([(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
