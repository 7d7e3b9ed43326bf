//! What comes back by itself: the day's proposal at 18:00, reminders, what nobody answered.
//!
//! Invariant: the machine proposes; it never validates.

use chrono::{Duration, NaiveTime};
use collections::usecases::set_aside::{HOLD_ENDED, HoldEnded};
use kernel::Failure;
use queue::{Every, Handler, Schedule};

use crate::usecases::prepare::{self, Prepare};
use crate::usecases::{Refused, fetched, lapse, remind};
use crate::{queries, store as rows};

const DAILY: &str = "allocation.daily";
const ANSWERS: &str = "allocation.answers";

pub(crate) fn handlers() -> Vec<Handler> {
    vec![
        Handler::new(DAILY, |cx, db, _| async move {
            let coordinations = rows::coordinations_with_runs_due(&mut db.read().await?).await?;
            for coordination in coordinations {
                // One proposal at a time: a second would only share out what the first left.
                if !queries::proposed(&mut db.read().await?, coordination).await?.is_empty() {
                    continue;
                }
                let mut there = cx.clone();
                there.coordination = Some(coordination);
                match prepare::run(&there, &db, Prepare { coordination }).await {
                    Ok(prepared) => tracing::info!(reference = prepared.reference, "a run was prepared"),
                    Err(Failure::Refused(Refused::NothingToShare)) => {}
                    Err(failure) => return Err(failure.into()),
                }
            }
            Ok(())
        }),
        Handler::new(HOLD_ENDED, |cx, db, payload| async move {
            let ended: HoldEnded = serde_json::from_value(payload)?;
            fetched::run(&cx, &db, ended.hold).await?;
            Ok(())
        }),
        Handler::new(ANSWERS, |cx, db, _| async move {
            lapse::run(&cx, &db).await?;
            remind::run(&cx, &db).await?;
            Ok(())
        }),
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![
        Schedule { kind: DAILY, every: Every::DayAt(NaiveTime::MIN + Duration::hours(18)) },
        Schedule { kind: ANSWERS, every: Every::Minutes(60) },
    ]
}
