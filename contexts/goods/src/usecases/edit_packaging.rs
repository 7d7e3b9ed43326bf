//! Renames a packaging or gives it another weight.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db};

use super::{MOST_PACKAGING, Names, Refused};
use crate::store::{hold_packaging, update_packaging};
use crate::{Packaging, queries};

/// What it becomes.
#[derive(Clone, Debug, Serialize)]
pub struct EditPackaging {
    /// Which packaging.
    pub code: String,
    /// The packaging as the person saw it, so that nobody overwrites anybody ([`Packaging::mark`]).
    pub seen: String,
    /// What it is called.
    pub names: Names,
    /// What one weighs.
    pub grams: Grams,
}

/// Changes it. What was estimated by the old weight stays as it was.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed it since; forbidden to whoever does not facilitate the
/// coordination.
pub async fn run(cx: &Cx, db: &Db, command: EditPackaging) -> Result<(), Failure<Refused>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.edit_packaging", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (fr, en) = command.names.read().map_err(Failure::Refused)?;
    if !command.grams.is_positive() || command.grams > MOST_PACKAGING {
        return Err(Failure::Refused(Refused::WeightOutOfBounds));
    }
    // Touched before it is read: a second person's change waits here and then sees this one.
    hold_packaging(&mut tx, coordination, &command.code).await?;
    let packagings = queries::packagings(&mut tx, coordination).await?;
    let before = packagings.iter().find(|known| known.code == command.code).ok_or(Failure::NotFound)?;
    if before.mark() != command.seen {
        return Err(Failure::Conflict);
    }
    let namesake = |other: &Packaging| {
        other.code != command.code && kernel::text::fold(&other.name_fr) == kernel::text::fold(&fr)
    };
    if packagings.iter().any(namesake) {
        return Err(Failure::Refused(Refused::NameTaken));
    }
    let after = Packaging {
        code: command.code.clone(),
        name_fr: fr.clone(),
        name_en: en,
        rank: before.rank,
        grams: command.grams,
    };
    update_packaging(&mut tx, coordination, after).await?;
    let act = Act::new("goods.edit_packaging", "coordination", coordination.uuid())
        .detail(json!({
            "packaging": command.code,
            "before": { "name": before.name_fr, "grams": before.grams },
            "after": { "name": fr, "grams": command.grams },
        }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(()).await?)
}
