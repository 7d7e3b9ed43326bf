//! Papers of hand-overs, with their lines.

use chrono::{DateTime, NaiveDate, Utc};
use goods::{DateKind, FamilyCode, TemperatureClass};
use kernel::{CoordinationId, Grams, StructureId};
use store::{Conn, Error, FromRow, Tx};
use uuid::Uuid;

use crate::handover::{Handover, HandoverId, Line, PaperKind, PaperState, Signature};

#[derive(FromRow)]
pub(crate) struct HandoverRow {
    id: HandoverId,
    reference: String,
    coordination_id: CoordinationId,
    #[sqlx(try_from = "String")]
    kind: PaperKind,
    giver_id: StructureId,
    receiver_id: StructureId,
    subject_id: Uuid,
    #[sqlx(try_from = "String")]
    state: PaperState,
    handed_at: Option<DateTime<Utc>>,
    giver_name: Option<String>,
    giver_signature: Option<String>,
    receiver_name: Option<String>,
    receiver_signature: Option<String>,
    on_paper: bool,
    created_at: DateTime<Utc>,
    version: i64,
}

/// Every column of a hand-over, in a statement.
macro_rules! handover_columns {
    () => {
        "id, reference, coordination_id, kind, giver_id, receiver_id, subject_id, state, handed_at, giver_name,
         giver_signature, receiver_name, receiver_signature, on_paper, created_at, version"
    };
}
pub(crate) use handover_columns;

#[derive(FromRow)]
struct LineRow {
    rank: i64,
    lot_id: Option<Uuid>,
    reservation_id: Option<Uuid>,
    product: String,
    family: FamilyCode,
    #[sqlx(try_from = "String")]
    temperature_class: TemperatureClass,
    lot_number: Option<String>,
    #[sqlx(try_from = "String")]
    date_kind: DateKind,
    date: Option<NaiveDate>,
    proposed_grams: Grams,
    accepted_grams: Option<Grams>,
    difference_reason: Option<String>,
}

impl HandoverRow {
    /// The paper with its lines. A path that is none (a row written by hand) is left out rather than printed.
    pub(crate) fn with(self, lines: Vec<Line>) -> Handover {
        let drawn = |path: Option<String>| path.and_then(|path| Signature::parse(&path).ok().flatten());
        Handover {
            id: self.id,
            reference: self.reference,
            coordination: self.coordination_id,
            kind: self.kind,
            giver: self.giver_id,
            receiver: self.receiver_id,
            subject: self.subject_id,
            state: self.state,
            handed_at: self.handed_at,
            giver_name: self.giver_name,
            giver_signature: drawn(self.giver_signature),
            receiver_name: self.receiver_name,
            receiver_signature: drawn(self.receiver_signature),
            on_paper: self.on_paper,
            created_at: self.created_at,
            version: self.version,
            lines,
        }
    }

    pub(crate) fn id(&self) -> HandoverId {
        self.id
    }
}

pub(crate) async fn insert_handover(tx: &mut Tx, paper: &Handover) -> Result<(), Error> {
    tx.query(
        "INSERT INTO handover (id, reference, coordination_id, kind, giver_id, receiver_id, subject_id, state,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(paper.id)
    .bind(paper.reference.clone())
    .bind(paper.coordination)
    .bind(paper.kind.code())
    .bind(paper.giver)
    .bind(paper.receiver)
    .bind(paper.subject)
    .bind(paper.state.code())
    .bind(paper.created_at)
    .run()
    .await?;
    for line in &paper.lines {
        tx.query(
            "INSERT INTO handover_line (handover_id, rank, lot_id, reservation_id, product, family,
                 temperature_class, lot_number, date_kind, date, proposed_grams)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(paper.id)
        .bind(line.rank)
        .bind(line.lot)
        .bind(line.reservation)
        .bind(line.product.clone())
        .bind(line.family.clone())
        .bind(line.temperature.code())
        .bind(line.lot_number.clone())
        .bind(line.date_kind.code())
        .bind(line.date)
        .bind(line.proposed)
        .run()
        .await?;
    }
    Ok(())
}

/// Locks a paper and gives it with its lines, its new version included.
pub(crate) async fn lock_handover(tx: &mut Tx, id: HandoverId) -> Result<Option<Handover>, Error> {
    let row: Option<HandoverRow> = tx
        .query(concat!(
            "UPDATE handover SET version = version + 1 WHERE id = $1 RETURNING ",
            handover_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let lines = lines_of(tx, id).await?;
    Ok(Some(row.with(lines)))
}

/// A paper with its lines.
pub(crate) async fn handover(conn: &mut Conn, id: HandoverId) -> Result<Option<Handover>, Error> {
    let row: Option<HandoverRow> = conn
        .query(concat!("SELECT ", handover_columns!(), " FROM handover WHERE id = $1"))
        .bind(id)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let lines = lines_of(conn, id).await?;
    Ok(Some(row.with(lines)))
}

/// The lines of a paper, in order.
pub(crate) async fn lines_of(conn: &mut Conn, id: HandoverId) -> Result<Vec<Line>, Error> {
    let rows: Vec<LineRow> = conn
        .query(
            "SELECT rank, lot_id, reservation_id, product, family, temperature_class, lot_number, date_kind, date,
                 proposed_grams, accepted_grams, difference_reason
             FROM handover_line WHERE handover_id = $1 ORDER BY rank LIMIT 500",
        )
        .bind(id)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            rank: row.rank,
            lot: row.lot_id,
            reservation: row.reservation_id,
            product: row.product,
            family: row.family,
            temperature: row.temperature_class,
            lot_number: row.lot_number,
            date_kind: row.date_kind,
            date: row.date,
            proposed: row.proposed_grams,
            accepted: row.accepted_grams,
            difference_reason: row.difference_reason,
        })
        .collect())
}

/// Writes what signing decided onto a locked paper.
pub(crate) async fn save_signed(tx: &mut Tx, paper: &Handover) -> Result<(), Error> {
    tx.query(
        "UPDATE handover SET state = $1, handed_at = $2, giver_name = $3, giver_signature = $4, receiver_name = $5,
             receiver_signature = $6, on_paper = $7 WHERE id = $8",
    )
    .bind(paper.state.code())
    .bind(paper.handed_at)
    .bind(paper.giver_name.clone())
    .bind(paper.giver_signature.as_ref().map(|drawn| drawn.path().to_owned()))
    .bind(paper.receiver_name.clone())
    .bind(paper.receiver_signature.as_ref().map(|drawn| drawn.path().to_owned()))
    .bind(paper.on_paper)
    .bind(paper.id)
    .run()
    .await?;
    for line in &paper.lines {
        tx.query(
            "UPDATE handover_line SET accepted_grams = $1, difference_reason = $2, lot_id = $3
             WHERE handover_id = $4 AND rank = $5",
        )
        .bind(line.accepted)
        .bind(line.difference_reason.clone())
        .bind(line.lot)
        .bind(paper.id)
        .bind(line.rank)
        .run()
        .await?;
    }
    Ok(())
}
