//! Gives a new coordination its twelve families and five packagings; what it has already stays as it is.

use kernel::{CoordinationId, Cx, Failure, Grams, Never};
use store::Tx;

use crate::store::{insert_missing_family, insert_missing_packaging};
use crate::{Family, Packaging, family, packaging};

/// Installs what is missing. Called where a coordination is created, by whoever may create one.
///
/// # Errors
/// When the database cannot be written.
pub async fn within(cx: &Cx, tx: &mut Tx, coordination: CoordinationId) -> Result<(), Failure<Never>> {
    for (rank, default) in (1_i64..).zip(family::DEFAULTS) {
        let family = Family {
            code: default.code.into(),
            name_fr: default.name_fr.to_owned(),
            name_en: default.name_en.to_owned(),
            rank: rank * 10,
            norm_grams: Grams(default.norm),
            active: true,
        };
        insert_missing_family(tx, coordination, family).await?;
    }
    for (rank, (code, name_fr, name_en, grams)) in (1_i64..).zip(packaging::DEFAULTS) {
        let packaging = Packaging {
            code: code.to_owned(),
            name_fr: name_fr.to_owned(),
            name_en: name_en.to_owned(),
            rank: rank * 10,
            grams: Grams(grams),
        };
        insert_missing_packaging(tx, coordination, packaging).await?;
    }
    let act = audit::Act::new("goods.install_defaults", "coordination", coordination.uuid());
    audit::record(tx, cx, act).await?;
    Ok(())
}
