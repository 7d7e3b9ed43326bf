//! A territory of 300 structures, 2,000 sites and three years of 500,000 movements each, written by SQL in bulk rather
//! than by the use cases of real life: they would take a day for what three statements write in a minute.
//!
//! Invariant: what is written could have been written by the use cases; `tablee doctor` finds nothing to say of it.

mod postgres;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::uuid::Uuid;
use kernel::{CoordinationId, Cx, PersonId, Viewer, World};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use store::{Db, OpenOptions};

/// Lots in three years: nine movements each make a million and a half.
const LOTS: i64 = 168_000;
/// Three years.
const SPAN: chrono::Duration = chrono::Duration::days(3 * 365);
/// People who read at the same time.
pub const READERS: usize = 50;
/// One lot in so many is traced, over the three years.
const TRACED: i64 = 84;

/// What was written, and the keys of the people who will come.
pub struct Territory {
    /// Session cookies of contributors.
    pub readers: Vec<String>,
    /// Session cookies of shops.
    pub shops: Vec<String>,
    /// The session cookie of a facilitator.
    pub facilitator: String,
    /// Lots all over the three years.
    pub lots: Vec<Uuid>,
    /// A hub's place.
    pub hub: Uuid,
    /// How many rows of each kind, in words.
    pub counts: Vec<(&'static str, i64)>,
    /// The size of the file or of the database, in bytes.
    pub bytes: u64,
    /// How long the writing took; nothing where the file was there.
    pub wrote: Option<Duration>,
}

impl Territory {
    /// Writes the territory into a fresh file, or takes the one that is there, and copies it into an empty PostgreSQL
    /// database where one is named; opens the sessions.
    pub async fn write(file: &Path, postgres: Option<&str>) -> anyhow::Result<Self> {
        let fresh = !file.exists();
        let begun = Instant::now();
        write_file(file, fresh).await?;
        let address = match postgres {
            Some(address) => {
                postgres::copy(file, address).await.context("the territory cannot be copied")?;
                address
            }
            None => file.to_str().context("the file's name is not text")?,
        };
        let wrote = fresh.then(|| begun.elapsed());
        let db = Db::open(address, OpenOptions::default()).await?;
        let mut territory = open_sessions(&db).await?;
        territory.wrote = wrote;
        territory.bytes = match postgres {
            Some(_) => {
                let size: i64 =
                    db.read().await?.query("SELECT pg_database_size(current_database())").value().await?;
                size.unsigned_abs()
            }
            None => std::fs::metadata(file)?.len(),
        };
        db.close().await;
        Ok(territory)
    }
}

async fn write_file(file: &Path, fresh: bool) -> anyhow::Result<()> {
    let address = file.to_str().context("the file's name is not text")?;
    let db = Db::open(address, OpenOptions { durable: false, ..OpenOptions::default() }).await?;
    db.migrate().await?;
    if fresh {
        let cx = Cx::new(World::real(), Viewer::job());
        let coordination = CoordinationId::new(&cx);
        fill(file, &cx, coordination).await.context("the territory cannot be written")?;
        let mut tx = db.write().await?;
        let installed = goods::usecases::install_defaults::within(&cx, &mut tx, coordination).await;
        installed.map_err(|failure| anyhow::anyhow!("no families: {failure:?}"))?;
        tx.commit().await?;
    }
    db.close().await;
    Ok(())
}

/// Runs the three scripts in one transaction of one connection, whose temporary tables they share.
async fn fill(file: &Path, cx: &Cx, coordination: CoordinationId) -> anyhow::Result<()> {
    let mut conn = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        // References are checked once at the end, by the doctor, instead of eight million times.
        .foreign_keys(false)
        .pragma("cache_size", "-400000")
        .connect()
        .await?;
    let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, false);
    let (start, now) = (cx.now() - SPAN, cx.now());
    let mut tx = conn.begin().await?;
    sqlx::raw_sql(
        "CREATE TEMP TABLE constant (territory BLOB, coordination BLOB, donor_place BLOB, handed_out_place BLOB,
             start_ms INTEGER, now_ms INTEGER, started TEXT, now TEXT, lots INTEGER)",
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query("INSERT INTO constant VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(cx.new_uuid())
        .bind(coordination)
        .bind(cx.new_uuid())
        .bind(cx.new_uuid())
        .bind(start.timestamp_millis())
        .bind(now.timestamp_millis())
        .bind(text(start))
        .bind(text(now))
        .bind(LOTS)
        .execute(&mut *tx)
        .await?;
    sqlx::raw_sql(include_str!("territory/seats.sql")).execute(&mut *tx).await.context("seats")?;
    sqlx::raw_sql(include_str!("territory/ledger.sql")).execute(&mut *tx).await.context("ledger")?;
    sqlx::raw_sql(include_str!("territory/board.sql")).execute(&mut *tx).await.context("board")?;
    tx.commit().await?;
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// One session per person who will come, and what they will ask for.
async fn open_sessions(db: &Db) -> anyhow::Result<Territory> {
    let cx = Cx::new(World::real(), Viewer::job());
    let mut tx = db.write().await?;
    let people: Vec<(PersonId,)> =
        tx.query("SELECT id FROM person WHERE email LIKE 'personne-%' ORDER BY email").all().await?;
    let mut cookies = Vec::with_capacity(people.len());
    for (person,) in people {
        let token = accounts::sessions::open(&mut tx, &cx, person, false).await?;
        cookies.push(format!("{}={}", accounts::sessions::COOKIE, token.reveal()));
    }
    tx.commit().await?;
    let mut conn = db.read().await?;
    let lots: Vec<(Uuid,)> = conn
        .query("SELECT id FROM lot WHERE CAST(substr(reference, 4) AS BIGINT) % $1 = 0 ORDER BY id")
        .bind(TRACED)
        .all()
        .await?;
    let hub: Uuid = conn.query("SELECT id FROM site WHERE is_hub ORDER BY id LIMIT 1").value().await?;
    let mut counts = Vec::new();
    for (what, sql) in COUNTED {
        counts.push((what, conn.query(sql).value().await?));
    }
    let of = |from: usize, many: usize| cookies.iter().skip(from).take(many).cloned().collect();
    Ok(Territory {
        readers: of(3, READERS),
        shops: of(240, READERS),
        facilitator: cookies.first().cloned().context("nobody is there")?,
        lots: lots.into_iter().map(|(lot,)| lot).collect(),
        hub,
        counts,
        bytes: 0,
        wrote: None,
    })
}

const COUNTED: [(&str, &str); 10] = [
    ("structures", "SELECT COUNT(*) FROM structure"),
    ("sites", "SELECT COUNT(*) FROM site"),
    ("movements", "SELECT COUNT(*) FROM movement"),
    ("lots", "SELECT COUNT(*) FROM lot"),
    ("balances", "SELECT COUNT(*) FROM balance"),
    (
        "lots in the hubs today",
        "SELECT COUNT(*) FROM balance b JOIN place p ON p.id = b.place_id WHERE p.site_id IS NOT NULL AND b.grams > 0",
    ),
    ("published collections", "SELECT COUNT(*) FROM collection WHERE state = 'published'"),
    ("past collections", "SELECT COUNT(*) FROM collection WHERE state <> 'published'"),
    ("open requests", "SELECT COUNT(*) FROM request WHERE state = 'open'"),
    ("past requests", "SELECT COUNT(*) FROM request WHERE state <> 'open'"),
];
