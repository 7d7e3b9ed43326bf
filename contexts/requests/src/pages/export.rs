//! The list of requests to take away (CSV, XLSX or ODS), and its sums by family. Both pass through the gate like the
//! list: what may not be seen is not counted, and what is taken away of others is a reading of kind `export`.

use std::collections::BTreeMap;

use ::store::{Conn, Error};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use documents::sheets::{Cell, Column, Format, Kind, Table};
use goods::FamilyCode;
use i18n::Words;
use kernel::{CoordinationId, Grams, StructureId};
use web::{Answer, Input, Problem, Visit};

use super::board::sees_all;
use super::one::Viewing;
use crate::queries;
use crate::request::Request;

/// Requests in a file.
const MOST: i64 = 5_000;

/// The open requests the viewer may see, theirs only or all.
async fn open(
    conn: &mut Conn,
    visit: &Visit,
    coordination: CoordinationId,
    mine: bool,
    surface: &'static str,
) -> Result<(Viewing, Vec<Request>), Problem> {
    let mut found = Vec::new();
    if mine {
        let own: Vec<StructureId> = visit.cx.viewer.affiliations.iter().map(|a| a.structure).collect();
        for structure in own {
            found.extend(queries::open_requests(conn, coordination, Some(structure), None, MOST).await?);
        }
    } else {
        found = queries::open_requests(conn, coordination, None, None, MOST).await?;
    }
    let mut viewing = Viewing::open(conn, visit, coordination, surface, &found).await?;
    found.retain(|request| viewing.may_know(request));
    Ok((viewing, found))
}

/// What is still wanted in all of each family, in the order of the families.
pub(super) async fn totals(
    visit: &Visit,
    coordination: CoordinationId,
    mine: bool,
) -> Result<Vec<(String, String)>, Problem> {
    let mut conn = visit.app.db.read().await?;
    let (viewing, found) = open(&mut conn, visit, coordination, mine, "list").await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    drop(conn);
    viewing.note(visit).await?;
    let mut sums: BTreeMap<FamilyCode, Grams> = BTreeMap::new();
    for line in found.iter().flat_map(|request| &request.lines) {
        *sums.entry(line.family.clone()).or_default() += line.left();
    }
    let words = &visit.words;
    Ok(families
        .iter()
        .filter_map(|family| Some((family, sums.get(&family.code)?)))
        .filter(|(_, grams)| grams.is_positive())
        .map(|(family, grams)| {
            (goods::labels::family(&families, &family.code, words.locale()), words.mass(*grams))
        })
        .collect())
}

/// The file.
pub(super) async fn download(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mine = !sees_all(&visit, coordination) || input.get("a") == Some("nous");
    let mut conn = visit.app.db.read().await?;
    let (viewing, found) = open(&mut conn, &visit, coordination, mine, "export").await?;
    let structures: Vec<StructureId> = found.iter().map(|request| request.structure).collect();
    let names = network::queries::structure_names(&mut conn, &structures).await?;
    let families = goods::queries::families(&mut conn, coordination).await?;
    drop(conn);
    viewing.note(&visit).await?;
    let table = table(&visit.words, &found, &names, &families);
    let format = Format::from_ending(input.get("format").unwrap_or("csv")).ok_or(Problem::NOT_FOUND)?;
    let bytes = format.write(&table).map_err(Problem::fault)?;
    let name = format!("attachment; filename=\"demandes-{}.{}\"", visit.words.today(), format.ending());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Everything a structure has asked for, for its own export.
pub(crate) async fn own_tables(
    conn: &mut Conn,
    words: &Words,
    structure: StructureId,
) -> Result<Vec<Table>, Error> {
    let found = queries::requests_of(conn, structure).await?;
    let names = network::queries::structure_names(conn, &[structure]).await?;
    let coordinations = found.iter().map(|request| request.coordination).collect();
    let families = goods::queries::families_of_many(conn, coordinations).await?;
    let table = table(words, &found, &names, &families);
    Ok(vec![Table { title: words.t("requests-export-all"), ..table }])
}

/// One row for each line of a request, exact to the gram.
fn table(
    words: &Words,
    found: &[Request],
    names: &BTreeMap<StructureId, String>,
    families: &[goods::Family],
) -> Table {
    let column = |key: &str, kind| Column::new(words.t(key), kind);
    let columns = vec![
        column("requests-column-reference", Kind::Text),
        column("requests-column-structure", Kind::Text),
        column("requests-column-day", Kind::Date),
        column("requests-column-family", Kind::Text),
        column("requests-column-temperature", Kind::Text),
        column("requests-column-wanted", Kind::Decimal),
        column("requests-column-served", Kind::Decimal),
        column("requests-column-left", Kind::Decimal),
    ];
    let kilograms = |grams: Grams| Cell::Decimal { units: grams.0, places: 3 };
    let rows = found
        .iter()
        .flat_map(|request| request.lines.iter().map(move |line| (request, line)))
        .map(|(request, line)| {
            vec![
                Cell::from(request.reference.clone()),
                Cell::from(names.get(&request.structure).cloned().unwrap_or_default()),
                Cell::from(Some(request.needed_on)),
                Cell::from(goods::labels::family(families, &line.family, words.locale())),
                Cell::from(line.temperature.map(|class| goods::labels::temperature(words, class))),
                kilograms(line.wanted),
                kilograms(line.served),
                kilograms(line.left()),
            ]
        })
        .collect();
    Table { title: words.t("requests-board-title"), columns, rows }
}
