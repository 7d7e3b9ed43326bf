//! Renames a family, gives it another norm, or sets it aside.

use audit::Act;
use kernel::{Cx, Failure, Grams};
use serde::Serialize;
use serde_json::json;
use store::{Begin, Db};

use super::{MOST_NORM, Names, Refused};
use crate::{Family, FamilyCode, queries};

/// What it becomes.
#[derive(Clone, Debug, Serialize)]
pub struct EditFamily {
    /// Which family.
    pub code: FamilyCode,
    /// The family as the person saw it, so that nobody overwrites anybody ([`Family::mark`]).
    pub seen: String,
    /// What it is called.
    pub names: Names,
    /// Grams per person and week.
    pub norm: Grams,
    /// Whether forms offer it.
    pub active: bool,
}

/// Changes it. Lots and requests of the past keep its code and show its new name.
///
/// # Errors
/// [`Refused`]; a conflict where somebody else changed it since; forbidden to whoever does not facilitate the
/// coordination.
pub async fn run(cx: &Cx, db: &Db, command: EditFamily) -> Result<(), Failure<Refused>> {
    access::facilitating(cx)?;
    let coordination = cx.coordination.ok_or(Failure::Forbidden)?;
    let mut tx = match db.begin(cx, "goods.edit_family", &command).await? {
        Begin::Again(done) => return Ok(done),
        Begin::First(tx) => tx,
    };
    let (fr, en) = command.names.read().map_err(Failure::Refused)?;
    if command.norm < Grams::ZERO || command.norm > MOST_NORM {
        return Err(Failure::Refused(Refused::NormOutOfBounds));
    }
    // Touched before it is read: a second person's change waits here and then sees this one.
    tx.query("UPDATE family SET rank = rank WHERE coordination_id = $1 AND code = $2")
        .bind(coordination)
        .bind(command.code.clone())
        .run()
        .await?;
    let families = queries::families(&mut tx, coordination).await?;
    let before = families.iter().find(|family| family.code == command.code).ok_or(Failure::NotFound)?;
    if before.mark() != command.seen {
        return Err(Failure::Conflict);
    }
    let namesake = |other: &Family| {
        other.code != command.code && kernel::text::fold(&other.name_fr) == kernel::text::fold(&fr)
    };
    if families.iter().any(namesake) {
        return Err(Failure::Refused(Refused::NameTaken));
    }
    tx.query(
        "UPDATE family SET name_fr = $3, name_en = $4, norm_grams = $5, active = $6
         WHERE coordination_id = $1 AND code = $2",
    )
    .bind(coordination)
    .bind(command.code.clone())
    .bind(fr.clone())
    .bind(en)
    .bind(command.norm)
    .bind(command.active)
    .run()
    .await?;
    let act = Act::new("goods.edit_family", "coordination", coordination.uuid())
        .detail(json!({
            "family": command.code,
            "before": { "name": before.name_fr, "norm": before.norm_grams, "active": before.active },
            "after": { "name": fr, "norm": command.norm, "active": command.active },
        }))
        .facilitation();
    audit::record(&mut tx, cx, act).await?;
    Ok(tx.done(()).await?)
}
