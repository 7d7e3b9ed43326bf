//! The list of the stock to take away: CSV, XLSX or ODS. Another structure's stock, taken away, is a reading of kind
//! `export`.

use access::Gate;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use documents::sheets::{Cell, Column, Kind, Table, write_csv, write_ods, write_xlsx};
use goods::labels;
use i18n::Words;
use web::{Answer, Input, Problem, Visit};

use super::lines::state_label;
use super::list::{Asked, read};
use super::sight::Sight;

/// Lots in a file.
const MOST: usize = 20_000;

pub(super) async fn download(visit: Visit, input: Input) -> Answer {
    visit.known()?;
    let coordination = visit.coordination()?;
    let mut conn = visit.app.db.read().await?;
    let mut gate = Gate::new(&visit.cx, "export");
    let sight = Sight::of(&mut conn, &visit.cx, &mut gate, coordination).await?;
    let asked = read(&mut conn, &mut gate, coordination, &sight, &input, MOST).await?;
    drop(conn);
    network::usecases::note_readings::run(&visit.app.db, gate).await?;
    let table = table(&visit.words, &asked);
    let (kind, ending, bytes) = match input.get("format").unwrap_or("csv") {
        "csv" => ("text/csv; charset=utf-8", "csv", write_csv(&table)),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            write_xlsx(&[table]).map_err(Problem::fault)?,
        ),
        "ods" => (
            "application/vnd.oasis.opendocument.spreadsheet",
            "ods",
            write_ods(&[table]).map_err(Problem::fault)?,
        ),
        _ => return Err(Problem::NOT_FOUND),
    };
    let name = format!("attachment; filename=\"stock-{}.{ending}\"", visit.words.today());
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Kilograms, exact to the gram.
fn kilograms(grams: kernel::Grams) -> Cell {
    Cell::Decimal { units: grams.0, places: 3 }
}

fn table(words: &Words, asked: &Asked) -> Table {
    let column = |key: &str, kind| Column::new(words.t(key), kind);
    let columns = vec![
        column("stock-column-reference", Kind::Text),
        column("stock-column-product", Kind::Text),
        column("stock-column-family", Kind::Text),
        column("stock-column-temperature", Kind::Text),
        column("stock-column-lot-number", Kind::Text),
        column("stock-column-date-kind", Kind::Text),
        column("stock-column-date", Kind::Date),
        column("stock-column-donor", Kind::Text),
        column("stock-column-all-kg", Kind::Decimal),
        column("stock-column-reserved-kg", Kind::Decimal),
        column("stock-column-free-kg", Kind::Decimal),
        column("stock-column-figure", Kind::Text),
        column("stock-column-state", Kind::Text),
    ];
    let rows = asked
        .lots
        .iter()
        .map(|lot| {
            vec![
                Cell::from(lot.reference.clone()),
                Cell::from(lot.product.clone()),
                Cell::from(labels::family(&asked.families, &lot.family, words.locale())),
                Cell::from(labels::temperature(words, lot.temperature)),
                Cell::from(lot.lot_number.clone().unwrap_or_default()),
                Cell::from(labels::date_kind(words, lot.date_kind)),
                Cell::from(lot.date),
                Cell::from(lot.donor.and_then(|donor| asked.donors.get(&donor).cloned())),
                kilograms(lot.grams),
                kilograms(lot.reserved),
                kilograms(lot.free()),
                Cell::from(words.t(if lot.estimated { "stock-estimated" } else { "stock-weighed" })),
                Cell::from(state_label(words, lot.state)),
            ]
        })
        .collect();
    Table { title: words.t1("stock-export-title", "place", &asked.shelf.name), columns, rows }
}
