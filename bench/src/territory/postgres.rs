//! The same territory in PostgreSQL: what the SQLite file holds is copied table by table.

use anyhow::{Context as _, ensure};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};
use std::fmt::Write as _;
use std::path::Path;
use store::{Db, OpenOptions};

/// Rows sent at a time.
const AT_ONCE: usize = 10_000;

/// Copies the file into an empty database; one that has the territory is left as it is.
pub async fn copy(file: &Path, address: &str) -> anyhow::Result<()> {
    let db = Db::open(address, OpenOptions::default()).await?;
    db.migrate().await?;
    let there: i64 = db.read().await?.query("SELECT COUNT(*) FROM coordination").value().await?;
    db.close().await;
    if there > 0 {
        return Ok(());
    }
    let mut to = address.parse::<PgConnectOptions>()?.connect().await?;
    let mut from = SqliteConnectOptions::new().filename(file).read_only(true).connect().await?;
    // References are checked by the doctor at the end, not line by line.
    sqlx::query("SET session_replication_role = replica")
        .execute(&mut to)
        .await
        .context("only the database's superuser may copy")?;
    for table in tables(&mut to).await? {
        copy_table(&mut from, &mut to, &table).await.with_context(|| table.name.clone())?;
    }
    sqlx::raw_sql("VACUUM ANALYZE").execute(&mut to).await?;
    to.close().await?;
    from.close().await?;
    Ok(())
}

struct Table {
    name: String,
    columns: Vec<(String, String)>,
}

async fn tables(to: &mut PgConnection) -> anyhow::Result<Vec<Table>> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text FROM information_schema.columns c
         JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE '\\_sqlx%'
         ORDER BY c.table_name, c.ordinal_position",
    )
    .fetch_all(to)
    .await?;
    let mut tables: Vec<Table> = Vec::new();
    for (name, column, kind) in rows {
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push((column, kind)),
            None => tables.push(Table { name, columns: vec![(column, kind)] }),
        }
    }
    ensure!(!tables.is_empty(), "there are no tables");
    Ok(tables)
}

async fn copy_table(from: &mut SqliteConnection, to: &mut PgConnection, table: &Table) -> anyhow::Result<()> {
    use sqlx::Row as _;
    let names: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
    let values: Vec<String> = table.columns.iter().map(|(column, kind)| as_text(column, kind)).collect();
    let select = format!("SELECT {} FROM \"{}\"", values.join(" || char(9) || "), table.name);
    let mut into =
        to.copy_in_raw(&format!("COPY \"{}\" (\"{}\") FROM STDIN", table.name, names.join("\", \""))).await?;
    let mut after = 0_i64;
    loop {
        let page = format!("{select} WHERE rowid > $1 ORDER BY rowid LIMIT {AT_ONCE}");
        let page = page.replacen("SELECT ", "SELECT rowid, ", 1);
        let rows = sqlx::query(AssertSqlSafe(page)).bind(after).fetch_all(&mut *from).await?;
        let mut lines = String::new();
        for row in &rows {
            after = row.try_get(0)?;
            let _ = writeln!(lines, "{}", row.try_get::<&str, _>(1)?);
        }
        into.send(lines.into_bytes()).await?;
        if rows.len() < AT_ONCE {
            break;
        }
    }
    into.finish().await?;
    Ok(())
}

/// An SQLite column as PostgreSQL's COPY reads it.
fn as_text(column: &str, kind: &str) -> String {
    let value = match kind {
        "uuid" => format!("hex(\"{column}\")"),
        "bytea" => format!("'\\\\x' || hex(\"{column}\")"),
        "boolean" => format!("iif(\"{column}\", 't', 'f')"),
        _ => format!(
            "replace(replace(replace(CAST(\"{column}\" AS TEXT), '\\', '\\\\'), char(9), '\\t'), char(10), '\\n')"
        ),
    };
    format!("iif(\"{column}\" IS NULL, '\\N', {value})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_copy_reads_them() {
        assert_eq!(as_text("id", "uuid"), r#"iif("id" IS NULL, '\N', hex("id"))"#);
        assert_eq!(as_text("bytes", "bytea"), r#"iif("bytes" IS NULL, '\N', '\\x' || hex("bytes"))"#);
        assert!(as_text("note", "text").contains(r#"replace(CAST("note" AS TEXT), '\', '\\')"#));
    }
}
