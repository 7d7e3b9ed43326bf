//! The list of the stock to take away: CSV, XLSX or ODS. Another structure's stock, taken away, is a reading of kind
//! `export`.

use ::store::{Conn, Error};
use access::Gate;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use documents::sheets::{Cell, Column, Format, Kind, Table};
use goods::labels;
use i18n::Words;
use kernel::StructureId;
use web::{Answer, Input, Problem, Visit};

use super::lines::state_label;
use super::list::{Asked, read};
use super::lot::cause_key;
use super::sight::Sight;
use crate::queries;

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
    let format = Format::from_ending(input.get("format").unwrap_or("csv")).ok_or(Problem::NOT_FOUND)?;
    let bytes = format.write(&table).map_err(Problem::fault)?;
    let name = format!("attachment; filename=\"stock-{}.{}\"", visit.words.today(), format.ending());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// All movements of a structure's stock, for its own export.
pub(crate) async fn own_tables(
    conn: &mut Conn,
    words: &Words,
    structure: StructureId,
) -> Result<Vec<Table>, Error> {
    let column = |key: &str, kind| Column::new(words.t(key), kind);
    let rows = queries::turnover(conn, structure)
        .await?
        .into_iter()
        .map(|one| {
            vec![
                Cell::from(Some(words.civil(one.occurred_at).date())),
                Cell::from(words.t(cause_key(one.cause))),
                Cell::from(one.reference),
                Cell::from(one.product),
                kilograms(one.grams),
                Cell::from(one.reason),
            ]
        })
        .collect();
    let columns = vec![
        column("stock-column-day", Kind::Date),
        column("stock-column-act", Kind::Text),
        column("stock-column-reference", Kind::Text),
        column("stock-column-product", Kind::Text),
        column("stock-column-moved-kg", Kind::Decimal),
        column("stock-column-reason", Kind::Text),
    ];
    Ok(vec![Table { title: words.t("stock-export-movements"), columns, rows }])
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
