//! What the machine does by itself: let pass what is past, make the next days' pickups, open what a partner did not take.

use chrono::{Duration, NaiveTime};
use queue::{Every, Handler, Schedule};

use crate::usecases::announce::{OPEN, Opens};
use crate::usecases::{lapse, open_to_all, spawn_pickups};

const LAPSE: &str = "collections.lapse";
const SPAWN: &str = "collections.spawn_pickups";

pub(crate) fn handlers() -> Vec<Handler> {
    vec![
        Handler::new(LAPSE, |cx, db, _| async move {
            lapse::run(&cx, &db).await?;
            Ok(())
        }),
        Handler::new(SPAWN, |cx, db, _| async move {
            spawn_pickups::run(&cx, &db).await?;
            Ok(())
        }),
        Handler::new(OPEN, |cx, db, payload| async move {
            let opens: Opens = serde_json::from_value(payload)?;
            open_to_all::run(&cx, &db, opens.collection).await?;
            Ok(())
        }),
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![
        Schedule { kind: LAPSE, every: Every::Minutes(15) },
        // Before the first stop of the morning; a process that was off makes them when it comes back.
        Schedule { kind: SPAWN, every: Every::DayAt(NaiveTime::MIN + Duration::hours(4)) },
    ]
}
