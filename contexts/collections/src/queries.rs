//! Read models: the board, one's own collections, papers, agreements and pickups. Bounded, never ordered by a quantity.
//!
//! Invariant: what is read here is not yet what is shown; pages and exports pass it through [`crate::visibility`] and the
//! gate.

mod drives;
mod lists;

pub use drives::{drive, drives_coming, drives_of};
pub use lists::{After, Filter, Listed, PAGE, asked_first, board, held_by, mine, past, to_fetch};

use chrono::{DateTime, NaiveDate, Utc};
use goods::FamilyCode;
use kernel::{CoordinationId, Cx, StructureId};
use store::{Conn, Error};
use uuid::Uuid;

use crate::agreement::Agreement;
use crate::collection::{Collection, CollectionId};
use crate::handover::{Handover, HandoverId};
use crate::hold::{Hold, HoldId};
use crate::recurrence::{Exception, Pickup, PickupId};
use crate::store::{
    self as rows, AgreementRow, CollectionRow, HandoverRow, PickupRow, agreement_columns, collection_columns,
    handover_columns, pickup_columns,
};
use crate::visibility::{self, Part};

/// A collection, as it stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn collection(conn: &mut Conn, id: CollectionId) -> Result<Option<Collection>, Error> {
    rows::collection(conn, id).await
}

/// A collection that the viewer may see, with its holds; what they may not see is not there.
///
/// # Errors
/// When the database cannot be read.
pub async fn seen(
    conn: &mut Conn,
    cx: &Cx,
    id: CollectionId,
) -> Result<Option<(Collection, Vec<Hold>)>, Error> {
    let Some(collection) = rows::collection(conn, id).await? else { return Ok(None) };
    let holds = rows::holds(conn, id).await?;
    let part = Part { holds: holds.iter().any(|hold| cx.viewer.belongs_to(hold.structure)) };
    let here = cx.coordination == Some(collection.coordination) || cx.viewer.is_machine();
    let shown = here && visibility::may_see(&cx.viewer, &collection, part, cx.now());
    Ok(shown.then_some((collection, holds)))
}

/// A hold, as it stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn hold(conn: &mut Conn, id: HoldId) -> Result<Option<Hold>, Error> {
    rows::hold(conn, id).await
}

/// The offers that the daily allocation shares out, soonest end of window first, 300 at most: on the board for the whole
/// coordination, able to wait, asked of no partner first, and fetched after `leaving`. A public drive has nothing to
/// share before it was held.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_share(
    conn: &mut Conn,
    coordination: CoordinationId,
    now: DateTime<Utc>,
    leaving: DateTime<Utc>,
) -> Result<Vec<Collection>, Error> {
    let found: Vec<CollectionRow> = conn
        .query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM collection WHERE coordination_id = $1 AND state = 'published' AND NOT urgent
                  AND scope = 'coordination' AND kind <> 'collecte_publique' AND pickup_until > $3
                  AND taken_grams < grams AND (partner_until IS NULL OR partner_until <= $2)
              ORDER BY pickup_until, id LIMIT 300"
        ))
        .bind(coordination)
        .bind(now)
        .bind(leaving)
        .all()
        .await?;
    Ok(found.into_iter().map(Collection::from).collect())
}

/// What a donor offered last in a coordination: where its next offer begins from.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    donor: StructureId,
) -> Result<Option<Collection>, Error> {
    let row: Option<CollectionRow> = conn
        .query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM collection WHERE donor_id = $1 AND coordination_id = $2 AND kind <> 'ramasse'
              ORDER BY created_at DESC, id DESC LIMIT 1"
        ))
        .bind(donor)
        .bind(coordination)
        .optional()
        .await?;
    Ok(row.map(Collection::from))
}

/// Collections whose time may have come, oldest first.
pub(crate) async fn due_to_lapse(
    conn: &mut Conn,
    now: DateTime<Utc>,
    after: Option<After>,
    most: i64,
) -> Result<Vec<After>, Error> {
    let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH, CollectionId(Uuid::nil())));
    conn.query(
        "SELECT pickup_until, id FROM collection
         WHERE ((state = 'published' AND pickup_until <= $1) OR (state = 'taken_over' AND pickup_until <= $2))
             AND (pickup_until > $3 OR (pickup_until = $3 AND id > $4))
         ORDER BY pickup_until, id LIMIT $5",
    )
    .bind(now)
    .bind(now - crate::collection::CLOSES_AFTER)
    .bind(at)
    .bind(id)
    .bind(most)
    .all()
    .await
}

/// Recurring pickups that have not ended, in the order of their ids.
pub(crate) async fn pickups_in_force(
    conn: &mut Conn,
    today: NaiveDate,
    after: Option<PickupId>,
    most: i64,
) -> Result<Vec<Pickup>, Error> {
    let found: Vec<PickupRow> = conn
        .query(concat!(
            "SELECT ",
            pickup_columns!(),
            " FROM recurring_pickup WHERE (ends_on IS NULL OR ends_on >= $1) AND id > $2 ORDER BY id LIMIT $3"
        ))
        .bind(today)
        .bind(after.unwrap_or(PickupId(Uuid::nil())))
        .bind(most)
        .all()
        .await?;
    Ok(found.into_iter().map(Pickup::from).collect())
}

/// Every hold of a collection, in the order they were made. For those who may see the collection: ask [`seen`] first.
pub(crate) async fn holds(conn: &mut Conn, id: CollectionId) -> Result<Vec<Hold>, Error> {
    rows::holds(conn, id).await
}

/// The pickups of a coordination that have not ended, through the week, 300 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn pickups(
    conn: &mut Conn,
    coordination: CoordinationId,
    today: NaiveDate,
) -> Result<Vec<Pickup>, Error> {
    let found: Vec<PickupRow> = conn
        .query(concat!(
            "SELECT ",
            pickup_columns!(),
            " FROM recurring_pickup WHERE coordination_id = $1 AND (ends_on IS NULL OR ends_on >= $2)
              ORDER BY weekday, from_time, id LIMIT 300"
        ))
        .bind(coordination)
        .bind(today)
        .all()
        .await?;
    Ok(found.into_iter().map(Pickup::from).collect())
}

/// The exceptions of a pickup that still concern somebody.
///
/// # Errors
/// When the database cannot be read.
pub async fn exceptions(
    conn: &mut Conn,
    pickup: PickupId,
    since: NaiveDate,
) -> Result<Vec<Exception>, Error> {
    rows::exceptions_of(conn, pickup, since).await
}

/// The agreements of a structure, on either side, newest first, 100 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreements_of(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<Agreement>, Error> {
    let found: Vec<AgreementRow> = conn
        .query(concat!(
            "SELECT ",
            agreement_columns!(),
            " FROM agreement WHERE coordination_id = $1 AND (donor_id = $2 OR partner_id = $2)
              ORDER BY created_at DESC, id DESC LIMIT 100"
        ))
        .bind(coordination)
        .bind(structure)
        .all()
        .await?;
    Ok(found.into_iter().map(Agreement::from).collect())
}

/// The agreements of a coordination that one side has not accepted yet, newest first, 100 at most: those who facilitate help
/// them to an answer.
///
/// # Errors
/// When the database cannot be read.
pub async fn agreements_proposed(
    conn: &mut Conn,
    coordination: CoordinationId,
) -> Result<Vec<Agreement>, Error> {
    let found: Vec<AgreementRow> = conn
        .query(concat!(
            "SELECT ",
            agreement_columns!(),
            " FROM agreement WHERE coordination_id = $1 AND ended_at IS NULL
                  AND (donor_accepted_at IS NULL OR partner_accepted_at IS NULL)
              ORDER BY created_at DESC, id DESC LIMIT 100"
        ))
        .bind(coordination)
        .all()
        .await?;
    Ok(found.into_iter().map(Agreement::from).collect())
}

/// A paper with its lines.
///
/// # Errors
/// When the database cannot be read.
pub async fn handover(conn: &mut Conn, id: HandoverId) -> Result<Option<Handover>, Error> {
    rows::handover(conn, id).await
}

/// The papers about a subject (a hold, an allocation run), oldest first, 200 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn handovers_about(conn: &mut Conn, subject: Uuid) -> Result<Vec<Handover>, Error> {
    let found: Vec<HandoverRow> = conn
        .query(concat!(
            "SELECT ",
            handover_columns!(),
            " FROM handover WHERE subject_id = $1 ORDER BY created_at, id LIMIT 200"
        ))
        .bind(subject)
        .all()
        .await?;
    with_lines(conn, found).await
}

/// On which side of a paper somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those given.
    Given,
    /// Those received.
    Received,
}

/// The signed papers of a structure from one day to another (both included), oldest first, 2 000 at most: a year of
/// daily pickups by five associations.
///
/// # Errors
/// When the database cannot be read.
pub async fn signed_papers(
    conn: &mut Conn,
    structure: StructureId,
    side: Side,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Handover>, Error> {
    let found: Vec<HandoverRow> = match side {
        Side::Given => {
            conn.query(concat!(
                "SELECT ",
                handover_columns!(),
                " FROM handover WHERE giver_id = $1 AND state = 'signed' AND handed_at >= $2 AND handed_at < $3
                  ORDER BY handed_at, id LIMIT 2000"
            ))
            .bind(structure)
            .bind(from)
            .bind(until)
            .all()
            .await?
        }
        Side::Received => {
            conn.query(concat!(
                "SELECT ",
                handover_columns!(),
                " FROM handover WHERE receiver_id = $1 AND state = 'signed' AND handed_at >= $2 AND handed_at < $3
                  ORDER BY handed_at, id LIMIT 2000"
            ))
            .bind(structure)
            .bind(from)
            .bind(until)
            .all()
            .await?
        }
    };
    with_lines(conn, found).await
}

/// Every signed paper of a structure, given and received, oldest first, for its own export.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_papers(conn: &mut Conn, structure: StructureId) -> Result<Vec<Handover>, Error> {
    let found: Vec<HandoverRow> = conn
        .query(concat!(
            "SELECT ",
            handover_columns!(),
            " FROM handover WHERE (giver_id = $1 OR receiver_id = $1) AND state = 'signed' ORDER BY handed_at, id"
        ))
        .bind(structure)
        .all()
        .await?;
    with_lines(conn, found).await
}

async fn with_lines(conn: &mut Conn, found: Vec<HandoverRow>) -> Result<Vec<Handover>, Error> {
    let mut papers = Vec::with_capacity(found.len());
    for row in found {
        let lines = rows::lines_of(conn, row.id()).await?;
        papers.push(row.with(lines));
    }
    Ok(papers)
}

/// A photo's media type and bytes.
pub(crate) async fn photo(conn: &mut Conn, id: Uuid) -> Result<Option<(String, Vec<u8>)>, Error> {
    rows::photo(conn, id).await
}

/// Whether a family's goods are usually of animal origin; a family the coordination does not know is taken to be.
pub(crate) async fn is_animal(
    conn: &mut Conn,
    coordination: CoordinationId,
    code: &FamilyCode,
) -> Result<bool, Error> {
    let families = goods::queries::families(conn, coordination).await?;
    Ok(families.iter().find(|family| family.code == *code).is_none_or(goods::Family::is_animal))
}
