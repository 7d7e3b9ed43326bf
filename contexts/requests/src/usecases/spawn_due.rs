//! Makes the requests of standing requests, a week ahead. Running it twice makes nothing twice.

use kernel::{Cx, Failure};
use store::{Db, Tx};

use super::Refused;
use super::post::{Post, write};
use crate::standing::{SPAWN_AHEAD, StandingId, StandingState};
use crate::store as rows;

/// Makes what is due for every standing request, each in its own transaction, and says how many were made. One that
/// cannot be made (a family set aside, a place closed) is logged and does not hold up the others.
///
/// # Errors
/// When the database cannot be reached.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Refused>> {
    let ids = rows::active_standings(&mut db.read().await?).await?;
    let mut made = 0;
    for id in ids {
        let mut tx = db.write().await?;
        match within(cx, &mut tx, id).await {
            Ok(count) => {
                made += count;
                tx.commit().await?;
            }
            Err(Failure::Refused(refused)) => {
                tracing::warn!(standing = %id, ?refused, "a standing request could not be made");
                tx.rollback().await?;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(made)
}

/// Makes what is due for one standing request: the days of the coming week it falls on that have none yet.
///
/// # Errors
/// [`Refused`] where its content can no longer be asked for.
pub async fn within(cx: &Cx, tx: &mut Tx, id: StandingId) -> Result<usize, Failure<Refused>> {
    let Some(standing) = rows::hold_standing(tx, id).await? else { return Ok(0) };
    if standing.state != StandingState::Active {
        return Ok(0);
    }
    let cx = super::ask::at(cx, standing.coordination);
    let mut made = 0;
    for needed_on in standing.rhythm.days(cx.today(), cx.today() + SPAWN_AHEAD) {
        if rows::spawned(tx, id, needed_on).await?.is_some() {
            continue;
        }
        let post = Post {
            structure: standing.structure,
            site: standing.site,
            needed_on,
            households: standing.households,
            persons: standing.persons,
            note: standing.note.clone(),
            lines: standing.lines.clone(),
        };
        write(&cx, tx, &post, Some(id), None).await?;
        made += 1;
    }
    Ok(made)
}
