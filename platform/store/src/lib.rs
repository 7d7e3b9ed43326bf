//! The SQL seam: one SQL text for SQLite and PostgreSQL, one transaction per act, each act once.
//!
//! ```text
//! Db ── read()  ──► Conn   a consistent snapshot that cannot write
//!    ── write() ──► Tx     the one way to write; dropped without commit, nothing happened
//!    ── write_together(note) ──► a note beside an act, in a transaction shared with those who note at that moment
//!    ── begin(cx, name, command) ──► First(Tx) | Again(outcome)     a command the client may send twice
//! ```
//!
//! Invariant: statements are `&'static str` and values are always bound, so no text a person typed can become SQL.
//!
//! The common subset: `$1` placeholders, `ON CONFLICT … DO UPDATE … RETURNING`, CTEs, window functions, integers
//! as `BIGINT`, sums as `CAST(SUM(x) AS BIGINT)`. Rows are locked by touching their `version` first
//! (`UPDATE … SET version = version + 1 … RETURNING`), which both engines honour.

mod backup;
mod command;
mod conn;
mod db;
mod error;
mod reached;
mod together;

pub use backup::BackupRefused;
pub use command::{Begin, Command, forget_commands};
pub use conn::{Conn, Query, Row, Tx, Value};
pub use db::{Db, Engine, OpenOptions};
pub use error::{Error, Kind};
pub use sqlx::FromRow;
pub use sqlx::types::Json;
