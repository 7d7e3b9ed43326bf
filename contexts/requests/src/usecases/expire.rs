//! Lets lapse what nobody needs any more: requests whose day is past, requests and standing requests that nobody
//! confirmed. The structure is told, and can ask again in one click.

use kernel::{Cx, Failure, Never, Role};
use store::{Db, Tx};

use crate::request::{CONFIRM_AFTER, CONFIRM_WITHIN, CloseReason, Request, RequestId};
use crate::standing::{Standing, StandingId, StandingState};
use crate::store as rows;

/// Lets lapse all that is due, each in its own transaction, and says how many.
///
/// # Errors
/// When the database cannot be reached; what lapsed by then stays so.
pub async fn run(cx: &Cx, db: &Db) -> Result<usize, Failure<Never>> {
    let mut conn = db.read().await?;
    let requests = rows::lapsing(&mut conn, cx.today(), cx.now() - CONFIRM_AFTER - CONFIRM_WITHIN).await?;
    let standings = rows::active_standings(&mut conn).await?;
    drop(conn);
    let mut lapsed = 0;
    for id in requests {
        let mut tx = db.write().await?;
        if lapse(cx, &mut tx, id).await? {
            lapsed += 1;
        }
        tx.commit().await?;
    }
    for id in standings {
        let mut tx = db.write().await?;
        if rest(cx, &mut tx, id).await? {
            lapsed += 1;
        }
        tx.commit().await?;
    }
    Ok(lapsed)
}

async fn lapse(cx: &Cx, tx: &mut Tx, id: RequestId) -> Result<bool, Failure<Never>> {
    let Some(request) = rows::request(tx, id).await?.filter(|request| request.lapses(cx.today(), cx.now()))
    else {
        return Ok(false);
    };
    let Some(request) = rows::lock(tx, id).await?.filter(|_| request.closed.is_none()) else {
        return Ok(false);
    };
    let expired = Request { closed: Some(CloseReason::Expired), ..request.clone() };
    rows::save(tx, &expired).await?;
    audit::record(tx, cx, audit::Act::new("requests.expire", "request", id.uuid())).await?;
    let people = network::queries::people_of(tx, request.structure, &[Role::Lead, Role::Member]).await?;
    let args = vec![("reference".to_owned(), i18n::Arg::from(request.reference))];
    let note =
        accounts::Note { direct: false, key: "requests-told-expired", args, link: format!("/demandes/{id}") };
    accounts::notify(tx, cx, &people, note).await?;
    Ok(true)
}

async fn rest(cx: &Cx, tx: &mut Tx, id: StandingId) -> Result<bool, Failure<Never>> {
    if !rows::standing(tx, id).await?.is_some_and(|standing| standing.rests(cx.now())) {
        return Ok(false);
    }
    let Some(standing) = rows::hold_standing(tx, id).await?.filter(|standing| standing.rests(cx.now()))
    else {
        return Ok(false);
    };
    let version = standing.version;
    let paused = Standing { state: StandingState::Paused, ..standing.clone() };
    rows::save_standing(tx, &paused, version).await?;
    audit::record(tx, cx, audit::Act::new("requests.rest", "standing_request", id.uuid())).await?;
    let people = network::queries::people_of(tx, standing.structure, &[Role::Lead, Role::Member]).await?;
    let args = vec![("weekday".to_owned(), i18n::Arg::from(standing.rhythm.weekday))];
    let link = format!("/demandes/permanentes/{id}");
    let note = accounts::Note { direct: false, key: "requests-told-resting", args, link };
    accounts::notify(tx, cx, &people, note).await?;
    Ok(true)
}
