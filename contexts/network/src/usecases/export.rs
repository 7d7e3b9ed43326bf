//! All of a structure's data, to take away: one CSV file per table and the same as JSON, in a ZIP.
//!
//! Invariant: only a structure's own leads take it, and it holds everything the rooms know of the structure, whatever
//! the scopes.

use std::future::Future;
use std::io::{Cursor, Write as _};
use std::pin::Pin;

use chrono::NaiveDate;
use documents::sheets::{Cell, Column, Kind, Table, write_csv};
use i18n::Words;
use kernel::{Cx, Failure, Fault, Never, StructureId};
use serde_json::{Map, Value};
use store::{Conn, Error};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::{labels, queries};

/// Tables that are being read.
pub type Tables<'a> = Pin<Box<dyn Future<Output = Result<Vec<Table>, Error>> + Send + 'a>>;

/// What a room knows of a structure, as tables. Rooms further up give theirs to [`crate::room_with`].
pub type Exporter = for<'a> fn(&'a mut Conn, &'a Cx, &'a Words, StructureId) -> Tables<'a>;

/// The most bytes an export may take; far beyond what years of a large structure hold.
const MOST: usize = 200_000_000;

/// Everything the rooms know, as a ZIP.
///
/// # Errors
/// Forbidden to others than the structure's leads.
pub async fn all_data(
    conn: &mut Conn,
    cx: &Cx,
    words: &Words,
    exporters: &[Exporter],
    structure: StructureId,
) -> Result<Vec<u8>, Failure<Never>> {
    if !cx.viewer.leads(structure) {
        return Err(Failure::Forbidden);
    }
    let mut tables = own_tables(conn, cx, words, structure).await?;
    for exporter in exporters {
        tables.extend(exporter(conn, cx, words, structure).await?);
    }
    pack(&tables).map_err(|error| Failure::Fault(Fault::new(error)))
}

fn pack(tables: &[Table]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut all = Map::new();
    let mut taken = 0;
    for (at, table) in tables.iter().enumerate() {
        let name = crate::slug(&table.title);
        let csv = write_csv(table);
        taken += csv.len();
        if taken > MOST {
            return Err("an export beyond all measure".into());
        }
        zip.start_file(format!("{:02}-{name}.csv", at + 1), SimpleFileOptions::default())?;
        zip.write_all(&csv)?;
        all.insert(name, as_json(table));
    }
    zip.start_file("donnees.json", SimpleFileOptions::default())?;
    zip.write_all(&serde_json::to_vec_pretty(&Value::Object(all))?)?;
    Ok(zip.finish()?.into_inner())
}

fn as_json(table: &Table) -> Value {
    let rows = table.rows.iter().map(|row| {
        let pairs = table.columns.iter().zip(row).map(|(column, cell)| {
            let value = match cell {
                Cell::Empty => Value::Null,
                Cell::Text(text) => Value::from(text.as_str()),
                Cell::Integer(number) => Value::from(*number),
                // A decimal stays exact as text; JSON numbers do not.
                Cell::Decimal { units, places } => Value::from(format!("{units}e-{places}")),
                Cell::Date(date) => Value::from(date.to_string()),
            };
            (column.name.clone(), value)
        });
        Value::Object(pairs.collect())
    });
    Value::Array(rows.collect())
}

/// What this room knows: identity, seats, people, scopes, readings.
async fn own_tables(
    conn: &mut Conn,
    cx: &Cx,
    words: &Words,
    structure: StructureId,
) -> Result<Vec<Table>, Failure<Never>> {
    let text = |key: &str| Column::new(words.t(key), Kind::Text);
    let found = queries::structure(conn, structure).await?.ok_or(Failure::NotFound)?;
    let identity = Table {
        title: words.t("network-export-identity"),
        columns: vec![
            text("network-name"),
            text("network-kind"),
            text("network-sector"),
            text("network-head-network"),
            text("network-siret"),
            text("network-rna"),
            text("network-accreditation"),
        ],
        rows: vec![vec![
            found.name.into(),
            labels::kind(words, found.kind).into(),
            labels::sector(words, found.sector).into(),
            found.head_network.into(),
            found.siret.into(),
            found.rna.into(),
            labels::accreditation(words, found.accreditation).into(),
        ]],
    };
    let mut seats = Vec::new();
    for coordination in queries::coordinations_of(conn, structure).await? {
        let name = queries::coordination(conn, coordination).await?.map(|c| c.full_name).unwrap_or_default();
        if let Some(member) = queries::member(conn, coordination, structure).await? {
            seats.push(vec![name.into(), labels::level(words, member.level).into(), member.since.into()]);
        }
    }
    let colleagues = queries::colleagues(conn, structure).await?;
    let mut people = Vec::new();
    for one in colleagues {
        if let Some(person) = accounts::people::person(conn, one.person).await? {
            people.push(vec![
                person.name.into(),
                person.email.into(),
                labels::role(words, one.role).into(),
                one.since.into(),
            ]);
        }
    }
    let mut scopes = Vec::new();
    for group in access::FieldGroup::ALL {
        let choice = queries::choice_of(conn, structure, group).await?;
        let named = queries::structure_names(conn, &choice.named).await?;
        let named = named.into_values().collect::<Vec<_>>().join(", ");
        scopes.push(vec![
            labels::group(words, group).into(),
            labels::scope(words, choice.scope).into(),
            named.into(),
        ]);
    }
    let date = |key: &str| Column::new(words.t(key), Kind::Date);
    Ok(vec![
        identity,
        Table {
            title: words.t("network-export-seats"),
            columns: vec![text("network-coordination"), text("network-level"), date("network-since")],
            rows: seats,
        },
        Table {
            title: words.t("network-export-people"),
            columns: vec![
                text("network-person"),
                text("network-email"),
                text("network-role"),
                date("network-since"),
            ],
            rows: people,
        },
        Table {
            title: words.t("network-export-scopes"),
            columns: vec![text("network-group"), text("network-scope"), text("network-named")],
            rows: scopes,
        },
        readings(conn, cx, words, structure).await?,
    ])
}

/// Who read what since a year ago, as a table.
async fn readings(conn: &mut Conn, cx: &Cx, words: &Words, structure: StructureId) -> Result<Table, Error> {
    let since: NaiveDate = cx.today() - chrono::Duration::days(365);
    let readings = access::readings_of(conn, structure, since).await?;
    let readers: Vec<StructureId> = readings.iter().map(|reading| reading.reader_id).collect();
    let names = queries::structure_names(conn, &readers).await?;
    let text = |key: &str| Column::new(words.t(key), Kind::Text);
    Ok(Table {
        title: words.t("network-export-readings"),
        columns: vec![
            Column::new(words.t("network-day"), Kind::Date),
            text("network-reader"),
            text("network-what"),
            text("network-surface"),
            Column::new(words.t("network-times"), Kind::Integer),
        ],
        rows: readings
            .into_iter()
            .map(|reading| {
                vec![
                    reading.day.into(),
                    names.get(&reading.reader_id).cloned().unwrap_or_default().into(),
                    words.t(&format!("network-group-{}", reading.what)).into(),
                    words.t(&format!("network-surface-{}", reading.surface)).into(),
                    reading.times.into(),
                ]
            })
            .collect(),
    })
}
