//! The lists of offers: the board, one's own, what is past, what is to be fetched.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use goods::{FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Cx, Grams, StructureId};
use network::ids;
use network::many::{AT_ONCE, bind_ids};
use store::{Conn, Error};
use uuid::Uuid;

use crate::collection::{Collection, CollectionId, State};
use crate::hold::Hold;
use crate::store::{self as rows, CollectionRow, collection_columns};
use crate::visibility::{self, Part};

/// Where a page of a list ends and the next begins.
pub type After = (DateTime<Utc>, CollectionId);

/// How many cards one page of a list holds.
pub const PAGE: usize = 30;
/// How many rows are looked at to fill one page: offers that the viewer may not see are passed over.
const MOST_LOOKED_AT: usize = 300;
/// Rows read at once: one more than a page shows, to know whether there is a next one.
const CHUNK: i64 = 31;
/// From so many fetched collections on a structure counts as one that fetches often.
const OFTEN: i64 = 1_000;

/// What the board is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One family.
    pub family: Option<FamilyCode>,
    /// One temperature class.
    pub temperature: Option<TemperatureClass>,
    /// Only what cannot wait.
    pub urgent: bool,
}

/// One page of a list: the collections, and where the next page begins.
pub type Listed = (Vec<Collection>, Option<After>);

/// What is to be had in a coordination, soonest end of window first, as far as the viewer may see.
///
/// # Errors
/// When the database cannot be read.
pub async fn board(
    conn: &mut Conn,
    cx: &Cx,
    coordination: CoordinationId,
    filter: &Filter,
    after: Option<After>,
) -> Result<Listed, Error> {
    let mut shown = Vec::with_capacity(PAGE);
    let mut from = after;
    let mut looked_at = 0;
    while looked_at < MOST_LOOKED_AT {
        let (at, id) = from.unwrap_or((cx.now(), CollectionId(Uuid::nil())));
        let chunk: Vec<CollectionRow> = conn
            .query(concat!(
                "SELECT ",
                collection_columns!(),
                " FROM collection WHERE coordination_id = $1 AND state = 'published'
                      AND (pickup_until > $2 OR (pickup_until = $2 AND id > $3))
                      AND taken_grams < grams
                      AND ($4 IS NULL OR family = $4) AND ($5 IS NULL OR temperature_class = $5)
                      AND (urgent OR NOT $6)
                  ORDER BY pickup_until, id LIMIT $7"
            ))
            .bind(coordination)
            .bind(at)
            .bind(id)
            .bind(filter.family.clone())
            .bind(filter.temperature.map(TemperatureClass::code))
            .bind(filter.urgent)
            .bind(CHUNK)
            .all()
            .await?;
        let ends = i64::try_from(chunk.len()).unwrap_or(CHUNK) < CHUNK;
        looked_at += chunk.len();
        for collection in chunk.into_iter().map(Collection::from) {
            let here = (collection.pickup_until, collection.id);
            if shown.len() == PAGE {
                return Ok((shown, from));
            }
            from = Some(here);
            if collection.pickup_until > cx.now()
                && visibility::may_see(&cx.viewer, &collection, Part::default(), cx.now())
            {
                shown.push(collection);
            }
        }
        if ends {
            return Ok((shown, None));
        }
    }
    Ok((shown, from))
}

/// What a structure gives or comes to fetch at present, soonest end of window first, 100 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<Collection>, Error> {
    // Its own ids first: the whole board is many times what one structure has on it.
    let found: Vec<CollectionRow> = conn
        .query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM (SELECT id AS own FROM collection
                    WHERE donor_id = $2 AND coordination_id = $1 AND state = 'published'
                    UNION SELECT collection_id FROM collection_reservation
                    WHERE structure_id = $2 AND state = 'held' AND NOT answer_pending) ours
                  CROSS JOIN collection
              WHERE id = own AND coordination_id = $1 AND state = 'published'
              ORDER BY pickup_until, id LIMIT 100"
        ))
        .bind(coordination)
        .bind(structure)
        .all()
        .await?;
    Ok(found.into_iter().map(Collection::from).collect())
}

/// What a structure gave or fetched and is over, latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn past(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
    before: Option<After>,
) -> Result<Listed, Error> {
    let limit = i64::try_from(PAGE).unwrap_or(CHUNK);
    let (at, id) = before.unwrap_or((DateTime::<Utc>::MAX_UTC.min(far_away()), CollectionId(Uuid::max())));
    let query = if fetched_often(conn, structure).await? {
        conn.query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM collection WHERE coordination_id = $1 AND state NOT IN ('draft', 'published')
                  AND (donor_id = $2 OR EXISTS (SELECT 1 FROM collection_reservation r
                       WHERE r.collection_id = collection.id AND r.structure_id = $2
                           AND r.state IN ('taken_over', 'not_taken')))
                  AND (pickup_until < $3 OR (pickup_until = $3 AND id < $4))
              ORDER BY pickup_until DESC, id DESC LIMIT $5"
        ))
    } else {
        conn.query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM (SELECT own FROM (SELECT id AS own FROM collection
                        WHERE donor_id = $2 AND coordination_id = $1 AND state NOT IN ('draft', 'published')
                            AND (pickup_until < $3 OR (pickup_until = $3 AND id < $4))
                        ORDER BY pickup_until DESC, id DESC LIMIT $5) given
                    UNION SELECT collection_id FROM collection_reservation
                    WHERE structure_id = $2 AND state IN ('taken_over', 'not_taken')) ours
                  CROSS JOIN collection
              WHERE id = own AND coordination_id = $1 AND state NOT IN ('draft', 'published')
                  AND (pickup_until < $3 OR (pickup_until = $3 AND id < $4))
              ORDER BY pickup_until DESC, id DESC LIMIT $5"
        ))
    };
    let found: Vec<CollectionRow> =
        query.bind(coordination).bind(structure).bind(at).bind(id).bind(limit + 1).all().await?;
    let mut found: Vec<Collection> = found.into_iter().map(Collection::from).collect();
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| (last.pickup_until, last.id));
    Ok((found, next))
}

/// Whether a structure fetched so much that walking back through everything that is over soon fills a page; of whoever
/// fetched less, all is looked up. Either way of reading is slow for the other sort of structure.
async fn fetched_often(conn: &mut Conn, structure: StructureId) -> Result<bool, Error> {
    let fetched: i64 = conn
        .query(
            "SELECT COUNT(*) FROM (SELECT 1 FROM collection_reservation
                 WHERE structure_id = $1 AND state IN ('taken_over', 'not_taken') LIMIT $2) some_of_them",
        )
        .bind(structure)
        .bind(OFTEN)
        .value()
        .await?;
    Ok(fetched == OFTEN)
}

/// A moment after every window, that both engines can hold.
fn far_away() -> DateTime<Utc> {
    DateTime::from_timestamp(32_503_680_000, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// A structure's holds that it has not yet fetched, with their collections, soonest end of window first, 500 at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn to_fetch(
    conn: &mut Conn,
    coordination: CoordinationId,
    structure: StructureId,
) -> Result<Vec<(Hold, Collection)>, Error> {
    let holds = rows::held_holds(conn, structure).await?;
    let ids: Vec<CollectionId> =
        holds.iter().map(|hold| hold.collection).collect::<BTreeSet<_>>().into_iter().collect();
    let mut collections = BTreeMap::new();
    for chunk in ids.chunks(AT_ONCE) {
        let query =
            conn.query(concat!("SELECT ", collection_columns!(), " FROM collection WHERE id IN ", ids!()));
        let found: Vec<CollectionRow> = bind_ids(query, chunk).all().await?;
        collections.extend(found.into_iter().map(Collection::from).map(|one| (one.id, one)));
    }
    let mut found: Vec<(Hold, Collection)> = holds
        .into_iter()
        .filter_map(|hold| Some((collections.get(&hold.collection)?.clone(), hold)))
        .filter(|(one, _)| one.coordination == coordination && one.state == State::Published)
        .map(|(one, hold)| (hold, one))
        .collect();
    found.sort_by_key(|(hold, one)| (one.pickup_until, one.id, hold.created_at, hold.id));
    Ok(found)
}

/// The holds of several collections by one structure that are still expected, summed, for cards.
///
/// # Errors
/// When the database cannot be read.
pub async fn held_by(
    conn: &mut Conn,
    structure: StructureId,
) -> Result<BTreeMap<CollectionId, Grams>, Error> {
    let found: Vec<(CollectionId, Grams)> = conn
        .query(
            "SELECT collection_id, CAST(SUM(grams) AS BIGINT) FROM collection_reservation
             WHERE structure_id = $1 AND state = 'held' AND NOT answer_pending GROUP BY collection_id LIMIT 500",
        )
        .bind(structure)
        .all()
        .await?;
    Ok(found.into_iter().collect())
}

/// What is asked of a partner first, at this moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked_first(
    conn: &mut Conn,
    coordination: CoordinationId,
    partner: StructureId,
    now: DateTime<Utc>,
) -> Result<Vec<Collection>, Error> {
    let found: Vec<CollectionRow> = conn
        .query(concat!(
            "SELECT ",
            collection_columns!(),
            " FROM collection WHERE coordination_id = $1 AND state = 'published' AND pickup_until > $3
                  AND partner_id = $2 AND partner_until > $3 AND taken_grams < grams
              ORDER BY partner_until, id LIMIT 20"
        ))
        .bind(coordination)
        .bind(partner)
        .bind(now)
        .all()
        .await?;
    Ok(found.into_iter().map(Collection::from).collect())
}
