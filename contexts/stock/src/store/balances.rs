//! Balances: what lies where and what of it is promised. Each change asks for what it needs in its own
//! condition, so that two acts at once cannot both be right.

use kernel::{Failure, Grams, StructureId};
use store::{Conn, Error, Tx};

use crate::{Entry, LotId, PlaceId, Refusal};

/// What lies free of a lot at a place: its balance less what is promised; zero where nothing ever was.
pub(crate) async fn free(conn: &mut Conn, lot: LotId, place: PlaceId) -> Result<Grams, Error> {
    let row = balance(conn, lot, place).await?;
    Ok(row.map_or(Grams::ZERO, |(grams, reserved)| grams - reserved))
}

/// The balance of a lot at a place and what of it is promised.
pub(crate) async fn balance(
    conn: &mut Conn,
    lot: LotId,
    place: PlaceId,
) -> Result<Option<(Grams, Grams)>, Error> {
    conn.query("SELECT grams, reserved FROM balance WHERE lot_id = $1 AND place_id = $2")
        .bind(lot)
        .bind(place)
        .optional()
        .await
}

/// Promises so much of what is free; says whether there was enough.
pub(crate) async fn promise(tx: &mut Tx, lot: LotId, place: PlaceId, grams: Grams) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE balance SET reserved = reserved + $3
             WHERE lot_id = $1 AND place_id = $2 AND NOT outside AND grams - reserved >= $3",
        )
        .bind(lot)
        .bind(place)
        .bind(grams)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes back a promise of so much.
pub(crate) async fn unpromise(tx: &mut Tx, lot: LotId, place: PlaceId, grams: Grams) -> Result<(), Error> {
    tx.query("UPDATE balance SET reserved = reserved - $3 WHERE lot_id = $1 AND place_id = $2")
        .bind(lot)
        .bind(place)
        .bind(grams)
        .run()
        .await?;
    Ok(())
}

/// Takes so much of a lot out of a place inside, if so much is free there; says whether it was.
pub(crate) async fn take(tx: &mut Tx, entry: &Entry) -> Result<bool, Error> {
    let touched = tx
        .query(
            "UPDATE balance SET grams = grams - $3
             WHERE lot_id = $1 AND place_id = $2 AND NOT outside AND grams - reserved >= $3",
        )
        .bind(entry.lot)
        .bind(entry.from)
        .bind(entry.grams)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Adds so much (below zero only for the outside) of a lot to a place.
pub(crate) async fn add(
    tx: &mut Tx,
    lot: LotId,
    place: PlaceId,
    outside: bool,
    grams: Grams,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO balance (lot_id, place_id, outside, grams) VALUES ($1, $2, $3, $4)
         ON CONFLICT (lot_id, place_id) DO UPDATE SET grams = balance.grams + EXCLUDED.grams",
    )
    .bind(lot)
    .bind(place)
    .bind(outside)
    .bind(grams)
    .run()
    .await?;
    Ok(())
}

/// What is left of a lot in all the places inside.
pub(crate) async fn left_inside(conn: &mut Conn, lot: LotId) -> Result<Grams, Error> {
    conn.query(
        "SELECT CAST(COALESCE(SUM(grams), 0) AS BIGINT) FROM balance WHERE lot_id = $1 AND NOT outside",
    )
    .bind(lot)
    .value()
    .await
}

/// Who holds some of a lot.
pub(crate) async fn holders(conn: &mut Conn, lot: LotId) -> Result<Vec<StructureId>, Error> {
    let rows: Vec<(StructureId,)> = conn
        .query(
            "SELECT DISTINCT place.structure_id FROM balance JOIN place ON place.id = balance.place_id
             WHERE balance.lot_id = $1 AND NOT balance.outside AND balance.grams > 0
                 AND place.structure_id IS NOT NULL ORDER BY place.structure_id LIMIT 500",
        )
        .bind(lot)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(structure,)| structure).collect())
}

/// A movement that came after the check: the engine's own CHECK says no.
pub(crate) fn checked(error: Error, free: Grams) -> Failure<Refusal> {
    if error.kind() == store::Kind::Check {
        Failure::Refused(Refusal::NotEnough { free })
    } else {
        error.into()
    }
}
