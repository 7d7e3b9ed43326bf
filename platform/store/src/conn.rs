//! A connection in a transaction, and the statements run on it.

use std::ops::{Deref, DerefMut};
use std::panic::Location;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Encode, FromRow, Postgres, Sqlite, Transaction, Type};

use crate::{Engine, Error, Kind};

/// Anything both engines can take as `$n`.
pub trait Value:
    for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres> + Send
{
}

impl<T> Value for T where
    T: for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres> + Send
{
}

/// Anything both engines' rows can become; `#[derive(store::FromRow)]` gives it.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

pub(crate) enum Link {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A consistent view of the database.
pub struct Conn(pub(crate) Link);

impl Conn {
    /// Prepares a statement; bind its values in the order of `$1`, `$2`, …
    #[track_caller]
    pub fn query(&mut self, sql: &'static str) -> Query<'_> {
        let arguments = match &self.0 {
            Link::Sqlite(_) => Arguments::Sqlite(SqliteArguments::default()),
            Link::Postgres(_) => Arguments::Postgres(PgArguments::default()),
        };
        Query { conn: self, sql, arguments, refused: None, place: Location::caller() }
    }

    /// A statement that has to be written twice; there are fewer than ten in the product.
    #[track_caller]
    pub fn dialect(&mut self, sqlite: &'static str, postgres: &'static str) -> Query<'_> {
        let sql = match self.engine() {
            Engine::Sqlite => sqlite,
            Engine::Postgres => postgres,
        };
        self.query(sql)
    }

    /// The engine behind.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }
}

/// A write transaction: what is not committed did not happen.
pub struct Tx(pub(crate) Conn);

impl Tx {
    /// Keeps everything written in this transaction.
    ///
    /// # Errors
    /// When the engine could not keep it; then nothing is kept.
    pub async fn commit(self) -> Result<(), Error> {
        match self.0.0 {
            Link::Sqlite(tx) => tx.commit().await?,
            Link::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Forgets everything written in this transaction, before returning.
    ///
    /// # Errors
    /// When the connection is lost; the engine forgets by itself then.
    pub async fn rollback(self) -> Result<(), Error> {
        match self.0.0 {
            Link::Sqlite(tx) => tx.rollback().await?,
            Link::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

enum Arguments {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

/// A statement on its way.
#[must_use = "a statement does nothing until it is run"]
pub struct Query<'c> {
    conn: &'c mut Conn,
    sql: &'static str,
    arguments: Arguments,
    refused: Option<sqlx::error::BoxDynError>,
    place: &'static Location<'static>,
}

macro_rules! on_engine {
    ($query:expr, $builder:ident, $run:ident $(, $row:ty)?) => {{
        let query = $query.checked()?;
        match (&mut query.conn.0, query.arguments) {
            (Link::Sqlite(tx), Arguments::Sqlite(arguments)) => {
                sqlx::$builder::<Sqlite, $($row,)? _>(query.sql, arguments).$run(&mut **tx).await.map_err(Error::from)
            }
            (Link::Postgres(tx), Arguments::Postgres(arguments)) => {
                sqlx::$builder::<Postgres, $($row,)? _>(query.sql, arguments).$run(&mut **tx).await.map_err(Error::from)
            }
            _ => Err(Error::new(Kind::Defect, "arguments of another engine")),
        }
    }};
}

impl<'c> Query<'c> {
    /// Binds the next value.
    pub fn bind(mut self, value: impl Value) -> Self {
        let added = match &mut self.arguments {
            Arguments::Sqlite(arguments) => arguments.add(value),
            Arguments::Postgres(arguments) => arguments.add(value),
        };
        if let Err(refused) = added {
            self.refused.get_or_insert(refused);
        }
        self
    }

    /// The last step before the engine, whatever is wanted of the rows.
    fn checked(self) -> Result<Self, Error> {
        crate::reached::note(self.conn.engine(), self.place);
        match self.refused {
            Some(refused) => Err(Error::new(Kind::Defect, refused)),
            None => Ok(Self { refused: None, ..self }),
        }
    }

    /// Every row.
    ///
    /// # Errors
    /// See [`Kind`].
    pub async fn all<T: Row>(self) -> Result<Vec<T>, Error> {
        on_engine!(self, query_as_with, fetch_all, T)
    }

    /// The row, if there is one.
    ///
    /// # Errors
    /// See [`Kind`].
    pub async fn optional<T: Row>(self) -> Result<Option<T>, Error> {
        on_engine!(self, query_as_with, fetch_optional, T)
    }

    /// The row; its absence is an error of kind [`Kind::Missing`].
    ///
    /// # Errors
    /// See [`Kind`].
    pub async fn one<T: Row>(self) -> Result<T, Error> {
        on_engine!(self, query_as_with, fetch_one, T)
    }

    /// The first column of the one row, e.g. a count.
    ///
    /// # Errors
    /// See [`Kind`].
    pub async fn value<T>(self) -> Result<T, Error>
    where
        T: Send + Unpin,
        (T,): Row,
    {
        self.one::<(T,)>().await.map(|(value,)| value)
    }

    /// Runs the statement and says how many rows it touched.
    ///
    /// # Errors
    /// See [`Kind`].
    pub async fn run(self) -> Result<u64, Error> {
        let query = self.checked()?;
        match (&mut query.conn.0, query.arguments) {
            (Link::Sqlite(tx), Arguments::Sqlite(arguments)) => {
                Ok(sqlx::query_with::<Sqlite, _>(query.sql, arguments)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected())
            }
            (Link::Postgres(tx), Arguments::Postgres(arguments)) => {
                Ok(sqlx::query_with::<Postgres, _>(query.sql, arguments)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected())
            }
            _ => Err(Error::new(Kind::Defect, "arguments of another engine")),
        }
    }
}
