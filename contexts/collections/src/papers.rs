//! Papers to sign and keep: the slip and the delivery note as PDF, the gifts of a period as a table.
//!
//! Invariant: the paper says what both sides said, proposed and accepted apart, and nothing of its value: the company
//! values, the association describes (Cerfa 16216, 2041-MEC-SD), and Tablée never issues a receipt.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use documents::paper::{
    Align, Block, Drawing, Fact, Footer, Paper, PaperColumn, PaperError, PaperTable, Signature, Width,
};
use documents::pdf::Fonts;
use documents::sheets::{Cell, Column, Kind, Table};
use goods::{Family, labels};
use i18n::Words;
use kernel::{Failure, Grams, Never, StructureId};
use store::Conn;

use crate::handover::{self, Handover, HandoverId, Line, PaperKind, Reading};
use crate::pages::difference_in_words;
use crate::store as rows;

/// The typefaces are read once: they are the same for every paper of this process.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(web::assets::fonts()));

/// Everything a paper says beside its own row.
struct Sides {
    coordination: String,
    names: BTreeMap<StructureId, network::Structure>,
    families: Vec<Family>,
    readings: Vec<Reading>,
}

/// The PDF of a paper, for whoever may read it: the caller decides that.
///
/// # Errors
/// Not found; a fault where the front end, which brings the typefaces, is not built.
pub async fn handover_pdf(conn: &mut Conn, words: &Words, id: HandoverId) -> Result<Vec<u8>, Failure<Never>> {
    let paper = rows::handover(conn, id).await?.ok_or(Failure::NotFound)?;
    let sides = sides(conn, &paper).await?;
    let laid_out = lay_out(words, &paper, &sides);
    let made = tokio::task::spawn_blocking(move || laid_out.to_pdf(&FONTS)).await.map_err(Failure::fault)?;
    made.map_err(|error: PaperError| Failure::fault(error))
}

async fn sides(conn: &mut Conn, paper: &Handover) -> Result<Sides, store::Error> {
    let mut names = BTreeMap::new();
    for id in [paper.giver, paper.receiver] {
        if let Some(structure) = network::queries::structure(conn, id).await? {
            names.insert(id, structure);
        }
    }
    let coordination = network::queries::coordination(conn, paper.coordination).await?;
    Ok(Sides {
        coordination: coordination.map(|one| one.name).unwrap_or_default(),
        names,
        families: goods::queries::families(conn, paper.coordination).await?,
        readings: readings(conn, paper.id).await?,
    })
}

/// The temperatures said on signing, as the trail keeps them.
pub(crate) async fn readings(conn: &mut Conn, id: HandoverId) -> Result<Vec<Reading>, store::Error> {
    let acts = audit::history_of(conn, id.uuid()).await?;
    let signed = acts.into_iter().find(|act| act.action == "collections.sign_handover");
    let kept = signed.and_then(|act| act.detail.0.get("readings").cloned());
    Ok(kept.and_then(|readings| serde_json::from_value(readings).ok()).unwrap_or_default())
}

fn lay_out(words: &Words, paper: &Handover, sides: &Sides) -> Paper {
    let title = words.t(match paper.kind {
        PaperKind::Slip => "collections-paper-slip",
        PaperKind::DeliveryNote => "collections-paper-note",
    });
    let day = words.civil(paper.handed_at.unwrap_or(paper.created_at)).date();
    Paper {
        lang: words.locale().tag().to_owned(),
        issuer: sides.coordination.clone(),
        title,
        subtitle: words.t("collections-paper-copies"),
        reference: words.t1("collections-paper-number", "reference", paper.reference.as_str()),
        date: Some(day),
        facts: vec![
            Fact::new(words.t("collections-paper-giver"), structure(words, sides, paper.giver)),
            Fact::new(words.t("collections-paper-receiver"), structure(words, sides, paper.receiver)),
            Fact::new(
                words.t("collections-paper-when"),
                paper.handed_at.map(|at| words.moment_in_full(at)).unwrap_or_default(),
            ),
        ],
        blocks: vec![
            Block::Table(table(words, paper, sides)),
            Block::Text { sentences: differences(words, paper, sides) },
            Block::Notice { text: words.t("collections-paper-right") },
        ],
        signatures: vec![
            signature(
                words,
                "collections-paper-for-giver",
                paper.giver_name.as_ref(),
                paper.giver_signature.as_ref(),
            ),
            signature(
                words,
                "collections-paper-for-receiver",
                paper.receiver_name.as_ref(),
                paper.receiver_signature.as_ref(),
            ),
        ],
        footer: Footer {
            note: words.t1("collections-paper-printed", "day", words.date_figures(words.today())),
            page: words.t("collections-paper-page"),
        },
    }
}

/// A structure's name and, where it has one, its SIRET: what the fiscal form asks for.
fn structure(words: &Words, sides: &Sides, id: StructureId) -> String {
    let Some(found) = sides.names.get(&id) else { return String::new() };
    match &found.siret {
        Some(siret) => {
            format!("{}\n{}", found.name, words.t1("collections-paper-siret", "siret", siret.as_str()))
        }
        None => found.name.clone(),
    }
}

fn table(words: &Words, paper: &Handover, sides: &Sides) -> PaperTable {
    let column = |key: &str, align, width| PaperColumn::new(words.t(key), align, width);
    PaperTable {
        columns: vec![
            column("collections-paper-product", Align::Start, Width::Share(3)),
            column("collections-paper-lot", Align::Start, Width::Share(2)),
            column("collections-paper-date", Align::Start, Width::Share(2)),
            column("collections-paper-temperature", Align::End, Width::Auto),
            column("collections-paper-proposed", Align::End, Width::Auto),
            column("collections-paper-accepted", Align::End, Width::Auto),
        ],
        rows: paper
            .lines
            .iter()
            .map(|line| {
                let family = labels::family(&sides.families, &line.family, words.locale());
                let read = sides.readings.iter().find(|reading| reading.rank == line.rank);
                vec![
                    format!("{}\n{family}", line.product),
                    line.lot_number.clone().unwrap_or_default(),
                    date(words, line),
                    read.map(|reading| words.celsius(reading.tenths)).unwrap_or_default(),
                    words.mass(line.proposed),
                    line.accepted.map(|grams| words.mass(grams)).unwrap_or_default(),
                ]
            })
            .collect(),
        total: if paper.lines.len() > 1 { total(words, paper) } else { Vec::new() },
        blank_rows: 0,
        writing: false,
    }
}

fn total(words: &Words, paper: &Handover) -> Vec<String> {
    let mut cells = vec![words.t("collections-paper-total")];
    cells.extend([String::new(), String::new(), String::new()]);
    cells.push(words.mass(paper.proposed()));
    cells.push(if paper.lines.iter().all(|line| line.accepted.is_some()) {
        words.mass(paper.accepted())
    } else {
        String::new()
    });
    cells
}

fn date(words: &Words, line: &Line) -> String {
    match line.date {
        Some(date) => format!("{} {}", labels::date_kind(words, line.date_kind), words.date_figures(date)),
        None => labels::date_kind(words, line.date_kind),
    }
}

/// One sentence per difference and per reason of a temperature.
fn differences(words: &Words, paper: &Handover, sides: &Sides) -> Vec<String> {
    let said = paper.lines.iter().filter_map(|line| {
        let why = difference_in_words(words, line.difference_reason.as_deref()?);
        Some(words.t2("collections-paper-difference", "product", line.product.as_str(), "why", why))
    });
    let warm = sides.readings.iter().filter_map(|reading| {
        let why = reading.reason.as_deref().filter(|why| !why.trim().is_empty())?;
        Some(words.t2("collections-paper-warm", "celsius", words.celsius(reading.tenths), "why", why))
    });
    said.chain(warm).collect()
}

fn signature(
    words: &Words,
    role: &str,
    name: Option<&String>,
    drawn: Option<&handover::Signature>,
) -> Signature {
    let name = name.cloned().unwrap_or_default();
    Signature {
        role: words.t(role),
        facts: vec![Fact::new(words.t("collections-paper-name"), name.clone())],
        label: words.t("collections-paper-signature"),
        drawing: drawn.map(|drawn| Drawing::Path {
            d: drawn.path().to_owned(),
            width: handover::Signature::WIDTH,
            height: handover::Signature::HEIGHT,
        }),
        drawing_alt: words.t1("collections-paper-signature-of", "name", name),
    }
}

/// Everything a structure has given and received on signed papers, for its own export.
pub(crate) async fn own_tables(
    conn: &mut Conn,
    words: &Words,
    structure: StructureId,
) -> Result<Vec<Table>, store::Error> {
    let papers = crate::queries::all_papers(conn, structure).await?;
    let sides: Vec<StructureId> = papers.iter().flat_map(|paper| [paper.giver, paper.receiver]).collect();
    let names = network::queries::structure_names(conn, &sides).await?;
    let coordinations = papers.iter().map(|paper| paper.coordination).collect();
    let families = goods::queries::families_of_many(conn, coordinations).await?;
    Ok(vec![gifts_table(words, &papers, &names, &families)])
}

/// The gifts of a period, one row per line of each signed paper: what the company's own valuation and the
/// association's description (2041-MEC-SD) start from. Kilograms proposed and accepted, no value and no rate.
pub(crate) fn gifts_table(
    words: &Words,
    papers: &[Handover],
    names: &BTreeMap<StructureId, String>,
    families: &[Family],
) -> Table {
    let column = |key: &str, kind| Column::new(words.t(key), kind);
    let kilograms = |grams: Grams| Cell::Decimal { units: grams.0, places: 3 };
    let name = |id: &StructureId| Cell::from(names.get(id).cloned().unwrap_or_default());
    Table {
        title: words.t("collections-slips-title"),
        columns: vec![
            column("collections-slips-reference", Kind::Text),
            column("collections-slips-day", Kind::Date),
            column("collections-paper-giver", Kind::Text),
            column("collections-paper-receiver", Kind::Text),
            column("collections-paper-product", Kind::Text),
            column("collections-family", Kind::Text),
            column("collections-paper-lot", Kind::Text),
            column("collections-date-kind", Kind::Text),
            column("collections-date", Kind::Date),
            column("collections-slips-days-left", Kind::Integer),
            column("collections-slips-proposed", Kind::Decimal),
            column("collections-slips-accepted", Kind::Decimal),
            column("collections-difference", Kind::Text),
        ],
        rows: papers
            .iter()
            .flat_map(|paper| paper.lines.iter().map(move |line| (paper, line)))
            .map(|(paper, line)| {
                let day = paper.handed_at.map(|at| words.civil(at).date());
                let left = day.zip(line.date).map(|(day, date)| (date - day).num_days());
                vec![
                    paper.reference.clone().into(),
                    day.into(),
                    name(&paper.giver),
                    name(&paper.receiver),
                    line.product.clone().into(),
                    labels::family(families, &line.family, words.locale()).into(),
                    line.lot_number.clone().into(),
                    labels::date_kind(words, line.date_kind).into(),
                    line.date.into(),
                    left.into(),
                    kilograms(line.proposed),
                    line.accepted.map_or(Cell::Empty, kilograms),
                    line.difference_reason.as_deref().map(|why| difference_in_words(words, why)).into(),
                ]
            })
            .collect(),
    }
}
