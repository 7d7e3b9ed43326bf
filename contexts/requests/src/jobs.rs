//! What comes back by itself: standing requests made a week ahead, old ones asked about, lapsed ones put away.
//!
//! Invariant: each job may run twice, or late, without asking or making anything twice.

use chrono::{Duration, NaiveTime};
use queue::{Every, Handler, Schedule};

use crate::usecases::{ask, expire, spawn_due};

const SPAWN: &str = "requests.spawn_due";
const EXPIRE: &str = "requests.expire";
const ASK: &str = "requests.ask";

pub(crate) fn handlers() -> Vec<Handler> {
    vec![
        Handler::new(SPAWN, |cx, db, _| async move {
            spawn_due::run(&cx, &db).await?;
            Ok(())
        }),
        Handler::new(EXPIRE, |cx, db, _| async move {
            expire::run(&cx, &db).await?;
            Ok(())
        }),
        Handler::new(ASK, |cx, db, _| async move {
            ask::run(&cx, &db).await?;
            Ok(())
        }),
        Handler::new(ask::JOB, |cx, db, payload| async move {
            ask::one(&cx, &db, &serde_json::from_value(payload)?).await?;
            Ok(())
        }),
    ]
}

/// Before anybody is up, so that the day's allocation sees them.
pub(crate) fn schedules() -> Vec<Schedule> {
    let at = |hour| Every::DayAt(NaiveTime::MIN + Duration::hours(hour));
    vec![
        Schedule { kind: EXPIRE, every: at(3) },
        Schedule { kind: SPAWN, every: at(4) },
        Schedule { kind: ASK, every: at(9) },
    ]
}
