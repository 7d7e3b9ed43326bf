//! Reading many rows by id in few statements: thirty-two ids at a time, so that one SQL text serves both engines and
//! the index is used.

use store::{Query, Value};

/// How many ids one statement takes.
pub const AT_ONCE: usize = 32;

/// The list `($1, …, $32)` of a statement filled by [`bind_ids`]; further values follow from `$33`.
#[macro_export]
macro_rules! ids {
    () => {
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
          $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)"
    };
}

/// Binds the first thirty-two ids; fewer are completed by repeating the last, none by nothing, which no row has.
pub fn bind_ids<'c, I: Copy>(mut query: Query<'c>, ids: &[I]) -> Query<'c>
where
    Option<I>: Value,
{
    for at in 0..AT_ONCE {
        query = query.bind(ids.get(at).or(ids.last()).copied());
    }
    query
}
