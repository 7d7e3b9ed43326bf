//! What comes back by itself.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kernel::{Cx, time};
use store::{Db, Error};

use crate::enqueue;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Every so many minutes, counted from midnight UTC.
    Minutes(u32),
    /// Every day at this civil time of the installation's zone.
    DayAt(NaiveTime),
}

/// A job that comes back.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The kind of job.
    pub kind: &'static str,
    /// How often.
    pub every: Every,
}

impl Schedule {
    /// The latest moment, not after now, at which the job should run.
    fn latest(&self, cx: &Cx) -> DateTime<Utc> {
        match self.every {
            Every::Minutes(minutes) => {
                let step = i64::from(minutes.max(1)) * 60;
                let seconds = cx.now().timestamp();
                DateTime::from_timestamp(seconds - seconds.rem_euclid(step), 0).unwrap_or_else(|| cx.now())
            }
            Every::DayAt(at) => {
                let today = time::instant(cx.today().and_time(at), cx.zone);
                if today <= cx.now() {
                    today
                } else {
                    time::instant((cx.today() - Duration::days(1)).and_time(at), cx.zone)
                }
            }
        }
    }
}

/// Enqueues each schedule's latest moment, unless some process already has. A moment that was missed for more
/// than a day is let go: yesterday's reminder helps nobody.
///
/// # Errors
/// When the database cannot be written.
pub async fn enqueue_due(db: &Db, cx: &Cx, schedules: &[Schedule]) -> Result<(), Error> {
    let mut tx = db.write().await?;
    for schedule in schedules {
        let at = schedule.latest(cx);
        if cx.now() - at < Duration::days(1) {
            let once = format!("{}@{}", schedule.kind, at.timestamp());
            enqueue(&mut tx, cx, schedule.kind, &serde_json::Value::Null, at, Some(once)).await?;
        }
    }
    tx.commit().await
}
