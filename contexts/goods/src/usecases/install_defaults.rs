//! Gives a new coordination its twelve families and five packagings; what it has already stays as it is.

use kernel::{CoordinationId, Cx, Failure, Never};
use store::Tx;

use crate::{family, packaging};

/// Installs what is missing. Called where a coordination is created, by whoever may create one.
///
/// # Errors
/// When the database cannot be written.
pub async fn within(cx: &Cx, tx: &mut Tx, coordination: CoordinationId) -> Result<(), Failure<Never>> {
    for (rank, default) in (1_i64..).zip(family::DEFAULTS) {
        tx.query(
            "INSERT INTO family (coordination_id, code, name_fr, name_en, rank, norm_grams, active)
             VALUES ($1, $2, $3, $4, $5, $6, TRUE) ON CONFLICT (coordination_id, code) DO NOTHING",
        )
        .bind(coordination)
        .bind(default.code)
        .bind(default.name_fr)
        .bind(default.name_en)
        .bind(rank * 10)
        .bind(default.norm)
        .run()
        .await?;
    }
    for (rank, (code, name_fr, name_en, grams)) in (1_i64..).zip(packaging::DEFAULTS) {
        tx.query(
            "INSERT INTO packaging (coordination_id, code, name_fr, name_en, rank, grams)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (coordination_id, code) DO NOTHING",
        )
        .bind(coordination)
        .bind(code)
        .bind(name_fr)
        .bind(name_en)
        .bind(rank * 10)
        .bind(grams)
        .run()
        .await?;
    }
    let act = audit::Act::new("goods.install_defaults", "coordination", coordination.uuid());
    audit::record(tx, cx, act).await?;
    Ok(())
}
