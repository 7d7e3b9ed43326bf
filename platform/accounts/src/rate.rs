//! How often one address or one account may try something, counted in the database so that it holds for several
//! processes.

use chrono::{DateTime, Duration, Utc};
use kernel::Cx;
use store::{Db, Error};

/// Counts one try in `bucket` and says whether it is among the first `most` of its window.
///
/// # Errors
/// When the database cannot be written.
pub async fn allow(db: &Db, cx: &Cx, bucket: &str, most: i64, window: Duration) -> Result<bool, Error> {
    let step = window.num_seconds().max(1);
    let now = cx.now().timestamp();
    let starts: DateTime<Utc> =
        DateTime::from_timestamp(now - now.rem_euclid(step), 0).unwrap_or_else(|| cx.now());
    let mut tx = db.write().await?;
    let hits: i64 = tx
        .query(
            "INSERT INTO rate_window (bucket, starts_at, hits) VALUES ($1, $2, 1)
             ON CONFLICT (bucket, starts_at) DO UPDATE SET hits = rate_window.hits + 1 RETURNING hits",
        )
        .bind(bucket.to_owned())
        .bind(starts)
        .value()
        .await?;
    tx.query("DELETE FROM rate_window WHERE starts_at < $1").bind(starts - Duration::days(1)).run().await?;
    tx.commit().await?;
    Ok(hits <= most)
}
