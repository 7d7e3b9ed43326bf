//! Keeping house: forgetting what need not be kept, every night.

use chrono::{Duration, NaiveTime};
use kernel::Cx;
use queue::{Done, Every, Handler, Schedule};
use store::Db;

const KEEP: &str = "tablee.keep";

/// Who does it.
#[must_use]
pub fn handler() -> Handler {
    Handler::new(KEEP, |cx, db, _| async move { keep(&cx, &db).await })
}

/// When: at three in the morning.
#[must_use]
pub fn schedule() -> Schedule {
    Schedule { kind: KEEP, every: Every::DayAt(NaiveTime::MIN + Duration::hours(3)) }
}

async fn keep(cx: &Cx, db: &Db) -> Done {
    let mut tx = db.write().await?;
    store::forget_commands(&mut tx, cx.now() - Duration::days(30)).await?;
    queue::forget_done(&mut tx, cx.now() - Duration::days(30)).await?;
    accounts::sessions::forget_expired(&mut tx, cx).await?;
    for person in accounts::people::not_seen_since(&mut tx, cx.now() - Duration::days(730)).await? {
        accounts::people::erase(&mut tx, cx, person).await?;
    }
    tx.commit().await?;
    Ok(())
}
