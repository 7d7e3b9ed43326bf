//! Agreements between a donor and a partner.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{CoordinationId, StructureId};
use store::{Conn, Error, FromRow, Tx};

use crate::agreement::{Agreement, AgreementId};

#[derive(FromRow)]
pub(crate) struct AgreementRow {
    id: AgreementId,
    coordination_id: CoordinationId,
    donor_id: StructureId,
    partner_id: StructureId,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    first_ask_minutes: i64,
    notes: String,
    donor_accepted_at: Option<DateTime<Utc>>,
    partner_accepted_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    version: i64,
}

/// Every column of an agreement, in a statement.
macro_rules! agreement_columns {
    () => {
        "id, coordination_id, donor_id, partner_id, starts_on, ends_on, first_ask_minutes, notes,
         donor_accepted_at, partner_accepted_at, ended_at, version"
    };
}
pub(crate) use agreement_columns;

impl From<AgreementRow> for Agreement {
    fn from(row: AgreementRow) -> Self {
        Self {
            id: row.id,
            coordination: row.coordination_id,
            donor: row.donor_id,
            partner: row.partner_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            first_ask_minutes: row.first_ask_minutes,
            notes: row.notes,
            donor_accepted_at: row.donor_accepted_at,
            partner_accepted_at: row.partner_accepted_at,
            ended_at: row.ended_at,
            version: row.version,
        }
    }
}

pub(crate) async fn insert_agreement(
    tx: &mut Tx,
    agreement: &Agreement,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    tx.query(
        "INSERT INTO agreement (id, coordination_id, donor_id, partner_id, starts_on, ends_on, first_ask_minutes,
             notes, donor_accepted_at, partner_accepted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(agreement.id)
    .bind(agreement.coordination)
    .bind(agreement.donor)
    .bind(agreement.partner)
    .bind(agreement.starts_on)
    .bind(agreement.ends_on)
    .bind(agreement.first_ask_minutes)
    .bind(agreement.notes.clone())
    .bind(agreement.donor_accepted_at)
    .bind(agreement.partner_accepted_at)
    .bind(at)
    .run()
    .await?;
    Ok(())
}

pub(crate) async fn lock_agreement(tx: &mut Tx, id: AgreementId) -> Result<Option<Agreement>, Error> {
    let row: Option<AgreementRow> = tx
        .query(concat!(
            "UPDATE agreement SET version = version + 1 WHERE id = $1 RETURNING ",
            agreement_columns!()
        ))
        .bind(id)
        .optional()
        .await?;
    Ok(row.map(Agreement::from))
}

pub(crate) async fn save_agreement(tx: &mut Tx, agreement: &Agreement) -> Result<(), Error> {
    tx.query(
        "UPDATE agreement SET donor_accepted_at = $1, partner_accepted_at = $2, ended_at = $3 WHERE id = $4",
    )
    .bind(agreement.donor_accepted_at)
    .bind(agreement.partner_accepted_at)
    .bind(agreement.ended_at)
    .bind(agreement.id)
    .run()
    .await?;
    Ok(())
}

/// The agreements of a donor that have not ended, oldest first.
pub(crate) async fn agreements_of_donor(
    conn: &mut Conn,
    coordination: CoordinationId,
    donor: StructureId,
) -> Result<Vec<Agreement>, Error> {
    let rows: Vec<AgreementRow> = conn
        .query(concat!(
            "SELECT ",
            agreement_columns!(),
            " FROM agreement WHERE coordination_id = $1 AND donor_id = $2 AND ended_at IS NULL
              ORDER BY created_at, id LIMIT 50"
        ))
        .bind(coordination)
        .bind(donor)
        .all()
        .await?;
    Ok(rows.into_iter().map(Agreement::from).collect())
}
